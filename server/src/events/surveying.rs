//! The survey is sent the day after, once, to those who came and can be reached.

use super::{StoredEvents, letters};
use crate::accounts::tokens;
use crate::db::Tx;
use crate::keys::Keys;
use crate::mail::outbox::{self, NewJob, Urgency};
use crate::{on, on_tx};
use anyhow::Result;
use app::events::keeping::needs_are_deleted;
use app::text::dates::swedish_time;

/// From this hour on: nobody is written to at midnight.
const FROM_HOUR: i8 = 8;
const DAY: i64 = 24 * 60 * 60;
/// Longer ago than this nobody is asked, nor is anybody looked for.
const LONGEST_AGO: i64 = 14 * DAY;

/// The ticket of somebody's letter: made from the registration by the portal's key, so that it need not be kept to be
/// written into the letter again.
pub(super) fn ticket(keys: &Keys, registration: &str, turn: i64) -> String {
    keys.token("enkat", registration, turn)
}

impl StoredEvents {
    /// Asks for the letters that are due at that time, and returns how many there are. Doing it once more asks for no more.
    pub async fn send_surveys(&self, now: i64) -> Result<usize> {
        const ENDED: &str = "SELECT id FROM events WHERE ends_at <= $1 AND ends_at > $2 \
             AND published_at IS NOT NULL AND cancelled_at IS NULL";
        const CAME: &str = "SELECT r.id, r.token_turn FROM registrations r WHERE r.event_id = $1 \
             AND r.came_at IS NOT NULL AND (r.email <> '' OR r.protected IS NOT NULL) \
             AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.subject_id = r.id AND o.kind = $2)";
        let ended: Vec<String> =
            on!(&self.db, pool => sqlx::query_scalar(ENDED).bind(now).bind(now - LONGEST_AGO).fetch_all(pool).await)?;
        let mut asked = 0;
        for id in ended {
            let Some(event) = self.by_id(&id).await? else { continue };
            let (plan, today) = (&event.plan, swedish_time(now));
            let is_due = today.date() > plan.ends.date() && today.hour() >= FROM_HOUR;
            if plan.survey.is_empty() || !is_due || today.date() >= needs_are_deleted(plan) {
                continue;
            }
            let came: Vec<(String, i64)> = on!(&self.db, pool => sqlx::query_as(CAME).bind(&id).bind(letters::SURVEY)
                .fetch_all(pool).await)?;
            for part in came.chunks(500) {
                let mut tx = self.db.begin().await?;
                for (registration, turn) in part {
                    asked += usize::from(ask(&mut tx, &self.keys, &id, registration, *turn, now).await?);
                }
                tx.commit().await?;
            }
        }
        Ok(asked)
    }
}

async fn ask(tx: &mut Tx, keys: &Keys, event: &str, registration: &str, turn: i64, now: i64) -> Result<bool> {
    const TICKET: &str = "INSERT INTO survey_tickets (token_hash, event_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    let cause = format!("{}/{registration}/{turn}", letters::SURVEY);
    let job = NewJob {
        cause: &cause,
        kind: letters::SURVEY,
        subject_id: registration,
        event_id: Some(event),
        urgency: Urgency::Circular,
        not_before: None,
    };
    if !outbox::enqueue(tx, now, &job).await? {
        return Ok(false);
    }
    let hash = tokens::hash(&ticket(keys, registration, turn));
    on_tx!(tx, c => sqlx::query(TICKET).bind(hash).bind(event).execute(c).await.map(drop))?;
    Ok(true)
}
