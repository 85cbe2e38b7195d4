//! Standing pages, and the accessibility statement.

use super::renderer::{Renderer, Text};
use super::sources::Sources;
use crate::law::PageKind;
use crate::search::Page;
use app::accessibility::Statement;
use app::pages::StandingPage;
use app::routes::paths;
use std::collections::BTreeMap;
use std::sync::Arc;

/// By slug.
pub(super) fn standing(sources: &Sources, renderer: &mut Renderer) -> BTreeMap<String, Arc<StandingPage>> {
    let page = |(file, source): &(String, crate::content::PageSource)| {
        let text = Text {
            file,
            address: paths::standing(&source.slug),
            title: &source.title,
            kind: PageKind::Standing,
            legal_date: source.updated,
            body: &source.body,
            body_line: source.body_line,
        };
        let rendered = renderer.render(text, |rendered| {
            let page = Page::standing(source, rendered);
            if page.path == paths::HELP { page.with_lines(&sources.lines) } else { page }
        });
        let page = StandingPage {
            slug: source.slug.clone(),
            title: source.title.clone(),
            short_title: source.short_title.clone(),
            lead: source.lead.clone(),
            updated: source.updated,
            reviewed: source.reviewed,
            html: rendered.html,
        };
        (source.slug.clone(), Arc::new(page))
    };
    sources.pages.iter().map(page).collect()
}

pub(super) fn statement(sources: &Sources, renderer: &mut Renderer) -> Option<Arc<Statement>> {
    let (file, statement) = sources.statement.as_ref()?;
    renderer.require(file, 1, &statement.report.1);
    Some(Arc::clone(statement))
}
