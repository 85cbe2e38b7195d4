//! The seat writer: everything that counts places is done here, one after the other.
//!
//! What waits is taken together, up to [`AT_ONCE`] requests for the same line in one transaction, each in a savepoint of
//! its own, and answered when all are written down: a disk that takes 180 transactions a second then takes thousands of
//! registrations. Several processes on one PostgreSQL take turns by an advisory lock.

use super::hall::Hall;
use crate::db::{Db, Tx};
use crate::on_tx;
use anyhow::{Context, Result, anyhow};
use futures::future::BoxFuture;
use std::any::Any;
use std::collections::VecDeque;
use tokio::sync::{mpsc, oneshot};

/// So many requests in one transaction.
const AT_ONCE: usize = 64;
/// So many may wait; whoever comes then waits for room.
const WAITING: usize = 4_096;

/// What is asked of the writer. A refusal is an answer, and has written nothing.
type Work = Box<dyn for<'a> FnOnce(&'a mut Hall) -> BoxFuture<'a, Result<Box<dyn Any + Send>>> + Send>;

struct Request {
    /// Places of the same line are counted together: an event's id, or a tour's.
    line: String,
    /// Unix seconds.
    now: i64,
    work: Work,
    answer: oneshot::Sender<Result<Box<dyn Any + Send>>>,
}

#[derive(Clone)]
pub struct SeatWriter {
    requests: mpsc::Sender<Request>,
}

/// Is the line held while its places are counted?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    Held,
    /// For one test alone, which shows that places are sold twice without it.
    Off,
}

impl SeatWriter {
    /// The writer ends when the last of its handles does.
    pub fn start(db: Db, guard: Guard) -> Self {
        let (requests, waiting) = mpsc::channel(WAITING);
        match guard {
            Guard::Held => drop(tokio::spawn(write(db, waiting))),
            Guard::Off => drop(tokio::spawn(write_unguarded(db, waiting))),
        }
        Self { requests }
    }

    /// Does the work within the line, and answers when it is written down.
    pub async fn run<T: Send + 'static>(
        &self,
        line: &str,
        now: i64,
        work: impl for<'a> FnOnce(&'a mut Hall) -> BoxFuture<'a, Result<T>> + Send + 'static,
    ) -> Result<T> {
        let (answer, answered) = oneshot::channel();
        let work: Work = Box::new(move |hall| {
            let doing = work(hall);
            Box::pin(async move { doing.await.map(|done| Box::new(done) as Box<dyn Any + Send>) })
        });
        let request = Request { line: line.to_owned(), now, work, answer };
        self.requests.send(request).await.map_err(|_| anyhow!("the seat writer has stopped"))?;
        let done = answered.await.context("the seat writer stopped before it answered")??;
        done.downcast().map(|done| *done).map_err(|_| anyhow!("the seat writer answered something else"))
    }
}

async fn write(db: Db, mut requests: mpsc::Receiver<Request>) {
    let mut waiting = VecDeque::new();
    loop {
        if waiting.is_empty() {
            match requests.recv().await {
                Some(request) => waiting.push_back(request),
                None => return,
            }
        }
        while waiting.len() < WAITING
            && let Ok(request) = requests.try_recv()
        {
            waiting.push_back(request);
        }
        together(&db, next(&mut waiting)).await;
    }
}

/// The requests of the line whose turn it is, first come first served; those of other lines stay.
fn next(waiting: &mut VecDeque<Request>) -> Vec<Request> {
    let Some(line) = waiting.front().map(|request| request.line.clone()) else { return Vec::new() };
    let (mut taken, mut left) = (Vec::new(), VecDeque::new());
    for request in waiting.drain(..) {
        if request.line == line && taken.len() < AT_ONCE {
            taken.push(request);
        } else {
            left.push_back(request);
        }
    }
    *waiting = left;
    taken
}

async fn together(db: &Db, requests: Vec<Request>) {
    let mut answers = Vec::with_capacity(requests.len());
    match try_together(db, requests, &mut answers).await {
        Ok(()) => {
            for (answer, done) in answers {
                // Whoever asked may have gone; it is written down all the same.
                drop(answer.send(done));
            }
        }
        Err(error) => {
            for (answer, _) in answers {
                drop(answer.send(Err(anyhow!("nothing was written: {error:#}"))));
            }
        }
    }
}

type Answered = (oneshot::Sender<Result<Box<dyn Any + Send>>>, Result<Box<dyn Any + Send>>);

async fn try_together(db: &Db, requests: Vec<Request>, answers: &mut Vec<Answered>) -> Result<()> {
    let Some(line) = requests.first().map(|request| request.line.clone()) else { return Ok(()) };
    let mut hall = Hall::new(lock(db, &line).await?);
    for Request { now, work, answer, .. } in requests {
        hall.now = now;
        let done = in_savepoint(&mut hall, work).await;
        let broken = done.is_err() && hall.is_broken();
        answers.push((answer, done));
        if broken {
            return Err(anyhow!("the transaction could not be gone on with"));
        }
    }
    hall.into_tx().commit().await
}

/// A transaction in which nobody else counts the line's places. SQLite has one writer at a time anyway.
async fn lock(db: &Db, line: &str) -> Result<Tx> {
    let mut tx = db.begin().await?;
    if let Tx::Postgres(tx) = &mut tx {
        sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))").bind(line).execute(&mut **tx).await?;
    }
    Ok(tx)
}

async fn in_savepoint(hall: &mut Hall, work: Work) -> Result<Box<dyn Any + Send>> {
    on_tx!(hall.tx(), c => sqlx::query("SAVEPOINT work").execute(c).await.map(drop))?;
    let done = work(hall).await;
    if done.is_err() {
        // What was counted may not be so.
        hall.forget();
        hall.undo().await;
        return done;
    }
    on_tx!(hall.tx(), c => sqlx::query("RELEASE SAVEPOINT work").execute(c).await.map(drop))?;
    done
}

/// Each request by itself, judged by what was counted before its transaction began: what the guard is there against.
async fn write_unguarded(db: Db, mut requests: mpsc::Receiver<Request>) {
    while let Some(Request { line, now, work, answer }) = requests.recv().await {
        let db = db.clone();
        tokio::spawn(async move {
            let work = async {
                let ledger = super::ledger::counted_beforehand(&db, &line).await?;
                let mut hall = Hall::new(db.begin().await?);
                hall.now = now;
                hall.believe(ledger);
                let done = work(&mut hall).await?;
                hall.into_tx().commit().await?;
                Ok(done)
            };
            drop(answer.send(work.await));
        });
    }
}
