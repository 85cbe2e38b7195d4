//! `/regler/{slug}/hanvisningar/`: every page that cites the regulation.

use super::{User, UserKind};
use crate::document::{Document, Head};
use crate::errors::NotFound;
use crate::law::overview::capital;
use crate::routes::paths;
use crate::services::Services;
use crate::ui::crumbs::Crumb;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn UsersPage() -> impl IntoView {
    let slug = use_params_map().with_untracked(|params| params.get("slug").unwrap_or_default());
    let law = Services::current().law;
    let Some(regulation) = law.regulation(&slug) else { return NotFound().into_any() };
    let users = law.users(&regulation.id);
    let number = regulation.id.split_once('/').map_or("", |(_, number)| number).to_owned();
    let head = Head {
        title: format!("Hänvisningar till {number}"),
        description: format!("Sidor som hänvisar till {}.", regulation.label),
        path: paths::users(&slug),
        crumbs: vec![Crumb::new(paths::REGULATIONS, "Regler"), Crumb::new(paths::regulation(&slug), number)],
        ..Head::default()
    };
    let groups = [UserKind::Guidance, UserKind::Handbook, UserKind::Regulation].map(|kind| {
        let users: Vec<User> = users.iter().filter(|user| user.source == kind).cloned().collect();
        view! { <Group kind users /> }
    });
    let none = users.is_empty().then(|| view! { <p>"Ingen sida hänvisar hit ännu."</p> });
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
fn Group(kind: UserKind, users: Vec<User>) -> impl IntoView {
    let id = match kind {
        UserKind::Guidance => "vagledning",
        UserKind::Handbook => "handboken",
        UserKind::Regulation => "regler",
    };
    (!users.is_empty()).then(|| {
        let items = users.into_iter().map(|user| {
            view! {
                <li>
                    <h3><a href=user.path>{capital(&user.title)}</a></h3>
                    <p>{user.citations.join(" · ")}</p>
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
