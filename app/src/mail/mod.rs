//! Mail that the portal sends: how it stands, and what could not be sent.

pub mod dead_letters;

use crate::desk::Pending;
use crate::viewer::Admin;

/// A mail about somebody, for that person's own page. Times are unix seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// Kind of mail, as its cause calls it.
    pub kind: String,
    pub asked_at: i64,
    pub standing: Standing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It has not been sent yet, or is tried again.
    Waiting,
    /// The mail server took it then.
    Sent(i64),
    /// It was given up then.
    Failed(i64),
}

/// A mail that was given up. It tells of nobody: names and addresses are in no mail that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLetter {
    pub id: String,
    pub kind: String,
    pub event_id: Option<String>,
    /// Unix seconds.
    pub asked_at: i64,
    pub at: i64,
    pub attempts: i64,
    /// What the mail server answered last, without addresses.
    pub problem: String,
}

/// What the feature needs from the world.
pub trait Outbox: Send + Sync {
    /// The newest first.
    fn dead<'a>(&'a self, admin: &'a Admin) -> Pending<'a, Vec<DeadLetter>>;
    /// `false` if there is no such mail, or it has been tried again already. Written to the log in the same transaction.
    fn retry<'a>(&'a self, admin: &'a Admin, id: &'a str) -> Pending<'a, bool>;
    /// Everything that was given up: after a wrong setting, say.
    fn retry_all<'a>(&'a self, admin: &'a Admin) -> Pending<'a, ()>;
}
