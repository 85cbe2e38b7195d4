//! What is arranged, for programs: `GET /api/v1/konferenser`, and one of them. Numbers of places, never people.

use super::api::{Refusal, choice};
use super::door::Cause;
use super::search::CountySlug;
use crate::portal::{Portal, Snapshot};
use app::counties;
use app::events::calendar::{State as Life, is_digital, shown_title};
use app::events::json_ld::moment;
use app::events::plan::{Attendance, Track};
use app::events::wanted::Wanted;
use app::events::{Event, Kind, Occupancy};
use app::routes::{desk, paths};
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// Which events are wanted; everything narrows.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// Only of this kind.
    #[param(value_type = EventKind, inline, required = false)]
    typ: Option<String>,
    /// Only those that this county arranges.
    #[param(value_type = CountySlug, inline, required = false)]
    lan: Option<String>,
    /// Only those that begin in this month.
    #[param(value_type = String, required = false, pattern = "^20[0-9]{2}-(0[1-9]|1[0-2])$", example = "2027-03")]
    manad: Option<String>,
    /// `kommande`, as when left out: what has not ended before today; `alla`: also what has been.
    #[param(value_type = LifeSlug, inline, required = false)]
    status: Option<String>,
}

/// `status` as it may be asked for; the first is meant when it is left out.
const WANTED: [&str; 2] = ["kommande", "alla"];

choice!(EventKind, Kind::ALL.map(Kind::as_str));
choice!(LifeSlug, WANTED);
choice!(StateSlug, Life::ALL.map(Life::slug));

/// What is arranged, in the order in which it begins.
#[derive(Debug, Serialize, ToSchema)]
pub struct Arranged {
    /// How many there are.
    antal: usize,
    konferenser: Vec<Arrangement>,
}

/// A conference, a dialogue meeting or a theme day.
#[derive(Debug, Serialize, ToSchema)]
pub struct Arrangement {
    /// By which it is asked for here. A conference's own; of another its address, with full stops for slashes.
    #[schema(example = "dialogmoten.tillsammans-i-lanet.skovde")]
    slug: String,
    #[schema(format = "uri", example = "https://frid.example/dialogmoten/tillsammans-i-lanet/skovde/")]
    url: String,
    #[schema(value_type = EventKind, inline)]
    typ: &'static str,
    #[schema(example = "Dialogmöte i Skövde")]
    titel: String,
    ingress: String,
    /// Whose it is, as in addresses; empty for a national one.
    #[schema(example = "vastra-gotaland")]
    lan: &'static str,
    #[schema(format = "date-time", example = "2027-03-11T13:00:00+01:00")]
    borjar: String,
    #[schema(format = "date-time", example = "2027-03-11T16:00:00+01:00")]
    slutar: String,
    #[schema(value_type = StateSlug, inline)]
    status: &'static str,
    /// It shows what an event looks like; nobody can come to it.
    exempel: bool,
    /// Empty where it is digital only, as are `adress` and `ort`.
    #[schema(example = "Exempelsalen")]
    lokal: String,
    adress: String,
    #[schema(example = "Skövde")]
    ort: String,
    /// One can take part from elsewhere.
    digitalt: bool,
    #[schema(format = "date-time", example = "2027-01-25T09:00:00+01:00")]
    anmalan_oppnar: String,
    #[schema(format = "date-time", example = "2027-03-07T12:00:00+01:00")]
    anmalan_stanger: String,
    /// Only those who have been invited can register.
    bara_inbjudna: bool,
    /// The ways of taking part.
    deltagande: Vec<Participation>,
}

/// A way of taking part.
#[derive(Debug, Serialize, ToSchema)]
pub struct Participation {
    #[schema(example = "pa-plats")]
    id: String,
    #[schema(example = "På plats")]
    namn: String,
    digitalt: bool,
    /// Whole kronor; 0 is free.
    pris: u32,
    /// The organiser approves each, as for the press.
    godkanns: bool,
    /// How many places there are; null: as many as want.
    #[schema(required = true, example = 36)]
    platser: Option<u32>,
    /// How many of them are free at this moment, 0 once it is over; null: as many as want. Some may be reserved for
    /// organisations or counties.
    #[schema(required = true, example = 12)]
    kvar: Option<u32>,
}

/// One event, and what is on.
#[derive(Debug, Serialize, ToSchema)]
pub struct Whole {
    arrangemang: Arrangement,
    program: Vec<Item>,
}

/// A part of the programme; one with places is a workshop, which is chosen.
#[derive(Debug, Serialize, ToSchema)]
pub struct Item {
    #[schema(example = "elevhalsan")]
    id: String,
    #[schema(format = "date-time", example = "2027-03-11T12:45:00+01:00")]
    borjar: String,
    #[schema(format = "date-time", example = "2027-03-11T14:00:00+01:00")]
    slutar: String,
    titel: String,
    text: String,
    /// Of a workshop; null for what is for all.
    #[schema(required = true, example = 80)]
    platser: Option<u32>,
    /// How many of them are free at this moment, 0 once it is over.
    #[schema(required = true, example = 12)]
    kvar: Option<u32>,
}

/// Everything that is arranged
///
/// Conferences, dialogue meetings and theme days, with places left.
#[utoipa::path(
    get, path = paths::API_EVENTS, tag = "events", params(Asked),
    responses(
        (status = 200, description = "What is arranged; there may be nothing", body = Arranged),
        (status = 400, description = "A choice does not exist", body = Refusal),
    )
)]
pub async fn list(State(portal): State<Arc<Portal>>, asked: Result<Query<Asked>, QueryRejection>) -> Response {
    let (wanted, all) = match asked.map_err(|_| UNREADABLE.to_owned()).and_then(|asked| wanted(&asked)) {
        Ok(wanted) => wanted,
        Err(wrong) => return Refusal::new(wrong).into_response(),
    };
    let snapshot = portal.snapshot();
    let calendar = &snapshot.services.calendar;
    let events = if all { calendar.events().to_vec() } else { calendar.coming() };
    let mut konferenser = Vec::new();
    for event in events.iter().filter(|event| wanted.fits(event)) {
        match places(&snapshot, event).await {
            Ok(places) => konferenser.push(arrangement(event, &snapshot, places.as_ref())),
            Err(failed) => return failed,
        }
    }
    now(Json(Arranged { antal: konferenser.len(), konferenser }))
}

/// One event
///
/// With its programme, and places left in each workshop.
#[utoipa::path(
    get, path = paths::API_EVENT, tag = "events",
    params(("slug" = String, Path, description = "As in the list", example = "fran-oro-till-skydd")),
    responses(
        (status = 200, description = "The event", body = Whole),
        (status = 404, description = "There is no such event", body = Refusal),
    )
)]
pub async fn one(State(portal): State<Arc<Portal>>, Path(asked): Path<String>) -> Response {
    let snapshot = portal.snapshot();
    let Some(event) = snapshot.services.calendar.events().iter().find(|event| slug(event) == asked) else {
        return Refusal::missing("Det finns inget sådant arrangemang; hämta listan och ta en slug därifrån.")
            .into_response();
    };
    let places = match places(&snapshot, event).await {
        Ok(places) => places,
        Err(failed) => return failed,
    };
    let items = event.plan.programme.iter().map(|session| Item {
        id: session.id.clone(),
        borjar: moment(session.starts),
        slutar: moment(session.ends),
        titel: session.title.clone(),
        text: session.text.clone(),
        platser: session.seats,
        kvar: left(session.seats, places.as_ref().map(|places| places.counted.get(&session.id).copied().unwrap_or(0))),
    });
    now(Json(Whole { program: items.collect(), arrangemang: arrangement(event, &snapshot, places.as_ref()) }))
}

const UNREADABLE: &str = "Adressen går inte att läsa; skriv varje uppgift en gång.";

/// What is asked for, and whether what has been is too; or in Swedish what is wrong with it.
fn wanted(asked: &Asked) -> Result<(Wanted, bool), String> {
    let wanted = Wanted::read(|name| match name {
        "typ" => asked.typ.as_deref(),
        "lan" => asked.lan.as_deref(),
        _ => asked.manad.as_deref(),
    });
    if let Some(typ) = asked.typ.as_deref().filter(|_| wanted.kind.is_none()) {
        return Err(format!("typ={typ} finns inte; välj bland {}.", Kind::ALL.map(Kind::as_str).join(", ")));
    }
    if let Some(lan) = asked.lan.as_deref().filter(|slug| counties::find(slug).is_none()) {
        return Err(format!("lan={lan} finns inte; skriv till exempel skane."));
    }
    if let Some(manad) = asked.manad.as_deref().filter(|_| wanted.month.is_none()) {
        return Err(format!("manad={manad} går inte att läsa; skriv till exempel 2027-03."));
    }
    match asked.status.as_deref().unwrap_or(WANTED[0]) {
        status if status == WANTED[0] => Ok((wanted, false)),
        status if status == WANTED[1] => Ok((wanted, true)),
        status => Err(format!("status={status} finns inte; välj bland {}.", WANTED.join(", "))),
    }
}

/// How full it is at this moment; nothing once it is over, or cancelled.
async fn places(snapshot: &Snapshot, event: &Event) -> Result<Option<Occupancy>, Response> {
    if Life::of(event, snapshot.shelf.day) != Life::Coming {
        return Ok(None);
    }
    snapshot.services.events.occupancy(event).await.map(Some).map_err(|failure| {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(Cause(failure.0));
        response
    })
}

/// Of so many places, with so many taken; with nothing taken any more none is left.
fn left(places: Option<u32>, taken: Option<u32>) -> Option<u32> {
    places.map(|places| taken.map_or(0, |taken| places.saturating_sub(taken)))
}

fn arrangement(event: &Event, snapshot: &Snapshot, places: Option<&Occupancy>) -> Arrangement {
    let plan = &event.plan;
    let place = plan.place.clone();
    let (lokal, adress, ort) = place.map(|place| (place.name, place.address, place.town)).unwrap_or_default();
    let participation = |track: &Track| Participation {
        id: track.id.clone(),
        namn: track.name.clone(),
        digitalt: track.attendance == Attendance::Digital,
        pris: track.price,
        godkanns: track.approval,
        platser: track.seats,
        kvar: left(track.seats, places.map(|places| places.tracks.get(&track.id).map_or(0, |track| track.held))),
    };
    Arrangement {
        slug: slug(event),
        url: format!("{}{}", snapshot.services.site.base_url, desk::event(&event.address)),
        typ: event.address.kind.as_str(),
        titel: shown_title(event),
        ingress: plan.lead.clone(),
        lan: event.county.map_or("", |county| county.slug),
        borjar: moment(plan.starts),
        slutar: moment(plan.ends),
        status: Life::of(event, snapshot.shelf.day).slug(),
        exempel: plan.example,
        lokal,
        adress,
        ort,
        digitalt: is_digital(plan),
        anmalan_oppnar: moment(plan.opens),
        anmalan_stanger: moment(plan.closes),
        bara_inbjudna: plan.by_invitation,
        deltagande: plan.tracks.iter().map(participation).collect(),
    }
}

/// No slug holds a full stop.
fn slug(event: &Event) -> String {
    match event.address.kind {
        Kind::Conference => event.address.slug.clone(),
        Kind::DialogueMeeting | Kind::ThemeDay => desk::event(&event.address).trim_matches('/').replace('/', "."),
    }
}

/// Places come and go: what was true a moment ago is not kept.
fn now(answer: impl IntoResponse) -> Response {
    ([(header::CACHE_CONTROL, "no-store")], answer).into_response()
}
