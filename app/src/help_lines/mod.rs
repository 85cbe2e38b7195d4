//! Help-lines: numbers are data with a source and the date of the last check, never typed into prose.

pub mod page;
pub mod strip;

use jiff::civil::Date;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpLine {
    pub id: String,
    pub name: String,
    pub for_whom: ForWhom,
    /// As people write it: "020-50 50 50".
    pub phone: String,
    /// As a telephone dials it: "+4620505050" or "112".
    pub dial: String,
    /// Opening hours in words, when they are known.
    pub hours: Option<String>,
    pub description: String,
    pub source: String,
    /// The day on which number and hours were last held against the source.
    pub checked: Date,
    pub web: Option<String>,
    /// Shown on every page.
    pub in_strip: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForWhom {
    Emergency,
    Exposed,
    Professional,
    /// Someone who uses violence, or is afraid of doing so.
    Using,
}

/// What the help-lines need from the world. Must answer also when the database does not.
pub trait HelpLines: Send + Sync {
    /// In the editors' order.
    fn lines(&self) -> &[HelpLine];
}
