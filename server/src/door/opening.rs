//! A door is opened by a link, which ends by itself and whose token is kept only as a hash.

use super::StoredDoors;
use crate::accounts::audit::{self, Line};
use crate::accounts::tokens;
use crate::{on, on_tx};
use anyhow::Result;
use app::accounts::Act;
use app::door::opening::last_day;
use app::door::{OpenDoor, OpenRefusal};
use app::events::Event;
use app::text::dates::unix_time;
use jiff::ToSpan;

/// The midnight in Sweden after the last day on which the door opens.
fn until(event: &Event) -> i64 {
    let last = last_day(event);
    unix_time(last.checked_add(1.day()).unwrap_or(last).at(0, 0, 0, 0))
}

impl StoredDoors {
    pub async fn open_at(&self, account: &str, event: &Event, now: i64) -> Result<Result<String, OpenRefusal>> {
        // The event as it is in this moment, and not when somebody read of it.
        const OPEN: &str = "INSERT INTO doors (token_hash, event_id, account_id, expires_at) \
             SELECT $1, id, $2, $3 FROM events WHERE id = $4 AND published_at IS NOT NULL AND cancelled_at IS NULL";
        let until = until(event);
        if until <= now {
            return Ok(Err(OpenRefusal::NotNow));
        }
        let token = tokens::new();
        let mut tx = self.0.db.begin().await?;
        let opened = on_tx!(&mut tx, c => sqlx::query(OPEN).bind(tokens::hash(&token)).bind(account).bind(until)
            .bind(&event.id).execute(c).await.map(|done| done.rows_affected()))?;
        if opened == 0 {
            return Ok(Err(OpenRefusal::NotNow));
        }
        let line = Line { account: Some(account), act: Act::OpenedDoor, subject: &event.address.slug };
        audit::write(&mut tx, now, line).await?;
        tx.commit().await?;
        Ok(Ok(token))
    }

    pub async fn close_at(&self, account: &str, event: &Event, now: i64) -> Result<()> {
        const CLOSE: &str = "DELETE FROM doors WHERE event_id = $1";
        let mut tx = self.0.db.begin().await?;
        let closed =
            on_tx!(&mut tx, c => sqlx::query(CLOSE).bind(&event.id).execute(c).await.map(|done| done.rows_affected()))?;
        if closed > 0 {
            let line = Line { account: Some(account), act: Act::ClosedDoor, subject: &event.address.slug };
            audit::write(&mut tx, now, line).await?;
        }
        tx.commit().await
    }

    pub(super) async fn links_at(&self, event: &Event, now: i64) -> Result<u32> {
        const LINKS: &str = "SELECT count(*) FROM doors WHERE event_id = $1 AND expires_at > $2";
        let links: i64 =
            on!(&self.0.db, pool => sqlx::query_scalar(LINKS).bind(&event.id).bind(now).fetch_one(pool).await)?;
        Ok(u32::try_from(links)?)
    }

    pub async fn door_at(&self, token: &str, now: i64) -> Result<Option<OpenDoor>> {
        const DOOR: &str = "SELECT event_id, expires_at FROM doors WHERE token_hash = $1 AND expires_at > $2";
        let row: Option<(String, i64)> = on!(&self.0.db, pool => sqlx::query_as(DOOR).bind(tokens::hash(token)).bind(now)
            .fetch_optional(pool).await)?;
        let Some((event, until)) = row else { return Ok(None) };
        let event = self.0.by_id(&event).await?;
        Ok(event.filter(|event| event.cancelled_at.is_none()).map(|event| OpenDoor { event, until }))
    }
}
