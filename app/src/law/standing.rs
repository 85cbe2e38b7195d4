//! Whether an instrument is in force on a day, and which one of a chain is. Pure.

use jiff::civil::Date;

/// Where an instrument stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    NotYet,
    InForce,
    Repealed,
}

/// From one day until another, the last one not included. An unknown start lies before all days we know.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    pub from: Option<Date>,
    pub until: Option<Date>,
}

impl Span {
    pub fn standing(self, day: Date) -> Standing {
        if self.from.is_some_and(|from| day < from) {
            Standing::NotYet
        } else if self.until.is_some_and(|until| day >= until) {
            Standing::Repealed
        } else {
            Standing::InForce
        }
    }

    pub fn holds(self, day: Date) -> bool {
        self.standing(day) == Standing::InForce
    }

    /// The last day within the span, if it has an end.
    pub fn last_day(self) -> Option<Date> {
        self.until.and_then(|until| until.yesterday().ok())
    }

    /// The day on which an instrument is best read when nobody names one: today, or its last or first day.
    pub fn reading_day(self, today: Date) -> Date {
        match self.standing(today) {
            Standing::InForce => today,
            Standing::Repealed => self.last_day().unwrap_or(today),
            Standing::NotYet => self.from.unwrap_or(today),
        }
    }
}

/// One instrument in a chain of successors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// `sosfs/2014:4`
    pub instrument: String,
    /// "SOSFS 2014:4", "socialtjänstlagen (2001:453)"
    pub label: String,
    /// Its page, if the portal has one.
    pub slug: Option<String>,
    pub span: Span,
}

/// Instruments that replaced each other, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chain(pub Vec<Link>);

impl Chain {
    /// The one that was in force on the day.
    pub fn in_force(&self, day: Date) -> Option<&Link> {
        self.0.iter().rev().find(|link| link.span.holds(day))
    }

    pub fn position(&self, instrument: &str) -> Option<usize> {
        self.0.iter().position(|link| link.instrument == instrument)
    }

    pub fn before(&self, instrument: &str) -> Option<&Link> {
        self.0.get(self.position(instrument)?.checked_sub(1)?)
    }

    pub fn after(&self, instrument: &str) -> Option<&Link> {
        self.0.get(self.position(instrument)? + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_instrument_applies_from_its_first_day_until_the_day_it_is_repealed() {
        let span = Span { from: Some(date(2014, 10, 1)), until: Some(date(2022, 11, 1)) };
        assert_eq!(span.standing(date(2014, 9, 30)), Standing::NotYet);
        assert_eq!(span.standing(date(2014, 10, 1)), Standing::InForce);
        assert_eq!(span.standing(date(2022, 10, 31)), Standing::InForce);
        assert_eq!(span.standing(date(2022, 11, 1)), Standing::Repealed);
        assert_eq!(span.reading_day(date(2026, 1, 1)), date(2022, 10, 31));
        assert_eq!(span.reading_day(date(2010, 1, 1)), date(2014, 10, 1));
    }

    #[test]
    fn a_chain_names_the_one_in_force() {
        let link = |id: &str, from, until| Link {
            instrument: id.to_owned(),
            label: id.to_owned(),
            slug: None,
            span: Span { from: Some(from), until },
        };
        let chain = Chain(vec![
            link("a", date(2009, 12, 1), Some(date(2014, 10, 1))),
            link("b", date(2014, 10, 1), Some(date(2022, 11, 1))),
            link("c", date(2022, 11, 1), None),
        ]);
        let on = |day| chain.in_force(day).map(|link| link.instrument.as_str());
        assert_eq!(on(date(2009, 11, 30)), None);
        assert_eq!(on(date(2014, 9, 30)), Some("a"));
        assert_eq!(on(date(2014, 10, 1)), Some("b"));
        assert_eq!(on(date(2022, 10, 31)), Some("b"));
        assert_eq!(on(date(2022, 11, 1)), Some("c"));
        assert_eq!(chain.before("b").map(|link| link.instrument.as_str()), Some("a"));
        assert_eq!(chain.after("c"), None);
    }
}
