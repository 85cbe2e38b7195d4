//! Law as the portal holds it: built from texts alone, like the shelf that it stands on.

mod book;
mod chains;
mod readings;
mod regulation;
mod replaced;

pub use book::{LawBook, Sources, split};
pub use readings::{PageKind, Reading, stubs};
pub use replaced::standing_of;

use crate::citations::Lexicon;
use crate::content::{self, Content};
use app::law::standing::Chain;
use app::law::{Cited, CitingPage, Duty, Law, Regulation, Spot, Stale};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything about law that pages ask for, of one generation on one day.
#[derive(Debug, Default)]
pub struct LawShelf {
    pub(crate) today: Date,
    /// None of an empty shelf.
    pub(crate) book: Option<Arc<LawBook>>,
    pub(crate) regulations: Vec<Arc<Regulation>>,
    /// By instrument.
    pub(crate) citing: BTreeMap<String, Vec<CitingPage>>,
    /// By page path.
    pub(crate) cited: BTreeMap<String, Vec<Cited>>,
    pub(crate) chains: BTreeMap<String, Vec<Chain>>,
    pub(crate) stale: Vec<Stale>,
    pub(crate) duties: Vec<Duty>,
    pub(crate) uncovered: Vec<Spot>,
    /// Readings of every published document, to be written down beside its revision.
    pub(crate) readings: Vec<Reading>,
}

impl Law for LawShelf {
    fn today(&self) -> Date {
        self.today
    }

    fn regulations(&self) -> &[Arc<Regulation>] {
        &self.regulations
    }

    fn regulation(&self, slug: &str) -> Option<Arc<Regulation>> {
        self.regulations.iter().find(|regulation| regulation.slug == slug).cloned()
    }

    fn citing(&self, instrument: &str) -> Vec<CitingPage> {
        self.citing.get(instrument).cloned().unwrap_or_default()
    }

    fn chains_of(&self, path: &str) -> Vec<Chain> {
        self.chains.get(path).cloned().unwrap_or_default()
    }

    fn cited_on(&self, path: &str) -> Vec<Cited> {
        self.cited.get(path).cloned().unwrap_or_default()
    }

    fn cited(&self, target: &str) -> Cited {
        match &self.book {
            Some(book) => book.cited(target),
            None => {
                let spot = Spot { target: target.to_owned(), label: target.to_owned(), href: String::new() };
                Cited { spot, external: false, replaced: None }
            }
        }
    }

    fn stale(&self) -> &[Stale] {
        &self.stale
    }

    fn duties(&self) -> &[Duty] {
        &self.duties
    }

    fn uncovered(&self) -> &[Spot] {
        &self.uncovered
    }
}

impl LawShelf {
    /// What looks like a reference but was left alone: file, line, words, and why (Swedish).
    pub fn doubts(&self) -> Vec<(&str, usize, &str, &'static str)> {
        let doubts = self.readings.iter().flat_map(|reading| reading.doubts.iter().map(move |doubt| (reading, doubt)));
        doubts
            .map(|(reading, doubt)| (reading.file.as_str(), doubt.line, doubt.text.as_str(), doubt.reason.in_swedish()))
            .collect()
    }
}

/// The names of instruments as the program ships them, with the sections that they have.
pub fn shipped_lexicon() -> Lexicon {
    let mut sources = Sources::default();
    for (path, text) in crate::assets::SHIPPED {
        match content::parse(path, text) {
            Ok(Content::InstrumentNames(names)) => sources.names = names,
            Ok(Content::Regulation(regulation)) => sources.regulations.push(((*path).to_owned(), *regulation)),
            _ => {}
        }
    }
    LawBook::new(&sources, Date::default(), &mut Vec::new()).lexicon
}
