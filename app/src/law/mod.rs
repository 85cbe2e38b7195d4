//! Law that knows its date: regulations and acts, what replaced what, who cites which section, and who must do what.

mod changes;
pub mod cited;
pub mod date_field;
pub mod day;
pub mod duties;
pub mod naming;
pub mod overview;
mod part;
pub mod place;
pub mod references;
pub mod regulation;
pub mod standing;

use crate::guidance::Audience;
use jiff::civil::Date;
use place::Place;
use standing::{Chain, Span};
use std::sync::Arc;

/// An act, an ordinance or an agency's regulation, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regulation {
    /// `sosfs/2014:4`
    pub id: String,
    /// `sosfs-2014-4`
    pub slug: String,
    /// The official title, with the number.
    pub title: String,
    /// "SOSFS 2014:4", "socialtjänstlagen (2001:453)": how other pages name it.
    pub label: String,
    pub kind: Kind,
    /// Who decided it.
    pub publisher: String,
    pub lead: String,
    pub span: Span,
    /// Itself and those before and after it.
    pub chain: Chain,
    pub amendments: Vec<Amendment>,
    /// Where the text that counts is read.
    pub source: String,
    /// A sentence on which text is authoritative.
    pub authoritative: String,
    /// The day of the wording that we have read.
    pub checked: Date,
    pub transition: Option<String>,
    /// The text itself, not our summary of it.
    pub full_text: bool,
    /// Sanitised HTML before the first heading.
    pub intro: String,
    /// Chapters and sections in reading order.
    pub parts: Vec<Part>,
    /// Old place → new place, towards what came after and from what came before.
    pub correspondences: Vec<Correspondence>,
}

/// What binds, and what only recommends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Constitution,
    Code,
    Act,
    Ordinance,
    Regulation,
    Advice,
}

impl Kind {
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Constitution, "grundlag"),
        (Self::Code, "balk"),
        (Self::Act, "lag"),
        (Self::Ordinance, "förordning"),
        (Self::Regulation, "föreskrifter och allmänna råd"),
        (Self::Advice, "allmänna råd"),
    ];

    /// As written in front matter.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, name)| *name == text).map(|(kind, _)| kind)
    }

    pub fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }

    /// Decided by an agency, not by Riksdagen or the government.
    pub fn is_agency(self) -> bool {
        matches!(self, Self::Regulation | Self::Advice)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    pub number: String,
    pub from: Date,
    pub about: String,
}

/// A heading with what stands under it: a chapter, a section, or a heading of our own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// 2 or 3.
    pub level: u8,
    /// `K3P2`, or a slug for a heading that is no place.
    pub anchor: String,
    pub place: Option<Place>,
    pub title: String,
    pub blocks: Vec<Block>,
    /// Guidance and handbook pages that cite it.
    pub citing: Vec<CitingPage>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub kind: BlockKind,
    /// The days on which this wording applies.
    pub span: Span,
    pub anchor: Option<String>,
    /// Sanitised HTML.
    pub html: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A rule that must be followed.
    Binding,
    /// Allmänt råd: one way of following a rule; another is allowed if it leads there.
    Advice,
    /// Our own comment.
    Comment,
}

/// A page that cites a provision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitingPage {
    pub path: String,
    pub title: String,
    pub source: CitingKind,
    /// The cited places as written there: "19 kap. 1 § SoL".
    pub citations: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CitingKind {
    Guidance,
    Handbook,
    Regulation,
}

impl CitingKind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Guidance => "Vägledning",
            Self::Handbook => "Handboken",
            Self::Regulation => "Regler",
        }
    }
}

/// One row of the table from an old instrument to a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correspondence {
    pub from: Option<Spot>,
    pub to: Vec<Spot>,
    pub kind: CorrespondenceKind,
    pub about: String,
    pub checked_by: String,
    pub checked: Date,
    pub basis: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CorrespondenceKind {
    Same,
    Changed,
    Partly,
    New,
    Gone,
}

impl CorrespondenceKind {
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Same, "lika"),
        (Self::Changed, "ändrad"),
        (Self::Partly, "delvis"),
        (Self::New, "ny"),
        (Self::Gone, "upphörd"),
    ];

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, name)| *name == text).map(|(kind, _)| kind)
    }

    pub fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }
}

/// A place of an instrument, as a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// `sfs/2025:400#K13P1`
    pub target: String,
    /// "13 kap. 1 § socialtjänstlagen (2025:400)"
    pub label: String,
    pub href: String,
}

/// A provision that a page cites, for the list at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    pub spot: Spot,
    pub external: bool,
    /// The day on which it stopped to apply, and what corresponds to it today.
    pub replaced: Option<Replaced>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    pub on: Date,
    pub today: Vec<Spot>,
    /// The act as a whole was replaced by this one.
    pub by: Option<String>,
}

/// A citation of something replaced, on a page that does not say so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// The file within `content/`, and its line.
    pub file: String,
    pub line: usize,
    pub page: String,
    pub title: String,
    pub text: String,
    pub target: String,
    pub legal_date: Date,
    pub replaced: Replaced,
}

/// One thing that somebody must or should do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    pub actors: Vec<Audience>,
    pub force: Force,
    /// A sentence that can be understood alone.
    pub text: String,
    pub provisions: Vec<Cited>,
    /// The address of the guidance page that states it, and its title.
    pub page: String,
    pub page_title: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Force {
    Must,
    Should,
}

impl Force {
    pub fn name(self) -> &'static str {
        match self {
            Self::Must => "ska",
            Self::Should => "bör",
        }
    }
}

/// The duties of one actor, what binds first.
pub fn duties_of(duties: &[Duty], actor: Audience) -> Vec<&Duty> {
    let mut own: Vec<&Duty> = duties.iter().filter(|duty| duty.actors.contains(&actor)).collect();
    own.sort_by_key(|duty| duty.force);
    own
}

/// What pages need to know of law.
pub trait Law: Send + Sync {
    /// The day on which everything is read if nobody names another.
    fn today(&self) -> Date;
    /// The repealed last; agencies' own before acts, then by name.
    fn regulations(&self) -> &[Arc<Regulation>];
    fn regulation(&self, slug: &str) -> Option<Arc<Regulation>>;
    /// Who cites the instrument, page by page.
    fn citing(&self, instrument: &str) -> Vec<CitingPage>;
    /// The chains of the instruments that the page at this path cites.
    fn chains_of(&self, path: &str) -> Vec<Chain>;
    /// What the page at this path cites, each once, in order.
    fn cited_on(&self, path: &str) -> Vec<Cited>;
    /// An instrument or a provision, as `sfs/2025:400#K19P1`, and what has become of it.
    fn cited(&self, target: &str) -> Cited;
    fn stale(&self) -> &[Stale];
    fn duties(&self) -> &[Duty];
    /// Sections in force that bind services and that no guidance cites.
    fn uncovered(&self) -> &[Spot];
}
