//! Guidance: what professionals look up. The nouns, and what the feature needs from the world.

pub mod article;
pub mod overview;
pub mod place;
pub mod related;
pub mod subject;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One guidance page, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    pub slug: String,
    pub title: String,
    /// For titles of windows, menus and bookmarks: neutral, because it stays in the browser's history.
    pub short_title: String,
    pub lead: String,
    /// The first one is the main subject.
    pub subjects: Vec<Subject>,
    pub audiences: Vec<Audience>,
    /// The counties whose own guidance this is; empty means the whole country.
    pub counties: Vec<&'static crate::counties::County>,
    pub standing: Standing,
    pub published: Date,
    pub updated: Date,
    /// The last day on which someone held the text against its sources.
    pub reviewed: Date,
    /// The day by which someone should do so again.
    pub review_due: Date,
    /// The day on which the statutes named in the text are read.
    pub legal_date: Date,
    pub sources: Vec<Source>,
    pub headings: Vec<Heading>,
    /// Sanitised HTML.
    pub html: String,
    pub related: Vec<Reference>,
    pub previous: Option<Reference>,
    pub next: Option<Reference>,
}

/// Where a page stands in its life. What has been moved or withdrawn is no [`Article`] but a [`Found`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    InForce,
    /// Kept to be read, but no longer kept up.
    Archived,
}

/// What stands at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found<T> {
    Here(T),
    Moved {
        to: String,
    },
    /// Withdrawn on purpose, with the reason that readers are told.
    Gone {
        title: String,
        reason: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    pub slug: String,
    pub title: String,
    pub description: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub title: String,
    pub publisher: Option<String>,
    pub url: Option<String>,
    /// The day on which the source was read.
    pub read: Option<Date>,
}

/// One heading of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6, as shown.
    pub level: u8,
    /// The `#fragment` that leads here.
    pub id: String,
    /// Plain text on one line, not escaped, never empty.
    pub text: String,
}

/// A link to another guidance page, with what a reader needs to choose it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    pub path: String,
    pub title: String,
    pub lead: String,
}

/// The people a text is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Audience {
    SocialServices,
    Health,
    Dental,
    School,
    Voluntary,
    Manager,
    Politician,
}

impl Audience {
    pub const ALL: [Self; 7] = [
        Self::SocialServices,
        Self::Health,
        Self::Dental,
        Self::School,
        Self::Voluntary,
        Self::Manager,
        Self::Politician,
    ];

    /// As written in front matter and in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::SocialServices => "socialtjanst",
            Self::Health => "halso-och-sjukvard",
            Self::Dental => "tandvard",
            Self::School => "skola",
            Self::Voluntary => "ideell",
            Self::Manager => "chef",
            Self::Politician => "politiker",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::SocialServices => "Socialtjänst",
            Self::Health => "Hälso- och sjukvård",
            Self::Dental => "Tandvård",
            Self::School => "Skola och förskola",
            Self::Voluntary => "Ideell organisation",
            Self::Manager => "Chef",
            Self::Politician => "Förtroendevald",
        }
    }

    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|audience| audience.slug() == slug)
    }
}

impl TryFrom<String> for Audience {
    type Error = String;

    fn try_from(slug: String) -> Result<Self, Self::Error> {
        Self::parse(&slug).ok_or_else(|| format!("\"{slug}\" is no audience"))
    }
}

impl From<Audience> for String {
    fn from(audience: Audience) -> Self {
        audience.slug().to_owned()
    }
}

/// What guidance needs from the world: the published pages, already rendered.
pub trait Guidance: Send + Sync {
    /// In the order in which a professional meets them; only subjects that have a page.
    fn subjects(&self) -> &[Subject];
    /// By subject, and within a subject in the editors' order.
    fn articles(&self) -> &[Arc<Article>];
    fn article(&self, slug: &str) -> Option<Found<Arc<Article>>>;
}

/// The pages of a subject, main subject or not.
pub fn in_subject<'a>(articles: &'a [Arc<Article>], subject: &str) -> Vec<&'a Arc<Article>> {
    articles.iter().filter(|article| article.subjects.iter().any(|s| s.slug == subject)).collect()
}

/// The pages most recently changed, newest first; pages of the same day in Swedish order.
pub fn latest(articles: &[Arc<Article>], count: usize) -> Vec<&Arc<Article>> {
    let mut latest: Vec<_> = articles.iter().filter(|article| article.standing == Standing::InForce).collect();
    latest.sort_by_key(|article| (std::cmp::Reverse(article.updated), crate::text::collation::key(&article.title)));
    latest.truncate(count);
    latest
}
