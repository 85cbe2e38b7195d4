//! The index: sections kept in a folder or in memory, changed section by section.

use super::correction::Dictionary;
use super::words::{self, Forms};
use super::{Engine, Section};
use anyhow::{Result, bail};
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use tantivy::directory::MmapDirectory;
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, Term};

#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    pub id: Field,
    pub stem: Field,
    pub exact: Field,
    pub pieces: Field,
    pub title: Field,
    pub heading: Field,
    pub keywords: Field,
}

/// Sections that are kept, ready to be changed and to be asked.
#[derive(Debug)]
pub struct Index {
    index: tantivy::Index,
    fields: Fields,
}

/// Memory of the one writer: the library's least is 15 MB.
const WRITER_MEMORY: usize = 64 * 1024 * 1024;

impl Index {
    pub fn in_memory() -> Result<Self> {
        let (schema, fields) = schema();
        Ok(Self { index: tantivy::Index::builder().schema(schema).create_in_ram()?, fields })
    }

    /// Opens the index in an existing folder, or begins one there. An error means that what lies there is damaged, or
    /// was written by a program with other fields: it must be built anew.
    pub fn in_folder(folder: &Path) -> Result<Self> {
        let (schema, fields) = schema();
        let index = tantivy::Index::builder().schema(schema).open_or_create(MmapDirectory::open(folder)?)?;
        let damaged = index.validate_checksum()?;
        if !damaged.is_empty() {
            bail!("{} files are damaged", damaged.len());
        }
        Ok(Self { index, fields })
    }

    /// The ids of all sections that it holds.
    pub fn ids(&self) -> Result<HashSet<u64>> {
        let mut ids = HashSet::new();
        for segment in self.reader()?.searcher().segment_readers() {
            let column = segment.fast_fields().u64("id")?;
            ids.extend(segment.doc_ids_alive().filter_map(|document| column.first(document)));
        }
        Ok(ids)
    }

    /// Takes sections out and others in, both or neither, and returns what answers from them. Whoever still asks an
    /// engine from before gets the answers from before.
    pub fn change(
        &self,
        gone: impl IntoIterator<Item = u64>,
        new: impl IntoIterator<Item = Section>,
        forms: &Arc<Forms>,
    ) -> Result<Engine> {
        for (name, analyzer) in [("stem", words::stems(forms)), ("exact", words::exact()), ("pieces", words::cut())] {
            self.index.tokenizers().register(name, analyzer);
        }
        let mut gone = gone.into_iter().peekable();
        let mut new = new.into_iter().peekable();
        if gone.peek().is_some() || new.peek().is_some() {
            let mut writer = self.index.writer_with_num_threads::<TantivyDocument>(1, WRITER_MEMORY)?;
            let from_nothing = self.index.searchable_segment_ids()?.is_empty();
            for id in gone {
                writer.delete_term(Term::from_field_u64(self.fields.id, id));
            }
            for section in new {
                writer.add_document(self.document(&section))?;
            }
            writer.commit()?;
            if from_nothing {
                self.join_segments(&mut writer)?;
            }
            writer.garbage_collect_files().wait()?;
            writer.wait_merging_threads()?;
        }
        let searcher = self.reader()?.searcher();
        let dictionary = Arc::new(Dictionary::read(&searcher, self.fields.exact, self.fields.stem)?);
        Ok(Engine { fields: self.fields, searcher, stems: words::stems(forms), dictionary })
    }

    /// One segment is searched fastest.
    fn join_segments(&self, writer: &mut IndexWriter<TantivyDocument>) -> Result<()> {
        let segments = self.index.searchable_segment_ids()?;
        if segments.len() > 1 {
            writer.merge(&segments).wait()?;
        }
        Ok(())
    }

    fn document(&self, section: &Section) -> TantivyDocument {
        let [title, heading, keywords, body] =
            [&section.title, &section.heading, &section.keywords, &section.body].map(|text| words::prepare(text));
        let fields = self.fields;
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
        document
    }

    fn reader(&self) -> Result<IndexReader> {
        Ok(self.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?)
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
        id: schema.add_u64_field("id", FAST | INDEXED),
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
