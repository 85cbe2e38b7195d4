//! `/redaktion/uppgifter/`: numbers, contacts and figures that texts refer to by name, so that what changes is changed
//! once.

use crate::desk::{Answer, Asked, Stop};
use crate::document::{Document, Head};
use crate::routes::desk;
use crate::ui::crumbs::Crumb;
use leptos::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// As it is written in a text, without its brackets: `stodlinje:kvinnofridslinjen`.
    pub reference: String,
    /// What readers meet.
    pub shown: String,
}

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let member = asked.viewer.member()?;
    let facts = asked.services.editing.facts(&member).await?;
    Ok(Answer::page(move || view(facts)))
}

fn view(facts: Vec<Fact>) -> impl IntoView {
    let head = Head {
        path: desk::FACTS.into(),
        crumbs: vec![Crumb::new(desk::HOME, "Redaktionen")],
        ..Head::of_staff("Uppgifter")
    };
    let group = |kind: &str, id: &'static str, title: &'static str| {
        let rows: Vec<_> = facts
            .iter()
            .filter(|fact| fact.reference.split_once(':').is_some_and(|(own, _)| own == kind))
            .map(|fact| {
                let written = format!("<{}>", fact.reference);
                view! { <li><div><p>{fact.shown.clone()}</p><p><code class="secret">{written}</code></p></div></li> }
            })
            .collect();
        (!rows.is_empty()).then(|| {
            view! { <section aria-labelledby=id><h2 id=id>{title}</h2><ul class="rows">{rows}</ul></section> }
                .into_any()
        })
    };
    let groups = [
        group("stodlinje", "stodlinjer", "Stödlinjer"),
        group("kontakt", "kontakter", "Kontakter"),
        group("statistik", "siffror", "Siffror"),
    ];
    let groups = groups.into_iter().flatten().collect_view();
    view! {
        <Document head>
            <h1>"Uppgifter att hänvisa till"</h1>
            <p class="lead">"Skriv inte telefonnummer och siffror för hand. Kopiera hänvisningen till din text, så står rätt uppgift där även när den ändras."</p>
            {groups}
        </Document>
    }
}
