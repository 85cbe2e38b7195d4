//! The portal's own engine, with the portal's own words of the field.

use super::contender::{Built, Contender, SUGGESTIONS};
use super::corpus::{Corpus, Document};
use super::measure::DEPTH;
use crate::search::Language;
use crate::search::engine::{Answer, Engine, Lexis, Question, Section, excerpt};
use anyhow::{Context, Result};
use std::path::Path;
use std::time::Instant;

pub struct Frid<'a> {
    engine: Engine,
    lexis: &'a Lexis,
    documents: &'a [Document],
    built: Built,
}

impl<'a> Frid<'a> {
    pub fn index(corpus: &'a Corpus, language: &'a Language, folder: &Path) -> Result<Self> {
        let folder = folder.join("frid");
        std::fs::create_dir(&folder)?;
        let began = Instant::now();
        let sections = corpus.documents.iter().enumerate().map(|(id, document)| Section {
            id: id as u64,
            title: document.title.clone(),
            heading: document.heading.clone(),
            keywords: document.keywords.clone(),
            body: document.body.clone(),
        });
        let engine = Engine::build(sections, &language.forms, Some(&folder))?;
        let time = began.elapsed();
        let mut bytes = 0;
        for file in std::fs::read_dir(&folder)? {
            bytes += file?.metadata()?.len();
        }
        let built = Built { name: "Frid".to_owned(), time, bytes };
        Ok(Self { engine, lexis: &language.lexis, documents: &corpus.documents, built })
    }

    fn ask(&self, typed: &str) -> Result<(Question, Answer, Vec<usize>)> {
        let question = Question::read(typed, &mut self.engine.stems(), self.lexis);
        let answer = self.engine.answer(&question)?;
        let found = answer.found.iter().take(DEPTH).map(|found| usize::try_from(found.id));
        let found = found.collect::<Result<_, _>>().context("a document that was never given")?;
        Ok((question, answer, found))
    }
}

impl Contender for Frid<'_> {
    fn built(&self) -> Built {
        self.built.clone()
    }

    async fn answer(&mut self, typed: &str) -> Result<Vec<usize>> {
        Ok(self.ask(typed)?.2)
    }

    async fn answer_with_snippets(&mut self, typed: &str) -> Result<Vec<String>> {
        let (question, answer, found) = self.ask(typed)?;
        let mut stems = self.engine.stems();
        let snippet = |at: usize| {
            let pieces = excerpt(&self.documents[at].body, &answer.marks, &question.words, &mut stems);
            let marked = |(text, marked)| if marked { format!("<b>{text}</b>") } else { text };
            pieces.into_iter().map(marked).collect()
        };
        Ok(found.into_iter().map(snippet).collect())
    }

    async fn suggest(&mut self, start: &str) -> Result<Vec<String>> {
        Ok(self.engine.words_from(start, SUGGESTIONS))
    }
}
