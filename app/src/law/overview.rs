//! `/regler/`: every regulation with where it stands today.

use super::Regulation;
use super::standing::Standing;
use crate::document::{Document, Head};
use crate::routes::paths;
use crate::services::Services;
use crate::text::capital::capital;
use crate::text::dates::swedish;
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn RegulationsPage() -> impl IntoView {
    let law = Services::current().law;
    let today = law.today();
    let head = Head {
        title: "Regler".into(),
        description: "Lagar, förordningar och föreskrifter om arbetet med utsatta, med vad som gällde när.".into(),
        path: paths::REGULATIONS.into(),
        version: law.regulations().iter().map(|regulation| regulation.checked).max(),
        ..Head::default()
    };
    let regulations = law.regulations().to_vec();
    let standing = move |wanted: Standing| -> Vec<Arc<Regulation>> {
        regulations.iter().filter(|regulation| regulation.span.standing(today) == wanted).cloned().collect()
    };
    let (agency, acts): (Vec<_>, Vec<_>) =
        standing(Standing::InForce).into_iter().partition(|regulation| regulation.kind.is_agency());
    view! {
        <Document head>
            <h1>"Regler"</h1>
            <p class="lead">
                "Det här är reglerna som vägledningen bygger på, sammanfattade i egna ord. Varje sida visar om reglerna gäller, \
                 vad de ersatte och vad som har ersatt dem."
            </p>
            <Group title="Föreskrifter och allmänna råd" id="foreskrifter" regulations=agency />
            <Group title="Lagar och förordningar" id="lagar" regulations=acts />
            <Group title="Inte i kraft ännu" id="kommande" regulations=standing(Standing::NotYet) />
            <Group title="Upphävda" id="upphavda" regulations=standing(Standing::Repealed) />
            <section class="list-section" aria-labelledby="ansvar">
                <h2 id="ansvar">"Vem ska göra vad?"</h2>
                <p><a href=paths::DUTIES>"Checklista över skyldigheter för din verksamhet"</a></p>
            </section>
        </Document>
    }
}

#[component]
fn Group(title: &'static str, id: &'static str, regulations: Vec<Arc<Regulation>>) -> impl IntoView {
    (!regulations.is_empty()).then(|| {
        let items = regulations.into_iter().map(|regulation| {
            view! {
                <li>
                    <h3><a href=paths::regulation(&regulation.slug)>{capital(&regulation.label)}</a></h3>
                    <p class="where">{standing_line(&regulation)}</p>
                    <p>{regulation.lead.clone()}</p>
                </li>
            }
        });
        view! {
            <section class="list-section" aria-labelledby=id>
                <h2 id=id>{title}</h2>
                <ul class="list">{items.collect_view()}</ul>
            </section>
        }
    })
}

/// "Från 1 november 2022", "Gällde till och med 30 juni 2025, ersatt av …"
fn standing_line(regulation: &Regulation) -> String {
    let after =
        regulation.chain.after(&regulation.id).map(|next| format!(", ersatt av {}", next.label)).unwrap_or_default();
    match (regulation.span.from, regulation.span.last_day()) {
        (_, Some(last)) => format!("Gällde till och med {}{after}", swedish(last)),
        (Some(from), None) => format!("Från {}", swedish(from)),
        (None, None) => "Gäller".to_owned(),
    }
}
