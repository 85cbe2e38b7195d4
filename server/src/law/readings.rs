//! What pages cite, put together: who uses which section, what has gone stale, who must do what.

use super::LawShelf;
use super::book::{LawBook, Sources, split};
use super::regulation::{self, merge_citing};
use crate::citations::{Reader, Reason};
use crate::content::Problem;
use crate::markdown::{CitationFound, DoubtFound, DutyFound, Rendered};
use app::law::place::Place;
use app::law::standing::Standing;
use app::law::{BlockKind, CitingKind, CitingPage, Duty, Kind, Regulation, Spot, Stale};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One published text as its law was read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The file within `content/`.
    pub file: String,
    /// The page's address and title.
    pub page: String,
    pub title: String,
    pub kind: PageKind,
    pub legal_date: Date,
    pub citations: Vec<CitationFound>,
    pub doubts: Vec<DoubtFound>,
    pub duties: Vec<DutyFound>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageKind {
    Guidance,
    /// Kept to be read; not kept up.
    Archived,
    /// A page about a book that explains this instrument.
    Handbook {
        instrument: String,
    },
    /// A page of the portal's own.
    Standing,
    /// A regulation; whether it is in force.
    Regulation {
        in_force: bool,
    },
}

impl Reading {
    pub fn new(file: &str, page: String, title: &str, kind: PageKind, legal_date: Date, rendered: &Rendered) -> Self {
        Self {
            file: file.to_owned(),
            page,
            title: title.to_owned(),
            kind,
            legal_date,
            citations: rendered.citations.clone(),
            doubts: rendered.doubts.clone(),
            duties: rendered.duties.clone(),
        }
    }

    fn citing_kind(&self) -> Option<CitingKind> {
        match self.kind {
            PageKind::Guidance => Some(CitingKind::Guidance),
            PageKind::Handbook { .. } => Some(CitingKind::Handbook),
            PageKind::Regulation { .. } => Some(CitingKind::Regulation),
            PageKind::Archived | PageKind::Standing => None,
        }
    }

    /// Is it the page's business to be up to date about this instrument?
    fn answers_for(&self, instrument: &str, book: &LawBook) -> bool {
        match &self.kind {
            PageKind::Guidance | PageKind::Standing | PageKind::Regulation { in_force: true } => true,
            // The page of an old edition says at its top that the book's rules are no longer in force.
            PageKind::Handbook { instrument: own } => book.replaced(own).is_none() && own != instrument,
            PageKind::Archived | PageKind::Regulation { in_force: false } => false,
        }
    }
}

/// By instrument: sections that are cited and exist but have no summary.
pub type Stubs = BTreeMap<String, BTreeSet<Place>>;

/// What gets a place on its instrument's page because somebody cites it.
pub fn stubs(book: &LawBook, cited: impl IntoIterator<Item = String>) -> Stubs {
    let mut stubs = Stubs::new();
    for target in cited {
        let (instrument, Some(Ok(place))) = split(&target) else { continue };
        let place = place.section_only();
        if book.exists(instrument, place) == Some(true) && book.has_anchor(instrument, place) == Some(false) {
            stubs.entry(instrument.to_owned()).or_default().insert(place);
        }
    }
    stubs
}

impl LawShelf {
    /// Builds the shelf from what was read. `readings` are those of all pages but the regulations' own.
    pub fn build(
        book: &Arc<LawBook>,
        sources: &Sources,
        stubs: &Stubs,
        mut readings: Vec<Reading>,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut regulations = Vec::new();
        for (path, source) in &sources.regulations {
            let own: Vec<Place> = stubs.get(&source.id).into_iter().flatten().copied().collect();
            let made = regulation::make(path, source, &own, book, problems);
            let in_force = source.span.holds(book.today());
            for rendered in &made.texts {
                let page = app::routes::paths::regulation(&source.slug);
                readings.push(Reading::new(
                    path,
                    page,
                    &source.label,
                    PageKind::Regulation { in_force },
                    source.checked,
                    rendered,
                ));
            }
            regulations.push(made.regulation);
        }
        problems.extend(readings.iter().flat_map(|reading| faults(reading, book)));

        let citing = citing(&readings, book);
        let duties = readings.iter().flat_map(|reading| duties(reading, book)).collect();
        for regulation in &mut regulations {
            let entries: Vec<_> = citing
                .get(&regulation.id)
                .map(|citing| citing.iter().filter_map(|(place, page)| Some(((*place)?, page.clone()))).collect())
                .unwrap_or_default();
            regulation::add_citing(regulation, &entries);
            regulation.correspondences = regulation::correspondences(book, &regulation.id, &sources.tables);
        }
        let uncovered = regulations.iter().flat_map(|regulation| uncovered(regulation, &readings, book)).collect();
        regulations.sort_by_key(|regulation| {
            let repealed = regulation.span.standing(book.today()) == Standing::Repealed;
            (repealed, !regulation.kind.is_agency(), app::text::collation::key(&regulation.label))
        });
        let mut shelf = Self {
            today: book.today(),
            book: Some(Arc::clone(book)),
            regulations: regulations.into_iter().map(Arc::new).collect(),
            stale: readings.iter().flat_map(|reading| stale(reading, book)).collect(),
            duties,
            uncovered,
            ..Self::default()
        };
        for reading in &readings {
            shelf.take_up(reading, book);
        }
        shelf.citing = citing.into_iter().map(|(id, citing)| (id, merged(citing))).collect();
        shelf.readings = readings;
        shelf
    }

    /// What the page cites, each once, and the chains that this belongs to.
    fn take_up(&mut self, reading: &Reading, book: &LawBook) {
        let cited = self.cited.entry(reading.page.clone()).or_default();
        let chains = self.chains.entry(reading.page.clone()).or_default();
        for citation in &reading.citations {
            if !cited.iter().any(|known| known.spot.target == citation.target) {
                cited.push(book.cited(&citation.target));
            }
            let (instrument, _) = split(&citation.target);
            let dated = book.span(instrument).is_some();
            if dated && !chains.iter().any(|chain| chain.position(instrument).is_some()) {
                chains.push(book.chain(instrument));
            }
        }
    }
}

/// What an author must mend: a section that does not exist, a series or abbreviation that is misspelt.
fn faults(reading: &Reading, book: &LawBook) -> Vec<Problem> {
    let mut problems = Vec::new();
    for citation in &reading.citations {
        let (instrument, place) = split(&citation.target);
        if let Some(Ok(place)) = place
            && book.exists(instrument, place.section_only()) == Some(false)
            && !citation.told
        {
            let message = format!(
                "”{}”: {} finns inte i {}",
                citation.text,
                place.section_only().spoken(),
                book.label(instrument)
            );
            problems.push(Problem::new(&reading.file, citation.line, message));
        }
    }
    for doubt in &reading.doubts {
        // What names no act, or one that we don't know, may well be right as it stands.
        if matches!(doubt.reason, Reason::UnknownSeries | Reason::AbbreviationMisspelt | Reason::NoSuchPlace) {
            let message = format!("”{}”: {}", doubt.text, doubt.reason.in_swedish());
            problems.push(Problem::new(&reading.file, doubt.line, message));
        }
    }
    problems
}

/// By instrument: the place that is cited, `None` for the whole, and who does.
type CitingPages = BTreeMap<String, Vec<(Option<Place>, CitingPage)>>;

fn citing(readings: &[Reading], book: &LawBook) -> CitingPages {
    let mut citing = CitingPages::new();
    for reading in readings {
        let Some(source) = reading.citing_kind() else { continue };
        for citation in &reading.citations {
            let (instrument, place) = split(&citation.target);
            let own = source == CitingKind::Regulation && book.spot(instrument).href == reading.page;
            if own {
                continue;
            }
            let page = CitingPage {
                path: reading.page.clone(),
                title: reading.title.clone(),
                source,
                citations: vec![citation.text.clone()],
            };
            citing.entry(instrument.to_owned()).or_default().push((place.and_then(Result::ok), page));
        }
    }
    citing
}

/// One entry a page, by kind and title.
fn merged(citing: Vec<(Option<Place>, CitingPage)>) -> Vec<CitingPage> {
    let mut merged = Vec::new();
    for (_, page) in citing {
        merge_citing(&mut merged, page);
    }
    merged.sort_by_key(|page| (page.source, app::text::collation::key(&page.title)));
    merged
}

fn stale(reading: &Reading, book: &LawBook) -> Vec<Stale> {
    let citations = reading.citations.iter().filter(|citation| !citation.told);
    citations
        .filter(|citation| reading.answers_for(split(&citation.target).0, book))
        .filter_map(|citation| {
            Some(Stale {
                file: reading.file.clone(),
                line: citation.line,
                page: reading.page.clone(),
                title: reading.title.clone(),
                text: citation.text.clone(),
                target: citation.target.clone(),
                legal_date: citation.day,
                replaced: book.replaced(&citation.target)?,
            })
        })
        .collect()
}

fn duties<'a>(reading: &'a Reading, book: &'a LawBook) -> impl Iterator<Item = Duty> + 'a {
    let in_force = reading.kind == PageKind::Guidance;
    reading.duties.iter().filter(move |_| in_force).map(|duty| {
        let found = Reader::new(&book.lexicon, reading.legal_date, None).read(&duty.provisions);
        Duty {
            actors: duty.actors.clone(),
            force: duty.force,
            text: duty.text.clone(),
            provisions: found.citations.iter().map(|citation| book.cited(&citation.target)).collect(),
            page: reading.page.clone(),
            page_title: reading.title.clone(),
        }
    })
}

/// Brottsbalken. Crimes are rules for courts, not duties that guidance explains to services.
const CRIMINAL_CODE: &str = "sfs/1962:700";

/// Binding sections, in force, that no guidance cites, as a whole or in part.
fn uncovered(regulation: &Regulation, readings: &[Reading], book: &LawBook) -> Vec<Spot> {
    let today = book.today();
    let binds_services = regulation.kind != Kind::Advice && regulation.id != CRIMINAL_CODE;
    if !regulation.span.holds(today) || !binds_services {
        return Vec::new();
    }
    let guidance = readings.iter().filter(|reading| reading.kind == PageKind::Guidance);
    let cited: BTreeSet<Place> = guidance
        .flat_map(|reading| &reading.citations)
        .filter_map(|citation| match split(&citation.target) {
            (instrument, Some(Ok(place))) if instrument == regulation.id => Some(place.section_only()),
            _ => None,
        })
        .collect();
    let binds = |block: &app::law::Block| block.kind == BlockKind::Binding && block.span.holds(today);
    let parts = regulation.parts.iter().filter(|part| part.blocks.iter().any(binds));
    parts
        .filter_map(|part| part.place)
        .filter(|place| !cited.iter().any(|cited| place.holds(*cited)))
        .map(|place| book.spot(&format!("{}#{place}", regulation.id)))
        .collect()
}
