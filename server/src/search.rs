//! Search over the shelf in memory: every word of the question must stand in the page. It needs no index
//! and so always answers; a title counts more than a heading, a heading more than the text.

use crate::content::{ArticleSource, PageSource};
use crate::library::shelf::Shelf;
use crate::markdown::{Rendered, Section};
use app::glossary::Term;
use app::routes::paths;
use app::search::{Hit, Piece, Query, Search};

/// One page as it is searched.
#[derive(Debug)]
pub struct Entry {
    path: String,
    title: String,
    kind: &'static str,
    lead: String,
    /// Keywords, synonyms, inflected forms: found, never shown.
    hidden: String,
    sections: Vec<Section>,
}

/// Hits beyond these are of no use to anyone.
const MOST_HITS: usize = 50;
const EXCERPT: usize = 220;

pub fn article(source: &ArticleSource, rendered: &Rendered) -> Option<Entry> {
    Some(Entry {
        path: paths::article(&source.slug),
        title: source.title.clone(),
        kind: "Vägledning",
        lead: source.lead.clone(),
        hidden: source.keywords.join(" "),
        sections: rendered.sections.clone(),
    })
}

pub fn page(source: &PageSource, rendered: &Rendered) -> Option<Entry> {
    Some(Entry {
        path: paths::standing(&source.slug),
        title: source.title.clone(),
        kind: "Om webbplatsen",
        lead: source.lead.clone(),
        hidden: String::new(),
        sections: rendered.sections.clone(),
    })
}

pub fn term(term: &Term) -> Entry {
    Entry {
        path: paths::term(&term.id),
        title: term.term.clone(),
        kind: "Ordlista",
        lead: term.definition.clone(),
        hidden: [term.synonyms.join(" "), term.forms.join(" ")].join(" "),
        sections: Vec::new(),
    }
}

impl Search for Shelf {
    fn search(&self, query: &Query) -> Vec<Hit> {
        let words = words(query.as_str());
        if words.is_empty() {
            return Vec::new();
        }
        let mut scored: Vec<(u32, &Entry)> =
            self.search.iter().filter_map(|entry| Some((score(entry, &words)?, entry))).collect();
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        scored.into_iter().take(MOST_HITS).map(|(_, entry)| hit(entry, &words)).collect()
    }
}

/// `None` unless every word is found somewhere.
fn score(entry: &Entry, words: &[String]) -> Option<u32> {
    let fields = [(&entry.title, 16), (&entry.hidden, 10), (&entry.lead, 6)];
    words.iter().try_fold(0, |sum, word| {
        let mut found = 0;
        for (text, weight) in fields {
            found += weight * u32::from(holds(text, word));
        }
        for section in &entry.sections {
            found += 4 * u32::from(section.heading.as_ref().is_some_and(|heading| holds(heading, word)));
            found += u32::from(holds(&section.text, word));
        }
        (found > 0).then_some(sum + found)
    })
}

fn hit(entry: &Entry, words: &[String]) -> Hit {
    let best = entry.sections.iter().max_by_key(|section| words.iter().filter(|w| holds(&section.text, w)).count());
    let text = match best {
        Some(section) if words.iter().any(|word| holds(&section.text, word)) => &section.text,
        _ => &entry.lead,
    };
    let sections = entry.sections.iter().filter_map(|section| {
        let (id, heading) = (section.id.as_ref()?, section.heading.as_ref()?);
        let matches = words.iter().any(|word| holds(heading, word));
        matches.then(|| (format!("{}#{id}", entry.path), heading.clone()))
    });
    Hit {
        path: entry.path.clone(),
        title: entry.title.clone(),
        kind: entry.kind,
        excerpt: excerpt(text, words),
        sections: sections.take(3).collect(),
    }
}

/// The text around the first match, with each match marked.
fn excerpt(text: &str, words: &[String]) -> Vec<Piece> {
    let first = matches(text, words).next().map_or(0, |(start, _)| start);
    let from = text[..first].char_indices().rev().nth(60).map_or(0, |(at, _)| at);
    let from = if from == 0 { 0 } else { text[from..].find(' ').map_or(from, |space| from + space + 1) };
    let to = text[from..].char_indices().nth(EXCERPT).map_or(text.len(), |(at, _)| from + at);
    let to = if to == text.len() { to } else { text[from..to].rfind(' ').map_or(to, |space| from + space) };
    let window = &text[from..to];

    let mut pieces = Vec::new();
    let mut plain_from = 0;
    if from > 0 {
        pieces.push(Piece::Plain("… ".into()));
    }
    for (start, end) in matches(window, words) {
        if start < plain_from {
            continue;
        }
        pieces.push(Piece::Plain(window[plain_from..start].to_owned()));
        pieces.push(Piece::Marked(window[start..end].to_owned()));
        plain_from = end;
    }
    pieces.push(Piece::Plain(window[plain_from..].to_owned()));
    if to < text.len() {
        pieces.push(Piece::Plain(" …".into()));
    }
    pieces.retain(|piece| !matches!(piece, Piece::Plain(text) if text.is_empty()));
    pieces
}

/// Does some word of `text` begin with `word`?
fn holds(text: &str, word: &str) -> bool {
    matches(text, std::slice::from_ref(&word.to_owned())).next().is_some()
}

/// Byte ranges of the whole words of `text` that begin with one of `words` (already lower case).
fn matches<'a>(text: &'a str, words: &'a [String]) -> impl Iterator<Item = (usize, usize)> + 'a {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + text[from..].find(char::is_alphanumeric)?;
            let end = text[start..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |length| start + length);
            from = end;
            let found = text[start..end].to_lowercase();
            if words.iter().any(|word| found.starts_with(word.as_str())) {
                return Some((start, end));
            }
        }
    })
}

/// The words of a question, lower case, at most twelve.
fn words(query: &str) -> Vec<String> {
    query
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .take(12)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn marked(text: &str, query: &str) -> Vec<String> {
        let pieces = excerpt(text, &words(query));
        pieces
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Marked(text) => Some(text),
                Piece::Plain(_) => None,
            })
            .collect()
    }

    #[test]
    fn the_beginning_of_a_word_is_enough_and_the_whole_word_is_marked() {
        assert_eq!(marked("En orosanmälan görs genast.", "oros"), ["orosanmälan"]);
        assert_eq!(marked("Åtal och åtgärd", "åt"), ["Åtal", "åtgärd"]);
    }

    #[test]
    fn swedish_letters_are_letters_of_their_own() {
        assert_eq!(marked("vald person, våld mot person", "vald"), ["vald"]);
    }

    proptest! {
        #[test]
        fn no_question_and_no_text_break_the_excerpt(text in "\\PC{0,400}", query in "\\PC{0,60}") {
            let whole: usize = excerpt(&text, &words(&query)).len();
            prop_assert!(whole <= 2 * text.len() + 3);
        }
    }
}
