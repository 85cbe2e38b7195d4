//! The part of a text that answers, with the words that were sought marked.

use super::words::{Word, prepare};
use std::collections::HashSet;
use tantivy::tokenizer::{TextAnalyzer, TokenStream};

/// Text in pieces, each marked or not.
pub type Excerpt = Vec<(String, bool)>;

/// Letters of an excerpt.
const LENGTH: usize = 220;
/// Letters before the first marked word.
const LEAD: usize = 50;

/// The stretch of `text` that holds most of the sought words. `marks` are stems; a compound that holds a sought word
/// of six letters or more is marked whole.
pub fn excerpt(text: &str, marks: &[String], words: &[Word], stems: &mut TextAnalyzer) -> Excerpt {
    let text = prepare(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let marks: HashSet<&str> = marks.iter().map(String::as_str).collect();
    let long: Vec<&str> =
        words.iter().map(|word| word.exact.as_str()).filter(|word| word.chars().count() >= 6).collect();
    let mut hits: Vec<(usize, usize, String)> = Vec::new();
    let mut stream = stems.token_stream(&text);
    while stream.advance() {
        let token = stream.token();
        let (from, to) = (token.offset_from, token.offset_to);
        let within = || {
            let word = text[from..to].to_lowercase();
            long.iter().any(|sought| word.contains(sought))
        };
        if marks.contains(token.text.as_str()) || within() {
            hits.push((from, to, token.text.clone()));
        }
    }
    drop(stream);
    // The window that begins at one of the hits and holds most different ones.
    let end_of = |from: usize| text[from..].char_indices().nth(LENGTH - LEAD).map_or(text.len(), |(at, _)| from + at);
    let distinct = |from: usize| {
        let end = end_of(from);
        hits.iter()
            .filter(|(start, to, _)| *start >= from && *to <= end)
            .map(|(.., stem)| stem)
            .collect::<HashSet<_>>()
            .len()
    };
    let best = hits
        .iter()
        .map(|(from, ..)| *from)
        .reduce(|best, from| if distinct(from) > distinct(best) { from } else { best });
    let first = best.unwrap_or(0);
    let from = text[..first].char_indices().rev().nth(LEAD).map_or(0, |(at, _)| at);
    let from = if from == 0 { 0 } else { text[from..first].find(' ').map_or(from, |space| from + space + 1) };
    let to = text[from..].char_indices().nth(LENGTH).map_or(text.len(), |(at, _)| from + at);
    let to = if to == text.len() { to } else { text[from..to].rfind(' ').map_or(to, |space| from + space) };

    let mut pieces: Excerpt = Vec::new();
    let mut add = |text: &str, marked: bool| {
        if !text.is_empty() {
            pieces.push((text.to_owned(), marked));
        }
    };
    if from > 0 {
        add("… ", false);
    }
    let mut written = from;
    for (start, end, _) in hits.iter().filter(|(start, end, _)| *start >= from && *end <= to) {
        add(&text[written..*start], false);
        add(&text[*start..*end], true);
        written = *end;
    }
    add(&text[written..to], false);
    if to < text.len() {
        add(" …", false);
    }
    pieces
}
