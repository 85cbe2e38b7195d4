//! `/handbok/`: the editions of the handbook.

use super::Edition;
use crate::document::{Document, Head};
use crate::law::Cited;
use crate::routes::paths;
use crate::services::Services;
use crate::text::dates::swedish;
use leptos::prelude::*;

#[component]
pub fn HandbookPage() -> impl IntoView {
    let editions = Services::current().handbook.editions().to_vec();
    let head = Head {
        title: "Handboken".into(),
        description: "Socialstyrelsens handbok i olika utgåvor, och vilka regler varje utgåva bygger på.".into(),
        path: paths::HANDBOOK.into(),
        ..Head::default()
    };
    let items = editions.into_iter().map(|edition| {
        view! {
            <li>
                <h2><a href=paths::edition(&edition.slug)>{edition.title.clone()}</a></h2>
                <p class="where">{published(&edition)} " " <BuiltOn instrument=edition.instrument.clone() /></p>
                <p>{edition.about.clone()}</p>
            </li>
        }
    });
    view! {
        <Document head>
            <h1>"Handboken"</h1>
            <p class="lead">
                "Socialstyrelsen har gett ut handböcker om våld i nära relationer i flera omgångar. Varje utgåva hör ihop med de regler \
                 som gällde då. Här återger vi det vi har kunnat fastställa, i egna ord."
            </p>
            <ul class="list">{items.collect_view()}</ul>
        </Document>
    }
}

/// "Socialstyrelsen 2016."
pub fn published(edition: &Edition) -> String {
    match edition.year {
        Some(year) => format!("{} {year}.", edition.publisher),
        None => format!("{}, utgivningsåret är inte fastställt.", edition.publisher),
    }
}

/// Which rules the edition explains, and whether they still apply.
#[component]
pub fn BuiltOn(instrument: Cited) -> impl IntoView {
    let standing = match &instrument.replaced {
        Some(replaced) => {
            let by = replaced.by.as_ref().map(|by| format!(" och ersattes av {by}")).unwrap_or_default();
            format!(", som upphävdes {}{by}.", swedish(replaced.on))
        }
        None => ", som gäller.".to_owned(),
    };
    view! { "Bygger på " <a href=instrument.spot.href>{instrument.spot.label}</a> {standing} }
}
