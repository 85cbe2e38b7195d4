//! `/utbildning/kurser/{kurs}/utskrift/`: the whole course on paper, with the answers last.

use super::course::crumbs;
use super::grammar::{Said, Task, Then};
use super::marking::shuffled;
use super::question_form::answer_on_paper;
use super::{Course, Module, Piece, Shown};
use crate::document::{Document, Head};
use crate::errors::NotFound;
use crate::routes::paths;
use crate::services::Services;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::sync::Arc;

#[component]
pub fn CoursePrint() -> impl IntoView {
    let slug = use_params_map().with_untracked(|params| params.get("kurs").unwrap_or_default());
    match Services::current().courses.course(&slug) {
        Some(course) => printed(course).into_any(),
        None => NotFound().into_any(),
    }
}

fn printed(course: Arc<Course>) -> impl IntoView {
    let head = Head {
        title: "Kursen för utskrift".into(),
        description: course.lead.clone(),
        path: paths::course_print(&course.slug),
        crumbs: crumbs(Some(&course)),
        version: Some(course.updated),
        hidden: true,
        ..Head::default()
    };
    let modules: Vec<_> =
        course.modules.iter().enumerate().map(|(at, module)| one(at + 1, module).into_any()).collect();
    let answers: Vec<_> = course
        .modules
        .iter()
        .map(|module| {
            let counted = module.shown().filter(|shown| shown.question.counts());
            let lines = counted.enumerate().filter_map(|(at, shown)| answer_on_paper(at + 1, shown)).collect_view();
            view! { <h3>{module.title.clone()}</h3> <ol class="answers">{lines}</ol> }
        })
        .collect();
    view! {
        <Document head>
            <article class="guide on-paper">
                <header>
                    <h1>{course.title.clone()}</h1>
                    <p class="lead">{course.lead.clone()}</p>
                    <p class="stamp">{format!("Version {}. Skriv ut sidan med webbläsarens utskrift. Svaren står sist.", course.version)}</p>
                </header>
                {modules}
                <section class="text new-page" aria-labelledby="svaren">
                    <h2 id="svaren">"Svar"</h2>
                    {answers}
                </section>
            </article>
        </Document>
    }
}

fn one(number: usize, module: &Module) -> impl IntoView + use<> {
    let mut asked = 0;
    let mut pieces: Vec<AnyView> = Vec::new();
    for piece in &module.pieces {
        pieces.push(match piece {
            // Headings of several modules share their ids; on paper nobody follows them.
            Piece::Text(html) => view! { <div class="text" inner_html=lowered(&without_ids(html))></div> }.into_any(),
            Piece::Question(shown) => {
                asked += usize::from(shown.question.counts());
                on_paper(asked, shown).into_any()
            }
        });
    }
    let goals: Vec<_> = module.goals.iter().map(|goal| view! { <li>{goal.clone()}</li> }).collect();
    let talk: Vec<_> = module.talk.iter().map(|question| view! { <li>{question.clone()}</li> }).collect();
    let talk = (!talk.is_empty()).then(|| view! { <h3>"Att samtala om"</h3> <ul>{talk}</ul> });
    view! {
        <section class="new-page">
            <h2>{format!("{number}. {}", module.title)}</h2>
            <p class="lead">{module.lead.clone()}</p>
            <h3>"Efter modulen kan du"</h3>
            <ul>{goals}</ul>
            {pieces}
            {talk}
        </section>
    }
}

/// The headings of a text a level further down: below that of its module.
fn lowered(html: &str) -> String {
    let lower = [("h3>", "h4>"), ("<h3 ", "<h4 "), ("h2>", "h3>"), ("<h2 ", "<h3 ")];
    lower.iter().fold(html.to_owned(), |text, (from, to)| text.replace(from, to))
}

fn without_ids(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(" id=\"") {
        text.push_str(before);
        rest = after.split_once('"').map_or("", |(_, after)| after);
    }
    text + rest
}

fn on_paper(number: usize, shown: &Shown) -> impl IntoView + use<> {
    let question = &shown.question;
    let name = if question.counts() { format!("Fråga {number}") } else { "Att fundera på".to_owned() };
    let label = |said: &Said| view! { <li inner_html=shown.label(said)></li> }.into_any();
    let parts: Vec<AnyView> = match &question.task {
        Task::One(choices) | Task::Several(choices) => choices.iter().map(|choice| label(&choice.text)).collect(),
        Task::Order { parts, .. } => shuffled(question, parts.len()).into_iter().map(|at| label(&parts[at])).collect(),
        Task::Match { pairs, .. } => {
            let order = shuffled(question, pairs.len());
            let sides = pairs.iter().zip(order).map(|((left, _), right)| {
                view! { <li><span inner_html=shown.label(left)></span> " … " <span inner_html=shown.label(&pairs[right].1)></span></li> }.into_any()
            });
            sides.collect()
        }
        Task::Reflect { .. } => Vec::new(),
        Task::Case(steps) => steps
            .iter()
            .take(1)
            .flat_map(|step| {
                let told = view! { <li inner_html=shown.html(&step.text)></li> }.into_any();
                let choices = match &step.then {
                    Then::Choose(choices) => choices.iter().map(|(text, _)| label(text)).collect(),
                    Then::End { .. } => Vec::new(),
                };
                std::iter::once(told).chain(choices).collect::<Vec<_>>()
            })
            .collect(),
    };
    let hint = match &question.task {
        Task::Several(_) => Some("Flera svar kan vara rätt."),
        Task::Order { .. } => Some("Sätt i rätt ordning."),
        Task::Match { .. } => Some("Para ihop vänster och höger, som står i fel ordning."),
        _ => None,
    };
    view! {
        <section class="question">
            <h3>{name}</h3>
            <div inner_html=shown.html(&question.text)></div>
            {hint.map(|hint| view! { <p class="aside">{hint}</p> })}
            <ul class="on-paper-choices">{parts}</ul>
        </section>
    }
}
