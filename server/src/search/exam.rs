//! Sits the open exam: real questions with the pages that must answer them (`content/sokprov.toml`).

use crate::content::ExamQuestion;
use app::search::{Query, Request, Search};

/// How search did. A question is answered by the first hit that is one of its right pages; the places of the answers
/// make the marks.
#[derive(Debug, Clone, PartialEq)]
pub struct Marks {
    pub questions: usize,
    /// Recall@1: the share of questions that are answered by the first hit.
    pub first: f64,
    /// Recall@3: the share of questions that are answered by one of the first three hits.
    pub among_three: f64,
    /// MRR@10: the mean of 1/place, where an answer below the tenth hit counts 0.
    pub mrr: f64,
    /// Questions whose right answer was not first.
    pub misses: Vec<Miss>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Miss {
    pub question: String,
    /// From 1; `None` when it is not among ten.
    pub place: Option<usize>,
    /// What came first.
    pub first: String,
}

pub fn sit(search: &dyn Search, questions: &[ExamQuestion]) -> Marks {
    let (mut places, mut misses) = (Vec::new(), Vec::new());
    for question in questions {
        let hits = hits(search, &question.text);
        let is_right = |path: &String| question.first.iter().any(|right| is(path, right));
        let place = hits.iter().position(is_right).map(|before| before + 1);
        if place != Some(1) {
            let first = hits.into_iter().next().unwrap_or_default();
            misses.push(Miss { question: question.text.clone(), place, first });
        }
        places.extend(place);
    }
    let mean = |sum: f64| sum / questions.len().max(1) as f64;
    let within = |most: usize| mean(places.iter().filter(|place| **place <= most).count() as f64);
    Marks {
        questions: questions.len(),
        first: within(1),
        among_three: within(3),
        mrr: mean(places.iter().map(|place| 1.0 / *place as f64).sum()),
        misses,
    }
}

/// The addresses of the first ten hits, among everything that was ever in force.
fn hits(search: &dyn Search, question: &str) -> Vec<String> {
    let Some(query) = Query::parse(question) else { return Vec::new() };
    let request = Request { also_repealed: true, limit: 10, ..Request::new(query) };
    search.search(&request).hits.into_iter().map(|hit| hit.path).collect()
}

/// An address without an anchor stands for the whole page; with one, for that very place.
pub(super) fn is(path: &str, right: &str) -> bool {
    if right.contains('#') { path == right } else { path.split('#').next() == Some(right) }
}
