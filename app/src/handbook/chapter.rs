//! `/handbok/{utgava}/{kapitel}/`: one theme of the book, in our own words.

use super::overview::BuiltOn;
use super::{Chapter, Edition};
use crate::document::{Document, Head};
use crate::errors::NotFound;
use crate::law::Cited;
use crate::law::cited::CitedList;
use crate::routes::paths;
use crate::services::Services;
use crate::ui::crumbs::Crumb;
use crate::ui::day::Day;
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
    let class = if replaced { "notice notice-warning" } else { "notice notice-note" };
    let title = if replaced { "Bygger på regler som har ersatts" } else { "Bygger på regler som gäller" };
    let neighbour = |at: Option<usize>| at.and_then(|at| edition.chapters.get(at)).cloned();
    let (previous, next) = (neighbour(at.checked_sub(1)), neighbour(Some(at + 1)));
    view! {
        <Document head>
            <article class="guide">
                <header>
                    <h1>{chapter.title.clone()}</h1>
                    <p class="lead">{chapter.lead.clone()}</p>
                    <p class="stamp">"Uppdaterad " <Day day=chapter.updated /> ". Granskad " <Day day=chapter.reviewed /> "."</p>
                </header>
                <div class=class role="note" aria-label=title>
                    <p class="notice-title">{title}</p>
                    <p><BuiltOn instrument=edition.instrument.clone() /></p>
                </div>
                <div class="text" inner_html=chapter.html.clone()></div>
                <Provisions provisions=chapter.provisions.clone() />
                <Further chapter=chapter.clone() />
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

#[component]
fn Further(chapter: Arc<Chapter>) -> impl IntoView {
    let guidance = chapter.guidance.clone();
    (!guidance.is_empty()).then(|| {
        let items = guidance.into_iter().map(|page| view! { <li><a href=page.path>{page.title}</a></li> });
        view! {
            <nav class="related" aria-labelledby="relaterat">
                <h2 id="relaterat">"Så gör du i dag"</h2>
                <ul>{items.collect_view()}</ul>
            </nav>
        }
    })
}

#[component]
fn Pager(previous: Option<Arc<Chapter>>, next: Option<Arc<Chapter>>) -> impl IntoView {
    let link = |chapter: Arc<Chapter>, rel: &'static str, word: &'static str| {
        view! {
            <a rel=rel href=paths::chapter(&chapter.edition, &chapter.slug)><span>{word}</span> " " {chapter.short_title.clone()}</a>
        }
    };
    (previous.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label="Fler sidor">
                {previous.map(|chapter| link(chapter, "prev", "Föregående"))}
                {next.map(|chapter| link(chapter, "next", "Nästa"))}
            </nav>
        }
    })
}
