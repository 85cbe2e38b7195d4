//! What instruments are called, and which one a name means on a given day.

use app::law::place::{Number, Place};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// One thing that law is called by, with what it has meant over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    /// Definite forms as in running text: `hälso- och sjukvårdslagen`.
    pub names: Vec<String>,
    /// Exact abbreviations: `HSL`.
    pub short: Vec<String>,
    /// Oldest first, not overlapping.
    pub periods: Vec<Period>,
}

/// From one day until another a name means one instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// `sfs/2001:453`
    pub instrument: String,
    pub from: Date,
    /// The first day on which it no longer does.
    pub until: Option<Date>,
    /// Whether sections are numbered within chapters; `None` if that is not known.
    pub chapters: Option<bool>,
}

/// A series of statutes or regulations: `SOSFS` is `sosfs` in addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    pub short: String,
    pub id: String,
}

/// Every chapter (`None` for an act without chapters) and section of an instrument.
pub type Sections = BTreeMap<Option<Number>, BTreeSet<Number>>;

/// All names, arranged for finding them in running text. Built once, used for every page.
#[derive(Debug, Default)]
pub struct Lexicon {
    namings: Vec<Naming>,
    /// By the name's first word in lower case, the longest name first.
    names: HashMap<Box<str>, Vec<(Box<str>, usize)>>,
    short: HashMap<Box<str>, usize>,
    /// For each first byte the lengths that first words of names have, as bits: tells most words from names.
    lengths: Vec<u64>,
    /// Abbreviations in lower case, for those that are written wrong.
    lower_short: HashSet<String>,
    series: HashMap<Box<str>, Box<str>>,
    chapters: HashMap<Box<str>, bool>,
    sections: HashMap<String, Sections>,
}

/// How a name is to be read: "gamla socialtjänstlagen" is the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Age {
    Current,
    Former,
    New,
}

impl Lexicon {
    pub fn new(namings: Vec<Naming>, series: &[Series]) -> Self {
        let mut lexicon = Self::default();
        for (index, naming) in namings.iter().enumerate() {
            for name in &naming.names {
                let first: String =
                    name.chars().take_while(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
                lexicon.names.entry(first.into()).or_default().push((name.as_str().into(), index));
            }
            for short in &naming.short {
                lexicon.short.insert(short.as_str().into(), index);
                lexicon.lower_short.insert(short.to_lowercase());
            }
            for period in &naming.periods {
                if let Some(chapters) = period.chapters {
                    lexicon.chapters.insert(period.instrument.as_str().into(), chapters);
                }
            }
        }
        lexicon.lengths = vec![0; 256];
        for first in lexicon.names.keys() {
            if let Some(byte) = first.as_bytes().first() {
                lexicon.lengths[usize::from(*byte)] |= 1 << first.len().min(63);
            }
        }
        for names in lexicon.names.values_mut() {
            names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        }
        lexicon.series = series.iter().map(|s| (s.short.as_str().into(), s.id.as_str().into())).collect();
        lexicon.namings = namings;
        lexicon
    }

    /// Teaches which sections an instrument has.
    pub fn know_sections(&mut self, instrument: &str, sections: Sections) {
        self.chapters.entry(instrument.into()).or_insert_with(|| sections.keys().any(Option::is_some));
        self.sections.insert(instrument.to_owned(), sections);
    }

    /// Teaches that an instrument numbers its sections within chapters.
    pub fn know_chapters(&mut self, instrument: &str) {
        self.chapters.insert(instrument.into(), true);
    }

    /// Does the chapter or section exist? `None` where the instrument's sections are not known.
    pub fn exists(&self, instrument: &str, place: Place) -> Option<bool> {
        let sections = self.sections.get(instrument)?;
        let chapter = sections.get(&place.chapter);
        Some(chapter.is_some_and(|chapter| place.section.is_none_or(|section| chapter.contains(&section))))
    }

    /// Whether the instrument numbers its sections within chapters, where that is known.
    pub fn has_chapters(&self, instrument: &str) -> Option<bool> {
        self.chapters.get(instrument).copied()
    }

    /// What the instrument is called for short, else by its name: `SoL`, `tandvårdslagen`.
    pub fn called(&self, instrument: &str) -> Option<&str> {
        let naming = self.namings.iter().find(|n| n.periods.iter().any(|p| p.instrument == instrument))?;
        naming.short.first().or(naming.names.first()).map(String::as_str)
    }

    /// An abbreviation or a series as it is written, whatever its capitals here: `sol` → `SoL`.
    pub fn in_capitals(&self, word: &str) -> Option<&str> {
        let lower = word.to_lowercase();
        self.short
            .keys()
            .chain(self.series.keys())
            .map(AsRef::as_ref)
            .find(|known: &&str| known.to_lowercase() == lower)
    }

    pub fn is_short(&self, word: &str) -> bool {
        self.short.contains_key(word)
    }

    /// Is the word the beginning of a name?
    pub fn is_name(&self, word: &str) -> bool {
        !self.names_from(word).is_empty()
    }

    /// What an abbreviation means on a day.
    pub fn meant_by_short(&self, word: &str, day: Date) -> Option<&str> {
        self.meaning(self.short(word)?, day, Age::Current)
    }

    /// The names that start with this word, also in the genitive, the longest first.
    pub(super) fn names_from(&self, first_word: &str) -> &[(Box<str>, usize)] {
        // In lower case, as it stands, or in the genitive. A capital changes no length.
        let lower = first_word.as_bytes().first().map_or(0, u8::to_ascii_lowercase);
        let fits = |length: usize| {
            self.lengths.get(usize::from(lower)).is_some_and(|lengths| lengths & (1 << length.min(63)) != 0)
        };
        if !fits(first_word.len()) && !fits(first_word.len().saturating_sub(1)) {
            return &[];
        }
        let known = |word: &str| self.names.get(word).or_else(|| self.names.get(word.strip_suffix('s')?));
        let found = known(first_word).or_else(|| {
            let starts_large = first_word.chars().next().is_some_and(char::is_uppercase);
            starts_large.then(|| known(&first_word.to_lowercase())).flatten()
        });
        found.map_or(&[], Vec::as_slice)
    }

    pub(super) fn short(&self, word: &str) -> Option<usize> {
        self.short.get(word).copied()
    }

    pub(super) fn is_short_in_other_case(&self, word: &str) -> bool {
        self.lower_short.contains(&word.to_lowercase())
    }

    pub(super) fn series(&self, word: &str) -> Option<&str> {
        self.series.get(word).map(AsRef::as_ref)
    }

    /// Which instrument a naming means on a day. A name outlives its last instrument: a repealed act that nothing
    /// took the name of is still called by it. Before the first one the name means nothing.
    pub(super) fn meaning(&self, naming: usize, day: Date, age: Age) -> Option<&str> {
        let periods = &self.namings.get(naming)?.periods;
        let at = periods.iter().rposition(|period| period.from <= day)?;
        let at = match age {
            Age::Current => at,
            Age::Former => at.checked_sub(1)?,
            // "Nya" some time before or after the change: only sure when there is nothing newer to come.
            Age::New => (at + 1 == periods.len()).then_some(at)?,
        };
        periods.get(at).map(|period| period.instrument.as_str())
    }
}
