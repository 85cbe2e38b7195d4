//! How long somebody has to answer, in hours when people are at work: Monday to Friday, 8 to 17 in Sweden, no public
//! holidays (lag (1989:253) om allmänna helgdagar), nor the eves on which offices are closed.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Weekday, date};

const OPENS: i8 = 8;
const CLOSES: i8 = 17;

/// The moment when so many working hours have passed since `from`, both in Swedish time.
pub fn after(from: DateTime, hours: u32) -> DateTime {
    let mut at = next_open(from);
    let mut left = i64::from(hours) * 60;
    while left > 0 {
        let closes = at.date().at(CLOSES, 0, 0, 0);
        let today = minutes(at, closes);
        if left <= today {
            return later(at, left);
        }
        left -= today;
        at = next_open(closes);
    }
    at
}

/// The same moment if people are at work, otherwise when they next are.
fn next_open(at: DateTime) -> DateTime {
    if is_working_day(at.date()) {
        if at.hour() < OPENS {
            return at.date().at(OPENS, 0, 0, 0);
        }
        if at.hour() < CLOSES {
            return at;
        }
    }
    let mut day = at.date();
    loop {
        // The calendar's last day has no morrow; nobody waits for it.
        let Ok(next) = day.tomorrow() else { return at };
        day = next;
        if is_working_day(day) {
            return day.at(OPENS, 0, 0, 0);
        }
    }
}

fn minutes(from: DateTime, to: DateTime) -> i64 {
    let seconds = |at: DateTime| i64::from(at.hour()) * 60 + i64::from(at.minute());
    (seconds(to) - seconds(from)).max(0)
}

fn later(at: DateTime, minutes: i64) -> DateTime {
    at.checked_add(minutes.minutes()).unwrap_or(at)
}

pub fn is_working_day(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_holiday(day)
}

/// Public holidays on weekdays, and Midsummer's, Christmas and New Year's Eve.
fn is_holiday(day: Date) -> bool {
    let fixed = [(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)];
    if fixed.contains(&(day.month(), day.day())) {
        return true;
    }
    // Midsummer's Eve: the Friday of 19–25 June.
    if day.month() == 6 && (19..=25).contains(&day.day()) && day.weekday() == Weekday::Friday {
        return true;
    }
    // Good Friday, Easter Monday, Ascension Day.
    let easter = easter(day.year());
    [-2, 1, 39].iter().any(|after: &i32| easter.checked_add(after.days()).is_ok_and(|holiday| holiday == day))
}

/// Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).
fn easter(year: i16) -> Date {
    let year = i32::from(year);
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e, g) = (b / 4, b % 4, (8 * b + 13) / 25);
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    date(i16::try_from(year).unwrap_or(1), i8::try_from(month).unwrap_or(4), i8::try_from(day).unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_is_where_the_calendar_has_it() {
        for (year, month, day) in
            [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2030, 4, 21), (2038, 4, 25)]
        {
            assert_eq!(easter(year), date(year, month, day));
        }
    }

    #[test]
    fn hours_pass_only_when_people_are_at_work() {
        let at = |day: i8, hour: i8, minute: i8| date(2026, 11, day).at(hour, minute, 0, 0);
        // Monday the 23rd.
        assert_eq!(after(at(23, 9, 30), 2), at(23, 11, 30));
        assert_eq!(after(at(23, 16, 0), 2), at(24, 9, 0));
        // Friday evening, Saturday: the clock starts on Monday.
        assert_eq!(after(at(20, 18, 0), 1), at(23, 9, 0));
        assert_eq!(after(at(21, 12, 0), 9), at(23, 17, 0));
        assert_eq!(after(at(20, 16, 0), 10), at(23, 17, 0));
    }

    #[test]
    fn nobody_answers_on_a_holiday() {
        // Wednesday before Christmas 2026 at 16: the 24th and 25th are closed, the 28th is a Monday.
        assert_eq!(after(date(2026, 12, 23).at(16, 0, 0, 0), 2), date(2026, 12, 28).at(9, 0, 0, 0));
        for closed in [date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 14), date(2026, 6, 19), date(2026, 1, 6)] {
            assert!(!is_working_day(closed), "{closed}");
        }
        assert!(is_working_day(date(2026, 6, 18)) && is_working_day(date(2026, 11, 23)));
    }
}
