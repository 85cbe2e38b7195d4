//! What search knows of words: the glossary's synonyms, and those written for it.

use super::engine::Lexis;
use super::engine::words::{self, Forms};
use crate::content::{SearchWords, TermSource};
use std::sync::Arc;
use tantivy::tokenizer::TextAnalyzer;

/// Words of the field: synonyms, and inflections that no stemmer joins.
#[derive(Debug, Clone, Default)]
pub struct Language {
    pub lexis: Lexis,
    pub forms: Arc<Forms>,
}

impl Language {
    pub fn new(terms: &[TermSource], said: &SearchWords) -> Self {
        let mut language = Self { forms: Arc::new(said.forms.iter().cloned().collect()), ..Self::default() };
        let mut stems = language.stems();
        for term in terms {
            let ways = std::iter::once(&term.term).chain(&term.synonyms).map(String::as_str);
            language.lexis.add_group(ways, &mut stems);
        }
        for group in &said.synonyms {
            language.lexis.add_group(group.iter().map(String::as_str), &mut stems);
        }
        for (word, meant) in &said.hints {
            language.lexis.add_hint(word, meant.iter().map(String::as_str), &mut stems);
        }
        language
    }

    /// What cuts words to their stems in this language.
    pub fn stems(&self) -> TextAnalyzer {
        words::stems(&self.forms)
    }
}
