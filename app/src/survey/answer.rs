//! `/enkat/{nyckel}/`: whoever came answers, once, without a name.

use crate::desk::{Answer, Asked, Faults, Fields, Stop};
use crate::document::{Document, Head};
use crate::events::Event;
use crate::events::keeping::needs_are_deleted;
use crate::events::questions::{self, Kind, LONGEST_ANSWER, Question};
use crate::routes::desk;
use crate::text::dates::swedish;
use crate::text::identity_number;
use crate::ui::field::{BoxesField, Choice, FaultList, LongTextField, Pick};
use leptos::prelude::*;
use std::sync::Arc;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    match asked.services.surveys.ticket(asked.part("nyckel")).await? {
        Some(event) => {
            let token = asked.part("nyckel").to_owned();
            Ok(Answer::page(move || view(&event, &token, &Fields::default(), Faults::default())))
        }
        None => Ok(used()),
    }
}

pub async fn answer(asked: Asked) -> Result<Answer, Stop> {
    let token = asked.part("nyckel").to_owned();
    let Some(event) = asked.services.surveys.ticket(&token).await? else { return Ok(used()) };
    let typed = asked.form.clone();
    match read(&event.plan.survey, &typed) {
        Err(faults) => Ok(Answer::again(move || view(&event, &token, &typed, faults))),
        Ok(answers) => match asked.services.surveys.answer(&token, &answers).await? {
            true => Ok(Answer::Redirect(desk::SURVEY_THANKS.to_owned())),
            false => Ok(used()),
        },
    }
}

fn read(asked: &[Question], typed: &Fields) -> Result<questions::Answers, Faults> {
    let mut faults = Faults::default();
    for question in asked.iter().filter(|question| question.kind == Kind::Text) {
        if identity_number::holds_one(typed.get(&question.field())) {
            faults
                .add(question.field(), "Det ser ut som ett personnummer. Ta bort det: svaren ska inte peka ut någon.");
        }
    }
    match questions::answers(asked, |field| typed.all(field).collect()) {
        Err(unanswered) => {
            for (id, fault) in unanswered {
                if let Some(question) = asked.iter().find(|question| question.id == id) {
                    faults.add(question.field(), fault.swedish(question.kind));
                }
            }
            Err(faults)
        }
        Ok(_) if !faults.is_empty() => Err(faults),
        Ok(answers) if answers.is_empty() => {
            let first = asked.first().map(Question::field).unwrap_or_default();
            Err(Faults::one(first, "Svara på minst en fråga."))
        }
        Ok(answers) => Ok(answers),
    }
}

/// Neutral: it stays in the browser's history.
fn head(title: &str) -> Head {
    Head { title: title.into(), description: "För dig som har länken.".into(), hidden: true, ..Head::default() }
}

fn view(event: &Arc<Event>, token: &str, typed: &Fields, faults: Faults) -> impl IntoView + use<> {
    let until = swedish(needs_are_deleted(&event.plan));
    let fields: Vec<_> = event.plan.survey.iter().map(|question| field(question, typed, &faults)).collect();
    let (title, action) = (event.plan.title.clone(), desk::opened(desk::SURVEY, token));
    view! {
        <Document head=head("Några frågor")>
            <h1>"Några frågor efteråt"</h1>
            <p class="lead">{title}</p>
            <FaultList faults />
            <p>{format!("Du svarar utan namn, och en gång. Svaren sparas skilda från länken, så att ingen kan se vem som har svarat vad. Skriv inget som pekar ut dig eller någon annan. Du kan svara till den {until}.")}</p>
            <form method="post" action=action class="application" novalidate>
                {fields}
                <button>"Skicka svaren"</button>
            </form>
        </Document>
    }
}

fn field(question: &Question, typed: &Fields, faults: &Faults) -> AnyView {
    let (name, label) = (question.field(), question.label.clone());
    let fault = faults.of(&name);
    if question.kind == Kind::Text {
        let value = typed.get(&name).to_owned();
        return view! { <LongTextField label value longest=LONGEST_ANSWER fault name /> }.into_any();
    }
    let chosen = |id: &str| typed.all(&name).any(|chosen| chosen == id);
    let mut choices: Vec<Choice> = question
        .choices
        .iter()
        .map(|choice| Choice {
            is_chosen: chosen(&choice.id),
            value: choice.id.clone(),
            label: choice.label.clone(),
            about: String::new(),
        })
        .collect();
    let pick = if question.kind == Kind::One { Pick::One } else { Pick::Several };
    if pick == Pick::One {
        // A radio button cannot be taken back.
        choices.push(Choice { label: "Inget svar".into(), ..Choice::default() });
    }
    view! { <BoxesField legend=label pick choices fault name /> }.into_any()
}

pub async fn thanks(_: Asked) -> Result<Answer, Stop> {
    Ok(Answer::page(|| {
        view! {
            <Document head=head("Tack")>
                <h1>"Tack för dina svar"</h1>
                <p class="lead">"De är sparade utan ditt namn. Länken går inte att använda igen."</p>
            </Document>
        }
    }))
}

/// In the same words whether the ticket has been used or never was.
fn used() -> Answer {
    Answer::page_with(410, || {
        view! {
            <Document head=head("Länken gäller inte")>
                <h1>"Länken gäller inte längre"</h1>
                <p class="lead">"Den går att använda en gång, i två veckor. Har du redan svarat är svaren sparade."</p>
            </Document>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::written;
    use super::*;

    #[test]
    fn something_must_be_answered_and_nothing_in_particular() {
        let asked = written::read("Nöjd?\n- Ja\n- Nej\n\nNågot mer?").unwrap();
        let form = |pairs: &[(&str, &str)]| {
            Fields::new(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
        };
        assert_eq!(read(&asked, &form(&[("fraga-f2", "Nej.")])).unwrap().len(), 1);
        assert!(read(&asked, &form(&[("fraga-f1", ""), ("fraga-f2", " ")])).unwrap_err().of("fraga-f1").is_some());
        assert!(read(&asked, &form(&[("fraga-f1", "s9")])).unwrap_err().of("fraga-f1").is_some());
        assert!(read(&asked, &form(&[("fraga-f2", "Jag är 811218-9876")])).unwrap_err().of("fraga-f2").is_some());
    }
}
