//! Courses: modules to read and answer, progress without an account, group sessions, certificates, and packages for other
//! learning platforms. The nouns, the refusals, and what the feature needs from the world.

pub mod check;
pub mod course;
pub mod finish;
pub mod grammar;
pub mod group;
pub mod islands;
pub mod leader;
pub mod list;
pub mod marking;
pub mod module;
pub mod numbers;
pub mod own;
pub mod own_module;
pub mod package;
pub mod print;
pub mod progress;
pub mod question_form;
pub mod renewal;
#[cfg(test)]
mod tests;

use crate::accounts::person::Email;
use crate::certificates::code::Code;
use crate::counties::County;
use crate::desk::{Download, Pending};
use crate::guidance::{Audience, Heading};
use grammar::{Question, Said};
use jiff::civil::Date;
use numbers::Number;
use progress::{Answers, Progress};
use renewal::Versions;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A course, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    pub slug: String,
    pub title: String,
    /// Neutral: for window titles.
    pub short_title: String,
    pub lead: String,
    /// Grows by one whenever a module changes for those who have taken it.
    pub version: u32,
    /// So many percent of a module's questions must be right.
    pub pass_mark: u32,
    pub audiences: Vec<Audience>,
    /// The instruments that it builds on, as `sfs/2025:400`.
    pub builds_on: Vec<String>,
    pub updated: Date,
    pub reviewed: Date,
    pub modules: Vec<Arc<Module>>,
    /// For whoever leads a group, sanitised HTML.
    pub guide: Option<String>,
}

/// A module, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    pub slug: String,
    pub title: String,
    pub short_title: String,
    pub lead: String,
    /// Grows by one whenever it changes for those who have taken it.
    pub version: u32,
    pub minutes: u16,
    /// "Efter modulen kan du …"
    pub goals: Vec<String>,
    /// To talk about at the workplace.
    pub talk: Vec<String>,
    /// The law is told as it was that day.
    pub legal_date: Date,
    pub headings: Vec<Heading>,
    /// Text and questions, in the order of reading.
    pub pieces: Vec<Piece>,
    pub sources: Vec<crate::guidance::Source>,
    /// The provisions that it cites, as `sfs/2025:400#K19P1`, each once.
    pub cites: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Sanitised HTML.
    Text(String),
    Question(Arc<Shown>),
}

/// A question, and its texts as HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub question: Question,
    /// By text as written: sanitised, with links to law. For what is read, not for labels.
    pub html: BTreeMap<String, String>,
    /// By text as written: in one line and without links. For labels.
    pub labels: BTreeMap<String, String>,
}

impl Shown {
    pub fn html(&self, said: &Said) -> String {
        self.html.get(&said.text).cloned().unwrap_or_default()
    }

    pub fn label(&self, said: &Said) -> String {
        self.labels.get(&said.text).cloned().unwrap_or_default()
    }
}

impl Module {
    pub fn shown(&self) -> impl Iterator<Item = &Arc<Shown>> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Question(shown) => Some(shown),
            Piece::Text(_) => None,
        })
    }

    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.shown().map(|shown| &shown.question)
    }

    pub fn find(&self, id: &str) -> Option<&Arc<Shown>> {
        self.shown().find(|shown| shown.question.id == id)
    }
}

impl Course {
    pub fn module(&self, slug: &str) -> Option<&Arc<Module>> {
        self.modules.iter().find(|module| module.slug == slug)
    }

    pub fn minutes(&self) -> u16 {
        self.modules.iter().map(|module| module.minutes).sum()
    }
}

/// The courses that are published.
pub trait Courses: Send + Sync {
    /// In Swedish order of their titles.
    fn courses(&self) -> &[Arc<Course>];

    fn course(&self, slug: &str) -> Option<Arc<Course>> {
        self.courses().iter().find(|course| course.slug == slug).cloned()
    }
}

/// One way through a course, that somebody asked to be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Taking {
    /// Our own id.
    pub id: String,
    pub course: String,
    pub progress: Progress,
    /// It renews a certificate: only what has changed since is asked for.
    pub renews: Option<Renewing>,
    pub certificate: Option<Code>,
    /// The voluntary questions have been answered, or declined.
    pub counted: bool,
}

/// The certificate that is being renewed, and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewing {
    pub code: Code,
    pub versions: Versions,
}

impl Taking {
    /// The modules that are asked for.
    pub fn modules<'c>(&self, course: &'c Course) -> Vec<&'c Module> {
        match &self.renews {
            Some(renewing) => renewal::changed(course, &renewing.versions),
            None => course.modules.iter().map(AsRef::as_ref).collect(),
        }
    }

    pub fn is_done(&self, course: &Course) -> bool {
        self.certificate.is_some() || self.progress.is_done(self.modules(course))
    }
}

/// What the code of a course certificate vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completed {
    pub code: Code,
    /// The slug; the course itself may be gone.
    pub course: String,
    pub title: String,
    pub version: u32,
    pub versions: Versions,
    /// Instruments and provisions that the version built on, as `sfs/2025:400#K19P1`.
    pub built_on: Vec<String>,
    /// Unix seconds.
    pub issued_at: i64,
    /// The code of the certificate that came instead.
    pub renewed_by: Option<Code>,
}

/// Who takes the course, if they care to tell: counted, and tied to nobody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct About {
    pub county: Option<&'static County>,
    pub profession: Option<Audience>,
}

/// What the feature needs from the world.
pub trait Learning: Send + Sync {
    /// The code by which the answers are found again; shown this once.
    fn begin<'a>(&'a self, course: &'a Course, module: &'a str, answers: &'a Answers) -> Pending<'a, Code>;

    /// The way of whoever has the code. Being asked for, it is kept for another year.
    fn taking<'a>(&'a self, key: &'a Code) -> Pending<'a, Option<Taking>>;

    /// Keeps an answer, and that the module is done with it.
    fn answer<'a>(
        &'a self,
        taking: &'a Taking,
        course: &'a Arc<Course>,
        module: &'a Arc<Module>,
        question: &'a str,
        given: &'a str,
    ) -> Pending<'a, ()>;

    /// Sends the link to an address that is forgotten when it is sent.
    fn mail_key<'a>(&'a self, key: &'a Code, taking: &'a str, to: &'a Email) -> Pending<'a, ()>;

    /// Nothing of it is left.
    fn forget<'a>(&'a self, taking: &'a str) -> Pending<'a, ()>;

    /// The certificate's code, the same each time. `about` is counted once for each way.
    fn complete<'a>(&'a self, taking: &'a Taking, course: &'a Course, about: Option<About>) -> Pending<'a, Code>;

    /// The certificate as PDF, with a name that is kept nowhere.
    fn certificate<'a>(
        &'a self,
        completed: &'a Completed,
        built_on: &'a [String],
        name: &'a str,
    ) -> Pending<'a, Download>;

    fn completed<'a>(&'a self, code: &'a Code) -> Pending<'a, Option<Completed>>;

    /// The course as a SCORM 1.2 package, the same bytes each time.
    fn package<'a>(&'a self, course: &'a Arc<Course>) -> Pending<'a, Download>;

    /// How many have taken which course; the few as well.
    fn numbers(&self) -> Pending<'_, Vec<Number>>;

    /// The code of a way through what has changed since that certificate.
    fn renew<'a>(&'a self, completed: &'a Completed) -> Pending<'a, Code>;
}

/// A group, for whoever leads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedGroup {
    pub code: String,
    pub course: String,
    pub module: String,
    pub members: u32,
    /// Each question with an answer as it is kept and how many have given it.
    pub answers: Vec<(String, String, u32)>,
    /// Another when anything has changed.
    pub changes: i64,
    /// Unix seconds.
    pub expires_at: i64,
}

/// Somebody who takes part in a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub group: String,
    pub token_hash: String,
    pub course: String,
    pub module: String,
    pub answers: Answers,
}

/// What groups need from the world.
pub trait Groups: Send + Sync {
    /// The token of the leader's page.
    fn begin<'a>(&'a self, course: &'a Course, module: &'a Module) -> Pending<'a, String>;

    fn led<'a>(&'a self, token: &'a str) -> Pending<'a, Option<LedGroup>>;

    /// Ends the group: nothing of it is left.
    fn end<'a>(&'a self, token: &'a str) -> Pending<'a, ()>;

    fn exists<'a>(&'a self, code: &'a str) -> Pending<'a, bool>;

    /// The token of somebody who takes part from now on; none if there is no such group.
    fn join<'a>(&'a self, code: &'a str) -> Pending<'a, Option<String>>;

    fn member<'a>(&'a self, code: &'a str, token: &'a str) -> Pending<'a, Option<Member>>;

    /// `false`: the group has ended. Each member's last answer to a question counts, once.
    fn answer<'a>(&'a self, member: &'a Member, question: &'a str, given: &'a str) -> Pending<'a, bool>;
}
