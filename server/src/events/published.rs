//! Everything that is published, as the library takes it up: not yet rendered.

use crate::content::EventsSource;
use crate::db::{Db, Tx};
use crate::library::store;
use crate::{on, on_tx};
use anyhow::Result;
use app::counties;
use app::events::calendar::Series;
use app::events::plan::Plan;
use app::events::{Address, Event, Kind};
use app::routes::desk;
use jiff::civil::Date;

#[derive(Debug, Clone, Default)]
pub struct Published {
    pub series: Vec<Series>,
    pub events: Vec<Unrendered>,
}

/// An event whose texts are still markdown.
#[derive(Debug, Clone)]
pub struct Unrendered {
    /// Its `html` and `summary_html` are empty.
    pub event: Event,
    /// What faults are told of: a file, or the event's address where it is in the database.
    pub file: String,
    /// The lines on which the two texts begin.
    pub text_line: usize,
    pub summary_line: usize,
}

type Row = (String, String, String, String, Option<String>, String, i64, Option<i64>, Option<i64>);

/// Lets every page, list and index know that a published event has changed. Of one that is not published nothing is
/// shown, so nothing is told.
pub async fn tell_library(tx: &mut Tx, event: &str) -> Result<()> {
    const IS_PUBLISHED: &str = "SELECT count(*) FROM events WHERE id = $1 AND published_at IS NOT NULL";
    let published: i64 = on_tx!(tx, c => sqlx::query_scalar(IS_PUBLISHED).bind(event).fetch_one(c).await)?;
    if published > 0 {
        store::move_generation(tx).await?;
    }
    Ok(())
}

pub async fn published(db: &Db) -> Result<Published> {
    const SERIES: &str = "SELECT kind, slug, county, title, lead FROM event_series ORDER BY kind, slug";
    const EVENTS: &str = "SELECT id, kind, series, slug, county, plan, version, published_at, cancelled_at FROM events \
         WHERE published_at IS NOT NULL ORDER BY starts_at, id";
    let series: Vec<(String, String, Option<String>, String, String)> =
        on!(db, pool => sqlx::query_as(SERIES).fetch_all(pool).await)?;
    let events: Vec<Row> = on!(db, pool => sqlx::query_as(EVENTS).fetch_all(pool).await)?;
    let series = series.into_iter().filter_map(|(kind, slug, county, title, lead)| {
        let county = county.as_deref().and_then(counties::find);
        Some(Series { kind: Kind::parse(&kind)?, slug, county, title, lead })
    });
    Ok(Published { series: series.collect(), events: events.into_iter().filter_map(unrendered).collect() })
}

/// One that a newer program wrote, and this one cannot read, is left out: the others are shown all the same.
fn unrendered((id, kind, series, slug, county, plan, version, published_at, cancelled_at): Row) -> Option<Unrendered> {
    let plan: Plan = match serde_json::from_str(&plan) {
        Ok(plan) => plan,
        Err(error) => {
            tracing::error!(%error, event = id, "a published event cannot be read");
            return None;
        }
    };
    let address = Address { kind: Kind::parse(&kind)?, series, slug };
    let file = desk::event(&address).trim_matches('/').to_owned();
    let event = Event {
        id,
        address,
        county: county.as_deref().and_then(counties::find),
        version,
        plan,
        html: String::new(),
        summary_html: String::new(),
        published_at,
        cancelled_at,
    };
    Some(Unrendered { event, file, text_line: 1, summary_line: 1 })
}

impl Unrendered {
    /// The day whose law its texts tell, seen from `today`: that of its time.
    pub fn legal_date(&self, today: Date) -> Date {
        self.event.plan.starts.date().min(today)
    }
}

impl Published {
    /// As if the file were taken in on that day. One with faults is named where it is read.
    pub fn add(&mut self, source: &EventsSource, day: Date) {
        let Ok(arranged) = source.on(day) else { return };
        self.series.extend(arranged.series);
        self.events.extend(arranged.events.into_iter().map(|one| Unrendered {
            event: Event {
                id: String::new(),
                address: one.address,
                county: arranged.county,
                version: 1,
                plan: one.plan,
                html: String::new(),
                summary_html: String::new(),
                published_at: Some(0),
                cancelled_at: None,
            },
            file: source.path().to_owned(),
            text_line: one.text_line,
            summary_line: one.summary_line,
        }));
    }
}
