//! That it is soon: once for each time that was set, whatever the clock does.

use super::{StoredEvents, letters};
use crate::mail::outbox::{self, NewJob, Urgency};
use crate::on;
use anyhow::Result;

const DAY: i64 = 24 * 60 * 60;
/// So long before the beginning.
const BEFORE: [(i64, &str); 2] = [(7 * DAY, "vecka"), (DAY, "dag")];

impl StoredEvents {
    /// Asks for the reminders that are due at that time, and returns how many there are. Each is asked for once: what
    /// has been reminded of stands in the outbox by its cause, and a clock that is put back finds it there.
    pub async fn remind(&self, now: i64) -> Result<usize> {
        // Whoever registered within the time needs no reminder of what they have just read.
        const SOON: &str = "SELECT r.id, r.event_id, r.token_turn FROM registrations r JOIN events e ON e.id = r.event_id \
             WHERE e.starts_at > $1 AND e.starts_at - $2 <= $1 AND r.created_at <= e.starts_at - $2 \
             AND e.published_at IS NOT NULL AND e.cancelled_at IS NULL AND r.standing = 'seated' \
             AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.subject_id = r.id AND o.kind = $3 \
             AND o.cause = 'paminnelse/' || r.id || '/' || $4 || '/' || r.token_turn)";
        let mut asked = 0;
        for (before, called) in BEFORE {
            let soon: Vec<(String, String, i64)> = on!(&self.db, pool => sqlx::query_as(SOON).bind(now).bind(before)
                .bind(letters::REMINDER).bind(called).fetch_all(pool).await)?;
            for part in soon.chunks(500) {
                let mut tx = self.db.begin().await?;
                for (registration, event, turn) in part {
                    let cause = format!("{}/{registration}/{called}/{turn}", letters::REMINDER);
                    let job = NewJob {
                        cause: &cause,
                        kind: letters::REMINDER,
                        subject_id: registration,
                        event_id: Some(event),
                        urgency: Urgency::Reminder,
                        not_before: None,
                    };
                    asked += usize::from(outbox::enqueue(&mut tx, now, &job).await?);
                }
                tx.commit().await?;
            }
        }
        Ok(asked)
    }
}
