//! Which texts use a file, and which files a text uses that are not there.

use super::StoredMedia;
use crate::content::{self, Content, Status};
use crate::db::Db;
use crate::editor::file::decompose;
use crate::editor::listing::place;
use crate::library::store;
use crate::on;
use anyhow::Result;
use app::editor::written::Written;
use app::media::{UsedIn, address};
use app::routes::{desk, paths};
use std::collections::BTreeMap;

impl StoredMedia {
    /// The published pages and the drafts whose text shows the file or leads to it.
    pub(super) async fn used_in(&self, id: &str) -> Result<Vec<UsedIn>> {
        const DRAFTS: &str = "SELECT id, written FROM drafts WHERE published_at IS NULL";
        let its_own = format!("{}{id}/", paths::MEDIA);
        let mut used_in = Vec::new();
        for text in store::published(&self.db).await?.1 {
            if text.body.contains(&its_own) && is_shown(&text.path, &text.body) {
                let title = decompose(&text.body).map_or_else(|| text.path.clone(), |written| written.title);
                let address = place(&text.path).map(|(kind, slug)| desk::page(kind.slug(), slug));
                used_in.push(UsedIn { title, address, is_draft: false });
            }
        }
        let drafts: Vec<(String, String)> = on!(&self.db, pool => sqlx::query_as(DRAFTS).fetch_all(pool).await)?;
        for (draft, written) in drafts {
            if written.contains(&its_own) {
                let title = serde_json::from_str::<Written>(&written)?.title;
                used_in.push(UsedIn { title, address: Some(desk::draft(&draft)), is_draft: true });
            }
        }
        Ok(used_in)
    }
}

/// Readers meet the text itself; of a page that has moved or been withdrawn they meet only that it has.
fn is_shown(path: &str, body: &str) -> bool {
    match content::parse(path, body) {
        Ok(Content::Article(article)) => !matches!(article.status, Status::Moved { .. } | Status::Withdrawn { .. }),
        _ => true,
    }
}

/// The addresses of files in a text that lead to none, each with its line from 1.
pub async fn missing_in(db: &Db, text: &str) -> Result<Vec<(usize, String)>> {
    const HERE: &str = "SELECT name FROM media WHERE id = $1 AND removed_at IS NULL";
    let (mut known, mut missing) = (BTreeMap::new(), Vec::new());
    for (line, found) in address::in_text(text) {
        let path = paths::media(&found.id, &found.name);
        let is_here = match known.get(&path) {
            Some(is_here) => *is_here,
            None => {
                let name: Option<String> =
                    on!(db, pool => sqlx::query_scalar(HERE).bind(&found.id).fetch_optional(pool).await)?;
                name.as_ref() == Some(&found.name)
            }
        };
        if !is_here {
            missing.push((line, path.clone()));
        }
        known.insert(path, is_here);
    }
    Ok(missing)
}
