//! A tour: whom it has invited, and what it writes to them.

use super::letters::{INVITATION, REMINDER, SECRET};
use super::{StoredOrganising, saving};
use crate::accounts::audit::{self, Line};
use crate::accounts::tokens;
use crate::events::line;
use crate::mail::outbox::{self, NewJob, Urgency};
use crate::{clock, on, on_tx};
use anyhow::{Context, Result};
use app::accounts::Act;
use app::counties;
use app::events::plan::Plan;
use app::events::{Event, Kind, Standing};
use app::organising::{Invited, Letter, NewInvited, Tour};
use app::text::dates::swedish_time;
use app::viewer::Editor;
use std::collections::BTreeSet;

impl StoredOrganising {
    pub(super) async fn tour(&self, slug: &str) -> Result<Option<Tour>> {
        const TOUR: &str = "SELECT county, title FROM event_series WHERE kind = $1 AND slug = $2";
        const STOPS: &str = "SELECT id FROM events WHERE kind = $1 AND series = $2 ORDER BY starts_at, id";
        const INVITED: &str = "SELECT i.id, i.municipality, i.role, i.name, i.email, i.invited_at, i.reminded_at, \
             r.event_id, r.standing FROM invited i LEFT JOIN registrations r ON r.id = i.registration_id \
             WHERE i.series = $1 ORDER BY i.municipality, i.role, i.name, i.id";
        type Row = (String, String, String, String, String, Option<i64>, Option<i64>, Option<String>, Option<String>);
        let (db, kind) = (&self.events.db, Kind::DialogueMeeting.as_str());
        let row: Option<(Option<String>, String)> =
            on!(db, pool => sqlx::query_as(TOUR).bind(kind).bind(slug).fetch_optional(pool).await)?;
        let Some((county, title)) = row else { return Ok(None) };
        let ids: Vec<String> = on!(db, pool => sqlx::query_scalar(STOPS).bind(kind).bind(slug).fetch_all(pool).await)?;
        let mut stops = Vec::with_capacity(ids.len());
        for id in ids {
            stops.extend(self.events.by_id(&id).await?);
        }
        let rows: Vec<Row> = on!(db, pool => sqlx::query_as(INVITED).bind(slug).fetch_all(pool).await)?;
        let invited = rows
            .into_iter()
            .map(|(id, municipality, role, name, email, invited_at, reminded_at, event, standing)| {
                let stop = match (event, standing) {
                    (Some(event), Some(standing)) => {
                        let known = Standing::parse(&standing);
                        Some((event, known.with_context(|| format!("registrations.standing holds `{standing}`"))?))
                    }
                    _ => None,
                };
                Ok(Invited { id, municipality, role, name, email, stop, invited_at, reminded_at })
            })
            .collect::<Result<_>>()?;
        let county = county.as_deref().and_then(counties::find);
        Ok(Some(Tour { slug: slug.to_owned(), title, county, stops, invited }))
    }

    pub(super) async fn invite(
        &self,
        editor: &Editor,
        tour: &Tour,
        people: &[NewInvited],
    ) -> Result<Vec<(NewInvited, String)>> {
        const KNOWN: &str = "SELECT email FROM invited WHERE series = $1";
        const ADD: &str = "INSERT INTO invited (id, series, municipality, role, name, email, code_hash) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let now = clock::now();
        let mut tx = self.events.db.begin().await?;
        let known: Vec<String> = on_tx!(&mut tx, c => sqlx::query_scalar(KNOWN).bind(&tour.slug).fetch_all(c).await)?;
        let known: BTreeSet<String> = known.into_iter().collect();
        let mut added = Vec::new();
        for person in people.iter().filter(|person| !known.contains(person.email.as_str())) {
            let id = clock::new_id();
            let code = self.events.keys.token(SECRET, &id, 0);
            on_tx!(&mut tx, c => sqlx::query(ADD).bind(&id).bind(&tour.slug).bind(&person.municipality)
                .bind(&person.role).bind(person.name.as_str()).bind(person.email.as_str()).bind(tokens::hash(&code))
                .execute(c).await.map(drop))?;
            added.push((person.clone(), code));
        }
        let subject = format!("{}: {} personer", tour.slug, added.len());
        let line = Line { account: Some(&editor.account), act: Act::InvitedToTour, subject: &subject };
        audit::write(&mut tx, now, line).await?;
        tx.commit().await?;
        Ok(added)
    }

    /// `false` for somebody who has registered, or is not there.
    pub(super) async fn uninvite(&self, editor: &Editor, tour: &Tour, id: &str) -> Result<bool> {
        const REMOVE: &str = "DELETE FROM invited WHERE id = $1 AND series = $2 AND (registration_id IS NULL OR \
             registration_id IN (SELECT r.id FROM registrations r WHERE r.ended_at IS NOT NULL))";
        let mut tx = self.events.db.begin().await?;
        let removed = on_tx!(&mut tx, c => sqlx::query(REMOVE).bind(id).bind(&tour.slug).execute(c).await
            .map(|done| done.rows_affected()))?;
        if removed == 0 {
            return Ok(false);
        }
        let line = Line { account: Some(&editor.account), act: Act::UninvitedFromTour, subject: &tour.slug };
        audit::write(&mut tx, clock::now(), line).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// A reminder goes to nobody twice on one day, however often the button is pressed.
    pub(super) async fn write_to_invited(
        &self,
        editor: &Editor,
        tour: &Tour,
        people: &[&Invited],
        letter: Letter,
    ) -> Result<u32> {
        const INVITED: &str = "UPDATE invited SET invited_at = $1 WHERE id = $2";
        const REMINDED: &str = "UPDATE invited SET reminded_at = $1 WHERE id = $2";
        let now = clock::now();
        let today = swedish_time(now).date();
        let (kind, mark) = match letter {
            Letter::Invitation => (INVITATION, INVITED),
            Letter::Reminder => (REMINDER, REMINDED),
        };
        let mut tx = self.events.db.begin().await?;
        let mut written = 0;
        for one in people {
            let cause = match letter {
                Letter::Invitation => format!("{kind}/{}", one.id),
                Letter::Reminder => format!("{kind}/{}/{today}", one.id),
            };
            let job = NewJob {
                cause: &cause,
                kind,
                subject_id: &one.id,
                event_id: None,
                urgency: Urgency::Circular,
                not_before: None,
            };
            if outbox::enqueue(&mut tx, now, &job).await? {
                on_tx!(&mut tx, c => sqlx::query(mark).bind(now).bind(&one.id).execute(c).await.map(drop))?;
                written += 1;
            }
        }
        let what = if letter == Letter::Invitation { "inbjudan" } else { "påminnelse" };
        let subject = format!("{}: {what} till {written}", tour.slug);
        let line = Line { account: Some(&editor.account), act: Act::WroteToInvited, subject: &subject };
        audit::write(&mut tx, now, line).await?;
        tx.commit().await?;
        Ok(written)
    }

    /// The open questions of a stop are laid beside those of the next one that takes place.
    pub(super) async fn carry_on(&self, editor: &Editor, tour: &Tour, event: &Event) -> Result<bool> {
        let after = tour.stops.iter().skip_while(|stop| stop.id != event.id).skip(1);
        let Some(next) = after.into_iter().find(|stop| stop.cancelled_at.is_none()) else { return Ok(false) };
        let doing = super::Doing::to(editor, next);
        let (id, questions, now) = (next.id.clone(), event.plan.open_questions.clone(), doing.now);
        self.events
            .writer
            .run(&line(&next.address, &next.id), now, move |hall| {
                Box::pin(async move {
                    const NEXT: &str = "SELECT plan, version FROM events WHERE id = $1";
                    let (plan, version): (String, i64) =
                        on_tx!(hall.tx(), c => sqlx::query_as(NEXT).bind(&id).fetch_one(c).await)?;
                    let mut plan: Plan = serde_json::from_str(&plan).context("events.plan cannot be read")?;
                    let mut carried: Vec<String> =
                        questions.into_iter().filter(|question| !plan.open_questions.contains(question)).collect();
                    if carried.is_empty() {
                        return Ok(true);
                    }
                    plan.open_questions.append(&mut carried);
                    Ok(saving::save(hall, &doing, &id, version, &plan).await?.is_ok())
                })
            })
            .await
    }
}
