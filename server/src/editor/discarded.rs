//! Drafts that somebody threw away: out of everybody's way, and still to be had for a while.

use super::{StoredEditing, listing};
use crate::accounts::audit::{self, Line};
use crate::{clock, on, on_tx};
use anyhow::Result;
use app::accounts::Act;
use app::editor::written::Written;
use app::editor::{DISCARDED_FOR, Discarded, Kind};
use app::viewer::Editor;

impl StoredEditing {
    pub(super) async fn discard(&self, editor: &Editor, id: &str) -> Result<()> {
        const DISCARD: &str = "UPDATE drafts SET closed_at = $1, outcome = 'discarded', submitted_at = NULL, \
             publish_at = NULL, publish_by = NULL, publish_note = NULL WHERE id = $2 AND closed_at IS NULL RETURNING path";
        const UNSHARE: &str = "DELETE FROM draft_links WHERE draft_id = $1";
        let now = clock::now();
        let mut tx = self.db.begin().await?;
        let path: Option<String> =
            on_tx!(&mut tx, c => sqlx::query_scalar(DISCARD).bind(now).bind(id).fetch_optional(c).await)?;
        if let Some(path) = path {
            on_tx!(&mut tx, c => sqlx::query(UNSHARE).bind(id).execute(c).await.map(drop))?;
            audit::write(&mut tx, now, Line { account: Some(&editor.account), act: Act::Discarded, subject: &path })
                .await?;
        }
        tx.commit().await
    }

    pub(super) async fn discarded(&self) -> Result<Vec<Discarded>> {
        const DISCARDED: &str = "SELECT d.id, d.path, d.written, d.closed_at, a.name FROM drafts d JOIN accounts a ON a.id = d.writer \
             WHERE d.outcome = 'discarded' ORDER BY d.closed_at DESC, d.id";
        type Row = (String, String, String, i64, String);
        let rows: Vec<Row> = on!(&self.db, pool => sqlx::query_as(DISCARDED).fetch_all(pool).await)?;
        let mut all = Vec::with_capacity(rows.len());
        for (id, path, written, at, written_by) in rows {
            let Some((kind, slug)) = Kind::of_path(&path) else { continue };
            let written: Written = serde_json::from_str(&written)?;
            let (title, county) = (listing::titled(&written, &slug), written.county());
            all.push(Discarded { id, kind, title, county, at, written_by });
        }
        Ok(all)
    }

    /// `false` if it is no longer there, or somebody has begun another draft of the page.
    pub(super) async fn take_back(&self, editor: &Editor, id: &str) -> Result<bool> {
        const TAKE_BACK: &str = "UPDATE drafts SET closed_at = NULL, outcome = NULL WHERE id = $1 AND outcome = 'discarded' \
             AND NOT EXISTS (SELECT 1 FROM drafts o WHERE o.path = drafts.path AND o.closed_at IS NULL) RETURNING path";
        let mut tx = self.db.begin().await?;
        let path: sqlx::Result<Option<String>> =
            on_tx!(&mut tx, c => sqlx::query_scalar(TAKE_BACK).bind(id).fetch_optional(c).await);
        let path = match path {
            // Somebody has begun one in this very moment.
            Err(sqlx::Error::Database(error)) if error.is_unique_violation() => None,
            other => other?,
        };
        let Some(path) = path else { return Ok(false) };
        let line = Line { account: Some(&editor.account), act: Act::TookBack, subject: &path };
        audit::write(&mut tx, clock::now(), line).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Forgets what was thrown away long ago, and links that have ended.
    pub async fn purge(&self, now: i64) -> Result<()> {
        const OLD: &str = "(SELECT id FROM drafts WHERE outcome = 'discarded' AND closed_at <= $1)";
        let mut tx = self.db.begin().await?;
        on_tx!(&mut tx, c => sqlx::query("DELETE FROM draft_links WHERE expires_at <= $1").bind(now).execute(c).await.map(drop))?;
        for table in ["draft_links", "draft_comments", "draft_texts"] {
            let forget = sqlx::AssertSqlSafe(format!("DELETE FROM {table} WHERE draft_id IN {OLD}"));
            on_tx!(&mut tx, c => sqlx::query(forget).bind(now - DISCARDED_FOR).execute(c).await.map(drop))?;
        }
        const FORGET: &str = "DELETE FROM drafts WHERE outcome = 'discarded' AND closed_at <= $1";
        on_tx!(&mut tx, c => sqlx::query(FORGET).bind(now - DISCARDED_FOR).execute(c).await.map(drop))?;
        tx.commit().await
    }
}
