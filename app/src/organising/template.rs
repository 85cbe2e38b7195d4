//! What a new event begins with: a template for each kind, or an earlier event on another day. Pure.

use crate::events::plan::{Attendance, Contact, Limits, Place, Plan, Session, Track};
use crate::events::{Address, Kind};
use crate::text::slug::slug;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};

/// A plan for that day: what most of its kind have, to be changed.
pub fn plan(kind: Kind, title: &str, town: &str, day: Date, today: Date) -> Plan {
    let at = |hour: i8, minute: i8| day.at(hour, minute, 0, 0);
    let opens = today.to_datetime(Time::constant(9, 0, 0, 0));
    let closes = earlier(at(16, 0), if kind == Kind::Conference { 21 } else { 14 }).max(opens.saturating_add(1.day()));
    let (starts, ends, seats) = match kind {
        Kind::Conference => (at(9, 30), at(16, 30), 300),
        Kind::DialogueMeeting => (at(9, 0), at(12, 0), 40),
        Kind::ThemeDay => (at(9, 0), at(16, 0), 80),
    };
    // On the very day it is open at once.
    let opens = opens.min(starts.saturating_sub(1.hour()));
    let mut tracks = vec![track("pa-plats", "På plats", Attendance::OnSite, Some(seats))];
    match kind {
        Kind::Conference => {
            tracks.push(track("digitalt", "Digitalt", Attendance::Digital, None));
            tracks.push(Track { approval: true, ..track("press", "Press", Attendance::OnSite, Some(10)) });
        }
        Kind::ThemeDay => tracks.push(track("digitalt", "Digitalt", Attendance::Digital, None)),
        Kind::DialogueMeeting => {}
    }
    Plan {
        title: title.to_owned(),
        lead: String::new(),
        text: String::new(),
        audiences: Vec::new(),
        starts,
        ends,
        place: Some(Place {
            name: String::new(),
            address: String::new(),
            town: town.to_owned(),
            map: None,
            travel: String::new(),
        }),
        programme: programme(kind, day),
        speakers: Vec::new(),
        tracks,
        opens,
        // A day that is near leaves no room for the usual weeks.
        closes: if closes < ends { closes } else { starts },
        limited_by: None,
        questions: Vec::new(),
        asks_needs: kind != Kind::DialogueMeeting,
        largest_party: if kind == Kind::DialogueMeeting { 1 } else { 10 },
        offer_hours: 8,
        by_invitation: kind == Kind::DialogueMeeting,
        fee: None,
        contact: Contact { name: String::new(), email: String::new(), phone: String::new() },
        open_mail: false,
        example: false,
        summary: String::new(),
        open_questions: Vec::new(),
        survey: Vec::new(),
    }
}

fn track(id: &str, name: &str, attendance: Attendance, seats: Option<u32>) -> Track {
    Track {
        id: id.into(),
        name: name.into(),
        attendance,
        seats,
        approval: false,
        price: 0,
        broadcast: String::new(),
        limits: Limits::default(),
    }
}

fn programme(kind: Kind, day: Date) -> Vec<Session> {
    let at = |(hour, minute): (i8, i8)| day.at(hour, minute, 0, 0);
    let session = |from, to, title: &str, seats| Session {
        id: slug(title),
        starts: at(from),
        ends: at(to),
        title: title.into(),
        text: String::new(),
        speakers: Vec::new(),
        seats,
    };
    match kind {
        Kind::Conference => vec![
            session((9, 30), (10, 0), "Registrering och kaffe", None),
            session((10, 0), (12, 0), "Inledning och föreläsningar", None),
            session((12, 0), (13, 0), "Lunch", None),
            session((13, 0), (14, 15), "Workshop A", Some(60)),
            session((13, 0), (14, 15), "Workshop B", Some(60)),
            session((14, 45), (16, 30), "Föreläsningar och avslutning", None),
        ],
        Kind::DialogueMeeting => vec![
            session((9, 0), (9, 30), "Fika och välkomna", None),
            session((9, 30), (11, 30), "Samtal", None),
            session((11, 30), (12, 0), "Frågor som tas vidare", None),
        ],
        Kind::ThemeDay => vec![
            session((9, 0), (12, 0), "Förmiddag", None),
            session((12, 0), (13, 0), "Lunch", None),
            session((13, 0), (16, 0), "Eftermiddag", None),
        ],
    }
}

/// The same once more, beginning on another day: every date moves as far. What was said afterwards stays where it was
/// said.
pub fn copy(earlier: &Plan, title: &str, day: Date) -> Plan {
    let days = (day - earlier.starts.date()).get_days();
    let later = |at: DateTime| at.checked_add(days.days()).unwrap_or(at);
    let mut plan = earlier.clone();
    plan.title = title.to_owned();
    for at in [&mut plan.starts, &mut plan.ends, &mut plan.opens, &mut plan.closes] {
        *at = later(*at);
    }
    for session in &mut plan.programme {
        (session.starts, session.ends) = (later(session.starts), later(session.ends));
    }
    for track in &mut plan.tracks {
        track.limits.release = track.limits.release.map(|day| day.checked_add(days.days()).unwrap_or(day));
        // Last time's broadcast is nobody's this time.
        track.broadcast.clear();
    }
    if let Some(fee) = &mut plan.fee {
        fee.free_until = later(fee.free_until);
    }
    plan.example = false;
    plan.summary.clear();
    plan.open_questions.clear();
    plan
}

/// Where a copy stands: a conference under its title, a theme day under its year, a stop under its town.
pub fn address_of_copy(earlier: &Address, title: &str, day: Date) -> Address {
    let slug = match earlier.kind {
        Kind::Conference | Kind::DialogueMeeting => slug(title),
        Kind::ThemeDay => day.year().to_string(),
    };
    Address { slug, ..earlier.clone() }
}

/// The stops of a tour, one a line: "Borås 2027-03-10". The error is the line that could not be read.
pub fn stops(typed: &str) -> Result<Vec<(String, Date)>, String> {
    let stop = |line: &str| {
        let (town, day) = line.trim().rsplit_once([' ', '\t', ',', ';'])?;
        let town = town.trim().trim_end_matches([',', ';']).trim();
        Some((town.to_owned(), day.parse().ok()?)).filter(|_| !slug(town).is_empty())
    };
    typed
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| stop(line).ok_or_else(|| line.trim().to_owned()))
        .collect()
}

fn earlier(at: DateTime, days: i32) -> DateTime {
    at.checked_sub(days.days()).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_copy_moves_every_date_as_far_and_leaves_what_was_said() {
        let mut earlier = plan(Kind::Conference, "Konferens", "Göteborg", date(2026, 11, 24), date(2026, 1, 10));
        earlier.tracks[0].limits.release = Some(date(2026, 11, 1));
        earlier.tracks[1].broadcast = "https://sandning.example/".into();
        earlier.fee = Some(crate::events::plan::Fee { amount: 500, free_until: date(2026, 11, 10).at(12, 0, 0, 0) });
        earlier.summary = "Det här sades.".into();
        earlier.example = true;
        let copy = copy(&earlier, "Konferens 2027", date(2027, 11, 23));
        assert_eq!(copy.starts, date(2027, 11, 23).at(9, 30, 0, 0));
        assert_eq!(copy.programme[3].starts, date(2027, 11, 23).at(13, 0, 0, 0));
        assert_eq!(copy.tracks[0].limits.release, Some(date(2027, 10, 31)));
        assert_eq!(copy.fee.unwrap().free_until, date(2027, 11, 9).at(12, 0, 0, 0));
        assert!(copy.summary.is_empty() && !copy.example && copy.tracks[1].broadcast.is_empty());
        assert_eq!(copy.title, "Konferens 2027");
    }

    #[test]
    fn a_template_closes_before_it_begins_however_near_the_day_is() {
        for kind in Kind::ALL {
            for day in [date(2027, 1, 10), date(2027, 1, 11), date(2027, 6, 1)] {
                let plan = plan(kind, "Titel", "Ort", day, date(2027, 1, 10));
                assert!(plan.opens < plan.closes && plan.closes <= plan.ends, "{kind:?} {day}: {plan:?}");
            }
        }
    }

    #[test]
    fn stops_are_read_a_line_each() {
        let read = stops("Borås 2027-03-10\n\n Lilla Edet;2027-03-11 \nMariestad, 2027-03-12").unwrap();
        let towns: Vec<_> = read.iter().map(|(town, _)| town.as_str()).collect();
        assert_eq!(towns, ["Borås", "Lilla Edet", "Mariestad"]);
        assert_eq!(stops("Borås 10 mars"), Err("Borås 10 mars".into()));
    }
}
