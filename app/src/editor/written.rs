//! What somebody writes: the fields of the form, as typed. Nothing is refused here; the check tells what is missing.

use crate::counties::{self, County};
use crate::desk::Fields;
use serde::{Deserialize, Serialize};

/// Lists are lines or words with commas between, dates `2026-11-21`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Written {
    pub title: String,
    pub short_title: String,
    pub lead: String,
    /// Slugs of subjects, the main one first.
    pub subjects: Vec<String>,
    /// Slugs of audiences.
    pub audiences: Vec<String>,
    /// A county's slug; empty for a national page.
    pub county: String,
    pub keywords: String,
    /// Slugs of other pages.
    pub related: String,
    pub review_due: String,
    pub legal_date: String,
    /// One a line: title | publisher | https://… | day read.
    pub sources: String,
    /// Of training material: slugs of the groups that it is about, and of its format.
    pub groups: Vec<String>,
    pub format: String,
    /// Minutes, as typed.
    pub minutes: String,
    pub publisher: String,
    pub item_number: String,
    pub accessibility: String,
    /// `https://…` or `/media/…`
    pub place: String,
    /// It is being revised: the address of what to read meanwhile.
    pub instead: String,
    /// Of a module: what one can do after it, and what to talk about. A line each.
    pub goals: String,
    pub talk: String,
    /// Of a course: its modules in order and the instruments that it builds on, a line each, and how many percent are enough.
    pub modules: String,
    pub builds_on: String,
    pub pass_mark: String,
    /// Markdown.
    pub body: String,
}

impl Written {
    pub fn read(form: &Fields) -> Self {
        let get = |name: &str| form.get(name).replace("\r\n", "\n");
        let all = |name: &str| form.all(name).map(str::to_owned).collect();
        Self {
            title: get("titel"),
            short_title: get("kort_titel"),
            lead: get("ingress"),
            subjects: all("amnen"),
            audiences: all("malgrupper"),
            county: get("lan"),
            keywords: get("nyckelord"),
            related: get("relaterat"),
            review_due: get("granskas_senast"),
            legal_date: get("lagrum_datum"),
            sources: get("kallor"),
            groups: all("grupper"),
            format: get("format"),
            minutes: get("langd"),
            publisher: get("utgivare"),
            item_number: get("artikelnummer"),
            accessibility: get("tillganglighet"),
            place: get("plats"),
            instead: get("hanvisa_till"),
            goals: get("mal"),
            talk: get("samtal"),
            modules: get("moduler"),
            builds_on: get("bygger_pa"),
            pass_mark: get("godkant"),
            body: get("text"),
        }
    }

    pub fn county(&self) -> Option<&'static County> {
        counties::find(&self.county)
    }
}
