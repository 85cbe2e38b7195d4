//! `/redaktion/konferenser/turne/{turne}/`: a tour as a whole. Whom it has invited, which municipalities come, who is to
//! be reminded, and what one stop hands on to the next.

use super::coverage::{Cell, Coverage, to_invite, to_remind};
use super::invitation_list::{self, Unread};
use super::{Invited, Letter, NewInvited, Tour};
use crate::desk::{Answer, Asked, Faults, Stop};
use crate::document::{Document, Head};
use crate::events::Event;
use crate::routes::desk;
use crate::text::capital::capital;
use crate::text::dates::swedish;
use crate::ui::crumbs::Crumb;
use crate::ui::field::{Fault, FaultList, LongTextField};
use crate::ui::moment::Moment;
use crate::ui::table::TableBox;
use crate::viewer::Editor;
use leptos::prelude::*;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    shown(&asked, 200, Told::default()).await
}

pub async fn invite(asked: Asked) -> Result<Answer, Stop> {
    let (tour, editor) = tour(&asked).await?;
    let typed = asked.form.get("lista").to_owned();
    match invitation_list::read(&typed) {
        Err(unread) => shown(&asked, 422, Told { typed, unread, ..Told::default() }).await,
        Ok(people) if people.is_empty() => {
            let unread = vec![Unread { line: 1, why: "Klistra in minst en rad." }];
            shown(&asked, 422, Told { typed, unread, ..Told::default() }).await
        }
        Ok(people) => {
            let codes = asked.services.organising.invite(&editor, &tour, &people).await?;
            shown(&asked, 200, Told { codes: Some(codes), ..Told::default() }).await
        }
    }
}

pub async fn uninvite(asked: Asked) -> Result<Answer, Stop> {
    let (tour, editor) = tour(&asked).await?;
    if asked.services.organising.uninvite(&editor, &tour, asked.form.get("inbjuden")).await? {
        return Ok(back(&tour));
    }
    let fault = Some("Den som har anmält sig kan inte tas bort från listan. Avboka anmälan först.".to_owned());
    shown(&asked, 409, Told { fault, ..Told::default() }).await
}

/// Invitations to those who have had none, or reminders to exactly those whose place is empty.
pub async fn write(asked: Asked) -> Result<Answer, Stop> {
    let (tour, editor) = tour(&asked).await?;
    let (letter, people) = match asked.form.get("brev") {
        "inbjudan" => (Letter::Invitation, to_invite(&tour.invited)),
        "paminnelse" => (Letter::Reminder, to_remind(&tour.invited)),
        _ => return Err(Stop::Missing),
    };
    // What the button promised is what is done: somebody may have answered since.
    if asked.form.get("antal") != people.len().to_string() {
        let fault = Some(format!("Listan har ändrats: nu gäller det {} personer. Tryck en gång till.", people.len()));
        return shown(&asked, 409, Told { fault, ..Told::default() }).await;
    }
    asked.services.organising.write_to_invited(&editor, &tour, &people, letter).await?;
    Ok(back(&tour))
}

/// The open questions of a stop, on to the next.
pub async fn carry_on(asked: Asked) -> Result<Answer, Stop> {
    let (tour, editor) = tour(&asked).await?;
    let stop = tour.stops.iter().find(|stop| stop.id == asked.form.get("stopp")).ok_or(Stop::Missing)?;
    if asked.services.organising.carry_on(&editor, &tour, stop).await? {
        return Ok(back(&tour));
    }
    let fault = Some("Det finns inget stopp efter det här.".to_owned());
    shown(&asked, 409, Told { fault, ..Told::default() }).await
}

fn back(tour: &Tour) -> Answer {
    Answer::Redirect(desk::of_tour(desk::ORGANISED_TOUR, &tour.slug))
}

async fn tour(asked: &Asked) -> Result<(Tour, Editor), Stop> {
    let member = asked.viewer.member()?;
    let tour = asked.services.organising.tour(&member, asked.part("turne")).await?.ok_or(Stop::Missing)?;
    let editor = asked.viewer.editor(tour.county)?;
    Ok((tour, editor))
}

/// What the page says beside the tour.
#[derive(Default)]
struct Told {
    fault: Option<String>,
    typed: String,
    unread: Vec<Unread>,
    /// New codes, shown this once.
    codes: Option<Vec<(NewInvited, String)>>,
}

async fn shown(asked: &Asked, status: u16, told: Told) -> Result<Answer, Stop> {
    let (tour, _) = tour(asked).await?;
    let now = asked.now;
    Ok(Answer::page_with(status, move || view(tour, told, now)))
}

fn view(tour: Tour, told: Told, now: i64) -> impl IntoView {
    let head = Head {
        path: desk::of_tour(desk::ORGANISED_TOUR, &tour.slug),
        crumbs: vec![Crumb::new(desk::HOME, "Redaktionen"), Crumb::new(desk::EVENTS, "Konferenser och möten")],
        ..Head::of_staff("Turné")
    };
    let Told { fault, typed, unread, codes } = told;
    let mut faults = Faults::default();
    let lines: Vec<String> = unread.iter().map(|one| format!("Rad {}: {}", one.line, one.why)).collect();
    if !lines.is_empty() {
        faults.add("lista", lines.join(" "));
    }
    let title = tour.title.clone();
    view! {
        <Document head>
            <h1>{title}</h1>
            {fault.map(|fault| view! { <Fault><p>{fault}</p></Fault> })}
            <FaultList faults=faults.clone() />
            {codes.map(new_codes)}
            {stops(&tour, now)}
            {coverage(&tour)}
            {letters(&tour)}
            {list(&tour)}
            <section aria-labelledby="bjud-in">
                <h2 id="bjud-in">"Bjud in fler"</h2>
                <form method="post" action=desk::of_tour(desk::INVITED, &tour.slug) class="desk-form">
                    <LongTextField name="lista" label="Klistra in en lista" rows=8 longest=200_000 value=typed fault=faults.of("lista")
                        help="En rad per person, med semikolon eller tabb emellan: kommun; roll; namn; e-post. Roll är till exempel politiker eller chef." />
                    <button>"Lägg till på listan"</button>
                </form>
            </section>
        </Document>
    }
}

fn new_codes(codes: Vec<(NewInvited, String)>) -> impl IntoView {
    let many = codes.len();
    let rows: Vec<_> = codes
        .into_iter()
        .map(|(person, code)| {
            view! { <tr><th scope="row">{person.name.to_string()}</th><td>{person.municipality}</td><td><code>{code}</code></td></tr> }
        })
        .collect();
    view! {
        <div class="notice notice-important" role="status">
            <p class="notice-title">{format!("{many} nya på listan")}</p>
            <p>"Var och en har en egen kod. Den skickas med inbjudan och visas annars bara nu: vi sparar den inte."</p>
            <details>
                <summary>"Visa koderna"</summary>
                <TableBox about="koder">
                    <table><thead><tr><th scope="col">"Namn"</th><th scope="col">"Kommun"</th><th scope="col">"Kod"</th></tr></thead><tbody>{rows}</tbody></table>
                </TableBox>
            </details>
        </div>
    }
}

fn stops(tour: &Tour, now: i64) -> impl IntoView + use<> {
    let rows: Vec<_> = tour.stops.iter().map(|stop| stop_row(tour, stop, now)).collect();
    view! {
        <section aria-labelledby="stopp">
            <h2 id="stopp">"Stopp"</h2>
            <ul class="rows">{rows}</ul>
        </section>
    }
}

fn stop_row(tour: &Tour, stop: &Event, now: i64) -> impl IntoView + use<> {
    let to = desk::of_event(desk::ORGANISED, &stop.id);
    let is_over = crate::text::dates::unix_time(stop.plan.ends) <= now;
    let standing = match () {
        () if stop.cancelled_at.is_some() => "inställt",
        () if stop.published_at.is_none() => "inte publicerat",
        () if is_over => "genomfört",
        () => "publicerat",
    };
    let questions: Vec<_> =
        stop.plan.open_questions.iter().map(|question| view! { <li>{question.clone()}</li> }).collect();
    let has_next = tour.stops.last().is_some_and(|last| last.id != stop.id);
    let (id, action) = (stop.id.clone(), desk::of_tour(desk::CARRY_ON, &tour.slug));
    let carried = (!questions.is_empty()).then(|| {
        let on = has_next.then(|| {
            view! {
                <form method="post" action=action>
                    <input type="hidden" name="stopp" value=id />
                    <button class="quiet">"Ta med till nästa stopp"</button>
                </form>
            }
        });
        view! { <details><summary>"Frågor som tas vidare"</summary><ul>{questions}</ul>{on}</details> }
    });
    let summary = (is_over && stop.plan.summary.is_empty()).then(|| {
        let form = format!("{}#efterat", desk::of_event(desk::PLAN, &stop.id));
        view! { <a href=form>"Skriv en sammanfattning"</a> }
    });
    view! {
        <li>
            <div>
                <a href=to>{super::event::called(&stop.plan)}</a>
                <p class="aside">{format!("{}, {standing}. ", swedish(stop.plan.starts.date()))} {summary}</p>
                {carried}
            </div>
        </li>
    }
}

fn coverage(tour: &Tour) -> impl IntoView + use<> {
    let coverage = Coverage::of(&tour.invited);
    let (covered, asked) = coverage.covered();
    let town = |id: &String| {
        let stop = tour.stops.iter().find(|stop| stop.id == *id);
        stop.map_or_else(String::new, |stop| {
            stop.plan.place.as_ref().map_or_else(|| stop.address.slug.clone(), |place| place.town.clone())
        })
    };
    let columns: Vec<_> = coverage.roles.iter().map(|role| view! { <th scope="col">{capital(role)}</th> }).collect();
    let rows: Vec<_> = coverage
        .rows
        .iter()
        .map(|(municipality, cells)| {
            let cells: Vec<_> = cells
                .iter()
                .map(|cell| match cell {
                    Cell::NobodyInvited => view! { <td>"ingen inbjuden"</td> }.into_any(),
                    Cell::Missing(_) => view! { <td class="missing"><strong>"saknas"</strong></td> }.into_any(),
                    Cell::Waits => view! { <td>"väntar"</td> }.into_any(),
                    Cell::Comes(stops) => {
                        let towns = stops.iter().map(town).collect::<Vec<_>>().join(", ");
                        view! { <td>{format!("kommer: {towns}")}</td> }.into_any()
                    }
                })
                .collect();
            view! { <tr><th scope="row">{municipality.clone()}</th>{cells}</tr> }
        })
        .collect();
    let table = (!rows.is_empty()).then(|| {
        view! {
            <TableBox about="täckning">
                <table><thead><tr><th scope="col">"Kommun"</th>{columns}</tr></thead><tbody>{rows}</tbody></table>
            </TableBox>
        }
    });
    view! {
        <section aria-labelledby="tackning">
            <h2 id="tackning">"Täckning"</h2>
            <p>{format!("{covered} av {asked} roller är på väg till något stopp.")}</p>
            {table}
        </section>
    }
}

fn letters(tour: &Tour) -> impl IntoView + use<> {
    let action = desk::of_tour(desk::WRITE_TO_INVITED, &tour.slug);
    let letter = |kind: &'static str, count: usize, none: &'static str, words: String| match count {
        0 => view! { <p>{none}</p> }.into_any(),
        count => view! {
            <form method="post" action=action.clone()>
                <input type="hidden" name="antal" value=count.to_string() />
                <button name="brev" value=kind class="quiet">{words}</button>
            </form>
        }
        .into_any(),
    };
    let (new, missing) = (to_invite(&tour.invited).len(), to_remind(&tour.invited).len());
    let is_open = tour.stops.iter().any(|stop| stop.published_at.is_some() && stop.cancelled_at.is_none());
    let forms = if is_open {
        view! {
            {letter("inbjudan", new, "Alla på listan har fått sin inbjudan.", format!("Skicka inbjudan till {new} som inte har fått någon"))}
            {letter("paminnelse", missing, "Ingen behöver påminnas.", format!("Påminn {missing} där ingen från kommunen och rollen kommer"))}
        }
        .into_any()
    } else {
        view! { <p>"Publicera minst ett stopp först."</p> }.into_any()
    };
    view! { <section aria-labelledby="brev"><h2 id="brev">"Inbjudan och påminnelse"</h2>{forms}</section> }
}

fn list(tour: &Tour) -> impl IntoView + use<> {
    let rows: Vec<_> = tour.invited.iter().map(|one| invited_row(tour, one)).collect();
    let many = rows.len();
    (many > 0).then(|| {
        view! {
            <details>
                <summary>{format!("Alla {many} på listan")}</summary>
                <ul class="rows">{rows}</ul>
            </details>
        }
    })
}

fn invited_row(tour: &Tour, one: &Invited) -> impl IntoView + use<> {
    let standing = one.stop.as_ref().map_or("har inte anmält sig", |(_, standing)| standing.swedish());
    let told = format!("{}, {}. {}. {}. ", one.municipality, one.role, one.email, capital(standing));
    let invited = one.invited_at.map(|at| view! { "Inbjuden " <Moment seconds=at /> ". " });
    let reminded = one.reminded_at.map(|at| view! { "Påmind " <Moment seconds=at /> "." });
    let (id, name) = (one.id.clone(), one.name.clone());
    let may_go = one.stop.as_ref().is_none_or(|(_, standing)| standing.is_ended());
    let remove = may_go.then(|| {
        view! {
            <form method="post" action=desk::of_tour(desk::UNINVITE, &tour.slug)>
                <input type="hidden" name="inbjuden" value=id />
                <button class="quiet">"Ta bort" <span class="sr">{format!(" {name}")}</span></button>
            </form>
        }
    });
    view! { <li><div><strong>{one.name.clone()}</strong><p class="aside">{told} {invited} {reminded}</p></div>{remove}</li> }
}
