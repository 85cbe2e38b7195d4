//! `/redaktion/konferenser/{arrangemang}/`: one event, where it stands, how full it is, and everything that can be done.

use super::plan_read::beside_fields;
use super::plan_typed::PlanTyped;
use super::{Deletion, Earlier, Step, StepRefusal, organised};
use crate::desk::{Answer, Asked, Faults, Stop};
use crate::document::{Document, Head};
use crate::events::plan::Plan;
use crate::events::{Event, Kind, Occupancy, sound, when};
use crate::routes::desk;
use crate::text::capital::capital;
use crate::ui::crumbs::Crumb;
use crate::ui::field::Fault;
use crate::ui::moment::Moment;
use crate::ui::table::TableBox;
use leptos::prelude::*;
use std::sync::Arc;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    shown(&asked, 200, None).await
}

/// Publishes, withdraws or cancels.
pub async fn step(asked: Asked) -> Result<Answer, Stop> {
    let (event, editor) = organised(&asked).await?;
    let step = match asked.form.get("steg") {
        "publicera" => Step::Publish,
        "dra-tillbaka" => Step::Withdraw,
        "stall-in" => Step::Cancel,
        _ => return Err(Stop::Missing),
    };
    if step == Step::Cancel && !asked.form.has("sakert") {
        return shown(&asked, 422, Some("Kryssa i att arrangemanget ska ställas in.".into())).await;
    }
    match asked.services.organising.step(&editor, &event, step).await? {
        Ok(()) => Ok(Answer::Redirect(desk::of_event(desk::ORGANISED, &event.id))),
        Err(StepRefusal::Unsound(_)) => {
            shown(&asked, 422, Some("Rätta det som står under ”Att rätta” och publicera sedan.".into())).await
        }
        Err(StepRefusal::Registered(count)) => {
            let told = format!("{count} är redan anmälda. Ställ in arrangemanget i stället, så får de besked.");
            shown(&asked, 409, Some(told)).await
        }
        Err(StepRefusal::Over) => {
            shown(&asked, 409, Some("Det går inte längre: arrangemanget är slut eller inställt.".into())).await
        }
    }
}

async fn shown(asked: &Asked, status: u16, fault: Option<String>) -> Result<Answer, Stop> {
    let (event, editor) = organised(asked).await?;
    let occupancy = asked.services.events.occupancy(&event).await?;
    let earlier = asked.services.organising.earlier(&editor, &event).await?;
    let deletions = asked.services.organising.deletions(&editor, &event).await?;
    let now = asked.now;
    Ok(Answer::page_with(status, move || view(event, occupancy, earlier, deletions, fault, now)))
}

/// The way to a page of an event; of a stop by its tour.
pub(super) fn crumbs(event: &Event) -> Vec<Crumb> {
    let mut crumbs = vec![Crumb::new(desk::HOME, "Redaktionen"), Crumb::new(desk::EVENTS, "Konferenser och möten")];
    if event.address.kind == Kind::DialogueMeeting {
        crumbs.push(Crumb::new(desk::of_tour(desk::ORGANISED_TOUR, &event.address.series), "Turné"));
    }
    crumbs
}

/// The way to a page below an event's.
pub(super) fn crumbs_within(event: &Event) -> Vec<Crumb> {
    let mut crumbs = crumbs(event);
    crumbs.push(Crumb::new(desk::of_event(desk::ORGANISED, &event.id), called(&event.plan)));
    crumbs
}

pub(super) fn called(plan: &Plan) -> String {
    if plan.title.is_empty() { "Utan rubrik".to_owned() } else { plan.title.clone() }
}

/// The head of a page below an event's.
pub(crate) fn head(event: &Event, path: &str, title: &str) -> Head {
    Head { path: desk::of_event(path, &event.id), crumbs: crumbs_within(event), ..Head::of_staff(title) }
}

/// What has to be put right before anybody meets it, by the fields of the plan's form.
pub(super) fn to_mend(plan: &Plan) -> Faults {
    beside_fields(&PlanTyped::of(plan), sound::faults(plan))
}

fn view(
    event: Arc<Event>,
    occupancy: Occupancy,
    earlier: Vec<Earlier>,
    deletions: Vec<Deletion>,
    fault: Option<String>,
    now: i64,
) -> impl IntoView {
    let head = Head {
        path: desk::of_event(desk::ORGANISED, &event.id),
        crumbs: crumbs(&event),
        ..Head::of_staff(&capital(event.address.kind.swedish()))
    };
    let at = |path: &str| desk::of_event(path, &event.id);
    let ways = [
        (at(desk::PLAN), "Uppgifter", "Text, tider, platser, program och frågor"),
        (at(desk::EVENT_PREVIEW), "Förhandsvisa", "Så ser sidan ut för besökaren"),
        (at(desk::REGISTERED), "Anmälda", "Sök, godkänn, avboka, anteckna"),
        (at(desk::BY_PHONE), "Anmäl någon per telefon", "Samma formulär som besökaren har"),
        (at(desk::MESSAGES), "Meddelanden", "Skriv till alla anmälda eller några av dem"),
        (at(desk::LISTS), "Listor och utskrifter", "Tabeller, namnskyltar, dörrlista och intyg"),
        (at(desk::DOOR_DESK), "Insläpp", "Öppna dörren för dem som prickar av"),
        (at(desk::SURVEY_DESK), "Enkät", "Frågor efteråt till dem som kom, och svaren"),
        (at(desk::CATERING), "Kost och tillgänglighet", "Antal till kök och lokal"),
        (at(desk::STATISTICS), "Statistik", "Per län och yrkesroll"),
        (at(desk::FINANCE), "Underlag för avgifter", "Sena avbokningar och uteblivna"),
    ];
    let ways = ways.map(|(path, name, about)| view! { <li><a href=path>{name}</a> ": " {about}</li> });
    let faults = to_mend(&event.plan);
    let mend = (!faults.is_empty()).then(|| mend(&event, &faults));
    let standing = standing(&event, now);
    let places = places(&event.plan, &occupancy);
    let acts = acts(&event, faults.is_empty());
    let earlier = past(&event, earlier);
    let span = capital(&when::span(event.plan.starts, event.plan.ends));
    view! {
        <Document head>
            <h1>{called(&event.plan)}</h1>
            <p class="lead">{span}</p>
            {fault.map(|fault| view! { <Fault><p>{fault}</p></Fault> })}
            <p>{standing}</p>
            {mend}
            {places}
            <h2>"Gör vidare"</h2>
            <ul class="plain">{ways.into_iter().collect_view()}</ul>
            {acts}
            {deleted(deletions)}
            {earlier}
        </Document>
    }
}

fn standing(event: &Event, now: i64) -> AnyView {
    let address = desk::event(&event.address);
    match (event.cancelled_at, event.published_at) {
        (Some(at), _) => view! { <strong>"Inställt "</strong> <Moment seconds=at /> "." }.into_any(),
        (None, None) => view! { <strong>"Inte publicerat."</strong> " Bara redaktionen ser det." }.into_any(),
        (None, Some(at)) => {
            let over = (now >= crate::text::dates::unix_time(event.plan.ends)).then_some(" Genomfört.");
            view! { <strong>"Publicerat "</strong> <Moment seconds=at /> ". " <a href=address>"Sidan för besökare"</a> {over} }
                .into_any()
        }
    }
}

fn mend(event: &Event, faults: &Faults) -> impl IntoView + use<> {
    let form = desk::of_event(desk::PLAN, &event.id);
    let lines: Vec<_> = faults
        .iter()
        .map(|(field, sentence)| {
            let field_name = super::plan_typed::label(field);
            view! { <li><a href=format!("{form}#{field}")>{field_name}</a> ": " {sentence.to_owned()}</li> }
        })
        .collect();
    view! {
        <section aria-labelledby="ratta">
            <h2 id="ratta">"Att rätta"</h2>
            <ul>{lines}</ul>
        </section>
    }
}

fn places(plan: &Plan, occupancy: &Occupancy) -> impl IntoView + use<> {
    let tracks = plan.tracks.iter().map(|track| {
        let known = occupancy.tracks.get(&track.id).cloned().unwrap_or_default();
        let seats = track.seats.map_or("obegränsat".to_owned(), |seats| seats.to_string());
        view! { <tr><th scope="row">{track.name.clone()}</th><td>{seats}</td><td>{known.held}</td><td>{known.waiting}</td></tr> }
    });
    let tracks = tracks.collect_view();
    let counted: Vec<_> = plan
        .counted()
        .map(|(item, seats)| {
            let taken = occupancy.counted.get(&item).copied().unwrap_or(0);
            view! { <tr><th scope="row">{item_name(plan, &item)}</th><td>{seats}</td><td>{taken}</td><td></td></tr> }
        })
        .collect();
    view! {
        <h2>"Platser"</h2>
        <TableBox about="platser">
            <table>
                <thead><tr><th scope="col">"Vad"</th><th scope="col">"Platser"</th><th scope="col">"Tagna"</th><th scope="col">"I kö"</th></tr></thead>
                <tbody>{tracks} {counted}</tbody>
            </table>
        </TableBox>
    }
}

/// What a workshop or a choice with so many places is called.
pub(super) fn item_name(plan: &Plan, item: &str) -> String {
    let choice = || {
        plan.questions.iter().find_map(|question| {
            let choice = question.choices.iter().find(|choice| question.counted(&choice.id) == item)?;
            Some(choice.label.clone())
        })
    };
    plan.session(item).map(|session| session.title.clone()).or_else(choice).unwrap_or_else(|| item.to_owned())
}

fn acts(event: &Event, is_sound: bool) -> impl IntoView + use<> {
    let action = desk::of_event(desk::STEP, &event.id);
    let is_open = event.published_at.is_some() && event.cancelled_at.is_none();
    let publish = (event.published_at.is_none() && event.cancelled_at.is_none()).then(|| {
        let form = if is_sound {
            view! {
                <form method="post" action=action.clone()>
                    <button name="steg" value="publicera">"Publicera"</button>
                </form>
            }
            .into_any()
        } else {
            view! { <p>"Det går att publicera när allt under ”Att rätta” är rättat."</p> }.into_any()
        };
        view! { <h2>"Publicera"</h2> {form} }
    });
    let end = is_open.then(|| {
        view! {
            <h2>"Avsluta"</h2>
            <details>
                <summary>"Dra tillbaka"</summary>
                <p>"Går så länge ingen är anmäld. Sidan försvinner för besökarna och kan publiceras igen."</p>
                <form method="post" action=action.clone()>
                    <button class="quiet" name="steg" value="dra-tillbaka">"Dra tillbaka"</button>
                </form>
            </details>
            <details>
                <summary>"Ställ in"</summary>
                <p>"Alla anmälda får ett mejl om att det är inställt, och mötet tas bort ur deras kalendrar. Det går inte att ångra."</p>
                <form method="post" action=action.clone()>
                    <label class="box"><input type="checkbox" name="sakert" value="ja" /> " Ja, arrangemanget ska ställas in"</label>
                    <button class="quiet" name="steg" value="stall-in">"Ställ in"</button>
                </form>
            </details>
        }
    });
    view! { {publish} {end} }
}

fn deleted(deletions: Vec<Deletion>) -> Option<impl IntoView> {
    let told = |one: Deletion| {
        view! { <li><Moment seconds=one.at /> {format!(": {}. Stöd: {}.", one.what, one.decision)}</li> }
    };
    (!deletions.is_empty()).then(|| {
        view! {
            <h2>"Gallrat"</h2>
            <ul>{deletions.into_iter().map(told).collect_view()}</ul>
        }
    })
}

/// The newest of the plans that were saved is the one that stands.
fn past(event: &Event, earlier: Vec<Earlier>) -> impl IntoView + use<> {
    let form = desk::of_event(desk::PLAN, &event.id);
    (earlier.len() > 1).then(|| {
        let rows: Vec<_> = earlier
            .into_iter()
            .skip(1)
            .map(|one| {
                let to = format!("{form}?version={}", one.version);
                view! { <li><Moment seconds=one.at /> {format!(", {}. ", one.by)} <a href=to>"Öppna"</a></li> }
            })
            .collect();
        view! {
            <details>
                <summary>"Tidigare versioner"</summary>
                <p>"Öppna en version för att läsa den, eller spara den på nytt."</p>
                <ul>{rows}</ul>
            </details>
        }
    })
}
