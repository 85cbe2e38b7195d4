//! Whom finance asks for a fee: who gave a place back too late, and who never came. The rule, over what is known of one
//! place; nothing here asks a database or the time.
//!
//! A place that somebody else could use costs nobody anything: one that went on to the next in line, and one that a
//! colleague took over, who then is the one to come. Nor does one whose holder had a good reason.

use super::plan::{Attendance, Fee};
use crate::text::dates::unix_time;

/// The event, as far as fees go. Times are unix seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Whole kronor.
    pub amount: u32,
    /// Who gives a place back before pays nothing.
    pub free_until: i64,
    pub ends_at: i64,
    /// Was anybody let in at a door? Where nobody was, nobody knows who came.
    pub doors: bool,
    /// The event itself was.
    pub is_cancelled: bool,
}

impl Rule {
    pub fn of(fee: &Fee, ends_at: i64, doors: bool, is_cancelled: bool) -> Self {
        Self { amount: fee.amount, free_until: unix_time(fee.free_until), ends_at, doors, is_cancelled }
    }
}

/// What is known of one registration. Times are unix seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case {
    pub attendance: Attendance,
    pub ended: Ended,
    /// The organiser has noted that there was a good reason: illness, or something like it.
    pub is_excused: bool,
}

/// How it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Never had a place: waited, was refused, did not answer an offer.
    WithoutPlace,
    /// Gave the place back then; did it go on to somebody in line?
    GaveBack { at: i64, refilled: bool },
    /// Had a place to the end, as the first or as the one who took it over.
    Kept { came: bool },
}

/// What finance asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Charge {
    Late,
    NoShow,
}

/// Why nothing is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Free {
    EventCancelled,
    WithoutPlace,
    InTime,
    /// The next in line got it.
    Refilled,
    Excused,
    Came,
    /// Whether somebody came to what is digital, nobody can see at a door.
    Digital,
    /// It is not over yet.
    NotOver,
    /// Nobody was let in at a door.
    NotChecked,
}

impl Charge {
    pub fn swedish(self) -> &'static str {
        match self {
            Self::Late => "avbokade för sent",
            Self::NoShow => "uteblev",
        }
    }
}

impl Free {
    pub fn swedish(self) -> &'static str {
        match self {
            Self::EventCancelled => "arrangemanget ställdes in",
            Self::WithoutPlace => "hade ingen plats",
            Self::InTime => "avbokade i tid",
            Self::Refilled => "nästa i kön fick platsen",
            Self::Excused => "giltigt förfall",
            Self::Came => "kom",
            Self::Digital => "deltog digitalt",
            Self::NotOver => "arrangemanget är inte slut",
            Self::NotChecked => "ingen incheckning gjordes",
        }
    }
}

/// Is a fee asked for, and if not, why?
pub fn judge(rule: &Rule, case: &Case, now: i64) -> Result<Charge, Free> {
    if rule.is_cancelled {
        return Err(Free::EventCancelled);
    }
    match case.ended {
        Ended::WithoutPlace => Err(Free::WithoutPlace),
        Ended::GaveBack { at, .. } if at < rule.free_until => Err(Free::InTime),
        Ended::GaveBack { refilled: true, .. } => Err(Free::Refilled),
        Ended::Kept { came: true } => Err(Free::Came),
        _ if case.is_excused => Err(Free::Excused),
        Ended::GaveBack { .. } => Ok(Charge::Late),
        Ended::Kept { .. } if case.attendance == Attendance::Digital => Err(Free::Digital),
        Ended::Kept { .. } if now < rule.ends_at => Err(Free::NotOver),
        Ended::Kept { .. } if !rule.doors => Err(Free::NotChecked),
        Ended::Kept { .. } => Ok(Charge::NoShow),
    }
}

/// Which of the places of a track that were given back went on to somebody in line. `given_back` are the moments in any
/// order, `given` those at which somebody in line got a place: each frees the first who had given one back by then and
/// has not been freed.
pub fn refilled(given_back: &[i64], given: &[i64]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..given_back.len()).collect();
    order.sort_by_key(|at| given_back[*at]);
    let mut given = given.to_vec();
    given.sort_unstable();
    let mut refilled = vec![false; given_back.len()];
    for moment in given {
        let next = order.iter().find(|at| !refilled[**at] && given_back[**at] <= moment);
        if let Some(at) = next {
            refilled[*at] = true;
        }
    }
    refilled
}

#[cfg(test)]
mod tests {
    use super::*;
    use Attendance::{Digital, OnSite};
    use Ended::{GaveBack, Kept, WithoutPlace};

    const FREE_UNTIL: i64 = 1_000;
    const ENDS: i64 = 2_000;
    const RULE: Rule = Rule { amount: 500, free_until: FREE_UNTIL, ends_at: ENDS, doors: true, is_cancelled: false };
    const NO_DOORS: Rule = Rule { doors: false, ..RULE };
    const CANCELLED: Rule = Rule { is_cancelled: true, ..RULE };

    const EARLY: Ended = GaveBack { at: 999, refilled: false };
    const ON_TIME_TO_THE_SECOND: Ended = GaveBack { at: 1_000, refilled: false };
    const LATE: Ended = GaveBack { at: 1_001, refilled: false };
    const LATE_REFILLED: Ended = GaveBack { at: 1_001, refilled: true };
    const EARLY_REFILLED: Ended = GaveBack { at: 10, refilled: true };
    const AFTERWARDS: Ended = GaveBack { at: 2_500, refilled: false };
    const CAME: Ended = Kept { came: true };
    const MISSING: Ended = Kept { came: false };

    /// (rule, way of taking part, how it ended, excused, now, what is expected)
    type Line = (Rule, Attendance, Ended, bool, i64, Result<Charge, Free>);

    const BEFORE: i64 = 500;
    const DURING: i64 = 1_999;
    const AFTER: i64 = 2_000;

    const TABLE: [Line; 60] = [
        // Given back in time: nothing, whatever else.
        (RULE, OnSite, EARLY, false, BEFORE, Err(Free::InTime)),
        (RULE, OnSite, EARLY, false, AFTER, Err(Free::InTime)),
        (RULE, OnSite, EARLY, true, AFTER, Err(Free::InTime)),
        (RULE, Digital, EARLY, false, AFTER, Err(Free::InTime)),
        (RULE, OnSite, EARLY_REFILLED, false, AFTER, Err(Free::InTime)),
        (RULE, Digital, EARLY_REFILLED, true, BEFORE, Err(Free::InTime)),
        (NO_DOORS, OnSite, EARLY, false, AFTER, Err(Free::InTime)),
        (NO_DOORS, Digital, EARLY_REFILLED, false, AFTER, Err(Free::InTime)),
        // "Before" means before: at the very second it is late.
        (RULE, OnSite, ON_TIME_TO_THE_SECOND, false, AFTER, Ok(Charge::Late)),
        (RULE, Digital, ON_TIME_TO_THE_SECOND, false, AFTER, Ok(Charge::Late)),
        (RULE, OnSite, ON_TIME_TO_THE_SECOND, true, AFTER, Err(Free::Excused)),
        // Given back late: asked for at once, since it can be seen at once.
        (RULE, OnSite, LATE, false, DURING, Ok(Charge::Late)),
        (RULE, OnSite, LATE, false, AFTER, Ok(Charge::Late)),
        (RULE, Digital, LATE, false, DURING, Ok(Charge::Late)),
        (RULE, Digital, LATE, false, AFTER, Ok(Charge::Late)),
        (NO_DOORS, OnSite, LATE, false, AFTER, Ok(Charge::Late)),
        (NO_DOORS, Digital, LATE, false, AFTER, Ok(Charge::Late)),
        (RULE, OnSite, AFTERWARDS, false, 3_000, Ok(Charge::Late)),
        (NO_DOORS, OnSite, AFTERWARDS, false, 3_000, Ok(Charge::Late)),
        // Unless the next in line got the place …
        (RULE, OnSite, LATE_REFILLED, false, DURING, Err(Free::Refilled)),
        (RULE, OnSite, LATE_REFILLED, false, AFTER, Err(Free::Refilled)),
        (RULE, Digital, LATE_REFILLED, false, AFTER, Err(Free::Refilled)),
        (RULE, OnSite, LATE_REFILLED, true, AFTER, Err(Free::Refilled)),
        (NO_DOORS, OnSite, LATE_REFILLED, false, AFTER, Err(Free::Refilled)),
        // … or there was a good reason.
        (RULE, OnSite, LATE, true, DURING, Err(Free::Excused)),
        (RULE, OnSite, LATE, true, AFTER, Err(Free::Excused)),
        (RULE, Digital, LATE, true, AFTER, Err(Free::Excused)),
        (NO_DOORS, OnSite, LATE, true, AFTER, Err(Free::Excused)),
        (RULE, OnSite, AFTERWARDS, true, 3_000, Err(Free::Excused)),
        // Who came pays nothing; a colleague who took the place over is who came.
        (RULE, OnSite, CAME, false, DURING, Err(Free::Came)),
        (RULE, OnSite, CAME, false, AFTER, Err(Free::Came)),
        (RULE, OnSite, CAME, true, AFTER, Err(Free::Came)),
        (RULE, Digital, CAME, false, AFTER, Err(Free::Came)),
        (RULE, Digital, CAME, true, AFTER, Err(Free::Came)),
        // Who did not come is known when it is over, to the second.
        (RULE, OnSite, MISSING, false, BEFORE, Err(Free::NotOver)),
        (RULE, OnSite, MISSING, false, DURING, Err(Free::NotOver)),
        (RULE, OnSite, MISSING, false, AFTER, Ok(Charge::NoShow)),
        (RULE, OnSite, MISSING, false, 9_999, Ok(Charge::NoShow)),
        (RULE, OnSite, MISSING, true, BEFORE, Err(Free::Excused)),
        (RULE, OnSite, MISSING, true, AFTER, Err(Free::Excused)),
        // Nobody knows who came where there was no door.
        (NO_DOORS, OnSite, MISSING, false, AFTER, Err(Free::NotChecked)),
        (NO_DOORS, OnSite, MISSING, false, DURING, Err(Free::NotOver)),
        (NO_DOORS, OnSite, MISSING, true, AFTER, Err(Free::Excused)),
        (RULE, Digital, MISSING, false, AFTER, Err(Free::Digital)),
        (RULE, Digital, MISSING, false, BEFORE, Err(Free::Digital)),
        (RULE, Digital, MISSING, true, AFTER, Err(Free::Excused)),
        (NO_DOORS, Digital, MISSING, false, AFTER, Err(Free::Digital)),
        // Who never had a place owes nothing for it.
        (RULE, OnSite, WithoutPlace, false, BEFORE, Err(Free::WithoutPlace)),
        (RULE, OnSite, WithoutPlace, false, AFTER, Err(Free::WithoutPlace)),
        (RULE, OnSite, WithoutPlace, true, AFTER, Err(Free::WithoutPlace)),
        (RULE, Digital, WithoutPlace, false, AFTER, Err(Free::WithoutPlace)),
        (NO_DOORS, OnSite, WithoutPlace, false, AFTER, Err(Free::WithoutPlace)),
        // An event that did not take place costs nobody anything.
        (CANCELLED, OnSite, LATE, false, AFTER, Err(Free::EventCancelled)),
        (CANCELLED, OnSite, LATE_REFILLED, false, AFTER, Err(Free::EventCancelled)),
        (CANCELLED, OnSite, EARLY, false, AFTER, Err(Free::EventCancelled)),
        (CANCELLED, OnSite, MISSING, false, AFTER, Err(Free::EventCancelled)),
        (CANCELLED, OnSite, CAME, false, AFTER, Err(Free::EventCancelled)),
        (CANCELLED, Digital, LATE, true, AFTER, Err(Free::EventCancelled)),
        (CANCELLED, Digital, MISSING, false, BEFORE, Err(Free::EventCancelled)),
        (CANCELLED, OnSite, WithoutPlace, false, AFTER, Err(Free::EventCancelled)),
    ];

    #[test]
    fn each_case_is_judged_as_the_table_says() {
        for (number, (rule, attendance, ended, is_excused, now, expected)) in TABLE.into_iter().enumerate() {
            let case = Case { attendance, ended, is_excused };
            assert_eq!(judge(&rule, &case, now), expected, "line {number}: {case:?} at {now}");
        }
    }

    #[test]
    fn a_place_that_was_given_on_frees_one_who_gave_theirs_back_before() {
        assert_eq!(refilled(&[10, 20, 30], &[]), [false, false, false]);
        assert_eq!(refilled(&[30, 10, 20], &[20]), [false, true, false]);
        assert_eq!(refilled(&[10, 20, 30], &[25, 10]), [true, true, false]);
        // What was given before anybody gave back frees nobody.
        assert_eq!(refilled(&[10], &[9]), [false]);
        // At the very moment: the promotion of the same transaction.
        assert_eq!(refilled(&[10, 10], &[10]), [true, false]);
        assert_eq!(refilled(&[], &[1, 2]), Vec::<bool>::new());
    }
}
