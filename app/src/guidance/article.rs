//! `/vagledning/{slug}`: one guidance page.

use super::overview::audience_line;
use super::related::Related;
use super::{Article, Reference, Source, Standing};
use crate::document::{Document, Head};
use crate::law::cited::CitedList;
use crate::law::date_field::DateField;
use crate::law::day::Asked;
use crate::routes::paths;
use crate::services::Services;
use crate::text::dates::swedish;
use crate::ui::contents::Contents;
use crate::ui::crumbs::Crumb;
use crate::ui::day::Day;
use crate::ui::external::External;
use crate::ui::notice::{Notice, Weight};
use crate::ui::pager::Pager;
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn ArticlePage(article: Arc<Article>) -> impl IntoView {
    let mut crumbs = vec![Crumb::new(paths::GUIDANCE, "Vägledning")];
    crumbs.extend(article.subjects.first().map(|subject| Crumb::new(paths::subject(&subject.slug), &subject.title)));
    let standing = match article.standing {
        Standing::InForce => format!("publicerad, granskad {}", swedish(article.reviewed)),
        Standing::Archived => "arkiverad".to_owned(),
    };
    let head = Head {
        title: article.short_title.clone(),
        description: article.lead.clone(),
        path: paths::article(&article.slug),
        crumbs,
        version: Some(article.updated),
        standing: Some(standing),
        hidden: article.standing == Standing::Archived,
        ..Head::default()
    };
    let html = article.html.clone();
    let neighbour = |page: &Option<Reference>| page.clone().map(|page| (page.path, page.title));
    let (previous, next) = (neighbour(&article.previous), neighbour(&article.next));
    view! {
        <Document head>
            <article class="guide">
                <header>
                    <h1>{article.title.clone()}</h1>
                    <p class="lead">{article.lead.clone()}</p>
                    <p class="stamp">
                        "Uppdaterad " <Day day=article.updated /> ". " {audience_line(&article.audiences)}
                        {county_line(&article)}
                    </p>
                </header>
                {(article.standing == Standing::Archived).then(ArchivedNotice)}
                <Contents headings=main_headings(&article) />
                <div class="text" inner_html=html></div>
                <Provisions article=article.clone() />
                <Sources sources=article.sources.clone() />
                <Facts article=article.clone() />
                <Related title="Läs också" pages=article.related.clone() />
            </article>
            <Pager previous next />
        </Document>
    }
}

#[component]
fn ArchivedNotice() -> impl IntoView {
    view! {
        <Notice weight=Weight::Warning title="Arkiverad">
            <p>"Sidan finns kvar för den som behöver se vad som stod här, men den hålls inte längre aktuell."</p>
        </Notice>
    }
}

fn county_line(article: &Article) -> Option<String> {
    let names: Vec<&str> = article.counties.iter().map(|county| county.name).collect();
    (!names.is_empty()).then(|| format!(" Gäller {}.", names.join(", ")))
}

fn main_headings(article: &Article) -> Vec<(String, String)> {
    let main = article.headings.iter().filter(|heading| heading.level == 2);
    let sources = (!article.sources.is_empty()).then(|| ("kallor".to_owned(), "Källor".to_owned()));
    main.map(|heading| (heading.id.clone(), heading.text.clone())).chain(sources).collect()
}

/// What the page cites, with what has become of it; and what applied on another day.
#[component]
fn Provisions(article: Arc<Article>) -> impl IntoView {
    let law = Services::current().law;
    let path = paths::article(&article.slug);
    let cited = law.cited_on(&path);
    let replaced = cited.iter().any(|cited| cited.replaced.is_some());
    (!cited.is_empty()).then(|| {
        let count = cited.len();
        let chains = law.chains_of(&path);
        view! {
            <section class="sources" aria-labelledby="lagrum">
                <h2 id="lagrum">"Lagrum på sidan"</h2>
                <details open=replaced.then_some("")>
                    <summary>{if count == 1 { "1 hänvisning".to_owned() } else { format!("{count} hänvisningar") }}</summary>
                    <CitedList cited />
                </details>
            </section>
            <DateField path asked=Asked::current() chains />
        }
        .into_any()
    })
}

#[component]
pub fn Sources(sources: Vec<Source>) -> impl IntoView {
    (!sources.is_empty()).then(|| {
        let items = sources.into_iter().map(|source| {
            let title = match source.url {
                Some(url) => view! { <External href=url text=source.title /> }.into_any(),
                None => source.title.into_any(),
            };
            let publisher = source.publisher.map(|publisher| format!("{publisher}. "));
            let read = source.read.map(|day| view! { "Läst " <Day day /> "." });
            view! { <li>{title} " " <span>{publisher} {read}</span></li> }
        });
        view! {
            <section class="sources" aria-labelledby="kallor">
                <h2 id="kallor">"Källor"</h2>
                <ul>{items.collect_view()}</ul>
            </section>
        }
    })
}

#[component]
fn Facts(article: Arc<Article>) -> impl IntoView {
    let audiences: Vec<&str> = article.audiences.iter().map(|audience| audience.name()).collect();
    view! {
        <dl class="meta">
            <dt>"Publicerad"</dt>
            <dd><Day day=article.published /></dd>
            <dt>"Senast uppdaterad"</dt>
            <dd><Day day=article.updated /></dd>
            <dt>"Granskad"</dt>
            <dd><Day day=article.reviewed /></dd>
            <dt>"Granskas senast"</dt>
            <dd><Day day=article.review_due /></dd>
            <dt>"Lagtext som den gällde"</dt>
            <dd><Day day=article.legal_date /></dd>
            <dt>"Målgrupper"</dt>
            <dd>{audiences.join(", ")}</dd>
        </dl>
    }
}
