//! A draft shown to somebody without an account: by a link that ends by itself, and whose token is kept only as a hash.

use super::StoredEditing;
use crate::accounts::audit::{self, Line};
use crate::accounts::tokens;
use crate::{clock, on, on_tx};
use anyhow::Result;
use app::accounts::Act;
use app::editor::{Draft, SHARED_FOR};
use app::viewer::Editor;

impl StoredEditing {
    /// The token of the link; `None` if the draft is no longer there.
    pub(super) async fn share(&self, editor: &Editor, id: &str) -> Result<Option<String>> {
        const SHARE: &str = "INSERT INTO draft_links (token_hash, draft_id, account_id, expires_at) \
             SELECT $1, id, $2, $3 FROM drafts WHERE id = $4 AND closed_at IS NULL";
        const PATH: &str = "SELECT path FROM drafts WHERE id = $1";
        let (token, now) = (tokens::new(), clock::now());
        let mut tx = self.db.begin().await?;
        let shared = on_tx!(&mut tx, c => sqlx::query(SHARE).bind(tokens::hash(&token)).bind(&editor.account)
            .bind(now + SHARED_FOR).bind(id).execute(c).await.map(|done| done.rows_affected()))?;
        if shared == 0 {
            return Ok(None);
        }
        let path: String = on_tx!(&mut tx, c => sqlx::query_scalar(PATH).bind(id).fetch_one(c).await)?;
        audit::write(&mut tx, now, Line { account: Some(&editor.account), act: Act::Shared, subject: &path }).await?;
        tx.commit().await?;
        Ok(Some(token))
    }

    /// Ends every link to the draft.
    pub(super) async fn unshare(&self, editor: &Editor, id: &str) -> Result<()> {
        const UNSHARE: &str = "DELETE FROM draft_links WHERE draft_id = $1";
        const PATH: &str = "SELECT path FROM drafts WHERE id = $1";
        let mut tx = self.db.begin().await?;
        let ended =
            on_tx!(&mut tx, c => sqlx::query(UNSHARE).bind(id).execute(c).await.map(|done| done.rows_affected()))?;
        if ended > 0 {
            let path: String = on_tx!(&mut tx, c => sqlx::query_scalar(PATH).bind(id).fetch_one(c).await)?;
            let line = Line { account: Some(&editor.account), act: Act::Unshared, subject: &path };
            audit::write(&mut tx, clock::now(), line).await?;
        }
        tx.commit().await
    }

    pub(super) async fn shared(&self, token: &str, now: i64) -> Result<Option<Draft>> {
        const SHARED: &str = "SELECT draft_id FROM draft_links WHERE token_hash = $1 AND expires_at > $2";
        let id: Option<String> = on!(&self.db, pool => sqlx::query_scalar(SHARED).bind(tokens::hash(token)).bind(now).fetch_optional(pool).await)?;
        match id {
            Some(id) => self.draft(&id).await,
            None => Ok(None),
        }
    }
}
