//! A certificate's code is made once: of two who ask at the same time, both get the one that was first.

use super::code;
use crate::db::Db;
use crate::{on, on_tx};
use anyhow::{Context, Result};
use app::certificates::code::Code;

/// The code of somebody's certificate, made if there is none yet.
pub async fn issue(db: &Db, event: &str, registration: &str, now: i64) -> Result<Code> {
    const ADD: &str = "INSERT INTO certificates (code, event_id, registration_id, issued_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT DO NOTHING";
    loop {
        if let Some(code) = issued(db, event, registration).await? {
            return Ok(code);
        }
        // A transaction that writes from its first moment, as SQLite wants it. A code that somebody else has, by a
        // chance of one in 10^16, is no code: then another one is made.
        let mut tx = db.begin().await?;
        on_tx!(&mut tx, c => sqlx::query(ADD).bind(code::new().as_str()).bind(event).bind(registration).bind(now)
            .execute(c).await.map(drop))?;
        tx.commit().await?;
    }
}

async fn issued(db: &Db, event: &str, registration: &str) -> Result<Option<Code>> {
    const ISSUED: &str = "SELECT code FROM certificates WHERE event_id = $1 AND registration_id = $2";
    let code: Option<String> =
        on!(db, pool => sqlx::query_scalar(ISSUED).bind(event).bind(registration).fetch_optional(pool).await)?;
    code.map(|code| Code::parse(&code).context("certificates.code holds something else")).transpose()
}
