//! `/vagledning/{slug}`: one guidance page.

use super::overview::audience_line;
use super::{Article, Source, Standing};
use crate::document::{Document, Head};
use crate::law::cited::CitedList;
use crate::law::date_field::DateField;
use crate::law::day::Asked;
use crate::routes::paths;
use crate::services::Services;
use crate::text::dates::swedish;
use crate::ui::crumbs::Crumb;
use crate::ui::day::Day;
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
    };
    let html = article.html.clone();
    let footer = article.clone();
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
                <Contents article=article.clone() />
                <div class="text" inner_html=html></div>
                <Provisions article=article.clone() />
                <Sources sources=article.sources.clone() />
                <Facts article=article.clone() />
                <Related article=article.clone() />
            </article>
            <Pager article=footer />
        </Document>
    }
}

#[component]
fn ArchivedNotice() -> impl IntoView {
    view! {
        <div class="notice notice-warning" role="note">
            <p class="notice-title">"Arkiverad"</p>
            <p>"Sidan finns kvar för den som behöver se vad som stod här, men den hålls inte längre aktuell."</p>
        </div>
    }
}

fn county_line(article: &Article) -> Option<String> {
    let names: Vec<&str> = article.counties.iter().map(|county| county.name).collect();
    (!names.is_empty()).then(|| format!(" Gäller {}.", names.join(", ")))
}

/// The page's main headings; nothing for a page with fewer than three.
#[component]
fn Contents(article: Arc<Article>) -> impl IntoView {
    let mut headings: Vec<(String, String)> =
        article.headings.iter().filter(|h| h.level == 2).map(|h| (h.id.clone(), h.text.clone())).collect();
    if !article.sources.is_empty() {
        headings.push(("kallor".into(), "Källor".into()));
    }
    (headings.len() >= 3).then(|| {
        let items = headings.into_iter().map(|(id, text)| view! { <li><a href=format!("#{id}")>{text}</a></li> });
        view! {
            <nav class="contents" aria-labelledby="innehallsforteckning">
                <h2 id="innehallsforteckning">"På sidan"</h2>
                <ol>{items.collect_view()}</ol>
            </nav>
        }
    })
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
    })
}

#[component]
fn Sources(sources: Vec<Source>) -> impl IntoView {
    (!sources.is_empty()).then(|| {
        let items = sources.into_iter().map(|source| {
            let title = match source.url {
                Some(url) => view! { <a class="external" rel="noreferrer" href=url>{source.title}</a> }.into_any(),
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

#[component]
fn Related(article: Arc<Article>) -> impl IntoView {
    let related = article.related.clone();
    (!related.is_empty()).then(|| {
        let items = related.into_iter().map(|r| view! { <li><a href=r.path>{r.title}</a></li> });
        view! {
            <nav class="related" aria-labelledby="relaterat">
                <h2 id="relaterat">"Läs också"</h2>
                <ul>{items.collect_view()}</ul>
            </nav>
        }
    })
}

#[component]
fn Pager(article: Arc<Article>) -> impl IntoView {
    let (previous, next) = (article.previous.clone(), article.next.clone());
    (previous.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label="Fler sidor">
                {previous.map(|page| view! { <a rel="prev" href=page.path><span>"Föregående"</span> " " {page.title}</a> })}
                {next.map(|page| view! { <a rel="next" href=page.path><span>"Nästa"</span> " " {page.title}</a> })}
            </nav>
        }
    })
}
