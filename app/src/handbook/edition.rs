//! `/handbok/{utgava}/`: one edition and its pages.

use super::overview::{BuiltOn, published};
use crate::document::{Document, Head};
use crate::errors::NotFound;
use crate::routes::paths;
use crate::services::Services;
use crate::ui::crumbs::Crumb;
use crate::ui::external::External;
use crate::ui::notice::{Notice, Weight};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn EditionPage() -> impl IntoView {
    let slug = use_params_map().with_untracked(|params| params.get("utgava").unwrap_or_default());
    let Some(edition) = Services::current().handbook.edition(&slug) else { return NotFound().into_any() };
    let head = Head {
        title: edition.short_title.clone(),
        description: edition.about.clone(),
        path: paths::edition(&slug),
        crumbs: vec![Crumb::new(paths::HANDBOOK, "Handboken")],
        version: edition.chapters.iter().map(|chapter| chapter.updated).max(),
        ..Head::default()
    };
    let chapters = edition.chapters.iter().map(|chapter| {
        view! {
            <li>
                <h2><a href=paths::chapter(&chapter.edition, &chapter.slug)>{chapter.title.clone()}</a></h2>
                <p>{chapter.lead.clone()}</p>
            </li>
        }
    });
    let chapters = chapters.collect_view();
    let numbers = [("Artikelnummer", edition.article_number.clone()), ("ISBN", edition.isbn.clone())]
        .map(|(name, value)| value.map(|value| view! { <dt>{name}</dt> <dd>{value}</dd> }));
    let (weight, title) = match edition.instrument.replaced {
        Some(_) => (Weight::Warning, "Reglerna har ersatts"),
        None => (Weight::Note, "Reglerna gäller"),
    };
    let instrument = edition.instrument.clone();
    view! {
        <Document head>
            <h1>{edition.title.clone()}</h1>
            <p class="lead">{edition.about.clone()}</p>
            <Notice weight title>
                <p><BuiltOn instrument /></p>
            </Notice>
            <dl class="meta">
                <dt>"Utgivare"</dt>
                <dd>{published(&edition)}</dd>
                {numbers.into_iter().collect_view()}
                <dt>"Boken"</dt>
                <dd><External href=edition.link.clone() text=format!("Hos {}", edition.publisher) /></dd>
            </dl>
            <ul class="list">{chapters}</ul>
        </Document>
    }
    .into_any()
}
