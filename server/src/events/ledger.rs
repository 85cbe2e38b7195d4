//! What is counted of an event: its plan, and who holds how many places.

use crate::db::{Db, Tx};
use crate::on_tx;
use anyhow::{Context, Result};
use app::events::Standing;
use app::events::placement::{Held, Room, Why};
use app::events::plan::Plan;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

pub struct Ledger {
    pub event: String,
    /// The tour or series that it belongs to; empty for a conference.
    pub series: String,
    pub is_published: bool,
    pub is_cancelled: bool,
    pub plan: Plan,
    held: BTreeMap<String, Held>,
    waiting: BTreeMap<String, u32>,
    /// Of workshops and counted choices: how many places are taken.
    taken: BTreeMap<String, u32>,
}

impl Ledger {
    pub(super) async fn read(tx: &mut Tx, event: &str) -> Result<Option<Self>> {
        const PLAN: &str = "SELECT plan, series, published_at, cancelled_at FROM events WHERE id = $1";
        const HELD: &str = "SELECT track, share, standing, count(*) FROM registrations \
             WHERE event_id = $1 AND standing IN ('seated', 'offered', 'waiting') GROUP BY track, share, standing";
        const TAKEN: &str = "SELECT item, count(*) FROM registration_picks WHERE event_id = $1 GROUP BY item";
        type Row = (String, String, Option<i64>, Option<i64>);
        let row: Option<Row> = on_tx!(tx, c => sqlx::query_as(PLAN).bind(event).fetch_optional(c).await)?;
        let Some((plan, series, published_at, cancelled_at)) = row else { return Ok(None) };
        let held: Vec<(String, String, String, i64)> =
            on_tx!(tx, c => sqlx::query_as(HELD).bind(event).fetch_all(c).await)?;
        let taken: Vec<(String, i64)> = on_tx!(tx, c => sqlx::query_as(TAKEN).bind(event).fetch_all(c).await)?;

        let mut ledger = Self {
            event: event.to_owned(),
            series,
            is_published: published_at.is_some(),
            is_cancelled: cancelled_at.is_some(),
            plan: serde_json::from_str(&plan).context("events.plan cannot be read")?,
            held: BTreeMap::new(),
            waiting: BTreeMap::new(),
            taken: BTreeMap::new(),
        };
        for (track, share, standing, count) in held {
            let count = u32::try_from(count)?;
            if standing == Standing::Waiting.as_str() {
                *ledger.waiting.entry(track).or_default() += count;
            } else {
                let held = ledger.held.entry(track).or_default();
                (0..count).for_each(|_| held.take(&share));
            }
        }
        for (item, count) in taken {
            ledger.taken.insert(item, u32::try_from(count)?);
        }
        Ok(Some(ledger))
    }

    /// As whose somebody's place is counted.
    pub fn share(&self, organisation: &str, county: Option<&str>) -> String {
        self.plan.share(organisation, county)
    }

    /// May one more of that share have a place on the track? `None`: there is no such track.
    pub fn judge(&self, track: &str, share: &str, today: Date) -> Option<Result<(), Why>> {
        let room = Room::of(self.plan.track(track)?, today);
        Some(room.judge(self.held.get(track).unwrap_or(&Held::default()), share))
    }

    pub fn room(&self, track: &str, today: Date) -> Option<Room> {
        Some(Room::of(self.plan.track(track)?, today))
    }

    pub fn held(&mut self, track: &str) -> &mut Held {
        self.held.entry(track.to_owned()).or_default()
    }

    pub fn is_waited_for(&self, track: &str) -> bool {
        self.waiting.get(track).is_some_and(|count| *count > 0)
    }

    pub fn joins_line(&mut self, track: &str) {
        *self.waiting.entry(track.to_owned()).or_default() += 1;
    }

    pub fn leaves_line(&mut self, track: &str) {
        if let Some(count) = self.waiting.get_mut(track) {
            *count = count.saturating_sub(1);
        }
    }

    /// The tracks on which somebody holds a place, or waits, with how many places are held.
    pub fn tracks_in_use(&self) -> Vec<(String, u32)> {
        let waited = self.waiting.iter().filter(|(_, count)| **count > 0).map(|(track, _)| track);
        let held = self.held.iter().filter(|(_, held)| held.all() > 0).map(|(track, _)| track);
        let tracks: BTreeSet<&String> = waited.chain(held).collect();
        tracks.into_iter().map(|track| (track.clone(), self.held.get(track).map_or(0, Held::all))).collect()
    }

    /// The workshops and counted choices that somebody has, with how many do.
    pub fn items_in_use(&self) -> Vec<(String, u32)> {
        self.taken.iter().filter(|(_, count)| **count > 0).map(|(item, count)| (item.clone(), *count)).collect()
    }

    /// Is there a place in a workshop, or of a counted choice? What is not counted always has one.
    pub fn has_room_in(&self, item: &str) -> bool {
        let places = self.plan.counted().find(|(counted, _)| counted == item).map(|(_, places)| places);
        places.is_none_or(|places| self.taken.get(item).copied().unwrap_or(0) < places)
    }

    pub fn take_in(&mut self, item: &str) {
        *self.taken.entry(item.to_owned()).or_default() += 1;
    }

    pub fn give_back_in(&mut self, item: &str) {
        if let Some(count) = self.taken.get_mut(item) {
            *count = count.saturating_sub(1);
        }
    }
}

/// What was counted before a transaction began, which may no longer be so: for the test without a guard.
pub(super) async fn counted_beforehand(db: &Db, event: &str) -> Result<Option<Ledger>> {
    let mut tx = db.begin().await?;
    let ledger = Ledger::read(&mut tx, event).await?;
    tx.commit().await?;
    Ok(ledger)
}
