//! Events as they are stored, and as they are shown.

use super::StoredEvents;
use crate::markdown::{self, Glossary};
use crate::on;
use anyhow::{Context, Result};
use app::counties;
use app::events::plan::Plan;
use app::events::{Address, Event, Kind, Occupancy, Standing, TrackOccupancy};
use moka::sync::Cache;
use std::sync::Arc;

/// Events whose plan has been read and rendered, by id and version.
pub(super) struct Plans(Cache<(String, i64), Arc<Event>>);

impl Default for Plans {
    fn default() -> Self {
        Self(Cache::new(500))
    }
}

/// A row of [`StoredEvents::event_where`].
type Row = (String, String, String, String, Option<String>, String, i64, Option<i64>, Option<i64>);

const COLUMNS: &str = "SELECT id, kind, series, slug, county, plan, version, published_at, cancelled_at FROM events";

impl StoredEvents {
    /// The published event at an address.
    pub(super) async fn published(&self, address: &Address) -> Result<Option<Arc<Event>>> {
        let event = self.at(address).await?;
        Ok(event.filter(|event| event.published_at.is_some()))
    }

    /// The event at an address, published or not.
    pub(crate) async fn at(&self, address: &Address) -> Result<Option<Arc<Event>>> {
        let query = format!("{COLUMNS} WHERE kind = $1 AND series = $2 AND slug = $3");
        let row: Option<Row> = on!(&self.db, pool => sqlx::query_as(sqlx::AssertSqlSafe(query.as_str()))
            .bind(address.kind.as_str()).bind(&address.series).bind(&address.slug).fetch_optional(pool).await)?;
        row.map(|row| self.shown(row)).transpose()
    }

    pub(crate) async fn by_id(&self, id: &str) -> Result<Option<Arc<Event>>> {
        let query = format!("{COLUMNS} WHERE id = $1");
        let row: Option<Row> = on!(&self.db, pool => sqlx::query_as(sqlx::AssertSqlSafe(query.as_str()))
            .bind(id).fetch_optional(pool).await)?;
        row.map(|row| self.shown(row)).transpose()
    }

    fn shown(
        &self,
        (id, kind, series, slug, county, plan, version, published_at, cancelled_at): Row,
    ) -> Result<Arc<Event>> {
        let key = (id.clone(), version);
        if let Some(event) = self.plans.0.get(&key)
            && (event.published_at, event.cancelled_at) == (published_at, cancelled_at)
        {
            return Ok(event);
        }
        let kind = Kind::parse(&kind).with_context(|| format!("events.kind holds `{kind}`"))?;
        let plan: Plan = serde_json::from_str(&plan).context("events.plan cannot be read")?;
        let event = Arc::new(Event {
            id,
            address: Address { kind, series, slug },
            county: county.as_deref().and_then(counties::find),
            version,
            html: rendered(&plan.text),
            summary_html: rendered(&plan.summary),
            plan,
            published_at,
            cancelled_at,
        });
        self.plans.0.insert(key, Arc::clone(&event));
        Ok(event)
    }

    pub(super) async fn occupancy(&self, event: &str) -> Result<Occupancy> {
        const HELD: &str = "SELECT track, standing, count(*) FROM registrations \
             WHERE event_id = $1 AND standing IN ('seated', 'offered', 'waiting') GROUP BY track, standing";
        const TAKEN: &str = "SELECT item, count(*) FROM registration_picks WHERE event_id = $1 GROUP BY item";
        let held: Vec<(String, String, i64)> =
            on!(&self.db, pool => sqlx::query_as(HELD).bind(event).fetch_all(pool).await)?;
        let taken: Vec<(String, i64)> = on!(&self.db, pool => sqlx::query_as(TAKEN).bind(event).fetch_all(pool).await)?;
        let mut occupancy = Occupancy::default();
        for (track, standing, count) in held {
            let track: &mut TrackOccupancy = occupancy.tracks.entry(track).or_default();
            let count = u32::try_from(count)?;
            if standing == Standing::Waiting.as_str() {
                track.waiting += count;
            } else {
                track.held += count;
            }
        }
        for (item, count) in taken {
            occupancy.counted.insert(item, u32::try_from(count)?);
        }
        Ok(occupancy)
    }
}

/// Faults are told by the editor; what is wrong is left out here.
fn rendered(text: &str) -> String {
    markdown::render(text, 1, &Glossary::new([])).html
}
