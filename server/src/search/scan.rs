//! Search without an index, while it is being built: every section is read, and answers by how many words of the
//! question it holds. Slower and coarser, but nothing is missing.

use super::Page;
use super::engine::words::{Word, is_stop_word};
use super::engine::{Answer, Found, Question, weights};
use super::sections::Places;

pub fn answer(pages: &[Page], places: &Places, question: &Question) -> Answer {
    let words: Vec<&Word> = question.content.iter().map(|at| &question.words[*at]).collect();
    let mut found: Vec<Found> = Vec::new();
    for (id, (page, section)) in places {
        let (page, section) = (&pages[*page], &pages[*page].sections[*section]);
        let parts = [
            (page.title.to_lowercase(), weights::TITLE),
            (section.heading.to_lowercase(), weights::HEADING),
            (if section.first { page.keywords.to_lowercase() } else { String::new() }, weights::KEYWORDS),
            (section.text.to_lowercase(), weights::STEM),
        ];
        let holds = |stem: &str| parts.iter().any(|(text, _)| text.contains(stem));
        if question.without.iter().any(|stem| holds(stem)) || !question.phrases.iter().flatten().all(|stem| holds(stem))
        {
            continue;
        }
        let held = |word: &&&Word| holds(&word.stem) || holds(&word.exact);
        let coverage = words.iter().filter(held).count() as f32 / words.len().max(1) as f32;
        if coverage == 0.0 {
            continue;
        }
        let in_part = |text: &str| {
            words.iter().filter(|word| text.contains(&word.stem) || text.contains(&word.exact)).count() as f32
        };
        let score: f32 = parts.iter().map(|(text, weight)| weight * in_part(text)).sum();
        found.push(Found { id: *id, score: coverage * score, coverage });
    }
    found.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.id.cmp(&other.id)));
    found.truncate(weights::CANDIDATES);
    let marks = words.iter().map(|word| word.stem.clone()).filter(|stem| !is_stop_word(stem)).collect();
    Answer { found, marks, corrected: Vec::new() }
}
