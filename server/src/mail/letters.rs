//! Who knows how to write which kind of letter.

use super::letter::Letter;
use super::outbox::Job;
use super::worker::Composer;
use crate::courses::letters::{KEY, Letters as CourseLetters};
use crate::events::letters::Letters as EventLetters;
use anyhow::Result;

/// One line for each feature that has letters to send.
pub struct Letters {
    pub events: EventLetters,
    pub courses: CourseLetters,
}

impl Composer for Letters {
    async fn compose(&self, job: &Job) -> Result<Option<Letter>> {
        match job.kind.as_str() {
            KEY => self.courses.compose(job).await,
            _ => self.events.compose(job).await,
        }
    }
}
