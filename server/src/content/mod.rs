//! Reading `content/`: each file becomes a typed value, or problems that name file and line.
//!
//! Messages are in Swedish: the people who write content read them, here and later in the editor.

mod accessibility;
mod contacts;
mod correspondences;
mod courses;
mod event_times;
mod events;
mod exam;
mod fields;
mod front_matter;
mod glossary;
mod guidance;
mod handbook;
mod help_lines;
mod instrument_names;
mod materials;
mod pages;
mod regulations;
mod search_words;
mod statistics;
mod subjects;

pub use contacts::ContactSource;
pub use correspondences::{CorrespondenceRow, CorrespondenceTable};
pub use courses::{CourseSource, GuideSource, ModuleSource};
pub use events::{Arranged, ArrangedEvent, EventsSource};
pub use exam::{ExamQuestion, parse as parse_exam};
pub use front_matter::split;
pub use glossary::TermSource;
pub use guidance::{ArticleSource, Status};
pub use handbook::{ChapterSource, EditionSource};
pub use help_lines::HelpLineSource;
pub use instrument_names::{InstrumentNames, Outside};
pub use materials::MaterialSource;
pub use pages::PageSource;
pub use regulations::{BlockSource, PartSource, RegulationSource, TextSource};
pub use search_words::SearchWords;
pub use statistics::StatisticSource;
pub use subjects::SubjectSource;

use std::fmt;

/// What one file of `content/` holds.
#[derive(Debug)]
pub enum Content {
    Article(Box<ArticleSource>),
    Page(PageSource),
    Material(Box<MaterialSource>),
    Subjects(Vec<SubjectSource>),
    Glossary(Vec<TermSource>),
    HelpLines(Vec<HelpLineSource>),
    Contacts(Vec<ContactSource>),
    Statistics(Vec<StatisticSource>),
    Accessibility(Box<app::accessibility::Statement>),
    InstrumentNames(InstrumentNames),
    Regulation(Box<RegulationSource>),
    Correspondences(CorrespondenceTable),
    Editions(Vec<EditionSource>),
    Chapter(Box<ChapterSource>),
    SearchWords(SearchWords),
    Exam(Vec<ExamQuestion>),
    Events(EventsSource),
    Course(Box<CourseSource>),
    Module(Box<ModuleSource>),
    Guide(GuideSource),
}

/// One fault: where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Within `content/`, with forward slashes.
    pub path: String,
    /// From 1.
    pub line: usize,
    /// A Swedish sentence without a full stop.
    pub message: String,
}

impl Problem {
    pub fn new(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, message: message.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

/// Which of the readers below a path belongs to. Data files have fixed names; pages lie in folders.
pub fn parse(path: &str, text: &str) -> Result<Content, Vec<Problem>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match path {
        "amnen.toml" => subjects::parse(path, text).map(Content::Subjects),
        "ordlista.toml" => glossary::parse(path, text).map(Content::Glossary),
        "stodlinjer.toml" => help_lines::parse(path, text).map(Content::HelpLines),
        "kontakter.toml" => contacts::parse(path, text).map(Content::Contacts),
        "statistik.toml" => statistics::parse(path, text).map(Content::Statistics),
        "tillganglighet.toml" => accessibility::parse(path, text).map(|s| Content::Accessibility(Box::new(s))),
        "forkortningar.toml" => instrument_names::parse(path, text).map(Content::InstrumentNames),
        "sokord.toml" => search_words::parse(path, text).map(Content::SearchWords),
        "sokprov.toml" => exam::parse(path, text).map(Content::Exam),
        "handbok/utgavor.toml" => handbook::parse_editions(path, text).map(Content::Editions),
        _ if path.starts_with("motsvarigheter/") && path.ends_with(".toml") => {
            correspondences::parse(path, text).map(Content::Correspondences)
        }
        _ if path.starts_with("konferenser/") && path.ends_with(".toml") => {
            events::parse(path, text).map(Content::Events)
        }
        _ if path.starts_with("kurser/") && path.ends_with("/kurs.toml") => {
            courses::parse_course(path, text).map(|course| Content::Course(Box::new(course)))
        }
        _ if path.starts_with("kurser/") && path.ends_with("/handledning.md") => {
            courses::parse_guide(path, text).map(Content::Guide)
        }
        _ => match (path.split_once('/'), path.ends_with(".md")) {
            (Some(("kurser", _)), true) => courses::parse_module(path, text).map(|m| Content::Module(Box::new(m))),
            (Some(("vagledning", _)), true) => guidance::parse(path, text).map(|a| Content::Article(Box::new(a))),
            (Some(("material", _)), true) => materials::parse(path, text).map(|m| Content::Material(Box::new(m))),
            (Some(("sidor", _)), true) => pages::parse(path, text).map(Content::Page),
            (Some(("regler", _)), true) => regulations::parse(path, text).map(|r| Content::Regulation(Box::new(r))),
            (Some(("handbok", _)), true) => handbook::parse_chapter(path, text).map(|c| Content::Chapter(Box::new(c))),
            _ => Err(vec![Problem::new(
                path,
                1,
                "filen hör inte till något; lägg vägledning i vagledning/, regler i regler/, handbokens sidor i handbok/, \
                 utbildningsmaterial i material/, kurser i kurser/, fasta sidor i sidor/, arrangemang i konferenser/, tabeller i motsvarigheter/ och data i amnen.toml, forkortningar.toml, \
                 kontakter.toml, ordlista.toml, sokord.toml, sokprov.toml, statistik.toml, stodlinjer.toml eller \
                 tillganglighet.toml",
            )]),
        },
    }
}

/// The slug of `vagledning/…/{slug}.md`.
fn slug_of<'a>(path: &'a str, problems: &mut Vec<Problem>) -> &'a str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let slug = name.strip_suffix(".md").unwrap_or(name);
    if !app::text::slug::is_slug(slug) {
        let wanted = app::text::slug::slug(slug);
        problems.push(Problem::new(path, 1, format!("filnamnet blir adressen och ska heta `{wanted}.md`")));
    }
    slug
}
