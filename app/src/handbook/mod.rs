//! The handbook on violence: editions, each bound to the regulation that it explains, retold in our own words.

pub mod chapter;
pub mod edition;
pub mod overview;

use crate::guidance::Reference;
use crate::law::Cited;
use jiff::civil::Date;
use std::sync::Arc;

/// One edition of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    pub slug: String,
    pub title: String,
    /// Neutral, for windows and bookmarks.
    pub short_title: String,
    pub publisher: String,
    pub year: Option<i16>,
    pub article_number: Option<String>,
    pub isbn: Option<String>,
    /// The regulation that it explains, and what has become of that.
    pub instrument: Cited,
    pub link: String,
    pub about: String,
    pub chapters: Vec<Arc<Chapter>>,
}

/// One page about a theme of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    pub edition: String,
    pub slug: String,
    pub title: String,
    pub short_title: String,
    pub lead: String,
    pub provisions: Vec<Cited>,
    pub guidance: Vec<Reference>,
    pub updated: Date,
    pub reviewed: Date,
    /// Sanitised HTML.
    pub html: String,
}

/// What pages need of the handbook.
pub trait Handbook: Send + Sync {
    /// The newest regulation's edition first.
    fn editions(&self) -> &[Arc<Edition>];
    fn edition(&self, slug: &str) -> Option<Arc<Edition>> {
        self.editions().iter().find(|edition| edition.slug == slug).cloned()
    }
}
