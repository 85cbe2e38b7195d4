//! Places go to those who are next: when one is given back, when there are more, on the day of release, and when an
//! offer was not answered in time.

use super::hall::Hall;
use super::placing::{PLACED, Placed, Row};
use crate::on_tx;
use anyhow::Result;
use app::events::placement::{self, Room};
use app::events::plan::Plan;
use app::events::{Standing, working_hours};
use app::text::dates::{swedish_time, unix_time};

/// Brings the lines of an event up to date. Doing it once more changes nothing.
pub async fn settle(hall: &mut Hall, event: &str) -> Result<()> {
    lapse(hall, event).await?;
    let Some(ledger) = hall.ledger(event).await? else { return Ok(()) };
    let tracks: Vec<String> = ledger.plan.tracks.iter().map(|track| track.id.clone()).collect();
    for track in tracks {
        promote(hall, event, &track).await?;
    }
    Ok(())
}

/// What somebody who comes now gets: a place, or a number in line behind those who may have it first.
pub(super) async fn standing_for_next(hall: &mut Hall, event: &str, track: &str, share: &str) -> Result<Standing> {
    if !may_sit(hall, event, track, share).await? {
        return Ok(Standing::Waiting);
    }
    // Since somebody is waiting although there is a place, the day of release has come, or an offer's time is up.
    if hall.ledger(event).await?.is_some_and(|ledger| ledger.is_waited_for(track)) {
        settle(hall, event).await?;
    }
    Ok(if may_sit(hall, event, track, share).await? { Standing::Seated } else { Standing::Waiting })
}

async fn may_sit(hall: &mut Hall, event: &str, track: &str, share: &str) -> Result<bool> {
    let today = hall.moment().date();
    let ledger = hall.ledger(event).await?;
    Ok(ledger.is_some_and(|ledger| matches!(ledger.judge(track, share, today), Some(Ok(())))))
}

/// Offers whose time is up give their places back.
async fn lapse(hall: &mut Hall, event: &str) -> Result<()> {
    let query = format!("{PLACED} WHERE event_id = $1 AND standing = 'offered' AND offer_until <= $2");
    let now = hall.now;
    let rows: Vec<Row> = on_tx!(hall.tx(), c =>
        sqlx::query_as(sqlx::AssertSqlSafe(query.as_str())).bind(event).bind(now).fetch_all(c).await)?;
    for row in rows {
        Placed::read(row)?.becomes(hall, Standing::Lapsed, None).await?;
    }
    Ok(())
}

/// Gives or offers a track's free places to those in line.
pub(super) async fn promote(hall: &mut Hall, event: &str, track: &str) -> Result<()> {
    let (now, today) = (hall.now, hall.moment().date());
    let Some(ledger) = hall.ledger(event).await? else { return Ok(()) };
    if !ledger.is_waited_for(track) || ledger.is_cancelled {
        return Ok(());
    }
    let Some(room) = ledger.room(track, today) else { return Ok(()) };
    let mut held = ledger.held(track).clone();
    let offer_until = offer_until(&ledger.plan, now);
    let most = longest_look(&room, &room.free(&held));
    if most == 0 {
        return Ok(());
    }
    let query =
        format!("{PLACED} WHERE event_id = $1 AND track = $2 AND standing = 'waiting' ORDER BY queued LIMIT $3");
    let rows: Vec<Row> = on_tx!(hall.tx(), c => sqlx::query_as(sqlx::AssertSqlSafe(query.as_str()))
        .bind(event).bind(track).bind(most).fetch_all(c).await)?;
    let line: Vec<Placed> = rows.into_iter().map(Placed::read).collect::<Result<_>>()?;
    let next = placement::promote(&room, &mut held, line.iter().map(|placed| (placed.clone(), placed.share.as_str())));
    for mut placed in next {
        let standing = if offer_until.is_some() { Standing::Offered } else { Standing::Seated };
        placed.becomes(hall, standing, offer_until).await?;
    }
    Ok(())
}

/// How far down the line somebody may be found who may have a place: where places are spread, anywhere.
fn longest_look(room: &Room, free: &Option<u32>) -> i64 {
    match free {
        Some(0) => 0,
        Some(free) if !room.is_spread() => i64::from(*free),
        _ => i64::MAX,
    }
}

/// Until when an offer is to be answered. Nothing where places are given at once, as so near the beginning that nobody
/// could answer in time.
fn offer_until(plan: &Plan, now: i64) -> Option<i64> {
    if plan.offer_hours == 0 {
        return None;
    }
    let until = working_hours::after(swedish_time(now), plan.offer_hours);
    (until < plan.starts).then(|| unix_time(until))
}
