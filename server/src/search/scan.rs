//! Search without an index, while it is being built: every section is read, and answers by how many words of the
//! question it holds. Slower and coarser, but nothing is missing.

use super::Page;
use super::engine::words::{Word, is_stop_word};
use super::engine::{Answer, Found, Question, weights};
use super::sections::{self, Places};

/// Title, heading, keywords and body, as they count.
const WEIGHTS: [f32; 4] = [weights::TITLE, weights::HEADING, weights::KEYWORDS, weights::STEM];

/// Every section in lower case, ready to be read through.
#[derive(Debug)]
pub struct Scan {
    sections: Vec<(u64, [String; 4])>,
}

impl Scan {
    pub fn of(pages: &[Page], places: &Places) -> Self {
        let lowered = |(id, (page, section)): (&u64, &(usize, usize))| {
            let section = sections::section(*id, &pages[*page], &pages[*page].sections[*section]);
            let texts = [section.title, section.heading, section.keywords, section.body];
            (*id, texts.map(|text| text.to_lowercase()))
        };
        Self { sections: places.iter().map(lowered).collect() }
    }

    pub fn answer(&self, question: &Question) -> Answer {
        let words: Vec<&Word> = question.content.iter().map(|at| &question.words[*at]).collect();
        let found = self.sections.iter().filter_map(|(id, texts)| found(*id, texts, &words, question));
        let mut found: Vec<Found> = found.collect();
        found.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.id.cmp(&other.id)));
        found.truncate(weights::CANDIDATES);
        let marks = words.iter().map(|word| word.stem.clone()).filter(|stem| !is_stop_word(stem)).collect();
        Answer { found, marks, corrected: Vec::new() }
    }
}

fn found(id: u64, texts: &[String; 4], words: &[&Word], question: &Question) -> Option<Found> {
    let anywhere = |stem: &String| texts.iter().any(|text| text.contains(stem));
    if question.without.iter().any(anywhere) || !question.phrases.iter().flatten().all(anywhere) {
        return None;
    }
    let held = words.iter().filter(|word| anywhere(&word.stem) || anywhere(&word.exact)).count();
    if held == 0 {
        return None;
    }
    let coverage = held as f32 / words.len() as f32;
    let in_text =
        |text: &str| words.iter().filter(|word| text.contains(&word.stem) || text.contains(&word.exact)).count();
    let score: f32 = texts.iter().zip(WEIGHTS).map(|(text, weight)| weight * in_text(text) as f32).sum();
    Some(Found { id, score: coverage * score, coverage })
}
