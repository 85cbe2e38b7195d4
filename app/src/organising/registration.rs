//! `/redaktion/konferenser/{arrangemang}/anmalda/{anmalan}/`: one registration, what became of it, and what the organiser
//! may do.

use super::event::{head, item_name};
use super::registered::because;
use super::{Detail, HandOverState, Handling, HandlingRefusal, Happened, organised};
use crate::desk::{Answer, Asked, Stop};
use crate::document::{Document, Head};
use crate::events::{Event, Protected, Standing};
use crate::mail;
use crate::routes::desk;
use crate::text::capital::capital;
use crate::text::identity_number;
use crate::ui::crumbs::Crumb;
use crate::ui::field::{Fault, LongTextField};
use crate::ui::moment::Moment;
use leptos::prelude::*;
use std::sync::Arc;

/// The longest note, in characters.
const LONGEST_NOTE: usize = 2_000;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    shown(&asked, 200, Told::default()).await
}

pub async fn handle(asked: Asked) -> Result<Answer, Stop> {
    let (event, editor) = organised(&asked).await?;
    let note = asked.form.get("anteckning").trim().replace("\r\n", "\n");
    let handling = match asked.form.get("atgard") {
        "godkann" => Handling::Approve,
        "avsla" => Handling::Refuse,
        "avboka" if !asked.form.has("sakert") => {
            let told = "Kryssa i att platsen ska avbokas.";
            return shown(&asked, 422, Told { fault: Some(told), ..Told::default() }).await;
        }
        "avboka" => Handling::Cancel,
        "anteckna" if identity_number::holds_one(&note) => {
            let fault = Some("Det ser ut som ett personnummer. Ta bort det: vi sparar inga personnummer.");
            return shown(&asked, 422, Told { fault, note: Some(note), ..Told::default() }).await;
        }
        "anteckna" => Handling::Note(note.chars().take(LONGEST_NOTE).collect()),
        "overlat" => Handling::AllowHandOver,
        "forfall" => Handling::Excuse(true),
        "inget-forfall" => Handling::Excuse(false),
        _ => return Err(Stop::Missing),
    };
    let id = asked.part("anmalan");
    match asked.services.organising.handle(&editor, &event, id, handling).await? {
        Ok(()) => Ok(Answer::Redirect(desk::of_registration(desk::REGISTERED_ONE, &event.id, id))),
        Err(refusal) => {
            let fault = Some(match refusal {
                HandlingRefusal::Ended => "Det går inte: anmälan har ändrats eller avslutats sedan du öppnade sidan.",
                HandlingRefusal::TooLate => "Det går inte längre: arrangemanget har börjat.",
            });
            shown(&asked, 409, Told { fault, ..Told::default() }).await
        }
    }
}

/// Shows the real name, once. The reading stands in the log.
pub async fn real_name(asked: Asked) -> Result<Answer, Stop> {
    let admin = asked.viewer.admin()?;
    let (event, _) = organised(&asked).await?;
    let person = asked.services.organising.real_name(&admin, &event, asked.part("anmalan")).await?;
    let person = Some(person.ok_or(Stop::Missing)?);
    shown(&asked, 200, Told { person, ..Told::default() }).await
}

/// What the page says beside the registration.
#[derive(Default)]
struct Told {
    fault: Option<&'static str>,
    /// What was typed as a note.
    note: Option<String>,
    person: Option<Protected>,
}

async fn shown(asked: &Asked, status: u16, told: Told) -> Result<Answer, Stop> {
    let (event, editor) = organised(asked).await?;
    let detail = asked.services.organising.registration(&editor, &event, asked.part("anmalan")).await?;
    let detail = detail.ok_or(Stop::Missing)?;
    let is_admin = asked.viewer.admin().is_ok();
    Ok(Answer::page_with(status, move || view(event, detail, told, is_admin)))
}

fn view(event: Arc<Event>, detail: Detail, told: Told, is_admin: bool) -> impl IntoView {
    let Detail { registration: one, .. } = &detail;
    let mut head = head(&event, desk::REGISTERED_ONE, "Anmälan");
    head.crumbs.push(Crumb::new(desk::of_event(desk::REGISTERED, &event.id), "Anmälda"));
    let head = Head { path: desk::of_registration(desk::REGISTERED_ONE, &event.id, &one.id), ..head };
    let name = if one.name.is_empty() { "Namn kommer".to_owned() } else { one.name.clone() };
    let action = desk::of_registration(desk::HANDLE, &event.id, &one.id);
    let acts = acts(&detail, &action);
    let protected = one.is_protected.then(|| protected(&event, &one.id, told.person, is_admin));
    let note = told.note.unwrap_or_else(|| detail.note.clone());
    let facts = facts(&event, &detail);
    let steps: Vec<_> = detail.steps.iter().map(happened).collect();
    let letters: Vec<_> = one.letters.iter().map(letter).collect();
    let created_at = one.created_at;
    view! {
        <Document head>
            <h1>{name}</h1>
            {told.fault.map(|fault| view! { <Fault><p>{fault}</p></Fault> })}
            {facts}
            {protected}
            {acts}
            <section aria-labelledby="anteckningar">
                <h2 id="anteckningar">"Anteckning"</h2>
                <form method="post" action=action class="desk-form">
                    <LongTextField name="anteckning" label="Bara för er som arrangerar" help="Personen kan begära att få se den. Skriv inget om hälsa." value=note longest=LONGEST_NOTE />
                    <button name="atgard" value="anteckna" class="quiet">"Spara anteckningen"</button>
                </form>
            </section>
            <section aria-labelledby="handelser">
                <h2 id="handelser">"Det här har hänt"</h2>
                <ul><li><Moment seconds=created_at /> " Anmäld."</li>{steps}</ul>
            </section>
            <section aria-labelledby="mejl">
                <h2 id="mejl">"Mejl"</h2>
                {if letters.is_empty() { view! { <p>"Inga mejl."</p> }.into_any() } else { view! { <ul>{letters}</ul> }.into_any() }}
            </section>
        </Document>
    }
}

fn facts(event: &Event, detail: &Detail) -> impl IntoView + use<> {
    let one = &detail.registration;
    let plan = &event.plan;
    let track = plan.track(&one.track);
    let standing = match one.line {
        Some(line) => {
            let seats = track.and_then(|track| track.seats);
            let why = line.why.map(|why| because(why, plan, &one.organisation, one.county, seats));
            format!("Står i kö med {} före sig. {}", line.before, why.unwrap_or_default())
        }
        None => capital(one.standing.swedish()),
    };
    let named = |items: &[String]| items.iter().map(|item| item_name(plan, item)).collect::<Vec<_>>().join(", ");
    let mut facts = vec![
        ("Nummer".to_owned(), one.number.to_string()),
        ("Läge".to_owned(), standing),
        ("Sätt att delta".to_owned(), track.map_or_else(|| one.track.clone(), |track| track.name.clone())),
        ("E-post".to_owned(), one.email.clone()),
        ("Organisation".to_owned(), one.organisation.clone()),
        ("Län".to_owned(), one.county.map_or("", |county| county.name).to_owned()),
        ("Roll".to_owned(), one.role.clone()),
        ("Workshoppar".to_owned(), named(&one.workshops)),
        ("Fick inte plats i".to_owned(), named(&one.missed)),
    ];
    for question in &plan.questions {
        let answers = one.answers.get(&question.id).map(Vec::as_slice).unwrap_or_default();
        let named = |answer: &String| {
            let choice = question.choices.iter().find(|choice| choice.id == *answer);
            choice.map_or_else(|| answer.clone(), |choice| choice.label.clone())
        };
        facts.push((question.label.clone(), answers.iter().map(named).collect::<Vec<_>>().join(", ")));
    }
    let needs =
        one.has_needs.then_some("Har skrivit något om kost eller tillgänglighet. Det räknas med bland alla andras.");
    let party = one.in_party.then_some("Anmäld tillsammans med andra.");
    let rows: Vec<_> = facts
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> })
        .collect();
    view! { <dl class="facts">{rows}</dl> {needs.map(|told| view! { <p>{told}</p> })} {party.map(|told| view! { <p>{told}</p> })} }
}

/// The name on the page is an alias; who it is, one role may read.
fn protected(event: &Event, id: &str, person: Option<Protected>, is_admin: bool) -> AnyView {
    if let Some(Protected { real_name, channel }) = person {
        return view! {
            <div class="notice notice-important" role="status">
                <p class="notice-title">"Skyddade personuppgifter"</p>
                <dl class="facts"><dt>"Namn"</dt><dd>{real_name}</dd><dt>"Vill bli nådd så här"</dt><dd>{channel}</dd></dl>
                <p>"Visas bara nu. Att du har läst det står i loggen. Skriv inte av det någonstans."</p>
            </div>
        }
        .into_any();
    }
    let action = desk::of_registration(desk::REAL_NAME, &event.id, id);
    let read = if is_admin {
        view! {
            <p>"Läs bara om du måste. Varje läsning skrivs i loggen."</p>
            <form method="post" action=action><button class="quiet">"Visa namn och kontaktväg"</button></form>
        }
        .into_any()
    } else {
        view! { <p>"Behöver ni nå personen, be en administratör."</p> }.into_any()
    };
    view! {
        <div class="notice notice-note" role="note" aria-label="Skyddade personuppgifter">
            <p class="notice-title">"Skyddade personuppgifter"</p>
            <p>"Namnet här är ett alias. Det är det som står på namnskylt och listor."</p>
            {read}
        </div>
    }
    .into_any()
}

fn acts(detail: &Detail, action: &str) -> impl IntoView + use<> {
    let one = &detail.registration;
    let action = action.to_owned();
    let decide = (one.standing == Standing::Applied).then(|| {
        view! {
            <form method="post" action=action.clone() class="acts-in-line">
                <button name="atgard" value="godkann">"Godkänn"</button>
                <button name="atgard" value="avsla" class="quiet">"Avslå"</button>
            </form>
        }
    });
    let hand_over = detail.hand_over.map(|state| match state {
        HandOverState::Offered => view! {
            <form method="post" action=action.clone()>
                <p>"Personen har gjort en länk för att lämna över platsen. Den gäller någon i samma organisation."</p>
                <button name="atgard" value="overlat" class="quiet">"Tillåt även en annan organisation"</button>
            </form>
        }
        .into_any(),
        HandOverState::Allowed => view! { <p>"Platsen får lämnas över till en annan organisation."</p> }.into_any(),
    });
    let excuse = matches!(one.standing, Standing::Seated | Standing::Cancelled).then(|| {
        view! {
            <details>
                <summary>"Giltigt förfall"</summary>
                <p>"Då tas ingen avgift ut. Skriv inte varför: skälet är personens eget."</p>
                <form method="post" action=action.clone() class="acts-in-line">
                    <button name="atgard" value="forfall" class="quiet">"Notera giltigt förfall"</button>
                    <button name="atgard" value="inget-forfall" class="quiet">"Ta bort noteringen"</button>
                </form>
            </details>
        }
    });
    let cancel = (!one.standing.is_ended()).then(|| {
        view! {
            <details>
                <summary>"Avboka åt personen"</summary>
                <form method="post" action=action.clone()>
                    <p>"Personen får ett mejl. Platsen går till den som står på tur."</p>
                    <label class="box"><input type="checkbox" name="sakert" value="ja" /> " Ja, avboka"</label>
                    <button name="atgard" value="avboka" class="quiet">"Avboka"</button>
                </form>
            </details>
        }
    });
    view! { {decide} {hand_over} {cancel} {excuse} }
}

fn happened(one: &Happened) -> impl IntoView + use<> {
    let by = if one.by.is_empty() { String::new() } else { format!(" ({})", one.by) };
    let told = format!(" {}{by}.", step_in_words(&one.step));
    view! { <li><Moment seconds=one.at /> {told}</li> }
}

/// A step as it is stored, in words.
fn step_in_words(step: &str) -> String {
    let told = match step {
        "by-phone" => "Anmäld per telefon",
        "switched" => "Bytte sätt att delta",
        "moved" => "Bytte stopp",
        "handed-over" => "Platsen lämnades över till en kollega",
        "approved" => "Godkänd av arrangören",
        "gave-back" => "Lämnade tillbaka en plats",
        "allowed-hand-over" => "Platsen får lämnas över till en annan organisation",
        "excused" => "Giltigt förfall noterat",
        "not-excused" => "Noteringen om giltigt förfall togs bort",
        step => return Standing::parse(step).map_or_else(|| step.to_owned(), |standing| capital(standing.swedish())),
    };
    told.to_owned()
}

fn letter(posted: &mail::Posted) -> impl IntoView + use<> {
    let kind = capital(&posted.kind);
    let standing = match posted.standing {
        mail::Standing::Waiting => view! { "väntar på att skickas" }.into_any(),
        mail::Standing::Sent(at) => view! { "skickat " <Moment seconds=at /> }.into_any(),
        mail::Standing::Failed(at) => {
            view! { <strong>"gick inte fram"</strong> ", uppgivet " <Moment seconds=at /> }.into_any()
        }
    };
    view! { <li>{kind} ": " {standing}</li> }
}
