//! Search over everything that is published: sections are found, pages answer.

pub mod engine;
pub mod exam;
mod pages;
mod provisions;
pub mod statistics;

pub use pages::{Page, PageSection};

use crate::law::LawBook;
use app::guidance::Audience;
use app::search::{Answer, Hit, Kind, Piece, Query, Request, Search};
use engine::words::Forms;
use engine::{Engine, Lexis, Question, Section, excerpt, weights};
use std::collections::HashMap;
use std::sync::Arc;

/// Words of the field: synonyms, and inflections that no stemmer joins.
#[derive(Debug, Clone, Default)]
pub struct Language {
    pub lexis: Lexis,
    pub forms: Forms,
}

/// One generation of the library, ready to be searched.
#[derive(Debug, Default)]
pub struct SearchShelf {
    pages: Vec<Page>,
    /// For each section of the index: its page, and its place there.
    sections: Vec<(usize, usize)>,
    by_path: HashMap<String, usize>,
    engine: Option<Engine>,
    lexis: Lexis,
    book: Arc<LawBook>,
}

/// A section that holds less of the question than this does not answer it, if others hold more.
const LEAST_COVERAGE: f32 = 0.34;
/// Where nothing holds more than this, nothing answers: a few common letters are no answer.
const NOTHING: f32 = 0.2;

impl SearchShelf {
    /// Builds the index. Should that fail (memory, an error of the library), pages are served all the same and a
    /// search finds nothing but provisions; the failure is logged.
    pub fn build(pages: Vec<Page>, language: Language, book: Arc<LawBook>) -> Self {
        let places =
            |(at, page): (usize, &Page)| (0..page.sections.len()).map(move |section| (at, section)).collect::<Vec<_>>();
        let sections: Vec<(usize, usize)> = pages.iter().enumerate().flat_map(places).collect();
        let documents = sections.iter().enumerate().map(|(id, (page, section))| {
            let (page, section) = (&pages[*page], &pages[*page].sections[*section]);
            Section {
                id: id as u64,
                title: page.title.clone(),
                heading: section.heading.clone(),
                // Keywords belong to the page; its first section answers for it.
                keywords: if section.first { page.keywords.clone() } else { String::new() },
                body: section.text.clone(),
            }
        });
        let engine = Engine::build(documents, &Arc::new(language.forms), None);
        if let Err(error) = &engine {
            tracing::error!(error = format!("{error:#}"), "the search index could not be built");
        }
        let by_path = pages.iter().enumerate().map(|(at, page)| (page.path.clone(), at)).collect();
        Self { pages, sections, by_path, engine: engine.ok(), lexis: language.lexis, book }
    }

    /// Pages with the scores of their sections, best first.
    fn ranked(&self, query: &Query) -> Ranked {
        let Some(engine) = &self.engine else { return Ranked::default() };
        let question = Question::read(query.as_str(), &mut engine.stems(), &self.lexis);
        let answer = engine.answer(&question).unwrap_or_else(|error| {
            tracing::error!(error = format!("{error:#}"), "a search failed");
            engine::Answer::default()
        });
        let best = answer.found.iter().map(|found| found.coverage).fold(0.0, f32::max);
        let mut pages: Vec<RankedPage> = Vec::new();
        let mut known: HashMap<usize, usize> = HashMap::new();
        for found in answer.found.iter().filter(|found| best >= NOTHING && found.coverage >= LEAST_COVERAGE.min(best)) {
            let Some((page, section)) = usize::try_from(found.id).ok().and_then(|id| self.sections.get(id)) else {
                continue;
            };
            let score = found.score * self.weight(*page);
            match known.get(page) {
                Some(at) => pages[*at].sections.push((*section, score)),
                None => {
                    known.insert(*page, pages.len());
                    // Sections come best first.
                    pages.push(RankedPage { page: *page, score, sections: vec![(*section, score)] });
                }
            }
        }
        for page in &mut pages {
            page.sections.sort_by(|one, other| other.1.total_cmp(&one.1));
            let further = page.sections.iter().skip(1).zip(weights::FURTHER).map(|((_, score), share)| score * share);
            page.score += further.sum::<f32>();
        }
        pages.sort_by(|one, other| other.score.total_cmp(&one.score));
        Ranked { pages, marks: answer.marks, corrected: answer.corrected, words: question.words }
    }

    /// What a page is worth where the words decide nothing.
    fn weight(&self, page: usize) -> f32 {
        let page = &self.pages[page];
        let kind = match page.kind {
            Kind::Guidance => weights::GUIDANCE,
            Kind::Regulation => weights::REGULATION,
            Kind::Term => weights::TERM,
            Kind::Handbook => weights::HANDBOOK,
            Kind::Page => weights::OTHER,
        };
        let standing = if page.repealed { weights::REPEALED } else { 1.0 };
        kind * standing * (1.0 + weights::CITED * (page.cited.min(10) as f32 / 10.0))
    }

    fn hit(&self, ranked: &Ranked, one: &RankedPage) -> Hit {
        let page = &self.pages[one.page];
        let best = one.sections.first().map_or(0, |(section, _)| *section);
        let section = &page.sections[best];
        let mut stems = self.engine.as_ref().map(Engine::stems);
        let pieces =
            stems.as_mut().map(|stems| excerpt(&section.text, &ranked.marks, &ranked.words, stems)).unwrap_or_default();
        let further = one.sections.iter().filter(|(at, _)| *at != best).filter_map(|(at, _)| {
            let section = &page.sections[*at];
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
            pinned: false,
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
                    title: app::law::overview::capital(&cited.spot.label),
                    kind: Kind::Regulation,
                    standing: cited.replaced.as_ref().map(crate::law::standing_of),
                    excerpt: text.map(Piece::Plain).into_iter().collect(),
                    sections: Vec::new(),
                    pinned: true,
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
    sections: Vec<(usize, f32)>,
}

impl Search for SearchShelf {
    fn search(&self, request: &Request) -> Answer {
        let pinned = self.pinned(&request.query);
        let ranked = self.ranked(&request.query);
        let is_pinned = |page: &Page| pinned.iter().any(|hit| hit.path.split('#').next() == Some(page.path.as_str()));
        let of_kind = |page: &Page| request.kind.is_none_or(|kind| page.kind == kind);
        let for_audience = |page: &Page| request.audience.is_none_or(|audience| page.audiences.contains(&audience));
        let of_county = |page: &Page| request.county.is_none_or(|county| page.counties.contains(&county));
        let stands = |page: &Page| request.also_repealed || !page.repealed;
        let pages = || ranked.pages.iter().map(|one| &self.pages[one.page]);

        let kept: Vec<&RankedPage> = ranked
            .pages
            .iter()
            .filter(|one| {
                let page = &self.pages[one.page];
                of_kind(page) && for_audience(page) && of_county(page) && stands(page) && !is_pinned(page)
            })
            .collect();
        let pinned: Vec<Hit> = pinned
            .into_iter()
            .filter(|_| request.kind.is_none_or(|kind| kind == Kind::Regulation) && request.audience.is_none())
            .collect();
        let total = kept.len() + pinned.len();
        let rest = kept.into_iter().map(|one| self.hit(&ranked, one));
        let hits = pinned.into_iter().chain(rest).skip(request.offset).take(request.limit).collect();
        let count = |fits: &dyn Fn(&Page) -> bool| pages().filter(|page| fits(page)).count();
        let some = |count: &usize| *count > 0;
        Answer {
            total,
            hits,
            kinds: Kind::ALL
                .map(|kind| {
                    (kind, count(&|page| page.kind == kind && for_audience(page) && of_county(page) && stands(page)))
                })
                .into_iter()
                .filter(|(_, count)| some(count))
                .collect(),
            audiences: Audience::ALL
                .map(|one| {
                    (
                        one,
                        count(&|page| {
                            page.audiences.contains(&one) && of_kind(page) && of_county(page) && stands(page)
                        }),
                    )
                })
                .into_iter()
                .filter(|(_, count)| some(count))
                .collect(),
            counties: app::counties::COUNTIES
                .iter()
                .map(|one| {
                    (
                        one,
                        count(&|page| {
                            page.counties.contains(&one) && of_kind(page) && for_audience(page) && stands(page)
                        }),
                    )
                })
                .filter(|(_, count)| some(count))
                .collect(),
            repealed: count(&|page| page.repealed && of_kind(page) && for_audience(page) && of_county(page)),
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
        if let Some(engine) = self.engine.as_ref().filter(|_| last.chars().count() >= 2) {
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
