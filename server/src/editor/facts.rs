//! What texts may refer to by name, as the staff chooses from it.

use super::StoredEditing;
use crate::content::{self, Content};
use crate::library::store;
use crate::markdown::Facts;
use anyhow::Result;
use app::editor::facts::Fact;

impl StoredEditing {
    pub(super) async fn facts(&self) -> Result<Vec<Fact>> {
        let (mut lines, mut contacts, mut figures) = (Vec::new(), Vec::new(), Vec::new());
        for text in store::published(&self.db).await?.1 {
            match content::parse(&text.path, &text.body) {
                Ok(Content::HelpLines(found)) => lines = found,
                Ok(Content::Contacts(found)) => contacts = found,
                Ok(Content::Statistics(found)) => figures = found,
                _ => {}
            }
        }
        let facts = Facts::new(&lines, &contacts, &figures);
        Ok(facts.all().map(|(reference, shown)| Fact { reference: reference.to_owned(), shown }).collect())
    }
}
