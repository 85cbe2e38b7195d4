//! `/konferenser/{konferens}/`, `/dialogmoten/{turne}/{stopp}/`, `/temadagar/{serie}/{ar}/`: what is arranged, and how to
//! come to it. Afterwards: what was said.

use super::ask::Ask;
use super::calendar::Calendar;
use super::json_ld::event_json;
use super::plan::{Attendance, Contact, Place, Plan, Speaker};
use super::programme::Programme;
use super::when::{iso, moment, span};
use super::window::Window;
use super::words;
use super::{Address, Event, Kind, Occupancy};
use crate::desk::{Answer, Asked, Stop};
use crate::document::{Document, Head};
use crate::routes::{desk, paths};
use crate::services::Services;
use crate::text::capital::capital;
use crate::text::dates::swedish;
use crate::ui::crumbs::Crumb;
use crate::ui::external::External;
use crate::ui::notice::{Notice, Weight};
use crate::ui::paragraphs::Paragraphs;
use crate::ui::phone::Phone;
use jiff::civil::Date;
use leptos::prelude::*;
use std::sync::Arc;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let event = with_links(found(&asked).await?, asked.services.calendar.as_ref());
    let occupancy = asked.services.events.occupancy(&event).await?;
    let (today, window) = (asked.today, Window::of(&event, asked.now));
    Ok(Answer::page(move || shown(&event, occupancy, window, today)))
}

/// The event that the address names.
pub(super) async fn found(asked: &Asked) -> Result<Arc<Event>, Stop> {
    let address = Address::of(&asked.parts);
    asked.services.events.event(&address).await?.ok_or(Stop::Missing)
}

/// The same from the calendar, if that has caught up: there its texts have links to the law and to what they refer to by
/// name.
fn with_links(event: Arc<Event>, calendar: &dyn Calendar) -> Arc<Event> {
    let same = |known: &Arc<Event>| (known.version, known.cancelled_at) == (event.version, event.cancelled_at);
    calendar.event(&event.address).filter(same).unwrap_or(event)
}

/// The way here.
pub(super) fn crumbs(event: &Event) -> Vec<Crumb> {
    let series = match event.address.kind {
        Kind::Conference => None,
        Kind::DialogueMeeting => Some("Dialogmöten"),
        Kind::ThemeDay => Some("Temadagar"),
    };
    let series = series.map(|called| Crumb::new(desk::series(&event.address), called));
    std::iter::once(Crumb::new(paths::CALENDAR, "Kalender")).chain(series).collect()
}

/// What may stand in a window's title, which others may see.
pub(super) fn neutral_title(event: &Event) -> String {
    let kind = capital(event.address.kind.swedish());
    let day = swedish(event.plan.starts.date());
    match &event.plan.place {
        Some(place) => format!("{kind} i {}, {day}", place.town),
        None => format!("{kind}, {day}"),
    }
}

/// Headings have ids that no heading of the text is likely to get.
pub(crate) fn shown(event: &Arc<Event>, occupancy: Occupancy, window: Window, today: Date) -> impl IntoView + use<> {
    let (event, plan) = (Arc::clone(event), event.plan.clone());
    let base_url = Services::current().site.base_url.clone();
    let head = Head {
        title: neutral_title(&event),
        description: plan.lead.clone(),
        path: desk::event(&event.address),
        crumbs: crumbs(&event),
        standing: Some(if window == Window::Cancelled { "inställd".into() } else { "publicerad".into() }),
        hidden: plan.example,
        data: Some(event_json(&event, &base_url)),
        ..Head::default()
    };
    let whose = event.county.map_or_else(String::new, |county| format!(", {}", county.name));
    let afterwards = (window == Window::Over).then(|| afterwards(&event));
    let is_coming = !matches!(window, Window::Over | Window::Cancelled);
    let text = (!event.html.is_empty()).then(|| view! { <div class="text" inner_html=event.html.clone()></div> });
    view! {
        <Document head>
            <article class="event">
                <header>
                    <p class="stamp">{format!("{}{whose}", capital(event.address.kind.swedish()))}</p>
                    <h1>{plan.title.clone()}</h1>
                    <p class="lead">{plan.lead.clone()}</p>
                </header>
                {notices(&event, window)}
                {glance(&event, &occupancy, window)}
                {afterwards}
                {text}
                <Programme plan=plan.clone() occupancy=occupancy.clone() />
                {speakers(&plan.speakers)}
                {is_coming.then(|| places(&plan, &occupancy, today))}
                {plan.place.as_ref().map(way_there)}
                {is_coming.then(|| protected(&plan.contact))}
                {contact(&plan.contact)}
            </article>
        </Document>
    }
}

fn notices(event: &Event, window: Window) -> impl IntoView + use<> {
    let kind = event.address.kind.swedish();
    let contact = event.plan.contact.clone();
    let cancelled = (window == Window::Cancelled).then(|| {
        view! {
            <Notice weight=Weight::Warning title="Inställt">
                <p>"Det här är inställt. " <Ask contact /></p>
            </Notice>
        }
    });
    let example = event.plan.example.then(|| {
        view! {
            <Notice weight=Weight::Important title="Exempel: går inte att anmäla sig till">
                <p>{format!("Så här kan en {kind} se ut här. Den finns inte på riktigt, och ingen kan komma till den.")}</p>
            </Notice>
        }
    });
    view! { {cancelled} {example} }
}

/// When, where, for whom, at what price, and the way to register.
fn glance(event: &Event, occupancy: &Occupancy, window: Window) -> impl IntoView + use<> {
    let plan = &event.plan;
    let place = plan.place.as_ref().map(|place| {
        let named: Vec<&str> = [&place.name, &place.address, &place.town]
            .into_iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        let digital = if is_digital(plan) { " Du kan också delta digitalt." } else { "" };
        format!("{}.{digital}", named.join(", "))
    });
    let audiences: Vec<&str> = plan.audiences.iter().map(|audience| audience.name()).collect();
    let audiences = (!audiences.is_empty()).then(|| view! { <dt>"För vem"</dt><dd>{audiences.join(", ")}</dd> });
    let price = if plan.has_price() { "Beror på hur du deltar, se nedan." } else { "Det kostar inget att delta." };
    view! {
        <section class="glance" aria-labelledby="i-korthet-rubrik">
            <h2 id="i-korthet-rubrik">"I korthet"</h2>
            <dl>
                <dt>"När"</dt>
                <dd><time datetime=iso(plan.starts)>{capital(&span(plan.starts, plan.ends))}</time></dd>
                <dt>"Var"</dt>
                <dd>{place.unwrap_or_else(|| "Digitalt.".to_owned())}</dd>
                {audiences}
                <dt>"Pris"</dt>
                <dd>{price}</dd>
                <dt>"Anmälan"</dt>
                <dd>{registering(event, window)}</dd>
            </dl>
            {(window == Window::Open).then(|| way_in(event, occupancy))}
            {(window != Window::Cancelled).then(|| view! {
                <p><a href=desk::calendar_entry(&event.address) download>"Lägg in i din kalender (ics)"</a></p>
            })}
        </section>
    }
}

fn is_digital(plan: &Plan) -> bool {
    plan.tracks.iter().any(|track| track.attendance == Attendance::Digital)
}

fn registering(event: &Event, window: Window) -> String {
    let plan = &event.plan;
    match window {
        Window::Example => "Går inte: det här är ett exempel.".to_owned(),
        Window::Cancelled => "Det är inställt.".to_owned(),
        Window::NotYet => format!("Öppnar {} och stänger {}.", moment(plan.opens), moment(plan.closes)),
        Window::Open => format!("Är öppen till {}.", moment(plan.closes)),
        Window::Closed => format!("Stängde {}. {}", moment(plan.closes), words::ask(plan)),
        Window::Over => "Det här har redan varit.".to_owned(),
    }
}

fn way_in(event: &Event, occupancy: &Occupancy) -> impl IntoView + use<> {
    let plan = &event.plan;
    let is_full = plan.tracks.iter().all(|track| {
        let held = occupancy.tracks.get(&track.id).map_or(0, |taken| taken.held);
        track.seats.is_some_and(|seats| held >= seats)
    });
    let address = desk::register(&event.address);
    let invited = plan.by_invitation.then(|| view! { <p>"Du behöver koden som står i din inbjudan."</p> });
    let several = (plan.largest_party > 1).then(|| {
        let up_to = format!("Anmäl flera på en gång (upp till {})", plan.largest_party);
        view! { <a href=desk::register_several(&event.address, 2)>{up_to}</a> }
    });
    view! {
        {invited}
        <p class="side-by-side">
            <a class="button" href=address>{if is_full { "Ställ dig i kö" } else { "Anmäl dig" }}</a>
            " "
            {several}
        </p>
    }
}

/// What was said, and what is carried on.
fn afterwards(event: &Event) -> impl IntoView + use<> {
    let summary = (!event.summary_html.is_empty()).then(|| {
        view! {
            <section aria-labelledby="sammanfattning-rubrik">
                <h2 id="sammanfattning-rubrik">"Det här sades"</h2>
                <div class="text" inner_html=event.summary_html.clone()></div>
            </section>
        }
    });
    let questions =
        event.plan.open_questions.iter().map(|question| view! { <li>{question.clone()}</li> }).collect_view();
    let questions = (!event.plan.open_questions.is_empty()).then(|| {
        view! {
            <section aria-labelledby="fragor-rubrik">
                <h2 id="fragor-rubrik">"Frågor som går vidare"</h2>
                <ul>{questions}</ul>
            </section>
        }
    });
    view! { {summary} {questions} }
}

fn speakers(speakers: &[Speaker]) -> impl IntoView + use<> {
    let each = speakers.iter().map(|speaker| {
        let role =
            (!speaker.role.is_empty()).then(|| view! { <span class="aside">{format!(", {}", speaker.role)}</span> });
        view! { <li>{speaker.name.clone()} {role}</li> }
    });
    let each = each.collect_view();
    (!speakers.is_empty()).then(|| {
        view! {
            <section aria-labelledby="medverkande-rubrik">
                <h2 id="medverkande-rubrik">"Medverkande"</h2>
                <ul class="speakers">{each}</ul>
            </section>
        }
    })
}

/// Each way of taking part: how many places are left, how they are spread, and what they cost.
fn places(plan: &Plan, occupancy: &Occupancy, today: Date) -> impl IntoView + use<> {
    let tracks = plan.tracks.iter().map(|track| {
        let taken = occupancy.tracks.get(&track.id).cloned().unwrap_or_default();
        let limits =
            words::limits(plan, track, today).into_iter().map(|limit| view! { <li>{limit}</li> }).collect_view();
        let approval = track.approval.then(|| view! { <li>"Arrangören svarar på varje anmälan."</li> });
        view! {
            <li>
                <h3>{track.name.clone()}</h3>
                <p class="free">{words::places(track, &taken)}</p>
                <ul>
                    <li>{words::price(track)} "."</li>
                    {approval}
                    {limits}
                </ul>
            </li>
        }
    });
    let tracks = tracks.collect_view();
    let next = match plan.offer_hours {
        0 => "Är det fullt får du ett nummer i kön. Den som står först får platsen så fort någon lämnar återbud."
            .to_owned(),
        hours => format!(
            "Är det fullt får du ett nummer i kön. Lämnar någon återbud erbjuds platsen den som står först, som har {hours} \
             timmar på sig att svara. Bara vardagar kl.\u{a0}8–17 räknas."
        ),
    };
    let fee = plan.fee.as_ref().map(|fee| view! { <p>{words::fee(fee)}</p> });
    view! {
        <section aria-labelledby="platser-rubrik">
            <h2 id="platser-rubrik">"Platser"</h2>
            <ul class="tracks">{tracks}</ul>
            <p>{next}</p>
            {fee}
        </section>
    }
}

fn way_there(place: &Place) -> impl IntoView + use<> {
    let map = place.map.clone().map(|map| view! { <p><External href=map text="Visa på karta" /></p> });
    (map.is_some() || !place.travel.is_empty()).then(|| {
        view! {
            <section aria-labelledby="hitta-hit-rubrik">
                <h2 id="hitta-hit-rubrik">"Hitta hit"</h2>
                <Paragraphs text=place.travel.clone() />
                {map}
            </section>
        }
    })
}

/// How somebody whose name nobody may find comes all the same.
fn protected(contact: &Contact) -> impl IntoView + use<> {
    view! {
        <section aria-labelledby="skyddade-rubrik">
            <h2 id="skyddade-rubrik">"Skyddade personuppgifter"</h2>
            <ProtectedIdentity contact=contact.clone() />
        </section>
    }
}

/// Both ways, as the event's page and the form tell them.
#[component]
pub fn ProtectedIdentity(contact: Contact) -> impl IntoView {
    let by_phone = (!contact.phone.is_empty()).then(|| {
        view! {
            <p>
                "Har du skyddade personuppgifter kan du ringa i stället för att fylla i formuläret: "
                {contact.name.clone()} ", " <Phone number=contact.phone.clone() /> ". Säg att det gäller skyddade personuppgifter. \
                 Du får din plats i samma ögonblick som om du hade anmält dig här."
            </p>
        }
    });
    view! {
        {by_phone}
        <p>
            "Du kan också anmäla dig här och kryssa i att du har skyddade personuppgifter. Då väljer du själv vilket namn som ska stå på \
             namnskylt och listor, och hur arrangören når dig. Ditt riktiga namn sparas krypterat. Bara den som har det uppdraget kan \
             läsa det, och varje läsning skrivs upp."
        </p>
    }
}

fn contact(contact: &Contact) -> impl IntoView + use<> {
    let phone = (!contact.phone.is_empty()).then(|| view! { ", " <Phone number=contact.phone.clone() /> });
    view! {
        <section aria-labelledby="kontakt-rubrik">
            <h2 id="kontakt-rubrik">"Kontakt"</h2>
            <p>
                {contact.name.clone()} ", " <a href=format!("mailto:{}", contact.email)>{contact.email.clone()}</a> {phone}
            </p>
        </section>
    }
}
