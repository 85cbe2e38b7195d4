//! `/kalender/`: what is arranged, month by month; with `?typ=`, `?lan=` and `?manad=`, some of it.

use super::calendar::{Calendar, State, month, shown_title, whereabouts};
use super::wanted::{Wanted, month_slug};
use super::{Event, Kind, when};
use crate::counties::COUNTIES;
use crate::document::{Document, Head};
use crate::routes::{desk, paths};
use crate::services::Services;
use crate::text::capital::capital;
use crate::text::dates::swedish;
use crate::ui::crumbs::Crumb;
use crate::ui::field::ChoiceField;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::collections::BTreeSet;
use std::sync::Arc;

/// So many that have been held; older ones are found by their month.
const MOST_PAST: usize = 20;

#[component]
pub fn CalendarPage() -> impl IntoView {
    let wanted = use_query_map().with_untracked(|query| Wanted::read(|name| query.get_str(name)));
    let calendar = Services::current().calendar;
    let fitting = |events: Vec<Arc<Event>>| events.into_iter().filter(move |event| wanted.fits(event));
    let coming: Vec<_> = fitting(calendar.coming()).collect();
    let most = if wanted.month.is_some() { usize::MAX } else { MOST_PAST };
    let past: Vec<_> = fitting(calendar.past()).take(most).collect();
    let told = in_words(wanted);
    let head = Head {
        title: if told.is_empty() { "Kalender".into() } else { format!("Kalender: {told}") },
        description: "Konferenser, dialogmöten och temadagar som länsstyrelserna ordnar.".into(),
        path: wanted.at(paths::CALENDAR),
        crumbs: (!told.is_empty()).then(|| Crumb::new(paths::CALENDAR, "Kalender")).into_iter().collect(),
        ..Head::default()
    };
    let none = coming.is_empty().then(|| nothing(wanted));
    let day = calendar.day();
    view! {
        <Document head>
            <h1>"Kalender"</h1>
            <p class="lead">"Konferenser, dialogmöten och temadagar som länsstyrelserna ordnar för dig i ditt arbete."</p>
            {choices(wanted, calendar.as_ref())}
            {none}
            {months(coming, day)}
            {subscribe(wanted)}
            {held(past, day)}
        </Document>
    }
}

/// "konferens, Skåne län, mars 2027"; empty if all is wanted.
fn in_words(wanted: Wanted) -> String {
    let words = [
        wanted.kind.map(|kind| kind.swedish().to_owned()),
        wanted.county.map(|county| county.name.to_owned()),
        wanted.month.map(|first| month(first).to_lowercase()),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Only what there is something of can be chosen, and what has been.
fn choices(wanted: Wanted, calendar: &dyn Calendar) -> AnyView {
    let events = calendar.events();
    let all = |words: &str| (String::new(), words.to_owned());
    let kinds = Kind::ALL.into_iter().map(|kind| (kind.as_str().to_owned(), kind.name().to_owned()));
    let has = |county| wanted.county == Some(county) || events.iter().any(|event| event.county == Some(county));
    let counties = COUNTIES.iter().filter(|county| has(county));
    let counties = counties.map(|county| (county.slug.to_owned(), county.name.to_owned()));
    let firsts = events.iter().map(|event| event.plan.starts.date().first_of_month()).chain(wanted.month);
    let months = firsts.collect::<BTreeSet<Date>>().into_iter().map(|first| (month_slug(first), month(first)));
    let everything = wanted.query().map(|_| view! { <a href=paths::CALENDAR>"Visa hela kalendern"</a> });
    view! {
        <form class="choices" action=paths::CALENDAR aria-label="Välj vad kalendern visar">
            <ChoiceField
                name="typ"
                id="typ"
                label="Typ"
                chosen=wanted.kind.map(Kind::as_str).unwrap_or_default()
                choices=std::iter::once(all("Alla typer")).chain(kinds).collect()
            />
            <ChoiceField
                name="lan"
                id="lan"
                label="Län"
                chosen=wanted.county.map(|county| county.slug).unwrap_or_default()
                choices=std::iter::once(all("Alla län")).chain(counties).collect()
            />
            <ChoiceField
                name="manad"
                id="manad"
                label="Månad"
                chosen=wanted.month.map(month_slug).unwrap_or_default()
                choices=std::iter::once(all("Alla månader")).chain(months).collect()
            />
            <button>"Visa"</button>
            {everything}
        </form>
    }
    .into_any()
}

fn nothing(wanted: Wanted) -> AnyView {
    match wanted.query() {
        Some(_) => {
            view! { <p>"Inget är planerat med dina val. " <a href=paths::CALENDAR>"Visa hela kalendern"</a> "."</p> }
                .into_any()
        }
        None => view! { <p>"Inget är planerat just nu."</p> }.into_any(),
    }
}

fn months(coming: Vec<Arc<Event>>, day: Date) -> Vec<AnyView> {
    let first = |event: &Arc<Event>| event.plan.starts.date().first_of_month();
    let month_of = |events: &[Arc<Event>]| {
        let (id, name) = (month_slug(first(&events[0])), month(first(&events[0])));
        let id = format!("manad-{id}");
        let named = id.clone();
        let items = events.iter().map(|event| item(event, day)).collect_view();
        view! { <section class="month" aria-labelledby=named><h2 id=id>{name}</h2><ul class="list">{items}</ul></section> }
            .into_any()
    };
    coming.chunk_by(|one, next| first(one) == first(next)).map(month_of).collect()
}

/// An event as a line of a list: here, and on the start page.
pub fn item(event: &Event, day: Date) -> AnyView {
    let plan = &event.plan;
    let cancelled = (State::of(event, day) == State::Cancelled).then(|| view! { <strong>"Inställt. "</strong> });
    let facts = [Some(event.address.kind.name().to_owned()), Some(whereabouts(plan)), county(event)];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let registration = (cancelled.is_none() && plan.ends.date() >= day)
        .then(|| view! { <p class="aside">{registration(event, day)}</p> });
    view! {
        <li>
            <h3><a href=desk::event(&event.address)>{shown_title(event)}</a></h3>
            <p class="moment">{cancelled} <time datetime=when::iso(plan.starts)>{capital(&when::span(plan.starts, plan.ends))}</time></p>
            <p class="aside">{facts}</p>
            <p>{plan.lead.clone()}</p>
            {registration}
        </li>
    }
    .into_any()
}

fn county(event: &Event) -> Option<String> {
    event.county.map(|county| county.name.to_owned())
}

/// To the day: the page stands for all of it.
fn registration(event: &Event, day: Date) -> String {
    let plan = &event.plan;
    let for_whom = if plan.by_invitation { "För inbjudna. " } else { "" };
    let (opens, closes) = (plan.opens.date(), plan.closes.date());
    let when = if day < opens {
        format!("Anmälan öppnar {}.", swedish(opens))
    } else if day <= closes {
        format!("Anmälan till och med {}.", swedish(closes))
    } else {
        "Anmälan har stängt.".to_owned()
    };
    format!("{for_whom}{when}")
}

/// Neither month nor page narrows a subscription: it goes on.
fn subscribe(wanted: Wanted) -> AnyView {
    let lasting = Wanted { month: None, ..wanted };
    let what = if lasting.query().is_some() { "Det du har valt" } else { "Hela kalendern" };
    view! {
        <section class="band" aria-labelledby="prenumerera">
            <h2 id="prenumerera">"Ha kalendern hos dig"</h2>
            <ul class="plain">
                <li><a href=lasting.at(paths::CALENDAR_ICS)>{format!("{what} som kalenderfil (ics)")}</a></li>
                <li><a href=paths::CALENDAR_FEED>"Nytt i kalendern som flöde (Atom)"</a></li>
            </ul>
            <p>"Lägg till adressen till kalenderfilen som en kalender att prenumerera på i Outlook eller telefonen, så följer ändringar med. \
                Den som ser din skärm läser ”Konferens i Göteborg”, inte vad den handlar om, om inte arrangören har valt annat."</p>
        </section>
    }
    .into_any()
}

/// What has been, shortly.
pub fn held(past: Vec<Arc<Event>>, day: Date) -> Option<AnyView> {
    if past.is_empty() {
        return None;
    }
    let items = past.iter().map(|event| held_item(event, day)).collect_view();
    Some(
        view! {
            <section class="held" aria-labelledby="genomfort">
                <h2 id="genomfort">"Genomfört"</h2>
                <ul class="list">{items}</ul>
            </section>
        }
        .into_any(),
    )
}

fn held_item(event: &Event, day: Date) -> AnyView {
    let plan = &event.plan;
    let mut facts = vec![swedish(plan.starts.date()), event.address.kind.name().to_owned(), whereabouts(plan)];
    if State::of(event, day) == State::Cancelled {
        facts.push("inställt".to_owned());
    } else if !plan.summary.trim().is_empty() {
        facts.push("med sammanfattning".to_owned());
    }
    let facts = facts.join(" · ");
    view! { <li><h3><a href=desk::event(&event.address)>{shown_title(event)}</a></h3><p class="aside">{facts}</p></li> }
        .into_any()
}
