//! When something is, in Swedish words. All times are Sweden's.

use crate::text::dates::swedish;
use jiff::civil::{Date, DateTime};

/// "fredag 12 mars 2027"
pub fn day(date: Date) -> String {
    const DAYS: [&str; 7] = ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"];
    let at = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
    format!("{} {}", DAYS[at.min(6)], swedish(date))
}

/// "09.00"
pub fn clock(at: DateTime) -> String {
    format!("{:02}.{:02}", at.hour(), at.minute())
}

/// "12 mars 2027 kl. 09.00"
pub fn moment(at: DateTime) -> String {
    format!("{} kl. {}", swedish(at.date()), clock(at))
}

/// "09.00–16.00", "09.00" for what has no length.
pub fn hours(starts: DateTime, ends: DateTime) -> String {
    if starts == ends { clock(starts) } else { format!("{}–{}", clock(starts), clock(ends)) }
}

/// "fredag 12 mars 2027 kl. 09.00–16.00"; with both days where there are two.
pub fn span(starts: DateTime, ends: DateTime) -> String {
    if starts.date() == ends.date() {
        return format!("{} kl. {}", day(starts.date()), hours(starts, ends));
    }
    format!("{} kl. {} till {} kl. {}", day(starts.date()), clock(starts), day(ends.date()), clock(ends))
}

/// `2027-03-12T09:00`, as `<time>` wants it.
pub fn iso(at: DateTime) -> String {
    format!("{}T{:02}:{:02}", at.date(), at.hour(), at.minute())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_is_told_once_and_two_are_both_told() {
        let at = |day: i8, hour: i8| date(2027, 3, day).at(hour, 0, 0, 0);
        assert_eq!(span(at(12, 9), at(12, 16)), "fredag 12 mars 2027 kl. 09.00–16.00");
        assert_eq!(span(at(12, 13), at(13, 12)), "fredag 12 mars 2027 kl. 13.00 till lördag 13 mars 2027 kl. 12.00");
        assert_eq!(day(date(2027, 3, 14)), "söndag 14 mars 2027");
        assert_eq!(iso(at(12, 9)), "2027-03-12T09:00");
    }
}
