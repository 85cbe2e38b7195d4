//! `/sok?q=`: a plain page that needs no script. With one it suggests words while one types.

use super::address::asked;
use super::islands::SearchBox;
use super::results::{Results, pages};
use crate::document::{Document, Head};
use crate::routes::paths;
use crate::services::Services;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub fn SearchPage() -> impl IntoView {
    let (request, page) = use_query_map().with_untracked(|query| asked(|name| query.get(name)));
    let typed = request.as_ref().map(|request| request.query.as_str().to_owned()).unwrap_or_default();
    let found = request.map(|request| (Services::current().search.search(&request), request));
    let head = Head {
        title: title(found.as_ref().map(|(answer, _)| answer.total), page),
        description: "Sök i vägledning, regler, handboken och ordlistan.".into(),
        path: paths::SEARCH.into(),
        hidden: true,
        ..Head::default()
    };
    let results = found.map(|(answer, request)| view! { <Results request answer page /> }.into_any());
    view! {
        <Document head>
            <h1>"Sök"</h1>
            <SearchBox typed />
            {results}
        </Document>
    }
}

/// What a screen reader says first of a new page. The words stay out: titles stand in the browser's history.
fn title(total: Option<usize>, page: usize) -> String {
    match total {
        None => "Sök".into(),
        Some(0) => "Sök: inga träffar".into(),
        Some(1) => "Sök: 1 träff".into(),
        Some(many) if page > 1 => format!("Sök: {many} träffar, sida {page} av {}", pages(many)),
        Some(many) => format!("Sök: {many} träffar"),
    }
}
