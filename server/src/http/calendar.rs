//! The calendar for calendars of one's own (iCalendar), and as a feed.

use super::feeds;
use crate::calendar::{Contact, Entry, Invite, Method, When, feed};
use crate::events::letters::host;
use crate::portal::Portal;
use app::desk::Fields;
use app::events::calendar::{calendar_title, shown_title, whereabouts};
use app::events::wanted::Wanted;
use app::events::{Address, Event, when};
use app::routes::{desk, paths};
use app::services::Site;
use atom_syndication::{Entry as FeedEntry, Text};
use axum::extract::{RawPathParams, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use std::cmp::Reverse;
use std::sync::Arc;

/// Everything, also what has been: who subscribes keeps it.
pub async fn all(State(portal): State<Arc<Portal>>, RawQuery(query): RawQuery) -> Response {
    let (snapshot, wanted) = (portal.snapshot(), Wanted::of_query(query.as_deref().unwrap_or("")));
    let events = snapshot.services.calendar.events().iter().filter(|event| wanted.fits(event));
    let entries: Vec<Entry> = events.map(|event| entry(event, &snapshot.services.site)).collect();
    calendar(feed(&format!("Kalender – {}", snapshot.services.site.name), &entries))
}

pub async fn one(State(portal): State<Arc<Portal>>, parts: RawPathParams) -> Response {
    let parts = Fields::new(parts.iter().map(|(name, value)| (name.to_owned(), value.to_owned())));
    let snapshot = portal.snapshot();
    match snapshot.services.calendar.event(&Address::of(&parts)) {
        Some(event) => {
            let entry = entry(&event, &snapshot.services.site);
            calendar(Invite { method: Method::Publish, entry, attendee: None }.ics())
        }
        // A page says so.
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn calendar(ics: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        // A name that tells nothing, should it stay among somebody's files.
        (header::CONTENT_DISPOSITION, "attachment; filename=\"kalender.ics\""),
    ];
    (headers, ics).into_response()
}

fn entry(event: &Event, site: &Site) -> Entry {
    let plan = &event.plan;
    let place = plan.place.iter().flat_map(|place| [&place.name, &place.address, &place.town]);
    let place: Vec<&str> = place.map(String::as_str).filter(|part| !part.is_empty()).collect();
    Entry {
        uid: format!("{}@{}", event.id, host(&site.base_url)),
        sequence: u32::try_from(event.version).unwrap_or(u32::MAX),
        when: When::Times { start: plan.starts, end: plan.ends },
        summary: calendar_title(event),
        location: place.join(", "),
        description: if plan.open_mail { plan.lead.clone() } else { String::new() },
        url: format!("{}{}", site.base_url, desk::event(&event.address)),
        organizer: Some(Contact { name: plan.contact.name.clone(), address: plan.contact.email.clone() }),
        cancelled: event.cancelled_at.is_some(),
        now: Timestamp::from_second(changed(event)).unwrap_or(Timestamp::UNIX_EPOCH),
    }
}

/// When it was published or cancelled, in unix seconds.
fn changed(event: &Event) -> i64 {
    event.cancelled_at.or(event.published_at).unwrap_or(0)
}

/// What was published or cancelled last, newest first.
pub async fn atom(State(portal): State<Arc<Portal>>) -> Response {
    let snapshot = portal.snapshot();
    let services = &snapshot.services;
    let mut events = services.calendar.events().to_vec();
    events.sort_by_key(|event| Reverse(changed(event)));
    let entries = events.iter().take(feeds::ENTRIES).map(|event| {
        let plan = &event.plan;
        let cancelled = if event.cancelled_at.is_some() { "Inställt. " } else { "" };
        let told = format!("{cancelled}{}, {}. {}", when::span(plan.starts, plan.ends), whereabouts(plan), plan.lead);
        let url = format!("{}{}", services.site.base_url, desk::event(&event.address));
        FeedEntry {
            title: Text::plain(shown_title(event)),
            id: url.clone(),
            updated: feeds::moment(changed(event)),
            published: event.published_at.map(feeds::moment),
            links: vec![feeds::link(url, "alternate", "text/html")],
            summary: Some(Text::plain(app::text::capital::capital(&told))),
            ..FeedEntry::default()
        }
    });
    let shape = feeds::Shape {
        path: paths::CALENDAR_FEED,
        page: paths::CALENDAR,
        title: "Nytt i kalendern",
        updated: events
            .first()
            .map_or_else(|| feeds::midnight(snapshot.shelf.day), |event| feeds::moment(changed(event))),
    };
    feeds::answer(&services.site, shape, entries.collect())
}
