//! `…/anmalan`: one page, one step, to a place or a number in line.

use super::application::{self, Typed};
use super::application_form::{ApplicationForm, HowMany, Shown};
use super::event_page::{crumbs, found, neutral_title};
use super::plan::Plan;
use super::when::{clock, moment, span};
use super::window::Window;
use super::{Event, RegisterRefusal, words};
use crate::desk::{Answer, Asked, Faults, Fields, Stop};
use crate::document::{Document, Head};
use crate::routes::desk;
use crate::text::capital::capital;
use crate::ui::crumbs::Crumb;
use crate::ui::field::FaultList;
use crate::ui::notice::{Notice, Weight};
use leptos::prelude::*;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let event = found(&asked).await?;
    let window = Window::of(&event, asked.now);
    // On the day itself it can be filled in before it opens: nobody loses a place by typing slowly.
    let opens_today = window == Window::NotYet && event.plan.opens.date() == asked.today;
    if window != Window::Open && !opens_today {
        return Ok(Answer::page(move || closed(&event, window)));
    }
    // Nothing else that stands in an address is laid into the form.
    let persons = asked.query.get("antal").parse().map_or(1, |persons: u32| persons.min(event.plan.largest_party));
    let asked_for = [("antal", persons.to_string()), ("kod", asked.query.get("kod").to_owned())];
    let asked_for = asked_for.map(|(field, value)| (field.to_owned(), value));
    let typed = Typed::read(Fields::new(asked_for), || asked.services.events.form_key());
    shown(&asked, &event, typed, Faults::default()).await
}

pub async fn register(asked: Asked) -> Result<Answer, Stop> {
    let event = found(&asked).await?;
    let typed = Typed::read(asked.form.clone(), || asked.services.events.form_key());
    let faults = match application::parse(&event.plan, &typed) {
        Ok(application) => match asked.services.events.register(&event, application, None).await? {
            Ok(receipt) if receipt.is_party => return Ok(Answer::Redirect(desk::party(&receipt.token))),
            Ok(receipt) => return Ok(Answer::Redirect(desk::registration(&receipt.token))),
            Err(refusal) => refused(&event, refusal),
        },
        // Nobody mends a form that cannot be sent.
        Err(faults) => match Window::of(&event, asked.now) {
            Window::Cancelled => refused(&event, RegisterRefusal::Cancelled),
            Window::Example => refused(&event, RegisterRefusal::Example),
            Window::Closed | Window::Over => refused(&event, RegisterRefusal::Closed),
            Window::NotYet | Window::Open => faults,
        },
    };
    shown(&asked, &event, typed, faults).await
}

fn refused(event: &Event, refusal: RegisterRefusal) -> Faults {
    let field = if refusal == RegisterRefusal::Code { "kod" } else { "" };
    Faults::one(field, words::not_registered(&event.plan, refusal))
}

fn head(event: &Event, title: &str) -> Head {
    let mut crumbs = crumbs(event);
    crumbs.push(Crumb::new(desk::event(&event.address), neutral_title(event)));
    Head {
        title: title.to_owned(),
        description: "Anmäl dig.".into(),
        path: desk::register(&event.address),
        crumbs,
        hidden: true,
        ..Head::default()
    }
}

async fn shown(asked: &Asked, event: &Event, typed: Typed, faults: Faults) -> Result<Answer, Stop> {
    let occupancy = asked.services.events.occupancy(event).await?;
    let (is_faulty, plan) = (!faults.is_empty(), event.plan.clone());
    let title = if is_faulty { "Rätta anmälan" } else { "Anmälan" };
    let (head, action) = (head(event, title), desk::register(&event.address));
    let early = Window::of(event, asked.now) == Window::NotYet;
    let (persons, code) = (typed.persons(), typed.get("kod").to_owned());
    let form = Shown { plan, occupancy, typed, faults, action };
    let view = move || {
        let Shown { plan, faults, action, .. } = form.clone();
        let early = early.then(|| {
            let opens = format!(
                "Anmälan öppnar kl. {}. Fyll gärna i redan nu, låt sidan vara öppen och skicka då.",
                clock(plan.opens)
            );
            view! { <Notice weight=Weight::Important title="Inte öppet än"><p>{opens}</p></Notice> }
        });
        let protected = (persons == 1).then(|| {
            view! { <p><a href="#skyddade">"Så gör du som har skyddade personuppgifter"</a></p> }
        });
        view! {
            <Document head>
                <article class="event">
                    <header>
                        <h1>"Anmälan"</h1>
                        <p class="lead">{plan.title.clone()}</p>
                        <p>{when_and_where(&plan)}</p>
                    </header>
                    <FaultList faults />
                    {early}
                    // What was typed would be lost.
                    {(!is_faulty).then(|| view! { <HowMany plan=plan.clone() persons code action /> })}
                    <div>
                        <p>"Det du inte måste fylla i är märkt ”frivilligt”."</p>
                        {protected}
                    </div>
                    <ApplicationForm shown=form />
                </article>
            </Document>
        }
    };
    Ok(if is_faulty { Answer::again(view) } else { Answer::page(view) })
}

/// "Fredag 12 mars 2027 kl. 09.00–16.00. Folkets hus, Göteborg."
fn when_and_where(plan: &Plan) -> String {
    let when = capital(&span(plan.starts, plan.ends));
    let place = plan.place.as_ref().map_or_else(String::new, |place| format!(" {}, {}.", place.name, place.town));
    format!("{when}.{place}")
}

/// Why there is no form.
fn closed(event: &Event, window: Window) -> impl IntoView + use<> {
    let plan = &event.plan;
    let why = match window {
        Window::Example => words::not_registered(plan, RegisterRefusal::Example),
        Window::Cancelled => words::not_registered(plan, RegisterRefusal::Cancelled),
        Window::NotYet => format!("Anmälan öppnar {}. Kom tillbaka hit då.", moment(plan.opens)),
        Window::Open | Window::Closed => words::not_registered(plan, RegisterRefusal::Closed),
        Window::Over => "Det här har redan varit.".to_owned(),
    };
    let (head, address, title) = (head(event, "Anmälan"), desk::event(&event.address), plan.title.clone());
    view! {
        <Document head>
            <h1>"Det går inte att anmäla sig nu"</h1>
            <p class="lead">{why}</p>
            <p><a href=address>{title}</a></p>
        </Document>
    }
}
