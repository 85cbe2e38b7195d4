//! What is arranged, as a calendar tells it: in what order, what is over, and where. Pure.

use super::plan::{Attendance, Plan};
use super::{Address, Event, Kind};
use crate::counties::County;
use crate::text::capital::capital;
use crate::text::dates::MONTHS;
use jiff::civil::Date;
use std::sync::Arc;

/// A tour of dialogue meetings, or theme days that go together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    pub kind: Kind,
    pub slug: String,
    /// Whose it is; nothing: a national one.
    pub county: Option<&'static County>,
    pub title: String,
    pub lead: String,
}

/// What is published, to be read: the same until something is published, or a new day begins.
pub trait Calendar: Send + Sync {
    /// The day on which it is read, in Sweden.
    fn day(&self) -> Date;

    /// In the order in which they begin; cancelled ones too.
    fn events(&self) -> &[Arc<Event>];

    fn event(&self, address: &Address) -> Option<Arc<Event>>;

    fn series(&self, kind: Kind, slug: &str) -> Option<&Series>;

    /// What has not ended before today, the next one first.
    fn coming(&self) -> Vec<Arc<Event>> {
        self.events().iter().filter(|event| !is_over(event, self.day())).cloned().collect()
    }

    /// What has ended before today, the last one first.
    fn past(&self) -> Vec<Arc<Event>> {
        self.events().iter().rev().filter(|event| is_over(event, self.day())).cloned().collect()
    }

    /// The stops of a tour, or the theme days of a series, in the order in which they begin.
    fn in_series(&self, kind: Kind, slug: &str) -> Vec<Arc<Event>> {
        let within = |event: &&Arc<Event>| event.address.kind == kind && event.address.series == slug;
        self.events().iter().filter(within).cloned().collect()
    }
}

fn is_over(event: &Event, day: Date) -> bool {
    event.plan.ends.date() < day
}

/// Where an event is in its life, on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Coming,
    Past,
    Cancelled,
}

impl State {
    pub const ALL: [Self; 3] = [Self::Coming, Self::Past, Self::Cancelled];

    pub fn of(event: &Event, day: Date) -> Self {
        match event.cancelled_at {
            Some(_) => Self::Cancelled,
            None if is_over(event, day) => Self::Past,
            None => Self::Coming,
        }
    }

    /// As written in answers to programs.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Coming => "kommande",
            Self::Past => "genomford",
            Self::Cancelled => "installd",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Coming => "Kommande",
            Self::Past => "Genomförd",
            Self::Cancelled => "Inställd",
        }
    }
}

/// "Mars 2027"
pub fn month(day: Date) -> String {
    let at = usize::from(day.month().unsigned_abs()).saturating_sub(1);
    format!("{} {}", capital(MONTHS[at.min(11)]), day.year())
}

/// "Göteborg", "Göteborg och digitalt", "Digitalt".
pub fn whereabouts(plan: &Plan) -> String {
    match (&plan.place, is_digital(plan)) {
        (Some(place), true) => format!("{} och digitalt", place.town),
        (Some(place), false) => place.town.clone(),
        (None, _) => "Digitalt".to_owned(),
    }
}

/// Can one take part from elsewhere?
pub fn is_digital(plan: &Plan) -> bool {
    plan.tracks.iter().any(|track| track.attendance == Attendance::Digital)
}

/// The title, with a word before it where nobody can come.
pub fn shown_title(event: &Event) -> String {
    exemplary(event, event.plan.title.clone())
}

fn exemplary(event: &Event, title: String) -> String {
    if event.plan.example { format!("Exempel: {title}") } else { title }
}

/// What stands in somebody's own calendar, where others may see it: "Konferens i Göteborg", unless the organiser lets
/// the title be told.
pub fn calendar_title(event: &Event) -> String {
    let (kind, plan) = (event.address.kind.name(), &event.plan);
    let title = match &plan.place {
        _ if plan.open_mail => plan.title.clone(),
        Some(place) => format!("{kind} i {}", place.town),
        None => kind.to_owned(),
    };
    exemplary(event, title)
}

#[cfg(test)]
mod tests {
    use super::super::samples::an_event;
    use super::*;
    use jiff::civil::date;

    fn on(day: i8) -> Event {
        let mut event = an_event();
        (event.plan.starts, event.plan.ends) = (date(2027, 3, day).at(9, 0, 0, 0), date(2027, 3, day).at(16, 0, 0, 0));
        event
    }

    struct Shelf(Date, Vec<Arc<Event>>);

    impl Calendar for Shelf {
        fn day(&self) -> Date {
            self.0
        }

        fn events(&self) -> &[Arc<Event>] {
            &self.1
        }

        fn event(&self, address: &Address) -> Option<Arc<Event>> {
            self.1.iter().find(|event| event.address == *address).cloned()
        }

        fn series(&self, _: Kind, _: &str) -> Option<&Series> {
            None
        }
    }

    #[test]
    fn an_event_is_coming_as_long_as_its_last_day_is_not_over() {
        let shelf = Shelf(date(2027, 3, 12), [10, 11, 12].map(|day| Arc::new(on(day))).into());
        let days = |events: Vec<Arc<Event>>| events.iter().map(|event| event.plan.starts.day()).collect::<Vec<_>>();
        assert_eq!(days(shelf.coming()), [12]);
        assert_eq!(days(shelf.past()), [11, 10]);
    }

    #[test]
    fn one_that_is_cancelled_says_so_before_and_after() {
        let mut event = on(11);
        let states = |event: &Event| [10, 11, 12].map(|day| State::of(event, date(2027, 3, day)));
        assert_eq!(states(&event), [State::Coming, State::Coming, State::Past]);
        event.cancelled_at = Some(0);
        assert_eq!(states(&event), [State::Cancelled; 3]);
    }

    #[test]
    fn the_place_is_told_as_people_say_it() {
        let mut plan = an_event().plan;
        assert_eq!((month(date(2027, 3, 1)), whereabouts(&plan)), ("Mars 2027".into(), "Göteborg och digitalt".into()));
        plan.tracks.pop();
        assert_eq!(whereabouts(&plan), "Göteborg");
        plan.place = None;
        assert_eq!(whereabouts(&plan), "Digitalt");
    }

    #[test]
    fn somebodys_calendar_does_not_tell_the_title_unless_it_may() {
        let mut event = an_event();
        assert_eq!(calendar_title(&event), "Konferens i Göteborg");
        event.plan.open_mail = true;
        assert_eq!(calendar_title(&event), "Samverkan i länet");
    }
}
