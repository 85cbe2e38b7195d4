//! When somebody can register.

use super::Event;
use crate::text::dates::unix_time;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// Nobody can come to an example.
    Example,
    Cancelled,
    NotYet,
    Open,
    Closed,
    /// The event has been.
    Over,
}

impl Window {
    /// `now` in unix seconds.
    pub fn of(event: &Event, now: i64) -> Self {
        let plan = &event.plan;
        match () {
            () if event.cancelled_at.is_some() => Self::Cancelled,
            () if now >= unix_time(plan.ends) => Self::Over,
            () if plan.example => Self::Example,
            () if now < unix_time(plan.opens) => Self::NotYet,
            () if now >= unix_time(plan.closes) => Self::Closed,
            () => Self::Open,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::an_event;
    use super::*;
    use jiff::civil::date;

    #[test]
    fn it_is_open_from_the_minute_it_opens_until_the_minute_it_closes() {
        let mut event = an_event();
        let at = |month: i8, day: i8, hour: i8| unix_time(date(2027, month, day).at(hour, 0, 0, 0));
        assert_eq!(Window::of(&event, at(1, 11, 9) - 1), Window::NotYet);
        assert_eq!(Window::of(&event, at(1, 11, 9)), Window::Open);
        assert_eq!(Window::of(&event, at(3, 1, 0)), Window::Closed);
        assert_eq!(Window::of(&event, at(3, 12, 16)), Window::Over);
        event.plan.example = true;
        assert_eq!(Window::of(&event, at(1, 11, 9)), Window::Example);
        event.cancelled_at = Some(1);
        assert_eq!(Window::of(&event, at(1, 11, 9)), Window::Cancelled);
    }

    #[test]
    fn an_hour_that_comes_twice_opens_nothing_twice() {
        let mut event = an_event();
        event.plan.closes = date(2027, 10, 31).at(2, 30, 0, 0);
        event.plan.ends = date(2027, 11, 5).at(16, 0, 0, 0);
        let closes = unix_time(event.plan.closes);
        assert_eq!(Window::of(&event, closes - 1), Window::Open);
        // An hour later, when clocks show the same again.
        assert_eq!(Window::of(&event, closes + 3_500), Window::Closed);
    }
}
