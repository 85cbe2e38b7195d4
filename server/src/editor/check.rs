//! The publishing check: the library is built as it would be with the draft in it, and tells what is wrong with it.

use super::file::{Days, compose};
use super::language;
use super::library::Library;
use crate::content::{self, Problem, split};
use crate::law;
use crate::library::shelf::Shelf;
use crate::markdown::{self, Glossary};
use app::courses::question_form::{Way, question};
use app::courses::{Courses, Module, Piece};
use app::editor::check::Remark;
use app::editor::written::Written;
use app::editor::{Draft, Kind, OF_COURSE, Previewed};
use app::guidance::{Found, Guidance};
use app::law::Law;
use app::pages::Pages;
use app::training::Training;
use jiff::civil::Date;
use leptos::prelude::RenderHtml;
use std::sync::Arc;

/// The library with the draft published on that day.
pub fn preview(library: &Library, draft: &Draft, today: Date) -> Previewed {
    let days = Days { today, larger: true };
    let file = compose(draft.kind, &draft.written, library.published(), days);
    let (shelf, problems) = library.with(&file, today);
    let remarks = remarks(&library.path, &file, &draft.written, draft.kind, &problems, &shelf);
    let shelf = Arc::new(shelf);
    let html = html(&shelf, draft);
    Previewed {
        guidance: shelf.clone(),
        glossary: shelf.clone(),
        law: shelf.law.clone(),
        pages: shelf.clone(),
        training: shelf.clone(),
        courses: shelf.clone(),
        html,
        remarks,
    }
}

/// The text as its page shows it; if the page cannot be shown, without links to law and to the glossary.
fn html(shelf: &Shelf, draft: &Draft) -> String {
    let shown = match draft.kind {
        Kind::Guidance => match shelf.article(&draft.slug) {
            Some(Found::Here(article)) => Some(article.html.clone()),
            _ => None,
        },
        Kind::Material => match shelf.material(&draft.slug) {
            Some(Found::Here(material)) => Some(material.html.clone()),
            _ => None,
        },
        Kind::Course => Some(String::new()),
        Kind::Module => {
            let (course, module) = draft.slug.split_once(OF_COURSE).unwrap_or_default();
            shelf.course(course).and_then(|course| course.module(module).map(|module| as_read(module)))
        }
        Kind::Standing => shelf.page(&draft.slug).map(|page| page.html.clone()),
    };
    shown.unwrap_or_else(|| markdown::render(&draft.written.body, 1, &Glossary::empty()).html)
}

/// Text and questions, unanswered.
fn as_read(module: &Module) -> String {
    let mut number = 0;
    let mut html = String::new();
    for piece in &module.pieces {
        match piece {
            Piece::Text(text) => html.push_str(text),
            Piece::Question(shown) => {
                number += usize::from(shown.question.counts());
                html.push_str(&question(number, shown, &Way::default(), None, None).to_html());
            }
        }
    }
    html
}

fn remarks(path: &str, file: &str, written: &Written, kind: Kind, problems: &[Problem], shelf: &Shelf) -> Vec<Remark> {
    // Lines of the file become lines of the text in the form; a blank line stands between front matter and text.
    let first = split(path, file).map_or(1, |parts| parts.body_line) + 1;
    let has_text = kind != Kind::Course;
    let line = |line: usize| line.checked_sub(first).map(|line| line + 1).filter(|_| has_text);
    let mut remarks: Vec<Remark> = typed(written, kind);
    // A field that has been told of in the form's words is not told of again in the file's.
    let told: Vec<String> = remarks
        .iter()
        .filter_map(|typed| typed.message.split_once(':'))
        .map(|(field, _)| format!("”{field}”"))
        .collect();
    let own = problems.iter().filter(|problem| problem.path == path);
    let own = own.map(|problem| Remark::fault(line(problem.line), sentence(&problem.message)));
    remarks.extend(own.filter(|remark| !told.iter().any(|field| remark.message.contains(field))));
    let stale = shelf.law.stale().iter().filter(|stale| stale.file == path);
    remarks.extend(stale.map(|stale| {
        let told = format!(
            "”{}” gäller inte längre. {} Skriv om det, eller säg att det gällde då.",
            stale.text,
            law::standing_of(&stale.replaced)
        );
        Remark::advice(line(stale.line), told)
    }));
    let doubts = shelf.law.doubts().into_iter().filter(|(file, ..)| *file == path);
    remarks.extend(
        doubts.map(|(_, at, text, reason)| Remark::advice(line(at), format!("”{text}” blir ingen länk: {reason}."))),
    );
    remarks.extend(language::advice(&written.body));
    remarks.sort();
    remarks.dedup();
    remarks
}

/// What the file itself cannot say well: fields that were typed in another form than they are kept in.
fn typed(written: &Written, kind: Kind) -> Vec<Remark> {
    let days = [("Granskas senast", &written.review_due), ("Lagen som den var den", &written.legal_date)];
    let unreadable = days
        .into_iter()
        .filter(|(_, day)| kind.has_a_life() && !day.trim().is_empty() && day.trim().parse::<Date>().is_err());
    let unreadable =
        unreadable.map(|(name, _)| Remark::fault(None, format!("{name}: skriv år, månad och dag så här: 2027-05-21.")));
    let minutes = written.minutes.trim();
    let may_be_left_out = kind != Kind::Module && minutes.is_empty();
    let length = (matches!(kind, Kind::Material | Kind::Module) && !may_be_left_out && minutes.parse::<u16>().is_err())
        .then(|| Remark::fault(None, "Längd i minuter: skriv med siffror, till exempel 45."));
    let share = (kind == Kind::Course && written.pass_mark.trim().parse::<u16>().is_err())
        .then(|| Remark::fault(None, "Rätta svar för godkänt: skriv procenten med siffror, till exempel 80."));
    let empty = (kind != Kind::Course && written.body.trim().is_empty()).then(|| Remark::fault(None, "Texten är tom."));
    unreadable.chain(length).chain(share).chain(empty).collect()
}

/// "`titel` är tomt; skriv en text" as people who have never seen the file read it.
fn sentence(message: &str) -> String {
    const NAMES: [(&str, &str); 28] = [
        ("`kort_titel`", "Kort rubrik"),
        ("`titel`", "Rubrik"),
        ("`ingress`", "Ingress"),
        ("`amnen`", "Ämnen"),
        ("`malgrupper`", "Vem är sidan för?"),
        ("`granskas_senast`", "Granskas senast"),
        ("`lagrum_datum`", "Lagen som den var den"),
        ("`relaterat`", "Andra sidor att läsa"),
        ("`uppdaterad`", "Uppdaterad"),
        ("`granskad`", "Granskad"),
        ("`publicerad`", "Publicerad"),
        ("`url`", "Källans adress"),
        ("`lan`", "Vems sida?"),
        ("`grupper`", "Vad handlar materialet om?"),
        ("`format`", "Format"),
        ("`langd_min`", "Längd i minuter"),
        ("`utgivare`", "Utgivare"),
        ("`artikelnummer`", "Artikelnummer"),
        ("`tillganglighet`", "Tillgänglighet"),
        ("`lank`", "Länk eller fil"),
        ("`fil`", "Länk eller fil"),
        ("`hanvisa_till`", "Läs så länge"),
        ("`minuter`", "Längd i minuter"),
        ("`mal`", "Efter modulen kan du"),
        ("`samtal`", "Att samtala om"),
        ("`moduler`", "Moduler"),
        ("`bygger_pa`", "Bygger på"),
        ("`godkant`", "Rätta svar för godkänt"),
    ];
    let named = NAMES.iter().fold(message.to_owned(), |told, (field, name)| told.replace(field, &format!("”{name}”")));
    format!("{}.", app::text::capital::capital(named.trim_end_matches('.')))
}

/// The day by which a page should be held against its sources again, if its kind has one.
pub fn review_due(content: &content::Content) -> Option<Date> {
    match content {
        content::Content::Article(article) => Some(article.review_due),
        content::Content::Material(material) => Some(material.review_due),
        content::Content::Course(course) => Some(course.review_due),
        _ => None,
    }
}
