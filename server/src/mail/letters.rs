//! Who knows how to write which kind of letter.

use super::letter::Letter;
use super::outbox::Job;
use super::worker::Composer;
use anyhow::{Result, bail};

/// One line for each feature that has letters to send.
pub struct Letters;

impl Composer for Letters {
    async fn compose(&self, job: &Job) -> Result<Option<Letter>> {
        bail!("this version of the program knows no letter of the kind {}", job.kind)
    }
}
