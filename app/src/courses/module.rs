//! `/utbildning/kurser/{kurs}/{modul}/`: a module to read and answer, for anybody. Nothing is kept: what has been answered
//! goes along with the forms, until the reader asks for it to be saved.

use super::course::crumbs;
use super::islands::Answering;
use super::marking::{Given, Unanswered};
use super::progress::{Answers, Score};
use super::question_form::{Way, question};
use super::{Course, Module, Piece};
use crate::desk::{Answer, Asked, Fields, Stop};
use crate::document::{Document, Head};
use crate::errors::NotFound;
use crate::guidance::article::Sources;
use crate::routes::{desk, paths};
use crate::services::Services;
use crate::training::length;
use crate::ui::contents::Contents;
use crate::ui::pager::Pager;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::sync::Arc;

/// What has been answered so far, as it goes along.
pub const SO_FAR: &str = "hittills";

#[component]
pub fn ModulePlace() -> impl IntoView {
    let (course, module) = use_params_map()
        .with_untracked(|params| (params.get("kurs").unwrap_or_default(), params.get("modul").unwrap_or_default()));
    match find(&Services::current(), &course, &module) {
        Some((course, module)) => ModulePage(course, module, Answers::new(), None).into_any(),
        None => NotFound().into_any(),
    }
}

pub(super) fn find(services: &Services, course: &str, module: &str) -> Option<(Arc<Course>, Arc<Module>)> {
    let course = services.courses.course(course)?;
    let module = Arc::clone(course.module(module)?);
    Some((course, module))
}

/// The course and the module that a form names.
pub(super) fn named(asked: &Asked) -> Result<(Arc<Course>, Arc<Module>), Stop> {
    find(&asked.services, asked.form.get("kurs"), asked.form.get("modul")).ok_or(Stop::Missing)
}

/// Somebody came back to where an answer was sent.
pub async fn back(asked: Asked) -> Result<Answer, Stop> {
    Ok(Answer::Redirect(paths::module(asked.part("kurs"), asked.part("modul"))))
}

pub async fn answer(asked: Asked) -> Result<Answer, Stop> {
    let found = find(&asked.services, asked.part("kurs"), asked.part("modul"));
    let Some((course, module)) = found else { return Err(Stop::Missing) };
    let mut answers = so_far(&module, asked.form.get(SO_FAR));
    let fault = take(&module, &mut answers, &asked.form);
    let status = if fault.is_some() { 422 } else { 200 };
    Ok(Answer::page_with(status, move || ModulePage(course, module, answers, fault)))
}

/// Takes up what a form answers. What is wrong with it, by question.
pub(super) fn take(module: &Module, answers: &mut Answers, form: &Fields) -> Option<(String, Unanswered)> {
    let question = &module.find(form.get("fraga"))?.question;
    let before = answers.get(&question.id).and_then(|kept| Given::parse(question, kept));
    // Who has come to the end of a case begins anew.
    let before = before.filter(|given| !given.is_whole(question));
    match Given::read(question, form, before.as_ref()) {
        Ok(given) => {
            answers.insert(question.id.clone(), given.to_string());
            None
        }
        Err(why) => Some((question.id.clone(), why)),
    }
}

/// "misstanke=2;efter=1,3,2": of what was sent, what the module's questions can take.
pub(super) fn so_far(module: &Module, sent: &str) -> Answers {
    let pairs = sent.split(';').filter_map(|pair| pair.split_once('='));
    let known = pairs.filter_map(|(id, kept)| {
        let question = &module.find(id)?.question;
        Some((id.to_owned(), Given::parse(question, kept)?.to_string()))
    });
    known.collect()
}

pub(super) fn written(answers: &Answers) -> String {
    answers.iter().map(|(id, given)| format!("{id}={given}")).collect::<Vec<_>>().join(";")
}

#[expect(non_snake_case, reason = "a page, as its neighbours are")]
pub fn ModulePage(
    course: Arc<Course>,
    module: Arc<Module>,
    answers: Answers,
    fault: Option<(String, Unanswered)>,
) -> impl IntoView {
    let number = number(&course, &module);
    let head = Head {
        title: module.short_title.clone(),
        description: module.lead.clone(),
        path: paths::module(&course.slug, &module.slug),
        crumbs: crumbs(Some(&course)),
        version: Some(course.updated),
        ..Head::default()
    };
    let way = Way {
        action: Some(desk::module_answer(&course.slug, &module.slug)),
        hidden: vec![(SO_FAR, written(&answers))],
        ..Way::default()
    };
    let neighbour = |at: Option<usize>| {
        let module = course.modules.get(at?)?;
        Some((paths::module(&course.slug, &module.slug), module.title.clone()))
    };
    let (previous, next) = (neighbour(number.checked_sub(2)), neighbour(Some(number)));
    let saving = saving(&course, &module, &answers);
    let text = reading(&course, &module, &way, &answers, fault.as_ref());
    view! {
        <Document head>
            {text}
            {saving}
            <Pager previous next />
        </Document>
    }
}

/// From 1.
pub(super) fn number(course: &Course, module: &Module) -> usize {
    course.modules.iter().position(|known| known.slug == module.slug).map_or(1, |at| at + 1)
}

/// The module itself: what it is about, text and questions, how it goes.
pub(super) fn reading(
    course: &Course,
    module: &Module,
    way: &Way,
    answers: &Answers,
    fault: Option<&(String, Unanswered)>,
) -> impl IntoView + use<> {
    let (number, all) = (number(course, module), course.modules.len());
    let goals: Vec<_> = module.goals.iter().map(|goal| view! { <li>{goal.clone()}</li> }).collect();
    let headings: Vec<_> =
        module.headings.iter().filter(|one| one.level == 2).map(|one| (one.id.clone(), one.text.clone())).collect();
    let (pieces, standing) = (pieces(module, way, answers, fault), standing(course, module, answers));
    view! {
        <article class="guide module">
            <header>
                <p class="stamp">{format!("{}, modul {number} av {all}. {}.", course.title, length(module.minutes))}</p>
                <h1>{module.title.clone()}</h1>
                <p class="lead">{module.lead.clone()}</p>
            </header>
            <section class="goals" aria-labelledby="mal">
                <h2 id="mal">"Efter modulen kan du"</h2>
                <ul>{goals}</ul>
            </section>
            <Contents headings />
            <Answering>
                {pieces}
                {standing}
            </Answering>
            <Sources sources=module.sources.clone() />
        </article>
    }
}

fn pieces(module: &Module, way: &Way, answers: &Answers, fault: Option<&(String, Unanswered)>) -> Vec<AnyView> {
    let mut number = 0;
    let mut views = Vec::new();
    for piece in &module.pieces {
        views.push(match piece {
            Piece::Text(html) => view! { <div class="text" inner_html=html.clone()></div> }.into_any(),
            Piece::Question(shown) => {
                let asked = &shown.question;
                number += usize::from(asked.counts());
                let given = answers.get(&asked.id).and_then(|kept| Given::parse(asked, kept));
                let fault = fault.filter(|(id, _)| *id == asked.id).map(|(_, why)| why.swedish());
                question(number, shown, way, given.as_ref(), fault).into_any()
            }
        });
    }
    views
}

/// "5 av 9 frågor rätt. Du behöver 8."
fn standing(course: &Course, module: &Module, answers: &Answers) -> impl IntoView + use<> {
    let score = Score::of(module, answers);
    let needed = score.needed(course.pass_mark);
    let told = if score.passes(course.pass_mark) {
        format!("Modulen är klar: {} av {} frågor rätt.", score.right, score.questions)
    } else if score.answered == score.questions {
        format!(
            "{} av {} frågor rätt. Du behöver {needed}: svara om på dem som blev fel.",
            score.right, score.questions
        )
    } else {
        let right = match score.right {
            0 => "Inget svar är rätt än".to_owned(),
            some => format!("{some} är rätt"),
        };
        format!("Du har svarat på {} av {} frågor. {right}, och du behöver {needed}.", score.answered, score.questions)
    };
    view! { <p class="progress" id="framsteg" role="status">{told}</p> }
}

fn saving(course: &Course, module: &Module, answers: &Answers) -> impl IntoView + use<> {
    let email = "kurs-epost";
    view! {
        <section class="saving" id="spara" aria-labelledby="spara-rubrik">
            <h2 id="spara-rubrik">"Spara och fortsätt senare"</h2>
            <p>"Du får en kod och en länk. Med dem fortsätter du när och var du vill, och får ett intyg när kursen är klar. Svaren sparas utan namn, och raderas när koden inte har använts på ett år."</p>
            <form method="post" action=desk::OWN_COURSES class="desk-form">
                <input type="hidden" name="kurs" value=course.slug.clone() />
                <input type="hidden" name="modul" value=module.slug.clone() />
                <input type="hidden" name=SO_FAR value=written(answers) />
                <div class="field">
                    <label for=email>"E-post, om du vill ha länken dit"</label>
                    <p class="help-text" id="kurs-epost-hjalp">"Adressen används en gång och sparas inte. Läser någon annan din e-post? Lämna tomt och skriv upp koden i stället."</p>
                    <input type="email" id=email name="epost" autocomplete="email" maxlength="254" aria-describedby="kurs-epost-hjalp" />
                </div>
                <button>"Spara mina svar"</button>
            </form>
        </section>
    }
}
