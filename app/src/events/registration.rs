//! `/anmalan/{nyckel}/`: where somebody stands, what they have chosen and what they can change, for whoever has the link.

use super::ask::Ask;
use super::change::changes;
use super::event_page::{crumbs, neutral_title};
use super::plan::{Attendance, Plan};
use super::questions;
use super::when::{iso, span};
use super::{Event, Kind, Occupancy, Registration, Standing, words};
use crate::certificates::fetch::certificate_link;
use crate::desk::{Answer, Asked, Faults, Fields, Stop};
use crate::document::{Document, Head};
use crate::routes::{desk, paths};
use crate::text::capital::capital;
use crate::text::dates::unix_time;
use crate::ui::crumbs::Crumb;
use crate::ui::external::External;
use crate::ui::field::FaultList;
use crate::ui::moment::Moment;
use crate::ui::notice::{Notice, Weight};
use crate::ui::paragraphs::Paragraphs;
use crate::ui::qr_code::{QrCode, QrPicture};
use leptos::prelude::*;
use std::sync::Arc;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    match own(&asked).await? {
        Some(registration) => shown(&asked, registration, 200, Told::default()).await,
        None => Ok(gone()),
    }
}

/// The registration that the link opens.
pub(super) async fn own(asked: &Asked) -> Result<Option<Registration>, Stop> {
    Ok(asked.services.events.registration(asked.part("nyckel")).await?)
}

/// What the page says besides what is so.
#[derive(Debug, Clone, Default)]
pub(super) struct Told {
    pub faults: Faults,
    /// What was typed into the form that could not be done.
    pub typed: Fields,
    /// By which a colleague takes the place over: shown this once.
    pub link: Option<String>,
}

/// All that the page is made of.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    pub token: String,
    pub registration: Registration,
    pub occupancy: Occupancy,
    /// Other stops of the same tour that can be gone to instead.
    pub stops: Vec<Arc<Event>>,
    pub told: Told,
    /// Something was saved just now.
    pub is_saved: bool,
    /// It has begun: nothing changes any more.
    pub has_begun: bool,
    /// Unix seconds.
    pub now: i64,
}

impl Shown {
    /// The door expects them in the room.
    fn is_awaited(&self) -> bool {
        let Registration { event, standing, track, came_at, .. } = &self.registration;
        let on_site = event.plan.track(track).is_some_and(|track| track.attendance == Attendance::OnSite);
        let is_over = self.now >= unix_time(event.plan.ends);
        *standing == Standing::Seated && on_site && came_at.is_none() && event.cancelled_at.is_none() && !is_over
    }
}

pub(super) async fn shown(asked: &Asked, registration: Registration, status: u16, told: Told) -> Result<Answer, Stop> {
    let event = Arc::clone(&registration.event);
    let shown = Shown {
        token: asked.part("nyckel").to_owned(),
        occupancy: asked.services.events.occupancy(&event).await?,
        stops: stops(asked, &registration),
        is_saved: told.faults.is_empty() && asked.query.has("sparat"),
        has_begun: asked.now >= unix_time(event.plan.starts),
        now: asked.now,
        registration,
        told,
    };
    let address = format!("{}{}", asked.services.site.base_url, desk::badge(&shown.registration.badge));
    let code = shown.is_awaited().then(|| asked.services.door.qr_code(&address)).flatten();
    Ok(Answer::page_with(status, move || view(shown, code)))
}

/// Where somebody who is to come to one stop of a tour could go instead.
fn stops(asked: &Asked, registration: &Registration) -> Vec<Arc<Event>> {
    let here = &registration.event.address;
    // Who waits for the organiser's word waits for it here.
    if here.kind != Kind::DialogueMeeting || registration.standing == Standing::Applied {
        return Vec::new();
    }
    let mut stops = asked.services.calendar.in_series(here.kind, &here.series);
    stops
        .retain(|stop| stop.address != *here && stop.cancelled_at.is_none() && asked.now < unix_time(stop.plan.starts));
    stops
}

/// In the same words whether the link has ended or never was.
pub(super) fn gone() -> Answer {
    Answer::page_with(410, || {
        view! {
            <Document head=Head { title: "Länken gäller inte".into(), hidden: true, ..Head::default() }>
                <h1>"Länken gäller inte längre"</h1>
                <p class="lead">"Platsen kan ha gått över till någon annan, eller så har länken redan använts."</p>
                <p>"Leta efter det senaste mejlet om anmälan. Hittar du inget, fråga den som arrangerar." " " <a href=paths::CONTACT>"Kontakt"</a></p>
            </Document>
        }
    })
}

/// Of pages that a link opens: without an address, which would be printed and shown with the key in it.
pub(super) fn private_head(event: &Event, title: &str) -> Head {
    let mut crumbs = crumbs(event);
    crumbs.push(Crumb::new(desk::event(&event.address), neutral_title(event)));
    Head {
        title: title.into(), description: "För dig som har länken.".into(), crumbs, hidden: true, ..Head::default()
    }
}

fn view(shown: Shown, code: Option<QrCode>) -> impl IntoView {
    let registration = shown.registration.clone();
    let event = Arc::clone(&registration.event);
    let title = if shown.told.faults.is_empty() { "Din anmälan" } else { "Rätta din anmälan" };
    let head = private_head(&event, title);
    let saved = shown.is_saved.then(|| view! { <p class="saved" role="status">"Det är sparat."</p> });
    let cancelled = event.cancelled_at.is_some().then(|| {
        let contact = event.plan.contact.clone();
        view! { <Notice weight=Weight::Warning title="Inställt"><p>"Det här är inställt. " <Ask contact /></p></Notice> }
    });
    let (faults, link, token) = (shown.told.faults.clone(), shown.told.link.clone(), shown.token.clone());
    let can_change = !registration.standing.is_ended() && event.cancelled_at.is_none();
    view! {
        <Document head>
            <article class="event registration">
                <header>
                    <h1>"Din anmälan"</h1>
                    <p class="lead">{words::standing(&registration)}</p>
                </header>
                {saved}
                <FaultList faults />
                {link.map(hand_over_link)}
                {cancelled}
                {(can_change && !shown.has_begun).then(|| offer(&registration, &token))}
                {certificate_link(&registration, &token, shown.now)}
                {line(&registration)}
                {missed(&registration)}
                {what(&event, &registration)}
                {code.map(|code| at_the_door(code, &registration.badge))}
                {chosen(&registration)}
                {letters(&registration)}
                {can_change.then(|| changes(&shown))}
                {keep(&registration)}
            </article>
        </Document>
    }
}

fn at_the_door(code: QrCode, badge: &str) -> impl IntoView + use<> {
    let spelled = format!("{}-{}", &badge[..badge.len() / 2], &badge[badge.len() / 2..]);
    view! {
        <section aria-labelledby="dorren">
            <h2 id="dorren">"När du kommer"</h2>
            <p>"Visa koden i dörren, eller säg ditt namn. Koden säger inget om vem du är."</p>
            <QrPicture code about=format!("QR-kod till insläppet. Samma kod med tecken: {spelled}.") />
            <p><code>{spelled}</code></p>
        </section>
    }
}

fn offer(registration: &Registration, token: &str) -> Option<impl IntoView + use<>> {
    let until = registration.offer_until?;
    let action = desk::opened(desk::ANSWER_OFFER, token);
    (registration.standing == Standing::Offered).then(|| {
        view! {
            <section class="offer" aria-labelledby="erbjudandet">
                <h2 id="erbjudandet">"Vill du ha platsen?"</h2>
                <p>"Svara senast " <strong><Moment seconds=until /></strong> ". Efter det går den vidare till nästa i kön."</p>
                <form method="post" action=action>
                    <button name="svar" value="ja">"Ja, jag tar platsen"</button>
                    " "
                    <button name="svar" value="nej" class="quiet">"Nej tack"</button>
                </form>
            </section>
        }
    })
}

/// Where in line, and why the next place is not theirs.
fn line(registration: &Registration) -> Option<impl IntoView + use<>> {
    let line = registration.line?;
    let told =
        words::in_line(registration, &line).into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view();
    let mailed = (!registration.email.is_empty()).then(|| view! { <p>"Du får ett mejl när du kan få en plats."</p> });
    Some(view! {
        <section aria-labelledby="kon">
            <h2 id="kon">"Så ligger du till i kön"</h2>
            {told}
            {mailed}
        </section>
    })
}

/// What was full when the place was given.
fn missed(registration: &Registration) -> Option<impl IntoView + use<>> {
    let plan = &registration.event.plan;
    let names: Vec<String> = registration.missed.iter().map(|item| format!("”{}”", item_name(plan, item))).collect();
    (!names.is_empty()).then(|| {
        let told =
            format!("{} hann bli fullt innan du fick din plats. Välj gärna något annat nedanför.", names.join(" och "));
        view! { <Notice weight=Weight::Important title="Något du valde är fullt"><p>{told}</p></Notice> }
    })
}

/// What a workshop or an answer of which there are only so many is called.
fn item_name(plan: &Plan, item: &str) -> String {
    let answer = || {
        plan.questions.iter().find_map(|question| {
            question
                .choices
                .iter()
                .find(|choice| question.counted(&choice.id) == item)
                .map(|choice| choice.label.clone())
        })
    };
    plan.session(item).map(|session| session.title.clone()).or_else(answer).unwrap_or_else(|| item.to_owned())
}

fn what(event: &Event, registration: &Registration) -> impl IntoView + use<> {
    let plan = &event.plan;
    let place = plan.place.as_ref().map(|place| {
        let named: Vec<&str> = [&place.name, &place.address, &place.town]
            .into_iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        named.join(", ")
    });
    let track = plan.track(&registration.track);
    let is_digital = track.is_some_and(|track| track.attendance == Attendance::Digital);
    let broadcast = track
        .filter(|track| is_digital && registration.standing == Standing::Seated && !track.broadcast.is_empty())
        .map(|track| match track.broadcast.starts_with("https://") {
            true => view! { <External href=track.broadcast.clone() text="Till sändningen" /> }.into_any(),
            false => track.broadcast.clone().into_any(),
        });
    let place = match (is_digital, place) {
        (false, Some(place)) => place.into_any(),
        _ => view! { "Digitalt. " {broadcast} }.into_any(),
    };
    view! {
        <section class="glance" aria-labelledby="anmald-till">
            <h2 id="anmald-till">{plan.title.clone()}</h2>
            <dl>
                <dt>"När"</dt>
                <dd><time datetime=iso(plan.starts)>{capital(&span(plan.starts, plan.ends))}</time></dd>
                <dt>"Var"</dt>
                <dd>{place}</dd>
            </dl>
            <p class="side-by-side">
                <a href=desk::event(&event.address)>"Program och hur du hittar"</a>
                " "
                <a href=desk::calendar_entry(&event.address) download>"Lägg in i din kalender (ics)"</a>
            </p>
        </section>
    }
}

fn chosen(registration: &Registration) -> impl IntoView + use<> {
    let plan = &registration.event.plan;
    let mut lines: Vec<(String, String)> = Vec::new();
    let mut add = |called: &str, value: String| {
        if !value.is_empty() {
            lines.push((called.to_owned(), value));
        }
    };
    add("Namn", registration.name.clone());
    add("E-post", registration.email.clone());
    add("Yrke eller uppdrag", registration.role.clone());
    add("Organisation", registration.organisation.clone());
    add("Län", registration.county.map(|county| county.name.to_owned()).unwrap_or_default());
    add("Deltar", plan.track(&registration.track).map(|track| track.name.clone()).unwrap_or_default());
    let workshops: Vec<&str> =
        registration.workshops.iter().filter_map(|id| plan.session(id)).map(|session| session.title.as_str()).collect();
    add("Pass", workshops.join(", "));
    for question in &plan.questions {
        add(&question.label, answered(question, registration));
    }
    if registration.has_needs {
        add("Kost och tillgänglighet", "Arrangören har fått det du skrev.".into());
    }
    if registration.is_protected {
        add("Skyddade personuppgifter", "Ja. Ditt riktiga namn visas inte, inte ens här.".into());
    }
    let lines = lines
        .into_iter()
        .map(|(called, value)| view! { <dt>{called}</dt><dd class="as-typed">{value}</dd> })
        .collect_view();
    view! {
        <section aria-labelledby="valt">
            <h2 id="valt">"Det här har du skrivit och valt"</h2>
            <dl>{lines}</dl>
        </section>
    }
}

fn answered(question: &questions::Question, registration: &Registration) -> String {
    let given = registration.answers.get(&question.id).map(Vec::as_slice).unwrap_or_default();
    let label = |given: &String| {
        question
            .choices
            .iter()
            .find(|choice| choice.id == *given)
            .map_or_else(|| given.clone(), |choice| choice.label.clone())
    };
    given.iter().map(label).collect::<Vec<_>>().join(", ")
}

fn letters(registration: &Registration) -> Option<impl IntoView + use<>> {
    let lines = registration.letters.iter().map(|letter| {
        view! { <li>{format!("{}: {}.", words::letter(&letter.kind), words::fate(letter.standing))}</li> }
    });
    let lines = lines.collect_view();
    (!registration.letters.is_empty()).then(|| {
        view! {
            <section aria-labelledby="mejlen">
                <h2 id="mejlen">"Mejl till dig"</h2>
                <ul>{lines}</ul>
            </section>
        }
    })
}

/// Shown once: only what it is made from is kept.
fn hand_over_link(link: String) -> impl IntoView {
    let address = format!("{}{}", crate::services::Services::current().site.base_url, desk::hand_over(&link));
    let days = super::keeping::HAND_OVER_DAYS;
    view! {
        <div class="notice notice-important" role="status">
            <p class="notice-title">"Länken är klar"</p>
            <p>
                {format!("Ge den här länken till din kollega. Den visas bara nu, gäller i {days} dagar och kan användas en gång. \
                          Du har kvar platsen tills kollegan har tagit över den.")}
            </p>
            <p><code class="secret">{address}</code></p>
        </div>
    }
}

fn keep(registration: &Registration) -> impl IntoView + use<> {
    let text = if registration.email.is_empty() {
        "Spara adressen till den här sidan, till exempel som ett bokmärke: vi har ingen e-post att skicka den till."
    } else {
        "Länken till den här sidan står i mejlet som du får."
    };
    let several = if registration.in_party { " Den som anmälde er kan också ändra här." } else { "" };
    view! { <Paragraphs text=format!("{text} Den som har länken kan se och ändra anmälan, så ge den inte till någon annan.{several}") /> }
}
