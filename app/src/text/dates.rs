//! Dates as Swedish readers expect them.

use jiff::civil::Date;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_in_swedish() {
        assert_eq!(swedish(jiff::civil::date(2026, 11, 21)), "21 november 2026");
        assert_eq!(swedish(jiff::civil::date(2014, 10, 1)), "1 oktober 2014");
    }
}
