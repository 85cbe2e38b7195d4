//! The programme of an event: hour by hour, and what is at the same time side by side.

use super::plan::{Plan, Session};
use super::when::{clock, day, hours, iso};
use super::{Occupancy, words};
use crate::ui::paragraphs::Paragraphs;
use leptos::prelude::*;

/// What is at the same time, wholly or in part, stands together, in the order of the clock.
pub fn slots<'p>(sessions: impl Iterator<Item = &'p Session>) -> Vec<Vec<&'p Session>> {
    let mut sessions: Vec<_> = sessions.collect();
    sessions.sort_by_key(|session| (session.starts, session.ends));
    let mut slots: Vec<Vec<&Session>> = Vec::new();
    for session in sessions {
        match slots.last_mut() {
            Some(slot) if slot.iter().any(|other| other.overlaps(session)) => slot.push(session),
            _ => slots.push(vec![session]),
        }
    }
    slots
}

#[component]
pub fn Programme(plan: Plan, occupancy: Occupancy) -> impl IntoView {
    let is_long = plan.starts.date() != plan.ends.date();
    let mut before = None;
    let slots: Vec<_> = slots(plan.programme.iter())
        .into_iter()
        .map(|slot| {
            let date = slot[0].starts.date();
            let new_day =
                (is_long && before.replace(date) != Some(date)).then(|| view! { <p class="day">{day(date)}</p> });
            let sessions: Vec<_> = slot.iter().map(|session| one(session, &occupancy)).collect();
            let sessions = match sessions.len() {
                1 => sessions.into_any(),
                _ => view! { <div class="parallel">{sessions}</div> }.into_any(),
            };
            view! { <li>{new_day} {sessions}</li> }
        })
        .collect();
    (!slots.is_empty()).then(|| {
        view! {
            <section aria-labelledby="program-rubrik">
                <h2 id="program-rubrik">"Program"</h2>
                <ol class="programme">{slots}</ol>
            </section>
        }
    })
}

fn one(session: &Session, occupancy: &Occupancy) -> impl IntoView + use<> {
    let places = session.seats.map(|seats| {
        let taken = occupancy.counted.get(&session.id).copied().unwrap_or(0);
        view! { <p class="aside">{format!("Pass som du väljer: {}.", words::places_in(seats, taken))}</p> }
    });
    let by = (!session.speakers.is_empty()).then(|| view! { <p class="by">{session.speakers.join(", ")}</p> });
    view! {
        <div class="session">
            <p class="hours"><time datetime=iso(session.starts)>{clock(session.starts)}</time> {until(session)}</p>
            <div>
                <h3>{session.title.clone()}</h3>
                {by}
                <Paragraphs text=session.text.clone() />
                {places}
            </div>
        </div>
    }
}

/// What stands after the hour at which it begins: "–16.00".
fn until(session: &Session) -> Option<String> {
    hours(session.starts, session.ends)
        .strip_prefix(&clock(session.starts))
        .map(str::to_owned)
        .filter(|rest| !rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::samples::a_plan;
    use super::*;

    #[test]
    fn what_is_at_the_same_time_stands_together() {
        let plan = a_plan();
        let ids: Vec<Vec<&str>> = slots(plan.programme.iter())
            .into_iter()
            .map(|slot| slot.into_iter().map(|session| session.id.as_str()).collect())
            .collect();
        assert_eq!(ids, [vec!["inledning"], vec!["skydd", "samtal"], vec!["barn"]]);
        assert_eq!(until(&plan.programme[0]).as_deref(), Some("–10.00"));
    }
}
