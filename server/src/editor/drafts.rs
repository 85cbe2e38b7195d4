//! Drafts: begun, saved with a version check, handed over, published. Each text that was saved is kept.

use super::file::{Days, compose, decompose};
use super::{StoredEditing, listing};
use crate::accounts::audit::{self, Line};
use crate::db::Tx;
use crate::library::store;
use crate::{clock, on, on_tx};
use anyhow::Result;
use app::accounts::Act;
use app::editor::check::has_faults;
use app::editor::steps::Publisher;
use app::editor::written::Written;
use app::editor::{BeginRefusal, Comment, Draft, Kind, PublishRefusal, SaveRefusal};
use app::routes::paths;
use app::viewer::Editor;

/// Texts that one person saves within so many seconds are one: whoever looks back wants steps, not keystrokes.
const ONE_STEP: i64 = 10 * 60;

impl StoredEditing {
    pub(super) async fn draft(&self, id: &str) -> Result<Option<Draft>> {
        const DRAFT: &str = "SELECT d.path, d.version, d.written, d.writer, a.name, d.written_at, d.submitted_at \
             FROM drafts d JOIN accounts a ON a.id = d.writer WHERE d.id = $1 AND d.published_at IS NULL";
        const COMMENTS: &str = "SELECT a.name, c.at, c.text FROM draft_comments c JOIN accounts a ON a.id = c.account_id \
             WHERE c.draft_id = $1 ORDER BY c.at, c.id";
        const LIVE: &str = "SELECT count(*) FROM documents d JOIN revisions r ON r.document_id = d.id \
             WHERE d.path = $1 AND r.published_at IS NOT NULL";
        type Row = (String, i64, String, String, String, i64, Option<i64>);
        let row: Option<Row> = on!(&self.db, pool => sqlx::query_as(DRAFT).bind(id).fetch_optional(pool).await)?;
        let Some((path, version, written, writer, written_by, written_at, submitted_at)) = row else { return Ok(None) };
        let Some((kind, slug)) = listing::place(&path) else { return Ok(None) };
        let comments: Vec<(String, i64, String)> =
            on!(&self.db, pool => sqlx::query_as(COMMENTS).bind(id).fetch_all(pool).await)?;
        let live: i64 = on!(&self.db, pool => sqlx::query_scalar(LIVE).bind(&path).fetch_one(pool).await)?;
        Ok(Some(Draft {
            id: id.to_owned(),
            kind,
            slug: slug.to_owned(),
            written: serde_json::from_str(&written)?,
            version,
            writer,
            written_by,
            written_at,
            submitted_at,
            comments: comments.into_iter().map(|(by, at, text)| Comment { by, at, text }).collect(),
            is_live: live > 0,
        }))
    }

    pub(super) async fn open(&self, editor: &Editor, kind: Kind, slug: &str) -> Result<Option<String>> {
        let library = self.library(kind, slug).await?;
        let Some(written) = library.published().and_then(decompose) else { return Ok(None) };
        if let Some(id) = self.add(editor, &library.path, &written).await? {
            return Ok(Some(id));
        }
        // There is one already.
        const OPEN: &str = "SELECT id FROM drafts WHERE path = $1 AND published_at IS NULL";
        Ok(on!(&self.db, pool => sqlx::query_scalar(OPEN).bind(&library.path).fetch_optional(pool).await)?)
    }

    pub(super) async fn begin(
        &self,
        editor: &Editor,
        kind: Kind,
        slug: &str,
        written: &Written,
    ) -> Result<Result<String, BeginRefusal>> {
        let library = self.library(kind, slug).await?;
        if kind == Kind::Standing && paths::is_taken_by_the_portal(slug) {
            return Ok(Err(BeginRefusal::Reserved));
        }
        if library.published().is_some() {
            return Ok(Err(BeginRefusal::Taken));
        }
        Ok(self.add(editor, &library.path, written).await?.ok_or(BeginRefusal::Taken))
    }

    /// The new draft's id; `None` if somebody is writing that page already.
    async fn add(&self, editor: &Editor, path: &str, written: &Written) -> Result<Option<String>> {
        const ADD: &str = "INSERT INTO drafts (id, path, version, written, writer, written_at) VALUES ($1, $2, 1, $3, $4, $5) \
             ON CONFLICT DO NOTHING";
        let (id, now, written) = (clock::new_id(), clock::now(), serde_json::to_string(written)?);
        let mut tx = self.db.begin().await?;
        let added = on_tx!(&mut tx, c => sqlx::query(ADD).bind(&id).bind(path).bind(&written).bind(&editor.account).bind(now)
            .execute(c).await.map(|done| done.rows_affected()))?;
        if added == 0 {
            return Ok(None);
        }
        keep_text(&mut tx, &id, 1, &written, &editor.account, now).await?;
        tx.commit().await?;
        Ok(Some(id))
    }

    pub(super) async fn save(
        &self,
        editor: &Editor,
        id: &str,
        version: i64,
        written: &Written,
    ) -> Result<Result<i64, SaveRefusal>> {
        // The version is judged where it is written: of two who began from the same one, the second finds it moved.
        const SAVE: &str = "UPDATE drafts SET version = version + 1, written = $1, writer = $2, written_at = $3 \
             WHERE id = $4 AND version = $5 AND published_at IS NULL";
        let (now, json) = (clock::now(), serde_json::to_string(written)?);
        let mut tx = self.db.begin().await?;
        let saved = on_tx!(&mut tx, c => sqlx::query(SAVE).bind(&json).bind(&editor.account).bind(now).bind(id).bind(version)
            .execute(c).await.map(|done| done.rows_affected()))?;
        if saved == 0 {
            drop(tx);
            return Ok(match self.draft(id).await? {
                // The very same text, saved twice: by a double click, or a script that did not hear the answer.
                Some(theirs) if theirs.written == *written => Ok(theirs.version),
                Some(theirs) => Err(SaveRefusal::Changed(Box::new(theirs))),
                None => Err(SaveRefusal::Gone),
            });
        }
        keep_text(&mut tx, id, version + 1, &json, &editor.account, now).await?;
        tx.commit().await?;
        Ok(Ok(version + 1))
    }

    pub(super) async fn submit(&self, editor: &Editor, id: &str) -> Result<()> {
        const SUBMIT: &str = "UPDATE drafts SET submitted_at = $1 WHERE id = $2 AND submitted_at IS NULL AND published_at IS NULL RETURNING path";
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
        const BACK: &str = "UPDATE drafts SET submitted_at = NULL WHERE id = $1 AND submitted_at IS NOT NULL AND published_at IS NULL RETURNING path";
        let now = clock::now();
        let mut tx = self.db.begin().await?;
        let path: Option<String> = on_tx!(&mut tx, c => sqlx::query_scalar(BACK).bind(id).fetch_optional(c).await)?;
        if let Some(path) = path {
            if !comment.is_empty() {
                add_comment(&mut tx, &editor.account, id, comment, now).await?;
            }
            let line = Line { account: Some(&editor.account), act: Act::SentBack, subject: &path };
            audit::write(&mut tx, now, line).await?;
        }
        tx.commit().await
    }

    pub(super) async fn comment(&self, account: &str, id: &str, comment: &str) -> Result<()> {
        let mut tx = self.db.begin().await?;
        add_comment(&mut tx, account, id, comment, clock::now()).await?;
        tx.commit().await
    }

    pub(super) async fn publish(
        &self,
        publisher: &Publisher,
        id: &str,
        version: i64,
        note: Option<&str>,
    ) -> Result<Result<(), PublishRefusal>> {
        let Some(draft) = self.draft(id).await? else { return Ok(Err(PublishRefusal::Gone)) };
        if draft.version != version {
            return Ok(Err(PublishRefusal::Changed));
        }
        if has_faults(&self.preview(&draft).await?.remarks) {
            return Ok(Err(PublishRefusal::Faulty));
        }
        let library = self.library(draft.kind, &draft.slug).await?;
        let days = Days { today: clock::today(), larger: note.is_some() };
        let file = compose(draft.kind, &draft.written, library.published(), days);

        // Of two who publish at once, and of one who publishes while another saves, one finds the draft moved.
        const DONE: &str =
            "UPDATE drafts SET published_at = $1 WHERE id = $2 AND version = $3 AND published_at IS NULL";
        let now = clock::now();
        let mut tx = self.db.begin().await?;
        store::lock(&mut tx).await?;
        let done = on_tx!(&mut tx, c => sqlx::query(DONE).bind(now).bind(id).bind(version).execute(c).await.map(|done| done.rows_affected()))?;
        if done == 0 {
            drop(tx);
            return Ok(Err(match self.draft(id).await? {
                Some(_) => PublishRefusal::Changed,
                None => PublishRefusal::Gone,
            }));
        }
        let note = note.filter(|note| !note.is_empty());
        store::publish(&mut tx, &library.path, &file, &publisher.account, note, now).await?;
        audit::write(
            &mut tx,
            now,
            Line { account: Some(&publisher.account), act: Act::Published, subject: &library.path },
        )
        .await?;
        tx.commit().await?;
        Ok(Ok(()))
    }
}

async fn add_comment(tx: &mut Tx, account: &str, id: &str, comment: &str, now: i64) -> Result<()> {
    const ADD: &str = "INSERT INTO draft_comments (id, draft_id, account_id, at, text) VALUES ($1, $2, $3, $4, $5)";
    on_tx!(tx, c => sqlx::query(ADD).bind(clock::new_id()).bind(id).bind(account).bind(now).bind(comment).execute(c).await.map(drop))?;
    Ok(())
}

/// Keeps what was saved. What the same person saved a little before is the same step, and gives way to it.
async fn keep_text(tx: &mut Tx, id: &str, version: i64, written: &str, writer: &str, now: i64) -> Result<()> {
    const SAME_STEP: &str = "DELETE FROM draft_texts WHERE draft_id = $1 AND version = $2 - 1 AND version > 1 AND writer = $3 AND written_at > $4";
    const KEEP: &str =
        "INSERT INTO draft_texts (draft_id, version, written, writer, written_at) VALUES ($1, $2, $3, $4, $5)";
    on_tx!(tx, c => sqlx::query(SAME_STEP).bind(id).bind(version).bind(writer).bind(now - ONE_STEP).execute(c).await.map(drop))?;
    on_tx!(tx, c => sqlx::query(KEEP).bind(id).bind(version).bind(written).bind(writer).bind(now).execute(c).await.map(drop))?;
    Ok(())
}
