//! Search: the question, the answer, and what the feature needs from the world.

mod address;
mod filters;
pub mod islands;
mod nothing;
pub mod page;
mod results;
mod suggestions;

use crate::counties::County;
use crate::events;
use crate::guidance::Audience;

/// What a visitor typed, made harmless: trimmed, at most 200 characters, no control characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query(String);

impl Query {
    pub const LONGEST: usize = 200;

    /// `None` when there is nothing to search for.
    pub fn parse(text: &str) -> Option<Self> {
        let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(Self::LONGEST).collect();
        let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
        (!clean.is_empty()).then_some(Self(clean))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same question with some words, given in lower case, put otherwise.
    pub fn with(&self, corrected: &[(String, String)]) -> Self {
        let is_mark = |c: char| !c.is_alphanumeric();
        let put = self.0.split_inclusive(is_mark).map(|piece| {
            let (word, mark) = piece.split_at(piece.trim_end_matches(is_mark).len());
            let meant = corrected.iter().find(|(typed, _)| *typed == word.to_lowercase());
            format!("{}{mark}", meant.map_or(word, |(_, meant)| meant))
        });
        Self(put.collect())
    }
}

/// What kind of page answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Guidance,
    Regulation,
    Handbook,
    Term,
    Event(events::Kind),
    Training,
    Page,
}

impl Kind {
    pub const ALL: [Self; 9] = [
        Self::Guidance,
        Self::Regulation,
        Self::Handbook,
        Self::Term,
        Self::Event(events::Kind::Conference),
        Self::Event(events::Kind::DialogueMeeting),
        Self::Event(events::Kind::ThemeDay),
        Self::Training,
        Self::Page,
    ];

    /// As written in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Guidance => "vagledning",
            Self::Regulation => "regler",
            Self::Handbook => "handbok",
            Self::Term => "ordlista",
            Self::Event(kind) => kind.as_str(),
            Self::Training => "utbildning",
            Self::Page => "sida",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Guidance => "Vägledning",
            Self::Regulation => "Regler",
            Self::Handbook => "Handboken",
            Self::Term => "Ordlista",
            Self::Event(kind) => kind.name(),
            Self::Training => "Utbildning",
            Self::Page => "Om webbplatsen",
        }
    }

    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }
}

/// A question with everything that narrows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub query: Query,
    pub kind: Option<Kind>,
    pub audience: Option<Audience>,
    pub county: Option<&'static County>,
    /// What has been repealed or archived too.
    pub also_repealed: bool,
    /// The first hit that is wanted, from 0, and how many.
    pub offset: usize,
    pub limit: usize,
}

impl Request {
    /// Hits on one page.
    pub const PAGE: usize = 10;
    pub const MOST: usize = 100;

    pub fn new(query: Query) -> Self {
        Self { query, kind: None, audience: None, county: None, also_repealed: false, offset: 0, limit: Self::PAGE }
    }
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// Pages that answer, before `offset` and `limit`.
    pub total: usize,
    /// Best first.
    pub hits: Vec<Hit>,
    /// How many pages each choice would leave, the others unchanged. Only choices that leave some.
    pub kinds: Vec<(Kind, usize)>,
    pub audiences: Vec<(Audience, usize)>,
    pub counties: Vec<(&'static County, usize)>,
    /// Pages that are left out because they no longer apply.
    pub repealed: usize,
    /// Words that stand nowhere, each with what was looked for instead.
    pub corrected: Vec<(String, String)>,
}

/// One page that answers the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// With the anchor of the section that answers best.
    pub path: String,
    pub title: String,
    pub kind: Kind,
    /// What the reader must know before opening it: "Upphävd 1 juli 2025", "Kommande, 11 mars 2027".
    pub standing: Option<String>,
    pub excerpt: Vec<Piece>,
    /// Further sections of the page that match; at most three.
    pub sections: Vec<(String, String)>,
}

/// Text of an excerpt, marked where it matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Plain(String),
    Marked(String),
}

/// What search needs from the world.
pub trait Search: Send + Sync {
    /// Never fails: a question that nothing answers has no hits.
    fn search(&self, request: &Request) -> Answer;
    /// Words and titles that what was typed may become, the best first; at most eight.
    fn suggest(&self, typed: &Query) -> Vec<String>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_becomes_one_clean_line_of_bounded_length() {
        assert_eq!(Query::parse("  oro\n\0 anmäla ").unwrap().as_str(), "oro anmäla");
        assert_eq!(Query::parse(" \t\n"), None);
        assert_eq!(Query::parse(&"å".repeat(5000)).unwrap().as_str().chars().count(), Query::LONGEST);
    }

    #[test]
    fn a_corrected_question_keeps_the_rest_as_it_was_typed() {
        let corrected = [("orosanmlan".to_owned(), "orosanmälan".to_owned())];
        let put = |typed: &str| Query::parse(typed).unwrap().with(&corrected).as_str().to_owned();
        assert_eq!(put("Orosanmlan, SoL 19:1"), "orosanmälan, SoL 19:1");
        assert_eq!(put("orosanmlans"), "orosanmlans");
    }
}
