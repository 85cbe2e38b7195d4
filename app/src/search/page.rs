//! `/sok?q=`: a plain page that needs no script.

use super::{Hit, Piece, Query};
use crate::document::{Document, Head};
use crate::routes::paths;
use crate::services::Services;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub fn SearchPage() -> impl IntoView {
    let query = use_query_map().with_untracked(|query| query.get("q")).as_deref().and_then(Query::parse);
    // The words stay out of the window's title: titles stand in the browser's history.
    let head = Head {
        title: "Sök".into(),
        description: "Sök i vägledning och ordlista.".into(),
        path: paths::SEARCH.into(),
        hidden: true,
        ..Head::default()
    };
    let typed = query.as_ref().map(|query| query.as_str().to_owned());
    let answer = query.map(|query| {
        let hits = Services::current().search.search(&query);
        view! { <Answer query hits /> }
    });
    view! {
        <Document head>
            <h1>"Sök"</h1>
            <form class="search" role="search" action=paths::SEARCH aria-label="Sök i vägledning och ordlista">
                <label for="sok-text">"Vad söker du?"</label>
                <input type="search" id="sok-text" name="q" value=typed maxlength="200" autocomplete="off" />
                <button>"Sök"</button>
            </form>
            {answer}
        </Document>
    }
}

#[component]
fn Answer(query: Query, hits: Vec<Hit>) -> impl IntoView {
    let asked = query.as_str().to_owned();
    if hits.is_empty() {
        return view! {
            <p class="hits" role="status">{format!("Inga träffar på ”{asked}”.")}</p>
            <ul class="plain">
                <li>"Pröva ett kortare ord, eller färre ord."</li>
                <li>"Kontrollera stavningen."</li>
                <li>"Leta bland " <a href=paths::GUIDANCE>"ämnena"</a> " eller i " <a href=paths::GLOSSARY>"ordlistan"</a> "."</li>
                <li>"Behöver du själv stöd? Se " <a href=paths::HELP>"vart du kan vända dig"</a> "."</li>
            </ul>
        }
        .into_any();
    }
    let count = if hits.len() == 1 { "1 träff".to_owned() } else { format!("{} träffar", hits.len()) };
    let items = hits.into_iter().map(result).collect_view();
    view! {
        <p class="hits" role="status">{format!("{count} på ”{asked}”")}</p>
        <ol class="list results">{items}</ol>
    }
    .into_any()
}

fn result(hit: Hit) -> impl IntoView {
    let excerpt = hit.excerpt.into_iter().map(|piece| match piece {
        Piece::Plain(text) => text.into_any(),
        Piece::Marked(text) => view! { <mark>{text}</mark> }.into_any(),
    });
    let excerpt = excerpt.collect_view();
    let sections = (!hit.sections.is_empty()).then(|| {
        let links = hit.sections.into_iter().map(|(path, heading)| view! { <li><a href=path>{heading}</a></li> });
        view! { <ul class="plain">{links.collect_view()}</ul> }
    });
    view! {
        <li>
            <h2><a href=hit.path>{hit.title}</a></h2>
            <p class="where">{hit.kind}</p>
            <p>{excerpt}</p>
            {sections}
        </li>
    }
}
