//! Everything that is arranged, and how full it is.

use super::StoredOrganising;
use crate::on;
use anyhow::{Context, Result};
use app::counties;
use app::events::plan::Plan;
use app::events::{Address, Kind, Standing};
use app::organising::Listed;
use std::collections::BTreeMap;

impl StoredOrganising {
    pub(super) async fn list(&self) -> Result<Vec<Listed>> {
        const LIST: &str = "SELECT e.id, e.kind, e.series, e.slug, e.county, e.plan, e.starts_at, e.ends_at, \
             e.published_at, e.cancelled_at, s.title FROM events e \
             LEFT JOIN event_series s ON s.kind = e.kind AND s.slug = e.series ORDER BY e.starts_at, e.id";
        const COUNTS: &str = "SELECT event_id, track, standing, count(*) FROM registrations \
             WHERE standing IN ('seated', 'offered', 'waiting', 'applied') GROUP BY event_id, track, standing";
        type Row = (
            String,
            String,
            String,
            String,
            Option<String>,
            String,
            i64,
            i64,
            Option<i64>,
            Option<i64>,
            Option<String>,
        );
        let db = &self.events.db;
        let rows: Vec<Row> = on!(db, pool => sqlx::query_as(LIST).fetch_all(pool).await)?;
        let counts: Vec<(String, String, String, i64)> = on!(db, pool => sqlx::query_as(COUNTS).fetch_all(pool).await)?;
        let mut people: BTreeMap<String, Vec<(String, Standing, u32)>> = BTreeMap::new();
        for (event, track, standing, count) in counts {
            let standing =
                Standing::parse(&standing).with_context(|| format!("registrations.standing holds `{standing}`"))?;
            people.entry(event).or_default().push((track, standing, u32::try_from(count)?));
        }
        rows.into_iter()
            .map(
                |(
                    id,
                    kind,
                    series,
                    slug,
                    county,
                    plan,
                    starts_at,
                    ends_at,
                    published_at,
                    cancelled_at,
                    series_title,
                )| {
                    let kind = Kind::parse(&kind).with_context(|| format!("events.kind holds `{kind}`"))?;
                    let plan: Plan = serde_json::from_str(&plan).context("events.plan cannot be read")?;
                    let people = people.remove(&id).unwrap_or_default();
                    let is_limited = |track: &str| plan.track(track).is_some_and(|track| track.seats.is_some());
                    let count = |fits: &dyn Fn(&str, Standing) -> bool| {
                        let fitting = people.iter().filter(|(track, standing, _)| fits(track, *standing));
                        fitting.map(|(_, _, count)| count).sum()
                    };
                    Ok(Listed {
                        address: Address { kind, series, slug },
                        series_title,
                        county: county.as_deref().and_then(counties::find),
                        starts_at,
                        ends_at,
                        is_published: published_at.is_some(),
                        is_cancelled: cancelled_at.is_some(),
                        is_example: plan.example,
                        seats: plan.tracks.iter().filter_map(|track| track.seats).sum(),
                        held: count(&|track, standing| is_limited(track) && standing.holds()),
                        unlimited: count(&|track, standing| !is_limited(track) && standing.holds()),
                        waiting: count(&|_, standing| standing == Standing::Waiting),
                        applied: count(&|_, standing| standing == Standing::Applied),
                        title: plan.title,
                        id,
                    })
                },
            )
            .collect()
    }
}
