//! What the server has asked a browser: kept for ten minutes, answered once.

use super::tokens;
use crate::db::{Db, Tx};
use crate::{on, on_tx};
use anyhow::Result;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Long enough to find a security key, short enough to be worth nothing tomorrow.
const LASTS: i64 = 10 * 60;

/// Keeps what an answer will be held against; returns the id by which the browser refers to it.
pub async fn begin<S: Serialize>(db: &Db, purpose: &str, state: &S, now: i64) -> Result<String> {
    const KEEP: &str = "INSERT INTO ceremonies (id, purpose, state, expires_at) VALUES ($1, $2, $3, $4)";
    const PURGE: &str = "DELETE FROM ceremonies WHERE expires_at <= $1";
    let (id, state) = (tokens::new(), serde_json::to_string(state)?);
    on!(db, pool => sqlx::query(PURGE).bind(now).execute(pool).await.map(drop))?;
    on!(db, pool => sqlx::query(KEEP).bind(tokens::hash(&id)).bind(purpose).bind(&state).bind(now + LASTS)
        .execute(pool).await.map(drop))?;
    Ok(id)
}

/// What was asked, if it is still waited for. It is gone afterwards, whatever the answer was: a second try asks anew.
pub async fn take<S: DeserializeOwned>(db: &Db, purpose: &str, id: &str, now: i64) -> Result<Option<S>> {
    let mut tx = db.begin().await?;
    let state = take_in(&mut tx, purpose, id, now).await?;
    tx.commit().await?;
    Ok(state)
}

async fn take_in<S: DeserializeOwned>(tx: &mut Tx, purpose: &str, id: &str, now: i64) -> Result<Option<S>> {
    const TAKE: &str = "DELETE FROM ceremonies WHERE id = $1 AND purpose = $2 AND expires_at > $3 RETURNING state";
    let state: Option<String> = on_tx!(tx, c => sqlx::query_scalar(TAKE).bind(tokens::hash(id)).bind(purpose).bind(now).fetch_optional(c).await)?;
    Ok(state.map(|state| serde_json::from_str(&state)).transpose()?)
}
