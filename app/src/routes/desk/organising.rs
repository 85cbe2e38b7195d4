//! The organisers' desk, with the doors and surveys of its events.

pub const EVENTS: &str = "/redaktion/konferenser/";
pub const NEW_EVENT: &str = "/redaktion/konferenser/ny/";
pub const ORGANISED_TOUR: &str = "/redaktion/konferenser/turne/{turne}/";
pub const INVITED: &str = "/redaktion/konferenser/turne/{turne}/inbjudna";
pub const UNINVITE: &str = "/redaktion/konferenser/turne/{turne}/inbjudna/ta-bort";
pub const WRITE_TO_INVITED: &str = "/redaktion/konferenser/turne/{turne}/skriv";
pub const CARRY_ON: &str = "/redaktion/konferenser/turne/{turne}/ta-vidare";
pub const ORGANISED: &str = "/redaktion/konferenser/{arrangemang}/";
pub const STEP: &str = "/redaktion/konferenser/{arrangemang}/steg";
pub const PLAN: &str = "/redaktion/konferenser/{arrangemang}/uppgifter/";
pub const EVENT_PREVIEW: &str = "/redaktion/konferenser/{arrangemang}/forhandsvisa/";
pub const REGISTERED: &str = "/redaktion/konferenser/{arrangemang}/anmalda/";
pub const BY_PHONE: &str = "/redaktion/konferenser/{arrangemang}/anmalda/ny/";
pub const REGISTERED_ONE: &str = "/redaktion/konferenser/{arrangemang}/anmalda/{anmalan}/";
pub const HANDLE: &str = "/redaktion/konferenser/{arrangemang}/anmalda/{anmalan}/atgard";
pub const REAL_NAME: &str = "/redaktion/konferenser/{arrangemang}/anmalda/{anmalan}/namn";
pub const MESSAGES: &str = "/redaktion/konferenser/{arrangemang}/meddelanden/";
pub const SEND_MESSAGE: &str = "/redaktion/konferenser/{arrangemang}/meddelanden/skicka";
pub const LISTS: &str = "/redaktion/konferenser/{arrangemang}/listor/";
pub const SHEET: &str = "/redaktion/konferenser/{arrangemang}/listor/tabell";
pub const PRINT: &str = "/redaktion/konferenser/{arrangemang}/listor/utskrift";
pub const CATERING: &str = "/redaktion/konferenser/{arrangemang}/kost/";
pub const CATERING_WORDS: &str = "/redaktion/konferenser/{arrangemang}/kost/egna-ord";
pub const STATISTICS: &str = "/redaktion/konferenser/{arrangemang}/statistik/";
pub const FINANCE: &str = "/redaktion/konferenser/{arrangemang}/ekonomi/";
pub const FINANCE_SHEET: &str = "/redaktion/konferenser/{arrangemang}/ekonomi/tabell";
pub const DOOR_DESK: &str = "/redaktion/konferenser/{arrangemang}/inslapp/";
pub const OPEN_DOOR: &str = "/redaktion/konferenser/{arrangemang}/inslapp/oppna";
pub const CLOSE_DOOR: &str = "/redaktion/konferenser/{arrangemang}/inslapp/stang";
pub const SURVEY_DESK: &str = "/redaktion/konferenser/{arrangemang}/enkat/";
pub const SURVEY_SHEET: &str = "/redaktion/konferenser/{arrangemang}/enkat/tabell";

/// One of the addresses above that belong to an event.
pub fn of_event(path: &str, id: &str) -> String {
    path.replace("{arrangemang}", id)
}

/// One of those that belong to a registration.
pub fn of_registration(path: &str, event: &str, id: &str) -> String {
    of_event(path, event).replace("{anmalan}", id)
}

/// One of those that belong to a tour.
pub fn of_tour(path: &str, slug: &str) -> String {
    path.replace("{turne}", slug)
}
