//! Surveys in the database: keeps what [`app::survey::Surveys`] promises.
//!
//! Tickets and answers have nothing in common but the event. A ticket that is used bears the day of the event and not the
//! moment of its use, so that the answers cannot be laid beside the tickets in the order in which they came.

use crate::accounts::tokens;
use crate::events::StoredEvents;
use crate::pending::pending;
use crate::{clock, on, on_tx};
use anyhow::{Context, Result};
use app::desk::Pending;
use app::events::Event;
use app::events::questions::Answers;
use app::survey::Surveys;
use app::viewer::Editor;
use std::sync::Arc;

pub struct StoredSurveys(pub Arc<StoredEvents>);

impl Surveys for StoredSurveys {
    fn ticket<'a>(&'a self, token: &'a str) -> Pending<'a, Option<Arc<Event>>> {
        pending(self.open_ticket(token))
    }

    fn answer<'a>(&'a self, token: &'a str, answers: &'a Answers) -> Pending<'a, bool> {
        pending(self.use_up(token, answers))
    }

    fn answers<'a>(&'a self, _editor: &'a Editor, event: &'a Event) -> Pending<'a, Vec<Answers>> {
        pending(self.answers_to(&event.id))
    }

    fn is_sent<'a>(&'a self, _editor: &'a Editor, event: &'a Event) -> Pending<'a, bool> {
        pending(self.has_tickets(&event.id))
    }
}

impl StoredSurveys {
    async fn open_ticket(&self, token: &str) -> Result<Option<Arc<Event>>> {
        const OPEN: &str = "SELECT event_id FROM survey_tickets WHERE token_hash = $1 AND used_at IS NULL";
        let event: Option<String> = on!(&self.0.db, pool => sqlx::query_scalar(OPEN).bind(tokens::hash(token))
            .fetch_optional(pool).await)?;
        match event {
            Some(event) => self.0.by_id(&event).await,
            None => Ok(None),
        }
    }

    async fn use_up(&self, token: &str, answers: &Answers) -> Result<bool> {
        const USE: &str = "UPDATE survey_tickets SET used_at = (SELECT ends_at FROM events WHERE id = event_id) \
             WHERE token_hash = $1 AND used_at IS NULL RETURNING event_id";
        const KEEP: &str = "INSERT INTO survey_answers (id, event_id, answers) VALUES ($1, $2, $3)";
        let mut tx = self.0.db.begin().await?;
        let event: Option<String> = on_tx!(&mut tx, c => sqlx::query_scalar(USE).bind(tokens::hash(token))
            .fetch_optional(c).await)?;
        let Some(event) = event else { return Ok(false) };
        let answers = serde_json::to_string(answers)?;
        on_tx!(&mut tx, c => sqlx::query(KEEP).bind(clock::new_id()).bind(event).bind(answers)
            .execute(c).await.map(drop))?;
        tx.commit().await?;
        Ok(true)
    }

    async fn answers_to(&self, event: &str) -> Result<Vec<Answers>> {
        // Ids are random, and so is this order.
        const ALL: &str = "SELECT answers FROM survey_answers WHERE event_id = $1 ORDER BY id";
        let all: Vec<String> = on!(&self.0.db, pool => sqlx::query_scalar(ALL).bind(event).fetch_all(pool).await)?;
        all.iter().map(|text| serde_json::from_str(text).context("survey_answers.answers cannot be read")).collect()
    }

    async fn has_tickets(&self, event: &str) -> Result<bool> {
        // Tickets are forgotten in time; what was answered is not.
        const SENT: &str = "SELECT (SELECT count(*) FROM survey_tickets WHERE event_id = $1) \
             + (SELECT count(*) FROM survey_answers WHERE event_id = $1)";
        let sent: i64 = on!(&self.0.db, pool => sqlx::query_scalar(SENT).bind(event).fetch_one(pool).await)?;
        Ok(sent > 0)
    }
}
