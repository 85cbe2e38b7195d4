//! `/utbildning/mina-kurser/`: what somebody has asked to be kept of a course, for whoever has its code.

use super::course::crumbs;
use super::module::{SO_FAR, named, so_far};
use super::progress::{Answers, Score, Standing};
use super::{Course, Module, Taking};
use crate::accounts::person::Email;
use crate::certificates::code::Code;
use crate::desk::{Answer, Asked, Faults, Stop};
use crate::document::{Document, Head};
use crate::routes::{desk, paths};
use crate::ui::crumbs::Crumb;
use crate::ui::field::{FaultList, TextField};
use leptos::prelude::*;
use std::sync::Arc;

/// Where a code is typed.
pub async fn page(_: Asked) -> Result<Answer, Stop> {
    Ok(Answer::page(|| typing(String::new(), None)))
}

/// A code that was typed, or answers to be kept.
pub async fn begin(asked: Asked) -> Result<Answer, Stop> {
    if asked.form.has("kod") {
        return open(&asked).await;
    }
    let (course, module) = named(&asked)?;
    let answers = so_far(&module, asked.form.get(SO_FAR));
    let typed = asked.form.get("epost").trim();
    let email = Email::parse(typed);
    if !typed.is_empty() && email.is_none() {
        let answers = super::module::written(&answers);
        let typed = typed.to_owned();
        return Ok(Answer::again(move || misspelt(&course, &module, answers, typed)));
    }
    let key = asked.services.learning.begin(&course, &module.slug, &answers).await?;
    if let (Some(email), Some(taking)) = (email, asked.services.learning.taking(&key).await?) {
        asked.services.learning.mail_key(&key, &taking.id, &email).await?;
        return Ok(Answer::Redirect(format!("{}?sparat=mejl", desk::own_course(key.as_str()))));
    }
    Ok(Answer::Redirect(format!("{}?sparat=ja", desk::own_course(key.as_str()))))
}

async fn open(asked: &Asked) -> Result<Answer, Stop> {
    let typed = asked.form.get("kod").to_owned();
    let Some(code) = Code::parse(&typed) else {
        return Ok(Answer::again(move || typing(typed, Some(MISTYPED))));
    };
    match asked.services.learning.taking(&code).await? {
        Some(_) => Ok(Answer::Redirect(desk::own_course(code.as_str()))),
        None => Ok(Answer::again(move || typing(typed, Some(UNKNOWN)))),
    }
}

const MISTYPED: &str = "Koden är inte rätt skriven. Den har tolv tecken, till exempel K7QM-2F4X-9AB3. Läs av den igen.";
const UNKNOWN: &str = "Ingen kurs är sparad med den koden. Den raderas när den inte har använts på ett år.";

/// Neutral: it stays in the browser's history.
pub(super) fn head(title: &str, course: Option<&Course>) -> Head {
    let mut crumbs = crumbs(course);
    crumbs.push(Crumb::new(desk::OWN_COURSES, "Sparade kurser"));
    Head { title: title.into(), description: "För dig som har koden.".into(), crumbs, hidden: true, ..Head::default() }
}

fn typing(typed: String, fault: Option<&'static str>) -> impl IntoView {
    let mut head = head("Fortsätt en kurs", None);
    head.crumbs.pop();
    view! {
        <Document head>
            <h1>"Fortsätt en kurs"</h1>
            <p class="lead">"Skriv koden som du fick när du sparade."</p>
            <form method="post" action=desk::OWN_COURSES class="desk-form" novalidate>
                <TextField name="kod" label="Kursens kod" value=typed longest=40 fault=fault />
                <button>"Fortsätt"</button>
            </form>
            <p>"Har du ingen kod? " <a href=paths::COURSES>"Börja på en kurs"</a> " och spara den när du vill."</p>
        </Document>
    }
}

/// Nothing has been kept yet: the address first.
fn misspelt(course: &Course, module: &Module, answers: String, typed: String) -> impl IntoView + use<> {
    let fault = "Läs av adressen igen. Den skrivs som namn@exempel.se. Eller lämna fältet tomt.";
    let (head, course, module) = (head("Spara", Some(course)), course.slug.clone(), module.slug.clone());
    view! {
        <Document head>
            <h1>"Spara och fortsätt senare"</h1>
            <FaultList faults=Faults::one("epost", fault) />
            <form method="post" action=desk::OWN_COURSES class="desk-form" novalidate>
                <input type="hidden" name="kurs" value=course />
                <input type="hidden" name="modul" value=module />
                <input type="hidden" name=SO_FAR value=answers />
                <TextField name="epost" label="E-post, om du vill ha länken dit" value=typed longest=254 fault=Some(fault) />
                <button>"Spara mina svar"</button>
            </form>
        </Document>
    }
}

/// The way that a code opens, with its course.
pub(super) async fn opened(asked: &Asked) -> Result<Option<(Code, Taking, Arc<Course>)>, Stop> {
    let Some(code) = Code::parse(asked.part("nyckel")) else { return Ok(None) };
    let Some(taking) = asked.services.learning.taking(&code).await? else { return Ok(None) };
    let course = asked.services.courses.course(&taking.course);
    Ok(course.map(|course| (code, taking, course)))
}

/// In the same words whether it has been deleted or never was.
pub(super) fn gone() -> Answer {
    Answer::page_with(410, || typing(String::new(), Some(UNKNOWN)))
}

pub async fn overview(asked: Asked) -> Result<Answer, Stop> {
    let Some((code, taking, course)) = opened(&asked).await? else { return Ok(gone()) };
    let saved = asked.query.get("sparat").to_owned();
    let link = format!("{}{}", asked.services.site.base_url, desk::own_course(code.as_str()));
    Ok(Answer::page(move || view(&course, &taking, &code, link, &saved)))
}

fn view(course: &Course, taking: &Taking, code: &Code, link: String, saved: &str) -> impl IntoView + use<> {
    let modules = taking.modules(course);
    let next = taking.progress.next(modules.iter().copied());
    let on = next.map(|module| {
        let begun = taking.progress.answers(&module.slug) != &Answers::new();
        let words = if begun { "Fortsätt med" } else { "Börja på" };
        view! { <p><a class="button" href=desk::own_module(code.as_str(), &module.slug)>{format!("{words} ”{}”", module.title)}</a></p> }
    });
    let done = taking.is_done(course).then(|| {
        view! {
            <section class="offer" aria-labelledby="klar">
                <h2 id="klar">{if taking.renews.is_some() { "Uppdateringen är klar" } else { "Kursen är klar" }}</h2>
                <p><a class="button" href=desk::opened(desk::COURSE_CERTIFICATE, code.as_str())>"Hämta ditt intyg"</a></p>
            </section>
        }
    });
    let saved = match saved {
        "mejl" => Some("Sparat. Ett mejl med länken är på väg. Skriv gärna upp koden också."),
        "ja" => Some("Sparat. Skriv upp koden eller spara länken."),
        _ => None,
    };
    let saved = saved.map(|told| view! { <p class="saved" role="status">{told}</p> });
    let renewing = taking.renews.as_ref().map(|renewing| {
        let told = format!("Du uppdaterar intyget {}. Bara det som har ändrats sedan dess ingår.", renewing.code);
        view! { <p>{told}</p> }
    });
    let lines: Vec<_> = modules.iter().map(|module| line(course, module, taking, code)).collect();
    let (head, title, spelled) = (head("Din kurs", Some(course)), course.title.clone(), code.to_string());
    let forget = desk::opened(desk::FORGET_COURSE, code.as_str());
    view! {
        <Document head>
            <article class="course">
                <header>
                    <h1>{title}</h1>
                </header>
                {saved}
                {done}
                {renewing}
                {on}
                <h2>"Moduler"</h2>
                <ol class="modules">{lines}</ol>
                <section class="saving" aria-labelledby="koden">
                    <h2 id="koden">"Din kod"</h2>
                    <p><code class="key">{spelled}</code></p>
                    <p>"Länken hit: " <code class="secret">{link}</code></p>
                    <p>"Den som har koden ser svaren. De är sparade utan namn, och raderas när koden inte har använts på ett år."</p>
                    <details>
                        <summary>"Radera nu"</summary>
                        <p>"Svaren försvinner och går inte att få tillbaka. Ett intyg som du har hämtat gäller fortfarande."</p>
                        <form method="post" action=forget>
                            <button class="quiet">"Radera mina svar"</button>
                        </form>
                    </details>
                </section>
            </article>
        </Document>
    }
}

fn line(course: &Course, module: &Module, taking: &Taking, code: &Code) -> impl IntoView + use<> {
    let score = Score::of(module, taking.progress.answers(&module.slug));
    let standing = match taking.progress.standing(course, module) {
        Standing::NotBegun => "Inte påbörjad".to_owned(),
        Standing::Begun => format!("Påbörjad: {} av {} frågor besvarade", score.answered, score.questions),
        Standing::NotPassed => {
            format!("{} av {} rätt, du behöver {}", score.right, score.questions, score.needed(course.pass_mark))
        }
        Standing::Done => "Klar".to_owned(),
    };
    view! {
        <li>
            <a href=desk::own_module(code.as_str(), &module.slug)>{module.title.clone()}</a>
            <p class="aside">{standing}</p>
        </li>
    }
}

pub async fn forget(asked: Asked) -> Result<Answer, Stop> {
    if let Some((_, taking, _)) = opened(&asked).await? {
        asked.services.learning.forget(&taking.id).await?;
    }
    Ok(Answer::page(|| {
        view! {
            <Document head=head("Raderat", None)>
                <h1>"Svaren är raderade"</h1>
                <p class="lead">"Koden gäller inte längre."</p>
                <p><a href=paths::COURSES>"Till kurserna"</a></p>
            </Document>
        }
    }))
}
