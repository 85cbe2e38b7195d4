//! Pages behind the sign-in, and the forms on them: asked whole, answered whole.
//!
//! A form is an ordinary POST to an address of [`crate::routes::desk`]. It is answered by a redirect, or by the page
//! again with what was typed and what was wrong with it: so it works without a script, nothing typed ends up in an
//! address, and one list names every request that changes anything.

use crate::services::Services;
use crate::status;
use crate::viewer::{Refusal, Viewer};
use leptos::prelude::{AnyView, IntoAny, IntoView};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// One line of the list: who asks what at which address is answered how. Parts of the path in braces are [`Asked::part`]s.
#[derive(Clone, Copy)]
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub answer: fn(Asked) -> Answering,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
}

pub type Answering = Pin<Box<dyn Future<Output = Result<Answer, Stop>> + Send>>;

/// Everything that a page may look at.
#[derive(Clone)]
pub struct Asked {
    pub services: Services,
    pub viewer: Viewer,
    /// Without its query.
    pub path: String,
    pub parts: Fields,
    pub query: Fields,
    pub form: Fields,
    /// The file that came with the form, where [`crate::routes::takes_a_file`].
    pub file: Sent,
    /// In Sweden.
    pub today: jiff::civil::Date,
    /// Unix seconds.
    pub now: i64,
    /// Who asks, for limits alone: an address that is never stored.
    pub client: String,
    /// What the browser says it is.
    pub browser: String,
    /// What was laid into the browser before it went to sign in elsewhere.
    pub errand: Option<String>,
}

impl Asked {
    pub fn part(&self, name: &str) -> &str {
        self.parts.get(name)
    }
}

/// Names and values, in the order in which they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(pairs.into_iter().collect())
    }

    /// The first value of that name; empty if there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// Every value of that name.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// From `a=1&b=2`, as browsers write forms and queries. Characters that nobody can see or type, which neither a feed
    /// (XML 1.0, 2.2) nor every database takes, are left out.
    pub fn decode(text: &[u8]) -> Self {
        let seen = |text: &str| text.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r')).collect();
        Self::new(form_urlencoded::parse(text).map(|(name, value)| (name.into_owned(), seen(&value))))
    }
}

/// What has to be put right in a form, in its order: by the field's name, or none for the form as a whole, a sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults(Vec<(String, String)>);

impl Faults {
    pub fn one(field: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self(vec![(field.into(), sentence.into())])
    }

    /// The first fault of a field is the one that is told.
    pub fn add(&mut self, field: impl Into<String>, sentence: impl Into<String>) {
        let field = field.into();
        if self.of(&field).is_none() {
            self.0.push((field, sentence.into()));
        }
    }

    pub fn of(&self, field: &str) -> Option<String> {
        self.0.iter().find(|(known, _)| known == field).map(|(_, sentence)| sentence.clone())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(field, sentence)| (field.as_str(), sentence.as_str()))
    }
}

/// What came of a form's file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Sent {
    #[default]
    Nothing,
    File(SentFile),
    /// Larger than any file that is taken. What stood before it in the form has arrived.
    TooLarge,
    /// The request ended before the file did, or could not be read as a form.
    CutOff,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentFile {
    /// As it was called where it came from.
    pub name: String,
    pub bytes: Arc<Vec<u8>>,
}

impl Sent {
    /// Did all of the form arrive?
    pub fn is_whole(&self) -> bool {
        !matches!(self, Self::TooLarge | Self::CutOff)
    }
}

/// What a request is answered with.
pub enum Answer {
    Page(Page),
    /// Done; the browser reads this address next (303).
    Redirect(String),
    /// Somebody has signed in: the new session's token goes into a cookie.
    SignedIn {
        token: String,
        to: String,
    },
    SignedOut {
        to: String,
    },
    /// To another site that tells who somebody is, with an errand to be remembered until they come back.
    Elsewhere {
        address: String,
        errand: String,
    },
    /// For a script of ours.
    Json(String),
    /// To be kept by whoever asked for it, and by nobody on the way.
    File(Download),
}

/// A file as it is downloaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// Letters, digits and hyphens, and an ending: it is written into a header.
    pub name: String,
    pub mime: &'static str,
    pub bytes: Vec<u8>,
}

pub struct Page {
    /// Sites beside our own to which a form on this page may lead.
    pub leads_to: Vec<String>,
    /// May the page ask for the camera? No other may.
    pub has_camera: bool,
    pub view: Box<dyn FnOnce() -> AnyView + Send>,
}

impl Answer {
    /// The view is made later, where pages are rendered.
    pub fn page<V: IntoView + 'static>(view: impl FnOnce() -> V + Send + 'static) -> Self {
        Self::page_with(200, view)
    }

    /// A page that may ask for the camera.
    pub fn with_camera(self) -> Self {
        match self {
            Self::Page(page) => Self::Page(Page { has_camera: true, ..page }),
            other => other,
        }
    }

    /// The page again, with what has to be put right.
    pub fn again<V: IntoView + 'static>(view: impl FnOnce() -> V + Send + 'static) -> Self {
        Self::page_with(422, view)
    }

    pub fn page_with<V: IntoView + 'static>(status: u16, view: impl FnOnce() -> V + Send + 'static) -> Self {
        let view = Box::new(move || {
            status::set_status(status);
            view().into_any()
        });
        Self::Page(Page { leads_to: Vec::new(), has_camera: false, view })
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Stop {
    Refused(Refusal),
    /// What was asked for does not exist.
    Missing,
    /// Too often from the same place.
    TooOften,
    /// Somebody else was quicker; for a script of ours, which asks the person.
    Conflict,
    Failed(Failure),
}

/// Something of ours failed; the words are for the log alone.
#[derive(Debug)]
pub struct Failure(pub String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What the world promises a page: it may take a while, and may fail.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send + 'a>>;

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// A path of our own to go on to, and nothing else: `//host` and `/\host` lead elsewhere.
pub fn way_on(asked: &str, otherwise: &str) -> String {
    let ours = asked.starts_with('/')
        && !asked[1..].starts_with(['/', '\\'])
        && !asked.contains(|c: char| c.is_control() || c == '\\' || c.is_whitespace());
    if ours { asked.to_owned() } else { otherwise.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_on_never_leaves_the_portal() {
        for ours in ["/", "/redaktion/", "/redaktion/?status=utkast", "/a//b"] {
            assert_eq!(way_on(ours, "/x"), ours);
        }
        for theirs in [
            "",
            "//ond.example",
            "/\\ond.example",
            "https://ond.example",
            "javascript:alert(1)",
            "\\\\ond",
            "/\t/ond",
            "/ /ond",
            "ond.example",
            "/\u{0}",
            "/a\r\nLocation: x",
            "http:/ond",
            " /x",
            "/x\\..\\y",
        ] {
            assert_eq!(way_on(theirs, "/x"), "/x", "{theirs:?}");
        }
    }

    #[test]
    fn a_form_is_read_as_it_was_sent() {
        let form = Fields::decode("namn=%C3%85sa+Ek&tom=&namn=andra".as_bytes());
        assert_eq!((form.get("namn"), form.get("tom"), form.get("annat")), ("Åsa Ek", "", ""));
        assert_eq!(Fields::decode(b"text=a%00b%01%0D%0Ac%09d%7F").get("text"), "ab\r\nc\td");
    }
}
