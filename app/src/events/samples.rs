//! A conference for the tests of the rules.

use super::plan::Plan;
use super::{Address, Event, Kind};

/// Two tracks, of which one costs something; three workshops, of which two are at the same time; two questions, of which
/// one is asked only of some.
pub fn a_plan() -> Plan {
    let plan = r#"{
        "title": "Samverkan i länet", "lead": "En dag om samverkan.",
        "starts": "2027-03-12T09:00:00", "ends": "2027-03-12T16:00:00",
        "place": {"name": "Folkets hus", "town": "Göteborg"},
        "programme": [
            {"id": "inledning", "starts": "2027-03-12T09:00:00", "ends": "2027-03-12T10:00:00", "title": "Inledning"},
            {"id": "samtal", "starts": "2027-03-12T13:00:00", "ends": "2027-03-12T14:30:00", "title": "Samtalet", "seats": 20},
            {"id": "skydd", "starts": "2027-03-12T13:00:00", "ends": "2027-03-12T14:00:00", "title": "Skyddet", "seats": 20},
            {"id": "barn", "starts": "2027-03-12T14:30:00", "ends": "2027-03-12T15:30:00", "title": "Barnen", "seats": 20}
        ],
        "tracks": [
            {"id": "plats", "name": "På plats", "attendance": "on-site", "seats": 340},
            {"id": "hem", "name": "På distans", "attendance": "digital", "price": 200}
        ],
        "opens": "2027-01-11T09:00:00", "closes": "2027-03-01T00:00:00",
        "questions": [
            {"id": "resa", "label": "Hur reser du?", "kind": "one", "choices": [{"id": "tag", "label": "Tåg"}, {"id": "buss", "label": "Buss"}]},
            {"id": "hallplats", "label": "Var stiger du på?", "kind": "text", "required": true,
             "only_if": {"question": "resa", "choice": "buss"}}
        ],
        "asks_needs": true, "largest_party": 5,
        "contact": {"name": "Konferenskansliet", "email": "konferens@lansstyrelsen.example", "phone": "010-000 00 00"}
    }"#;
    serde_json::from_str(plan).unwrap()
}

pub fn an_event() -> Event {
    Event {
        id: "e".into(),
        address: Address { kind: Kind::Conference, series: String::new(), slug: "samverkan-2027".into() },
        county: None,
        version: 1,
        plan: a_plan(),
        html: String::new(),
        summary_html: String::new(),
        published_at: Some(0),
        cancelled_at: None,
    }
}
