//! Whether a plan holds together: what cannot be, and what nobody could register for. Asked by the editor before
//! publishing and of the files that ship.

use super::placement::group;
use super::plan::{Attendance, LimitedBy, Plan, Session, Track};
use super::questions::{Kind, Question};
use crate::accounts::person::Email;
use crate::text::slug::is_slug;
use jiff::civil::DateTime;
use std::collections::BTreeSet;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where in the plan, as its JSON has it: `closes`, `programme.2.ends`. Places in lists count from 0.
    pub field: String,
    /// What to do, in Swedish sentences.
    pub words: String,
}

/// Everything that must be mended before anybody meets the plan, in its own order.
pub fn faults(plan: &Plan) -> Vec<Fault> {
    let mut found = Found::default();
    found.unless(!plan.title.trim().is_empty(), "title", "Skriv en rubrik.");
    found.unless(!plan.title.contains(char::is_control), "title", "Skriv rubriken på en rad.");
    found.unless(!plan.lead.trim().is_empty(), "lead", "Skriv en ingress: en eller två meningar om vad det är.");
    times(plan, &mut found);
    place(plan, &mut found);
    programme(plan, &mut found);
    tracks(plan, &mut found);
    questions(&plan.questions, &mut found);
    found.unless(plan.largest_party >= 1, "largest_party", "Minst en person måste få anmälas åt gången.");
    found.unless(!plan.contact.name.trim().is_empty(), "contact.name", "Skriv vilken funktion som svarar på frågor.");
    let reached = Email::parse(&plan.contact.email).is_some();
    found.unless(reached, "contact.email", "Skriv en e-postadress, till exempel konferens@exempel.se.");
    found.0
}

#[derive(Default)]
struct Found(Vec<Fault>);

impl Found {
    fn unless(&mut self, sound: bool, field: impl Into<String>, words: impl Into<String>) {
        if !sound {
            self.0.push(Fault { field: field.into(), words: words.into() });
        }
    }

    /// Names by which something is stored: each one a slug, and each but once. `list` is where they stand.
    fn ids<'a>(&mut self, list: &str, ids: impl Iterator<Item = &'a str>) {
        let mut known = BTreeSet::new();
        for (at, id) in ids.enumerate() {
            let field = format!("{list}.{at}.id");
            self.unless(
                is_slug(id),
                &field,
                format!("”{id}” ska bestå av små bokstäver a–z, siffror och bindestreck."),
            );
            self.unless(known.insert(id), &field, format!("”{id}” står på två ställen. Ge det ena ett annat namn."));
        }
    }
}

fn times(plan: &Plan, found: &mut Found) {
    found.unless(plan.starts < plan.ends, "ends", "Slutet ska vara efter början.");
    found.unless(plan.opens < plan.closes, "closes", "Anmälan ska stänga efter att den har öppnat.");
    found.unless(plan.closes <= plan.starts, "closes", "Anmälan ska stänga innan arrangemanget börjar.");
    if let Some(fee) = &plan.fee {
        found.unless(fee.amount > 0, "fee.amount", "Skriv avgiften i hela kronor, eller ta bort den.");
        let in_time = fee.free_until <= plan.starts;
        found.unless(in_time, "fee.free_until", "Det ska gå att avboka utan avgift fram till en tid före början.");
    }
}

fn place(plan: &Plan, found: &mut Found) {
    let Some(place) = &plan.place else {
        let on_site = plan.tracks.iter().any(|track| track.attendance == Attendance::OnSite);
        found.unless(!on_site, "place", "Skriv var det är: det går att delta på plats.");
        return;
    };
    found.unless(!place.name.trim().is_empty(), "place.name", "Skriv vad lokalen heter.");
    found.unless(!place.town.trim().is_empty(), "place.town", "Skriv orten.");
    let map = place.map.as_deref().is_none_or(is_https);
    found.unless(map, "place.map", "Kartans adress ska börja med https://.");
}

fn programme(plan: &Plan, found: &mut Found) {
    found.ids("programme", plan.programme.iter().map(|session| session.id.as_str()));
    for (at, session) in plan.programme.iter().enumerate() {
        let field = |name: &str| format!("programme.{at}.{name}");
        found.unless(!session.title.trim().is_empty(), field("title"), "Skriv vad programpunkten heter.");
        found.unless(
            session.starts < session.ends,
            field("ends"),
            "Programpunkten ska sluta efter att den har börjat.",
        );
        let within = |time: DateTime| (plan.starts..=plan.ends).contains(&time);
        let words = "Programpunkten ska ligga mellan arrangemangets början och slut.";
        found.unless(within(session.starts) && within(session.ends), field("starts"), words);
        found.unless(session.seats != Some(0), field("seats"), "En workshop behöver minst en plats.");
        if let Some(other) = for_all_meanwhile(plan, session) {
            let words = format!("Workshopen krockar med ”{}”, som är för alla.", other.title);
            found.unless(false, field("starts"), words);
        }
    }
}

/// What whoever chooses a workshop would miss, though everybody is meant to be there.
fn for_all_meanwhile<'a>(plan: &'a Plan, workshop: &Session) -> Option<&'a Session> {
    let meanwhile = |other: &&Session| !other.is_chosen() && other.overlaps(workshop);
    plan.programme.iter().filter(|_| workshop.is_chosen()).find(meanwhile)
}

fn tracks(plan: &Plan, found: &mut Found) {
    found.unless(!plan.tracks.is_empty(), "tracks", "Lägg till minst ett sätt att delta.");
    found.ids("tracks", plan.tracks.iter().map(|track| track.id.as_str()));
    for (at, track) in plan.tracks.iter().enumerate() {
        let field = |name: &str| format!("tracks.{at}.{name}");
        found.unless(!track.name.trim().is_empty(), field("name"), "Skriv vad sättet att delta heter.");
        found.unless(track.seats != Some(0), field("seats"), "Det behövs minst en plats, eller inget tal alls.");
        let broadcast = track.broadcast.is_empty() || is_https(&track.broadcast);
        found.unless(broadcast, field("broadcast"), "Sändningens adress ska börja med https://.");
        limits(plan, track, &field("limits"), found);
    }
}

fn limits(plan: &Plan, track: &Track, field: &str, found: &mut Found) {
    let limits = &track.limits;
    let spread = limits.each.is_some() || !limits.reserved.is_empty();
    let by = plan.limited_by;
    let words = "Välj om platserna fördelas efter organisation eller län.";
    found.unless(!spread || by.is_some(), "limited_by", words);
    found.unless(limits.each != Some(0), format!("{field}.each"), "Minst en plats var, eller inget tal alls.");
    let reserved: u32 = limits.reserved.iter().map(|one| one.seats).fold(0, u32::saturating_add);
    let enough = match track.seats {
        Some(seats) => reserved <= seats,
        None => limits.reserved.is_empty(),
    };
    let words = "Fler platser är reserverade än det finns. Minska dem, eller öka antalet platser.";
    found.unless(enough, format!("{field}.reserved"), words);
    let mut known = BTreeSet::new();
    for (at, one) in limits.reserved.iter().enumerate() {
        let name = &one.group;
        let field = format!("{field}.reserved.{at}.group");
        found.unless(!name.trim().is_empty(), &field, "Skriv vem platserna är reserverade för.");
        found.unless(known.insert(group(name)), &field, format!("”{name}” har platser på två ställen."));
        let is_county = by != Some(LimitedBy::County) || crate::counties::find(name).is_some();
        found.unless(is_county, &field, format!("”{name}” är inget län. Skriv till exempel vastra-gotaland."));
    }
    let in_time = limits.release.is_none_or(|day| (plan.opens.date()..=plan.starts.date()).contains(&day));
    let words = "Platserna ska släppas mellan dagen då anmälan öppnar och dagen då arrangemanget börjar.";
    found.unless(in_time, format!("{field}.release"), words);
}

fn questions(questions: &[Question], found: &mut Found) {
    found.ids("questions", questions.iter().map(|question| question.id.as_str()));
    for (at, question) in questions.iter().enumerate() {
        let field = |name: &str| format!("questions.{at}.{name}");
        found.unless(!question.label.trim().is_empty(), field("label"), "Skriv frågan.");
        let least = match question.kind {
            Kind::Text => 0,
            Kind::Several => 1,
            Kind::One => 2,
        };
        let enough = question.choices.len() >= least;
        found.unless(enough, field("choices"), format!("Frågan behöver minst {least} svar att välja bland."));
        let no_choice = question.kind != Kind::Text || question.choices.is_empty();
        found.unless(no_choice, field("choices"), "En fråga som besvaras med egna ord har inga svar att välja bland.");
        found.ids(&field("choices"), question.choices.iter().map(|choice| choice.id.as_str()));
        for (at, choice) in question.choices.iter().enumerate() {
            found.unless(!choice.label.trim().is_empty(), field(&format!("choices.{at}.label")), "Skriv svaret.");
            let words = "Minst en måste kunna välja svaret, eller inget tal alls.";
            found.unless(choice.seats != Some(0), field(&format!("choices.{at}.seats")), words);
        }
        if let Some(condition) = &question.only_if {
            let asked = questions[..at].iter().find(|earlier| earlier.id == condition.question);
            let words = format!("”{}” är ingen tidigare fråga.", condition.question);
            found.unless(asked.is_some(), field("only_if.question"), words);
            let known = asked.is_none_or(|asked| asked.choices.iter().any(|choice| choice.id == condition.choice));
            found.unless(
                known,
                field("only_if.choice"),
                format!("”{}” är inget svar på den frågan.", condition.choice),
            );
        }
    }
}

fn is_https(address: &str) -> bool {
    address.strip_prefix("https://").is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn a_plan() -> Value {
        json!({
            "title": "Konferens", "lead": "En dag.",
            "starts": "2027-03-11T09:00", "ends": "2027-03-11T16:00",
            "opens": "2027-01-11T09:00", "closes": "2027-03-01T16:00",
            "place": { "name": "Salen", "town": "Göteborg" },
            "programme": [
                { "id": "start", "title": "Inledning", "starts": "2027-03-11T09:00", "ends": "2027-03-11T10:00" },
                { "id": "a", "title": "A", "starts": "2027-03-11T10:00", "ends": "2027-03-11T11:00", "seats": 20 },
                { "id": "b", "title": "B", "starts": "2027-03-11T10:00", "ends": "2027-03-11T11:00", "seats": 20 },
            ],
            "tracks": [{ "id": "plats", "name": "På plats", "attendance": "on-site", "seats": 10, "broadcast": "",
                "limits": { "each": 2, "reserved": [{ "group": "skane", "seats": 4 }], "release": "2027-02-20" } }],
            "limited_by": "county",
            "questions": [
                { "id": "resa", "label": "Hur reser du?", "kind": "one",
                  "choices": [{ "id": "tag", "label": "Tåg" }, { "id": "buss", "label": "Buss", "seats": 40 }] },
                { "id": "var", "label": "Var stiger du på?", "kind": "text",
                  "only_if": { "question": "resa", "choice": "buss" } },
            ],
            "contact": { "name": "Konferensfunktionen", "email": "konferens@lansstyrelsen.example" },
        })
    }

    fn fields(plan: Value) -> Vec<String> {
        faults(&serde_json::from_value(plan).unwrap()).into_iter().map(|fault| fault.field).collect()
    }

    #[test]
    fn a_plan_that_holds_together_has_no_faults() {
        assert_eq!(faults(&serde_json::from_value(a_plan()).unwrap()), []);
    }

    #[test]
    fn each_fault_names_its_field() {
        for (pointer, value, field) in [
            ("/title", json!(" "), "title"),
            ("/lead", json!(""), "lead"),
            ("/ends", json!("2027-03-11T09:00"), "ends"),
            ("/closes", json!("2027-01-11T09:00"), "closes"),
            ("/closes", json!("2027-03-11T09:01"), "closes"),
            ("/place", json!(null), "place"),
            ("/place/town", json!(""), "place.town"),
            ("/programme/1/id", json!("b"), "programme.2.id"),
            ("/programme/1/id", json!("A b"), "programme.1.id"),
            ("/programme/1/seats", json!(0), "programme.1.seats"),
            ("/programme/2/starts", json!("2027-03-11T09:59"), "programme.2.starts"),
            ("/programme/2/ends", json!("2027-03-11T16:01"), "programme.2.starts"),
            ("/programme/2/ends", json!("2027-03-11T10:00"), "programme.2.ends"),
            ("/tracks", json!([]), "tracks"),
            ("/tracks/0/seats", json!(3), "tracks.0.limits.reserved"),
            ("/tracks/0/seats", json!(null), "tracks.0.limits.reserved"),
            ("/tracks/0/broadcast", json!("http://x"), "tracks.0.broadcast"),
            ("/tracks/0/limits/each", json!(0), "tracks.0.limits.each"),
            ("/tracks/0/limits/reserved/0/group", json!("Skåne"), "tracks.0.limits.reserved.0.group"),
            ("/tracks/0/limits/release", json!("2027-03-12"), "tracks.0.limits.release"),
            ("/limited_by", json!(null), "limited_by"),
            ("/questions/1/id", json!("resa"), "questions.1.id"),
            ("/questions/0/kind", json!("text"), "questions.0.choices"),
            ("/questions/0/choices/1/id", json!("tag"), "questions.0.choices.1.id"),
            ("/questions/0/choices/1/seats", json!(0), "questions.0.choices.1.seats"),
            ("/questions/1/only_if/question", json!("var"), "questions.1.only_if.question"),
            ("/questions/1/only_if/choice", json!("bil"), "questions.1.only_if.choice"),
            ("/contact/email", json!("konferens"), "contact.email"),
        ] {
            let mut plan = a_plan();
            *plan.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value.clone();
            assert!(fields(plan).contains(&field.to_owned()), "{pointer} = {value} should be a fault of {field}");
        }
    }

    #[test]
    fn workshops_lie_side_by_side_but_not_beside_what_is_for_all() {
        let mut plan = a_plan();
        plan["programme"][0]["ends"] = json!("2027-03-11T10:30");
        assert_eq!(fields(plan), ["programme.1.starts", "programme.2.starts"]);
    }
}
