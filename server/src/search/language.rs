//! What search knows of words: the glossary's synonyms, and those written for it.

use super::Language;
use crate::content::{SearchWords, TermSource};

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
        language.forms = words.forms.iter().cloned().collect();
        language
    }
}
