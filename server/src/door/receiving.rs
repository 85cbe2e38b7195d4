//! What doors tell is written down: by one writer, so that who has come, and when, is right whatever comes at once.

use super::StoredDoors;
use crate::events::{Hall, line};
use crate::on_tx;
use anyhow::Result;
use app::door::merging::Scan;
use app::door::sent::Sent;
use app::events::Event;
use std::collections::BTreeSet;

impl StoredDoors {
    /// How many lines were about nobody who is registered here; the others are written down, each once.
    pub async fn receive_at(&self, event: &Event, sent: Vec<Sent>, now: i64) -> Result<u32> {
        if sent.is_empty() {
            return Ok(0);
        }
        let (line, id) = (line(&event.address, &event.id), event.id.clone());
        let work = self.0.writer.run(&line, now, move |hall| Box::pin(async move { receive(hall, &id, &sent).await }));
        work.await
    }
}

async fn receive(hall: &mut Hall, event: &str, sent: &[Sent]) -> Result<u32> {
    let (mut touched, mut refused) = (BTreeSet::new(), 0);
    for one in sent {
        match one {
            Sent::In(scan) => match let_in(hall, event, scan).await? {
                true => drop(touched.insert(scan.registration.clone())),
                false => refused += 1,
            },
            Sent::Undo(id) => touched.extend(undo(hall, event, id).await?),
        }
    }
    for registration in touched {
        tell(hall, event, &registration).await?;
    }
    Ok(refused)
}

/// `false`: nobody is registered here by that id. A check-in that is known already stays as it was.
async fn let_in(hall: &mut Hall, event: &str, scan: &Scan) -> Result<bool> {
    const KNOWN: &str = "SELECT count(*) FROM registrations WHERE id = $1 AND event_id = $2";
    const ADD: &str = "INSERT INTO check_ins (id, event_id, registration_id, device, scanned_at, received_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING";
    let now = hall.now;
    let known: i64 = on_tx!(hall.tx(), c => sqlx::query_scalar(KNOWN).bind(&scan.registration).bind(event)
        .fetch_one(c).await)?;
    if known == 0 {
        return Ok(false);
    }
    on_tx!(hall.tx(), c => sqlx::query(ADD).bind(&scan.id).bind(event).bind(&scan.registration).bind(&scan.device)
        .bind(scan.at).bind(now).execute(c).await.map(drop))?;
    Ok(true)
}

/// Whose check-in it was, if that is known yet; if not, it will not count when it comes.
async fn undo(hall: &mut Hall, event: &str, id: &str) -> Result<Option<String>> {
    const UNDO: &str = "INSERT INTO check_in_undos (check_in_id, event_id, received_at) VALUES ($1, $2, $3) \
         ON CONFLICT (check_in_id) DO NOTHING";
    const WHOSE: &str = "SELECT registration_id FROM check_ins WHERE id = $1 AND event_id = $2";
    let now = hall.now;
    on_tx!(hall.tx(), c => sqlx::query(UNDO).bind(id).bind(event).bind(now).execute(c).await.map(drop))?;
    Ok(on_tx!(hall.tx(), c => sqlx::query_scalar(WHOSE).bind(id).bind(event).fetch_optional(c).await)?)
}

/// When somebody came is the earliest check-in that counts; see [`app::door::merging`].
async fn tell(hall: &mut Hall, event: &str, registration: &str) -> Result<()> {
    const TELL: &str = "UPDATE registrations SET came_at = (SELECT MIN(c.scanned_at) FROM check_ins c \
         WHERE c.registration_id = $1 AND c.event_id = $2 \
         AND NOT EXISTS (SELECT 1 FROM check_in_undos u WHERE u.check_in_id = c.id)) WHERE id = $1 AND event_id = $2";
    on_tx!(hall.tx(), c => sqlx::query(TELL).bind(registration).bind(event).execute(c).await.map(drop))?;
    Ok(())
}
