//! `/regler/{slug}/hanvisningar/`: every page that cites the regulation.

use super::{CitingKind, CitingPage};
use crate::document::{Document, Head};
use crate::errors::NotFound;
use crate::routes::paths;
use crate::services::Services;
use crate::text::capital::capital;
use crate::ui::crumbs::Crumb;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn ReferencesPage() -> impl IntoView {
    let slug = use_params_map().with_untracked(|params| params.get("slug").unwrap_or_default());
    let law = Services::current().law;
    let Some(regulation) = law.regulation(&slug) else { return NotFound().into_any() };
    let citing = law.citing(&regulation.id);
    let number = regulation.id.split_once('/').map_or("", |(_, number)| number).to_owned();
    let head = Head {
        title: format!("Hänvisningar till {number}"),
        description: format!("Sidor som hänvisar till {}.", regulation.label),
        path: paths::references(&slug),
        crumbs: vec![Crumb::new(paths::REGULATIONS, "Regler"), Crumb::new(paths::regulation(&slug), number)],
        ..Head::default()
    };
    let groups = [CitingKind::Guidance, CitingKind::Handbook, CitingKind::Regulation].map(|kind| {
        let citing: Vec<CitingPage> = citing.iter().filter(|page| page.source == kind).cloned().collect();
        view! { <Group kind citing /> }
    });
    let none = citing.is_empty().then(|| view! { <p>"Ingen sida hänvisar hit ännu."</p> });
    view! {
        <Document head>
            <h1>{format!("Hänvisningar till {}", regulation.label)}</h1>
            <p class="lead">"Sidorna här nämner reglerna. Under varje sida står paragraferna som den nämner."</p>
            {none}
            {groups.into_iter().collect_view()}
            <p><a href=paths::regulation(&slug)>{format!("Till {}", capital(&regulation.label))}</a></p>
        </Document>
    }
    .into_any()
}

#[component]
fn Group(kind: CitingKind, citing: Vec<CitingPage>) -> impl IntoView {
    let id = match kind {
        CitingKind::Guidance => "vagledning",
        CitingKind::Handbook => "handboken",
        CitingKind::Regulation => "regler",
    };
    (!citing.is_empty()).then(|| {
        let items = citing.into_iter().map(|page| {
            view! {
                <li>
                    <h3><a href=page.path>{capital(&page.title)}</a></h3>
                    <p>{page.citations.join(" · ")}</p>
                </li>
            }
        });
        view! {
            <section class="list-section" aria-labelledby=id>
                <h2 id=id>{kind.name()}</h2>
                <ul class="list">{items.collect_view()}</ul>
            </section>
        }
    })
}
