//! What the clocks show in Sweden.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

pub const NAME: &str = "Europe/Stockholm";

/// Rules of the EU since 1996 (now directive 2000/84/EC), as lines of RFC 5545, 3.6.5.
pub const VTIMEZONE: [(&str, &str); 16] = [
    ("BEGIN", "VTIMEZONE"),
    ("TZID", NAME),
    ("BEGIN", "DAYLIGHT"),
    ("DTSTART", "19960331T020000"),
    ("RRULE", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"),
    ("TZOFFSETFROM", "+0100"),
    ("TZOFFSETTO", "+0200"),
    ("TZNAME", "CEST"),
    ("END", "DAYLIGHT"),
    ("BEGIN", "STANDARD"),
    ("DTSTART", "19961027T030000"),
    ("RRULE", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"),
    ("TZOFFSETFROM", "+0200"),
    ("TZOFFSETTO", "+0100"),
    ("TZNAME", "CET"),
    ("END", "STANDARD"),
];

pub fn zone() -> TimeZone {
    TimeZone::get(NAME).unwrap_or(TimeZone::UTC)
}

/// The moment that a clock on the wall means. A time that is skipped in spring is the one an hour later; of one that
/// comes twice in autumn it is the first.
pub fn moment(wall: DateTime) -> Zoned {
    // Only at the end of jiff's days, in the year 9999, is there no such moment.
    zone().to_ambiguous_zoned(wall).compatible().unwrap_or_else(|_| Timestamp::MAX.to_zoned(zone()))
}

/// Do the clocks show it a second time, an hour later, in autumn?
pub fn comes_twice(wall: DateTime) -> bool {
    zone().to_ambiguous_timestamp(wall).is_ambiguous()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_that_is_skipped_is_an_hour_later_and_one_that_comes_twice_is_the_first() {
        let told = |wall: &str| moment(wall.parse().unwrap()).to_string();
        assert_eq!(told("2027-03-28T02:30"), "2027-03-28T03:30:00+02:00[Europe/Stockholm]");
        assert_eq!(told("2027-10-31T02:30"), "2027-10-31T02:30:00+02:00[Europe/Stockholm]");
        assert_eq!(told("2027-01-15T09:00"), "2027-01-15T09:00:00+01:00[Europe/Stockholm]");
        assert!(told("9999-12-31T23:59").starts_with("9999-12-3"));
    }
}
