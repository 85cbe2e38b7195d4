//! What is arranged, as its organisers wrote it: what, when, where, for how many, and what is asked. Values only.

use super::questions::Question;
use crate::guidance::Audience;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// Stored as JSON and shipped as TOML. All times are Sweden's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    pub title: String,
    /// What stands first on the page and in lists, in a sentence or two.
    pub lead: String,
    /// Markdown.
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub audiences: Vec<Audience>,
    pub starts: DateTime,
    pub ends: DateTime,
    /// Nothing for what is only digital.
    #[serde(default)]
    pub place: Option<Place>,
    #[serde(default)]
    pub programme: Vec<Session>,
    #[serde(default)]
    pub speakers: Vec<Speaker>,
    pub tracks: Vec<Track>,
    pub opens: DateTime,
    pub closes: DateTime,
    /// Whose places `Track::limits` counts.
    #[serde(default)]
    pub limited_by: Option<LimitedBy>,
    #[serde(default)]
    pub questions: Vec<Question>,
    /// Are diet and access needs asked for?
    #[serde(default)]
    pub asks_needs: bool,
    /// So many may be registered by one contact person at once.
    #[serde(default = "one")]
    pub largest_party: u32,
    /// How long an offered place waits for its answer, in working hours; 0 gives the place at once.
    #[serde(default)]
    pub offer_hours: u32,
    /// Only who has a personal code may register.
    #[serde(default)]
    pub by_invitation: bool,
    #[serde(default)]
    pub fee: Option<Fee>,
    pub contact: Contact,
    /// Mails and calendars tell the title. Otherwise they are neutral: somebody else may see the screen.
    #[serde(default)]
    pub open_mail: bool,
    /// An example that ships with the program; nobody can come to it.
    #[serde(default)]
    pub example: bool,
    /// What was said and what is carried on, published afterwards. Markdown.
    #[serde(default)]
    pub summary: String,
    #[serde(default)]
    pub open_questions: Vec<String>,
    /// Asked afterwards of those who came, who answer without anybody knowing who they are.
    #[serde(default)]
    pub survey: Vec<Question>,
}

fn one() -> u32 {
    1
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    pub name: String,
    #[serde(default)]
    pub address: String,
    pub town: String,
    /// Leads to a map elsewhere.
    #[serde(default)]
    pub map: Option<String>,
    /// How to get there, and how accessible it is.
    #[serde(default)]
    pub travel: String,
}

/// A part of the programme. One with seats is a workshop, which is chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// Letters, digits and hyphens; the same as long as the event lives.
    pub id: String,
    pub starts: DateTime,
    pub ends: DateTime,
    pub title: String,
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub speakers: Vec<String>,
    #[serde(default)]
    pub seats: Option<u32>,
}

impl Session {
    pub fn is_chosen(&self) -> bool {
        self.seats.is_some()
    }

    pub fn overlaps(&self, other: &Self) -> bool {
        self.starts < other.ends && other.starts < self.ends
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Speaker {
    pub name: String,
    /// "professor i socialt arbete"
    #[serde(default)]
    pub role: String,
}

/// A way of taking part, with places of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Track {
    pub id: String,
    pub name: String,
    pub attendance: Attendance,
    /// Nothing: as many as want.
    #[serde(default)]
    pub seats: Option<u32>,
    /// The organiser approves each, as for the press.
    #[serde(default)]
    pub approval: bool,
    /// Whole kronor; 0 is free.
    #[serde(default)]
    pub price: u32,
    /// Where the broadcast is seen; told to those who have a place on this track and to nobody else.
    #[serde(default)]
    pub broadcast: String,
    #[serde(default)]
    pub limits: Limits,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Attendance {
    OnSite,
    Digital,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LimitedBy {
    Organisation,
    County,
}

/// How a track's places are spread, until the day when what is left is anybody's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// So many at most for each organisation or county that has none of `reserved`.
    #[serde(default)]
    pub each: Option<u32>,
    /// Kept for these, and as many as these get.
    #[serde(default)]
    pub reserved: Vec<Reserved>,
    /// From this day on no limit holds but the track's own.
    #[serde(default)]
    pub release: Option<Date>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reserved {
    /// An organisation's name, or a county's slug.
    pub group: String,
    pub seats: u32,
}

/// What a place costs that is given back late, or that nobody came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    /// Whole kronor.
    pub amount: u32,
    /// Who cancels before pays nothing.
    pub free_until: DateTime,
}

/// A function that answers questions, never a person's own address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    pub name: String,
    pub email: String,
    /// Those with protected identity register by it, too.
    #[serde(default)]
    pub phone: String,
}

impl Plan {
    pub fn track(&self, id: &str) -> Option<&Track> {
        self.tracks.iter().find(|track| track.id == id)
    }

    pub fn session(&self, id: &str) -> Option<&Session> {
        self.programme.iter().find(|session| session.id == id)
    }

    /// The sessions that are chosen.
    pub fn workshops(&self) -> impl Iterator<Item = &Session> {
        self.programme.iter().filter(|session| session.is_chosen())
    }

    /// As whose somebody's place is counted. A county is named by its slug.
    pub fn share(&self, organisation: &str, county: Option<&str>) -> String {
        match self.limited_by {
            Some(LimitedBy::Organisation) => super::placement::group(organisation),
            Some(LimitedBy::County) => county.unwrap_or("").to_owned(),
            None => String::new(),
        }
    }

    pub fn has_price(&self) -> bool {
        self.tracks.iter().any(|track| track.price > 0)
    }

    /// Everything that is counted besides places on a track: workshops, and answers of which there are only so many.
    /// Each by the name it is stored under.
    pub fn counted(&self) -> impl Iterator<Item = (String, u32)> {
        let workshops = self.workshops().filter_map(|session| Some((session.id.clone(), session.seats?)));
        let choices = self.questions.iter().flat_map(|question| {
            let of = |choice: &super::questions::Choice| Some((question.counted(&choice.id), choice.seats?));
            question.choices.iter().filter_map(of).collect::<Vec<_>>()
        });
        workshops.chain(choices)
    }
}
