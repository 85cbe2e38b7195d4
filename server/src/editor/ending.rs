//! What happens to a published page: taken out of readers' way with a word, or found to hold.

use super::StoredEditing;
use super::file::{as_value, with_fields};
use crate::accounts::audit::{self, Line};
use crate::clock;
use crate::library::store;
use anyhow::Result;
use app::accounts::Act;
use app::editor::steps::Publisher;
use app::editor::{Ending, Kind};
use toml::Value;

impl StoredEditing {
    /// `false` if there is no such page, or the address it is moved to leads nowhere.
    pub(super) async fn end(&self, publisher: &Publisher, kind: Kind, slug: &str, ending: &Ending) -> Result<bool> {
        let text = |text: &str| Value::String(text.to_owned());
        let fields = match ending {
            Ending::Archived => vec![("status", text("arkiverad"))],
            Ending::Moved(to) => vec![("status", text("flyttad")), ("flyttad_till", text(to))],
            Ending::Withdrawn(why) => vec![("status", text("borttagen")), ("orsak", text(why))],
        };
        self.change(publisher, kind, slug, &fields, Act::TookAway).await
    }

    pub(super) async fn still_right(&self, publisher: &Publisher, kind: Kind, slug: &str) -> Result<bool> {
        let today = clock::today();
        let mut fields = vec![("granskad", as_value(today))];
        if kind.has_a_life() {
            // A day that was set is past or soon will be; without one it is a year from now.
            fields.push(("granskas_senast", as_value(today.saturating_add(jiff::Span::new().years(1)))));
        }
        self.change(publisher, kind, slug, &fields, Act::FoundRight).await
    }

    async fn change(
        &self,
        publisher: &Publisher,
        kind: Kind,
        slug: &str,
        fields: &[(&str, Value)],
        act: Act,
    ) -> Result<bool> {
        let library = self.library(kind, slug).await?;
        let Some(file) = library.published().and_then(|text| with_fields(text, fields)) else { return Ok(false) };
        let path = library.path.clone();
        let checked = file.clone();
        let is_sound = move || {
            let (_, problems) = library.with(&checked, clock::today());
            problems.iter().all(|problem| problem.path != library.path)
        };
        if !tokio::task::spawn_blocking(is_sound).await? {
            return Ok(false);
        }
        let now = clock::now();
        let mut tx = self.db.begin().await?;
        store::lock(&mut tx).await?;
        store::publish(&mut tx, &path, &file, &publisher.account, None, now).await?;
        audit::write(&mut tx, now, Line { account: Some(&publisher.account), act, subject: &path }).await?;
        tx.commit().await?;
        Ok(true)
    }
}
