//! `/redaktion/konferenser/{arrangemang}/listor/`: tables of the columns that are chosen, and what is printed for the day.
//! Never what somebody needs, and of protected identity never more than the alias.

use super::event::{head, item_name};
use super::{Print, Registered, Sheet, SheetFormat, organised};
use crate::desk::{Answer, Asked, Faults, Fields, Stop};
use crate::document::Document;
use crate::events::plan::Plan;
use crate::events::{Event, Standing};
use crate::routes::desk;
use crate::text::capital::capital;
use crate::text::dates::swedish_moment;
use crate::ui::field::{BoxesField, Choice, ChoiceField, FaultList, Pick};
use leptos::prelude::*;
use std::sync::Arc;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    shown(&asked, 200, Faults::default()).await
}

pub async fn sheet(asked: Asked) -> Result<Answer, Stop> {
    let (event, editor) = organised(&asked).await?;
    let format = if asked.form.get("format") == "xlsx" { SheetFormat::Xlsx } else { SheetFormat::Csv };
    let chosen = columns(&event.plan).into_iter().filter(|column| asked.form.all("kolumn").any(|id| id == column.id));
    let chosen: Vec<Column> = chosen.collect();
    if chosen.is_empty() {
        return shown(&asked, 422, Faults::one("kolumn", "Välj minst en kolumn.")).await;
    }
    let all = asked.services.organising.registered(&editor, &event).await?;
    let wanted: Vec<Registered> = all.into_iter().filter(|one| is_wanted(asked.form.get("lage"), one)).collect();
    let sheet = Sheet {
        name: format!("anmalda-{}", event.address.slug),
        columns: chosen.iter().map(|column| column.name.clone()).collect(),
        rows: wanted.iter().map(|one| chosen.iter().map(|column| column.of(one, &event.plan)).collect()).collect(),
    };
    Ok(Answer::File(asked.services.organising.sheet(&editor, &event, &sheet, format).await?))
}

pub async fn print(asked: Asked) -> Result<Answer, Stop> {
    let (event, editor) = organised(&asked).await?;
    let print = match asked.form.get("vad") {
        "skyltar" => Print::Badges,
        "dorrlista" => Print::DoorList,
        "intyg" => Print::Certificates,
        _ => return Err(Stop::Missing),
    };
    Ok(Answer::File(asked.services.organising.print(&editor, &event, print).await?))
}

/// Those who have a place, unless something else is chosen.
fn is_wanted(standing: &str, one: &Registered) -> bool {
    match standing {
        "alla" => true,
        "" => one.standing == Standing::Seated,
        standing => one.standing.as_str() == standing,
    }
}

/// What a table may tell of somebody.
struct Column {
    /// As in the form.
    id: String,
    name: String,
    what: What,
}

enum What {
    Number,
    Name,
    Email,
    Organisation,
    County,
    Role,
    Track,
    Standing,
    Workshops,
    Registered,
    Came,
    Answer,
}

/// A question's answers are a column each.
fn columns(plan: &Plan) -> Vec<Column> {
    let column = |(id, name, what): (&str, &str, What)| Column { id: id.into(), name: name.into(), what };
    let fixed = [
        ("nummer", "Nummer", What::Number),
        ("namn", "Namn", What::Name),
        ("epost", "E-post", What::Email),
        ("organisation", "Organisation", What::Organisation),
        ("lan", "Län", What::County),
        ("roll", "Roll", What::Role),
        ("satt", "Sätt att delta", What::Track),
        ("lage", "Läge", What::Standing),
        ("workshoppar", "Workshoppar", What::Workshops),
        ("anmald", "Anmäld", What::Registered),
        ("kom", "Kom", What::Came),
    ];
    let answers = plan.questions.iter().map(|question| Column {
        id: question.field(),
        name: question.label.clone(),
        what: What::Answer,
    });
    fixed.into_iter().map(column).chain(answers).collect()
}

impl Column {
    fn of(&self, one: &Registered, plan: &Plan) -> String {
        let moment = |at: i64| swedish_moment(at).0.replace('T', " ");
        match self.what {
            What::Number => one.number.to_string(),
            What::Name => one.name.clone(),
            What::Email => one.email.clone(),
            What::Organisation => one.organisation.clone(),
            What::County => one.county.map_or("", |county| county.name).to_owned(),
            What::Role => one.role.clone(),
            What::Track => plan.track(&one.track).map_or_else(|| one.track.clone(), |track| track.name.clone()),
            What::Standing => one.standing.swedish().to_owned(),
            What::Workshops => {
                let chosen = one.items.iter().filter(|item| plan.session(item).is_some());
                chosen.map(|item| item_name(plan, item)).collect::<Vec<_>>().join(", ")
            }
            What::Registered => moment(one.created_at),
            What::Came => one.came_at.map(moment).unwrap_or_default(),
            What::Answer => answer(self, one, plan),
        }
    }
}

fn answer(column: &Column, one: &Registered, plan: &Plan) -> String {
    let Some(question) = plan.questions.iter().find(|question| question.field() == column.id) else {
        return String::new();
    };
    let named = |answer: &String| {
        let choice = question.choices.iter().find(|choice| choice.id == *answer);
        choice.map_or_else(|| answer.clone(), |choice| choice.label.clone())
    };
    one.answers
        .get(&question.id)
        .map(Vec::as_slice)
        .unwrap_or_default()
        .iter()
        .map(named)
        .collect::<Vec<_>>()
        .join(", ")
}

async fn shown(asked: &Asked, status: u16, faults: Faults) -> Result<Answer, Stop> {
    let (event, _) = organised(asked).await?;
    let typed = asked.form.clone();
    Ok(Answer::page_with(status, move || view(event, typed, faults)))
}

/// The columns that most lists have.
const USUAL: [&str; 4] = ["nummer", "namn", "organisation", "satt"];

fn view(event: Arc<Event>, typed: Fields, faults: Faults) -> impl IntoView {
    let head = head(&event, desk::LISTS, "Listor och utskrifter");
    let is_first = !typed.has("format");
    let choices = columns(&event.plan).into_iter().map(|column| Choice {
        is_chosen: if is_first {
            USUAL.contains(&column.id.as_str())
        } else {
            typed.all("kolumn").any(|id| id == column.id)
        },
        value: column.id,
        label: column.name,
        about: String::new(),
    });
    let choices = choices.collect();
    let standings = [(String::new(), "De som har plats".to_owned()), ("alla".to_owned(), "Alla".to_owned())]
        .into_iter()
        .chain(Standing::ALL.map(|standing| (standing.as_str().to_owned(), capital(standing.swedish()))))
        .collect();
    let fault = faults.of("kolumn");
    let print = desk::of_event(desk::PRINT, &event.id);
    let printed = |what: &'static str, name: &'static str, about: &'static str| {
        view! {
            <form method="post" action=print.clone()>
                <button name="vad" value=what class="quiet">{name}</button>
                <p class="aside">{about}</p>
            </form>
        }
    };
    let badges = printed("skyltar", "Namnskyltar (PDF)", "Tio på ett A4, för dem som har plats på plats.");
    let door = printed("dorrlista", "Dörrlista (PDF)", "Namn och organisation i bokstavsordning, att pricka av.");
    let certificates = printed(
        "intyg",
        "Intyg (PDF)",
        "För dem som kom. Vem som helst kan kontrollera koden, utan att se vems intyget är.",
    );
    view! {
        <Document head>
            <h1>"Listor och utskrifter"</h1>
            <FaultList faults />
            <form method="post" action=desk::of_event(desk::SHEET, &event.id) class="desk-form">
                <h2>"Tabell"</h2>
                <p>"Ta bara med det du behöver, och radera filen när du är klar. Kost och tillgänglighet finns aldrig med."</p>
                <ChoiceField name="lage" label="Vilka?" chosen=typed.get("lage") choices=standings />
                <BoxesField name="kolumn" legend="Kolumner" pick=Pick::Several choices fault />
                <div class="acts-in-line">
                    <button name="format" value="csv">"Hämta som CSV"</button>
                    <button name="format" value="xlsx" class="quiet">"Hämta som Excel"</button>
                </div>
            </form>
            <h2>"Till dagen"</h2>
            {badges}
            {door}
            {certificates}
        </Document>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::Kind;
    use crate::organising::registered::tests::one;
    use crate::organising::template;
    use jiff::civil::date;

    #[test]
    fn no_column_tells_what_somebody_needs() {
        let plan = template::plan(Kind::Conference, "T", "Ort", date(2027, 3, 10), date(2027, 1, 1));
        let names: Vec<_> = columns(&plan).into_iter().map(|column| column.id).collect();
        assert!(!names.iter().any(|name| name.contains("kost") || name.contains("tillgang")), "{names:?}");
        let told: Vec<_> = columns(&plan).iter().map(|column| column.of(&one(7, Standing::Seated), &plan)).collect();
        assert_eq!(told[..4], ["7", "Kim Karlsson", "kim@kommun.example", "Göteborgs Stad"]);
        assert_eq!(told[8], "Workshop A");
    }

    #[test]
    fn a_list_is_of_those_who_have_a_place_unless_more_is_asked_for() {
        assert!(is_wanted("", &one(1, Standing::Seated)) && !is_wanted("", &one(1, Standing::Cancelled)));
        assert!(is_wanted("alla", &one(1, Standing::Cancelled)) && is_wanted("waiting", &one(1, Standing::Waiting)));
    }
}
