//! Search: the question, the answer, and what the feature needs from the world.

pub mod page;

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
}

/// One page that answers the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub path: String,
    pub title: String,
    pub kind: &'static str,
    pub excerpt: Vec<Piece>,
    /// Headings of the page that match, as (address, heading); at most three.
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
    /// Best first. Never fails: a question that nothing answers has no hits.
    fn search(&self, query: &Query) -> Vec<Hit>;
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
}
