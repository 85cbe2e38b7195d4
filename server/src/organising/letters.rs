//! What a tour writes to those whom it invites.

use crate::events::StoredEvents;
use crate::mail::letter::{Letter, Line, Text};
use crate::mail::outbox::Job;
use crate::{clock, on};
use anyhow::{Context, Result};
use app::events::{Event, Kind, when};
use app::routes::desk;
use app::services::Site;
use app::text::dates::unix_time;
use std::fmt::Write;
use std::sync::Arc;

pub const INVITATION: &str = "inbjudan";
pub const REMINDER: &str = "inbjudan igen";

/// What somebody's personal code is made for.
pub(super) const SECRET: &str = "inbjuden";

/// `None`: the person has been taken off the list, has registered meanwhile, or there is nothing left to come to.
pub async fn compose(events: &StoredEvents, site: &Site, job: &Job) -> Result<Option<Letter>> {
    const PERSON: &str = "SELECT i.series, i.name, i.email, s.title FROM invited i \
         JOIN event_series s ON s.slug = i.series AND s.kind = $2 \
         LEFT JOIN registrations r ON r.id = i.registration_id \
         WHERE i.id = $1 AND (r.id IS NULL OR r.ended_at IS NOT NULL)";
    let kind = Kind::DialogueMeeting.as_str();
    let row: Option<(String, String, String, String)> =
        on!(&events.db, pool => sqlx::query_as(PERSON).bind(&job.subject_id).bind(kind).fetch_optional(pool).await)?;
    let Some((series, name, email, title)) = row else { return Ok(None) };
    let stops = stops(events, &series).await?;
    let Some(first) = stops.first() else { return Ok(None) };
    let code = events.keys.token(SECRET, &job.subject_id, 0);
    let is_open = stops.iter().all(|stop| stop.plan.open_mail);
    let again = job.kind == REMINDER;

    let mut text = format!("Hej {name}!\n\n");
    text.push_str(if again {
        "Vi saknar fortfarande någon från din kommun i din roll. Du är inbjuden till ett av de här mötena:\n\n"
    } else {
        "Du är inbjuden till ett av de här mötena. Välj det som passar bäst:\n\n"
    });
    for stop in &stops {
        let town = stop.plan.place.as_ref().map_or("", |place| place.town.as_str());
        let when = when::span(stop.plan.starts, stop.plan.ends);
        let _ = write!(text, "{town}, {when}\n{}{}\n\n", site.base_url, desk::event(&stop.address));
    }
    let contact = &first.plan.contact;
    let _ = write!(
        text,
        "Din personliga kod: {code}\nSkriv koden när du anmäler dig. Den gäller bara dig, en gång.\n\n\
         Frågor? {}, {}.\n\n{}\n",
        contact.name, contact.email, site.name
    );
    let subject = match (is_open, again) {
        (true, false) => format!("Inbjudan: {title}"),
        (true, true) => format!("Påminnelse: {title}"),
        (false, false) => "Inbjudan".to_owned(),
        (false, true) => "Påminnelse om en inbjudan".to_owned(),
    };
    Ok(Some(Letter {
        to: email.parse().context("somebody who is invited has no address that mail can be sent to")?,
        to_name: Line::parse(&name),
        subject: Line::of(&subject),
        text: Text::of(&text),
        calendar: None,
        unsubscribe: None,
    }))
}

/// The stops that are still to come.
async fn stops(events: &StoredEvents, series: &str) -> Result<Vec<Arc<Event>>> {
    const STOPS: &str = "SELECT id FROM events WHERE kind = $1 AND series = $2 AND published_at IS NOT NULL \
         AND cancelled_at IS NULL ORDER BY starts_at, id";
    let kind = Kind::DialogueMeeting.as_str();
    let ids: Vec<String> =
        on!(&events.db, pool => sqlx::query_scalar(STOPS).bind(kind).bind(series).fetch_all(pool).await)?;
    let mut stops = Vec::with_capacity(ids.len());
    for id in ids {
        let stop = events.by_id(&id).await?;
        stops.extend(stop.filter(|stop| unix_time(stop.plan.closes) > clock::now()));
    }
    Ok(stops)
}
