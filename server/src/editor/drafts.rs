//! Drafts: begun, and saved with a version check. Each text that was saved is kept.

use super::StoredEditing;
use super::file::decompose;
use crate::db::Tx;
use crate::{clock, on, on_tx};
use anyhow::Result;
use app::editor::written::Written;
use app::editor::{BeginRefusal, Comment, Draft, Kind, SaveRefusal, Scheduled, Step};
use app::routes::paths;
use app::viewer::Editor;

/// Texts that one person saves within so many seconds are one: whoever looks back wants steps, not keystrokes.
const ONE_STEP: i64 = 10 * 60;

impl StoredEditing {
    pub(super) async fn draft(&self, id: &str) -> Result<Option<Draft>> {
        const DRAFT: &str = "SELECT d.path, d.version, d.written, d.writer, a.name, d.written_at, d.submitted_at, d.publish_at, p.name, \
             (SELECT max(l.expires_at) FROM draft_links l WHERE l.draft_id = d.id AND l.expires_at > $2) \
             FROM drafts d JOIN accounts a ON a.id = d.writer LEFT JOIN accounts p ON p.id = d.publish_by \
             WHERE d.id = $1 AND d.closed_at IS NULL";
        const COMMENTS: &str = "SELECT a.name, c.at, c.text FROM draft_comments c JOIN accounts a ON a.id = c.account_id \
             WHERE c.draft_id = $1 ORDER BY c.at, c.id";
        const LIVE: &str = "SELECT count(*) FROM documents d JOIN revisions r ON r.document_id = d.id \
             WHERE d.path = $1 AND r.published_at IS NOT NULL";
        type Row = (String, i64, String, String, String, i64, Option<i64>, Option<i64>, Option<String>, Option<i64>);
        let row: Option<Row> =
            on!(&self.db, pool => sqlx::query_as(DRAFT).bind(id).bind(clock::now()).fetch_optional(pool).await)?;
        let Some((
            path,
            version,
            written,
            writer,
            written_by,
            written_at,
            submitted_at,
            publish_at,
            publish_by,
            shared_until,
        )) = row
        else {
            return Ok(None);
        };
        let Some((kind, slug)) = Kind::of_path(&path) else { return Ok(None) };
        let comments: Vec<(String, i64, String)> =
            on!(&self.db, pool => sqlx::query_as(COMMENTS).bind(id).fetch_all(pool).await)?;
        let live: i64 = on!(&self.db, pool => sqlx::query_scalar(LIVE).bind(&path).fetch_one(pool).await)?;
        Ok(Some(Draft {
            id: id.to_owned(),
            kind,
            slug,
            written: serde_json::from_str(&written)?,
            version,
            writer,
            written_by,
            written_at,
            submitted_at,
            scheduled: publish_at.map(|at| Scheduled { at, by: publish_by.unwrap_or_default() }),
            shared_until,
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
        const OPEN: &str = "SELECT id FROM drafts WHERE path = $1 AND closed_at IS NULL";
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
        keep_text(
            &mut tx,
            Kept { id: &id, version: 1, written: &written, writer: &editor.account, now, step: Step::Begins },
        )
        .await?;
        tx.commit().await?;
        Ok(Some(id))
    }

    pub(super) async fn save(
        &self,
        editor: &Editor,
        id: &str,
        version: i64,
        written: &Written,
        step: Step,
    ) -> Result<Result<i64, SaveRefusal>> {
        // The version is judged where it is written: of two who began from the same one, the second finds it moved.
        // What somebody has set a time for was read as it is, and stays so until the time is taken away.
        const SAVE: &str = "UPDATE drafts SET version = version + 1, written = $1, writer = $2, written_at = $3 \
             WHERE id = $4 AND version = $5 AND closed_at IS NULL AND publish_at IS NULL";
        let (now, json) = (clock::now(), serde_json::to_string(written)?);
        let mut tx = self.db.begin().await?;
        let saved = on_tx!(&mut tx, c => sqlx::query(SAVE).bind(&json).bind(&editor.account).bind(now).bind(id).bind(version)
            .execute(c).await.map(|done| done.rows_affected()))?;
        if saved == 0 {
            drop(tx);
            return Ok(match self.draft(id).await? {
                // The very same text, saved twice: by a double click, or a script that did not hear the answer.
                Some(theirs) if theirs.written == *written => Ok(theirs.version),
                Some(theirs) if theirs.scheduled.is_some() => Err(SaveRefusal::Scheduled(Box::new(theirs))),
                Some(theirs) => Err(SaveRefusal::Changed(Box::new(theirs))),
                None => Err(SaveRefusal::Gone),
            });
        }
        keep_text(&mut tx, Kept { id, version: version + 1, written: &json, writer: &editor.account, now, step })
            .await?;
        tx.commit().await?;
        Ok(Ok(version + 1))
    }
}

#[derive(Clone, Copy)]
struct Kept<'a> {
    id: &'a str,
    version: i64,
    written: &'a str,
    writer: &'a str,
    now: i64,
    step: Step,
}

/// Keeps what was saved. What the same person saved a little before is the same step and gives way to it, unless it got
/// a name or most of it is gone: whoever empties the field by mistake finds the text again.
async fn keep_text(tx: &mut Tx, Kept { id, version, written, writer, now, step }: Kept<'_>) -> Result<()> {
    const SAME_STEP: &str = "DELETE FROM draft_texts WHERE draft_id = $1 AND version = $2 - 1 AND version > 1 \
         AND writer = $3 AND began_at > $4 AND name IS NULL AND length(written) <= $5 RETURNING began_at";
    const KEEP: &str = "INSERT INTO draft_texts (draft_id, version, written, writer, began_at, written_at) VALUES ($1, $2, $3, $4, $5, $6)";
    let mut began: Option<i64> = None;
    if step == Step::GoesOn {
        let longest = i64::try_from(written.chars().count())?.saturating_mul(2);
        began = on_tx!(tx, c => sqlx::query_scalar(SAME_STEP).bind(id).bind(version).bind(writer).bind(now - ONE_STEP)
            .bind(longest).fetch_optional(c).await)?;
    }
    on_tx!(tx, c => sqlx::query(KEEP).bind(id).bind(version).bind(written).bind(writer).bind(began.unwrap_or(now)).bind(now)
        .execute(c).await.map(drop))?;
    Ok(())
}
