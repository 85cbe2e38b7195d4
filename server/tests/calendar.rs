//! Calendars of ours, read back by two programs that are not: icalendar for Python, and ical.js.

use serde_json::{Value, json};
use server::calendar::{Contact, Entry, Invite, Method, When, feed};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const AWKWARD: &str = "Möte; om \"allt\", eller \\ inget\nAndra raden: \u{1f600} Åäö";

fn an_entry() -> Entry {
    Entry {
        uid: "konferens-1@frid.example".into(),
        sequence: 3,
        when: times("2027-05-04T09:00", "2027-05-04T16:30"),
        summary: AWKWARD.into(),
        location: "Göteborg, Stora salen; plan 2".into(),
        description: "En rad som är så lång att den måste brytas, och inte mitt i ett å ä ö: "
            .repeat(8)
            .trim()
            .to_owned(),
        url: "https://frid.example/konferenser/exempel?dag=1&sal=å".into(),
        organizer: Some(Contact {
            name: "Åsa \"Ek\", kansliet".into(),
            address: "kansli@lansstyrelsen.example".into(),
        }),
        cancelled: false,
        now: "2027-01-02T03:04:05Z".parse().unwrap(),
    }
}

fn times(start: &str, end: &str) -> When {
    When::Times { start: start.parse().unwrap(), end: end.parse().unwrap() }
}

/// What both readers make of it; they must agree.
fn read(ics: &str) -> Value {
    let checks = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end/checks");
    let python = std::env::var("FRID_TEST_PYTHON").expect("script/test sets FRID_TEST_PYTHON");
    let [by_python, by_node] =
        [(python.as_str(), "read_calendar.py"), ("node", "read_calendar.mjs")].map(|(program, script)| {
            let mut child = Command::new(program)
                .arg(checks.join(script))
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap_or_else(|error| panic!("{program}: {error}"));
            child.stdin.take().unwrap().write_all(ics.as_bytes()).unwrap();
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success(), "{program} cannot read\n{ics}");
            serde_json::from_slice::<Value>(&output.stdout).unwrap()
        });
    assert_eq!(by_python, by_node, "the two readers do not agree on\n{ics}");
    by_python
}

#[test]
fn an_invitation_is_read_back_as_it_was_meant() {
    let attendee = Some(Contact { name: "Kim Öberg".into(), address: "kim.oberg@kommun.example".into() });
    let invite = Invite { method: Method::Request, entry: an_entry(), attendee };
    let ics = invite.ics();
    assert!(ics.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{ics}");
    let entry = an_entry();
    let expected = json!({
        "method": "REQUEST",
        "name": null,
        "errors": [],
        "events": [{
            "uid": "konferens-1@frid.example",
            "sequence": 3,
            "status": "CONFIRMED",
            "start": "2027-05-04T07:00:00Z",
            "end": "2027-05-04T14:30:00Z",
            "stamp": "2027-01-02T03:04:05Z",
            "summary": AWKWARD,
            "location": entry.location,
            "description": entry.description,
            "url": "https://frid.example/konferenser/exempel?dag=1&sal=%C3%A5",
            "organizer": "mailto:kansli@lansstyrelsen.example",
            "organizer_name": "Åsa 'Ek', kansliet",
            "attendee": "mailto:kim.oberg@kommun.example",
        }],
    });
    assert_eq!(read(&ics), expected);
}

#[test]
fn a_cancellation_names_the_same_meeting_with_a_higher_number() {
    let entry = Entry { sequence: 4, ..an_entry() };
    let read = read(&Invite { method: Method::Cancel, entry, attendee: None }.ics());
    let event = &read["events"][0];
    assert_eq!((&read["method"], &event["status"]), (&json!("CANCEL"), &json!("CANCELLED")));
    assert_eq!((&event["uid"], &event["sequence"]), (&json!("konferens-1@frid.example"), &json!(4)));
}

#[test]
fn what_is_published_names_nobody_who_comes() {
    let attendee = Some(Contact { name: "Kim Öberg".into(), address: "kim.oberg@kommun.example".into() });
    let ics = Invite { method: Method::Publish, entry: an_entry(), attendee }.ics();
    assert!(!ics.contains("ATTENDEE") && !ics.contains("kim"), "{ics}");
}

#[test]
fn a_feed_has_a_name_whole_days_and_what_was_cancelled() {
    let days = When::Days { first: "2027-12-31".parse().unwrap(), last: "2028-01-01".parse().unwrap() };
    let bare = Entry {
        uid: "2".into(),
        when: days,
        location: String::new(),
        description: String::new(),
        url: String::new(),
        organizer: None,
        cancelled: true,
        ..an_entry()
    };
    let read = read(&feed("Kalender", &[an_entry(), bare]));
    assert_eq!((&read["method"], &read["name"]), (&json!("PUBLISH"), &json!("Kalender")));
    let [first, second] = read["events"].as_array().unwrap().as_slice() else { panic!("{read}") };
    assert_eq!(first["status"], "CONFIRMED");
    // The last day is the day before the end (RFC 5545, 3.6.1).
    assert_eq!((&second["start"], &second["end"]), (&json!("2027-12-31"), &json!("2028-01-02")));
    assert_eq!((&second["status"], &second["location"]), (&json!("CANCELLED"), &Value::Null));
    assert!(self::read(&feed("Tom", &[]))["events"].as_array().unwrap().is_empty());
}

/// Decided: a time that the clocks skip is the one an hour later, and of one that comes twice it is the first.
#[test]
fn a_time_that_the_clocks_skip_or_show_twice_is_the_same_for_everybody() {
    let read_times = |start: &str, end: &str| {
        let entry = Entry { when: times(start, end), ..an_entry() };
        let read = read(&Invite { method: Method::Publish, entry, attendee: None }.ics());
        let event = &read["events"][0];
        (event["start"].as_str().unwrap().to_owned(), event["end"].as_str().unwrap().to_owned())
    };
    let of = |start: &str, end: &str| (start.to_owned(), end.to_owned());
    // 02:30 becomes 03:30, summer time.
    assert_eq!(read_times("2027-03-28T02:30", "2027-03-28T04:30"), of("2027-03-28T01:30:00Z", "2027-03-28T02:30:00Z"));
    // 03:30 would be after the end: it lasts half an hour, as was meant.
    assert_eq!(read_times("2027-03-28T02:30", "2027-03-28T03:00"), of("2027-03-28T01:30:00Z", "2027-03-28T02:00:00Z"));
    // The first 02:30 of the two, summer time still.
    assert_eq!(read_times("2027-10-31T02:30", "2027-10-31T04:00"), of("2027-10-31T00:30:00Z", "2027-10-31T03:00:00Z"));
    // The day before and after, for comparison.
    assert_eq!(read_times("2027-03-27T02:30", "2027-03-29T02:30"), of("2027-03-27T01:30:00Z", "2027-03-29T00:30:00Z"));
}

#[test]
fn a_text_cannot_add_lines_of_its_own() {
    let evil = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\u{0}\rATTENDEE:mailto:a@b\n";
    let entry = Entry {
        uid: evil.into(),
        summary: format!("{evil}{}", "å".repeat(10_000)),
        location: evil.into(),
        description: format!("{}{}", "å".repeat(200), " ".repeat(300)),
        url: format!("https://frid.example/{evil}"),
        organizer: Some(Contact { name: format!("{evil}\";X=\""), address: evil.into() }),
        ..an_entry()
    };
    let read = read(&feed(evil, &[entry]));
    assert_eq!(read["events"].as_array().unwrap().len(), 1);
    assert_eq!(read["events"][0]["attendee"], Value::Null);
}
