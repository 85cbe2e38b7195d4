//! Meetings as calendars read them: iCalendar (RFC 5545), in invitations (iTIP, RFC 5546) and in the public feed.
//!
//! Written here and not by the crate `icalendar` (0.17.17): that one never ends on a line of many å followed by many
//! spaces, lets a carriage return through, and gives each part of a VTIMEZONE a DTSTAMP and a UID, which RFC 5545, 3.6.5
//! does not know.

mod lines;
pub mod stockholm;
mod writing;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

pub use writing::feed;

/// What stands in a calendar. Texts may hold anything; what a calendar cannot take is left out when they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The same for ever: by it a calendar knows that a later one is the same meeting.
    pub uid: String,
    /// Grows with each change that matters to who comes: time, place, cancelling. RFC 5546, 2.1.4.
    pub sequence: u32,
    pub when: When,
    pub summary: String,
    pub location: String,
    pub description: String,
    /// Absolute; none if empty.
    pub url: String,
    pub organizer: Option<Contact>,
    pub cancelled: bool,
    /// When this was written down.
    pub now: Timestamp,
}

/// In Sweden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// A time that the clocks skip is the one an hour later, and of one that comes twice it is the first: so RFC 5545,
    /// 3.3.5 reads them, and so does jiff (`Disambiguation::Compatible`).
    Times { start: DateTime, end: DateTime },
    /// Whole days, the last one included.
    Days { first: Date, last: Date },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub name: String,
    /// `someone@example.se`
    pub address: String,
}

/// An entry on its way to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invite {
    pub method: Method,
    pub entry: Entry,
    /// Who it goes to. [`Method::Request`] needs one, [`Method::Publish`] has none (RFC 5546, 3.2.1 and 3.2.2).
    pub attendee: Option<Contact>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// For whoever likes to keep it. Nobody is asked to answer.
    Publish,
    /// For somebody who has said yes already: a later one with a higher sequence takes its place.
    Request,
    /// Takes the entry away again.
    Cancel,
}

impl Method {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Publish => "PUBLISH",
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}
