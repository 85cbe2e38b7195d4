//! From a regulation's source to its page.

use super::book::LawBook;
use crate::content::{Problem, RegulationSource, TextSource};
use crate::markdown::{self, Glossary, LawSetting, Rendered, Setting};
use app::law::place::Place;
use app::law::{Block, CitingPage, Correspondence, Part, Regulation};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A regulation's page, with everything its texts cite.
pub(super) struct Made {
    pub(super) regulation: Regulation,
    pub(super) texts: Vec<Rendered>,
}

pub(super) fn make(
    path: &str,
    source: &RegulationSource,
    stubs: &[Place],
    book: &LawBook,
    problems: &mut Vec<Problem>,
) -> Made {
    let mut texts = Vec::new();
    // Names mean what they meant in the wording that we have read.
    let day = source.span.reading_day(source.checked);
    let mut html = |text: &TextSource, place: Option<Place>, day: Date, problems: &mut Vec<Problem>| {
        let law = LawSetting { own: Some(&source.id), place: place.unwrap_or_default(), ..book.setting(day) };
        let rendered = markdown::render(
            &text.markdown,
            text.line,
            Setting { law: Some(law), ..Setting::from(&Glossary::empty()) },
        );
        problems.extend(rendered.problems.iter().map(|p| Problem::new(path, p.line, &p.message)));
        let html = rendered.html.clone();
        texts.push(rendered);
        html
    };
    let intro = html(&source.intro, None, day, problems);
    let mut parts: Vec<Part> = source
        .parts
        .iter()
        .map(|part| {
            let mut anchors = BTreeSet::new();
            let blocks = part.blocks.iter().map(|block| {
                let day = block.span.last_day().unwrap_or(day);
                let html = html(&block.text, block.place.or(part.place), day, problems);
                let anchor = block
                    .place
                    .filter(|place| anchors.insert((*place, block.span.from)))
                    .map(|place| place.to_string());
                let html = if anchor.is_some() { number_items(&html, block.place) } else { html };
                Block { kind: block.kind, span: block.span, anchor, html }
            });
            Part {
                level: part.level,
                anchor: part.anchor.clone(),
                place: part.place,
                title: part.title.clone(),
                blocks: blocks.collect(),
                citing: Vec::new(),
            }
        })
        .collect();
    for stub in stubs {
        insert_stub(&mut parts, *stub);
    }
    let regulation = Regulation {
        id: source.id.clone(),
        slug: source.slug.clone(),
        title: source.title.clone(),
        label: source.label.clone(),
        kind: source.kind,
        publisher: source.publisher.clone(),
        lead: source.lead.clone(),
        span: source.span,
        chain: book.chain(&source.id),
        amendments: source.amendments.clone(),
        source: source.source.clone(),
        authoritative: source.authoritative.clone(),
        checked: source.checked,
        transition: source.transition.clone(),
        full_text: source.full_text,
        intro,
        parts,
        correspondences: Vec::new(),
    };
    Made { regulation, texts }
}

/// Numbered items of a stycke are its punkter, each with an anchor of its own.
fn number_items(html: &str, stycke: Option<Place>) -> String {
    let (Some(stycke), 1) = (stycke, html.matches("<ol>").count()) else { return html.to_owned() };
    let Some((before, list)) = html.split_once("<ol>") else { return html.to_owned() };
    if list.matches("<ul>").count() > 0 {
        return html.to_owned();
    }
    let mut numbered = format!("{before}<ol>");
    for (index, piece) in list.split("<li>").enumerate() {
        if index > 0 {
            numbered.push_str(&format!("<li id=\"{stycke}N{index}\">"));
        }
        numbered.push_str(piece);
    }
    numbered
}

/// A section that is cited but not summarised stands in its chapter, in order.
fn insert_stub(parts: &mut Vec<Part>, place: Place) {
    if parts.iter().any(|part| part.place == Some(place)) {
        return;
    }
    let chapter = Place { chapter: place.chapter, ..Place::default() };
    let part = |level, place: Place| Part {
        level,
        anchor: place.to_string(),
        place: Some(place),
        title: place.spoken(),
        blocks: Vec::new(),
        citing: Vec::new(),
    };
    // Before the first numbered part that comes later; parts are in order, as the law is.
    let put = |parts: &mut Vec<Part>, new: Part| {
        let at = parts
            .iter()
            .position(|part| part.place.is_some_and(|other| Some(other) > new.place))
            .unwrap_or(parts.len());
        parts.insert(at, new);
    };
    if place.chapter.is_some() && !parts.iter().any(|part| part.place == Some(chapter)) {
        put(parts, part(2, chapter));
    }
    if place != chapter {
        let level = if place.chapter.is_some() { 3 } else { 2 };
        let titled = Part { title: Place { chapter: None, ..place }.spoken(), ..part(level, place) };
        put(parts, titled);
    }
}

/// The rows of the tables that lead from or to this instrument.
pub(super) fn correspondences(
    book: &LawBook,
    id: &str,
    tables: &[(String, crate::content::CorrespondenceTable)],
) -> Vec<Correspondence> {
    let spot = |instrument: &str, place: Place| book.spot(&format!("{instrument}#{place}"));
    let tables = tables.iter().filter(|(_, table)| table.from == id || table.to == id);
    tables
        .flat_map(|(_, table)| {
            table.rows.iter().map(|row| Correspondence {
                from: row.from.map(|place| spot(&table.from, place)),
                to: row.to.iter().map(|place| spot(&table.to, *place)).collect(),
                kind: row.kind,
                about: row.about.clone(),
                checked_by: table.checked_by.clone(),
                checked: table.checked,
                basis: table.basis.clone(),
            })
        })
        .collect()
}

/// One entry a page, its citations together.
pub(super) fn merge_citing(pages: &mut Vec<CitingPage>, page: CitingPage) {
    match pages.iter_mut().find(|known| known.path == page.path) {
        Some(known) => {
            for citation in page.citations {
                if !known.citations.contains(&citation) {
                    known.citations.push(citation);
                }
            }
        }
        None => pages.push(page),
    }
}

/// Gives each part the pages that cite it or something within it: a chapter those that cite the chapter itself.
pub(super) fn add_citing(regulation: &mut Regulation, citing: &[(Place, CitingPage)]) {
    for part in &mut regulation.parts {
        let Some(place) = part.place else { continue };
        for (_, page) in citing.iter().filter(|(cited, _)| cited.section_only() == place) {
            merge_citing(&mut part.citing, page.clone());
        }
    }
}
