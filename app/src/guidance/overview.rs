//! `/vagledning/`: all subjects; with `?malgrupp=`, the pages written for one audience.

use super::{Article, Audience, Guidance, Subject};
use crate::document::{Document, Head};
use crate::routes::paths;
use crate::services::Services;
use crate::ui::crumbs::Crumb;
use crate::ui::day::Day;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::sync::Arc;

#[component]
pub fn OverviewPage() -> impl IntoView {
    let asked = use_query_map().with_untracked(|query| query.get("malgrupp"));
    let guidance = Services::current().guidance;
    match asked.as_deref().and_then(Audience::parse) {
        Some(audience) => for_audience(audience, guidance.as_ref()).into_any(),
        None => all_subjects(guidance.as_ref()).into_any(),
    }
}

fn all_subjects(guidance: &dyn Guidance) -> impl IntoView + use<> {
    let head = Head {
        title: "Vägledning".into(),
        description: "Vägledning för dig som möter utsatta, barn och utövare i ditt arbete.".into(),
        path: paths::GUIDANCE.into(),
        ..Head::default()
    };
    let subjects = guidance
        .subjects()
        .iter()
        .map(|Subject { slug, title, description }| {
            let count = super::in_subject(guidance.articles(), slug).len();
            let count = if count == 1 { "1 sida".to_owned() } else { format!("{count} sidor") };
            view! {
                <li>
                    <h2><a href=paths::subject(slug)>{title.clone()}</a></h2>
                    <p>{description.clone()}</p>
                    <p class="aside">{count}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <Document head>
            <h1>"Vägledning"</h1>
            <p class="lead">"Vad du ska göra, vem som ansvarar och vad lagen säger. Välj ett ämne, eller vem du är."</p>
            <Audiences chosen=None />
            <ul class="list two">{subjects}</ul>
        </Document>
    }
}

fn for_audience(audience: Audience, guidance: &dyn Guidance) -> impl IntoView + use<> {
    let head = Head {
        title: format!("Vägledning: {}", audience.name()),
        description: format!("Vägledning för {}.", audience.name().to_lowercase()),
        path: paths::for_audience(audience),
        crumbs: vec![Crumb::new(paths::GUIDANCE, "Vägledning")],
        ..Head::default()
    };
    let articles: Vec<_> =
        guidance.articles().iter().filter(|article| article.audiences.contains(&audience)).cloned().collect();
    view! {
        <Document head>
            <h1>{format!("Vägledning: {}", audience.name())}</h1>
            <p class="lead">{format!("{} sidor är skrivna för dig.", articles.len())}</p>
            <Audiences chosen=Some(audience) />
            <ArticleList articles />
        </Document>
    }
}

/// One link for each audience that has a page.
#[component]
fn Audiences(chosen: Option<Audience>) -> impl IntoView {
    let guidance = Services::current().guidance;
    let links = Audience::ALL
        .into_iter()
        .filter(|audience| guidance.articles().iter().any(|article| article.audiences.contains(audience)))
        .map(|audience| {
            let current = (chosen == Some(audience)).then_some("page");
            view! { <li><a href=paths::for_audience(audience) aria-current=current>{audience.name()}</a></li> }
        })
        .collect_view();
    let all = chosen.map(|_| view! { <li><a href=paths::GUIDANCE>"Alla ämnen"</a></li> });
    view! { <nav class="letters" aria-label="Vem du är"><ul>{links} {all}</ul></nav> }
}

#[component]
pub fn ArticleList(articles: Vec<Arc<Article>>) -> impl IntoView {
    let items = articles
        .iter()
        .map(|article| {
            view! {
                <li>
                    <h2><a href=paths::article(&article.slug)>{article.title.clone()}</a></h2>
                    <p>{article.lead.clone()}</p>
                    <p class="aside">"Uppdaterad " <Day day=article.updated /> ". " {audience_line(&article.audiences)}</p>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="list">{items}</ul> }
}

/// "För socialtjänst, tandvård."
pub fn audience_line(audiences: &[Audience]) -> String {
    let names: Vec<String> = audiences.iter().map(|audience| audience.name().to_lowercase()).collect();
    format!("För {}.", names.join(", "))
}
