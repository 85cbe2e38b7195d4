//! `/dialogmoten/{turne}/` and `/temadagar/{serie}/`: what goes together, to come and held.

use super::Kind;
use super::calendar::State;
use super::calendar_page::{held, item};
use crate::document::{Document, Head};
use crate::errors::NotFound;
use crate::routes::{desk, paths};
use crate::services::Services;
use crate::ui::crumbs::Crumb;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn TourPage() -> impl IntoView {
    let slug = use_params_map().with_untracked(|params| params.get("turne").unwrap_or_default());
    of(Kind::DialogueMeeting, &slug)
}

#[component]
pub fn SeriesPage() -> impl IntoView {
    let slug = use_params_map().with_untracked(|params| params.get("serie").unwrap_or_default());
    of(Kind::ThemeDay, &slug)
}

fn of(kind: Kind, slug: &str) -> AnyView {
    let calendar = Services::current().calendar;
    let events = calendar.in_series(kind, slug);
    // A series of which nothing is published is not there yet.
    let (Some(series), Some(first)) = (calendar.series(kind, slug).cloned(), events.first()) else {
        return NotFound().into_any();
    };
    let day = calendar.day();
    let neutral = if kind == Kind::DialogueMeeting { "Dialogmöten" } else { "Temadagar" };
    let head = Head {
        title: neutral.into(),
        description: series.lead.clone(),
        path: desk::series(&first.address),
        crumbs: vec![Crumb::new(paths::CALENDAR, "Kalender")],
        ..Head::default()
    };
    let (over, coming): (Vec<_>, Vec<_>) = events.into_iter().partition(|event| event.plan.ends.date() < day);
    let next = coming.iter().map(|event| item(event, day)).collect_view();
    let none = coming.iter().all(|event| State::of(event, day) != State::Coming);
    let none = none.then(|| view! { <p>"Inget mer är planerat just nu."</p> });
    let whose = series.county.map_or_else(String::new, |county| format!(", {}", county.name));
    view! {
        <Document head>
            <p class="stamp">{format!("{neutral}{whose}")}</p>
            <h1>{series.title.clone()}</h1>
            <p class="lead">{series.lead.clone()}</p>
            {none}
            <section class="month" aria-labelledby="kommande">
                <h2 id="kommande">"Kommande"</h2>
                <ul class="list">{next}</ul>
            </section>
            {held(over.into_iter().rev().collect(), day)}
        </Document>
    }
    .into_any()
}
