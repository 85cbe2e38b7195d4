//! Whom a tour reaches: which roles of which municipalities come, and who is still to be reminded. Pure.

use super::Invited;
use crate::events::Standing;
use crate::text::collation;
use std::collections::BTreeMap;

/// How it stands with a role of a municipality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nobody of that role has been invited.
    NobodyInvited,
    /// Nobody comes, though so many are invited.
    Missing(usize),
    /// Somebody is in line, or waits for the organiser's word.
    Waits,
    /// Ids of the stops that somebody comes to.
    Comes(Vec<String>),
}

/// By municipality, in Swedish order, then by role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    pub roles: Vec<String>,
    pub rows: Vec<(String, Vec<Cell>)>,
}

impl Coverage {
    pub fn of(invited: &[Invited]) -> Self {
        let sorted = |of: fn(&Invited) -> &String| {
            let mut names: Vec<String> = invited.iter().map(|one| of(one).clone()).collect();
            names.sort_by_key(|name| collation::key(name));
            names.dedup();
            names
        };
        let (municipalities, roles) = (sorted(|one| &one.municipality), sorted(|one| &one.role));
        let rows = municipalities.into_iter().map(|municipality| {
            let cells = roles.iter().map(|role| cell(invited, &municipality, role)).collect();
            (municipality, cells)
        });
        Self { rows: rows.collect(), roles }
    }

    /// Roles of municipalities that somebody comes for, of all that somebody is invited for.
    pub fn covered(&self) -> (usize, usize) {
        let cells = || self.rows.iter().flat_map(|(_, cells)| cells);
        let asked = cells().filter(|cell| **cell != Cell::NobodyInvited).count();
        (cells().filter(|cell| matches!(cell, Cell::Comes(_))).count(), asked)
    }
}

fn cell(invited: &[Invited], municipality: &str, role: &str) -> Cell {
    let people: Vec<&Invited> =
        invited.iter().filter(|one| one.municipality == municipality && one.role == role).collect();
    let standing = |one: &Invited| one.stop.as_ref().map(|(_, standing)| *standing);
    let mut stops: Vec<String> = Vec::new();
    for one in people.iter().filter(|one| standing(one).is_some_and(Standing::holds)) {
        let stop = one.stop.iter().map(|(stop, _)| stop.clone()).find(|stop| !stops.contains(stop));
        stops.extend(stop);
    }
    match () {
        () if people.is_empty() => Cell::NobodyInvited,
        () if !stops.is_empty() => Cell::Comes(stops),
        () if people.iter().any(|one| standing(one).is_some_and(|standing| !standing.is_ended())) => Cell::Waits,
        () => Cell::Missing(people.len()),
    }
}

/// Those to be reminded: the invited of each role and municipality that nobody comes for, or waits to. Whoever was
/// invited beside somebody who comes is left alone; whoever has had no invitation gets that first.
pub fn to_remind(invited: &[Invited]) -> Vec<&Invited> {
    let mut answered: BTreeMap<(&str, &str), bool> = BTreeMap::new();
    for one in invited {
        let comes = one.stop.as_ref().is_some_and(|(_, standing)| !standing.is_ended());
        *answered.entry((&one.municipality, &one.role)).or_default() |= comes;
    }
    let is_missing = |one: &&Invited| !answered[&(one.municipality.as_str(), one.role.as_str())];
    invited.iter().filter(is_missing).filter(|one| one.invited_at.is_some()).collect()
}

/// Those who have had no invitation yet.
pub fn to_invite(invited: &[Invited]) -> Vec<&Invited> {
    invited.iter().filter(|one| one.invited_at.is_none()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(id: &str, municipality: &str, role: &str, stop: Option<Standing>) -> Invited {
        Invited {
            id: id.into(),
            municipality: municipality.into(),
            role: role.into(),
            name: id.into(),
            email: format!("{id}@kommun.example"),
            stop: stop.map(|standing| ("boras".to_owned(), standing)),
            invited_at: Some(1),
            reminded_at: None,
        }
    }

    fn everybody() -> Vec<Invited> {
        vec![
            one("a", "Ale", "politiker", Some(Standing::Seated)),
            one("b", "Ale", "politiker", None),
            one("c", "Ale", "chef", None),
            one("d", "Ärla", "politiker", Some(Standing::Cancelled)),
            one("e", "Borås", "chef", Some(Standing::Waiting)),
            Invited { invited_at: None, ..one("f", "Borås", "politiker", None) },
        ]
    }

    #[test]
    fn the_matrix_tells_who_comes_who_waits_and_who_is_missing() {
        let coverage = Coverage::of(&everybody());
        assert_eq!(coverage.roles, ["chef", "politiker"]);
        let rows: Vec<_> = coverage.rows.iter().map(|(name, cells)| (name.as_str(), cells.clone())).collect();
        assert_eq!(
            rows,
            [
                ("Ale", vec![Cell::Missing(1), Cell::Comes(vec!["boras".into()])]),
                ("Borås", vec![Cell::Waits, Cell::Missing(1)]),
                ("Ärla", vec![Cell::NobodyInvited, Cell::Missing(1)]),
            ]
        );
        assert_eq!(coverage.covered(), (1, 5));
    }

    #[test]
    fn exactly_those_are_reminded_whose_place_is_empty() {
        let everybody = everybody();
        let ids = |people: Vec<&Invited>| people.into_iter().map(|one| one.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(to_remind(&everybody)), ["c", "d"]);
        assert_eq!(ids(to_invite(&everybody)), ["f"]);
    }
}
