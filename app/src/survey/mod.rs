//! The survey afterwards: those who came answer once, and nobody knows who answered what. The nouns, the refusals, and
//! what the feature needs from the world.

pub mod answer;
pub mod asking;
pub mod results;
pub mod written;

use crate::desk::Pending;
use crate::events::Event;
use crate::events::questions::Answers;
use crate::viewer::Editor;
use std::sync::Arc;

/// So few answers are shown to nobody: somebody might be told by them.
pub const LEAST: usize = 5;

/// What the feature needs from the world.
pub trait Surveys: Send + Sync {
    /// The event whose survey the ticket may still answer.
    fn ticket<'a>(&'a self, token: &'a str) -> Pending<'a, Option<Arc<Event>>>;

    /// Uses the ticket up, and keeps the answers apart from it. `false`: it has been used, or is none.
    fn answer<'a>(&'a self, token: &'a str, answers: &'a Answers) -> Pending<'a, bool>;

    /// Every answer, in an order that tells nothing.
    fn answers<'a>(&'a self, editor: &'a Editor, event: &'a Event) -> Pending<'a, Vec<Answers>>;

    /// Have the questions been sent to anybody?
    fn is_sent<'a>(&'a self, editor: &'a Editor, event: &'a Event) -> Pending<'a, bool>;
}
