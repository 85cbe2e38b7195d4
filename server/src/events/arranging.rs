//! An event is arranged, and changed: never so that somebody who has a place loses it.

use super::hall::Hall;
use super::published::tell_library;
use super::settling::settle;
use crate::db::Tx;
use crate::{clock, on_tx};
use anyhow::Result;
use app::counties::County;
use app::events::Address;
use app::events::plan::Plan;
use app::text::dates::unix_time;

pub struct NewEvent<'a> {
    pub address: &'a Address,
    pub county: Option<&'static County>,
    pub plan: &'a Plan,
    /// Unix seconds; nothing for one that is still being planned.
    pub published_at: Option<i64>,
}

/// Writes it down and returns its id; nothing if the address is taken.
pub async fn arrange(tx: &mut Tx, now: i64, new: &NewEvent<'_>) -> Result<Option<String>> {
    const ADD: &str = "INSERT INTO events (id, kind, series, slug, county, plan, version, starts_at, ends_at, last_number, \
         created_at, published_at) VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8, 0, $9, $10) \
         ON CONFLICT (kind, series, slug) DO NOTHING";
    let (id, address) = (clock::new_id(), new.address);
    let plan = serde_json::to_string(new.plan)?;
    let added = on_tx!(tx, c => sqlx::query(ADD).bind(&id).bind(address.kind.as_str()).bind(&address.series)
        .bind(&address.slug).bind(new.county.map(|county| county.slug)).bind(plan).bind(unix_time(new.plan.starts))
        .bind(unix_time(new.plan.ends)).bind(now).bind(new.published_at)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok((added > 0).then_some(id))
}

/// Why a plan is not changed so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplanRefusal {
    Missing,
    /// Somebody else has changed it since; what they wrote is version so.
    Changed(i64),
    /// More hold places on this track than it would have: so many.
    TrackHeld {
        track: String,
        held: u32,
    },
    /// More have chosen this workshop, or this answer, than there would be places: so many.
    ItemHeld {
        item: String,
        held: u32,
    },
}

/// Changes the plan that has that version, and gives places that have come to those in line. Returns the new version.
pub async fn replan(hall: &mut Hall, event: &str, version: i64, plan: &Plan) -> Result<Result<i64, ReplanRefusal>> {
    const VERSION: &str = "SELECT version FROM events WHERE id = $1";
    const CHANGE: &str =
        "UPDATE events SET plan = $1, version = version + 1, starts_at = $2, ends_at = $3 WHERE id = $4";
    let known: Option<i64> = on_tx!(hall.tx(), c => sqlx::query_scalar(VERSION).bind(event).fetch_optional(c).await)?;
    let Some(known) = known else { return Ok(Err(ReplanRefusal::Missing)) };
    if known != version {
        return Ok(Err(ReplanRefusal::Changed(known)));
    }
    let Some(ledger) = hall.ledger(event).await? else { return Ok(Err(ReplanRefusal::Missing)) };
    for (track, held) in ledger.tracks_in_use() {
        let seats = plan.track(&track).map(|track| track.seats);
        if seats.is_none_or(|seats| seats.is_some_and(|seats| seats < held)) {
            return Ok(Err(ReplanRefusal::TrackHeld { track, held }));
        }
    }
    for (item, held) in ledger.items_in_use() {
        let is_there = plan.counted().find(|(counted, _)| *counted == item);
        if is_there.is_none_or(|(_, seats)| seats < held) {
            return Ok(Err(ReplanRefusal::ItemHeld { item, held }));
        }
    }
    let text = serde_json::to_string(plan)?;
    on_tx!(hall.tx(), c => sqlx::query(CHANGE).bind(text).bind(unix_time(plan.starts)).bind(unix_time(plan.ends))
        .bind(event).execute(c).await.map(drop))?;
    tell_library(hall.tx(), event).await?;
    hall.forget();
    settle(hall, event).await?;
    Ok(Ok(version + 1))
}
