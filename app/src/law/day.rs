//! The day a reader asks about: `?datum=2014-10-01`. Pure.

use jiff::civil::{Date, date};
use std::ops::RangeInclusive;

/// What the address asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    Nothing,
    Day(Date),
    /// What was typed, kept to be mended.
    Unreadable(String),
}

/// Before the first of these days the portal knows no law, after the last nobody does.
pub const KNOWN: RangeInclusive<Date> = date(1980, 1, 1)..=date(2099, 12, 31);

impl Asked {
    /// Reads `2014-10-01`; also `20141001` and `2014-10-1`, as people type without a date field.
    pub fn parse(typed: &str) -> Self {
        let typed = typed.trim();
        if typed.is_empty() {
            return Self::Nothing;
        }
        let parts: Vec<&str> = match typed.len() {
            8 if typed.bytes().all(|byte| byte.is_ascii_digit()) => vec![&typed[..4], &typed[4..6], &typed[6..]],
            _ => typed.split('-').collect(),
        };
        let day = match parts.as_slice() {
            [year, month, day] if year.len() == 4 => (year.parse().ok())
                .and_then(|year| Date::new(year, month.parse().ok()?, day.parse().ok()?).ok())
                .filter(|day| KNOWN.contains(day)),
            _ => None,
        };
        day.map_or_else(|| Self::Unreadable(typed.chars().take(40).collect()), Self::Day)
    }

    pub fn day(&self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(*day),
            _ => None,
        }
    }

    /// What the date field shows.
    pub fn typed(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Day(day) => day.to_string(),
            Self::Unreadable(typed) => typed.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_people_write_it() {
        for typed in ["2014-10-01", "20141001", "2014-10-1", " 2014-10-01 "] {
            assert_eq!(Asked::parse(typed), Asked::Day(date(2014, 10, 1)), "{typed}");
        }
        assert_eq!(Asked::parse("  "), Asked::Nothing);
        for typed in ["igår", "2014", "2014-13-01", "0014-10-01", "1/10 2014", "åååååååå"] {
            assert_eq!(Asked::parse(typed), Asked::Unreadable(typed.to_owned()));
        }
    }
}
