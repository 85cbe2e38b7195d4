//! `content/kurser/{kurs}/`: `kurs.toml` about the course, a Markdown file for each module with its questions, and
//! `handledning.md` for whoever leads a group.

use super::fields::{Checker, Day};
use super::guidance::{Kalla, audiences, source};
use super::{Problem, slug_of};
use app::courses::grammar::{self, Question};
use app::guidance::{Audience, Source};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::Spanned;

#[derive(Debug)]
pub struct CourseSource {
    pub slug: String,
    pub title: String,
    pub short_title: String,
    pub lead: String,
    pub version: u32,
    pub pass_mark: u32,
    pub audiences: Vec<Audience>,
    pub builds_on: Vec<(String, usize)>,
    /// In order, each with its line.
    pub modules: Vec<(String, usize)>,
    pub published: Date,
    pub updated: Date,
    pub reviewed: Date,
    pub review_due: Date,
    pub keywords: Vec<String>,
}

#[derive(Debug)]
pub struct ModuleSource {
    pub course: String,
    pub slug: String,
    pub title: String,
    pub short_title: String,
    pub lead: String,
    pub version: u32,
    pub minutes: u16,
    pub goals: Vec<String>,
    pub talk: Vec<String>,
    pub legal_date: Date,
    /// When it was changed, and read against its sources, where that is known.
    pub updated: Option<Date>,
    pub reviewed: Option<Date>,
    pub sources: Vec<Source>,
    pub keywords: Vec<String>,
    /// The text, in which a rule stands where a question does.
    pub body: String,
    pub body_line: usize,
    /// Each with the line of its fence in the file.
    pub questions: Vec<(Question, usize)>,
}

#[derive(Debug)]
pub struct GuideSource {
    pub course: String,
    pub title: String,
    pub body: String,
    pub body_line: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CourseFields {
    titel: Spanned<String>,
    kort_titel: Option<Spanned<String>>,
    ingress: Spanned<String>,
    version: Spanned<i64>,
    godkant: Spanned<i64>,
    malgrupper: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    bygger_pa: Vec<Spanned<String>>,
    moduler: Spanned<Vec<Spanned<String>>>,
    publicerad: Day,
    uppdaterad: Spanned<Day>,
    granskad: Spanned<Day>,
    granskas_senast: Option<Spanned<Day>>,
    #[serde(default)]
    nyckelord: Vec<String>,
}

/// `kurser/{kurs}/kurs.toml`
pub fn parse_course(path: &str, text: &str) -> Result<CourseSource, Vec<Problem>> {
    let (front, mut check): (CourseFields, _) = Checker::read_file(path, text)?;
    let title = check.text("titel", &front.titel);
    let days = check.days(&front.publicerad, &front.uppdaterad, &front.granskad, front.granskas_senast.as_ref());
    let builds_on = front.bygger_pa.iter().map(|id| (check.instrument("bygger_pa", id), check.line_of(id))).collect();
    let modules: Vec<(String, usize)> =
        front.moduler.get_ref().iter().map(|slug| (check.slug("moduler", slug), check.line_of(slug))).collect();
    if modules.is_empty() {
        check.fault(front.moduler.span().start, "`moduler` är tom; skriv modulernas namn i ordning");
    }
    let different: BTreeSet<&str> = modules.iter().map(|(slug, _)| slug.as_str()).collect();
    if different.len() < modules.len() {
        check.fault(front.moduler.span().start, "en modul står två gånger i `moduler`");
    }
    let course = CourseSource {
        slug: course_of(path, &mut check.problems).to_owned(),
        short_title: check.short_title(front.kort_titel.as_ref(), &title),
        title,
        lead: check.text("ingress", &front.ingress),
        version: number("version", &front.version, 1, 10_000, &mut check),
        pass_mark: number("godkant", &front.godkant, 1, 100, &mut check),
        audiences: audiences(&front.malgrupper, &mut check),
        builds_on,
        modules,
        published: days.published,
        updated: days.updated,
        reviewed: days.reviewed,
        review_due: days.review_due,
        keywords: front.nyckelord,
    };
    check.finish(course)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ModuleFields {
    titel: Spanned<String>,
    kort_titel: Option<Spanned<String>>,
    ingress: Spanned<String>,
    version: Spanned<i64>,
    minuter: Spanned<i64>,
    mal: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    samtal: Vec<Spanned<String>>,
    lagrum_datum: Day,
    uppdaterad: Option<Day>,
    granskad: Option<Day>,
    #[serde(default)]
    nyckelord: Vec<String>,
    #[serde(default)]
    kallor: Vec<Kalla>,
}

/// `kurser/{kurs}/{modul}.md`
pub fn parse_module(path: &str, text: &str) -> Result<ModuleSource, Vec<Problem>> {
    let (front, parts, mut check): (ModuleFields, _, _) = Checker::read_page(path, text)?;
    let title = check.text("titel", &front.titel);
    let lines = |field: &str, values: &[Spanned<String>], check: &mut Checker| -> Vec<String> {
        values.iter().map(|value| check.text(field, value)).collect()
    };
    if front.mal.get_ref().is_empty() {
        check.fault(front.mal.span().start, "`mal` är tom; skriv vad deltagaren kan efter modulen");
    }
    let (body, questions) = taken_out(path, parts.body, parts.body_line, &mut check.problems);
    let module = ModuleSource {
        course: course_of(path, &mut check.problems).to_owned(),
        slug: slug_of(path, &mut check.problems).to_owned(),
        short_title: check.short_title(front.kort_titel.as_ref(), &title),
        title,
        lead: check.text("ingress", &front.ingress),
        version: number("version", &front.version, 1, 10_000, &mut check),
        minutes: u16::try_from(number("minuter", &front.minuter, 1, 600, &mut check)).unwrap_or(1),
        goals: lines("mal", front.mal.get_ref(), &mut check),
        talk: lines("samtal", &front.samtal, &mut check),
        legal_date: front.lagrum_datum.0,
        updated: front.uppdaterad.map(|day| day.0),
        reviewed: front.granskad.map(|day| day.0),
        sources: front.kallor.iter().map(|kalla| source(kalla, &mut check)).collect(),
        keywords: front.nyckelord,
        body,
        body_line: parts.body_line,
        questions,
    };
    check.finish(module)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GuideFields {
    titel: Spanned<String>,
}

/// `kurser/{kurs}/handledning.md`
pub fn parse_guide(path: &str, text: &str) -> Result<GuideSource, Vec<Problem>> {
    let (front, parts, mut check): (GuideFields, _, _) = Checker::read_page(path, text)?;
    let guide = GuideSource {
        course: course_of(path, &mut check.problems).to_owned(),
        title: check.text("titel", &front.titel),
        body: parts.body.to_owned(),
        body_line: parts.body_line,
    };
    check.finish(guide)
}

/// The slug in `kurser/{kurs}/…`.
fn course_of<'a>(path: &'a str, problems: &mut Vec<Problem>) -> &'a str {
    let slug = path.split('/').nth(1).unwrap_or_default();
    if !app::text::slug::is_slug(slug) {
        let wanted = app::text::slug::slug(slug);
        problems.push(Problem::new(path, 1, format!("kursens mapp blir adressen och ska heta `{wanted}`")));
    }
    slug
}

fn number(field: &str, value: &Spanned<i64>, least: u32, most: u32, check: &mut Checker) -> u32 {
    let number = u32::try_from(*value.get_ref()).ok().filter(|number| (least..=most).contains(number));
    if number.is_none() {
        check.fault(value.span().start, format!("`{field}` är ett tal från {least} till {most}"));
    }
    number.unwrap_or(least)
}

/// The text with a rule on the first line of each question, and nothing on its others: so every line keeps its number.
fn taken_out(
    path: &str,
    body: &str,
    first_line: usize,
    problems: &mut Vec<Problem>,
) -> (String, Vec<(Question, usize)>) {
    let mut text = String::with_capacity(body.len());
    let mut questions: Vec<(Question, usize)> = Vec::new();
    let mut open: Option<(usize, &str, Vec<&str>)> = None;
    let mut fault = |line: usize, message: String| problems.push(Problem::new(path, line, message));
    for (at, line) in body.lines().enumerate() {
        let number = first_line + at;
        let fence = line.trim_end().strip_prefix("```");
        match (&mut open, fence) {
            (None, Some(info)) => {
                open = Some((number, info, Vec::new()));
                text.push_str("***");
            }
            (Some((began, info, lines)), Some("")) => {
                let began = *began;
                match grammar::parse(info, lines) {
                    Ok(question) if questions.iter().any(|(known, _)| known.id == question.id) => {
                        fault(began, format!("id:t `{}` har en annan fråga i modulen; byt det ena", question.id));
                    }
                    Ok(question) => questions.push((question, began)),
                    Err(faults) => faults.into_iter().for_each(|one| fault(began + one.line, one.message)),
                }
                open = None;
            }
            (Some((_, _, lines)), _) => lines.push(line),
            (None, None) if line.contains("](/media/") && line.contains("![") => {
                fault(
                    number,
                    "bilder följer inte med i kursens paket till lärplattformar; länka till bilden i stället".into(),
                );
            }
            (None, None) if is_rule(line) => {
                fault(number, "en linje används inte i moduler; dela in texten med rubriker".into())
            }
            (None, None) => text.push_str(line),
        }
        text.push('\n');
    }
    if let Some((began, ..)) = open {
        fault(began, "frågan slutar inte; skriv en rad med bara ``` efter den".into());
    }
    if questions.iter().all(|(question, _)| !question.counts()) {
        fault(first_line, "modulen har ingen fråga som räknas; skriv minst en".into());
    }
    (text, questions)
}

/// Would Markdown make a rule of it, or a heading of the line above?
fn is_rule(line: &str) -> bool {
    let signs: Vec<char> = line.chars().filter(|sign| !sign.is_whitespace()).collect();
    signs.len() >= 3 && ['-', '*', '_'].iter().any(|rule| signs.iter().all(|sign| sign == rule))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRONT: &str =
        "titel = 'Modul'\ningress = 'Om.'\nversion = 1\nminuter = 20\nmal = ['kunna']\nlagrum_datum = 2026-07-09\n";
    const QUESTION: &str = "```fraga enval ett\nVad?\n\n- [ ] A\n  > Nej.\n- [x] B\n  > Ja.\n\nGrund: SoL\n```\n";

    fn read(body: &str) -> Result<ModuleSource, Vec<Problem>> {
        parse_module("kurser/prov/modul.md", &format!("+++\n{FRONT}+++\n{body}"))
    }

    #[test]
    fn questions_are_taken_out_and_every_line_keeps_its_number() {
        let module = read(&format!("Först.\n\n{QUESTION}\nSist.\n")).unwrap();
        assert_eq!((module.course.as_str(), module.slug.as_str()), ("prov", "modul"));
        assert_eq!(module.body.lines().nth(2), Some("***"));
        assert_eq!(module.body.lines().position(|line| line == "Sist."), Some(13));
        assert_eq!((module.questions.len(), module.questions[0].1), (1, 11));
    }

    #[test]
    fn a_broken_question_is_named_with_its_line() {
        for (body, line, message) in [
            (QUESTION.replace("[x]", "[ ]"), 9, "inget svar är rätt"),
            (QUESTION.replace("enval", "flervals"), 9, "okänd frågetyp"),
            (QUESTION.replace("- [ ] A", "- [y] A"), 12, "varken ett svar"),
            (QUESTION.replace("  > Nej.\n", ""), 12, "saknar återkoppling"),
            (QUESTION.replace("Grund: SoL\n", ""), 9, "saknar grund"),
            (format!("{QUESTION}\n{QUESTION}"), 20, "har en annan fråga"),
            (QUESTION.trim_end().trim_end_matches('`').to_owned(), 9, "slutar inte"),
            (format!("{QUESTION}\n---\n"), 20, "en linje används inte"),
            ("Bara text.\n".to_owned(), 9, "ingen fråga som räknas"),
        ] {
            let problems = read(&body).unwrap_err();
            let named = problems.iter().any(|problem| problem.line == line && problem.message.contains(message));
            assert!(named, "{line}, {message}: {problems:?}");
        }
    }

    #[test]
    fn a_course_names_its_modules_in_order() {
        let good = "titel = 'Kurs'\ningress = 'Om.'\nversion = 1\ngodkant = 80\nmalgrupper = ['skola']\nbygger_pa = ['sfs/2025:400']\n\
                    moduler = ['ett', 'tva']\npublicerad = 2026-11-22\nuppdaterad = 2026-11-22\ngranskad = 2026-11-22\n";
        let course = parse_course("kurser/prov/kurs.toml", good).unwrap();
        assert_eq!((course.slug.as_str(), course.modules.len(), course.pass_mark), ("prov", 2, 80));
        for (text, message) in [
            (good.replace("80", "101"), "`godkant` är ett tal från 1 till 100"),
            (good.replace("'tva'", "'ett'"), "två gånger"),
            (good.replace("['ett', 'tva']", "[]"), "`moduler` är tom"),
        ] {
            let problems = parse_course("kurser/prov/kurs.toml", &text).unwrap_err();
            assert!(problems.iter().any(|problem| problem.message.contains(message)), "{problems:?}");
        }
    }
}
