//! Sends what waits in the outbox: a handful at once, each by itself, so that one that panics or never ends stops no other.

use super::back_off::ATTEMPTS;
use super::letter::{Letter, Sender};
use super::outbox::{self, Job, Outcome};
use super::{AT_ONCE, Mailer};
use crate::clock;
use crate::db::Db;
use anyhow::Result;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::timeout;

/// How often it is looked whether anything waits.
const EVERY: Duration = Duration::from_secs(1);

/// Composing a letter may take so long, and sending it: together far less than its lease.
const PATIENCE: Duration = Duration::from_secs(90);

/// Knows what to write in a mail when it is sent.
pub trait Composer: Send + Sync + 'static {
    /// `None`: nobody needs it any more. An error is tried again; an administrator reads its words, so no name and no
    /// address in them.
    fn compose(&self, job: &Job) -> impl Future<Output = Result<Option<Letter>>> + Send;
}

pub struct Worker<C>(Arc<Parts<C>>);

struct Parts<C> {
    db: Db,
    mailer: Arc<Mailer>,
    sender: Sender,
    composer: C,
    patience: Duration,
    /// The mail server did not answer the last time: one mail goes ahead and tries.
    doubtful: AtomicBool,
}

impl<C: Composer> Worker<C> {
    pub fn new(db: Db, mailer: Arc<Mailer>, sender: Sender, composer: C) -> Self {
        Self::patient(PATIENCE, db, mailer, sender, composer)
    }

    pub fn patient(patience: Duration, db: Db, mailer: Arc<Mailer>, sender: Sender, composer: C) -> Self {
        Self(Arc::new(Parts { db, mailer, sender, composer, patience, doubtful: AtomicBool::new(false) }))
    }

    /// Until `stop` comes; what is in hand then is brought to its end.
    pub async fn run(&self, stop: impl Future<Output = ()>) {
        let mut stop = pin!(stop);
        let mut in_hand = JoinSet::new();
        let mut failing = false;
        loop {
            let taken = self.take_up(&mut in_hand, clock::now()).await;
            if let Err(error) = &taken
                && !failing
            {
                // Said once, not every second.
                tracing::error!(error = format!("{error:#}"), "the outbox cannot be read; mail waits");
            }
            failing = taken.is_err();
            tokio::select! {
                () = &mut stop => break,
                Some(_) = in_hand.join_next() => {}
                () = tokio::time::sleep(EVERY) => {}
            }
        }
        while in_hand.join_next().await.is_some() {}
    }

    /// Sends all that is due at `now`, and returns how many mails were tried.
    pub async fn drain(&self, now: i64) -> Result<usize> {
        let mut in_hand = JoinSet::new();
        let mut tried = 0;
        loop {
            let taken = self.take_up(&mut in_hand, now).await?;
            if taken == 0 {
                return Ok(tried);
            }
            tried += taken;
            while in_hand.join_next().await.is_some() {}
        }
    }

    /// Takes as many mails as there are hands, once half of them are free.
    async fn take_up(&self, in_hand: &mut JoinSet<()>, now: i64) -> Result<usize> {
        let hands = if self.0.doubtful.load(Ordering::Relaxed) { 1 } else { AT_ONCE as usize };
        if in_hand.len() > hands / 2 {
            return Ok(0);
        }
        let jobs = outbox::claim(&self.0.db, now, i64::try_from(hands - in_hand.len())?).await?;
        for job in &jobs {
            in_hand.spawn(Arc::clone(&self.0).attempt(job.clone(), now));
        }
        Ok(jobs.len())
    }
}

impl<C: Composer> Parts<C> {
    async fn attempt(self: Arc<Self>, job: Job, now: i64) {
        let work = tokio::spawn({
            let (parts, job) = (Arc::clone(&self), job.clone());
            async move { parts.outcome(&job).await }
        });
        let stop = work.abort_handle();
        // Work that waits ends by itself within twice the patience; this is for work that does not even wait.
        let outcome = match timeout(self.patience * 3, work).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) => Outcome::Failed("the letter could not be composed: the program stumbled over it".into()),
            Err(_) => {
                stop.abort();
                Outcome::Failed("the letter could not be composed: the program did not come to an end".into())
            }
        };
        match &outcome {
            Outcome::Failed(why) => {
                tracing::warn!(mail = job.id, kind = job.kind, why, "a mail was not sent this time")
            }
            Outcome::Dead(why) => tracing::error!(mail = job.id, kind = job.kind, why, "a mail was given up"),
            Outcome::Sent | Outcome::Dropped => {}
        }
        self.write_down(&job, now, &outcome).await;
    }

    async fn outcome(&self, job: &Job) -> Outcome {
        if job.attempts > ATTEMPTS {
            return Outcome::Dead("each time it was to be sent the program ended".into());
        }
        let letter = match timeout(self.patience, self.composer.compose(job)).await {
            Ok(Ok(Some(letter))) => letter,
            Ok(Ok(None)) => return Outcome::Dropped,
            Ok(Err(error)) => return Outcome::Failed(format!("the letter could not be composed: {error:#}")),
            Err(_) => return Outcome::Failed("the letter could not be composed in time".into()),
        };
        let mail = match letter.message(&self.sender, &job.id) {
            Ok(mail) => mail,
            Err(error) => return Outcome::Dead(format!("the letter cannot be sent: {error:#}")),
        };
        match self.mailer.send_within(self.patience, mail).await {
            Ok(_) => {
                self.doubtful.store(false, Ordering::Relaxed);
                Outcome::Sent
            }
            Err(untaken) => {
                self.doubtful.store(untaken.silent, Ordering::Relaxed);
                if untaken.for_good { Outcome::Dead(untaken.why) } else { Outcome::Failed(untaken.why) }
            }
        }
    }

    /// A mail that is sent and not written down would be sent again: so it is tried some more, while the lease lasts.
    async fn write_down(&self, job: &Job, now: i64, outcome: &Outcome) {
        for _ in 0..30 {
            match outbox::close(&self.db, now, clock::chance(), job, outcome).await {
                Ok(()) => return,
                Err(error) => {
                    tracing::error!(
                        error = format!("{error:#}"),
                        mail = job.id,
                        "what became of a mail could not be written down"
                    );
                    tokio::time::sleep(EVERY).await;
                }
            }
        }
    }
}
