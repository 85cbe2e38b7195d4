//! `/handbok/{utgava}/{kapitel}/`: one theme of the book, in our own words.

use super::Edition;
use super::overview::BuiltOn;
use crate::document::{Document, Head};
use crate::errors::NotFound;
use crate::guidance::related::Related;
use crate::law::Cited;
use crate::law::cited::CitedList;
use crate::routes::paths;
use crate::services::Services;
use crate::ui::crumbs::Crumb;
use crate::ui::day::Day;
use crate::ui::notice::{Notice, Weight};
use crate::ui::pager::Pager;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::sync::Arc;

#[component]
pub fn ChapterPage() -> impl IntoView {
    let (edition, slug) = use_params_map()
        .with_untracked(|params| (params.get("utgava").unwrap_or_default(), params.get("kapitel").unwrap_or_default()));
    let edition = Services::current().handbook.edition(&edition);
    let found = edition.and_then(|edition| {
        let at = edition.chapters.iter().position(|chapter| chapter.slug == slug)?;
        Some((edition, at))
    });
    match found {
        Some((edition, at)) => view! { <Shown edition at /> }.into_any(),
        None => NotFound().into_any(),
    }
}

#[component]
fn Shown(edition: Arc<Edition>, at: usize) -> impl IntoView {
    let chapter = edition.chapters[at].clone();
    let head = Head {
        title: chapter.short_title.clone(),
        description: chapter.lead.clone(),
        path: paths::chapter(&chapter.edition, &chapter.slug),
        crumbs: vec![
            Crumb::new(paths::HANDBOOK, "Handboken"),
            Crumb::new(paths::edition(&edition.slug), edition.short_title.clone()),
        ],
        version: Some(chapter.updated),
        ..Head::default()
    };
    let replaced = edition.instrument.replaced.is_some();
    let (weight, title) = match replaced {
        true => (Weight::Warning, "Bygger på regler som har ersatts"),
        false => (Weight::Note, "Bygger på regler som gäller"),
    };
    let neighbour = |at: Option<usize>| {
        let chapter = edition.chapters.get(at?)?;
        Some((paths::chapter(&chapter.edition, &chapter.slug), chapter.short_title.clone()))
    };
    let (previous, next) = (neighbour(at.checked_sub(1)), neighbour(Some(at + 1)));
    view! {
        <Document head>
            <article class="guide">
                <header>
                    <h1>{chapter.title.clone()}</h1>
                    <p class="lead">{chapter.lead.clone()}</p>
                    <p class="stamp">"Uppdaterad " <Day day=chapter.updated /> ". Granskad " <Day day=chapter.reviewed /> "."</p>
                </header>
                <Notice weight title>
                    <p><BuiltOn instrument=edition.instrument.clone() /></p>
                </Notice>
                <div class="text" inner_html=chapter.html.clone()></div>
                <Provisions provisions=chapter.provisions.clone() />
                <Related title="Så gör du i dag" pages=chapter.guidance.clone() />
            </article>
            <Pager previous next />
        </Document>
    }
}

#[component]
fn Provisions(provisions: Vec<Cited>) -> impl IntoView {
    (!provisions.is_empty()).then(|| {
        view! {
            <section class="sources" aria-labelledby="lagrum">
                <h2 id="lagrum">"Regler om det här"</h2>
                <CitedList cited=provisions />
            </section>
        }
    })
}
