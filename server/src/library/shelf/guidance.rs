//! Guidance: the pages in the order in which they are read, and what stands where a page once was.

use super::renderer::{Renderer, Text};
use super::sources::Sources;
use crate::content::{ArticleSource, Status};
use crate::law::PageKind;
use crate::search::Page;
use app::guidance::{Article, Found, Reference, Standing, Subject};
use app::routes::paths;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The guidance of one library.
#[derive(Debug, Default)]
pub(super) struct GuidanceShelf {
    /// Only those that have a page.
    pub(super) subjects: Vec<Subject>,
    pub(super) articles: Vec<Arc<Article>>,
    pub(super) by_slug: BTreeMap<String, Found<Arc<Article>>>,
}

pub(super) fn guidance(sources: &Sources, renderer: &mut Renderer) -> GuidanceShelf {
    let has_page = |subject: &&Subject| {
        sources.shown_articles().any(|(_, a)| a.subjects.iter().any(|(slug, _)| *slug == subject.slug))
    };
    let subjects: Vec<Subject> = sources.subjects.iter().filter(has_page).cloned().collect();
    let articles =
        sources.shown_articles().map(|(file, source)| article(file, source, &sources.subjects, renderer)).collect();
    let articles = in_reading_order(articles, &subjects);

    let mut by_slug: BTreeMap<_, _> =
        articles.iter().map(|article| (article.slug.clone(), Found::Here(Arc::clone(article)))).collect();
    for (file, source) in &sources.articles {
        match &source.status {
            Status::Moved { to, line } => {
                renderer.require(file, *line, to);
                by_slug.insert(source.slug.clone(), Found::Moved { to: to.clone() });
            }
            Status::Withdrawn { reason } => {
                let gone = Found::Gone { title: source.title.clone(), reason: reason.clone() };
                by_slug.insert(source.slug.clone(), gone);
            }
            Status::Draft | Status::Published | Status::Archived => {}
        }
    }
    GuidanceShelf { subjects, articles, by_slug }
}

/// One page, without its neighbours.
fn article(file: &str, source: &ArticleSource, subjects: &[Subject], renderer: &mut Renderer) -> Article {
    let archived = source.status == Status::Archived;
    let text = Text {
        file,
        address: paths::article(&source.slug),
        title: &source.title,
        kind: if archived { PageKind::Archived } else { PageKind::Guidance },
        legal_date: source.legal_date,
        body: &source.body,
        body_line: source.body_line,
    };
    let rendered = renderer.render(text, |rendered| Page::article(source, rendered));
    let mut own_subjects = Vec::new();
    for (slug, line) in &source.subjects {
        match subjects.iter().find(|subject| subject.slug == *slug) {
            Some(subject) => own_subjects.push(subject.clone()),
            None => renderer.fault(file, *line, format!("ämnet `{slug}` finns inte i amnen.toml")),
        }
    }
    Article {
        slug: source.slug.clone(),
        title: source.title.clone(),
        short_title: source.short_title.clone(),
        lead: source.lead.clone(),
        subjects: own_subjects,
        audiences: source.audiences.clone(),
        counties: source.counties.clone(),
        standing: if archived { Standing::Archived } else { Standing::InForce },
        published: source.published,
        updated: source.updated,
        reviewed: source.reviewed,
        review_due: source.review_due,
        legal_date: source.legal_date,
        sources: source.sources.clone(),
        headings: rendered.headings,
        html: rendered.html,
        related: renderer.references(file, "relaterat", &source.related),
        previous: None,
        next: None,
    }
}

/// By subject, within a subject as the editors want; then each page learns its neighbours.
fn in_reading_order(mut articles: Vec<Article>, subjects: &[Subject]) -> Vec<Arc<Article>> {
    articles.sort_by_key(|article| {
        let main = article.subjects.first().map(|subject| subject.slug.as_str());
        subjects.iter().position(|subject| Some(subject.slug.as_str()) == main).unwrap_or(usize::MAX)
    });
    let references: Vec<Reference> = articles
        .iter()
        .map(|article| Reference {
            path: paths::article(&article.slug),
            title: article.short_title.clone(),
            lead: article.lead.clone(),
        })
        .collect();
    let neighbours = (0..).zip(articles).map(|(at, article): (usize, Article)| Article {
        previous: at.checked_sub(1).and_then(|before| references.get(before)).cloned(),
        next: references.get(at + 1).cloned(),
        ..article
    });
    neighbours.map(Arc::new).collect()
}
