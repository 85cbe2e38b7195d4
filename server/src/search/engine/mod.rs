//! The engine: an index of sections and the order in which they answer a question. Knows no page, no law, no web.
//!
//! Three fields of the same words (stem, as typed, in-word pieces) find candidates by one union of all that is asked;
//! a second stage looks at how words stand together and at how much of the question each candidate holds.
//! What a visitor typed never reaches a query parser: queries are built from words.

mod candidates;
mod correction;
mod excerpt;
mod gathering;
mod index;
mod question;
mod ranking;
mod second_stage;
mod sought;
mod walk;
pub mod weights;
pub mod words;

pub use excerpt::{Excerpt, excerpt};
pub use index::Index;
pub use question::{Lexis, Question, name};
pub use ranking::Answer;

use anyhow::Result;
use correction::Dictionary;
use index::Fields;
use std::path::Path;
use std::sync::Arc;
use tantivy::Searcher;
use tantivy::tokenizer::TextAnalyzer;
use words::Forms;

/// One section of a page, as it is found.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// Comes back with each hit, and is what takes the section out again.
    pub id: u64,
    pub title: String,
    pub heading: String,
    /// Found, never shown.
    pub keywords: String,
    pub body: String,
}

/// One section that answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub id: u64,
    pub score: f32,
    /// How much of the question it holds, 0 to 1.
    pub coverage: f32,
}

/// An index that is ready to be asked.
pub struct Engine {
    fields: Fields,
    searcher: Searcher,
    stems: TextAnalyzer,
    dictionary: Arc<Dictionary>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("sections", &self.searcher.num_docs()).finish_non_exhaustive()
    }
}

impl Engine {
    /// Builds an index of these sections, in memory or (for corpora that are larger than it) in a folder.
    pub fn build(
        sections: impl IntoIterator<Item = Section>,
        forms: &Arc<Forms>,
        folder: Option<&Path>,
    ) -> Result<Self> {
        folder.map_or_else(Index::in_memory, Index::in_folder)?.change([], sections, forms)
    }

    /// Words of the index that begin with what was typed, the commonest first.
    pub fn words_from(&self, start: &str, most: usize) -> Vec<String> {
        self.dictionary.words_from(start, most)
    }

    pub fn stems(&self) -> TextAnalyzer {
        self.stems.clone()
    }
}

#[cfg(test)]
mod tests;
