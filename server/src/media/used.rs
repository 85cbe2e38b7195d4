//! Which texts use a file, and which files a text uses that are not there.

use crate::content::{self, Content, Status};
use crate::db::{Db, Tx};
use crate::editor::file::decompose;
use crate::{on, on_tx};
use anyhow::Result;
use app::editor::Kind;
use app::editor::written::Written;
use app::media::{UsedIn, address};
use app::routes::{desk, paths};
use std::collections::BTreeMap;

/// The published pages and the drafts whose text shows the file or leads to it, as this transaction sees them.
pub(super) async fn used_in(tx: &mut Tx, id: &str) -> Result<Vec<UsedIn>> {
    const PUBLISHED: &str = "SELECT d.path, r.body FROM documents d JOIN revisions r ON r.document_id = d.id \
         WHERE r.number = (SELECT max(number) FROM revisions WHERE document_id = d.id AND published_at IS NOT NULL) \
         AND r.body LIKE $1 ORDER BY d.path";
    const DRAFTS: &str = "SELECT id, written FROM drafts WHERE closed_at IS NULL AND written LIKE $1 ORDER BY path";
    // No id holds a wildcard.
    let its_own = format!("%{}{id}/%", paths::MEDIA);
    let published: Vec<(String, String)> =
        on_tx!(tx, c => sqlx::query_as(PUBLISHED).bind(&its_own).fetch_all(c).await)?;
    let drafts: Vec<(String, String)> = on_tx!(tx, c => sqlx::query_as(DRAFTS).bind(&its_own).fetch_all(c).await)?;
    let mut used_in = Vec::new();
    for (path, body) in published {
        if is_shown(&path, &body) {
            let title = decompose(&body).map_or_else(|| path.clone(), |written| written.title);
            let address = Kind::of_path(&path).map(|(kind, slug)| desk::page(kind.slug(), &slug));
            used_in.push(UsedIn { title, address, is_draft: false });
        }
    }
    for (draft, written) in drafts {
        let title = serde_json::from_str::<Written>(&written)?.title;
        used_in.push(UsedIn { title, address: Some(desk::draft(&draft)), is_draft: true });
    }
    Ok(used_in)
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
