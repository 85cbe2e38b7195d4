//! What is arranged, for those who come: the event, one's registration, the door, the certificate and the survey.

use crate::events::{Address, Kind};

pub const CONFERENCE: &str = "/konferenser/{konferens}/";
pub const CONFERENCE_FORM: &str = "/konferenser/{konferens}/anmalan";
pub const TOUR: &str = "/dialogmoten/{turne}/";
pub const DIALOGUE_MEETING: &str = "/dialogmoten/{turne}/{stopp}/";
pub const DIALOGUE_MEETING_FORM: &str = "/dialogmoten/{turne}/{stopp}/anmalan";
pub const SERIES: &str = "/temadagar/{serie}/";
pub const THEME_DAY: &str = "/temadagar/{serie}/{ar}/";
pub const THEME_DAY_FORM: &str = "/temadagar/{serie}/{ar}/anmalan";
/// Below an event: the event for somebody's own calendar.
pub const CALENDAR_ENTRY: &str = "kalender.ics";
/// One's own registration, for whoever has its link.
pub const REGISTRATION: &str = "/anmalan/{nyckel}/";
pub const PARTY: &str = "/anmalan/grupp/{nyckel}/";
/// A place that waits for a colleague.
pub const HAND_OVER: &str = "/anmalan/overta/{nyckel}/";
pub const CANCEL: &str = "/anmalan/{nyckel}/avboka";
pub const ANSWER_OFFER: &str = "/anmalan/{nyckel}/svar";
pub const SWITCH_TRACK: &str = "/anmalan/{nyckel}/byt";
pub const PICK_WORKSHOPS: &str = "/anmalan/{nyckel}/pass";
pub const MOVE_STOP: &str = "/anmalan/{nyckel}/flytta";
pub const CORRECT: &str = "/anmalan/{nyckel}/uppgifter";
pub const NEEDS: &str = "/anmalan/{nyckel}/behov";
pub const OFFER_PLACE: &str = "/anmalan/{nyckel}/overlat";
pub const CERTIFICATE_FILE: &str = "/anmalan/{nyckel}/intyg.pdf";
/// Those who come are let in here, by whoever has the link.
pub const DOOR: &str = "/incheckning/{nyckel}/";
pub const LET_IN: &str = "/incheckning/{nyckel}/in";
/// A door without anybody's name, kept by the browser for when there is no network.
pub const DOOR_OFFLINE: &str = "/incheckning/utan-nat";
/// What the code on a badge leads to.
pub const BADGE: &str = "/incheckning/person/{kod}";
pub const CERTIFICATES: &str = "/intyg/";
pub const CERTIFICATE: &str = "/intyg/{kod}/";
pub const SURVEY: &str = "/enkat/{nyckel}/";
pub const SURVEY_THANKS: &str = "/enkat/tack/";

filled! {
    registration(nyckel) = REGISTRATION;
    party(nyckel) = PARTY;
    hand_over(nyckel) = HAND_OVER;
    badge(kod) = BADGE;
    certificate(kod) = CERTIFICATE;
}

pub fn event(address: &Address) -> String {
    let path = match address.kind {
        Kind::Conference => CONFERENCE.replace("{konferens}", &address.slug),
        Kind::DialogueMeeting => DIALOGUE_MEETING.replace("{stopp}", &address.slug),
        Kind::ThemeDay => THEME_DAY.replace("{ar}", &address.slug),
    };
    path.replace("{turne}", &address.series).replace("{serie}", &address.series)
}

/// The tour or the series that an event is part of.
pub fn series(address: &Address) -> String {
    let path = if address.kind == Kind::DialogueMeeting { TOUR } else { SERIES };
    path.replace("{turne}", &address.series).replace("{serie}", &address.series)
}

/// Where somebody registers for an event.
pub fn register(address: &Address) -> String {
    format!("{}anmalan", event(address))
}

/// The same for so many at once.
pub fn register_several(address: &Address, persons: u32) -> String {
    format!("{}?antal={persons}", register(address))
}

pub fn calendar_entry(address: &Address) -> String {
    format!("{}{CALENDAR_ENTRY}", event(address))
}
