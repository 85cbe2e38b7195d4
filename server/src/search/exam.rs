//! The open exam: real questions with the pages that must answer them (`content/sokprov.toml`).

use app::search::{Query, Request, Search};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    fraga: Vec<Fraga>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fraga {
    text: String,
    forst: Vec<String>,
    #[serde(default)]
    bland: Vec<String>,
    #[serde(default)]
    #[expect(dead_code, reason = "for those who read the file")]
    slag: String,
}

/// How search did.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Marks {
    pub questions: usize,
    /// Share of questions whose first answer is one of the right ones; among the first three; and the mean of
    /// 1/place among the first ten (MRR@10).
    pub first: f64,
    pub among_three: f64,
    pub mrr: f64,
    /// Questions whose right answer was not first: the question, the place (if among ten), and what came first.
    pub misses: Vec<(String, Option<usize>, String)>,
}

/// Sits the exam. `text` is the file.
pub fn sit(search: &dyn Search, text: &str) -> anyhow::Result<Marks> {
    let file: File = toml::from_str(text)?;
    let mut marks = Marks { questions: file.fraga.len(), ..Marks::default() };
    let (mut first, mut three, mut mrr) = (0, 0, 0.0);
    for fraga in &file.fraga {
        let Some(query) = Query::parse(&fraga.text) else { continue };
        let request = Request { also_repealed: true, ..Request::new(query) };
        let hits: Vec<String> = search.search(&request).hits.into_iter().map(|hit| hit.path).collect();
        let place = hits.iter().position(|path| fraga.forst.iter().any(|right| is(path, right)));
        let welcome =
            hits.iter().take(3).any(|path| fraga.forst.iter().chain(&fraga.bland).any(|right| is(path, right)));
        first += usize::from(place == Some(0));
        three +=
            usize::from(place.is_some_and(|place| place < 3) || (welcome && place.is_none() && fraga.forst.is_empty()));
        mrr += place.map_or(0.0, |place| 1.0 / (place as f64 + 1.0));
        if place != Some(0) {
            marks.misses.push((
                fraga.text.clone(),
                place.map(|place| place + 1),
                hits.first().cloned().unwrap_or_default(),
            ));
        }
    }
    let share = |count: usize| count as f64 / marks.questions.max(1) as f64;
    (marks.first, marks.among_three, marks.mrr) = (share(first), share(three), mrr / marks.questions.max(1) as f64);
    Ok(marks)
}

/// The questions, each with the pages that may come first.
pub fn questions(text: &str) -> anyhow::Result<Vec<(String, Vec<String>)>> {
    let file: File = toml::from_str(text)?;
    Ok(file.fraga.into_iter().map(|fraga| (fraga.text, fraga.forst)).collect())
}

/// An address without an anchor stands for the whole page; with one, for that very place.
pub(super) fn is(path: &str, right: &str) -> bool {
    if right.contains('#') { path == right } else { path.split('#').next() == Some(right) }
}
