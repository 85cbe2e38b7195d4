//! Another address for a published page.

use super::StoredEditing;
use super::file::with_fields;
use crate::accounts::audit::{self, Line};
use crate::library::store;
use crate::{clock, on_tx};
use anyhow::Result;
use app::accounts::Act;
use app::editor::publish::address;
use app::editor::steps::Publisher;
use app::editor::{BeginRefusal, Kind};
use toml::Value;

impl StoredEditing {
    pub(super) async fn rename(
        &self,
        publisher: &Publisher,
        kind: Kind,
        slug: &str,
        to: &str,
    ) -> Result<Result<(), BeginRefusal>> {
        // The document itself moves, with its history; at its old place a new one says where it went.
        const MOVES: [&str; 4] = [
            "UPDATE documents SET path = $1 WHERE path = $2",
            "UPDATE drafts SET path = $1 WHERE path = $2",
            "UPDATE page_owners SET path = $1 WHERE path = $2",
            "UPDATE review_reminders SET path = $1 WHERE path = $2",
        ];
        let (here, there) = (self.library(kind, slug).await?, self.library(kind, to).await?);
        let fields = [("status", "flyttad".into()), ("flyttad_till", Value::String(address(kind, to)))];
        let Some(text) = here.published().map(str::to_owned) else { return Ok(Err(BeginRefusal::Taken)) };
        let Some(moved) = with_fields(&text, &fields) else { return Ok(Err(BeginRefusal::Taken)) };
        if there.published().is_some() {
            return Ok(Err(BeginRefusal::Taken));
        }
        let (from, path) = (here.path, there.path.clone());
        let is_free = move || {
            let (_, problems) = there.with(&text, clock::today());
            problems.iter().all(|problem| problem.path != there.path)
        };
        if !tokio::task::spawn_blocking(is_free).await? {
            return Ok(Err(BeginRefusal::Reserved));
        }
        let now = clock::now();
        let mut tx = self.db.begin().await?;
        store::lock(&mut tx).await?;
        for statement in MOVES {
            let done: sqlx::Result<()> =
                on_tx!(&mut tx, c => sqlx::query(statement).bind(&path).bind(&from).execute(c).await.map(drop));
            match done {
                // Somebody has begun a page there in this very moment.
                Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
                    return Ok(Err(BeginRefusal::Taken));
                }
                other => other?,
            }
        }
        store::publish(&mut tx, &from, &moved, &publisher.account, None, now).await?;
        let subject = format!("{from} till {path}");
        audit::write(&mut tx, now, Line { account: Some(&publisher.account), act: Act::Renamed, subject: &subject })
            .await?;
        tx.commit().await?;
        Ok(Ok(()))
    }
}
