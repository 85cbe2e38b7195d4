//! What is arranged and who comes: conferences, dialogue meetings, theme days. The nouns, the refusals, and what the
//! feature needs from the world.

pub mod application;
pub mod application_form;
pub mod ask;
pub mod calendar;
pub mod calendar_page;
pub mod cancel;
pub mod change;
pub mod event_page;
pub mod hand_over;
pub mod invoice;
pub mod json_ld;
pub mod keeping;
pub mod late_fee;
pub mod party;
pub mod placement;
pub mod plan;
pub mod programme;
pub mod questions;
pub mod reader;
pub mod register;
pub mod registration;
#[cfg(test)]
pub(crate) mod samples;
pub mod series_page;
pub mod sound;
pub mod wanted;
pub mod when;
pub mod window;
pub mod words;
pub mod working_hours;

use crate::accounts::person::{Email, PersonName};
use crate::counties::County;
use crate::desk::{Fields, Pending};
use crate::mail::Posted;
use crate::viewer::Editor;
use invoice::Invoice;
use placement::Why;
use plan::Plan;
use questions::Answers;
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Conference,
    /// A stop of a tour.
    DialogueMeeting,
    /// A theme day or a network's meeting, one of a series.
    ThemeDay,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::Conference, Self::DialogueMeeting, Self::ThemeDay];

    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Conference => "konferens",
            Self::DialogueMeeting => "dialogmote",
            Self::ThemeDay => "temadag",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    pub fn swedish(self) -> &'static str {
        match self {
            Self::Conference => "konferens",
            Self::DialogueMeeting => "dialogmöte",
            Self::ThemeDay => "temadag",
        }
    }

    /// As a label has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Conference => "Konferens",
            Self::DialogueMeeting => "Dialogmöte",
            Self::ThemeDay => "Temadag",
        }
    }
}

/// Where an event stands: a conference by its own name, the others within a tour or a series.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address {
    pub kind: Kind,
    /// Empty for a conference.
    pub series: String,
    pub slug: String,
}

impl Address {
    /// From the parts of an address of [`crate::routes::desk`].
    pub fn of(parts: &Fields) -> Self {
        let within = |kind, series: &str, slug: &str| Self {
            kind,
            series: parts.get(series).to_owned(),
            slug: parts.get(slug).to_owned(),
        };
        if parts.has("turne") {
            within(Kind::DialogueMeeting, "turne", "stopp")
        } else if parts.has("serie") {
            within(Kind::ThemeDay, "serie", "ar")
        } else {
            within(Kind::Conference, "", "konferens")
        }
    }
}

/// Something that is arranged.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub id: String,
    pub address: Address,
    /// Whose it is; nothing: a national one.
    pub county: Option<&'static County>,
    pub version: i64,
    pub plan: Plan,
    /// The plan's text and summary, as safe HTML.
    pub html: String,
    pub summary_html: String,
    /// Unix seconds.
    pub published_at: Option<i64>,
    pub cancelled_at: Option<i64>,
}

/// How full it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Occupancy {
    pub tracks: BTreeMap<String, TrackOccupancy>,
    /// Of workshops and counted choices, by [`Plan::counted`]: how many places are taken.
    pub counted: BTreeMap<String, u32>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrackOccupancy {
    /// Seated, and offered.
    pub held: u32,
    pub waiting: u32,
}

/// Where somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Waits for the organiser's word.
    Applied,
    Waiting,
    /// A place is held until it is answered.
    Offered,
    Seated,
    Cancelled,
    /// The organiser said no.
    Refused,
    /// An offer was not answered in time.
    Lapsed,
}

impl Standing {
    pub const ALL: [Self; 7] =
        [Self::Applied, Self::Waiting, Self::Offered, Self::Seated, Self::Cancelled, Self::Refused, Self::Lapsed];

    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Waiting => "waiting",
            Self::Offered => "offered",
            Self::Seated => "seated",
            Self::Cancelled => "cancelled",
            Self::Refused => "refused",
            Self::Lapsed => "lapsed",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.as_str() == text)
    }

    pub fn swedish(self) -> &'static str {
        match self {
            Self::Applied => "väntar på besked från arrangören",
            Self::Waiting => "står i kö",
            Self::Offered => "har erbjudits plats",
            Self::Seated => "har plats",
            Self::Cancelled => "avbokad",
            Self::Refused => "fick inte plats",
            Self::Lapsed => "svarade inte i tid",
        }
    }

    /// Does it take a place?
    pub fn holds(self) -> bool {
        matches!(self, Self::Offered | Self::Seated)
    }

    /// Is it over?
    pub fn is_ended(self) -> bool {
        matches!(self, Self::Cancelled | Self::Refused | Self::Lapsed)
    }
}

/// A form as it was parsed: one person, or several whom one contact person registers.
#[derive(Debug, Clone, PartialEq)]
pub struct Application {
    /// From a hidden field of the form: the same form sent twice gives the same receipt.
    pub form_key: String,
    pub track: String,
    /// At least one.
    pub people: Vec<Participant>,
    /// Who registers others; nobody for whoever registers themselves.
    pub contact: Option<ContactPerson>,
    pub organisation: String,
    pub county: Option<&'static County>,
    pub answers: Answers,
    pub invoice: Option<Invoice>,
    /// A personal code, where only those who were invited may come.
    pub code: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// Nothing: told later. For protected identity the alias, on badges and lists.
    pub name: Option<PersonName>,
    pub email: Option<Email>,
    /// "socialsekreterare"
    pub role: String,
    /// Ids of sessions.
    pub workshops: Vec<String>,
    pub needs: Needs,
    pub protected: Option<Protected>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactPerson {
    pub name: PersonName,
    pub email: Email,
}

/// What somebody needs to take part: sensitive, kept sealed and for a short time.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Needs {
    pub diet: String,
    pub access: String,
}

impl Needs {
    pub fn is_empty(&self) -> bool {
        self.diet.is_empty() && self.access.is_empty()
    }
}

/// "Skyddade personuppgifter": sealed, and read by one role alone.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Protected {
    pub real_name: String,
    /// How the person wants to be reached, in their own words.
    pub channel: String,
}

/// What a form came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Opens the registration; for a party, the party.
    pub token: String,
    pub is_party: bool,
}

/// Why somebody cannot be registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegisterRefusal {
    NotOpenYet,
    Closed,
    /// The event itself.
    Cancelled,
    /// An example: nobody can come.
    Example,
    /// The track, a workshop or a choice is not there any more.
    Changed,
    /// No such code, or used already.
    Code,
}

/// A registration, for whoever holds its link.
#[derive(Debug, Clone, PartialEq)]
pub struct Registration {
    pub id: String,
    /// What the badge holds, and the door reads.
    pub badge: String,
    pub event: Arc<Event>,
    pub number: i64,
    pub standing: Standing,
    pub track: String,
    /// For somebody in line: how many are before, and why the next free place is not theirs.
    pub line: Option<InLine>,
    /// Unix seconds.
    pub offer_until: Option<i64>,
    pub name: String,
    pub email: String,
    pub organisation: String,
    pub county: Option<&'static County>,
    pub role: String,
    pub workshops: Vec<String>,
    /// Chosen, but full when the place was given.
    pub missed: Vec<String>,
    pub answers: Answers,
    pub is_protected: bool,
    pub has_needs: bool,
    pub in_party: bool,
    /// Unix seconds.
    pub created_at: i64,
    pub came_at: Option<i64>,
    pub letters: Vec<Posted>,
}

/// The line before somebody, and the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InLine {
    pub before: u32,
    /// Nothing if a place is there: it is being given in this moment.
    pub why: Option<Why>,
    /// Places that are offered to others, who may still say no.
    pub offered: u32,
}

/// Several people whom one contact person has registered.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    pub event: Arc<Event>,
    pub contact_name: String,
    pub contact_email: String,
    /// Each with the token of its own page.
    pub people: Vec<(Registration, String)>,
}

impl Party {
    /// How many have no name yet.
    pub fn unnamed(&self) -> usize {
        self.people.iter().filter(|(person, _)| person.name.is_empty() && !person.standing.is_ended()).count()
    }
}

/// What somebody does with their registration.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    Cancel,
    AcceptOffer,
    DeclineOffer,
    /// Another way of taking part.
    Switch {
        track: String,
    },
    /// Other workshops: all of them or none.
    Repick {
        workshops: Vec<String>,
    },
    /// Another stop of the same tour.
    Move {
        to: Address,
    },
    /// What is written about the person.
    Correct {
        name: PersonName,
        email: Email,
        role: String,
    },
    /// Takes the place of what was asked for before.
    Need(Needs),
}

/// Why it was not done. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeedRefusal {
    /// There is no such link any more.
    Missing,
    /// The registration has ended, or the offer has.
    Ended,
    /// There is no place there.
    NoPlace(Why),
    /// These workshops are full, by id.
    WorkshopsFull(Vec<String>),
    /// Two of them are at the same time, or one is not there.
    WorkshopsClash,
    /// It has begun, or changes are closed.
    TooLate,
}

/// A place that its holder wants to give to a colleague.
#[derive(Debug, Clone, PartialEq)]
pub struct HandOver {
    pub event: Arc<Event>,
    pub track: String,
    pub organisation: String,
    /// What the one before chose, which goes along.
    pub workshops: Vec<String>,
}

/// Who takes a place over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    pub name: PersonName,
    pub email: Email,
    pub organisation: String,
    pub role: String,
    pub needs: Needs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandOverRefusal {
    /// Used, taken back or too old.
    Missing,
    /// Another organisation: the organiser must say yes.
    OtherOrganisation,
    TooLate,
}

/// What visitors meet of events.
pub trait Events: Send + Sync {
    /// What is published at an address; of a cancelled one, that it is.
    fn event<'a>(&'a self, address: &'a Address) -> Pending<'a, Option<Arc<Event>>>;

    fn occupancy<'a>(&'a self, event: &'a Event) -> Pending<'a, Occupancy>;

    /// A new key for a form's hidden field.
    fn form_key(&self) -> String;

    /// A place, or a number in line, in one transaction. `by` registers somebody who has called: before it opens and
    /// after it has closed, too.
    fn register<'a>(
        &'a self,
        event: &'a Event,
        application: Application,
        by: Option<&'a Editor>,
    ) -> Pending<'a, Result<Receipt, RegisterRefusal>>;

    fn registration<'a>(&'a self, token: &'a str) -> Pending<'a, Option<Registration>>;

    fn party<'a>(&'a self, token: &'a str) -> Pending<'a, Option<Party>>;

    fn act<'a>(&'a self, token: &'a str, deed: Deed) -> Pending<'a, Result<(), DeedRefusal>>;

    /// A link by which one colleague, once, takes the place; the ones before end.
    fn offer_place<'a>(&'a self, token: &'a str) -> Pending<'a, Result<String, DeedRefusal>>;

    fn hand_over<'a>(&'a self, token: &'a str) -> Pending<'a, Option<HandOver>>;

    /// The token of the new holder's own page; the old one's needs and page are gone at once.
    fn take_over<'a>(&'a self, token: &'a str, colleague: Colleague) -> Pending<'a, Result<String, HandOverRefusal>>;
}
