//! `/anmalan/overta/{nyckel}/`: a colleague takes a place over. Reading the page changes nothing; the button does.

use super::application::{self, LONGEST_LINE, LONGEST_ROLE};
use super::application_form::NeedsFields;
use super::ask::Ask;
use super::reader::Reader;
use super::registration::private_head;
use super::when::span;
use super::{Colleague, HandOver, HandOverRefusal, Needs, words};
use crate::desk::{Answer, Asked, Faults, Fields, Stop};
use crate::document::{Document, Head};
use crate::routes::desk;
use crate::text::capital::capital;
use crate::ui::field::{FaultList, TextField};
use leptos::prelude::*;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let token = asked.part("nyckel").to_owned();
    match asked.services.events.hand_over(&token).await? {
        Some(place) => Ok(Answer::page(move || view(&place, &token, &Fields::default(), Faults::default()))),
        None => Ok(used()),
    }
}

pub async fn take_over(asked: Asked) -> Result<Answer, Stop> {
    let token = asked.part("nyckel").to_owned();
    let Some(place) = asked.services.events.hand_over(&token).await? else { return Ok(used()) };
    let faults = match colleague(&asked.form, &place) {
        Ok(colleague) => match asked.services.events.take_over(&token, colleague).await? {
            Ok(own) => return Ok(Answer::Redirect(desk::registration(&own))),
            Err(HandOverRefusal::Missing) => return Ok(used()),
            Err(HandOverRefusal::OtherOrganisation) => Faults::one("organisation", other_organisation(&place)),
            Err(HandOverRefusal::TooLate) => {
                Faults::one("", format!("Det är för sent: det har redan börjat. {}", words::ask(&place.event.plan)))
            }
        },
        Err(faults) => faults,
    };
    Ok(Answer::again(move || view(&place, &token, &asked.form, faults)))
}

fn other_organisation(place: &HandOver) -> String {
    format!(
        "Platsen hör till {}. Skriv namnet likadant. Arbetar du någon annanstans måste arrangören säga ja först. {}",
        place.organisation,
        words::ask(&place.event.plan)
    )
}

fn colleague(form: &Fields, place: &HandOver) -> Result<Colleague, Faults> {
    let mut read = Reader::new(form);
    let name = read.name("namn", Some("Skriv ditt namn."));
    let email = read.email("epost", Some("Skriv din e-postadress: dit kommer bekräftelsen."));
    let organisation = application::organisation(&mut read);
    let role = read.line("roll", LONGEST_ROLE);
    let needs = if place.event.plan.asks_needs { application::needs(&mut read) } else { Needs::default() };
    match (name, email) {
        (Some(name), Some(email)) if read.faults.is_empty() => Ok(Colleague { name, email, organisation, role, needs }),
        _ => Err(read.faults),
    }
}

/// In the same words whether the link was used, has ended or never was.
fn used() -> Answer {
    Answer::page_with(410, || {
        view! {
            <Document head=Head { title: "Länken gäller inte".into(), hidden: true, ..Head::default() }>
                <h1>"Platsen går inte att ta över"</h1>
                <p class="lead">"Länken har redan använts, har blivit för gammal eller har ersatts av en nyare."</p>
                <p>"Be kollegan som gav dig den om en ny."</p>
            </Document>
        }
    })
}

fn view(place: &HandOver, token: &str, typed: &Fields, faults: Faults) -> impl IntoView + use<> {
    let plan = place.event.plan.clone();
    let title = if faults.is_empty() { "Ta över en plats" } else { "Rätta uppgifterna" };
    let head = private_head(&place.event, title);
    let value = |field: &str| typed.get(field).to_owned();
    let organisation = if typed.has("organisation") { value("organisation") } else { place.organisation.clone() };
    let track = plan.track(&place.track).map(|track| track.name.clone()).unwrap_or_default();
    let workshops: Vec<&str> =
        place.workshops.iter().filter_map(|id| plan.session(id)).map(|session| session.title.as_str()).collect();
    let workshops = (!workshops.is_empty()).then(|| view! { <dt>"Pass"</dt><dd>{workshops.join(", ")}</dd> });
    let needs = plan.asks_needs.then(|| {
        view! {
            <section aria-labelledby="behoven">
                <h2 id="behoven">"Det du behöver (frivilligt)"</h2>
                <NeedsFields plan=plan.clone() diet=value("kost") access=value("tillganglighet") faults=faults.clone() />
            </section>
        }
    });
    let when = capital(&span(plan.starts, plan.ends));
    let form = view! {
        <form method="post" action=desk::hand_over(token) class="application" novalidate>
            <section aria-labelledby="om-dig">
                <h2 id="om-dig">"Om dig"</h2>
                <TextField name="namn" label="Ditt namn" value=value("namn") longest=120 autocomplete="name" fault=faults.of("namn") />
                <TextField name="epost" label="E-post" kind="email" help="Hit kommer bekräftelsen, med länken där du ändrar eller avbokar."
                    value=value("epost") autocomplete="email" fault=faults.of("epost") />
                <TextField name="organisation" label="Organisation" help="Samma som kollegans." value=organisation longest=LONGEST_LINE
                    autocomplete="organization" fault=faults.of("organisation") />
                <TextField name="roll" label="Yrke eller uppdrag (frivilligt)" value=value("roll") longest=LONGEST_ROLE
                    autocomplete="organization-title" required=false fault=faults.of("roll") />
            </section>
            {needs}
            <p>"Har du skyddade personuppgifter? " <Ask contact=plan.contact.clone() /></p>
            <button>"Ta över platsen"</button>
        </form>
    };
    view! {
        <Document head>
            <article class="event registration">
                <header>
                    <h1>"Ta över en plats"</h1>
                    <p class="lead">"En kollega vill ge dig sin plats. Den är din när du har skickat formuläret."</p>
                </header>
                <FaultList faults />
                <section class="glance" aria-labelledby="platsen">
                    <h2 id="platsen">{plan.title.clone()}</h2>
                    <dl>
                        <dt>"När"</dt><dd>{when}</dd>
                        <dt>"Deltar"</dt><dd>{track}</dd>
                        {workshops}
                    </dl>
                </section>
                {form}
            </article>
        </Document>
    }
}
