//! What waits to be sent: put there by its cause, taken by one worker at a time.

use super::back_off;
use crate::db::{Db, Tx};
use crate::{clock, on, on_tx};
use anyhow::{Context, Result};
use app::mail::{DeadLetter, Posted, Standing};

/// Nobody else takes a mail for so many seconds: much longer than sending may take (see `worker.rs`), so that neither
/// machines whose clocks differ a little nor a clock that is put right send it twice.
pub const LEASE: i64 = 600;

/// A lease that ends later than this was written by a clock that has been put back since.
const CLOCKS_AGREE: i64 = 3600;

/// A mail that something has caused. It names ids alone: nobody's name or address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob<'a> {
    /// `bekraftelse/<registration>/<sequence>`: a second mail of the same cause is none.
    pub cause: &'a str,
    /// By which the composer knows what to write.
    pub kind: &'a str,
    /// Whom it is about.
    pub subject_id: &'a str,
    pub event_id: Option<&'a str>,
    pub urgency: Urgency,
    /// Not before this moment, in unix seconds; none for at once.
    pub not_before: Option<i64>,
}

/// What goes first when many wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Somebody sits and waits for it.
    Answer,
    Reminder,
    /// To many at once.
    Circular,
}

/// A mail that one worker has taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub id: String,
    pub cause: String,
    pub kind: String,
    pub subject_id: String,
    pub event_id: Option<String>,
    /// Which attempt this is, from 1: counted when it is taken, so that a mail that brings the program down is counted too.
    pub attempts: i64,
    /// Whose it is, for this attempt.
    pub lease: String,
}

/// In the cause's own transaction. `false` if the cause has its mail already.
pub async fn enqueue(tx: &mut Tx, now: i64, job: &NewJob<'_>) -> Result<bool> {
    const ADD: &str = "INSERT INTO outbox (id, cause, kind, subject_id, event_id, priority, created_at, due_at, attempts) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0) ON CONFLICT (cause) DO NOTHING";
    let NewJob { cause, kind, subject_id, event_id, urgency, not_before } = *job;
    let added = on_tx!(tx, c => sqlx::query(ADD).bind(clock::new_id()).bind(cause).bind(kind).bind(subject_id)
        .bind(event_id).bind(urgency as i64).bind(now).bind(not_before.unwrap_or(0))
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(added > 0)
}

/// Takes up to `most` mails that are due. Nobody else gets them until the lease ends.
pub async fn claim(db: &Db, now: i64, most: i64) -> Result<Vec<Job>> {
    // A mail that has failed waits no longer than the longest wait, though the clock be put back; one that was to go at
    // once has no time to wait for.
    const FREE: &str = "sent_at IS NULL AND dropped_at IS NULL AND dead_at IS NULL \
         AND (lease IS NULL OR leased_until <= $1) AND (due_at <= $1 OR (attempts > 0 AND due_at > $2))";
    let latest = now + back_off::MOST;
    put_right(db, now).await?;
    // Reading first: on SQLite nobody who writes is disturbed when there is nothing to do.
    let any = format!("SELECT id FROM outbox WHERE {FREE} LIMIT 1");
    let any: Option<String> = on!(db, pool => sqlx::query_scalar(sqlx::AssertSqlSafe(any.clone())).bind(now).bind(latest)
        .fetch_optional(pool).await)?;
    if any.is_none() {
        return Ok(Vec::new());
    }
    let lease = clock::new_id();
    // The condition twice: of two that chose the same mails, the second waits for the first and must then look again.
    let take = format!(
        "UPDATE outbox SET lease = $3, leased_until = $4, attempts = attempts + 1 WHERE id IN \
         (SELECT id FROM outbox WHERE {FREE} ORDER BY priority, due_at, created_at LIMIT $5) AND {FREE} \
         RETURNING id, cause, kind, subject_id, event_id, attempts"
    );
    type Row = (String, String, String, String, Option<String>, i64);
    let rows: Vec<Row> = on!(db, pool => sqlx::query_as(sqlx::AssertSqlSafe(take.clone())).bind(now).bind(latest)
        .bind(&lease).bind(now + LEASE).bind(most).fetch_all(pool).await)?;
    let job = |(id, cause, kind, subject_id, event_id, attempts)| Job {
        id,
        cause,
        kind,
        subject_id,
        event_id,
        attempts,
        lease: lease.clone(),
    };
    Ok(rows.into_iter().map(job).collect())
}

/// A lease that was written before the clock was put back ends as one that begins now: whoever holds the mail is done by
/// then, if they live.
async fn put_right(db: &Db, now: i64) -> Result<()> {
    const ANY: &str = "SELECT id FROM outbox WHERE leased_until > $1 \
         AND sent_at IS NULL AND dropped_at IS NULL AND dead_at IS NULL LIMIT 1";
    const PUT_RIGHT: &str = "UPDATE outbox SET leased_until = $1 WHERE leased_until > $2 \
         AND sent_at IS NULL AND dropped_at IS NULL AND dead_at IS NULL";
    let latest = now + LEASE + CLOCKS_AGREE;
    let any: Option<String> = on!(db, pool => sqlx::query_scalar(ANY).bind(latest).fetch_optional(pool).await)?;
    if any.is_some() {
        on!(db, pool => sqlx::query(PUT_RIGHT).bind(now + LEASE).bind(latest).execute(pool).await.map(drop))?;
    }
    Ok(())
}

/// What became of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Sent,
    /// Nobody needs it any more.
    Dropped,
    /// It may work another time. In words without addresses.
    Failed(String),
    /// It never will.
    Dead(String),
}

/// Writes down what became of it, unless the lease has ended and somebody else has taken the mail. `chance` is from 0
/// to 1.
pub async fn close(db: &Db, now: i64, chance: f64, job: &Job, outcome: &Outcome) -> Result<()> {
    const CLOSE: &str = "UPDATE outbox SET lease = NULL, leased_until = NULL, \
         sent_at = $1, dropped_at = $2, dead_at = $3, due_at = COALESCE($4, due_at), problem = $5 \
         WHERE id = $6 AND lease = $7";
    let again = match outcome {
        Outcome::Failed(_) => back_off::wait(job.attempts, chance),
        _ => None,
    };
    let at = |when: bool| when.then_some(now);
    let sent = at(*outcome == Outcome::Sent);
    let dropped = at(*outcome == Outcome::Dropped);
    let dead = at(matches!(outcome, Outcome::Dead(_) | Outcome::Failed(_)) && again.is_none());
    let problem = match outcome {
        Outcome::Failed(problem) | Outcome::Dead(problem) => Some(problem.as_str()),
        Outcome::Sent | Outcome::Dropped => None,
    };
    on!(db, pool => sqlx::query(CLOSE).bind(sent).bind(dropped).bind(dead).bind(again.map(|wait| now + wait))
        .bind(problem).bind(&job.id).bind(&job.lease).execute(pool).await.map(drop))?;
    Ok(())
}

/// What has been sent, or is to be, about somebody: for that person's own page. The newest first.
pub async fn standing_of(db: &Db, subject_id: &str) -> Result<Vec<Posted>> {
    const OF: &str = "SELECT kind, created_at, sent_at, dead_at FROM outbox \
         WHERE subject_id = $1 AND dropped_at IS NULL ORDER BY created_at DESC, id";
    type Row = (String, i64, Option<i64>, Option<i64>);
    let rows: Vec<Row> = on!(db, pool => sqlx::query_as(OF).bind(subject_id).fetch_all(pool).await)?;
    let posted = |(kind, asked_at, sent_at, dead_at): Row| {
        let standing = match (sent_at, dead_at) {
            (Some(at), _) => Standing::Sent(at),
            (_, Some(at)) => Standing::Failed(at),
            (None, None) => Standing::Waiting,
        };
        Posted { kind, asked_at, standing }
    };
    Ok(rows.into_iter().map(posted).collect())
}

/// What could not be sent, the newest first; at most 500.
pub async fn list_dead(db: &Db) -> Result<Vec<DeadLetter>> {
    const DEAD: &str = "SELECT id, kind, event_id, created_at, dead_at, attempts, problem FROM outbox \
         WHERE dead_at IS NOT NULL ORDER BY dead_at DESC, id LIMIT 500";
    type Row = (String, String, Option<String>, i64, i64, i64, Option<String>);
    let rows: Vec<Row> = on!(db, pool => sqlx::query_as(DEAD).fetch_all(pool).await)?;
    let dead = |(id, kind, event_id, asked_at, at, attempts, problem): Row| DeadLetter {
        id,
        kind,
        event_id,
        asked_at,
        at,
        attempts,
        problem: problem.unwrap_or_default(),
    };
    Ok(rows.into_iter().map(dead).collect())
}

/// Lets a mail that was given up be tried again, from the beginning. Its kind, unless there is no such mail.
pub async fn retry(tx: &mut Tx, id: &str) -> Result<Option<String>> {
    const RETRY: &str = "UPDATE outbox SET dead_at = NULL, attempts = 0, due_at = 0 \
         WHERE id = $1 AND dead_at IS NOT NULL RETURNING kind";
    on_tx!(tx, c => sqlx::query_scalar(RETRY).bind(id).fetch_optional(c).await).context("a mail could not be retried")
}

/// The same for all that were given up. How many there were.
pub async fn retry_all(tx: &mut Tx) -> Result<u64> {
    const RETRY: &str = "UPDATE outbox SET dead_at = NULL, attempts = 0, due_at = 0 WHERE dead_at IS NOT NULL";
    Ok(on_tx!(tx, c => sqlx::query(RETRY).execute(c).await.map(|done| done.rows_affected()))?)
}

/// Forgets what was asked for more than 400 days ago and is not waiting any more.
pub async fn forget_old(db: &Db, now: i64) -> Result<()> {
    const FORGET: &str = "DELETE FROM outbox WHERE created_at <= $1 \
         AND (sent_at IS NOT NULL OR dropped_at IS NOT NULL OR dead_at IS NOT NULL)";
    Ok(on!(db, pool => sqlx::query(FORGET).bind(now - 400 * 86_400).execute(pool).await.map(drop))?)
}

/// How many mails should have been sent by now, how many were given up, and since when the oldest of the first waits.
pub async fn measure(db: &Db, now: i64) -> Result<(i64, i64, Option<i64>)> {
    const WAITING: &str = "SELECT count(*), \
         MIN(CASE WHEN attempts = 0 AND due_at > created_at THEN due_at ELSE created_at END) FROM outbox \
         WHERE sent_at IS NULL AND dropped_at IS NULL AND dead_at IS NULL AND (attempts > 0 OR due_at <= $1)";
    const DEAD: &str = "SELECT count(*) FROM outbox WHERE dead_at IS NOT NULL";
    let (waiting, oldest): (i64, Option<i64>) =
        on!(db, pool => sqlx::query_as(WAITING).bind(now).fetch_one(pool).await)?;
    let dead: i64 = on!(db, pool => sqlx::query_scalar(DEAD).fetch_one(pool).await)?;
    Ok((waiting, dead, oldest))
}
