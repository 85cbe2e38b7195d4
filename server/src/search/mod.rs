//! Search over everything that is published: sections are found, pages answer.

pub mod bench;
pub mod engine;
pub mod exam;
mod fixed;
mod index;
mod language;
mod pages;
mod provisions;
mod scan;
mod sections;
pub mod statistics;
mod wish;

pub use index::KeptIndex;
pub use language::Language;
pub use pages::{Page, PageSection};

use crate::law::LawBook;
use app::counties::COUNTIES;
use app::guidance::Audience;
use app::search::{Answer, Hit, Kind, Piece, Query, Request, Search};
use engine::{Engine, Question, excerpt, weights};
use jiff::civil::Date;
use scan::Scan;
use sections::Places;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use wish::Wish;

/// One generation of the library, ready to be searched: by the index once it has caught up, without it until then.
#[derive(Debug, Default)]
pub struct SearchShelf {
    pages: Vec<Page>,
    /// What each page is called, as [`engine::name`] writes it.
    names: Vec<Vec<String>>,
    places: Places,
    by_path: HashMap<String, usize>,
    engine: OnceLock<Engine>,
    /// Made when somebody searches before the index is there.
    scan: OnceLock<Scan>,
    language: Language,
    book: Arc<LawBook>,
    day: Date,
}

/// A section that holds less of the question than this does not answer it, if others hold more.
const LEAST_COVERAGE: f32 = 0.34;
/// Where nothing holds more than this, nothing answers: a few common letters are no answer.
const NOTHING: f32 = 0.2;

impl SearchShelf {
    /// `day` is the day on which pages are seen.
    pub fn new(pages: Vec<Page>, language: Language, book: Arc<LawBook>, day: Date) -> Self {
        let by_path = pages.iter().enumerate().map(|(at, page)| (page.path.clone(), at)).collect();
        let places = sections::places(&pages, &language.forms);
        let mut stems = language.stems();
        let mut name = |called: &String| engine::name(called, &mut stems);
        let names = pages.iter().map(|page| page.names.iter().map(&mut name).collect()).collect();
        Self { pages, names, places, by_path, engine: OnceLock::new(), scan: OnceLock::new(), language, book, day }
    }

    /// What search knows of words.
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// Every section with its address, as it is indexed.
    pub fn texts(&self) -> impl Iterator<Item = (String, engine::Section)> {
        self.sections(|_| true).map(|section| {
            let (page, at) = self.places[&section.id];
            let page = &self.pages[page];
            let anchor = page.sections[at].anchor.as_ref();
            (anchor.map_or_else(|| page.path.clone(), |anchor| format!("{}#{anchor}", page.path)), section)
        })
    }

    /// Has the index caught up with this generation?
    pub fn is_indexed(&self) -> bool {
        self.engine.get().is_some()
    }

    /// From now on, the index answers.
    fn answer_from(&self, engine: Engine) {
        // Indexed twice, either answers the same.
        drop(self.engine.set(engine));
    }

    fn holds(&self, id: u64) -> bool {
        self.places.contains_key(&id)
    }

    /// The sections that are wanted, as the index takes them in, in the order of the library.
    fn sections(&self, wanted: impl Fn(u64) -> bool) -> impl Iterator<Item = engine::Section> {
        let mut places: Vec<_> = self.places.iter().filter(|(id, _)| wanted(**id)).collect();
        places.sort_by_key(|(_, place)| **place);
        places.into_iter().map(|(id, (page, section))| {
            let page = &self.pages[*page];
            sections::section(*id, page, &page.sections[*section])
        })
    }

    /// Pages with the scores of their sections, best first.
    fn ranked(&self, query: &Query) -> Ranked {
        let question = Question::read(query.as_str(), &mut self.language.stems(), &self.language.lexis);
        let answer = match self.engine.get().map(|engine| engine.answer(&question)) {
            Some(Ok(answer)) => answer,
            Some(Err(error)) => {
                tracing::error!(error = format!("{error:#}"), "the index did not answer; searching without");
                self.scan().answer(&question)
            }
            None => self.scan().answer(&question),
        };
        let best = answer.found.iter().map(|found| found.coverage).fold(0.0, f32::max);
        let mut pages: Vec<RankedPage> = Vec::new();
        let mut known: HashMap<usize, usize> = HashMap::new();
        // Sections come best first.
        for found in answer.found.iter().filter(|found| best >= NOTHING && found.coverage >= LEAST_COVERAGE.min(best)) {
            let Some((page, section)) = self.places.get(&found.id) else { continue };
            let at = *known.entry(*page).or_insert_with(|| {
                pages.push(RankedPage { page: *page, score: 0.0, sections: Vec::new() });
                pages.len() - 1
            });
            pages[at].sections.push(RankedSection { at: *section, score: found.score, coverage: found.coverage });
        }
        let (wish, asked) = (Wish::read(&question), question.names(&answer.corrected, &mut self.language.stems()));
        for page in &mut pages {
            let shares = std::iter::once(1.0).chain(weights::FURTHER);
            let sections: f32 = page.sections.iter().zip(shares).map(|(section, share)| section.score * share).sum();
            let shown = &self.pages[page.page];
            let is_named = self.names[page.page].iter().any(|called| asked.contains(called));
            let named = if is_named { weights::NAMED } else { 1.0 };
            page.score = sections * wish.weight(shown, self.day) * named;
            page.land(shown);
        }
        pages.sort_by(|one, other| other.score.total_cmp(&one.score));
        Ranked { pages, marks: answer.marks, corrected: answer.corrected, words: question.words }
    }

    fn scan(&self) -> &Scan {
        self.scan.get_or_init(|| Scan::of(&self.pages, &self.places))
    }

    fn hit(&self, ranked: &Ranked, one: &RankedPage) -> Hit {
        let page = &self.pages[one.page];
        let best = one.sections.first().map_or(0, |section| section.at);
        let section = &page.sections[best];
        let pieces = excerpt(&section.text, &ranked.marks, &ranked.words, &mut self.language.stems());
        let further = one.sections.iter().filter(|section| section.at != best).filter_map(|section| {
            let section = &page.sections[section.at];
            let anchor = section.anchor.as_ref()?;
            Some((format!("{}#{anchor}", page.path), section.heading.clone()))
        });
        let anchor = section.anchor.as_ref().filter(|_| page.kind != Kind::Term);
        Hit {
            path: anchor.map_or_else(|| page.path.clone(), |anchor| format!("{}#{anchor}", page.path)),
            title: match (page.kind, section.heading.is_empty()) {
                (Kind::Regulation, false) => format!("{} – {}", page.title, section.heading),
                _ => page.title.clone(),
            },
            kind: page.kind,
            standing: page.standing.clone(),
            excerpt: pieces
                .into_iter()
                .map(|(text, marked)| if marked { Piece::Marked(text) } else { Piece::Plain(text) })
                .collect(),
            sections: further.take(3).collect(),
        }
    }

    /// The provision that was asked for, and what replaced it: first of all.
    fn pinned(&self, query: &Query) -> Vec<Hit> {
        provisions::asked_for(query.as_str(), &self.book)
            .into_iter()
            .map(|cited| {
                let (path, anchor) = cited.spot.href.split_once('#').unwrap_or((&cited.spot.href, ""));
                let section = self.by_path.get(path).and_then(|at| {
                    self.pages[*at].sections.iter().find(|section| section.anchor.as_deref() == Some(anchor))
                });
                let text = section
                    .map(|section| section.text.chars().take(220).collect::<String>())
                    .filter(|text| !text.is_empty());
                Hit {
                    path: cited.spot.href.clone(),
                    title: app::text::capital::capital(&cited.spot.label),
                    kind: Kind::Regulation,
                    standing: cited.replaced.as_ref().map(crate::law::standing_of),
                    excerpt: text.map(Piece::Plain).into_iter().collect(),
                    sections: Vec::new(),
                }
            })
            .collect()
    }
}

#[derive(Default)]
struct Ranked {
    pages: Vec<RankedPage>,
    marks: Vec<String>,
    corrected: Vec<(String, String)>,
    words: Vec<engine::words::Word>,
}

struct RankedPage {
    page: usize,
    score: f32,
    /// Best first.
    sections: Vec<RankedSection>,
}

struct RankedSection {
    /// Its place in the page.
    at: usize,
    score: f32,
    coverage: f32,
}

impl RankedPage {
    /// A page of law is read at the section that holds much of what its beginning holds of the question, where there
    /// is one: the beginning has but the keywords.
    fn land(&mut self, page: &Page) {
        let Some(best) = self.sections.first().filter(|best| page.sections[best.at].first) else { return };
        let least = best.coverage * weights::WORTH_LANDING;
        let place = self.sections.iter().skip(1).position(|section| section.coverage >= least);
        if let Some(place) = place.filter(|_| page.kind == Kind::Regulation) {
            self.sections[..=place + 1].rotate_right(1);
        }
    }
}

impl Search for SearchShelf {
    fn search(&self, request: &Request) -> Answer {
        let pinned = self.pinned(&request.query);
        let ranked = self.ranked(&request.query);
        let is_pinned = |page: &Page| pinned.iter().any(|hit| hit.path.split('#').next() == Some(page.path.as_str()));
        let found = |request: &Request| {
            let fitting = ranked.pages.iter().filter(|one| fits(&self.pages[one.page], request));
            fitting.filter(|one| !is_pinned(&self.pages[one.page])).collect::<Vec<_>>()
        };
        let first = |request: &Request| if provisions_fit(request) { pinned.len() } else { 0 };
        let count = |request: Request| first(&request) + found(&request).len();

        let rest = found(request).into_iter().map(|one| self.hit(&ranked, one));
        let hits = pinned.iter().take(first(request)).cloned().chain(rest);
        let total = count(request.clone());
        let all = count(Request { also_repealed: true, ..request.clone() });
        let in_force = count(Request { also_repealed: false, ..request.clone() });
        Answer {
            total,
            hits: hits.skip(request.offset).take(request.limit).collect(),
            kinds: counted(Kind::ALL, |kind| count(Request { kind: Some(kind), ..request.clone() })),
            audiences: counted(Audience::ALL, |one| count(Request { audience: Some(one), ..request.clone() })),
            counties: counted(&COUNTIES, |county| count(Request { county: Some(county), ..request.clone() })),
            repealed: all - in_force,
            corrected: ranked.corrected.clone(),
        }
    }

    fn suggest(&self, typed: &Query) -> Vec<String> {
        const MOST: usize = 8;
        let typed = engine::words::prepare(typed.as_str()).to_lowercase();
        let starts = |title: &str| {
            title.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(&typed))
                || title.to_lowercase().starts_with(&typed)
        };
        let titles =
            self.pages.iter().filter(|page| !page.repealed && starts(&page.title)).map(|page| page.title.clone());
        let mut found: Vec<String> = titles.take(MOST / 2).collect();
        let (before, last) = typed.rsplit_once(' ').map_or(("", typed.as_str()), |(before, last)| (before, last));
        if let Some(engine) = self.engine.get().filter(|_| last.chars().count() >= 2) {
            for word in engine.words_from(last, MOST) {
                let whole = if before.is_empty() { word } else { format!("{before} {word}") };
                if found.len() < MOST && !found.iter().any(|known| known.to_lowercase() == whole) {
                    found.push(whole);
                }
            }
        }
        found
    }
}

/// Is the page among those that the request asks for?
fn fits(page: &Page, request: &Request) -> bool {
    request.kind.is_none_or(|kind| page.kind == kind)
        && request.audience.is_none_or(|audience| page.audiences.contains(&audience))
        && request.county.is_none_or(|county| page.counties.contains(&county))
        && (request.also_repealed || !page.repealed)
}

/// A provision that was asked for by name is shown also when it no longer applies; it is for no one audience or county.
fn provisions_fit(request: &Request) -> bool {
    request.kind.is_none_or(|kind| kind == Kind::Regulation) && request.audience.is_none() && request.county.is_none()
}

/// Choices with what each leaves; those that leave nothing are left out.
fn counted<Choice: Copy>(
    all: impl IntoIterator<Item = Choice>,
    count: impl Fn(Choice) -> usize,
) -> Vec<(Choice, usize)> {
    all.into_iter().map(|one| (one, count(one))).filter(|(_, count)| *count > 0).collect()
}
