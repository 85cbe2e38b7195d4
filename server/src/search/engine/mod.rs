//! The engine: an index of sections and the order in which they answer a question. Knows no page, no law, no web.
//!
//! Three fields of the same words (stem, as typed, in-word pieces) find candidates by one nested union for each word
//! of the question; a second stage looks at pairs of words and at how much of the question each candidate holds.
//! What a visitor typed never reaches a query parser: queries are built from words.

mod correction;
mod excerpt;
mod question;
mod ranking;
pub mod weights;
pub mod words;

pub use excerpt::{Excerpt, excerpt};
pub use question::{Lexis, Question, name};
pub use ranking::Answer;

use anyhow::Result;
use correction::Dictionary;
use std::path::Path;
use std::sync::Arc;
use tantivy::directory::MmapDirectory;
use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{Index, IndexReader, ReloadPolicy, TantivyDocument};
use words::Forms;

/// One section of a page, as it is found.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// Comes back with each hit.
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

#[derive(Debug, Clone, Copy)]
struct Fields {
    id: Field,
    stem: Field,
    exact: Field,
    pieces: Field,
    title: Field,
    heading: Field,
    keywords: Field,
}

/// An index that is ready to be asked.
pub struct Engine {
    fields: Fields,
    reader: IndexReader,
    stems: TextAnalyzer,
    dictionary: Arc<Dictionary>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("sections", &self.reader.searcher().num_docs()).finish_non_exhaustive()
    }
}

/// Memory of the one writer: the library's least is 15 MB.
const WRITER_MEMORY: usize = 64 * 1024 * 1024;

impl Engine {
    /// Builds an index of these sections, in memory or (for corpora that are larger than it) in a folder.
    pub fn build(
        sections: impl IntoIterator<Item = Section>,
        forms: &Arc<Forms>,
        folder: Option<&Path>,
    ) -> Result<Self> {
        let (schema, fields) = schema();
        let builder = Index::builder().schema(schema);
        let index = match folder {
            Some(folder) => builder.open_or_create(MmapDirectory::open(folder)?)?,
            None => builder.create_in_ram()?,
        };
        for (name, analyzer) in [("stem", words::stems(forms)), ("exact", words::exact()), ("pieces", words::cut())] {
            index.tokenizers().register(name, analyzer);
        }
        let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, WRITER_MEMORY)?;
        for section in sections {
            let [title, heading, keywords, body] =
                [&section.title, &section.heading, &section.keywords, &section.body].map(|text| words::prepare(text));
            let mut document = TantivyDocument::new();
            document.add_u64(fields.id, section.id);
            document.add_text(fields.title, &title);
            document.add_text(fields.heading, &heading);
            document.add_text(fields.keywords, &keywords);
            document.add_text(fields.stem, &body);
            for text in [&title, &heading, &keywords, &body] {
                document.add_text(fields.exact, text);
                document.add_text(fields.pieces, text);
            }
            writer.add_document(document)?;
        }
        writer.commit()?;
        // One segment is searched fastest, and nothing is added to it later.
        let segments = index.searchable_segment_ids()?;
        if segments.len() > 1 {
            writer.merge(&segments).wait()?;
        }
        writer.wait_merging_threads()?;
        let reader: IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let dictionary = Arc::new(Dictionary::read(&reader.searcher(), fields.exact)?);
        Ok(Self { fields, reader, stems: words::stems(forms), dictionary })
    }

    /// Words of the index that begin with what was typed, the commonest first.
    pub fn words_from(&self, start: &str, most: usize) -> Vec<String> {
        self.dictionary.words_from(start, most)
    }

    pub fn stems(&self) -> TextAnalyzer {
        self.stems.clone()
    }
}

fn schema() -> (Schema, Fields) {
    let text = |tokenizer: &str, record| {
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record);
        TextOptions::default().set_indexing_options(indexing)
    };
    // A page with many keywords is no less about each of them.
    let without_length = |options: TextOptions| {
        let indexing = options.get_indexing_options().cloned().unwrap_or_default().set_fieldnorms(false);
        options.set_indexing_options(indexing)
    };
    let mut schema = Schema::builder();
    let fields = Fields {
        id: schema.add_u64_field("id", FAST | STORED),
        stem: schema.add_text_field("stem", text("stem", IndexRecordOption::WithFreqsAndPositions)),
        exact: schema.add_text_field("exact", text("exact", IndexRecordOption::WithFreqs)),
        pieces: schema.add_text_field("pieces", text("pieces", IndexRecordOption::WithFreqs)),
        title: schema.add_text_field("title", text("stem", IndexRecordOption::WithFreqsAndPositions)),
        heading: schema.add_text_field("heading", text("stem", IndexRecordOption::WithFreqsAndPositions)),
        keywords: schema
            .add_text_field("keywords", without_length(text("stem", IndexRecordOption::WithFreqsAndPositions))),
    };
    (schema.build(), fields)
}

#[cfg(test)]
mod tests;
