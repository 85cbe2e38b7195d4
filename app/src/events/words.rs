//! What visitors are told of places, of the line, and of why something cannot be done: sentences that say where they
//! stand, and what to do.

use super::placement::Why;
use super::plan::{Fee, LimitedBy, Plan, Track};
use super::when;
use super::{DeedRefusal, InLine, RegisterRefusal, Registration, Standing, TrackOccupancy};
use crate::counties;
use crate::text::dates::{swedish, swedish_moment};
use crate::text::thousands::thousands;
use jiff::civil::Date;

/// "12 platser kvar", "Fullt: 30 står i kö"
pub fn places(track: &Track, taken: &TrackOccupancy) -> String {
    let Some(seats) = track.seats else { return "Plats för alla som vill".to_owned() };
    match (seats.saturating_sub(taken.held), taken.waiting) {
        (0, 0) => "Fullt: du kan ställa dig i kö".to_owned(),
        (0, waiting) => format!("Fullt: {waiting} står i kö"),
        (1, 0) => "1 plats kvar".to_owned(),
        (free, 0) => format!("{free} platser kvar"),
        (free, waiting) => format!("{free} platser kvar som är fördelade, {waiting} står i kö"),
    }
}

/// The same of a workshop, or of an answer of which there are only so many.
pub fn places_in(seats: u32, taken: u32) -> String {
    match seats.saturating_sub(taken) {
        0 => "fullt just nu".to_owned(),
        1 => "1 plats kvar".to_owned(),
        free => format!("{free} platser kvar"),
    }
}

/// How a track's places are spread, as long as they are.
pub fn limits(plan: &Plan, track: &Track, today: Date) -> Vec<String> {
    let limits = &track.limits;
    let is_over = limits.release.is_some_and(|release| release <= today);
    let Some(by) = plan.limited_by.filter(|_| !is_over) else { return Vec::new() };
    let each = limits.each.map(|each| match by {
        LimitedBy::Organisation => format!("Högst {} per organisation.", seats(each)),
        LimitedBy::County => format!("Högst {} per län.", seats(each)),
    });
    let reserved = limits.reserved.iter().map(|one| format!("För {}: {}.", called(&one.group), seats(one.seats)));
    let mut told: Vec<String> = each.into_iter().chain(reserved).collect();
    if let Some(release) = limits.release.filter(|_| !told.is_empty()) {
        told.push(format!("Från och med {} kan vem som helst få platserna som är kvar.", swedish(release)));
    }
    told
}

fn seats(seats: u32) -> String {
    if seats == 1 { "1 plats".to_owned() } else { format!("{seats} platser") }
}

/// An organisation by its name, a county by its own instead of its slug.
fn called(group: &str) -> &str {
    counties::find(group).map_or(group, |county| county.name)
}

pub fn price(track: &Track) -> String {
    if track.price == 0 { "Kostar inget".to_owned() } else { kronor(track.price) }
}

/// "1 200 kronor", kept on one line.
pub fn kronor(amount: u32) -> String {
    format!("{}\u{a0}kronor", thousands(amount))
}

pub fn fee(fee: &Fee) -> String {
    format!(
        "Avbokar du från och med {}, eller kommer du inte, betalar din organisation {}. Att låta en kollega ta över \
         platsen kostar inget.",
        when::moment(fee.free_until),
        kronor(fee.amount)
    )
}

/// Where somebody stands, in a sentence.
pub fn standing(registration: &Registration) -> &'static str {
    match registration.standing {
        Standing::Applied => "Vi har fått din anmälan. Arrangören läser den och svarar dig.",
        Standing::Waiting => "Du står i kö.",
        Standing::Offered => "Du kan få en plats.",
        Standing::Seated => "Du har en plats.",
        Standing::Cancelled => "Anmälan är avbokad.",
        Standing::Refused => "Du kunde inte få en plats den här gången.",
        Standing::Lapsed => "Svaret kom inte i tid, så platsen gick vidare till nästa i kön.",
    }
}

/// Where in line, and why the next place is not theirs.
pub fn in_line(registration: &Registration, line: &InLine) -> Vec<String> {
    let before = match line.before {
        0 => "Du står först i kön.".to_owned(),
        1 => "En person står före dig i kön.".to_owned(),
        before => format!("{before} personer står före dig i kön."),
    };
    let why = match line.why {
        Some(why) => because(registration, why),
        None => "En plats är ledig och delas ut just nu. Ladda om sidan om en stund.".to_owned(),
    };
    let offered = match line.offered {
        0 => None,
        1 => Some(
            "En plats är erbjuden någon som inte har svarat än. Tackar den personen nej går platsen vidare i kön."
                .to_owned(),
        ),
        offered => Some(format!(
            "{offered} platser är erbjudna några som inte har svarat än. Tackar de nej går platserna vidare i kön."
        )),
    };
    [Some(before), Some(why), offered].into_iter().flatten().collect()
}

/// Why the next place is not somebody's, and until when that is so.
pub fn because(registration: &Registration, why: Why) -> String {
    let plan = &registration.event.plan;
    let release = plan.track(&registration.track).and_then(|track| track.limits.release);
    let whose = match (plan.limited_by, registration.county) {
        (Some(LimitedBy::County), Some(county)) => county.name.to_owned(),
        _ => registration.organisation.clone(),
    };
    match (why, release) {
        (Why::Full, _) => "Alla platser är tagna.".to_owned(),
        (Why::GroupFull, None) => format!("Det finns platser kvar, men {whose} har redan fått alla sina."),
        (Why::GroupFull, Some(release)) => format!(
            "Det finns platser kvar, men {whose} har redan fått alla sina. Från och med {} gäller inte den gränsen.",
            swedish(release)
        ),
        (Why::Reserved, None) => "Platserna som är kvar är reserverade för andra.".to_owned(),
        (Why::Reserved, Some(release)) => format!(
            "Platserna som är kvar är reserverade för andra. Från och med {} kan vem som helst få dem.",
            swedish(release)
        ),
    }
}

/// Why somebody cannot be registered, and what to do.
pub fn not_registered(plan: &Plan, refusal: RegisterRefusal) -> String {
    let contact = ask(plan);
    match refusal {
        RegisterRefusal::NotOpenYet => format!(
            "Anmälan öppnar {}. Det du har skrivit står kvar: låt sidan vara öppen och skicka igen då.",
            when::moment(plan.opens)
        ),
        RegisterRefusal::Closed => format!("Anmälan stängde {}. {contact}", when::moment(plan.closes)),
        RegisterRefusal::Cancelled => format!("Det är inställt, så det går inte att anmäla sig. {contact}"),
        RegisterRefusal::Example => {
            "Det här är ett exempel som visar hur det ser ut. Det går inte att anmäla sig till det.".to_owned()
        }
        RegisterRefusal::Changed => {
            "Något av det du valde finns inte längre. Välj bland det som finns nu och skicka igen.".to_owned()
        }
        RegisterRefusal::Code => {
            format!("Koden gäller inte, eller är redan använd. Läs av den igen i din inbjudan. {contact}")
        }
    }
}

/// Why something was not done with a registration. Nothing has changed then.
pub fn not_done(registration: &Registration, refusal: &DeedRefusal) -> String {
    let plan = &registration.event.plan;
    match refusal {
        DeedRefusal::Missing => "Det du valde finns inte längre. Välj bland det som finns nu.".to_owned(),
        DeedRefusal::Ended => {
            "Det hann ändras: anmälan är avslutad, eller tiden att svara har gått ut. Läs här nedanför hur det är nu."
                .to_owned()
        }
        DeedRefusal::NoPlace(Why::Full) => {
            "Alla platser är tagna där. Du har kvar det du hade, så försök gärna igen senare.".to_owned()
        }
        DeedRefusal::NoPlace(_) => {
            "Platserna som är kvar där är inte dina att få, eftersom de är fördelade. Du har kvar det du hade."
                .to_owned()
        }
        DeedRefusal::WorkshopsFull(ids) => {
            let names: Vec<String> =
                ids.iter().filter_map(|id| plan.session(id)).map(|session| format!("”{}”", session.title)).collect();
            format!("{} är fullt. Du har kvar de pass du hade. Välj något annat.", names.join(" och "))
        }
        DeedRefusal::WorkshopsClash => {
            "Två av passen är samtidigt, eller finns inte längre. Du har kvar de pass du hade. Välj om.".to_owned()
        }
        DeedRefusal::TooLate => format!("Det är för sent: det har redan börjat. {}", ask(plan)),
    }
}

/// "Frågor? Ring …"
pub fn ask(plan: &Plan) -> String {
    let contact = &plan.contact;
    match contact.phone.as_str() {
        "" => format!("Skriv till {}, {}.", contact.name, contact.email),
        phone => format!("Ring {}, {phone}.", contact.name),
    }
}

/// What a mail was about, by the name under which it waits.
pub fn letter(kind: &str) -> &str {
    match kind {
        "besked" => "Besked",
        "paminnelse" => "Påminnelse",
        "meddelande" => "Meddelande från arrangören",
        "intyg" => "Intyg",
        "enkat" => "Enkät",
        other => other,
    }
}

/// "skickat 12 mars 2027 kl. 09.00"
pub fn fate(standing: crate::mail::Standing) -> String {
    match standing {
        crate::mail::Standing::Waiting => "skickas strax".to_owned(),
        crate::mail::Standing::Sent(at) => format!("skickat {}", swedish_moment(at).1),
        crate::mail::Standing::Failed(_) => {
            "gick inte fram. Rätta e-postadressen här nedanför, så skickas det igen".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::plan::{Limits, Reserved};
    use super::super::samples::{a_plan, an_event};
    use super::*;
    use jiff::civil::date;
    use std::sync::Arc;

    fn taken(held: u32, waiting: u32) -> TrackOccupancy {
        TrackOccupancy { held, waiting }
    }

    #[test]
    fn how_full_it_is_is_told_in_words() {
        let plan = a_plan();
        let told = [(0, 0), (328, 0), (339, 0), (340, 0), (340, 30), (300, 4)]
            .map(|(held, waiting)| places(&plan.tracks[0], &taken(held, waiting)));
        assert_eq!(
            told,
            [
                "340 platser kvar",
                "12 platser kvar",
                "1 plats kvar",
                "Fullt: du kan ställa dig i kö",
                "Fullt: 30 står i kö",
                "40 platser kvar som är fördelade, 4 står i kö",
            ]
        );
        assert_eq!(places(&plan.tracks[1], &taken(999, 0)), "Plats för alla som vill");
        assert_eq!(
            [kronor(0), kronor(500), kronor(1_050)],
            ["0\u{a0}kronor", "500\u{a0}kronor", "1\u{a0}050\u{a0}kronor"]
        );
    }

    fn spread(by: LimitedBy) -> Plan {
        let mut plan = a_plan();
        plan.limited_by = Some(by);
        plan.tracks[0].limits = Limits {
            each: Some(3),
            reserved: vec![Reserved { group: "skane".into(), seats: 1 }],
            release: Some(date(2027, 2, 15)),
        };
        plan
    }

    #[test]
    fn limits_are_told_until_the_day_of_release() {
        let plan = spread(LimitedBy::County);
        assert_eq!(
            limits(&plan, &plan.tracks[0], date(2027, 2, 14)),
            [
                "Högst 3 platser per län.",
                "För Skåne län: 1 plats.",
                "Från och med 15 februari 2027 kan vem som helst få platserna som är kvar.",
            ]
        );
        assert!(limits(&plan, &plan.tracks[0], date(2027, 2, 15)).is_empty());
        assert!(limits(&plan, &plan.tracks[1], date(2027, 2, 14)).is_empty());
    }

    fn waiting(plan: Plan) -> Registration {
        let mut event = an_event();
        event.plan = plan;
        Registration {
            id: "r".into(),
            badge: "0a1b2c3d4e".into(),
            event: Arc::new(event),
            number: 400,
            standing: Standing::Waiting,
            track: "plats".into(),
            line: None,
            offer_until: None,
            name: "Åsa Ek".into(),
            email: "asa@kommun.example".into(),
            organisation: "Exempelby kommun".into(),
            county: counties::find("skane"),
            role: String::new(),
            workshops: vec![],
            missed: vec![],
            answers: Default::default(),
            is_protected: false,
            has_needs: false,
            in_party: false,
            created_at: 0,
            came_at: None,
            letters: vec![],
        }
    }

    #[test]
    fn whoever_waits_is_told_why() {
        let told = |by, why, before, offered| {
            let line = InLine { before, why, offered };
            in_line(&waiting(spread(by)), &line).join(" ")
        };
        assert_eq!(told(LimitedBy::Organisation, Some(Why::Full), 0, 0), "Du står först i kön. Alla platser är tagna.");
        assert_eq!(
            told(LimitedBy::Organisation, Some(Why::GroupFull), 1, 0),
            "En person står före dig i kön. Det finns platser kvar, men Exempelby kommun har redan fått alla sina. \
             Från och med 15 februari 2027 gäller inte den gränsen."
        );
        assert!(told(LimitedBy::County, Some(Why::GroupFull), 2, 0).contains("men Skåne län har redan fått"));
        assert!(told(LimitedBy::County, Some(Why::Reserved), 2, 0).contains("reserverade för andra. Från och med"));
        assert!(told(LimitedBy::County, Some(Why::Full), 7, 2).starts_with("7 personer står före dig i kön."));
        assert!(told(LimitedBy::County, None, 0, 1).contains("delas ut just nu"));
    }

    #[test]
    fn every_refusal_says_what_to_do() {
        let plan = a_plan();
        for refusal in [RegisterRefusal::Closed, RegisterRefusal::Cancelled, RegisterRefusal::Code] {
            assert!(not_registered(&plan, refusal).contains("Ring Konferenskansliet, 010-000 00 00."), "{refusal:?}");
        }
        let full = DeedRefusal::WorkshopsFull(vec!["samtal".into(), "barn".into()]);
        assert_eq!(
            not_done(&waiting(plan), &full),
            "”Samtalet” och ”Barnen” är fullt. Du har kvar de pass du hade. Välj något annat."
        );
    }
}
