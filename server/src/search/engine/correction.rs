//! What was probably meant by a word that stands nowhere: letters without their dots, a slip of the fingers.

use super::words::folded;
use std::collections::{BTreeMap, HashMap};
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

/// The words of the index, with how many sections hold each.
#[derive(Debug, Default)]
pub struct Dictionary {
    words: BTreeMap<String, u32>,
    /// From a word without dots and rings to the words that it may be.
    folded: HashMap<String, Vec<String>>,
    /// From a stem without them to the stems, the commonest first.
    folded_stems: HashMap<String, Vec<String>>,
}

/// A word that is typed often enough to be no slip.
const BEST: usize = 3;

impl Dictionary {
    /// From the words as they stand in the index, and their stems.
    pub(super) fn read(searcher: &Searcher, exact: Field, stem: Field) -> anyhow::Result<Self> {
        let words = terms(searcher, exact)?;
        let mut folded = HashMap::<String, Vec<String>>::new();
        for word in words.keys().filter(|word| !word.is_ascii()) {
            folded.entry(self::folded(word)).or_default().push(word.clone());
        }
        let mut stems: Vec<_> = terms(searcher, stem)?.into_iter().filter(|(stem, _)| !stem.is_ascii()).collect();
        stems.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let mut folded_stems = HashMap::<String, Vec<String>>::new();
        for (stem, _) in stems {
            folded_stems.entry(self::folded(&stem)).or_default().push(stem);
        }
        Ok(Self { words, folded, folded_stems })
    }

    pub fn count(&self, word: &str) -> u32 {
        self.words.get(word).copied().unwrap_or(0)
    }

    /// The words equal to this but for dots and rings, the commonest first.
    pub fn with_dots(&self, word: &str) -> Vec<String> {
        let mut found = self.folded.get(&folded(word)).cloned().unwrap_or_default();
        found.retain(|other| other != word);
        found.sort_by_key(|other| std::cmp::Reverse(self.count(other)));
        found.truncate(BEST);
        found
    }

    /// The stems equal to this but for dots and rings: a form that stands nowhere may be one of a word that does.
    pub fn stems_with_dots(&self, stem: &str) -> impl Iterator<Item = &String> {
        self.folded_stems.get(&folded(stem)).into_iter().flatten().filter(move |other| *other != stem).take(BEST)
    }

    /// The words one slip away (two in long words): the same first letter first, then the commonest.
    pub(super) fn near(&self, word: &str, searcher: &Searcher, field: Field) -> Vec<String> {
        let letters = word.chars().count();
        // Numbers are never corrected, and short words are too close to each other.
        if letters < 4 || word.contains(|c: char| c.is_ascii_digit()) {
            return Vec::new();
        }
        for distance in 1..=if letters >= 8 { 2 } else { 1 } {
            let mut found = self.within(word, distance, searcher, field);
            if !found.is_empty() {
                let first = word.chars().next();
                found.sort_by_key(|other| (other.chars().next() != first, std::cmp::Reverse(self.count(other))));
                found.truncate(BEST);
                return found;
            }
        }
        Vec::new()
    }

    fn within(&self, word: &str, distance: u8, searcher: &Searcher, field: Field) -> Vec<String> {
        let query = FuzzyTermQuery::new(Term::from_field_text(field, word), distance, true);
        let mut found = Vec::new();
        for segment in searcher.segment_readers() {
            let (Ok(index), Ok(automaton)) = (segment.inverted_index(field), query.automaton()) else { continue };
            let Ok(mut terms) = index.terms().search(automaton).into_stream() else { continue };
            while terms.advance() {
                if let Ok(near) = std::str::from_utf8(terms.key()) {
                    found.push(near.to_owned());
                }
            }
        }
        found.sort();
        found.dedup();
        found.retain(|other| !other.contains(|c: char| c.is_ascii_digit()));
        found
    }

    /// Words that begin so, the commonest first.
    pub fn words_from(&self, start: &str, most: usize) -> Vec<String> {
        let range = self.words.range::<str, _>((std::ops::Bound::Included(start), std::ops::Bound::Unbounded));
        let mut found: Vec<_> = range.take_while(|(word, _)| word.starts_with(start)).collect();
        found.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        found.into_iter().take(most).map(|(word, _)| word.clone()).collect()
    }
}

/// The terms of a field, with how many sections hold each.
fn terms(searcher: &Searcher, field: Field) -> anyhow::Result<BTreeMap<String, u32>> {
    let mut found = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut terms = index.terms().stream()?;
        while terms.advance() {
            if let Ok(word) = std::str::from_utf8(terms.key()) {
                *found.entry(word.to_owned()).or_default() += terms.value().doc_freq;
            }
        }
    }
    Ok(found)
}
