//! What somebody took part in, and for how long: the parts for all, and the workshops that they had a place in. Pure.

use crate::events::plan::{Plan, Session};
use jiff::civil::DateTime;

/// What they took part in by choice: workshops that were held, in their order.
pub fn parts(plan: &Plan, workshops: &[String]) -> Vec<String> {
    let mut held: Vec<&Session> = plan.workshops().filter(|session| workshops.contains(&session.id)).collect();
    held.sort_by_key(|session| (session.starts, session.ends));
    held.into_iter().map(|session| session.title.clone()).collect()
}

/// "6 timmar", "5,5 timmar": the time of the programme, at the same time counted once; in halves, rounded down. Without
/// a programme, from beginning to end on the same day; else nothing is known.
pub fn hours(plan: &Plan, workshops: &[String]) -> Option<String> {
    let took_part = |session: &&Session| !session.is_chosen() || workshops.contains(&session.id);
    let mut times: Vec<(DateTime, DateTime)> =
        plan.programme.iter().filter(took_part).map(|session| (session.starts, session.ends)).collect();
    if times.is_empty() && plan.starts.date() == plan.ends.date() {
        times.push((plan.starts, plan.ends));
    }
    times.sort();
    let (mut minutes, mut until) = (0, None);
    for (starts, ends) in times {
        let from = until.map_or(starts, |until: DateTime| until.max(starts));
        if ends > from {
            minutes += ends.duration_since(from).as_mins();
            until = Some(ends);
        }
    }
    match (minutes / 30 / 2, minutes / 30 % 2) {
        (0, 0) => None,
        (1, 0) => Some("1 timme".to_owned()),
        (hours, 0) => Some(format!("{hours} timmar")),
        (hours, _) => Some(format!("{hours},5 timmar")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::samples::a_plan;

    fn ids(ids: &[&str]) -> Vec<String> {
        ids.iter().map(|id| (*id).to_owned()).collect()
    }

    #[test]
    fn only_workshops_that_somebody_had_a_place_in_are_told_in_their_order() {
        assert_eq!(parts(&a_plan(), &ids(&["barn", "samtal", "borta"])), ["Samtalet", "Barnen"]);
        assert!(parts(&a_plan(), &[]).is_empty());
    }

    #[test]
    fn time_is_counted_once() {
        let mut plan = a_plan();
        assert_eq!(hours(&plan, &[]).as_deref(), Some("1 timme"));
        assert_eq!(hours(&plan, &ids(&["samtal", "barn"])).as_deref(), Some("3,5 timmar"));
        // An hour that lies within another.
        assert_eq!(hours(&plan, &ids(&["samtal", "skydd"])).as_deref(), Some("2,5 timmar"));
        plan.programme.clear();
        assert_eq!(hours(&plan, &[]).as_deref(), Some("7 timmar"));
        plan.ends = plan.ends.date().tomorrow().unwrap().at(12, 0, 0, 0);
        assert_eq!(hours(&plan, &[]), None);
    }
}
