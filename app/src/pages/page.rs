//! `/om/`, `/kontakt/`, …: a text that stands by itself.

use super::StandingPage;
use crate::document::{Document, Head};
use crate::errors::NotFound;
use crate::routes::paths;
use crate::services::Services;
use crate::ui::day::Day;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::sync::Arc;

#[component]
pub fn StandingPagePlace() -> impl IntoView {
    let slug = use_params_map().with_untracked(|params| params.get("slug").unwrap_or_default());
    match Services::current().pages.page(&slug) {
        None => NotFound().into_any(),
        Some(page) => view! { <StandingPageView page /> }.into_any(),
    }
}

#[component]
pub fn StandingPageView(page: Arc<StandingPage>) -> impl IntoView {
    let head = Head {
        title: page.short_title.clone(),
        description: page.lead.clone(),
        path: paths::standing(&page.slug),
        version: Some(page.updated),
        ..Head::default()
    };
    let (title, lead, html, updated, reviewed) =
        (page.title.clone(), page.lead.clone(), page.html.clone(), page.updated, page.reviewed);
    view! {
        <Document head>
            <article class="guide">
                <header>
                    <h1>{title}</h1>
                    <p class="lead">{lead}</p>
                </header>
                <div class="text" inner_html=html></div>
                <dl class="meta">
                    <dt>"Senast uppdaterad"</dt>
                    <dd><Day day=updated /></dd>
                    {reviewed.map(|day| view! { <dt>"Granskad"</dt><dd><Day day /></dd> })}
                </dl>
            </article>
        </Document>
    }
}
