//! What a plan may not take away any more, because somebody has it. Pure.

use super::Counts;
use crate::events::plan::Plan;
use crate::events::questions::Question;
use crate::events::sound::Fault;

/// What is in use of a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Used {
    /// By track: places that are held.
    pub held: Counts,
    /// By track: everybody who has not ended, those in line too.
    pub registered: Counts,
    /// By [`Plan::counted`].
    pub taken: Counts,
    /// By question.
    pub answered: Counts,
}

/// Where a changed plan has less than somebody has already, with the number, as [`crate::events::sound`] tells it.
pub fn faults(before: &Plan, after: &Plan, used: &Used) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut fault = |field: String, words: String| faults.push(Fault { field, words });
    for (at, track) in after.tracks.iter().enumerate() {
        let held = used.held.get(&track.id).copied().unwrap_or(0);
        if track.seats.is_some_and(|seats| seats < held) {
            fault(
                format!("tracks.{at}.seats"),
                format!("Det går inte att ha färre platser än {held}: så många har plats."),
            );
        }
    }
    for track in before.tracks.iter().filter(|track| after.track(&track.id).is_none()) {
        if let Some(count) = used.registered.get(&track.id).filter(|count| **count > 0) {
            fault(
                "tracks".into(),
                format!("”{}” går inte att ta bort: {}.", track.name, people(*count, "är anmälda så")),
            );
        }
    }
    for (item, seats) in after.counted() {
        let taken = used.taken.get(&item).copied().unwrap_or(0);
        if seats < taken {
            fault(place_of(after, &item), format!("Det går inte att ha färre platser än {taken}: så många är tagna."));
        }
    }
    let is_counted = |item: &str| after.counted().any(|(counted, _)| counted == item);
    for (item, _) in before.counted().filter(|(item, _)| !is_counted(item)) {
        if let Some(count) = used.taken.get(&item).filter(|count| **count > 0) {
            let words = format!(
                "”{}” måste finnas kvar med ett antal: {}.",
                name_of(before, &item),
                people(*count, "har valt det")
            );
            fault(part_of(before, after, &item), words);
        }
    }
    for question in before.questions.iter().filter(|one| after.questions.iter().all(|other| other.id != one.id)) {
        if let Some(count) = used.answered.get(&question.id).filter(|count| **count > 0) {
            let words = format!("”{}” går inte att ta bort: {}.", question.label, people(*count, "har svarat"));
            fault("questions".into(), words);
        }
    }
    faults
}

fn people(count: u32, verb: &str) -> String {
    if count == 1 { format!("1 person {verb}") } else { format!("{count} personer {verb}") }
}

/// Where in the plan the places of a workshop or a choice are written.
fn place_of(plan: &Plan, item: &str) -> String {
    if let Some(at) = plan.programme.iter().position(|session| session.id == item) {
        return format!("programme.{at}.seats");
    }
    for (at, question) in plan.questions.iter().enumerate() {
        if let Some(choice) = choice_of(question, item) {
            return format!("questions.{at}.choices.{choice}.seats");
        }
    }
    "questions".into()
}

/// The nearest to it that is left.
fn part_of(before: &Plan, after: &Plan, item: &str) -> String {
    let place = place_of(after, item);
    if place != "questions" {
        return place;
    }
    if before.session(item).is_some() { "programme".into() } else { place }
}

fn choice_of(question: &Question, item: &str) -> Option<usize> {
    question.choices.iter().position(|choice| question.counted(&choice.id) == item)
}

/// What a workshop or a choice is called.
fn name_of(plan: &Plan, item: &str) -> String {
    let choice = |question: &Question| Some(question.choices[choice_of(question, item)?].label.clone());
    let session = plan.session(item).map(|session| session.title.clone());
    session.or_else(|| plan.questions.iter().find_map(choice)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::Kind;
    use crate::events::questions::{self, Choice};
    use crate::organising::template;
    use jiff::civil::date;

    fn a_plan() -> Plan {
        let mut plan = template::plan(Kind::Conference, "Titel", "Ort", date(2027, 3, 10), date(2027, 1, 1));
        let choice = |id: &str, seats| Choice { id: id.into(), label: id.into(), seats };
        plan.questions = vec![Question {
            id: "resa".into(),
            label: "Hur reser du?".into(),
            help: String::new(),
            kind: questions::Kind::One,
            required: true,
            choices: vec![choice("tag", None), choice("buss", Some(40))],
            only_if: None,
        }];
        plan
    }

    fn used(held: u32, taken: &[(&str, u32)]) -> Used {
        let counts = |counts: &[(&str, u32)]| counts.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
        Used {
            held: counts(&[("pa-plats", held)]),
            registered: counts(&[("pa-plats", held + 5)]),
            taken: counts(taken),
            answered: counts(&[("resa", held)]),
        }
    }

    #[test]
    fn nobody_loses_what_they_have() {
        let before = a_plan();
        let told = |change: &dyn Fn(&mut Plan), used: Used| {
            let mut after = before.clone();
            change(&mut after);
            let faults = faults(&before, &after, &used);
            faults.into_iter().map(|fault| (fault.field, fault.words)).collect::<Vec<_>>()
        };
        let used = used(12, &[("workshop-a", 7), ("resa:buss", 2)]);
        let fields = |change: &dyn Fn(&mut Plan)| {
            told(change, used.clone()).into_iter().map(|(field, _)| field).collect::<Vec<_>>()
        };
        assert!(fields(&|_| {}).is_empty());
        assert!(fields(&|plan| plan.tracks[0].seats = Some(12)).is_empty());
        let (field, words) = told(&|plan| plan.tracks[0].seats = Some(11), used.clone()).remove(0);
        assert!(field == "tracks.0.seats" && words.contains("12"), "{words}");
        assert_eq!(fields(&|plan| drop(plan.tracks.remove(0))), ["tracks"]);
        assert_eq!(fields(&|plan| plan.programme[3].seats = Some(6)), ["programme.3.seats"]);
        assert_eq!(fields(&|plan| plan.programme[3].seats = None), ["programme.3.seats"]);
        assert_eq!(fields(&|plan| drop(plan.programme.remove(3))), ["programme"]);
        assert_eq!(fields(&|plan| plan.questions[0].choices[1].seats = Some(1)), ["questions.0.choices.1.seats"]);
        assert_eq!(fields(&|plan| drop(plan.questions.remove(0))), ["questions", "questions"]);
        // More is always welcome, and what nobody has may go.
        assert!(fields(&|plan| plan.tracks[0].seats = None).is_empty());
        assert!(fields(&|plan| drop(plan.tracks.remove(1))).is_empty());
    }
}
