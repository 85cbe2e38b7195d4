//! Answers are written together: a disk that takes 180 transactions a second then keeps up with a whole county that takes a
//! course on the same morning.

use crate::db::{Db, Tx};
use crate::on_tx;
use anyhow::{Context, Result, anyhow};
use app::courses::progress::{Answers, Score};
use app::courses::{Course, Module};
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// So many answers in one transaction.
const AT_ONCE: usize = 128;
/// So many may wait; whoever comes then waits for room.
const WAITING: usize = 4_096;

/// An answer to be kept.
#[derive(Debug, Clone)]
pub struct Given {
    pub taking: String,
    pub course: Arc<Course>,
    pub module: Arc<Module>,
    pub question: String,
    pub answer: String,
    /// Unix seconds.
    pub now: i64,
}

type Waiting = (Given, oneshot::Sender<Result<()>>);

pub struct AnswerWriter {
    waiting: mpsc::Sender<Waiting>,
}

impl AnswerWriter {
    /// Ends with its last handle.
    pub fn start(db: Db) -> Self {
        let (waiting, mut taken) = mpsc::channel::<Waiting>(WAITING);
        tokio::spawn(async move {
            let mut together = Vec::with_capacity(AT_ONCE);
            while taken.recv_many(&mut together, AT_ONCE).await > 0 {
                let (given, answers): (Vec<_>, Vec<_>) = together.drain(..).unzip();
                let done = write(&db, &given).await;
                for answer in answers {
                    let told = done.as_ref().copied().map_err(|error| anyhow!("the answer was not kept: {error:#}"));
                    // Whoever asked may have gone; it is kept all the same.
                    drop(answer.send(told));
                }
            }
        });
        Self { waiting }
    }

    /// Answers when it is kept.
    pub async fn write(&self, given: Given) -> Result<()> {
        let (answer, answered) = oneshot::channel();
        self.waiting.send((given, answer)).await.map_err(|_| anyhow!("the writer of answers has stopped"))?;
        answered.await.context("the writer of answers stopped before it answered")?
    }
}

async fn write(db: &Db, given: &[Given]) -> Result<()> {
    let mut tx = db.begin().await?;
    for one in given {
        keep(&mut tx, one).await?;
    }
    tx.commit().await
}

/// The answer, and that the module is done if it is now. Of a way that has been deleted meanwhile nothing is kept.
pub(super) async fn keep(tx: &mut Tx, given: &Given) -> Result<()> {
    const KEEP: &str = "INSERT INTO course_answers (taking_id, module, question, answer) \
         SELECT id, $2, $3, $4 FROM course_takings WHERE id = $1 \
         ON CONFLICT (taking_id, module, question) DO UPDATE SET answer = excluded.answer";
    let Given { taking, course, module, question, answer, now } = given;
    on_tx!(tx, c => sqlx::query(KEEP).bind(taking).bind(&module.slug).bind(question).bind(answer).execute(c)
        .await.map(drop))?;
    settle(tx, taking, course, module, *now).await
}

/// Writes down that the module is done, if it is; in a newer version it is done anew.
pub(super) async fn settle(tx: &mut Tx, taking: &str, course: &Course, module: &Module, now: i64) -> Result<()> {
    const ANSWERS: &str = "SELECT question, answer FROM course_answers WHERE taking_id = $1 AND module = $2";
    const DONE: &str = "INSERT INTO course_modules_done (taking_id, module, version, done_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (taking_id, module) DO UPDATE SET version = excluded.version, done_at = excluded.done_at \
         WHERE course_modules_done.version < excluded.version";
    let answers: Vec<(String, String)> =
        on_tx!(tx, c => sqlx::query_as(ANSWERS).bind(taking).bind(&module.slug).fetch_all(c).await)?;
    let answers: Answers = answers.into_iter().collect();
    if Score::of(module, &answers).passes(course.pass_mark) {
        on_tx!(tx, c => sqlx::query(DONE).bind(taking).bind(&module.slug).bind(i64::from(module.version)).bind(now)
            .execute(c).await.map(drop))?;
    }
    Ok(())
}
