//! What an organiser writes to those who come: kept, and laid into the outbox, in one transaction.

use super::registered::Known;
use super::{Doing, StoredOrganising};
use crate::accounts::tokens;
use crate::events::{self, letters};
use crate::mail::outbox::{self, NewJob, Urgency};
use crate::{on, on_tx};
use anyhow::Result;
use app::accounts::Act;
use app::events::Event;
use app::organising::{Message, NewMessage, Segment};

impl StoredOrganising {
    /// Those of a segment whom a mail reaches.
    pub(super) async fn recipients(&self, event: &Event, segment: &Segment) -> Result<Vec<Known>> {
        let mut reached = Vec::new();
        for one in self.registered(event).await?.into_iter().filter(|one| segment.holds(&one.shown)) {
            let has_address = match &one.protected {
                Some(sealed) => events::has_sealed_address(&self.events.keys, &one.shown.id, sealed)?,
                None => !one.shown.email.is_empty(),
            };
            if has_address {
                reached.push(one);
            }
        }
        Ok(reached)
    }

    pub(super) async fn send(&self, doing: Doing, event: &Event, message: &NewMessage) -> Result<u32> {
        const KEEP: &str = "INSERT INTO event_messages (id, event_id, account_id, subject, text, segment, recipients, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
        // The same form sent twice is the same message.
        let mut id = tokens::hash(&format!("meddelande/{}/{}", event.id, message.form_key));
        id.truncate(32);
        let reached = self.recipients(event, &message.segment).await?;
        let (many, now) = (u32::try_from(reached.len())?, doing.now);
        let mut tx = self.events.db.begin().await?;
        let kept = on_tx!(&mut tx, c => sqlx::query(KEEP).bind(&id).bind(&event.id).bind(&doing.account)
            .bind(&message.subject).bind(&message.text).bind(&message.segment_words).bind(i64::from(many)).bind(now)
            .execute(c).await.map(|done| done.rows_affected()))?;
        if kept == 0 {
            return Ok(many);
        }
        for one in reached {
            let cause = format!("{}/{id}/{}/{}", letters::MESSAGE, one.shown.id, one.turn);
            let job = NewJob {
                cause: &cause,
                kind: letters::MESSAGE,
                subject_id: &one.shown.id,
                event_id: Some(&event.id),
                urgency: Urgency::Circular,
                not_before: None,
            };
            outbox::enqueue(&mut tx, now, &job).await?;
        }
        doing.with(&format!(", till {many}")).log(&mut tx, Act::WroteToRegistered).await?;
        tx.commit().await?;
        Ok(many)
    }

    pub(super) async fn messages(&self, event: &str) -> Result<Vec<Message>> {
        const ALL: &str = "SELECT m.subject, m.text, m.segment, m.recipients, m.created_at, COALESCE(a.name, '') \
             FROM event_messages m LEFT JOIN accounts a ON a.id = m.account_id \
             WHERE m.event_id = $1 ORDER BY m.created_at DESC, m.id";
        let rows: Vec<(String, String, String, i64, i64, String)> =
            on!(&self.events.db, pool => sqlx::query_as(ALL).bind(event).fetch_all(pool).await)?;
        let message =
            |(subject, text, segment, recipients, at, by)| Message { subject, text, segment, recipients, at, by };
        Ok(rows.into_iter().map(message).collect())
    }
}
