//! `/redaktion/konferenser/{arrangemang}/kost/`: what kitchen and house need to know, as counts. A number below three is
//! not told exactly, and nobody is named: whoever has an unusual need is known by it.
//!
//! What people have written in words that we do not know is counted as something else. Somebody must read it all the
//! same, or nobody gets the right food: it is shown when somebody asks for it, without whose it is, and the reading stands
//! in the log.

use super::event::head;
use super::{AllNeeds, diet, organised};
use crate::desk::{Answer, Asked, Stop};
use crate::document::Document;
use crate::events::{Event, keeping};
use crate::routes::desk;
use crate::text::dates::swedish;
use crate::ui::table::TableBox;
use leptos::prelude::*;
use std::sync::Arc;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let (event, editor) = organised(&asked).await?;
    let needs = asked.services.organising.needs(&editor, &event).await?;
    Ok(Answer::page(move || view(event, needs, false)))
}

pub async fn in_words(asked: Asked) -> Result<Answer, Stop> {
    let (event, editor) = organised(&asked).await?;
    let needs = asked.services.organising.needs_in_words(&editor, &event).await?;
    Ok(Answer::page(move || view(event, needs, true)))
}

fn view(event: Arc<Event>, AllNeeds { needs }: AllNeeds, in_words: bool) -> impl IntoView {
    let head = head(&event, desk::CATERING, "Kost och tillgänglighet");
    let table = |called: &'static str, counts: Vec<(&'static str, String)>| {
        let rows: Vec<_> = counts
            .into_iter()
            .map(|(what, count)| view! { <tr><th scope="row">{what}</th><td>{count}</td></tr> })
            .collect();
        let none = rows.is_empty().then(|| view! { <p>"Ingen har skrivit något."</p> });
        view! {
            <h2>{called}</h2>
            {none}
            {(!rows.is_empty()).then(|| view! {
                <TableBox about=called>
                    <table><thead><tr><th scope="col">"Behov"</th><th scope="col">"Antal"</th></tr></thead><tbody>{rows}</tbody></table>
                </TableBox>
            })}
        }
    };
    let words = if in_words {
        own_words(&needs).into_any()
    } else {
        view! {
            <h2>"Egna ord"</h2>
            <p>"Det som skrivits med andra ord än våra räknas som annat. Läs det bara när köket eller lokalen behöver veta. \
                Du ser inte vem som har skrivit, och läsningen står i loggen."</p>
            <form method="post" action=desk::of_event(desk::CATERING_WORDS, &event.id)>
                <button class="quiet">"Läs det som skrivits med egna ord"</button>
            </form>
        }
        .into_any()
    };
    view! {
        <Document head>
            <h1>"Kost och tillgänglighet"</h1>
            <p class="lead">"Till kök och lokal. Bara antal: lämna aldrig ut namn."</p>
            <p>{format!("Uppgifterna gäller dem som har plats. De tas bort den {}.", swedish(keeping::needs_are_deleted(&event.plan)))}</p>
            {table("Kost", diet::diets(&needs))}
            {table("Tillgänglighet", diet::access(&needs))}
            <p>{format!("”Färre än {}” kan vara en eller två. Räkna med två.", super::masking::LEAST)}</p>
            {words}
        </Document>
    }
}

/// In alphabetical order, food and house each for itself: no line tells whose it is, or what belongs together.
fn own_words(needs: &[crate::events::Needs]) -> impl IntoView + use<> {
    let list = |mut texts: Vec<String>| {
        texts.retain(|text| !text.trim().is_empty());
        texts.sort_by_key(|text| crate::text::collation::key(text));
        texts.dedup();
        texts.into_iter().map(|text| view! { <li class="as-typed">{text}</li> }).collect::<Vec<_>>()
    };
    let diets = list(needs.iter().map(|needs| needs.diet.clone()).collect());
    let access = list(needs.iter().map(|needs| needs.access.clone()).collect());
    view! {
        <h2>"Egna ord"</h2>
        <p>"Visas bara nu. Skriv om det i era egna ord innan det lämnas vidare: ordalydelsen kan röja någon."</p>
        <h3>"Kost"</h3>
        <ul>{diets}</ul>
        <h3>"Tillgänglighet"</h3>
        <ul>{access}</ul>
    }
}
