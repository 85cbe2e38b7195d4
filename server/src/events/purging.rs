//! What was told for an event is forgotten after it, everywhere, and that it was is written down.
//!
//! What is sensitive goes two weeks after the last day, and the rest that tells who somebody is after ninety days: until
//! then certificates are fetched and bills are sent. What is left are counts by organisation, county and role.

use crate::db::{Db, Tx};
use crate::{clock, on, on_tx};
use anyhow::{Context, Result};
use app::organising::Deletion;

const DAY: i64 = 24 * 60 * 60;
/// Diet, access, protected identity, answers: so long after the event.
const SENSITIVE: i64 = 14 * DAY;
/// Names and addresses: so long after the event.
const NAMES: i64 = 90 * DAY;

/// What goes when, and how the record of it is called.
struct Step {
    after: i64,
    what: &'static str,
    statements: &'static [&'static str],
}

const STEPS: [Step; 2] = [
    Step {
        after: SENSITIVE,
        what: "kost, tillgänglighet, skyddade personuppgifter, svar och anteckningar",
        statements: &[
            "UPDATE registrations SET needs = NULL, protected = NULL, answers = '{}', note = '' WHERE event_id = $1",
            "DELETE FROM hand_overs WHERE registration_id IN (SELECT id FROM registrations WHERE event_id = $1)",
            "DELETE FROM doors WHERE event_id = $1",
            "DELETE FROM survey_tickets WHERE event_id = $1",
        ],
    },
    Step {
        after: NAMES,
        what: "namn, adresser, betalare och meddelanden",
        statements: &[
            "UPDATE registrations SET name = '', email = '', invoice = NULL, token_hash = id WHERE event_id = $1",
            "UPDATE parties SET contact_name = '', contact_email = '', token_hash = id WHERE event_id = $1",
            // When they came stays with the registration, which is nobody's now.
            "DELETE FROM check_ins WHERE event_id = $1",
            "DELETE FROM check_in_undos WHERE event_id = $1",
            "UPDATE certificates SET registration_id = NULL WHERE event_id = $1",
            // A tour's list is one for all its stops: it goes with the last of them.
            "UPDATE invited SET name = '', email = '', registration_id = NULL \
             WHERE series = (SELECT series FROM events WHERE id = $1 AND kind = 'dialogmote') AND NOT EXISTS \
             (SELECT 1 FROM events later JOIN events this ON this.kind = later.kind AND this.series = later.series \
             WHERE this.id = $1 AND later.ends_at > this.ends_at)",
            "DELETE FROM fee_waivers WHERE registration_id IN (SELECT id FROM registrations WHERE event_id = $1)",
            "DELETE FROM outbox WHERE event_id = $1",
            "UPDATE events SET purged_at = ends_at WHERE id = $1",
        ],
    },
];

/// How much was forgotten.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Purged {
    pub events: usize,
    pub rows: i64,
}

/// Forgets what is to be forgotten at that time. `decision` is the one that allows it ("gallringsbeslut"). Doing it
/// once more forgets nothing more.
pub async fn purge(db: &Db, decision: &str, now: i64) -> Result<Purged> {
    const DUE: &str = "SELECT e.id FROM events e WHERE e.ends_at + $1 <= $2 AND NOT EXISTS \
         (SELECT 1 FROM deletions d WHERE d.event_id = e.id AND d.what = $3)";
    const SHUT: &str = "DELETE FROM doors WHERE expires_at <= $1";
    on!(db, pool => sqlx::query(SHUT).bind(now).execute(pool).await.map(drop))?;
    let mut purged = Purged::default();
    for step in &STEPS {
        let due: Vec<String> = on!(db, pool => sqlx::query_scalar(DUE).bind(step.after).bind(now)
            .bind(step.what).fetch_all(pool).await)?;
        for event in due {
            let mut tx = db.begin().await?;
            purged.rows += forget(&mut tx, &event, step, decision, now).await?;
            tx.commit().await?;
            purged.events += 1;
        }
    }
    // Each time: somebody who reads just now keeps the journal from being emptied, and the night after nobody does.
    wipe(db).await?;
    Ok(purged)
}

/// The record of an event, the oldest first.
pub(crate) async fn deletions(db: &Db, event: &str) -> Result<Vec<Deletion>> {
    const RECORD: &str = "SELECT at, what, decision FROM deletions WHERE event_id = $1 ORDER BY at, id";
    let rows: Vec<(i64, String, String)> = on!(db, pool => sqlx::query_as(RECORD).bind(event).fetch_all(pool).await)?;
    Ok(rows.into_iter().map(|(at, what, decision)| Deletion { at, what, decision }).collect())
}

async fn forget(tx: &mut Tx, event: &str, step: &Step, decision: &str, now: i64) -> Result<i64> {
    const RECORD: &str =
        "INSERT INTO deletions (id, event_id, at, decision, what, rows) VALUES ($1, $2, $3, $4, $5, $6)";
    let mut rows = 0;
    for statement in step.statements {
        let done =
            on_tx!(tx, c => sqlx::query(*statement).bind(event).execute(c).await.map(|done| done.rows_affected()))?;
        rows += i64::try_from(done)?;
    }
    on_tx!(tx, c => sqlx::query(RECORD).bind(clock::new_id()).bind(event).bind(now).bind(decision).bind(step.what)
        .bind(rows).execute(c).await.map(drop))?;
    Ok(rows)
}

/// Out of the database's own files too: what SQLite has freed it overwrites (see `db.rs`), and its journal is emptied.
async fn wipe(db: &Db) -> Result<()> {
    if let Db::Sqlite(pool) = db {
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
            .execute(pool)
            .await
            .context("the journal could not be emptied")?;
    }
    Ok(())
}
