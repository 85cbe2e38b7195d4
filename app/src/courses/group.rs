//! `/utbildning/grupp/`: a module taken together at a workplace. Whoever leads shows a code, the others answer in their
//! phones, and nobody sees who answered what. All of it is gone after a day.

use super::course::crumbs;
use super::module::{find, named, take};
use super::progress::Answers;
use super::question_form::{Way, question};
use super::{Course, Member, Module};
use crate::certificates::code::Code;
use crate::desk::{Answer, Asked, Stop};
use crate::document::{Document, Head};
use crate::routes::{desk, paths};
use crate::services::Services;
use crate::ui::crumbs::Crumb;
use crate::ui::field::TextField;
use leptos::prelude::*;
use std::sync::Arc;

/// Letters and digits of a group's code.
pub const CODE: usize = 6;

/// As somebody types it; nothing if it can be no code.
pub fn code(typed: &str) -> Option<String> {
    let signs: String =
        typed.chars().filter(char::is_ascii_alphanumeric).map(|sign| sign.to_ascii_uppercase()).collect();
    let signs = signs.replace('O', "0").replace(['I', 'L'], "1");
    (signs.len() == CODE).then_some(signs)
}

pub async fn page(_: Asked) -> Result<Answer, Stop> {
    Ok(Answer::page(|| typing(String::new(), None)))
}

/// A group is begun, or joined.
pub async fn begin(asked: Asked) -> Result<Answer, Stop> {
    if asked.form.has("kod") {
        return join(&asked).await;
    }
    let (course, module) = named(&asked)?;
    let token = asked.services.groups.begin(&course, &module).await?;
    Ok(Answer::Redirect(desk::opened(desk::LED_GROUP, &token)))
}

async fn join(asked: &Asked) -> Result<Answer, Stop> {
    let typed = asked.form.get("kod").to_owned();
    let Some(code) = code(&typed) else {
        return Ok(Answer::again(move || typing(typed, Some("Koden har sex bokstäver och siffror. Läs av den igen."))));
    };
    match asked.services.groups.join(&code).await? {
        Some(token) => Ok(Answer::Redirect(desk::group_member(&code, &token))),
        None => Ok(Answer::again(move || typing(typed, Some(ENDED)))),
    }
}

const ENDED: &str = "Ingen grupp har den koden just nu. En grupp finns i ett dygn, eller tills den avslutas.";

fn head(title: &str, course: Option<&Course>) -> Head {
    let mut crumbs = crumbs(course);
    crumbs.push(Crumb::new(desk::GROUPS, "Grupp"));
    Head {
        title: title.into(),
        description: "Svara tillsammans på arbetsplatsen.".into(),
        crumbs,
        hidden: true,
        ..Head::default()
    }
}

fn typing(typed: String, fault: Option<&'static str>) -> impl IntoView {
    let mut head = head("Delta i en grupp", None);
    head.crumbs.pop();
    view! {
        <Document head>
            <h1>"Delta i en grupp"</h1>
            <p class="lead">"Skriv koden som den som leder visar."</p>
            <form method="post" action=desk::GROUPS class="desk-form" novalidate>
                <TextField name="kod" label="Gruppens kod" value=typed longest=20 fault=fault />
                <button>"Delta"</button>
            </form>
            <p>"Du behöver inte säga vem du är. Den som leder ser hur svaren fördelar sig, inte vem som har svarat vad."</p>
            <p>"Ska du själv leda en grupp? " <a href=paths::COURSES>"Välj en kurs"</a> " och starta gruppen där."</p>
        </Document>
    }
}

/// The address in the code that is shown: a page with a button, so that whatever looks it up joins nothing.
pub async fn invited(asked: Asked) -> Result<Answer, Stop> {
    let typed = asked.part("kod").to_owned();
    match code(&typed) {
        Some(code) if asked.services.groups.exists(&code).await? => Ok(Answer::page(move || typing(code, None))),
        _ => Ok(Answer::page_with(410, move || typing(typed, Some(ENDED)))),
    }
}

/// Whoever takes part, with the module.
async fn taking_part(asked: &Asked) -> Result<Option<(Member, Arc<Course>, Arc<Module>)>, Stop> {
    let Some(code) = code(asked.part("kod")) else { return Ok(None) };
    let Some(member) = asked.services.groups.member(&code, asked.part("nyckel")).await? else { return Ok(None) };
    Ok(find(&asked.services, &member.course, &member.module).map(|(course, module)| (member, course, module)))
}

fn ended() -> Answer {
    Answer::page_with(410, || typing(String::new(), Some(ENDED)))
}

pub async fn member(asked: Asked) -> Result<Answer, Stop> {
    let Some((member, course, module)) = taking_part(&asked).await? else { return Ok(ended()) };
    let (code, token) = (asked.part("kod").to_owned(), asked.part("nyckel").to_owned());
    Ok(Answer::page(move || view(&course, &module, &member.answers, None, &code, &token)))
}

pub async fn answer(asked: Asked) -> Result<Answer, Stop> {
    let Some((member, course, module)) = taking_part(&asked).await? else { return Ok(ended()) };
    let (code, token) = (asked.part("kod").to_owned(), asked.part("nyckel").to_owned());
    let mut answers = member.answers.clone();
    let question = asked.form.get("fraga").to_owned();
    if let Some((_, why)) = take(&module, &mut answers, &asked.form) {
        return Ok(Answer::again(move || {
            view(&course, &module, &answers, Some((question, why.swedish())), &code, &token)
        }));
    }
    let Some(given) = answers.get(&question) else { return Err(Stop::Missing) };
    match asked.services.groups.answer(&member, &question, given).await? {
        true => Ok(Answer::Redirect(format!("{}#fraga-{question}", desk::group_member(&code, &token)))),
        false => Ok(ended()),
    }
}

/// What was answered in the group becomes the beginning of a way of one's own.
pub async fn keep(asked: Asked) -> Result<Answer, Stop> {
    let Some((member, course, module)) = taking_part(&asked).await? else { return Ok(ended()) };
    let key: Code = asked.services.learning.begin(&course, &module.slug, &member.answers).await?;
    Ok(Answer::Redirect(format!("{}?sparat=ja", desk::own_course(key.as_str()))))
}

fn view(
    course: &Course,
    module: &Module,
    answers: &Answers,
    fault: Option<(String, &'static str)>,
    code: &str,
    token: &str,
) -> impl IntoView + use<> {
    use super::islands::Answering;
    use super::marking::Given;
    let way = Way { action: Some(desk::group_member(code, token)), ..Way::default() };
    let mut number = 0;
    let mut questions: Vec<AnyView> = Vec::new();
    for shown in module.shown() {
        number += usize::from(shown.question.counts());
        let given = answers.get(&shown.question.id).and_then(|kept| Given::parse(&shown.question, kept));
        let fault = fault.as_ref().filter(|(id, _)| *id == shown.question.id).map(|(_, why)| *why);
        questions.push(question(number, shown, &way, given.as_ref(), fault).into_any());
    }
    let head = head("Gruppens frågor", Some(course));
    let (title, text) = (module.title.clone(), paths::module(&course.slug, &module.slug));
    let keep = desk::keep_group(code, token);
    view! {
        <Document head>
            <article class="guide module">
                <header>
                    <p class="stamp">"Du deltar i en grupp. Ingen ser vem du är."</p>
                    <h1>{title}</h1>
                    <p><a href=text>"Läs modulens text"</a></p>
                </header>
                <h2>"Frågor"</h2>
                <Answering>{questions}</Answering>
                <section class="saving" aria-labelledby="spara-rubrik">
                    <h2 id="spara-rubrik">"Behåll dina svar"</h2>
                    <p>"Gruppen försvinner efter ett dygn. Sparar du får du en egen kod att fortsätta kursen med, och ett eget intyg när den är klar. Ingen i gruppen ser det."</p>
                    <form method="post" action=keep><button class="quiet">"Spara mina svar"</button></form>
                </section>
            </article>
        </Document>
    }
}

/// For a phone: where the code leads.
pub fn address(code: &str) -> String {
    format!("{}{}", Services::current().site.base_url, desk::invited(code))
}
