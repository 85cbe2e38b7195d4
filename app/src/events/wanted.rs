//! Which events somebody wants to see: what the calendar's address asks. Pure.

use super::{Event, Kind};
use crate::counties::{self, County};
use jiff::civil::Date;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wanted {
    pub kind: Option<Kind>,
    pub county: Option<&'static County>,
    /// The first day of a month: events that begin in it.
    pub month: Option<Date>,
}

impl Wanted {
    /// From the values of a query; what means nothing is left out.
    pub fn read<'a>(value: impl Fn(&str) -> Option<&'a str>) -> Self {
        Self {
            kind: value("typ").and_then(Kind::parse),
            county: value("lan").and_then(counties::find),
            month: value("manad").and_then(parse_month),
        }
    }

    /// From `typ=konferens&lan=skane`, of which no value that means anything is encoded.
    pub fn of_query(query: &str) -> Self {
        let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        Self::read(value)
    }

    /// The query that asks this, always spelled the same; nothing if all are wanted.
    pub fn query(&self) -> Option<String> {
        let pairs = [
            ("typ", self.kind.map(|kind| kind.as_str().to_owned())),
            ("lan", self.county.map(|county| county.slug.to_owned())),
            ("manad", self.month.map(month_slug)),
        ];
        let pairs: Vec<_> = pairs.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", value?))).collect();
        (!pairs.is_empty()).then(|| pairs.join("&"))
    }

    /// The address with the query, if there is one.
    pub fn at(&self, path: &str) -> String {
        self.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"))
    }

    pub fn fits(&self, event: &Event) -> bool {
        self.kind.is_none_or(|kind| event.address.kind == kind)
            && self.county.is_none_or(|county| event.county == Some(county))
            && self.month.is_none_or(|month| event.plan.starts.date().first_of_month() == month)
    }
}

/// "2027-03"
pub fn month_slug(month: Date) -> String {
    format!("{:04}-{:02}", month.year(), month.month())
}

/// Within this century: addresses without number would fill the memory with empty pages.
fn parse_month(text: &str) -> Option<Date> {
    let (year, month) = text.split_once('-')?;
    let month = Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()?;
    ((2000..2100).contains(&month.year()) && month_slug(month) == text).then_some(month)
}

#[cfg(test)]
mod tests {
    use super::super::samples::an_event;
    use super::*;

    fn read(pairs: &[(&str, &'static str)]) -> Wanted {
        Wanted::read(|name| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| *value))
    }

    #[test]
    fn only_what_means_something_is_asked_and_always_in_the_same_order() {
        let wanted = read(&[("manad", "2027-03"), ("lan", "skane"), ("typ", "konferens")]);
        assert_eq!(wanted.query().as_deref(), Some("typ=konferens&lan=skane&manad=2027-03"));
        let nothing = read(&[("manad", "2027-3"), ("lan", ""), ("typ", "fest")]);
        assert_eq!((nothing.query(), nothing.at("/kalender/")), (None, "/kalender/".to_owned()));
        assert!(["2027-13", "1999-12", "9999-12", "+027-03", "2027"].map(parse_month).iter().all(Option::is_none));
    }

    #[test]
    fn an_event_fits_by_kind_county_and_the_month_it_begins_in() {
        let event = Event { county: counties::find("vastra-gotaland"), ..an_event() };
        for (name, fits, not) in
            [("typ", "konferens", "temadag"), ("lan", "vastra-gotaland", "skane"), ("manad", "2027-03", "2027-04")]
        {
            assert!(read(&[(name, fits)]).fits(&event) && !read(&[(name, not)]).fits(&event), "{name}");
        }
    }
}
