//! The link to a course, to whoever asked for it by mail. The address stands sealed until the letter is written.

use super::StoredLearning;
use crate::mail::letter::{Letter, Line, Text};
use crate::mail::outbox::Job;
use crate::on;
use anyhow::{Context, Result};
use app::certificates::code::Code;
use app::routes::desk;
use std::sync::Arc;

pub const KEY: &str = "kurskod";

/// Writes the letters of courses.
pub struct Letters(pub Arc<StoredLearning>);

impl Letters {
    /// `None`: the way has been deleted meanwhile.
    pub async fn compose(&self, job: &Job) -> Result<Option<Letter>> {
        const SEALED: &str = "SELECT sealed FROM course_letters WHERE taking_id = $1";
        let sealed: Option<Vec<u8>> =
            on!(&self.0.db, pool => sqlx::query_scalar(SEALED).bind(&job.subject_id).fetch_optional(pool).await)?;
        let Some(sealed) = sealed else { return Ok(None) };
        let opened = self.0.keys.unseal(&job.subject_id, &sealed)?;
        let (key, to) = opened.split_once('\n').context("a sealed letter holds something else")?;
        let code = Code::parse(key).context("a sealed letter holds no code")?;
        let site = &self.0.site;
        let link = format!("{}{}", site.base_url, desk::own_course(code.as_str()));
        let text = format!(
            "Hej!\n\nHär fortsätter du:\n{link}\n\nKoden är {code}. Den som har länken eller koden ser svaren, så ge dem inte \
             vidare.\n\nDu får mejlet för att någon skrev din adress på {}. Var det inte du, gör ingenting: adressen är inte \
             sparad.\n",
            site.name
        );
        Ok(Some(Letter {
            to: to.parse().context("a sealed letter holds no address")?,
            to_name: None,
            subject: Line::of("Din länk"),
            text: Text::of(&text),
            calendar: None,
            unsubscribe: None,
        }))
    }
}
