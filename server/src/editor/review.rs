//! Between writer and reviewer: handed over, sent back, talked about.

use super::StoredEditing;
use crate::accounts::audit::{self, Line};
use crate::db::Tx;
use crate::{clock, on_tx};
use anyhow::Result;
use app::accounts::Act;
use app::viewer::Editor;

impl StoredEditing {
    pub(super) async fn submit(&self, editor: &Editor, id: &str) -> Result<()> {
        const SUBMIT: &str = "UPDATE drafts SET submitted_at = $1 WHERE id = $2 AND submitted_at IS NULL AND closed_at IS NULL RETURNING path";
        let now = clock::now();
        let mut tx = self.db.begin().await?;
        let path: Option<String> =
            on_tx!(&mut tx, c => sqlx::query_scalar(SUBMIT).bind(now).bind(id).fetch_optional(c).await)?;
        if let Some(path) = path {
            let line = Line { account: Some(&editor.account), act: Act::Submitted, subject: &path };
            audit::write(&mut tx, now, line).await?;
        }
        tx.commit().await
    }

    pub(super) async fn send_back(&self, editor: &Editor, id: &str, comment: &str) -> Result<()> {
        const BACK: &str = "UPDATE drafts SET submitted_at = NULL, publish_at = NULL, publish_by = NULL, publish_note = NULL \
             WHERE id = $1 AND submitted_at IS NOT NULL AND closed_at IS NULL RETURNING path";
        let now = clock::now();
        let mut tx = self.db.begin().await?;
        let path: Option<String> = on_tx!(&mut tx, c => sqlx::query_scalar(BACK).bind(id).fetch_optional(c).await)?;
        if let Some(path) = path {
            if !comment.is_empty() {
                Self::add_comment(&mut tx, &editor.account, id, comment, now).await?;
            }
            let line = Line { account: Some(&editor.account), act: Act::SentBack, subject: &path };
            audit::write(&mut tx, now, line).await?;
        }
        tx.commit().await
    }

    pub(super) async fn comment(&self, account: &str, id: &str, comment: &str) -> Result<()> {
        let mut tx = self.db.begin().await?;
        Self::add_comment(&mut tx, account, id, comment, clock::now()).await?;
        tx.commit().await
    }

    pub(super) async fn add_comment(tx: &mut Tx, account: &str, id: &str, comment: &str, now: i64) -> Result<()> {
        const ADD: &str = "INSERT INTO draft_comments (id, draft_id, account_id, at, text) VALUES ($1, $2, $3, $4, $5)";
        on_tx!(tx, c => sqlx::query(ADD).bind(clock::new_id()).bind(id).bind(account).bind(now).bind(comment).execute(c).await.map(drop))?;
        Ok(())
    }
}
