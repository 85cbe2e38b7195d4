//! Every page that is written in the editor: what is published of it, what is being written, or both.

use super::file::decompose;
use super::{StoredEditing, check};
use crate::content::{self, Content, Status};
use crate::library::store;
use crate::on;
use anyhow::Result;
use app::counties::{self, County};
use app::editor::owners::Owners;
use app::editor::written::Written;
use app::editor::{DraftLine, Kind, Life, Listed};
use std::collections::BTreeMap;

impl StoredEditing {
    pub(super) async fn list(&self) -> Result<Vec<Listed>> {
        const DRAFTS: &str = "SELECT d.id, d.path, d.written, d.written_at, a.name, d.submitted_at IS NOT NULL, d.publish_at \
             FROM drafts d JOIN accounts a ON a.id = d.writer WHERE d.closed_at IS NULL";
        type Row = (String, String, String, i64, String, bool, Option<i64>);
        let mut pages = BTreeMap::new();
        for text in store::published(&self.db).await?.1 {
            let Some((kind, slug)) = Kind::of_path(&text.path) else { continue };
            pages.insert(text.path.clone(), published(kind, &slug, &text.path, &text.body));
        }
        let drafts: Vec<Row> = on!(&self.db, pool => sqlx::query_as(DRAFTS).fetch_all(pool).await)?;
        for (id, path, written, written_at, written_by, submitted, publish_at) in drafts {
            let Some((kind, slug)) = Kind::of_path(&path) else { continue };
            let written: Written = serde_json::from_str(&written)?;
            let page = pages.entry(path.clone()).or_insert_with(|| unpublished(kind, &slug, &path, &written));
            page.words.push_str(&words(&written));
            page.draft = Some(DraftLine { id, written_at, written_by, submitted, publish_at });
        }
        let owners = self.owners().await?;
        for (path, page) in &mut pages {
            page.owners = owners.get(path).cloned().unwrap_or_default();
        }
        let mut pages: Vec<_> = pages.into_values().collect();
        pages.sort_by_cached_key(|page| app::text::collation::key(&page.title));
        Ok(pages)
    }

    /// The county of the published page at that address; `None` inside for a national one.
    pub(super) async fn whose(&self, kind: Kind, slug: &str) -> Result<Option<Option<&'static County>>> {
        let library = self.library(kind, slug).await?;
        Ok(library.published().map(|text| published(kind, slug, &library.path, text).county))
    }
}

fn published(kind: Kind, slug: &str, path: &str, text: &str) -> Listed {
    let parsed = content::parse(path, text).ok();
    let written = decompose(text).unwrap_or_default();
    let (county, live) = match &parsed {
        Some(Content::Article(article)) => (only(&article.counties), life(&article.status)),
        Some(Content::Material(material)) => (only(&material.counties), life(&material.status)),
        Some(_) => (None, Life::Published),
        None => (written.county(), Life::Hidden),
    };
    Listed {
        kind,
        slug: slug.to_owned(),
        title: titled(&written, slug),
        county,
        live: Some(live),
        review_due: parsed.as_ref().and_then(check::review_due),
        draft: None,
        words: words(&written),
        path: path.to_owned(),
        owners: Owners::default(),
    }
}

fn life(status: &Status) -> Life {
    match status {
        Status::Published => Life::Published,
        Status::Draft => Life::Hidden,
        Status::Archived => Life::Archived,
        Status::Moved { .. } => Life::Moved,
        Status::Withdrawn { .. } => Life::Withdrawn,
    }
}

/// Whose page it is: a page of several counties is nobody's in particular.
fn only(counties: &[&'static County]) -> Option<&'static County> {
    match counties {
        [one] => Some(*one),
        _ => None,
    }
}

fn unpublished(kind: Kind, slug: &str, path: &str, written: &Written) -> Listed {
    Listed {
        kind,
        slug: slug.to_owned(),
        title: titled(written, slug),
        county: counties::find(&written.county),
        live: None,
        review_due: None,
        draft: None,
        words: String::new(),
        path: path.to_owned(),
        owners: Owners::default(),
    }
}

pub(super) fn titled(written: &Written, slug: &str) -> String {
    if written.title.is_empty() { slug.to_owned() } else { written.title.clone() }
}

fn words(written: &Written) -> String {
    let Written { title, lead, keywords, body, .. } = written;
    format!(" {title} {lead} {keywords} {body}").to_lowercase()
}
