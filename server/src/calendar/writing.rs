//! Calendars as bytes.

use super::lines::{Lines, address, quoted};
use super::stockholm::{self, VTIMEZONE};
use super::{Contact, Entry, Invite, Method, When};
use jiff::civil::DateTime;
use jiff::{Timestamp, ToSpan};

/// Who wrote it, as RFC 5545, 3.7.3 asks.
const PROGRAM: &str = "-//Frid//Kalender//SV";

impl Invite {
    pub fn ics(&self) -> String {
        let mut lines = begun(self.method);
        let attendee = self.attendee.as_ref().filter(|_| self.method != Method::Publish);
        let cancelled = self.entry.cancelled || self.method == Method::Cancel;
        entry(&mut lines, &self.entry, attendee, cancelled);
        ended(lines)
    }
}

/// Many entries for whoever subscribes, under a name that stands in the reader's calendar: keep it neutral.
pub fn feed(name: &str, entries: &[Entry]) -> String {
    let mut lines = begun(Method::Publish);
    lines.text("X-WR-CALNAME", name);
    lines.raw("X-WR-TIMEZONE", stockholm::NAME);
    for one in entries {
        entry(&mut lines, one, None, one.cancelled);
    }
    ended(lines)
}

fn begun(method: Method) -> Lines {
    let mut lines = Lines::default();
    lines.raw("BEGIN", "VCALENDAR");
    lines.raw("VERSION", "2.0");
    lines.raw("PRODID", PROGRAM);
    lines.raw("CALSCALE", "GREGORIAN");
    lines.raw("METHOD", method.as_str());
    for (name, value) in VTIMEZONE {
        lines.raw(name, value);
    }
    lines.raw("END", "VTIMEZONE");
    lines
}

fn ended(mut lines: Lines) -> String {
    lines.raw("END", "VCALENDAR");
    lines.finish()
}

fn entry(lines: &mut Lines, entry: &Entry, attendee: Option<&Contact>, cancelled: bool) {
    lines.raw("BEGIN", "VEVENT");
    lines.text("UID", &entry.uid);
    lines.raw("DTSTAMP", &utc(entry.now));
    lines.raw("SEQUENCE", &entry.sequence.to_string());
    lines.raw("STATUS", if cancelled { "CANCELLED" } else { "CONFIRMED" });
    when(lines, entry.when);
    lines.text("SUMMARY", &entry.summary);
    for (name, value) in [("LOCATION", &entry.location), ("DESCRIPTION", &entry.description)] {
        if !value.is_empty() {
            lines.text(name, value);
        }
    }
    if !entry.url.is_empty() {
        lines.raw("URL", &address(&entry.url));
    }
    if let Some(Contact { name, address: mail }) = &entry.organizer {
        lines.raw(&format!("ORGANIZER;CN={}", quoted(name)), &mailto(mail));
    }
    if let Some(Contact { name, address: mail }) = attendee {
        // They have registered: nobody is to be asked for an answer.
        let asked = format!("ATTENDEE;CN={};PARTSTAT=ACCEPTED;RSVP=FALSE", quoted(name));
        lines.raw(&asked, &mailto(mail));
    }
    lines.raw("END", "VEVENT");
}

/// What stands in a local part but means something in an address of the web is written as `%3F` (RFC 6068, 2).
fn mailto(mail: &str) -> String {
    let mail = mail.replace('%', "%25").replace('?', "%3F").replace('#', "%23").replace('&', "%26");
    format!("mailto:{}", address(&mail))
}

fn when(lines: &mut Lines, when: When) {
    match when {
        When::Times { start, end } => {
            let (from, to) = (stockholm::moment(start), stockholm::moment(end));
            // When the clocks skip the beginning it may end up after the end: it then lasts as long as was meant.
            let to = if to > from { to } else { &from + start.until(end).unwrap_or_default().abs() };
            if stockholm::comes_twice(from.datetime()) || stockholm::comes_twice(to.datetime()) {
                // RFC 5545, 3.3.5 says which of the two is meant, but not every program has read it. In UTC there is one.
                lines.raw("DTSTART", &utc(from.timestamp()));
                lines.raw("DTEND", &utc(to.timestamp()));
            } else {
                let zoned = |name| format!("{name};TZID={}", stockholm::NAME);
                lines.raw(&zoned("DTSTART"), &local(from.datetime()));
                lines.raw(&zoned("DTEND"), &local(to.datetime()));
            }
        }
        When::Days { first, last } => {
            // The day after the last one (RFC 5545, 3.6.1).
            let after = last.max(first).saturating_add(1.day());
            lines.raw("DTSTART;VALUE=DATE", &first.strftime("%Y%m%d").to_string());
            lines.raw("DTEND;VALUE=DATE", &after.strftime("%Y%m%d").to_string());
        }
    }
}

fn local(time: DateTime) -> String {
    time.strftime("%Y%m%dT%H%M%S").to_string()
}

fn utc(time: Timestamp) -> String {
    time.strftime("%Y%m%dT%H%M%SZ").to_string()
}
