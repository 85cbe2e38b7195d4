//! Dates as Swedish readers expect them.

use jiff::civil::Date;
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
    let sweden = TimeZone::get("Europe/Stockholm").unwrap_or(TimeZone::UTC);
    let moment = Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(sweden);
    let (date, hour, minute) = (moment.date(), moment.hour(), moment.minute());
    (format!("{date}T{hour:02}:{minute:02}"), format!("{} kl. {hour:02}.{minute:02}", swedish(date)))
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
    fn a_moment_is_told_in_swedish_time() {
        assert_eq!(
            swedish_moment(1_795_248_300),
            ("2026-11-21T09:05".to_owned(), "21 november 2026 kl. 09.05".to_owned())
        );
        assert_eq!(swedish_moment(1_782_000_000).1, "21 juni 2026 kl. 02.00");
    }
}
