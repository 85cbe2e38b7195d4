//! Where county developers write, preview, have reviewed and publish. The nouns, and what the feature needs from the world.

pub mod check;
pub mod compare;
pub mod discarded;
pub mod facts;
pub mod list;
pub mod new_page;
pub mod owners;
pub mod preview;
pub mod publish;
pub mod published;
pub mod schedule;
pub mod share;
pub mod steps;
pub mod versions;
pub mod write;
pub mod written;

use crate::counties::County;
use crate::courses::Courses;
use crate::desk::Pending;
use crate::glossary::Glossary;
use crate::guidance::Guidance;
use crate::law::Law;
use crate::pages::Pages;
use crate::training::Training;
use crate::viewer::{Editor, Member};
use check::Remark;
use facts::Fact;
use jiff::civil::Date;
use owners::{Colleague, Owners};
use std::sync::Arc;
use steps::Publisher;
use versions::{Version, VersionId};
use written::Written;

/// How long a link to a draft leads there, in seconds.
pub const SHARED_FOR: i64 = 14 * 24 * 60 * 60;
/// How long a draft that was thrown away can be taken back, in seconds.
pub const DISCARDED_FOR: i64 = 90 * 24 * 60 * 60;

/// What kinds of pages are written here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Guidance,
    Material,
    /// What a course is, and which modules it has.
    Course,
    /// Its slug is the course's and its own: `heder~upptacka-och-fraga`.
    Module,
    Standing,
}

/// Between the slug of a course and that of its module.
pub const OF_COURSE: char = '~';

impl Kind {
    pub const ALL: [Self; 5] = [Self::Guidance, Self::Material, Self::Course, Self::Module, Self::Standing];

    /// As in addresses and forms; for most also the folder of `content/` that the texts lie in.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Guidance => "vagledning",
            Self::Material => "material",
            Self::Course => "kurs",
            Self::Module => "kursmodul",
            Self::Standing => "sidor",
        }
    }

    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }

    /// Where the text of that slug lies in the library.
    pub fn path(self, slug: &str) -> String {
        match (self, slug.split_once(OF_COURSE)) {
            (Self::Course, _) => format!("kurser/{slug}/kurs.toml"),
            (Self::Module, Some((course, module))) => format!("kurser/{course}/{module}.md"),
            _ => format!("{}/{slug}.md", self.slug()),
        }
    }

    /// Kind and slug of a text in the library, if it is written here.
    pub fn of_path(path: &str) -> Option<(Self, String)> {
        let (folder, rest) = path.split_once('/')?;
        if folder == "kurser" {
            let (course, file) = rest.split_once('/')?;
            return match (file, file.strip_suffix(".md")) {
                ("kurs.toml", _) => Some((Self::Course, course.to_owned())),
                (_, Some("handledning") | None) => None,
                (_, Some(module)) => Some((Self::Module, format!("{course}{OF_COURSE}{module}"))),
            };
        }
        let slug = rest.rsplit('/').next()?.strip_suffix(".md")?;
        Some((Self::parse(folder)?, slug.to_owned()))
    }

    /// Can a page of this kind be a county's, be archived, moved and withdrawn?
    pub fn has_a_life(self) -> bool {
        matches!(self, Self::Guidance | Self::Material)
    }

    pub fn swedish(self) -> &'static str {
        match self {
            Self::Guidance => "vägledning",
            Self::Material => "utbildningsmaterial",
            Self::Course => "kurs",
            Self::Module => "kursmodul",
            Self::Standing => "fast sida",
        }
    }
}

/// One page as the list shows it: what is published of it, what is being written, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub kind: Kind,
    pub slug: String,
    /// Where the text lies in the library.
    pub path: String,
    pub owners: Owners,
    pub title: String,
    pub county: Option<&'static County>,
    /// What readers meet; nothing for a page that has not been published yet.
    pub live: Option<Life>,
    pub review_due: Option<Date>,
    pub draft: Option<DraftLine>,
    /// All of its words in lower case, the draft's too: what the list is searched in.
    pub words: String,
}

/// What readers meet at a page's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Life {
    Published,
    Archived,
    Moved,
    Withdrawn,
    /// Imported as a draft: no reader meets it.
    Hidden,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftLine {
    pub id: String,
    pub written_at: i64,
    pub written_by: String,
    pub submitted: bool,
    /// When it publishes itself.
    pub publish_at: Option<i64>,
}

/// A page being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub id: String,
    pub kind: Kind,
    pub slug: String,
    pub written: Written,
    /// Moves with each save: whoever saves says which one they began from.
    pub version: i64,
    /// Account and name of whoever saved last, and when.
    pub writer: String,
    pub written_by: String,
    pub written_at: i64,
    /// When it was handed over for review.
    pub submitted_at: Option<i64>,
    /// Until then nobody changes it.
    pub scheduled: Option<Scheduled>,
    /// Somebody without an account may read it until then.
    pub shared_until: Option<i64>,
    pub comments: Vec<Comment>,
    /// Whether readers already meet a page at its address.
    pub is_live: bool,
}

/// When a draft publishes itself, and the name of whoever decided it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheduled {
    pub at: i64,
    pub by: String,
}

/// A draft that was thrown away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discarded {
    pub id: String,
    pub kind: Kind,
    pub title: String,
    pub county: Option<&'static County>,
    pub at: i64,
    pub written_by: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    pub by: String,
    pub at: i64,
    pub text: String,
}

/// Whether a save goes on with what the same person saved a little before, or stands for itself when one looks back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    GoesOn,
    Begins,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveRefusal {
    /// Somebody has saved since; their text, to be held beside one's own.
    Changed(Box<Draft>),
    /// Somebody has decided when it is published: as it was read.
    Scheduled(Box<Draft>),
    /// It has been published or thrown away meanwhile. What was typed is in the page that comes back.
    Gone,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BeginRefusal {
    /// There is a page at that address, or a draft of one.
    Taken,
    /// The address is one of the portal's own.
    Reserved,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublishRefusal {
    /// Somebody has saved since it was read.
    Changed,
    Gone,
    /// The text has faults that readers would meet.
    Faulty,
}

/// How a page is taken out of readers' way. Nothing that was public disappears without a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// Still to be read, under a banner that says it is no longer kept up.
    Archived,
    /// Readers are led to this address of ours.
    Moved(String),
    /// Readers are told why.
    Withdrawn(String),
}

/// The library as it would be if the draft were published: what pages need to show it.
#[derive(Clone)]
pub struct Previewed {
    pub guidance: Arc<dyn Guidance>,
    pub glossary: Arc<dyn Glossary>,
    pub law: Arc<dyn Law>,
    pub pages: Arc<dyn Pages>,
    pub training: Arc<dyn Training>,
    pub courses: Arc<dyn Courses>,
    /// The text alone.
    pub html: String,
    pub remarks: Vec<Remark>,
}

/// What the feature needs from the world.
pub trait Editing: Send + Sync {
    fn list<'a>(&'a self, member: &'a Member) -> Pending<'a, Vec<Listed>>;
    fn draft<'a>(&'a self, member: &'a Member, id: &'a str) -> Pending<'a, Option<Draft>>;
    /// The county of a published page; `None` inside if it is national.
    fn whose<'a>(&'a self, kind: Kind, slug: &'a str) -> Pending<'a, Option<Option<&'static County>>>;
    /// The draft of a published page: the one there is, or a new one of what readers meet.
    fn open<'a>(&'a self, editor: &'a Editor, kind: Kind, slug: &'a str) -> Pending<'a, Option<String>>;
    fn begin<'a>(
        &'a self,
        editor: &'a Editor,
        kind: Kind,
        slug: &'a str,
        written: &'a Written,
    ) -> Pending<'a, Result<String, BeginRefusal>>;
    /// The draft's new version.
    fn save<'a>(
        &'a self,
        editor: &'a Editor,
        id: &'a str,
        version: i64,
        written: &'a Written,
        step: Step,
    ) -> Pending<'a, Result<i64, SaveRefusal>>;
    /// The draft as it is given, saved or not.
    fn preview<'a>(&'a self, draft: &'a Draft) -> Pending<'a, Previewed>;
    fn submit<'a>(&'a self, editor: &'a Editor, id: &'a str) -> Pending<'a, ()>;
    /// Back to the writer, with what should be done.
    fn send_back<'a>(&'a self, editor: &'a Editor, id: &'a str, comment: &'a str) -> Pending<'a, ()>;
    fn comment<'a>(&'a self, member: &'a Member, id: &'a str, comment: &'a str) -> Pending<'a, ()>;
    /// `note` is what has changed, for a larger change; readers and subscribers are told the day.
    fn publish<'a>(
        &'a self,
        publisher: &'a Publisher,
        id: &'a str,
        version: i64,
        note: Option<&'a str>,
    ) -> Pending<'a, Result<(), PublishRefusal>>;
    /// As [`Self::publish`], at that time (unix seconds).
    fn schedule<'a>(
        &'a self,
        publisher: &'a Publisher,
        id: &'a str,
        version: i64,
        at: i64,
        note: Option<&'a str>,
    ) -> Pending<'a, Result<(), PublishRefusal>>;
    fn unschedule<'a>(&'a self, editor: &'a Editor, id: &'a str) -> Pending<'a, ()>;
    fn discard<'a>(&'a self, editor: &'a Editor, id: &'a str) -> Pending<'a, ()>;
    /// The newest first; those of the last [`DISCARDED_FOR`].
    fn discarded<'a>(&'a self, member: &'a Member) -> Pending<'a, Vec<Discarded>>;
    /// `false` if it is gone, or somebody has begun another draft of the page.
    fn take_back<'a>(&'a self, editor: &'a Editor, id: &'a str) -> Pending<'a, bool>;
    /// The token of a link that leads to the draft for [`SHARED_FOR`]; it is kept nowhere.
    fn share<'a>(&'a self, editor: &'a Editor, id: &'a str) -> Pending<'a, Option<String>>;
    /// Ends all links to the draft.
    fn unshare<'a>(&'a self, editor: &'a Editor, id: &'a str) -> Pending<'a, ()>;
    fn shared<'a>(&'a self, token: &'a str) -> Pending<'a, Option<Draft>>;
    /// Every text that the page has had, the newest first.
    fn versions<'a>(&'a self, member: &'a Member, kind: Kind, slug: &'a str) -> Pending<'a, Vec<Version>>;
    fn text_of<'a>(
        &'a self,
        member: &'a Member,
        kind: Kind,
        slug: &'a str,
        id: &'a VersionId,
    ) -> Pending<'a, Option<Written>>;
    fn name_version<'a>(
        &'a self,
        editor: &'a Editor,
        kind: Kind,
        slug: &'a str,
        id: &'a VersionId,
        name: &'a str,
    ) -> Pending<'a, bool>;
    /// What texts may refer to by name.
    fn facts<'a>(&'a self, member: &'a Member) -> Pending<'a, Vec<Fact>>;
    fn colleagues<'a>(&'a self, member: &'a Member) -> Pending<'a, Vec<Colleague>>;
    /// `false` if one of them is nobody of the staff.
    fn entrust<'a>(&'a self, editor: &'a Editor, kind: Kind, slug: &'a str, owners: &'a Owners) -> Pending<'a, bool>;
    /// Takes a published page out of readers' way.
    fn end<'a>(&'a self, publisher: &'a Publisher, kind: Kind, slug: &'a str, ending: &'a Ending) -> Pending<'a, bool>;
    /// Readers find the page at another address, and are led there from the one it had; drafts, versions and owners go along.
    fn rename<'a>(
        &'a self,
        publisher: &'a Publisher,
        kind: Kind,
        slug: &'a str,
        to: &'a str,
    ) -> Pending<'a, Result<(), BeginRefusal>>;
    /// Somebody has held the text against its sources: only that day is changed.
    fn still_right<'a>(&'a self, publisher: &'a Publisher, kind: Kind, slug: &'a str) -> Pending<'a, bool>;
}
