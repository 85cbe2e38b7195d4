//! The editions of the handbook with their chapters.

use super::renderer::{Renderer, Text};
use super::sources::Sources;
use crate::citations::Reader;
use crate::content::{ChapterSource, EditionSource};
use crate::law::{LawBook, PageKind};
use crate::search::Page;
use app::handbook::{Chapter, Edition};
use app::law::Cited;
use app::routes::paths;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::sync::Arc;

/// The newest regulation's edition first.
pub(super) fn editions(sources: &Sources, renderer: &mut Renderer) -> Vec<Arc<Edition>> {
    for (file, chapter) in &sources.chapters {
        if !sources.editions.iter().any(|edition| edition.slug == chapter.edition) {
            renderer.fault(file, 1, format!("utgåvan `{}` finns inte i handbok/utgavor.toml", chapter.edition));
        }
    }
    let book = renderer.book;
    let mut editions: Vec<_> =
        sources.editions.iter().map(|source| edition(source, &sources.chapters, renderer)).collect();
    editions.sort_by_key(|edition| Reverse(book.span(&edition.instrument.spot.target).and_then(|span| span.from)));
    editions.into_iter().map(Arc::new).collect()
}

fn edition(source: &EditionSource, chapters: &[(String, ChapterSource)], renderer: &mut Renderer) -> Edition {
    let own = chapters.iter().filter(|(_, chapter)| chapter.edition == source.slug);
    renderer.found(Page::edition(source, renderer.book.replaced(&source.instrument).is_some()));
    Edition {
        slug: source.slug.clone(),
        title: source.title.clone(),
        short_title: source.short_title.clone(),
        publisher: source.publisher.clone(),
        year: source.year,
        article_number: source.article_number.clone(),
        isbn: source.isbn.clone(),
        instrument: renderer.book.cited(&source.instrument),
        link: source.link.clone(),
        about: source.about.clone(),
        chapters: own.map(|(file, own)| Arc::new(chapter(file, own, source, renderer))).collect(),
    }
}

fn chapter(file: &str, source: &ChapterSource, edition: &EditionSource, renderer: &mut Renderer) -> Chapter {
    let (book, instrument) = (renderer.book, &edition.instrument);
    let text = Text {
        file,
        address: paths::chapter(&source.edition, &source.slug),
        title: &source.title,
        kind: PageKind::Handbook { instrument: instrument.clone() },
        legal_date: source.updated,
        body: &source.body,
        body_line: source.body_line,
    };
    let repealed = book.replaced(instrument).is_some();
    let rendered = renderer.render(text, |rendered| Page::chapter(source, edition, rendered, repealed));
    Chapter {
        edition: source.edition.clone(),
        slug: source.slug.clone(),
        title: source.title.clone(),
        short_title: source.short_title.clone(),
        lead: source.lead.clone(),
        provisions: source.provisions.iter().flat_map(|text| cited(text, source.updated, book)).collect(),
        guidance: renderer.references(file, "vagledning", &source.guidance),
        updated: source.updated,
        reviewed: source.reviewed,
        html: rendered.html,
    }
}

fn cited(text: &str, day: Date, book: &LawBook) -> Vec<Cited> {
    let found = Reader::new(&book.lexicon, day, None).read(text);
    found.citations.iter().map(|citation| book.cited(&citation.target)).collect()
}
