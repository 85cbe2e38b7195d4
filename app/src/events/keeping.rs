//! How long something is kept.

use super::plan::Plan;
use jiff::ToSpan;
use jiff::civil::Date;

/// How many days a link waits for the colleague who takes a place over.
pub const HAND_OVER_DAYS: i64 = 7;

/// The day on which diet and access needs are deleted, everywhere: two weeks after the last day.
pub fn needs_are_deleted(plan: &Plan) -> Date {
    let last = plan.ends.date();
    last.checked_add(14.days()).unwrap_or(last)
}

#[cfg(test)]
mod tests {
    use super::super::samples::a_plan;
    use super::*;
    use jiff::civil::date;

    #[test]
    fn needs_are_kept_for_two_weeks() {
        assert_eq!(needs_are_deleted(&a_plan()), date(2027, 3, 26));
    }
}
