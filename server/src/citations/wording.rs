//! Whose wording a reference means: "i lydelsen före den 1 juli 2025".

use super::text::Text;
use app::text::dates::MONTHS;
use jiff::civil::Date;

/// The day on which the wording of a reference is read, as told right behind it.
pub(super) fn day_of_wording(text: Text, at: usize) -> Option<Date> {
    let next = text.phrase(text.some_ws(at)?, "i")?;
    let next = text.some_ws(next)?;
    let next = text.one_of(next, &["den", "dess", "sin"]).map_or(next, |end| text.ws(end));
    let next = text.some_ws(text.one_of(next, &["lydelse", "lydelsen"])?)?;
    let next = text.phrase(next, "som gällde").map_or(next, |end| text.ws(end));
    let (before, next) = match text.one_of(next, &["före", "intill", "fram till"]) {
        Some(end) => (true, text.some_ws(end)?),
        None => (false, text.some_ws(text.one_of(next, &["den", "per", "från och med", "till och med"])?)?),
    };
    let next = text.phrase(next, "den").map_or(next, |end| text.ws(end));
    let (day, end) = text.digits(next, 2)?;
    let month_at = text.some_ws(end)?;
    let word = text.word(month_at);
    let month = MONTHS.iter().position(|month| *month == word)? + 1;
    let (year, _) = text.digits(text.some_ws(month_at + word.len())?, 4)?;
    let (year, month, day) = (i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let day = Date::new(year, month, day).ok()?;
    if before { day.yesterday().ok() } else { Some(day) }
}
