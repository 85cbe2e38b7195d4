//! Dates as Swedish readers expect them.

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, tz::TimeZone};

pub const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];

/// "21 november 2026"
pub fn swedish(date: Date) -> String {
    let month = usize::from(date.month().unsigned_abs()).saturating_sub(1);
    format!("{} {} {}", date.day(), MONTHS[month.min(11)], date.year())
}

/// A moment of unix time as `2026-11-21T09:05` and as "21 november 2026 kl. 09.05", in Swedish time.
pub fn swedish_moment(seconds: i64) -> (String, String) {
    let moment = swedish_time(seconds);
    let (date, hour, minute) = (moment.date(), moment.hour(), moment.minute());
    (format!("{date}T{hour:02}:{minute:02}"), format!("{} kl. {hour:02}.{minute:02}", swedish(date)))
}

/// What clocks in Sweden show at a moment of unix time.
pub fn swedish_time(seconds: i64) -> DateTime {
    Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(sweden()).datetime()
}

/// The moment, in unix seconds, at which clocks in Sweden show that time: the first of two in the autumn, and in the
/// spring, when an hour is left out, as much later as it was.
pub fn unix_time(shown: DateTime) -> i64 {
    sweden().to_ambiguous_timestamp(shown).compatible().map_or(0, |moment| moment.as_second())
}

fn sweden() -> TimeZone {
    TimeZone::get("Europe/Stockholm").unwrap_or(TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_in_swedish() {
        assert_eq!(swedish(jiff::civil::date(2026, 11, 21)), "21 november 2026");
        assert_eq!(swedish(jiff::civil::date(2014, 10, 1)), "1 oktober 2014");
    }

    #[test]
    fn the_hour_that_is_left_out_and_the_one_that_comes_twice_are_one_moment_each() {
        use jiff::civil::date;
        let left_out = unix_time(date(2027, 3, 28).at(2, 30, 0, 0));
        assert_eq!(swedish_time(left_out), date(2027, 3, 28).at(3, 30, 0, 0));
        let twice = unix_time(date(2027, 10, 31).at(2, 30, 0, 0));
        assert_eq!(swedish_time(twice), swedish_time(twice + 3600));
        assert_eq!(unix_time(swedish_time(1_795_248_300)), 1_795_248_300);
    }

    #[test]
    fn a_moment_is_told_in_swedish_time() {
        assert_eq!(
            swedish_moment(1_795_248_300),
            ("2026-11-21T09:05".to_owned(), "21 november 2026 kl. 09.05".to_owned())
        );
        assert_eq!(swedish_moment(1_782_000_000).1, "21 juni 2026 kl. 02.00");
    }
}
