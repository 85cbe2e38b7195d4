//! From what was typed to what is sought: words, phrases in quotes, words to leave out, synonyms.

use super::words::{Word, folded, is_stop_word, prepare, words_of};
use std::collections::HashMap;
use tantivy::tokenizer::TextAnalyzer;

/// Words of the field, as data: other ways of saying a thing.
#[derive(Debug, Clone, Default)]
pub struct Lexis {
    /// From the stems of each way of saying, with spaces between, to the stems of the others.
    ways: HashMap<String, Vec<Vec<String>>>,
}

impl Lexis {
    /// Longest way of saying, in words.
    const LONGEST: usize = 6;

    /// All of these mean the same: who says one finds the others.
    pub fn add_group<'a>(&mut self, ways: impl IntoIterator<Item = &'a str>, stems: &mut TextAnalyzer) {
        let ways: Vec<Vec<String>> = ways.into_iter().map(|way| stems_of(way, stems)).collect();
        for way in &ways {
            self.add(way, &ways);
        }
    }

    /// Who says this finds those too, but not the other way round: "papper" may be a journal, a journal is no paper.
    pub fn add_hint<'a>(&mut self, said: &str, meant: impl IntoIterator<Item = &'a str>, stems: &mut TextAnalyzer) {
        let meant: Vec<Vec<String>> = meant.into_iter().map(|way| stems_of(way, stems)).collect();
        self.add(&stems_of(said, stems), &meant);
    }

    fn add(&mut self, said: &[String], meant: &[Vec<String>]) {
        let said_plainly = said.join(" ");
        if said_plainly.is_empty() {
            return;
        }
        // Typed without dots and rings it is understood too, where that is no other way of saying.
        for key in [folded(&said_plainly), said_plainly] {
            let known = self.ways.entry(key).or_default();
            for way in meant.iter().filter(|way| !way.is_empty() && *way != said) {
                if !known.contains(way) {
                    known.push(way.clone());
                }
            }
        }
    }
}

/// The stems of a name without its small words, spaces and signs: what is asked for by name is compared so.
pub fn name(text: &str, stems: &mut TextAnalyzer) -> String {
    let words = words_of(&prepare(text), stems, MOST_WORDS).into_iter();
    words.filter(|word| !is_stop_word(&word.exact)).map(|word| word.stem).collect()
}

fn stems_of(text: &str, stems: &mut TextAnalyzer) -> Vec<String> {
    words_of(text, stems, 8).into_iter().map(|word| word.stem).collect()
}

/// A question, understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// All words in order, stop words among them.
    pub words: Vec<Word>,
    /// Places in `words` that say what is sought.
    pub content: Vec<usize>,
    /// Stems that must stand together, in order.
    pub phrases: Vec<Vec<String>>,
    /// Stems that may not occur.
    pub without: Vec<String>,
    /// Other ways of saying what stands at some places: the places, and the stems of each way.
    pub synonyms: Vec<(Vec<usize>, Vec<String>)>,
}

/// Nobody types more; more would only cost.
const MOST_WORDS: usize = 24;

impl Question {
    pub fn read(typed: &str, stems: &mut TextAnalyzer, lexis: &Lexis) -> Self {
        let typed = prepare(typed);
        let (mut plain, mut question) = (String::new(), Self::default());
        for (index, piece) in typed.split(['"', '”', '“', '„', '»', '«']).enumerate() {
            plain.push(' ');
            // Between an opening and a closing quote. Without a closing one the rest is words like any others.
            if index % 2 == 1 {
                let phrase: Vec<String> =
                    words_of(piece, stems, MOST_WORDS).into_iter().map(|word| word.stem).collect();
                if phrase.len() > 1 {
                    question.phrases.push(phrase);
                }
                plain.push_str(piece);
                continue;
            }
            for word in piece.split_whitespace() {
                match word.strip_prefix(['-', '−']).filter(|rest| rest.starts_with(char::is_alphanumeric)) {
                    Some(without) => {
                        question.without.extend(words_of(without, stems, 4).into_iter().map(|word| word.stem))
                    }
                    None => {
                        plain.push(' ');
                        plain.push_str(word);
                    }
                }
            }
        }
        question.words = words_of(&plain, stems, MOST_WORDS);
        question.content = (0..question.words.len()).filter(|at| !is_stop_word(&question.words[*at].exact)).collect();
        if question.content.is_empty() {
            question.content = (0..question.words.len()).collect();
        }
        question.find_synonyms(stems, lexis);
        question
    }

    /// All that is sought, as names of pages are written by [`name`]: as it was typed and corrected, in one word, and
    /// in each other way of saying the whole of it.
    pub fn names(&self, corrected: &[(String, String)], stems: &mut TextAnalyzer) -> Vec<String> {
        let word = |at: &usize| {
            let typed = &self.words[*at].exact;
            corrected.iter().find(|(word, _)| word == typed).map_or(typed.as_str(), |(_, meant)| meant.as_str())
        };
        let typed: Vec<&str> = self.content.iter().map(word).collect();
        let whole = self.synonyms.iter().filter(|(places, _)| self.content.iter().all(|at| places.contains(at)));
        let ways = whole.map(|(_, way)| way.iter().filter(|stem| !is_stop_word(stem)).map(String::as_str).collect());
        [name(&typed.join(" "), stems), name(&typed.concat(), stems)].into_iter().chain(ways).collect()
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The longest known ways of saying, from the left.
    fn find_synonyms(&mut self, stems: &mut TextAnalyzer, lexis: &Lexis) {
        let mut at = 0;
        while at < self.words.len() {
            let longest = (1..=Lexis::LONGEST.min(self.words.len() - at)).rev().find_map(|length| {
                let said = &self.words[at..at + length];
                let stems_said: Vec<&str> = said.iter().map(|word| word.stem.as_str()).collect();
                let ways = lexis.ways.get(&stems_said.join(" ")).or_else(|| {
                    // "Tvångs gifte", as telephones like to write it.
                    let [first, second] = said else { return None };
                    let joined = words_of(&format!("{}{}", first.exact, second.exact), stems, 1).pop()?;
                    lexis.ways.get(&joined.stem)
                })?;
                Some((length, ways))
            });
            let Some((length, ways)) = longest else {
                at += 1;
                continue;
            };
            let places: Vec<usize> = (at..at + length).collect();
            self.synonyms.extend(ways.iter().map(|way| (places.clone(), way.clone())));
            at += length;
        }
    }
}
