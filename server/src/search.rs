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
    kind: &'static str,
    title: Text,
    lead: Text,
    /// Keywords, synonyms, inflected forms: found, never shown.
    hidden: Text,
    sections: Vec<Part>,
}

#[derive(Debug)]
struct Part {
    id: Option<String>,
    heading: Text,
    text: Text,
}

/// A text as it is shown, and in lower case as it is compared: made once, not for every question.
#[derive(Debug)]
struct Text {
    shown: String,
    lower: String,
}

impl Text {
    fn new(shown: impl Into<String>) -> Self {
        let shown = shown.into();
        Self { lower: shown.to_lowercase(), shown }
    }

    /// Does some word begin with `word` (lower case)?
    fn holds(&self, word: &str) -> bool {
        self.lower.match_indices(word).any(|(at, _)| !self.lower[..at].ends_with(char::is_alphanumeric))
    }
}

/// Hits beyond these are of no use to anyone.
const MOST_HITS: usize = 50;
/// Letters of an excerpt.
const EXCERPT: usize = 220;

pub fn article(source: &ArticleSource, rendered: &Rendered) -> Entry {
    Entry {
        path: paths::article(&source.slug),
        kind: "Vägledning",
        title: Text::new(&source.title),
        lead: Text::new(&source.lead),
        hidden: Text::new(source.keywords.join(" ")),
        sections: parts(rendered),
    }
}

pub fn page(source: &PageSource, rendered: &Rendered) -> Entry {
    Entry {
        path: paths::standing(&source.slug),
        kind: "Om webbplatsen",
        title: Text::new(&source.title),
        lead: Text::new(&source.lead),
        hidden: Text::new(""),
        sections: parts(rendered),
    }
}

pub fn term(term: &Term) -> Entry {
    Entry {
        path: paths::term(&term.id),
        kind: "Ordlista",
        title: Text::new(&term.term),
        lead: Text::new(&term.definition),
        hidden: Text::new([term.synonyms.join(" "), term.forms.join(" ")].join(" ")),
        sections: Vec::new(),
    }
}

fn parts(rendered: &Rendered) -> Vec<Part> {
    let part = |section: &Section| Part {
        id: section.id.clone(),
        heading: Text::new(section.heading.clone().unwrap_or_default()),
        text: Text::new(&section.text),
    };
    rendered.sections.iter().map(part).collect()
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
            found += weight * u32::from(text.holds(word));
        }
        for part in &entry.sections {
            found += 4 * u32::from(part.heading.holds(word)) + u32::from(part.text.holds(word));
        }
        (found > 0).then_some(sum + found)
    })
}

fn hit(entry: &Entry, words: &[String]) -> Hit {
    let held = |text: &Text| words.iter().filter(|word| text.holds(word)).count();
    let best = entry.sections.iter().max_by_key(|part| held(&part.text));
    let text = best.map(|part| &part.text).filter(|text| held(text) > 0).unwrap_or(&entry.lead);
    let sections = entry.sections.iter().filter_map(|part| {
        let id = part.id.as_ref()?;
        (held(&part.heading) > 0).then(|| (format!("{}#{id}", entry.path), part.heading.shown.clone()))
    });
    Hit {
        path: entry.path.clone(),
        title: entry.title.shown.clone(),
        kind: entry.kind,
        excerpt: excerpt(&text.shown, words),
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
