//! Who knows how to write which kind of letter.

use super::letter::Letter;
use super::outbox::Job;
use super::worker::Composer;
use crate::events::letters::Letters as EventLetters;
use anyhow::Result;

/// One line for each feature that has letters to send.
pub struct Letters {
    pub events: EventLetters,
}

impl Composer for Letters {
    async fn compose(&self, job: &Job) -> Result<Option<Letter>> {
        self.events.compose(job).await
    }
}
