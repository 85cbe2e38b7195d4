//! `/utbildning/material/{slug}/`: one piece of training material.

use super::{Material, Place, length};
use crate::document::{Document, Head};
use crate::errors::{Gone, NotFound};
use crate::guidance::{Found, Standing};
use crate::routes::paths;
use crate::services::Services;
use crate::status;
use crate::ui::crumbs::Crumb;
use crate::ui::day::Day;
use crate::ui::external::External;
use crate::ui::notice::{Notice, Weight};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::sync::Arc;

#[component]
pub fn MaterialPlace() -> impl IntoView {
    let slug = use_params_map().with_untracked(|params| params.get("slug").unwrap_or_default());
    match Services::current().training.material(&slug) {
        Some(Found::Here(material)) => view! { <MaterialPage material /> }.into_any(),
        Some(Found::Gone { title, reason }) => view! { <Gone title reason /> }.into_any(),
        Some(Found::Moved { to }) => {
            status::set_moved(&to);
            NotFound().into_any()
        }
        None => NotFound().into_any(),
    }
}

#[component]
pub fn MaterialPage(material: Arc<Material>) -> impl IntoView {
    let archived = material.standing == Standing::Archived;
    let head = Head {
        title: material.short_title.clone(),
        description: material.lead.clone(),
        path: paths::material(&material.slug),
        crumbs: vec![Crumb::new(paths::MATERIALS, "Utbildningsmaterial")],
        version: Some(material.updated),
        standing: archived.then(|| "arkiverad".to_owned()),
        hidden: archived,
        ..Head::default()
    };
    let archived = archived.then(|| {
        view! {
            <Notice weight=Weight::Warning title="Arkiverat">
                <p>"Sidan finns kvar för den som behöver se vad som stod här, men materialet hålls inte längre aktuellt."</p>
            </Notice>
        }
    });
    let revised = material.instead.clone().map(|instead| {
        view! {
            <Notice weight=Weight::Important title="Under uppdatering">
                <p>"Materialet håller på att uppdateras. " <a href=instead>"Läs det här så länge"</a> "."</p>
            </Notice>
        }
    });
    let way = material.place.clone().map(|place| match place {
        Place::Elsewhere(href) => {
            view! { <p><External href text="Till materialet hos utgivaren".to_owned() /></p> }.into_any()
        }
        Place::File(href) => view! { <p><a class="button" href=href>"Hämta materialet"</a></p> }.into_any(),
    });
    let (title, lead, html) = (material.title.clone(), material.lead.clone(), material.html.clone());
    view! {
        <Document head>
            <article class="guide">
                <header>
                    <h1>{title}</h1>
                    <p class="lead">{lead}</p>
                </header>
                {archived}
                {revised}
                {way}
                <div class="text" inner_html=html></div>
                <Facts material />
            </article>
        </Document>
    }
}

#[component]
fn Facts(material: Arc<Material>) -> impl IntoView {
    let names = |names: Vec<&str>| (!names.is_empty()).then(|| names.join(", "));
    let fact = |name: &'static str, value: Option<String>| value.map(|value| view! { <dt>{name}</dt><dd>{value}</dd> });
    view! {
        <section aria-labelledby="om-materialet">
            <h2 id="om-materialet">"Om materialet"</h2>
            <dl class="meta">
                {fact("Format", Some(material.format.name().to_owned()))}
                {fact("Längd", material.minutes.map(length))}
                {fact("Utgivare", Some(material.publisher.clone()))}
                {fact("Artikelnummer", material.item_number.clone())}
                {fact("Handlar om", names(material.groups.iter().map(|group| group.name()).collect()))}
                {fact("För", names(material.audiences.iter().map(|audience| audience.name()).collect()))}
                {fact("Län", names(material.counties.iter().map(|county| county.name).collect()))}
                {fact("Tillgänglighet", material.accessibility.clone())}
                <dt>"Senast uppdaterad"</dt><dd><Day day=material.updated /></dd>
                <dt>"Granskad"</dt><dd><Day day=material.reviewed /></dd>
            </dl>
        </section>
    }
    .into_any()
}
