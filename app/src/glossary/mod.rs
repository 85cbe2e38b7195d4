//! The glossary: the words of the field, explained once and linked from every page that uses them.

pub mod islands;
pub mod page;

/// One term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The anchor on the glossary page.
    pub id: String,
    pub term: String,
    pub synonyms: Vec<String>,
    /// Inflected forms as they stand in running text.
    pub forms: Vec<String>,
    pub definition: String,
    pub source: Option<String>,
    /// The guidance page that says more.
    pub guidance: Option<crate::guidance::Reference>,
}

impl Term {
    /// Everything a reader might look for this term by, in lower case.
    pub fn words(&self) -> String {
        let all = std::iter::once(&self.term).chain(&self.synonyms).chain(&self.forms);
        all.map(|word| word.to_lowercase()).collect::<Vec<_>>().join(" | ")
    }

    /// `wanted` in lower case.
    pub fn matches(&self, wanted: &str) -> bool {
        self.words().contains(wanted)
    }
}

/// What the glossary needs from the world.
pub trait Glossary: Send + Sync {
    /// In Swedish alphabetical order.
    fn terms(&self) -> &[Term];
}
