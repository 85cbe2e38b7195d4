//! `/ordlista/`: every term by letter; `?q=` shows only those that match, also without JavaScript.

use super::Term;
use super::islands::TermFilter;
use crate::document::{Document, Head};
use crate::routes::paths;
use crate::search::Query;
use crate::services::Services;
use crate::text::collation::initial;
use crate::text::slug::slug;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub fn GlossaryPage() -> impl IntoView {
    let asked = use_query_map().with_untracked(|query| query.get("q")).as_deref().and_then(Query::parse);
    let glossary = Services::current().glossary;
    let wanted = asked.as_ref().map(|query| query.as_str().to_lowercase());
    let is_shown = |term: &Term| wanted.as_ref().is_none_or(|wanted| term.matches(wanted));
    let count = asked.as_ref().map(|query| match glossary.terms().iter().filter(|term| is_shown(term)).count() {
        0 => format!("Inget ord matchar ”{}”.", query.as_str()),
        1 => format!("1 ord matchar ”{}”.", query.as_str()),
        many => format!("{many} ord matchar ”{}”.", query.as_str()),
    });

    // All terms, those that do not match hidden: the filter can be widened again without asking the server.
    let mut letters: Vec<(String, Vec<&Term>)> = Vec::new();
    for term in glossary.terms() {
        let letter = initial(&term.term);
        match letters.last_mut() {
            Some((last, terms)) if *last == letter => terms.push(term),
            _ => letters.push((letter, vec![term])),
        }
    }
    let index = letters
        .iter()
        .map(|(letter, terms)| (letter, !terms.iter().any(|term| is_shown(term))))
        .map(|(letter, hidden)| view! { <li hidden=hidden><a href=format!("#{}", anchor(letter))>{letter.clone()}</a></li> })
        .collect_view();
    let sections = letters
        .iter()
        .map(|(letter, terms)| {
            let hidden = !terms.iter().any(|term| is_shown(term));
            let terms = terms.iter().map(|term| entry(term, !is_shown(term))).collect_view();
            view! {
                <section class="letter" hidden=hidden aria-labelledby=anchor(letter)>
                    <h2 id=anchor(letter)>{letter.clone()}</h2>
                    <dl class="terms">{terms}</dl>
                </section>
            }
        })
        .collect_view();
    let head = Head {
        title: "Ordlista".into(),
        description: "Ord och begrepp, förklarade på vanlig svenska med källa.".into(),
        path: paths::GLOSSARY.into(),
        ..Head::default()
    };
    let typed = asked.map(|query| query.as_str().to_owned()).unwrap_or_default();
    view! {
        <Document head>
            <h1>"Ordlista"</h1>
            <p class="lead">"Ord och begrepp på området, förklarade på vanlig svenska med källa."</p>
            <TermFilter typed action=paths::GLOSSARY.to_owned() />
            <p class="hits" role="status" data-count="">{count}</p>
            <nav class="letters" aria-label="Bokstäver"><ul>{index}</ul></nav>
            {sections}
        </Document>
    }
}

fn entry(term: &Term, hidden: bool) -> impl IntoView + use<> {
    let synonyms = (!term.synonyms.is_empty()).then(|| view! { <dd>"Kallas också: " {term.synonyms.join(", ")}</dd> });
    let source = term.source.clone().map(|source| view! { <dd class="aside">"Källa: " {source}</dd> });
    let guidance = term.guidance.clone().map(|page| view! { <dd>"Läs mer: " <a href=page.path>{page.title}</a></dd> });
    view! {
        <div id=term.id.clone() data-words=term.words() hidden=hidden>
            <dt>{term.term.clone()}</dt>
            <dd>{term.definition.clone()}</dd>
            {synonyms}
            {guidance}
            {source}
        </div>
    }
}

/// Letters å and ä would share an anchor with a; they get one of their own.
fn anchor(letter: &str) -> String {
    match letter {
        "Å" => "bokstav-aa".into(),
        "Ä" => "bokstav-ae".into(),
        "Ö" => "bokstav-oe".into(),
        other => format!("bokstav-{}", slug(other)),
    }
}
