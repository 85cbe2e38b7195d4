//! A draft becomes what readers meet: by hand, or at the time that somebody has set.

use super::StoredEditing;
use super::file::{Days, compose};
use crate::accounts::audit::{self, Line};
use crate::accounts::sessions;
use crate::db::Tx;
use crate::library::store;
use crate::{clock, on, on_tx};
use anyhow::Result;
use app::accounts::Act;
use app::editor::check::has_faults;
use app::editor::steps::{self, Publisher};
use app::editor::{Draft, PublishRefusal};
use app::viewer::Editor;

/// Which change of the draft makes it published: judged in the database, so that of two who do it at once one finds it done.
#[derive(Clone, Copy)]
enum When {
    ByHand,
    /// At its time, which nobody has taken away meanwhile.
    AtItsTime,
}

impl StoredEditing {
    pub(super) async fn publish(
        &self,
        publisher: &Publisher,
        id: &str,
        version: i64,
        note: Option<&str>,
    ) -> Result<Result<(), PublishRefusal>> {
        match self.ready(id, version).await? {
            Ok(draft) => self.publish_as(publisher, &draft, note, When::ByHand).await,
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    pub(super) async fn schedule(
        &self,
        publisher: &Publisher,
        id: &str,
        version: i64,
        at: i64,
        note: Option<&str>,
    ) -> Result<Result<(), PublishRefusal>> {
        const SCHEDULE: &str = "UPDATE drafts SET publish_at = $1, publish_by = $2, publish_note = $3 \
             WHERE id = $4 AND version = $5 AND closed_at IS NULL RETURNING path";
        if let Err(refusal) = self.ready(id, version).await? {
            return Ok(Err(refusal));
        }
        let mut tx = self.db.begin().await?;
        let path: Option<String> = on_tx!(&mut tx, c => sqlx::query_scalar(SCHEDULE).bind(at).bind(&publisher.account)
            .bind(note).bind(id).bind(version).fetch_optional(c).await)?;
        let Some(path) = path else {
            drop(tx);
            return Ok(Err(self.moved(id).await?));
        };
        let subject = format!("{path} till {}", app::text::dates::swedish_moment(at).1);
        let line = Line { account: Some(&publisher.account), act: Act::Scheduled, subject: &subject };
        audit::write(&mut tx, clock::now(), line).await?;
        tx.commit().await?;
        Ok(Ok(()))
    }

    pub(super) async fn unschedule(&self, editor: &Editor, id: &str) -> Result<()> {
        let mut tx = self.db.begin().await?;
        if let Some(path) = forget_time(&mut tx, id).await? {
            let line = Line { account: Some(&editor.account), act: Act::Unscheduled, subject: &path };
            audit::write(&mut tx, clock::now(), line).await?;
        }
        tx.commit().await
    }

    /// Publishes every draft whose time has come at `now`, and returns how many. One that cannot be published loses its
    /// time and gets a comment that says why. May run on several machines at once.
    pub async fn publish_due(&self, now: i64) -> Result<usize> {
        const DUE: &str = "SELECT id, publish_by, publish_note FROM drafts WHERE publish_at <= $1 AND closed_at IS NULL ORDER BY publish_at, id";
        type Row = (String, String, Option<String>);
        let due: Vec<Row> = on!(&self.db, pool => sqlx::query_as(DUE).bind(now).fetch_all(pool).await)?;
        let mut published = 0;
        for (id, by, note) in due {
            let Some(draft) = self.draft(&id).await? else { continue };
            // Whoever set the time may have lost the right to it since.
            let viewer = sessions::viewer_without_session(&self.db, &by).await?;
            let done = match steps::publisher(&viewer, &draft) {
                Err(_) => Err("Den som bestämde tiden får inte längre publicera sidan."),
                Ok(_) if has_faults(&self.preview(&draft).await?.remarks) => Err("Kontrollen hittade fel."),
                Ok(publisher) => Ok(self.publish_as(&publisher, &draft, note.as_deref(), When::AtItsTime).await?),
            };
            match done {
                Ok(Ok(())) => published += 1,
                // Somebody else was quicker, or has taken the time away.
                Ok(Err(_)) => {}
                Err(why) => self.give_up(&id, &by, why, now).await?,
            }
        }
        Ok(published)
    }

    async fn give_up(&self, id: &str, by: &str, why: &str, now: i64) -> Result<()> {
        let mut tx = self.db.begin().await?;
        if let Some(path) = forget_time(&mut tx, id).await? {
            let told = format!("Sidan publicerades inte vid den bestämda tiden. {why}");
            Self::add_comment(&mut tx, by, id, &told, now).await?;
            let line = Line { account: Some(by), act: Act::Unscheduled, subject: &format!("{path}: {why}") };
            audit::write(&mut tx, now, line).await?;
        }
        tx.commit().await
    }

    /// The draft, if it can be published as it stands in that version.
    async fn ready(&self, id: &str, version: i64) -> Result<Result<Draft, PublishRefusal>> {
        let Some(draft) = self.draft(id).await? else { return Ok(Err(PublishRefusal::Gone)) };
        if draft.version != version {
            return Ok(Err(PublishRefusal::Changed));
        }
        if has_faults(&self.preview(&draft).await?.remarks) {
            return Ok(Err(PublishRefusal::Faulty));
        }
        Ok(Ok(draft))
    }

    async fn publish_as(
        &self,
        publisher: &Publisher,
        draft: &Draft,
        note: Option<&str>,
        when: When,
    ) -> Result<Result<(), PublishRefusal>> {
        // Of two who publish at once, and of one who publishes while another saves, one finds the draft moved.
        const BY_HAND: &str = "UPDATE drafts SET closed_at = $1, outcome = 'published', publish_at = NULL \
             WHERE id = $2 AND version = $3 AND closed_at IS NULL";
        const AT_ITS_TIME: &str = "UPDATE drafts SET closed_at = $1, outcome = 'published', publish_at = NULL \
             WHERE id = $2 AND version = $3 AND closed_at IS NULL AND publish_at IS NOT NULL";
        // Whoever wrote a page answers for it until somebody else is named.
        const OWN: &str = "INSERT INTO page_owners (path, owner) VALUES ($1, $2) ON CONFLICT (path) DO NOTHING";
        const UNSHARE: &str = "DELETE FROM draft_links WHERE draft_id = $1";
        let close = match when {
            When::ByHand => BY_HAND,
            When::AtItsTime => AT_ITS_TIME,
        };
        let library = self.library(draft.kind, &draft.slug).await?;
        let days = Days { today: clock::today(), larger: note.is_some() };
        let file = compose(draft.kind, &draft.written, library.published(), days);
        let now = clock::now();
        let mut tx = self.db.begin().await?;
        store::lock(&mut tx).await?;
        let closed = on_tx!(&mut tx, c => sqlx::query(close).bind(now).bind(&draft.id).bind(draft.version)
            .execute(c).await.map(|done| done.rows_affected()))?;
        if closed == 0 {
            drop(tx);
            return Ok(Err(self.moved(&draft.id).await?));
        }
        let note = note.filter(|note| !note.is_empty());
        store::publish(&mut tx, &library.path, &file, &publisher.account, note, now).await?;
        on_tx!(&mut tx, c => sqlx::query(OWN).bind(&library.path).bind(&draft.writer).execute(c).await.map(drop))?;
        on_tx!(&mut tx, c => sqlx::query(UNSHARE).bind(&draft.id).execute(c).await.map(drop))?;
        let line = Line { account: Some(&publisher.account), act: Act::Published, subject: &library.path };
        audit::write(&mut tx, now, line).await?;
        tx.commit().await?;
        Ok(Ok(()))
    }

    async fn moved(&self, id: &str) -> Result<PublishRefusal> {
        Ok(match self.draft(id).await? {
            Some(_) => PublishRefusal::Changed,
            None => PublishRefusal::Gone,
        })
    }
}

/// The path of the draft, if it had a time.
async fn forget_time(tx: &mut Tx, id: &str) -> Result<Option<String>> {
    const FORGET: &str = "UPDATE drafts SET publish_at = NULL, publish_by = NULL, publish_note = NULL \
         WHERE id = $1 AND publish_at IS NOT NULL AND closed_at IS NULL RETURNING path";
    Ok(on_tx!(tx, c => sqlx::query_scalar(FORGET).bind(id).fetch_optional(c).await)?)
}
