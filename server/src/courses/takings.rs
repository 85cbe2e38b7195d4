//! Ways through a course: begun, found again by their code, and forgotten.

use super::StoredLearning;
use super::answers::{Given, keep};
use crate::accounts::tokens;
use crate::certificates::code;
use crate::clock;
use crate::mail::outbox::{self, NewJob, Urgency};
use crate::{on, on_tx};
use anyhow::{Context, Result};
use app::accounts::person::Email;
use app::certificates::code::Code;
use app::courses::progress::{Answers, Progress};
use app::courses::{Completed, Course, Renewing, Taking};
use std::sync::Arc;

/// Being used is written down so seldom: a reader's every page would else be a write.
const HOURLY: i64 = 3_600;

impl StoredLearning {
    /// See [`app::courses::Learning::begin`].
    pub async fn begin_at(&self, course: &Course, module: &str, answers: &Answers, now: i64) -> Result<Code> {
        let (id, key) = (clock::new_id(), code::new());
        let mut tx = self.db.begin().await?;
        begin(&mut tx, &id, &key, &course.slug, None, now).await?;
        if let Some(module) = course.module(module) {
            let course = Arc::new(course.clone());
            for (question, answer) in answers {
                let given = Given {
                    taking: id.clone(),
                    course: Arc::clone(&course),
                    module: Arc::clone(module),
                    question: question.clone(),
                    answer: answer.clone(),
                    now,
                };
                keep(&mut tx, &given).await?;
            }
        }
        tx.commit().await?;
        Ok(key)
    }

    /// See [`app::courses::Learning::renew`].
    pub async fn renew_at(&self, completed: &Completed, now: i64) -> Result<Code> {
        let key = code::new();
        let mut tx = self.db.begin().await?;
        begin(&mut tx, &clock::new_id(), &key, &completed.course, Some(&completed.code), now).await?;
        tx.commit().await?;
        Ok(key)
    }

    /// See [`app::courses::Learning::taking`].
    pub async fn taking_at(&self, key: &Code, now: i64) -> Result<Option<Taking>> {
        const FIND: &str = "SELECT t.id, t.course, t.renews, t.used_at, t.counted_at, c.code FROM course_takings t \
             LEFT JOIN course_certificates c ON c.taking_id = t.id WHERE t.key_hash = $1";
        const ANSWERS: &str = "SELECT module, question, answer FROM course_answers WHERE taking_id = $1";
        const DONE: &str = "SELECT module, version FROM course_modules_done WHERE taking_id = $1";
        const USED: &str = "UPDATE course_takings SET used_at = $1 WHERE id = $2";
        type Row = (String, String, Option<String>, i64, Option<i64>, Option<String>);
        let row: Option<Row> = on!(&self.db, pool => sqlx::query_as(FIND).bind(tokens::hash(key.as_str()))
            .fetch_optional(pool).await)?;
        let Some((id, course, renews, used_at, counted_at, certificate)) = row else { return Ok(None) };
        if used_at + HOURLY <= now {
            on!(&self.db, pool => sqlx::query(USED).bind(now).bind(&id).execute(pool).await.map(drop))?;
        }
        let mut progress = Progress::default();
        let answers: Vec<(String, String, String)> =
            on!(&self.db, pool => sqlx::query_as(ANSWERS).bind(&id).fetch_all(pool).await)?;
        for (module, question, answer) in answers {
            progress.answers.entry(module).or_default().insert(question, answer);
        }
        let done: Vec<(String, i64)> = on!(&self.db, pool => sqlx::query_as(DONE).bind(&id).fetch_all(pool).await)?;
        for (module, version) in done {
            progress.done.insert(module, u32::try_from(version)?);
        }
        let renews = match renews.as_deref().and_then(Code::parse) {
            Some(code) => self.completed_with(&code).await?.map(|known| Renewing { code, versions: known.versions }),
            None => None,
        };
        let certificate = certificate.as_deref().and_then(Code::parse);
        Ok(Some(Taking { id, course, progress, renews, certificate, counted: counted_at.is_some() }))
    }

    pub(super) async fn mail_key_at(&self, key: &Code, taking: &str, to: &Email, now: i64) -> Result<()> {
        const LAY: &str = "INSERT INTO course_letters (taking_id, sealed, created_at) VALUES ($1, $2, $3) \
             ON CONFLICT (taking_id) DO UPDATE SET sealed = excluded.sealed, created_at = excluded.created_at";
        let sealed = self.keys.seal(taking, &format!("{}\n{}", key.as_str(), to.as_str()))?;
        let cause = format!("{}/{taking}/{now}", super::letters::KEY);
        let job = NewJob {
            cause: &cause,
            kind: super::letters::KEY,
            subject_id: taking,
            event_id: None,
            urgency: Urgency::Answer,
            not_before: None,
        };
        let mut tx = self.db.begin().await?;
        on_tx!(&mut tx, c => sqlx::query(LAY).bind(taking).bind(&sealed).bind(now).execute(c).await.map(drop))?;
        outbox::enqueue(&mut tx, now, &job).await?;
        tx.commit().await
    }

    pub(super) async fn forget(&self, taking: &str) -> Result<()> {
        let mut tx = self.db.begin().await?;
        super::purging::forget(&mut tx, taking).await?;
        tx.commit().await.context("the answers could not be deleted")
    }
}

async fn begin(
    tx: &mut crate::db::Tx,
    id: &str,
    key: &Code,
    course: &str,
    renews: Option<&Code>,
    now: i64,
) -> Result<()> {
    const BEGIN: &str = "INSERT INTO course_takings (id, key_hash, course, renews, created_at, used_at) \
         VALUES ($1, $2, $3, $4, $5, $5)";
    on_tx!(tx, c => sqlx::query(BEGIN).bind(id).bind(tokens::hash(key.as_str())).bind(course)
        .bind(renews.map(Code::as_str)).bind(now).execute(c).await.map(drop))?;
    Ok(())
}
