//! `/utbildning/material/`: all training material, by whose exposure it is about.

use super::{Group, Material, length};
use crate::document::{Document, Head};
use crate::guidance::Standing;
use crate::routes::paths;
use crate::services::Services;
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn MaterialsPage() -> impl IntoView {
    let materials: Vec<Arc<Material>> = Services::current()
        .training
        .materials()
        .iter()
        .filter(|material| material.standing == Standing::InForce)
        .cloned()
        .collect();
    let head = Head {
        title: "Utbildningsmaterial".into(),
        description: "Material att lära sig och lära andra med.".into(),
        path: paths::MATERIALS.into(),
        ..Head::default()
    };
    let general: Vec<_> = materials.iter().filter(|material| material.groups.is_empty()).cloned().collect();
    let mut parts: Vec<AnyView> = Vec::new();
    let has_groups = general.len() < materials.len();
    parts.extend(part(if has_groups { "För alla" } else { "Material" }, general));
    for group in Group::ALL {
        let own = materials.iter().filter(|material| material.groups.contains(&group)).cloned().collect();
        parts.extend(part(group.name(), own));
    }
    let none = materials.is_empty().then(|| {
        view! { <p>"Här finns inget material än. " <a href=paths::GUIDANCE>"Läs vägledningen"</a> " så länge."</p> }
    });
    view! {
        <Document head>
            // It may break there, on a phone.
            <h1>"Utbildnings\u{ad}material"</h1>
            <p class="lead">"Material att lära sig och lära andra med, valt av länsstyrelserna. Några ges ut av andra myndigheter."</p>
            {none}
            {parts}
        </Document>
    }
}

fn part(title: &'static str, materials: Vec<Arc<Material>>) -> Option<AnyView> {
    if materials.is_empty() {
        return None;
    }
    let id = crate::text::slug::slug(title);
    let names = id.clone();
    let items: Vec<_> = materials
        .into_iter()
        .map(|material| {
            let revised = material.instead.is_some().then(|| view! { <strong>" Under uppdatering."</strong> });
            view! {
                <li>
                    <h3><a href=paths::material(&material.slug)>{material.title.clone()}</a></h3>
                    <p>{material.lead.clone()}</p>
                    <p class="aside">{facts(&material)} {revised}</p>
                </li>
            }
        })
        .collect();
    Some(
        view! {
            <section class="materials" aria-labelledby=names>
                <h2 id=id>{title}</h2>
                <ul class="list">{items}</ul>
            </section>
        }
        .into_any(),
    )
}

/// "Film, 12 minuter, Länsstyrelsen Skåne."
fn facts(material: &Material) -> String {
    let length = material.minutes.map(|minutes| format!(", {}", length(minutes))).unwrap_or_default();
    format!("{}{length}, {}.", material.format.name(), material.publisher)
}
