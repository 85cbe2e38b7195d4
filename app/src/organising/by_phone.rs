//! `/redaktion/konferenser/{arrangemang}/anmalda/ny/`: somebody has called. The same form and the same way to a place as
//! visitors have; also before it opens and after it has closed, and without a personal code.

use super::event::head;
use super::organised;
use crate::desk::{Answer, Asked, Faults, Fields, Stop};
use crate::document::Document;
use crate::events::application::{self, Typed};
use crate::events::application_form::{ApplicationForm, HowMany, Shown};
use crate::events::plan::Plan;
use crate::events::{Event, Receipt, RegisterRefusal, words};
use crate::routes::desk;
use crate::ui::crumbs::Crumb;
use crate::ui::field::FaultList;
use leptos::prelude::*;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let (event, _) = organised(&asked).await?;
    let many = [("antal".to_owned(), asked.query.get("antal").to_owned())];
    let typed = Typed::read(Fields::new(many), || asked.services.events.form_key());
    shown(&asked, &event, typed, Faults::default()).await
}

pub async fn register(asked: Asked) -> Result<Answer, Stop> {
    let (event, editor) = organised(&asked).await?;
    let typed = Typed::read(asked.form.clone(), || asked.services.events.form_key());
    let application = match application::parse(&without_code(&event.plan), &typed) {
        Ok(application) => application,
        Err(faults) => return shown(&asked, &event, typed, faults).await,
    };
    match asked.services.events.register(&event, application, Some(&editor)).await? {
        Ok(receipt) => Ok(Answer::Redirect(way_on(&asked, &event, &receipt).await?)),
        Err(refusal) => {
            let told = match refusal {
                RegisterRefusal::NotOpenYet => "Publicera arrangemanget först.".to_owned(),
                refusal => words::not_registered(&event.plan, refusal),
            };
            shown(&asked, &event, typed, Faults::one("", told)).await
        }
    }
}

/// To the one who was registered, or to the list where there are several.
async fn way_on(asked: &Asked, event: &Event, receipt: &Receipt) -> Result<String, Stop> {
    if !receipt.is_party
        && let Some(one) = asked.services.events.registration(&receipt.token).await?
    {
        return Ok(desk::of_registration(desk::REGISTERED_ONE, &event.id, &one.id));
    }
    Ok(desk::of_event(desk::REGISTERED, &event.id))
}

/// Whoever takes the call knows that the person may come.
fn without_code(plan: &Plan) -> Plan {
    Plan { by_invitation: false, ..plan.clone() }
}

async fn shown(asked: &Asked, event: &Event, typed: Typed, faults: Faults) -> Result<Answer, Stop> {
    let occupancy = asked.services.events.occupancy(event).await?;
    let action = desk::of_event(desk::BY_PHONE, &event.id);
    let mut head = head(event, desk::BY_PHONE, "Anmäl per telefon");
    head.crumbs.push(Crumb::new(desk::of_event(desk::REGISTERED, &event.id), "Anmälda"));
    let (is_faulty, persons, plan) = (!faults.is_empty(), typed.persons(), without_code(&event.plan));
    let form = Shown { plan: plan.clone(), occupancy, typed, faults: faults.clone(), action: action.clone() };
    let view = move || {
        view! {
            <Document head>
                <h1>"Anmäl någon per telefon"</h1>
                <p class="lead">"Läs upp frågorna och fyll i svaren. Personen får samma bekräftelse som alla andra, om du skriver en e-postadress."</p>
                <p>"Fråga inte efter personnummer. Den som har skyddade personuppgifter väljer själv sitt namn på skylten och hur ni når personen."</p>
                <FaultList faults />
                {(!is_faulty).then(|| view! { <HowMany plan persons code=String::new() action /> })}
                <ApplicationForm shown=form />
            </Document>
        }
    };
    Ok(if is_faulty { Answer::again(view) } else { Answer::page(view) })
}
