//! What search knows of words: the glossary's synonyms, and those written for it.

use super::engine::Lexis;
use super::engine::words::Forms;
use crate::content::{SearchWords, TermSource};
use std::sync::Arc;

/// Words of the field: synonyms, and inflections that no stemmer joins.
#[derive(Debug, Clone, Default)]
pub struct Language {
    pub lexis: Lexis,
    pub forms: Arc<Forms>,
}

impl Language {
    pub fn new(terms: &[TermSource], words: &SearchWords) -> Self {
        let mut language = Self::default();
        for term in terms {
            let ways = std::iter::once(&term.term).chain(&term.synonyms).map(String::as_str);
            language.lexis.add_group(ways);
        }
        for group in &words.synonyms {
            language.lexis.add_group(group.iter().map(String::as_str));
        }
        language.forms = Arc::new(words.forms.iter().cloned().collect());
        language
    }
}
