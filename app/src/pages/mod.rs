//! Standing pages: about, personal data, safe surfing, contact.

pub mod page;

use jiff::civil::Date;
use std::sync::Arc;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingPage {
    pub slug: String,
    pub title: String,
    pub short_title: String,
    pub lead: String,
    pub updated: Date,
    pub reviewed: Option<Date>,
    /// Sanitised HTML.
    pub html: String,
}

/// What standing pages need from the world.
pub trait Pages: Send + Sync {
    fn page(&self, slug: &str) -> Option<Arc<StandingPage>>;
}
