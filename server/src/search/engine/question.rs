//! From what was typed to what is sought: words, phrases in quotes, words to leave out, synonyms.

use super::words::{Word, is_stop_word, prepare, words_of};
use std::collections::HashMap;
use tantivy::tokenizer::TextAnalyzer;

/// Words of the field, as data: what means the same, and forms that no stemmer joins.
#[derive(Debug, Clone, Default)]
pub struct Lexis {
    /// From each way of saying, in lower case, to the others.
    pub synonyms: HashMap<String, Vec<String>>,
}

impl Lexis {
    /// Longest way of saying, in words.
    const LONGEST: usize = 6;

    pub fn add_group<'a>(&mut self, ways: impl IntoIterator<Item = &'a str>) {
        // As the words of a question come: "hälso- och sjukvård" is three words.
        let plain = |way: &str| {
            let words = way.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
        };
        let ways: Vec<String> = ways.into_iter().map(plain).collect();
        for way in &ways {
            let others = ways.iter().filter(|other| *other != way).cloned();
            let known = self.synonyms.entry(way.clone()).or_default();
            for other in others {
                if !known.contains(&other) {
                    known.push(other);
                }
            }
        }
    }
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

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The longest known ways of saying, from the left.
    fn find_synonyms(&mut self, stems: &mut TextAnalyzer, lexis: &Lexis) {
        let mut at = 0;
        while at < self.words.len() {
            let longest = (1..=Lexis::LONGEST.min(self.words.len() - at)).rev().find_map(|length| {
                let said: Vec<&str> = self.words[at..at + length].iter().map(|word| word.exact.as_str()).collect();
                Some((length, lexis.synonyms.get(&said.join(" "))?))
            });
            let Some((length, others)) = longest else {
                at += 1;
                continue;
            };
            let places: Vec<usize> = (at..at + length).collect();
            for other in others {
                let way: Vec<String> = words_of(other, stems, 8).into_iter().map(|word| word.stem).collect();
                if !way.is_empty() {
                    self.synonyms.push((places.clone(), way));
                }
            }
            at += length;
        }
    }
}
