//! What somebody changes about their registration: an answer to an offer, workshops, the way of taking part, the stop,
//! what is written about them, what they need, and who comes instead of them.

use super::application::{self, LONGEST_ROLE, needs_invoice};
use super::application_form::{NeedsFields, workshop_boxes};
use super::ask::Ask;
use super::plan::Track;
use super::reader::Reader;
use super::registration::{self, Shown, Told, gone, own};
use super::when::span;
use super::{Address, Deed, DeedRefusal, Registration, Standing, words};
use crate::desk::{Answer, Asked, Faults, Stop};
use crate::routes::desk;
use crate::ui::field::{BoxesField, Choice, Pick, TextField};
use leptos::prelude::*;

/// Yes or no to a place that is held.
pub async fn answer_offer(asked: Asked) -> Result<Answer, Stop> {
    let deed = match asked.form.get("svar") {
        "ja" => Deed::AcceptOffer,
        "nej" => Deed::DeclineOffer,
        _ => return refused(&asked, |_| Faults::one("", "Välj om du vill ha platsen eller inte.")).await,
    };
    act(&asked, deed, "").await
}

pub async fn switch_track(asked: Asked) -> Result<Answer, Stop> {
    let Some(registration) = own(&asked).await? else { return Ok(gone()) };
    let track = asked.form.get("deltagande").to_owned();
    if !others(&registration).any(|other| other.id == track) {
        return refused(&asked, |_| Faults::one("deltagande", "Välj hur du vill delta i stället.")).await;
    }
    act(&asked, Deed::Switch { track }, "deltagande").await
}

pub async fn pick_workshops(asked: Asked) -> Result<Answer, Stop> {
    let Some(registration) = own(&asked).await? else { return Ok(gone()) };
    let mut read = Reader::new(&asked.form);
    let workshops = application::workshops(&mut read, &registration.event.plan, "pass");
    let faults = read.faults;
    if !faults.is_empty() {
        return refused(&asked, |_| faults).await;
    }
    act(&asked, Deed::Repick { workshops }, "pass").await
}

pub async fn move_stop(asked: Asked) -> Result<Answer, Stop> {
    let Some(registration) = own(&asked).await? else { return Ok(gone()) };
    let slug = asked.form.get("stopp").to_owned();
    if slug.is_empty() {
        return refused(&asked, |_| Faults::one("stopp", "Välj vart du vill flytta.")).await;
    }
    let to = Address { slug, ..registration.event.address.clone() };
    act(&asked, Deed::Move { to }, "stopp").await
}

pub async fn correct(asked: Asked) -> Result<Answer, Stop> {
    let mut read = Reader::new(&asked.form);
    let name = read.name("namn", Some("Skriv namnet."));
    let email = read.email("epost", Some("Skriv e-postadressen."));
    let role = read.line("roll", LONGEST_ROLE);
    let faults = read.faults;
    match (name, email) {
        (Some(name), Some(email)) if faults.is_empty() => act(&asked, Deed::Correct { name, email, role }, "").await,
        _ => refused(&asked, |_| faults).await,
    }
}

pub async fn need(asked: Asked) -> Result<Answer, Stop> {
    let mut read = Reader::new(&asked.form);
    let needs = application::needs(&mut read);
    let is_asked_to_delete = !read.get("radera").is_empty();
    let mut faults = read.faults;
    if is_asked_to_delete {
        return act(&asked, Deed::Need(super::Needs::default()), "").await;
    }
    if needs.is_empty() {
        faults.add("kost", "Skriv vad du behöver, eller välj att radera det du skrev förut.");
    }
    if !faults.is_empty() {
        return refused(&asked, |_| faults).await;
    }
    act(&asked, Deed::Need(needs), "").await
}

/// Makes a link, which is shown this once.
pub async fn offer_place(asked: Asked) -> Result<Answer, Stop> {
    match asked.services.events.offer_place(asked.part("nyckel")).await? {
        Ok(link) => match own(&asked).await? {
            Some(registration) => {
                registration::shown(&asked, registration, 200, Told { link: Some(link), ..Told::default() }).await
            }
            None => Ok(gone()),
        },
        Err(refusal) => not_done(&asked, &refusal, "").await,
    }
}

/// Does it and shows the page; or says why not, beside `field`, with what was typed.
pub(super) async fn act(asked: &Asked, deed: Deed, field: &str) -> Result<Answer, Stop> {
    let token = asked.part("nyckel");
    let done = Ok(Answer::Redirect(format!("{}?sparat", desk::registration(token))));
    let ends = matches!(deed, Deed::Cancel | Deed::DeclineOffer);
    match asked.services.events.act(token, deed).await? {
        Ok(()) => done,
        // A button that was pressed twice.
        Err(DeedRefusal::Ended) if ends && is_cancelled(asked).await? => done,
        Err(refusal) => not_done(asked, &refusal, field).await,
    }
}

async fn is_cancelled(asked: &Asked) -> Result<bool, Stop> {
    Ok(own(asked).await?.is_some_and(|registration| registration.standing == Standing::Cancelled))
}

async fn not_done(asked: &Asked, refusal: &DeedRefusal, field: &str) -> Result<Answer, Stop> {
    // What has ended has no field any more.
    let field = if matches!(refusal, DeedRefusal::Ended | DeedRefusal::TooLate) { "" } else { field };
    refused(asked, |registration| Faults::one(field, words::not_done(registration, refusal))).await
}

async fn refused(asked: &Asked, faults: impl FnOnce(&Registration) -> Faults) -> Result<Answer, Stop> {
    let Some(registration) = own(asked).await? else { return Ok(gone()) };
    let told = Told { faults: faults(&registration), typed: asked.form.clone(), ..Told::default() };
    registration::shown(asked, registration, 422, told).await
}

/// Other ways of taking part that can be changed to here: those that need no word of the organiser, and no bill that
/// nobody has asked about.
fn others(registration: &Registration) -> impl Iterator<Item = &Track> {
    let plan = &registration.event.plan;
    let has_invoice = plan.track(&registration.track).is_some_and(|track| needs_invoice(plan, track));
    let is_free = registration.standing != Standing::Applied;
    plan.tracks.iter().filter(move |track| {
        is_free && track.id != registration.track && !track.approval && (has_invoice || !needs_invoice(plan, track))
    })
}

/// Everything that can be changed, each folded until it is wanted or has to be put right.
pub(super) fn changes(shown: &Shown) -> AnyView {
    if shown.has_begun {
        let contact = shown.registration.event.plan.contact.clone();
        return view! { <p>"Det har börjat, så nu går det inte att ändra något här. " <Ask contact /></p> }.into_any();
    }
    view! {
        <section class="changes" aria-labelledby="andra">
            <h2 id="andra">"Ändra"</h2>
            {workshops(shown)}
            {tracks(shown)}
            {stops(shown)}
            {person(shown)}
            {needs(shown)}
            {colleague(shown)}
            <p><a href=desk::opened(desk::CANCEL, &shown.token)>"Avboka"</a></p>
        </section>
    }
    .into_any()
}

/// One of them. `fields` are those that may have to be put right.
fn folded<F: IntoView + 'static>(
    shown: &Shown,
    path: &str,
    title: &'static str,
    fields: &[&str],
    form: F,
) -> impl IntoView + use<F> {
    let open = fields.iter().any(|field| shown.told.faults.of(field).is_some());
    let (action, form) = (desk::opened(path, &shown.token), form.into_any());
    view! {
        <details open=open>
            <summary>{title}</summary>
            <form method="post" action=action class="application" novalidate>{form}</form>
        </details>
    }
}

fn workshops(shown: &Shown) -> Option<impl IntoView + use<>> {
    let (registration, faults) = (&shown.registration, &shown.told.faults);
    let fault = faults.of("pass");
    let typed: Vec<String> = shown.told.typed.all("pass").map(str::to_owned).collect();
    let chosen = if fault.is_some() { &typed } else { &registration.workshops };
    let boxes = workshop_boxes(&registration.event.plan, &shown.occupancy, "pass", chosen, fault)?;
    let form = view! {
        <p>"Är något du kryssar i fullt ändras inget: du har kvar de pass du hade."</p>
        {boxes}
        <button>"Spara passen"</button>
    };
    Some(folded(shown, desk::PICK_WORKSHOPS, "Byt pass", &["pass"], form))
}

fn tracks(shown: &Shown) -> Option<impl IntoView + use<>> {
    let registration = &shown.registration;
    let choices: Vec<Choice> = others(registration)
        .map(|track| {
            let taken = shown.occupancy.tracks.get(&track.id).cloned().unwrap_or_default();
            let about = format!("{}. {}.", words::places(track, &taken), words::price(track));
            let is_chosen = shown.told.typed.get("deltagande") == track.id;
            Choice { value: track.id.clone(), label: track.name.clone(), about, is_chosen }
        })
        .collect();
    let what_happens = match registration.standing {
        Standing::Waiting => {
            "Du lämnar kön som du står i. Finns det ingen plats där du byter till hamnar du sist i den kön."
        }
        _ => "Du byter bara om det finns en plats. Annars har du kvar den du har.",
    };
    (!choices.is_empty()).then(|| {
        let form = view! {
            <BoxesField name="deltagande" legend="Delta så här i stället" pick=Pick::One choices help=what_happens
                fault=shown.told.faults.of("deltagande") />
            <button>"Byt"</button>
        };
        folded(shown, desk::SWITCH_TRACK, "Delta på ett annat sätt", &["deltagande"], form)
    })
}

fn stops(shown: &Shown) -> Option<impl IntoView + use<>> {
    let choices: Vec<Choice> = shown
        .stops
        .iter()
        .map(|stop| {
            let town = stop.plan.place.as_ref().map_or_else(|| stop.plan.title.clone(), |place| place.town.clone());
            let about = format!("{}.", crate::text::capital::capital(&span(stop.plan.starts, stop.plan.ends)));
            let is_chosen = shown.told.typed.get("stopp") == stop.address.slug;
            Choice { value: stop.address.slug.clone(), label: town, about, is_chosen }
        })
        .collect();
    (!choices.is_empty()).then(|| {
        let form = view! {
            <BoxesField name="stopp" legend="Kom hit i stället" pick=Pick::One choices
                help="Du flyttar bara om det finns en plats. Annars har du kvar den du har." fault=shown.told.faults.of("stopp") />
            <button>"Flytta"</button>
        };
        folded(shown, desk::MOVE_STOP, "Kom till en annan ort", &["stopp"], form)
    })
}

fn person(shown: &Shown) -> impl IntoView + use<> {
    let (registration, told) = (&shown.registration, &shown.told);
    let is_typed = ["namn", "epost", "roll"].iter().any(|field| told.faults.of(field).is_some());
    let value = |field: &str, known: &str| if is_typed { told.typed.get(field).to_owned() } else { known.to_owned() };
    let name_label = if registration.is_protected { "Namnet som andra får se" } else { "Namn" };
    let form = view! {
        <TextField name="namn" label=name_label value=value("namn", &registration.name) longest=120 autocomplete="name" fault=told.faults.of("namn") />
        <TextField name="epost" label="E-post" kind="email" value=value("epost", &registration.email) autocomplete="email" fault=told.faults.of("epost") />
        <TextField name="roll" label="Yrke eller uppdrag (frivilligt)" value=value("roll", &registration.role) longest=LONGEST_ROLE
            autocomplete="organization-title" required=false fault=told.faults.of("roll") />
        <button>"Spara uppgifterna"</button>
    };
    folded(shown, desk::CORRECT, "Rätta namn och e-post", &["namn", "epost", "roll"], form)
}

fn needs(shown: &Shown) -> Option<impl IntoView + use<>> {
    let (plan, told) = (&shown.registration.event.plan, &shown.told);
    let before = shown.registration.has_needs.then(|| {
        view! { <p>"Arrangören har det du skrev förut. Det visas inte här, för den som har länken ska inte kunna läsa det. Skriver du något nytt ersätter det allt."</p> }
    });
    let delete = shown.registration.has_needs.then(|| {
        view! { " " <button name="radera" value="ja" class="quiet">"Radera det jag skrev"</button> }
    });
    plan.asks_needs.then(|| {
        let form = view! {
            {before}
            <NeedsFields plan=plan.clone() diet=told.typed.get("kost") access=told.typed.get("tillganglighet") faults=told.faults.clone() />
            <p class="side-by-side"><button>"Spara det jag behöver"</button> {delete}</p>
        };
        folded(shown, desk::NEEDS, "Kost och tillgänglighet", &["kost", "tillganglighet"], form)
    })
}

fn colleague(shown: &Shown) -> Option<impl IntoView + use<>> {
    let registration = &shown.registration;
    let fee = registration.event.plan.fee.as_ref().map_or("", |_| " Det kostar inget.");
    (registration.standing == Standing::Seated).then(|| {
        let form = view! {
            <p>
                {format!("Du får en länk att ge till en kollega i samma organisation. När kollegan tar över platsen upphör din, och det du \
                          har skrivit om kost och tillgänglighet raderas.{fee}")}
            </p>
            <button>"Skapa en länk"</button>
        };
        folded(shown, desk::OFFER_PLACE, "Låt en kollega ta över platsen", &[], form)
    })
}
