//! `/utbildning/mina-kurser/{nyckel}/{modul}/`: a module with the answers that are kept, each from the moment it is given.

use super::marking::{Given, Unanswered};
use super::module::{reading, take};
use super::own::{gone, head, opened};
use super::progress::Answers;
use super::question_form::Way;
use super::{Course, Module, Taking};
use crate::certificates::code::Code;
use crate::desk::{Answer, Asked, Stop};
use crate::document::Document;
use crate::routes::desk;
use crate::ui::crumbs::Crumb;
use crate::ui::pager::Pager;
use leptos::prelude::*;
use std::sync::Arc;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let Some((code, taking, course)) = opened(&asked).await? else { return Ok(gone()) };
    let Some(module) = course.module(asked.part("modul")).map(Arc::clone) else { return Err(Stop::Missing) };
    Ok(Answer::page(move || view(&course, &module, &taking, &code, None)))
}

/// Each answer is kept at once, and the page that shows it is asked for.
pub async fn answer(asked: Asked) -> Result<Answer, Stop> {
    let Some((code, taking, course)) = opened(&asked).await? else { return Ok(gone()) };
    let Some(module) = course.module(asked.part("modul")).map(Arc::clone) else { return Err(Stop::Missing) };
    let mut answers: Answers = taking.progress.answers(&module.slug).clone();
    let question = asked.form.get("fraga");
    if let Some(fault) = take(&module, &mut answers, &asked.form) {
        return Ok(Answer::again(move || view(&course, &module, &taking, &code, Some(fault))));
    }
    let Some(given) = answers.get(question) else { return Err(Stop::Missing) };
    asked.services.learning.answer(&taking, &course, &module, question, given).await?;
    Ok(Answer::Redirect(format!("{}#fraga-{question}", desk::own_module(code.as_str(), &module.slug))))
}

fn view(
    course: &Course,
    module: &Module,
    taking: &Taking,
    code: &Code,
    fault: Option<(String, Unanswered)>,
) -> impl IntoView + use<> {
    let mut head = head(&module.short_title, Some(course));
    head.crumbs.pop();
    head.crumbs.push(Crumb::new(desk::own_course(code.as_str()), "Din kurs"));
    let way = Way { action: Some(desk::own_module(code.as_str(), &module.slug)), ..Way::default() };
    let answers = taking.progress.answers(&module.slug);
    // What is there no longer, or was answered before it was rewritten, is asked anew.
    let known: Answers = answers
        .iter()
        .filter(|(id, kept)| module.find(id).is_some_and(|shown| Given::parse(&shown.question, kept).is_some()))
        .map(|(id, kept)| (id.clone(), kept.clone()))
        .collect();
    let all = taking.modules(course);
    let at = all.iter().position(|known| known.slug == module.slug);
    let neighbour = |at: Option<usize>| {
        let module = all.get(at?)?;
        Some((desk::own_module(code.as_str(), &module.slug), module.title.clone()))
    };
    let previous = neighbour(at.and_then(|at| at.checked_sub(1)));
    // After the last the overview: it leads to the certificate, or says what is left. Also before the module is done, since
    // answers that are taken up by the island change nothing here.
    let next =
        neighbour(at.map(|at| at + 1)).or_else(|| Some((desk::own_course(code.as_str()), "Din kurs".to_owned())));
    let text = reading(course, module, &way, &known, fault.as_ref());
    let saved = format!("Varje svar sparas direkt, med koden {code}.");
    view! {
        <Document head>
            {text}
            <p class="aside" id="spara">{saved}</p>
            <Pager previous next />
        </Document>
    }
}
