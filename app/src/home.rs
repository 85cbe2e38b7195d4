//! The start page: search, four ways in by role, where one can go, what is new, all subjects.

use crate::document::{Document, Head};
use crate::events::calendar::{Calendar, State, shown_title, whereabouts};
use crate::events::{Event, when};
use crate::guidance::{Audience, latest};
use crate::routes::{desk, paths};
use crate::services::Services;
use crate::text::capital::capital;
use crate::ui::day::Day;
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn HomePage() -> impl IntoView {
    let Services { guidance, calendar, .. } = Services::current();
    let head = Head {
        title: "Start".into(),
        description:
            "Länsstyrelsernas kunskapsstöd för socialtjänst, vård, tandvård, skola och ideella organisationer.".into(),
        path: paths::HOME.into(),
        version: guidance.articles().iter().map(|article| article.updated).max(),
        ..Head::default()
    };
    let doors = [
        (Audience::SocialServices, "Utredning, skydd, stöd och samverkan."),
        (Audience::Health, "Fråga, dokumentera, anmäla oro och vårda."),
        (Audience::Dental, "Se tecknen, anmäla oro och hänvisa."),
        (Audience::Voluntary, "Er roll bredvid kommunens ansvar."),
    ];
    let doors = doors.map(|(audience, what)| {
        view! { <li><a href=paths::for_audience(audience)>{audience.name()}</a><p>{what}</p></li> }
    });
    let news = latest(guidance.articles(), 6)
        .into_iter()
        .map(|article| {
            view! { <li><Day day=article.updated /> " " <a href=paths::article(&article.slug)>{article.title.clone()}</a></li> }
        })
        .collect_view();
    let subjects = guidance
        .subjects()
        .iter()
        .map(|subject| view! { <li><a href=paths::subject(&subject.slug)>{subject.title.clone()}</a></li> })
        .collect_view();
    let coming = coming(calendar.as_ref());
    view! {
        <Document head>
            <div class="room">
                <h1>"Stöd för dig som möter våld i ditt arbete"</h1>
                <p class="lead">
                    "Vad du ska göra, vem som ansvarar och vad lagen säger om våld i nära relationer och hedersrelaterat våld och förtryck."
                </p>
                <form class="search" role="search" action=paths::SEARCH aria-label="Sök i vägledning och ordlista">
                    <label for="sok-text">"Vad behöver du veta?"</label>
                    <input type="search" id="sok-text" name="q" maxlength="200" autocomplete="off" />
                    <button>"Sök"</button>
                </form>
            </div>
            <section class="band" aria-labelledby="roller">
                <h2 id="roller">"Jag arbetar inom"</h2>
                <ul class="doors">{doors.into_iter().collect_view()}</ul>
            </section>
            {coming}
            <div class="pair">
                <section class="band" aria-labelledby="nytt">
                    <h2 id="nytt">"Senast ändrat"</h2>
                    <ul class="news">{news}</ul>
                </section>
                <section class="band" aria-labelledby="amnen">
                    <h2 id="amnen">"Ämnen"</h2>
                    <ul class="plain">{subjects}</ul>
                </section>
            </div>
        </Document>
    }
}

/// The next three that will be held.
fn coming(calendar: &dyn Calendar) -> Option<AnyView> {
    let will_be = |event: &Arc<Event>| State::of(event, calendar.day()) == State::Coming;
    let next: Vec<_> = calendar.coming().into_iter().filter(will_be).take(3).collect();
    let items = next.iter().map(|event| {
        let told = format!("{}, {}.", capital(&when::day(event.plan.starts.date())), whereabouts(&event.plan));
        view! { <li><a href=desk::event(&event.address)>{shown_title(event)}</a><p>{told}</p></li> }
    });
    let items = items.collect_view();
    (!next.is_empty()).then(|| {
        view! {
            <section class="band" aria-labelledby="pa-gang">
                <h2 id="pa-gang">"På gång"</h2>
                <ul class="doors">{items}</ul>
                <p><a href=paths::CALENDAR>"Hela kalendern"</a></p>
            </section>
        }
        .into_any()
    })
}
