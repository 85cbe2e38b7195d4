//! Times that are counted from an event's first day, so that an example is always some weeks ahead: `09:00` is that day,
//! `+1 09:00` the day after, `-14` two weeks before. `first_day = { in_days = 63, weekday = "torsdag" }` is the first
//! Thursday at least 63 days after the file is taken in, or of the weeks after where that one is a holiday.

use app::events::working_hours::is_working_day;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time, Weekday};
use serde::Deserialize;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirstDay {
    in_days: Spanned<i32>,
    weekday: Spanned<String>,
}

/// What is wrong, and the bytes where it stands.
pub type Wrong = (Range<usize>, &'static str);

impl FirstDay {
    /// The day, for a file that is taken in on `today`.
    pub fn on(&self, today: Date) -> Result<Date, Wrong> {
        const DAYS: [(&str, Weekday); 5] = [
            ("måndag", Weekday::Monday),
            ("tisdag", Weekday::Tuesday),
            ("onsdag", Weekday::Wednesday),
            ("torsdag", Weekday::Thursday),
            ("fredag", Weekday::Friday),
        ];
        let wanted = DAYS.iter().find(|(name, _)| name == self.weekday.get_ref()).map(|(_, day)| *day);
        let wanted =
            wanted.ok_or((self.weekday.span(), "`weekday` är måndag, tisdag, onsdag, torsdag eller fredag"))?;
        let far = || (self.in_days.span(), "`in_days` är så många dagar framåt, högst tusen; med minustecken bakåt");
        let days = i64::from(*self.in_days.get_ref());
        if !(-1000..=1000).contains(&days) {
            return Err(far());
        }
        let mut day = today.checked_add(days.days()).map_err(|_| far())?;
        while day.weekday() != wanted {
            day = day.tomorrow().map_err(|_| far())?;
        }
        while !is_working_day(day) {
            day = day.checked_add(1.week()).map_err(|_| far())?;
        }
        Ok(day)
    }
}

/// The fields of a plan that hold a time, and those that hold a day.
const TIMES: [&str; 5] = ["starts", "ends", "opens", "closes", "free_until"];
const DAYS: [&str; 1] = ["release"];

/// Puts real times in place of those that are counted, wherever they stand in a plan.
pub fn resolve(plan: &mut DeTable, first_day: Option<Date>, wrong: &mut Vec<Wrong>) {
    for (name, value) in plan.iter_mut() {
        let name: &str = name.get_ref();
        let (span, is_time) = (value.span(), TIMES.contains(&name));
        if !is_time && !DAYS.contains(&name) {
            within(value.get_mut(), first_day, wrong);
            continue;
        }
        match written(value.get_ref(), first_day, is_time) {
            Ok(real) => *value.get_mut() = DeValue::String(real.into()),
            Err(message) => wrong.push((span, message)),
        }
    }
}

fn within(value: &mut DeValue, first_day: Option<Date>, wrong: &mut Vec<Wrong>) {
    match value {
        DeValue::Table(table) => resolve(table, first_day, wrong),
        DeValue::Array(list) => list.iter_mut().for_each(|one| within(one.get_mut(), first_day, wrong)),
        _ => {}
    }
}

/// As [`Plan`](app::events::plan::Plan) reads it.
fn written(value: &DeValue, first_day: Option<Date>, is_time: bool) -> Result<String, &'static str> {
    const TIME: &str =
        "skriv klockslaget som 09:00, och ett antal dagar före det om det är en annan dag än den första: +1 09:00";
    const DAY: &str = "skriv hur många dagar före den första dagen det är: -14";
    let message = if is_time { TIME } else { DAY };
    let text = match value {
        DeValue::String(text) => text.as_ref(),
        // A real one, as TOML writes it.
        DeValue::Datetime(real) => return Ok(real.to_string()),
        _ => return Err(message),
    };
    let first_day = first_day.ok_or("`first_day` saknas, som tiden räknas från")?;
    let (days, clock) = match (text.split_once(' '), is_time) {
        (Some((days, clock)), true) => (days, clock),
        (None, true) => ("0", text),
        (_, false) => (text, "00:00"),
    };
    let days: i16 = days.parse().map_err(|_| message)?;
    let day = first_day.checked_add(i64::from(days).days()).map_err(|_| message)?;
    let clock = Time::strptime("%H:%M", clock).map_err(|_| message)?;
    Ok(if is_time { DateTime::from_parts(day, clock).to_string() } else { day.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn first_day(written: &str, today: Date) -> Result<Date, Wrong> {
        toml::from_str::<FirstDay>(written).unwrap().on(today)
    }

    #[test]
    fn the_first_day_is_a_weekday_that_is_no_holiday() {
        let sunday = date(2026, 11, 22);
        assert_eq!(first_day("in_days = 63\nweekday = 'torsdag'", sunday), Ok(date(2027, 1, 28)));
        assert_eq!(first_day("in_days = 2\nweekday = 'tisdag'", sunday), Ok(date(2026, 11, 24)));
        assert_eq!(first_day("in_days = -24\nweekday = 'tisdag'", sunday), Ok(date(2026, 11, 3)));
        // Christmas Eve and New Year's Eve are Thursdays.
        assert_eq!(first_day("in_days = 28\nweekday = 'torsdag'", sunday), Ok(date(2027, 1, 7)));
        assert!(first_day("in_days = 1\nweekday = 'söndag'", sunday).unwrap_err().1.contains("`weekday`"));
        assert!(first_day("in_days = 99999\nweekday = 'fredag'", sunday).unwrap_err().1.contains("`in_days`"));
    }

    #[test]
    fn times_are_counted_from_the_first_day_wherever_they_stand() {
        let file = "starts = '09:00'\nends = '+1 16:30'\nopens = 2027-01-01T08:00:00\n[[tracks]]\nlimits = { release = '-14' }\n";
        let mut plan = DeTable::parse(file).unwrap().into_inner();
        let mut wrong = Vec::new();
        resolve(&mut plan, Some(date(2027, 3, 11)), &mut wrong);
        assert_eq!(wrong, []);
        let told = |value: &DeValue| value.as_str().unwrap().to_owned();
        let times = ["starts", "ends", "opens"].map(|name| told(plan[name].get_ref()));
        assert_eq!(times, ["2027-03-11T09:00:00", "2027-03-12T16:30:00", "2027-01-01T08:00:00"]);
        assert_eq!(told(plan["tracks"].get_ref()[0].get_ref()["limits"].get_ref()["release"].get_ref()), "2027-02-25");
    }

    #[test]
    fn what_is_no_time_is_told_where_it_stands() {
        for (value, message) in [
            ("'9'", "klockslaget"),
            ("'25:00'", "klockslaget"),
            ("'i morgon 09:00'", "klockslaget"),
            ("9", "klockslaget"),
            ("'99999999999 09:00'", "klockslaget"),
        ] {
            let file = format!("starts = {value}");
            let mut plan = DeTable::parse(&file).unwrap().into_inner();
            let mut wrong = Vec::new();
            resolve(&mut plan, Some(date(2027, 3, 11)), &mut wrong);
            assert!(wrong.len() == 1 && wrong[0].0.start == 9 && wrong[0].1.contains(message), "{value}: {wrong:?}");
            let mut plan = DeTable::parse("starts = '09:00'").unwrap().into_inner();
            resolve(&mut plan, None, &mut wrong);
            assert!(wrong[1].1.contains("`first_day` saknas"));
        }
    }
}
