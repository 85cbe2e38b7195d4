//! At what time a page is to be published. Pure.

use crate::desk::Fields;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

/// The latest that a time may be set: a year ahead, in seconds. What is further away is a slip of the pen.
const FURTHEST: i64 = 366 * 24 * 60 * 60;

/// When the button should publish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Now,
    /// Unix seconds.
    At(i64),
}

/// Reads the form at `now` (unix seconds). The error is a Swedish sentence.
pub fn read(form: &Fields, now: i64) -> Result<When, &'static str> {
    if form.get("nar") != "sedan" {
        return Ok(When::Now);
    }
    let day: Date = form.get("dag").trim().parse().map_err(|_| "Skriv dagen så här: 2027-05-21.")?;
    let time = form.get("klockan").trim().replace('.', ":");
    let time: Time = time.parse().map_err(|_| "Skriv klockslaget så här: 08:00.")?;
    let sweden = TimeZone::get("Europe/Stockholm").unwrap_or(TimeZone::UTC);
    let at =
        DateTime::from_parts(day, time).to_zoned(sweden).map_err(|_| "Den tiden finns inte.")?.timestamp().as_second();
    match at - now {
        ..=0 => Err("Tiden har redan varit. Välj en senare, eller publicera genast."),
        ahead if ahead > FURTHEST => Err("Tiden är mer än ett år bort. Välj en närmare."),
        _ => Ok(When::At(at)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-21 09:05 in Sweden.
    const NOW: i64 = 1_795_248_300;

    fn at(day: &str, time: &str) -> Result<When, &'static str> {
        let form = [("nar", "sedan"), ("dag", day), ("klockan", time)];
        read(&Fields::new(form.map(|(name, value)| (name.to_owned(), value.to_owned()))), NOW)
    }

    #[test]
    fn a_time_is_read_in_sweden() {
        assert_eq!(at("2026-11-21", "09:06"), Ok(When::At(NOW + 60)));
        assert!(at("2026-11-21", "9.06").is_err(), "two figures for the hour, as browsers send it");
        assert_eq!(at("2026-11-21", "09.06"), Ok(When::At(NOW + 60)));
        // In summer Sweden is an hour further from Greenwich.
        assert_eq!(at("2027-06-01", "08:00"), Ok(When::At(1_811_829_600)));
        assert_eq!(read(&Fields::default(), NOW), Ok(When::Now));
    }

    #[test]
    fn what_cannot_be_is_told() {
        for (day, time) in [
            ("2026-11-21", "09:05"),
            ("2026-11-20", "10:00"),
            ("i morgon", "08:00"),
            ("2026-12-01", ""),
            ("2028-01-01", "08:00"),
        ] {
            assert!(at(day, time).is_err(), "{day} {time}");
        }
    }
}
