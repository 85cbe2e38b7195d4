//! What is searched and asked: two files of JSON lines, or the shipped content and its exam.

use crate::content::ExamQuestion;
use crate::search::{SearchShelf, exam};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::io::BufRead;
use std::path::Path;

/// One text that can be found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    pub title: String,
    pub heading: String,
    pub keywords: String,
    pub body: String,
}

impl Document {
    /// For engines that know no other field: the title with the heading.
    pub fn whole_title(&self) -> String {
        [self.title.as_str(), self.heading.as_str()].join(" ").trim().to_owned()
    }

    /// The body with the keywords, likewise.
    pub fn whole_body(&self) -> String {
        [self.body.as_str(), self.keywords.as_str()].join(" ").trim().to_owned()
    }
}

/// A question, with the places of the documents that answer it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub typed: String,
    pub right: Vec<usize>,
}

#[derive(Debug, Clone, Default)]
pub struct Corpus {
    pub documents: Vec<Document>,
    pub questions: Vec<Question>,
}

impl Corpus {
    /// Bytes of text: titles and bodies.
    pub fn text_bytes(&self) -> usize {
        let bytes = |one: &Document| one.title.len() + one.heading.len() + one.keywords.len() + one.body.len();
        self.documents.iter().map(bytes).sum()
    }
}

/// An id is a string; files with numbers are understood too.
#[derive(Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(untagged, expecting = "an id is a string or a whole number")]
enum Id {
    Text(String),
    Number(i64),
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => write!(f, "\"{text}\""),
            Self::Number(number) => write!(f, "{number}"),
        }
    }
}

#[derive(Deserialize)]
struct DocumentLine {
    id: Id,
    #[serde(default)]
    title: String,
    body: String,
}

#[derive(Deserialize)]
struct QuestionLine {
    query: String,
    ids: Vec<Id>,
}

/// Reads documents, `{"id","title","body"}` a line, and questions, `{"query","ids":[…]}` a line. The first line that
/// cannot be used is an error that names file and line.
pub fn read(documents: &Path, questions: &Path) -> Result<Corpus> {
    let mut corpus = Corpus::default();
    let mut places: HashMap<Id, usize> = HashMap::new();
    each_line(documents, |line: DocumentLine| {
        let place = corpus.documents.len();
        if places.contains_key(&line.id) {
            bail!("the id {} was given to a document before", line.id);
        }
        places.insert(line.id, place);
        corpus.documents.push(Document { title: line.title, body: line.body, ..Document::default() });
        Ok(())
    })?;
    each_line(questions, |line: QuestionLine| {
        if line.query.trim().is_empty() {
            bail!("the query is empty");
        }
        if line.ids.is_empty() {
            bail!("`ids` names no document");
        }
        let place = |id: &Id| places.get(id).copied().with_context(|| format!("no document has the id {id}"));
        let right = line.ids.iter().map(place).collect::<Result<_>>()?;
        corpus.questions.push(Question { typed: line.query, right });
        Ok(())
    })?;
    Ok(corpus)
}

/// Empty lines are passed over; a file without any other is an error.
fn each_line<Line: DeserializeOwned>(path: &Path, mut take: impl FnMut(Line) -> Result<()>) -> Result<()> {
    let file = std::fs::File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let mut none = true;
    for (index, line) in std::io::BufReader::new(file).lines().enumerate() {
        let here = || format!("{}, line {}", path.display(), index + 1);
        let line = line.with_context(|| format!("{}: not text in UTF-8", here()))?;
        let line = line.trim_start_matches('\u{feff}');
        if line.trim().is_empty() {
            continue;
        }
        none = false;
        serde_json::from_str(line).map_err(anyhow::Error::from).and_then(&mut take).with_context(here)?;
    }
    if none {
        bail!("{} is empty", path.display());
    }
    Ok(())
}

/// The sections of the shipped pages, and the exam's questions: right is every section of a page that may come first.
pub fn shipped(shelf: &SearchShelf, questions: &[ExamQuestion]) -> Corpus {
    let (paths, documents): (Vec<String>, Vec<Document>) = shelf
        .texts()
        .map(|(path, section)| {
            let document = Document {
                title: section.title,
                heading: section.heading,
                keywords: section.keywords,
                body: section.body,
            };
            (path, document)
        })
        .unzip();
    let questions = questions.iter().map(|question| Question {
        right: (0..paths.len()).filter(|at| question.first.iter().any(|right| exam::is(&paths[*at], right))).collect(),
        typed: question.text.clone(),
    });
    // Some questions have no page of the index as their answer: a provision is pinned, not found.
    let questions = questions.filter(|question| !question.right.is_empty()).collect();
    Corpus { documents, questions }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(documents: &str, questions: &str) -> Result<Corpus> {
        let folder = tempfile::tempdir()?;
        let [one, other] = ["documents.jsonl", "questions.jsonl"].map(|name| folder.path().join(name));
        std::fs::write(&one, documents)?;
        std::fs::write(&other, questions)?;
        read(&one, &other)
    }

    const DOCUMENTS: &str = "{\"id\":\"a\",\"title\":\"Ett\",\"body\":\"En text\"}\n\n{\"id\":7,\"body\":\"Två\"}\n";
    const QUESTION: &str = "{\"query\":\"två\",\"ids\":[7,\"a\"]}\n";

    #[test]
    fn documents_and_questions_are_read_line_by_line() {
        let corpus = read_text(DOCUMENTS, QUESTION).unwrap();
        assert_eq!(corpus.documents.len(), 2);
        assert_eq!(corpus.questions, [Question { typed: "två".to_owned(), right: vec![1, 0] }]);
        assert_eq!(corpus.text_bytes(), "EttEn textTvå".len());
    }

    #[test]
    fn a_line_that_cannot_be_used_is_named() {
        let twice = "{\"id\":\"a\",\"body\":\"\"}\n{\"id\":\"a\",\"body\":\"\"}";
        for (documents, questions, told) in [
            ("{\"id\":\"a\",\"body\":\"\"}\n{\"id\":\"b\"", QUESTION, "documents.jsonl, line 2"),
            ("{\"id\":\"a\",\"title\":\"\"}", QUESTION, "missing field `body`"),
            ("{\"id\":[],\"body\":\"\"}", QUESTION, "an id is a string or a whole number"),
            (twice, QUESTION, "documents.jsonl, line 2: the id \"a\" was given to a document before"),
            ("\n", QUESTION, "documents.jsonl is empty"),
            (DOCUMENTS, "\n{\"query\":\"x\",\"ids\":[8]}", "questions.jsonl, line 2: no document has the id 8"),
            (DOCUMENTS, "{\"query\":\" \",\"ids\":[7]}", "line 1: the query is empty"),
            (DOCUMENTS, "{\"query\":\"x\",\"ids\":[]}", "line 1: `ids` names no document"),
        ] {
            let error = format!("{:#}", read_text(documents, questions).unwrap_err());
            assert!(error.contains(told), "{error}");
        }
    }

    #[test]
    fn a_file_that_is_no_text_or_not_there_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bytes.jsonl");
        std::fs::write(&file, b"{\"id\":\"a\",\"body\":\"\"}\n\xff\xfe\n").unwrap();
        let error = format!("{:#}", read(&file, &file).unwrap_err());
        assert!(error.contains("bytes.jsonl, line 2: not text in UTF-8"), "{error}");
        let error = format!("{:#}", read(&folder.path().join("none.jsonl"), &file).unwrap_err());
        assert!(error.contains("none.jsonl cannot be read"), "{error}");
    }
}
