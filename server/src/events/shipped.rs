//! Events from files: what ships with the program is put in once, what an operator brings whenever it is not there.

use super::arranging::{NewEvent, arrange};
use crate::content::{Arranged, EventsSource};
use crate::db::{Db, Tx};
use crate::library::store;
use crate::on_tx;
use anyhow::{Result, anyhow};
use app::events::calendar::Series;
use app::text::dates::swedish_time;

/// Whose files they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brought {
    /// At the first start alone: who has removed an example does not want it back.
    WithTheProgram,
    ByAnOperator,
}

/// Publishes the events of these files whose addresses are free, in one transaction, as they are at `now` (unix
/// seconds). What is there stays as it is. Returns the paths of the files that brought anything.
pub async fn put_in(db: &Db, sources: &[EventsSource], brought: Brought, now: i64) -> Result<Vec<String>> {
    let mut new = Vec::new();
    if sources.is_empty() {
        return Ok(new);
    }
    let mut tx = db.begin().await?;
    if brought == Brought::WithTheProgram && !is_first_start(&mut tx, now).await? {
        return Ok(new);
    }
    let today = swedish_time(now).date();
    for source in sources {
        let arranged = source.on(today).map_err(|problems| match problems.first() {
            Some(problem) => anyhow!("{problem}"),
            None => anyhow!("{} cannot be read", source.path()),
        })?;
        if put_in_one(&mut tx, &arranged, now).await? {
            new.push(source.path().to_owned());
        }
    }
    if !new.is_empty() {
        store::move_generation(&mut tx).await?;
    }
    tx.commit().await?;
    Ok(new)
}

/// Of several programs that start at once, one is told yes; the others wait for it.
async fn is_first_start(tx: &mut Tx, now: i64) -> Result<bool> {
    const CLAIM: &str = "UPDATE library SET events_shipped_at = $1 WHERE id = 1 AND events_shipped_at IS NULL";
    let claimed = on_tx!(tx, c => sqlx::query(CLAIM).bind(now).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(claimed == 1)
}

async fn put_in_one(tx: &mut Tx, arranged: &Arranged, now: i64) -> Result<bool> {
    if let Some(series) = &arranged.series {
        put_in_series(tx, series, now).await?;
    }
    let mut new = false;
    for event in &arranged.events {
        let event =
            NewEvent { address: &event.address, county: arranged.county, plan: &event.plan, published_at: Some(now) };
        new |= arrange(tx, now, &event).await?.is_some();
    }
    Ok(new)
}

async fn put_in_series(tx: &mut Tx, series: &Series, now: i64) -> Result<()> {
    const INSERT: &str = "INSERT INTO event_series (kind, slug, county, title, lead, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (kind, slug) DO NOTHING";
    on_tx!(tx, c => sqlx::query(INSERT)
        .bind(series.kind.as_str())
        .bind(&series.slug)
        .bind(series.county.map(|county| county.slug))
        .bind(&series.title)
        .bind(&series.lead)
        .bind(now)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}
