//! What is published, seen from one page of it: the page's own text, and the library with another in its place.

use super::StoredEditing;
use crate::content::Problem;
use crate::events::published::{self, Published};
use crate::library::shelf::Shelf;
use crate::library::store;
use anyhow::Result;
use app::editor::Kind;
use jiff::civil::Date;

/// The published texts as (path, text), and where the page's own lies or would lie among them.
pub struct Library {
    texts: Vec<(String, String)>,
    arranged: Published,
    pub path: String,
}

impl Library {
    /// The page's own text, if it is published.
    pub fn published(&self) -> Option<&str> {
        self.texts.iter().find(|(path, _)| *path == self.path).map(|(_, text)| text.as_str())
    }

    /// What it would be with this text of the page, and what would be wrong with it. Work for a processor: a tenth of a
    /// second and more.
    pub fn with(&self, file: &str, today: Date) -> (Shelf, Vec<Problem>) {
        let others = self.texts.iter().filter(|(path, _)| *path != self.path);
        let texts = others.map(|(path, text)| (path.as_str(), text.as_str()));
        Shelf::build_with(self.arranged.clone(), texts.chain([(self.path.as_str(), file)]), 0, today)
    }
}

impl StoredEditing {
    pub(super) async fn library(&self, kind: Kind, slug: &str) -> Result<Library> {
        let texts: Vec<_> =
            store::published(&self.db).await?.1.into_iter().map(|text| (text.path, text.body)).collect();
        let path = texts
            .iter()
            .map(|(path, _)| path)
            .find(|path| Kind::of_path(path).is_some_and(|(of, own)| of == kind && own == slug))
            .cloned();
        let arranged = published::published(&self.db).await?;
        Ok(Library { texts, arranged, path: path.unwrap_or_else(|| kind.path(slug)) })
    }
}
