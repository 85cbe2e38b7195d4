//! Every text that a page has had: what readers met, and what was saved on the way.

use super::StoredEditing;
use super::file::decompose;
use crate::library::store;
use crate::on;
use anyhow::Result;
use app::editor::Kind;
use app::editor::versions::{Version, VersionId};
use app::editor::written::Written;

impl StoredEditing {
    /// The newest first.
    pub(super) async fn versions(&self, kind: Kind, slug: &str) -> Result<Vec<Version>> {
        const PUBLISHED: &str = "SELECT r.number, r.published_at, COALESCE(a.name, ''), COALESCE(r.note, '') \
             FROM revisions r JOIN documents d ON d.id = r.document_id LEFT JOIN accounts a ON a.id = r.account_id \
             WHERE d.path = $1 AND r.published_at IS NOT NULL";
        const SAVED: &str = "SELECT t.draft_id, t.version, t.written_at, a.name, COALESCE(t.name, ''), d.closed_at IS NULL AND d.version = t.version \
             FROM draft_texts t JOIN drafts d ON d.id = t.draft_id JOIN accounts a ON a.id = t.writer \
             WHERE d.path = $1 AND COALESCE(d.outcome, '') <> 'discarded'";
        type Published = (i64, i64, String, String);
        type Saved = (String, i64, i64, String, String, bool);
        let path = self.library(kind, slug).await?.path;
        let published: Vec<Published> =
            on!(&self.db, pool => sqlx::query_as(PUBLISHED).bind(&path).fetch_all(pool).await)?;
        let saved: Vec<Saved> = on!(&self.db, pool => sqlx::query_as(SAVED).bind(&path).fetch_all(pool).await)?;
        let newest = published.iter().map(|(number, ..)| *number).max();
        let published = published.into_iter().map(|(number, at, by, note)| Version {
            id: VersionId::Published(number),
            at,
            by,
            name: note,
            is_current: Some(number) == newest,
        });
        let saved = saved.into_iter().map(|(draft, version, at, by, name, is_current)| Version {
            id: VersionId::Saved { draft, version },
            at,
            by,
            name,
            is_current,
        });
        let mut all: Vec<_> = published.chain(saved).collect();
        all.sort_by(|a, b| (b.at, &b.id).cmp(&(a.at, &a.id)));
        Ok(all)
    }

    pub(super) async fn text_of(&self, kind: Kind, slug: &str, id: &VersionId) -> Result<Option<Written>> {
        const SAVED: &str = "SELECT t.written FROM draft_texts t JOIN drafts d ON d.id = t.draft_id \
             WHERE d.path = $1 AND t.draft_id = $2 AND t.version = $3";
        let path = self.library(kind, slug).await?.path;
        match id {
            VersionId::Published(number) => {
                Ok(store::published_as(&self.db, &path, *number).await?.as_deref().and_then(decompose))
            }
            VersionId::Saved { draft, version } => {
                let written: Option<String> = on!(&self.db, pool => sqlx::query_scalar(SAVED).bind(&path).bind(draft).bind(version).fetch_optional(pool).await)?;
                Ok(written.as_deref().map(serde_json::from_str).transpose()?)
            }
        }
    }

    /// An empty name takes the name away. `false` if there is no such text.
    pub(super) async fn name_version(&self, kind: Kind, slug: &str, id: &VersionId, name: &str) -> Result<bool> {
        const NAME: &str = "UPDATE draft_texts SET name = $1 WHERE draft_id = $2 AND version = $3 \
             AND draft_id IN (SELECT id FROM drafts WHERE path = $4)";
        let VersionId::Saved { draft, version } = id else { return Ok(false) };
        let path = self.library(kind, slug).await?.path;
        let name = (!name.is_empty()).then_some(name);
        let named = on!(&self.db, pool => sqlx::query(NAME).bind(name).bind(draft).bind(version).bind(&path)
            .execute(pool).await.map(|done| done.rows_affected()))?;
        Ok(named > 0)
    }
}
