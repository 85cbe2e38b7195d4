//! Markdown in, safe HTML out: the one door between what an author writes and what a reader's browser gets.
//!
//! The stages run in the order in which they stand in [`render`], each in a file of its own. They pass on a list of
//! parser events with line numbers ([`dialect::Step`]); everything an author may get wrong becomes a [`Problem`]
//! that names the line, and the page is still rendered without the faulty part.
//!
//! Safety does not rest on any one stage: raw HTML never leaves the dialect stage, links are checked where they are
//! read, and the finished HTML passes an allow-list before it is returned.

mod citations;
mod dialect;
mod duties;
mod facts;
mod figures;
mod footnotes;
mod glossary;
mod headings;
mod html;
mod links;
mod notices;
mod plain;
mod sanitise;
mod tables;
#[cfg(test)]
mod tests;

pub use citations::{CitationFound, DoubtFound, LawSetting, Shown, Targets};
pub use duties::DutyFound;
pub use facts::Facts;
pub use glossary::{Glossary, GlossaryEntry};

use app::guidance::Heading;

/// What one markdown text became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Sanitised HTML for the inside of an article: starts at `<h2>`, no scripts, styles or forms, and no pictures but
    /// those that were uploaded here.
    /// Every id in it is lower-case ASCII: a heading's id, `fn-…`, `fnref-…` or `noter`.
    pub html: String,
    /// The author's headings in reading order, for a table of contents; one written on level 1 is shown on level 2.
    /// Ids are unique on the page: only `a`–`z`, `0`–`9` and `-`. The closing "Noter" is not among them.
    pub headings: Vec<Heading>,
    /// Every link written by the author in reading order, also those that became a problem. Glossary links,
    /// heading anchors and footnote links are not the author's and are not here.
    pub links: Vec<Link>,
    /// The text cut at its headings, for search. A first section without a heading holds what stands before the
    /// first one; a last one with the id `noter` holds the footnotes. Together they are the whole text, once.
    pub sections: Vec<Section>,
    /// What the author should mend, in line order. Empty means that everything written is shown.
    pub problems: Vec<Problem>,
    /// Words in headings and running text; footnotes are not counted.
    pub words: usize,
    /// References to law, in reading order, notes last; empty if the text was rendered without [`Setting::law`].
    pub citations: Vec<CitationFound>,
    /// What looks like a reference to law but was not linked.
    pub doubts: Vec<DoubtFound>,
    /// The duties that the text states.
    pub duties: Vec<DutyFound>,
}

/// What a text is read with.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    pub glossary: &'a Glossary,
    /// What the text may refer to by name.
    pub facts: &'a Facts,
    /// How the law it cites is to be linked; `None` leaves citations as text.
    pub law: Option<LawSetting<'a>>,
}

impl<'a> From<&'a Glossary> for Setting<'a> {
    fn from(glossary: &'a Glossary) -> Self {
        static NONE: Facts = Facts::NONE;
        Self { glossary, facts: &NONE, law: None }
    }
}

/// One link as the author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The address as written, entities decoded; an e-mail autolink has got its `mailto:`.
    pub href: String,
    /// 1-based line of the file on which the link starts.
    pub line: usize,
}

/// One heading's worth of plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading's id, or `None` before the first heading.
    pub id: Option<String>,
    /// The heading's text, or `None` before the first heading.
    pub heading: Option<String>,
    /// The text below the heading, not escaped: one line for each paragraph, list item, table row and so on.
    pub text: String,
}

/// Something the author should mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// 1-based line of the file.
    pub line: usize,
    /// A Swedish sentence or two: what is wrong and what to do.
    pub message: String,
}

impl Problem {
    fn new(line: usize, message: impl Into<String>) -> Self {
        Self { line, message: message.into() }
    }
}

/// The text on one line, without marks: for previews and other places too small for markdown.
pub fn plain_text(source: &str) -> String {
    let source = dialect::Source::prepare(source, 1, &mut Vec::new());
    let steps = source.read(&mut Vec::new());
    plain::one_line(&steps)
}

/// Renders one markdown text.
///
/// `first_line` is the 1-based line of the file on which `source` starts, so that links and problems name the line
/// that the author sees in the editor. Any input gives an answer: what cannot be shown is left out and reported.
pub fn render<'a>(source: &str, first_line: usize, setting: impl Into<Setting<'a>>) -> Rendered {
    let setting = setting.into();
    let mut problems = Vec::new();

    let source = dialect::Source::prepare(source, first_line, &mut problems);
    let steps = facts::fill(source.read(&mut problems), setting.facts, &mut problems);
    let steps = figures::place(steps, &mut problems);
    let (steps, links) = links::check(steps, &mut problems);
    let (steps, duties) = duties::mark(steps, &mut problems);
    let (steps, notes) = footnotes::number(steps, &mut problems);
    let (steps, headings) = headings::name(steps, &mut problems);
    notices::find_unknown(&steps, &mut problems);

    let mut sections = plain::sections(&steps, &headings);
    let words = plain::words(&sections);
    sections.extend(notes.section());

    // Citations first: a term within one is not linked. Terms are looked for in the running text only, so the notes
    // join after that stage.
    let mut law = setting.law.map(|law| citations::Linking::new(law, first_line));
    let mut cited = |steps| match law.as_mut() {
        Some(law) => law.link(steps),
        None => steps,
    };
    let steps = cited(steps);
    let notes = cited(notes.into_steps());
    let found = law.map(|law| law.found).unwrap_or_default();
    let mut steps = glossary::link(steps, setting.glossary);
    steps.extend(notes);

    let steps = links::mark(notices::mark(tables::wrap(steps)));
    let html = sanitise::sanitise(&html::write(steps));

    problems.sort_by_key(|problem| problem.line);
    Rendered {
        html,
        headings,
        links,
        sections,
        problems,
        words,
        citations: found.citations,
        doubts: found.doubts,
        duties,
    }
}
