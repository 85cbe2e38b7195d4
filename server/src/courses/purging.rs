//! What is kept of courses is forgotten: ways that nobody has used for a year, addresses when their mail is sent, groups
//! after a day.

use crate::db::{Db, Tx};
use crate::{on, on_tx};
use anyhow::Result;

const DAY: i64 = 24 * 60 * 60;
/// Ways that nobody has used for so long.
const UNUSED: i64 = 365 * DAY;
/// A mail that has not been sent after so long is asked for anew.
const UNSENT: i64 = 2 * DAY;

/// Forgets what is to be forgotten at that time, and returns how many ways and groups there were.
pub async fn purge(db: &Db, now: i64) -> Result<usize> {
    const WAYS: &str = "SELECT id FROM course_takings WHERE used_at <= $1";
    const GROUPS: &str = "SELECT id FROM course_groups WHERE expires_at <= $1";
    const LETTERS: &str = "DELETE FROM course_letters WHERE created_at <= $1 OR EXISTS (SELECT 1 FROM outbox o \
         WHERE o.subject_id = course_letters.taking_id AND o.kind = $2 AND o.sent_at IS NOT NULL)";
    on!(db, pool => sqlx::query(LETTERS).bind(now - UNSENT).bind(super::letters::KEY).execute(pool).await.map(drop))?;
    let ways: Vec<String> = on!(db, pool => sqlx::query_scalar(WAYS).bind(now - UNUSED).fetch_all(pool).await)?;
    let groups: Vec<String> = on!(db, pool => sqlx::query_scalar(GROUPS).bind(now).fetch_all(pool).await)?;
    for part in ways.chunks(200) {
        let mut tx = db.begin().await?;
        for way in part {
            forget(&mut tx, way).await?;
        }
        tx.commit().await?;
    }
    for group in &groups {
        let mut tx = db.begin().await?;
        end_group(&mut tx, group).await?;
        tx.commit().await?;
    }
    Ok(ways.len() + groups.len())
}

/// Nothing of it is left but the certificate, which names nobody.
pub(super) async fn forget(tx: &mut Tx, taking: &str) -> Result<()> {
    for statement in [
        "DELETE FROM course_letters WHERE taking_id = $1",
        "DELETE FROM course_answers WHERE taking_id = $1",
        "DELETE FROM course_modules_done WHERE taking_id = $1",
        "UPDATE course_certificates SET taking_id = NULL WHERE taking_id = $1",
        "DELETE FROM outbox WHERE subject_id = $1",
        "DELETE FROM course_takings WHERE id = $1",
    ] {
        on_tx!(tx, c => sqlx::query(statement).bind(taking).execute(c).await.map(drop))?;
    }
    Ok(())
}

pub(super) async fn end_group(tx: &mut Tx, group: &str) -> Result<()> {
    for statement in [
        "DELETE FROM course_group_answers WHERE group_id = $1",
        "DELETE FROM course_group_members WHERE group_id = $1",
        "DELETE FROM course_groups WHERE id = $1",
    ] {
        on_tx!(tx, c => sqlx::query(statement).bind(group).execute(c).await.map(drop))?;
    }
    Ok(())
}
