//! Sessions: begun when somebody signs in, ended by them, by time, or when their role changes.

use super::tokens;
use crate::db::{Db, Tx};
use crate::{clock, on, on_tx};
use anyhow::Result;
use app::accounts::{Session, device};
use app::counties;
use app::viewer::{Role, Staff, Viewer};
use std::sync::Arc;

/// Without doing anything, in seconds. OWASP ASVS 5.0, 7.3.1.
const IDLE: i64 = 60 * 60;
/// At the longest, in seconds. OWASP ASVS 5.0, 7.3.2.
const LONGEST: i64 = 12 * 60 * 60;
/// A session's last use is written down no more often than this.
const NOTED: i64 = 60;

/// Begins a session and returns its token, which is kept nowhere here.
pub async fn begin(tx: &mut Tx, account: &str, browser: &str, now: i64) -> Result<String> {
    const BEGIN: &str = "INSERT INTO sessions (token_hash, id, account_id, device, created_at, seen_at) VALUES ($1, $2, $3, $4, $5, $5)";
    const PURGE: &str = "DELETE FROM sessions WHERE created_at <= $1 OR seen_at <= $2";
    let (token, id) = (tokens::new(), clock::new_id());
    on_tx!(tx, c => sqlx::query(PURGE).bind(now - LONGEST).bind(now - IDLE).execute(c).await.map(drop))?;
    on_tx!(tx, c => sqlx::query(BEGIN).bind(tokens::hash(&token)).bind(&id).bind(account)
        .bind(device::described(browser)).bind(now).execute(c).await.map(drop))?;
    Ok(token)
}

/// Whose token this is, and that they were here. Nobody's, if the session or the account has ended.
pub async fn viewer(db: &Db, token: &str, now: i64) -> Result<Viewer> {
    const WHO: &str = "SELECT s.id, s.seen_at, a.id, a.name, a.email, a.role, a.county \
         FROM sessions s JOIN accounts a ON a.id = s.account_id \
         WHERE s.token_hash = $1 AND a.ended_at IS NULL AND s.created_at > $2 AND s.seen_at > $3";
    const SEEN: &str = "UPDATE sessions SET seen_at = $1 WHERE token_hash = $2 AND seen_at < $1";
    type Row = (String, i64, String, String, String, String, Option<String>);
    let hash = tokens::hash(token);
    let row: Option<Row> = on!(db, pool => sqlx::query_as(WHO).bind(&hash).bind(now - LONGEST).bind(now - IDLE).fetch_optional(pool).await)?;
    let Some((session, seen, account, name, email, role, county)) = row else { return Ok(Viewer::Visitor) };
    let Some(role) = Role::parse(&role) else { return Ok(Viewer::Visitor) };
    if now - seen >= NOTED {
        on!(db, pool => sqlx::query(SEEN).bind(now).bind(&hash).execute(pool).await.map(drop))?;
    }
    let county = county.as_deref().and_then(counties::find);
    Ok(Viewer::Staff(Arc::new(Staff { account, name, email, role, county, session })))
}

/// What an account may do now, for work that it set going and that is done without it.
pub async fn viewer_without_session(db: &Db, account: &str) -> Result<Viewer> {
    const WHO: &str = "SELECT name, email, role, county FROM accounts WHERE id = $1 AND ended_at IS NULL";
    type Row = (String, String, String, Option<String>);
    let row: Option<Row> = on!(db, pool => sqlx::query_as(WHO).bind(account).fetch_optional(pool).await)?;
    let Some((name, email, role, county)) = row else { return Ok(Viewer::Visitor) };
    let Some(role) = Role::parse(&role) else { return Ok(Viewer::Visitor) };
    let county = county.as_deref().and_then(counties::find);
    let account = account.to_owned();
    Ok(Viewer::Staff(Arc::new(Staff { account, name, email, role, county, session: String::new() })))
}

/// Those of an account that still last, the one used last first.
pub async fn of(db: &Db, account: &str, now: i64) -> Result<Vec<Session>> {
    const OF: &str = "SELECT id, device, created_at, seen_at FROM sessions \
         WHERE account_id = $1 AND created_at > $2 AND seen_at > $3 ORDER BY seen_at DESC, id";
    let rows: Vec<(String, String, i64, i64)> =
        on!(db, pool => sqlx::query_as(OF).bind(account).bind(now - LONGEST).bind(now - IDLE).fetch_all(pool).await)?;
    Ok(rows.into_iter().map(|(id, device, created_at, seen_at)| Session { id, device, created_at, seen_at }).collect())
}

/// Ends one session of the account. Tells whether there was one.
pub async fn end(tx: &mut Tx, account: &str, id: &str) -> Result<bool> {
    const END: &str = "DELETE FROM sessions WHERE account_id = $1 AND id = $2";
    let ended =
        on_tx!(tx, c => sqlx::query(END).bind(account).bind(id).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(ended > 0)
}

/// Ends all sessions of the account but the one that is kept.
pub async fn end_all(tx: &mut Tx, account: &str, kept: &str) -> Result<()> {
    const END: &str = "DELETE FROM sessions WHERE account_id = $1 AND id <> $2";
    on_tx!(tx, c => sqlx::query(END).bind(account).bind(kept).execute(c).await.map(drop))?;
    Ok(())
}
