//! From a page's source to its HTML, and all that the page tells of itself on the way.

use super::links::Links;
use super::sources::Sources;
use crate::content::Problem;
use crate::law::{LawBook, PageKind, Reading};
use crate::markdown::{self, Facts, Glossary, Rendered, Setting};
use crate::search::Page;
use app::guidance::Reference;
use app::routes::paths;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Renders one page after the other, and gathers what they tell.
pub(super) struct Renderer<'a> {
    pub(super) book: &'a LawBook,
    glossary: Glossary,
    no_terms: Glossary,
    facts: Facts,
    /// The guidance that other pages may lead to, by slug.
    references: BTreeMap<&'a str, Reference>,
    rendering: Rendering,
}

/// What all pages told, put together.
pub(super) struct Rendering {
    pub(super) links: Links,
    pub(super) readings: Vec<Reading>,
    /// The pages as search finds them.
    pub(super) found: Vec<Page>,
    pub(super) problems: Vec<Problem>,
}

/// A page of our own, not yet rendered.
pub(super) struct Text<'a> {
    /// Within `content/`.
    pub(super) file: &'a str,
    pub(super) address: String,
    pub(super) title: &'a str,
    pub(super) kind: PageKind,
    /// The day on which the law that it names is read.
    pub(super) legal_date: Date,
    pub(super) body: &'a str,
    pub(super) body_line: usize,
}

impl<'a> Renderer<'a> {
    pub(super) fn new(book: &'a LawBook, sources: &'a Sources, problems: Vec<Problem>) -> Self {
        let references = sources.shown_articles().map(|(_, article)| {
            let path = paths::article(&article.slug);
            (article.slug.as_str(), Reference { path, title: article.title.clone(), lead: article.lead.clone() })
        });
        Self {
            book,
            glossary: super::glossary::linked(&sources.terms),
            no_terms: Glossary::empty(),
            facts: Facts::new(&sources.lines, &sources.contacts, &sources.figures),
            references: references.collect(),
            rendering: Rendering { links: Links::default(), readings: Vec::new(), found: Vec::new(), problems },
        }
    }

    pub(super) fn finish(self) -> Rendering {
        self.rendering
    }

    /// `searched` makes of the rendered text what search finds.
    pub(super) fn render(&mut self, text: Text, searched: impl FnOnce(&Rendered) -> Page) -> Rendered {
        let rendered = self.render_part(text);
        self.rendering.found.push(searched(&rendered));
        rendered
    }

    /// A text that is only a part of its page.
    pub(super) fn render_part(&mut self, text: Text) -> Rendered {
        // What the portal says of itself needs no words of the field explained.
        let glossary = if text.kind == PageKind::Standing { &self.no_terms } else { &self.glossary };
        let law = self.book.setting(text.legal_date);
        let rendered =
            markdown::render(text.body, text.body_line, Setting { glossary, facts: &self.facts, law: Some(law) });

        let told = &mut self.rendering;
        told.problems.extend(rendered.problems.iter().map(|p| Problem::new(text.file, p.line, &p.message)));
        told.links.add(text.file, &text.address, &rendered);
        told.readings.push(Reading::new(text.file, text.address, text.title, text.kind, text.legal_date, &rendered));
        rendered
    }

    /// A page that search finds, but that has no text of its own.
    pub(super) fn found(&mut self, page: Page) {
        self.rendering.found.push(page);
    }

    /// The guidance pages that a field names by their slugs, each with its line.
    pub(super) fn references(&mut self, file: &str, field: &str, slugs: &[(String, usize)]) -> Vec<Reference> {
        let mut known = Vec::new();
        for (slug, line) in slugs {
            match self.reference(slug) {
                Some(reference) => known.push(reference),
                None => self.fault(file, *line, format!("`{field}` nämner `{slug}`, som inte finns")),
            }
        }
        known
    }

    pub(super) fn reference(&self, slug: &str) -> Option<Reference> {
        self.references.get(slug).cloned()
    }

    /// What the file names outside its text must exist too.
    pub(super) fn require(&mut self, file: &str, line: usize, href: &str) {
        self.rendering.links.require(file, line, href);
    }

    pub(super) fn fault(&mut self, file: &str, line: usize, message: impl Into<String>) {
        self.rendering.problems.push(Problem::new(file, line, message));
    }
}
