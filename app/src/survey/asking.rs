//! `/redaktion/konferenser/{arrangemang}/enkat/`: the organiser writes the questions before, and reads the answers after.

use super::results::{Result as Told, Shown, results};
use super::{LEAST, written};
use crate::desk::{Answer, Asked, Faults, Stop};
use crate::document::Document;
use crate::events::Event;
use crate::events::questions::Answers;
use crate::organising::event::head;
use crate::organising::{SaveRefusal, Sheet, SheetFormat, organised};
use crate::routes::desk;
use crate::ui::field::{Fault, FaultList, LongTextField};
use crate::ui::table::TableBox;
use leptos::prelude::*;
use std::sync::Arc;

const FIELD: &str = "fragor";

/// What most organisers ask; to be changed.
const USUAL: &str = "Hur nöjd är du med dagen som helhet?\n- Mycket nöjd\n- Nöjd\n- Mindre nöjd\n- Inte nöjd\n\n\
     Har du användning av det du fick med dig?\n- Ja, redan nu\n- Ja, längre fram\n- Nej\n\nVad kunde vi ha gjort bättre?";

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    shown(&asked, 200, None, Faults::default()).await
}

pub async fn save(asked: Asked) -> Result<Answer, Stop> {
    let (event, editor) = organised(&asked).await?;
    let typed = asked.form.get(FIELD).to_owned();
    if asked.services.surveys.is_sent(&editor, &event).await? {
        return shown(&asked, 409, None, Faults::one("", "Frågorna är redan skickade och kan inte ändras.")).await;
    }
    let survey = match written::read(&typed) {
        Ok(survey) => survey,
        Err(fault) => return shown(&asked, 422, Some(typed), Faults::one(FIELD, fault)).await,
    };
    let version = asked.form.get("version").parse().unwrap_or(0);
    let plan = crate::events::plan::Plan { survey, ..event.plan.clone() };
    match asked.services.organising.save(&editor, &event, version, &plan).await? {
        Ok(_) => Ok(Answer::Redirect(format!("{}?sparat", desk::of_event(desk::SURVEY_DESK, &event.id)))),
        Err(SaveRefusal::Gone) => Err(Stop::Missing),
        Err(SaveRefusal::Changed(_) | SaveRefusal::InUse(_)) => {
            let told = "Någon annan har ändrat arrangemanget medan du skrev. Det du skrev står kvar: läs igenom det och spara igen.";
            shown(&asked, 409, Some(typed), Faults::one("", told)).await
        }
    }
}

pub async fn sheet(asked: Asked) -> Result<Answer, Stop> {
    let (event, editor) = organised(&asked).await?;
    let answers = asked.services.surveys.answers(&editor, &event).await?;
    let sheet = Sheet {
        name: format!("enkat-{}", event.address.slug),
        columns: ["Fråga", "Svar", "Antal"].map(str::to_owned).to_vec(),
        rows: results(&event.plan.survey, &answers).into_iter().flat_map(rows).collect(),
    };
    Ok(Answer::File(asked.services.organising.sheet(&editor, &event, &sheet, SheetFormat::Csv).await?))
}

/// As in the table on the page.
fn rows(told: Told) -> Vec<Vec<String>> {
    let Told { question, shown } = told;
    let row = |answer: String, count: String| vec![question.clone(), answer, count];
    match shown {
        Shown::TooFew => vec![row(String::new(), too_few())],
        Shown::Counts(counts) => counts.into_iter().map(|(label, count)| row(label, number(count))).collect(),
        Shown::Texts(texts) => texts.into_iter().map(|text| row(text, String::new())).collect(),
    }
}

fn too_few() -> String {
    format!("färre än {LEAST} svar")
}

fn number(count: Option<usize>) -> String {
    count.map_or_else(|| "dolt".to_owned(), |count| count.to_string())
}

async fn shown(asked: &Asked, status: u16, typed: Option<String>, faults: Faults) -> Result<Answer, Stop> {
    let (event, editor) = organised(asked).await?;
    let is_sent = asked.services.surveys.is_sent(&editor, &event).await?;
    let answers = asked.services.surveys.answers(&editor, &event).await?;
    let is_saved = asked.query.has("sparat");
    Ok(Answer::page_with(status, move || view(&event, is_sent, &answers, typed, faults, is_saved)))
}

fn view(
    event: &Arc<Event>,
    is_sent: bool,
    answers: &[Answers],
    typed: Option<String>,
    faults: Faults,
    is_saved: bool,
) -> impl IntoView + use<> {
    let questions = match is_sent {
        true => view! { <p>"Frågorna är skickade till dem som kom, och kan inte ändras."</p> }.into_any(),
        false => form(event, typed, &faults).into_any(),
    };
    let whole = faults.of("").map(|told| view! { <Fault><p>{told}</p></Fault> });
    let beside = faults.of("").is_none().then(|| view! { <FaultList faults /> });
    let saved = is_saved.then(|| view! { <p class="saved" role="status">"Det är sparat."</p> });
    let answered = is_sent.then(|| answered(event, answers));
    view! {
        <Document head=head(event, desk::SURVEY_DESK, "Enkät")>
            <h1>"Enkät"</h1>
            <p class="lead">"De som kom och har lämnat en e-postadress får en länk dagen efter. Var och en kan svara en gång, i två veckor. Ingen kan se vem som har svarat vad."</p>
            {saved}
            {whole}
            {beside}
            {answered}
            <h2>"Frågorna"</h2>
            {questions}
        </Document>
    }
}

fn form(event: &Event, typed: Option<String>, faults: &Faults) -> impl IntoView + use<> {
    let is_new = event.plan.survey.is_empty();
    let value = typed.unwrap_or_else(|| if is_new { USUAL.to_owned() } else { written::write(&event.plan.survey) });
    let none =
        is_new.then(|| view! { <p>"Ingen enkät skickas förrän du har sparat frågorna. Här är ett förslag."</p> });
    view! {
        {none}
        <form method="post" action=desk::of_event(desk::SURVEY_DESK, &event.id) class="desk-form" novalidate>
            <input type="hidden" name="version" value=event.version.to_string() />
            <LongTextField
                name=FIELD
                label="Frågor"
                help="Skriv en fråga, och svaren att välja mellan på raderna under, vart och ett efter ett bindestreck. Skriv (flera) sist i frågan om man får välja flera. En fråga utan svar besvaras med egna ord. Lämna en tom rad mellan frågorna. Utan frågor skickas ingen enkät."
                value
                rows=18
                longest=8000
                fault=faults.of(FIELD)
            />
            <button>"Spara frågorna"</button>
        </form>
    }
}

fn answered(event: &Event, answers: &[Answers]) -> impl IntoView + use<> {
    let how_many = match answers.len() {
        few if few < LEAST => "Färre än fem har svarat. Resultatet visas när fem har gjort det.".to_owned(),
        many => format!("{many} har svarat."),
    };
    let told = (answers.len() >= LEAST).then(|| {
        let each: Vec<_> = results(&event.plan.survey, answers).into_iter().map(one).collect();
        view! {
            {each}
            <p>{format!("Antal under {LEAST} visas inte, och inte heller ett till där det annars gick att räkna ut.")}</p>
            <form method="post" action=desk::of_event(desk::SURVEY_SHEET, &event.id)>
                <button class="quiet">"Hämta som CSV"</button>
            </form>
        }
    });
    view! {
        <h2>"Svaren"</h2>
        <p>{how_many}</p>
        {told}
    }
}

fn one(told: Told) -> impl IntoView {
    let shown = match told.shown {
        Shown::TooFew => view! { <p>{crate::text::capital::capital(&too_few())} "."</p> }.into_any(),
        Shown::Texts(texts) => {
            let lines = texts.into_iter().map(|text| view! { <li class="as-typed">{text}</li> }).collect_view();
            view! { <ul>{lines}</ul> }.into_any()
        }
        Shown::Counts(counts) => {
            let lines = counts
                .into_iter()
                .map(|(label, count)| view! { <tr><th scope="row">{label}</th><td>{number(count)}</td></tr> });
            let lines = lines.collect_view();
            view! {
                <TableBox about="svaren på en fråga">
                    <table>
                        <thead><tr><th scope="col">"Svar"</th><th scope="col">"Antal"</th></tr></thead>
                        <tbody>{lines}</tbody>
                    </table>
                </TableBox>
            }
            .into_any()
        }
    };
    view! {
        <section>
            <h3>{told.question}</h3>
            {shown}
        </section>
    }
}
