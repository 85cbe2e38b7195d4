//! That it is soon, and that names are lacking: once for each time that was set, whatever the clock does.

use super::{StoredEvents, letters};
use crate::mail::outbox::{self, NewJob, Urgency};
use crate::on;
use anyhow::Result;

const DAY: i64 = 24 * 60 * 60;

/// What is reminded of, and how long before the beginning. Whoever registered within that time needs no reminder of what
/// they have just read.
struct Reminder {
    kind: &'static str,
    before: i64,
    called: &'static str,
    /// Whom it may be about at `$1`, `$2` before the beginning: an id, the event's, and what else tells one from another.
    about: &'static str,
}

const OF_THE_DAY: &str = "SELECT r.id, r.event_id, '/' || r.token_turn FROM registrations r \
     JOIN events e ON e.id = r.event_id WHERE e.starts_at > $1 AND e.starts_at - $2 <= $1 \
     AND r.created_at <= e.starts_at - $2 AND e.published_at IS NOT NULL AND e.cancelled_at IS NULL \
     AND r.standing = 'seated' AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.subject_id = r.id AND o.kind = $3 \
     AND o.cause = $3 || '/' || r.id || '/' || $4 || '/' || r.token_turn)";

const OF_NAMES: &str = "SELECT p.id, p.event_id, '' FROM parties p JOIN events e ON e.id = p.event_id \
     WHERE e.starts_at > $1 AND e.starts_at - $2 <= $1 AND p.created_at <= e.starts_at - $2 \
     AND e.published_at IS NOT NULL AND e.cancelled_at IS NULL AND EXISTS (SELECT 1 FROM registrations r \
     WHERE r.party_id = p.id AND r.name = '' AND r.ended_at IS NULL) \
     AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.subject_id = p.id AND o.kind = $3 \
     AND o.cause = $3 || '/' || p.id || '/' || $4)";

const REMINDERS: [Reminder; 4] = [
    Reminder { kind: letters::NAMES, before: 14 * DAY, called: "tva-veckor", about: OF_NAMES },
    Reminder { kind: letters::REMINDER, before: 7 * DAY, called: "vecka", about: OF_THE_DAY },
    Reminder { kind: letters::NAMES, before: 3 * DAY, called: "tre-dagar", about: OF_NAMES },
    Reminder { kind: letters::REMINDER, before: DAY, called: "dag", about: OF_THE_DAY },
];

impl StoredEvents {
    /// Asks for the reminders that are due at that time, and returns how many there are. Each is asked for once: what
    /// has been reminded of stands in the outbox by its cause, and a clock that is put back finds it there.
    pub async fn remind(&self, now: i64) -> Result<usize> {
        let mut asked = 0;
        for reminder in &REMINDERS {
            let Reminder { kind, before, called, about } = reminder;
            let due: Vec<(String, String, String)> = on!(&self.db, pool => sqlx::query_as(*about).bind(now).bind(before)
                .bind(kind).bind(called).fetch_all(pool).await)?;
            for part in due.chunks(500) {
                let mut tx = self.db.begin().await?;
                for (id, event, which) in part {
                    let cause = format!("{kind}/{id}/{called}{which}");
                    let job = NewJob {
                        cause: &cause,
                        kind,
                        subject_id: id,
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
