//! Something new: an event, or a tour with all its stops, in one transaction.

use super::{StoredOrganising, saving};
use crate::accounts::audit::{self, Line};
use crate::db::Tx;
use crate::events::arranging::{NewEvent, arrange};
use crate::{clock, on_tx};
use anyhow::Result;
use app::accounts::Act;
use app::events::Address;
use app::organising::{BeginRefusal, NewEvents};
use app::viewer::Editor;

impl StoredOrganising {
    pub(super) async fn begin(&self, editor: &Editor, new: &NewEvents) -> Result<Result<String, BeginRefusal>> {
        let now = clock::now();
        let mut tx = self.events.db.begin().await?;
        let mut first = None;
        for (address, plan) in &new.events {
            if !address.series.is_empty() && !series(&mut tx, address, new, now).await? {
                return Ok(Err(BeginRefusal::Anothers));
            }
            let event = NewEvent { address, county: new.county, plan, published_at: None };
            // What is not committed is undone: all of a tour, or nothing.
            let Some(id) = arrange(&mut tx, now, &event).await? else {
                return Ok(Err(BeginRefusal::Taken(address.clone())));
            };
            saving::keep(&mut tx, &id, 1, plan, &editor.account, now).await?;
            let subject = [address.series.as_str(), address.slug.as_str()].join("/");
            let subject = subject.trim_start_matches('/');
            audit::write(&mut tx, now, Line { account: Some(&editor.account), act: Act::BeganEvent, subject }).await?;
            first.get_or_insert(id);
        }
        tx.commit().await?;
        first.map(Ok).ok_or_else(|| anyhow::anyhow!("nothing was to be arranged"))
    }
}

/// The tour or series that it belongs to: there already, or new if it has a title. `false` if it is another county's.
async fn series(tx: &mut Tx, address: &Address, new: &NewEvents, now: i64) -> Result<bool> {
    const WHOSE: &str = "SELECT county FROM event_series WHERE kind = $1 AND slug = $2";
    const ADD: &str =
        "INSERT INTO event_series (kind, slug, county, title, lead, created_at) VALUES ($1, $2, $3, $4, '', $5)";
    let own = new.county.map(|county| county.slug);
    let (kind, slug) = (address.kind.as_str(), &address.series);
    let known: Option<Option<String>> =
        on_tx!(tx, c => sqlx::query_scalar(WHOSE).bind(kind).bind(slug).fetch_optional(c).await)?;
    match (known, &new.series_title) {
        (Some(county), _) => Ok(county.as_deref() == own),
        (None, Some(title)) => {
            on_tx!(tx, c => sqlx::query(ADD).bind(kind).bind(slug).bind(own).bind(title).bind(now).execute(c).await.map(drop))?;
            Ok(true)
        }
        (None, None) => Ok(false),
    }
}
