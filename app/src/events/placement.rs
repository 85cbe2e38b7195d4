//! Who gets a place: the rule, over counts and a line. Nothing here asks a database or the time.
//!
//! A place is held by whoever is seated on a track, and by whoever is offered one. Until a track's day of release its
//! places are spread: a group with places of its own takes those and no others, everybody else shares what is not
//! reserved, at most so many each. From that day on whoever is first in line is next.

use super::plan::{Limits, Track};
use std::collections::BTreeMap;

/// The places of a track, as the rule sees them on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// Nothing: as many as want.
    pub seats: Option<u32>,
    /// For each group that is not named in `reserved`.
    pub each: Option<u32>,
    pub reserved: BTreeMap<String, u32>,
}

/// How many places are held on a track, by group. The group of whoever has none is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    by_group: BTreeMap<String, u32>,
    all: u32,
}

/// Why the next place is not somebody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Why {
    /// Every place is taken.
    Full,
    /// The group has all the places that it gets until the day of release.
    GroupFull,
    /// What is left is reserved for others until the day of release.
    Reserved,
}

impl Room {
    pub fn of(track: &Track, today: jiff::civil::Date) -> Self {
        let Limits { each, reserved, release } = &track.limits;
        if release.is_some_and(|day| day <= today) {
            return Self { seats: track.seats, each: None, reserved: BTreeMap::new() };
        }
        let reserved = reserved.iter().map(|one| (group(&one.group), one.seats)).collect();
        Self { seats: track.seats, each: *each, reserved }
    }

    /// May one more of that group have a place?
    pub fn judge(&self, held: &Held, group: &str) -> Result<(), Why> {
        if self.seats.is_some_and(|seats| held.all >= seats) {
            return Err(Why::Full);
        }
        let own = held.of(group);
        if let Some(seats) = self.reserved.get(group) {
            return if own < *seats { Ok(()) } else { Err(Why::GroupFull) };
        }
        if !group.is_empty() && self.each.is_some_and(|each| own >= each) {
            return Err(Why::GroupFull);
        }
        // What the reserved groups have not taken yet is kept for them.
        let kept: u32 = self.reserved.iter().map(|(group, seats)| seats.saturating_sub(held.of(group))).sum();
        match self.seats {
            Some(seats) if held.all + kept >= seats => Err(Why::Reserved),
            _ => Ok(()),
        }
    }

    /// Does any limit hold besides the number of places?
    pub fn is_spread(&self) -> bool {
        self.each.is_some() || !self.reserved.is_empty()
    }

    pub fn free(&self, held: &Held) -> Option<u32> {
        self.seats.map(|seats| seats.saturating_sub(held.all))
    }
}

impl Held {
    pub fn new(by_group: impl IntoIterator<Item = (String, u32)>) -> Self {
        let mut held = Self::default();
        for (group, count) in by_group {
            *held.by_group.entry(group).or_default() += count;
            held.all += count;
        }
        held
    }

    pub fn of(&self, group: &str) -> u32 {
        self.by_group.get(group).copied().unwrap_or(0)
    }

    pub fn all(&self) -> u32 {
        self.all
    }

    pub fn take(&mut self, group: &str) {
        *self.by_group.entry(group.to_owned()).or_default() += 1;
        self.all += 1;
    }

    pub fn give_back(&mut self, group: &str) {
        if let Some(count) = self.by_group.get_mut(group).filter(|count| **count > 0) {
            *count -= 1;
            self.all -= 1;
        }
    }
}

/// Takes places for those in line who may have one, first come first served, and returns which. One pass is enough:
/// each place that is taken only makes it harder for the next.
pub fn promote<'a, T>(room: &Room, held: &mut Held, line: impl IntoIterator<Item = (T, &'a str)>) -> Vec<T> {
    let mut next = Vec::new();
    for (who, group) in line {
        match room.judge(held, group) {
            Ok(()) => {
                held.take(group);
                next.push(who);
            }
            Err(Why::Full) => break,
            Err(Why::GroupFull | Why::Reserved) => {}
        }
    }
    next
}

/// By what name an organisation or a county is counted: "Göteborgs Stad " and "göteborgs stad" are one.
pub fn group(typed: &str) -> String {
    typed.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(seats: u32, each: Option<u32>, reserved: &[(&str, u32)]) -> Room {
        Room { seats: Some(seats), each, reserved: reserved.iter().map(|(group, n)| ((*group).into(), *n)).collect() }
    }

    fn held(groups: &[(&str, u32)]) -> Held {
        Held::new(groups.iter().map(|(group, n)| ((*group).to_owned(), *n)))
    }

    #[test]
    fn the_last_place_is_given_once() {
        let room = room(2, None, &[]);
        assert_eq!(room.judge(&held(&[("", 1)]), ""), Ok(()));
        assert_eq!(room.judge(&held(&[("", 2)]), ""), Err(Why::Full));
    }

    #[test]
    fn a_reserved_place_waits_for_its_group_and_the_group_gets_no_more() {
        let room = room(10, None, &[("skane", 3)]);
        assert_eq!(room.judge(&held(&[("", 7)]), ""), Err(Why::Reserved));
        assert_eq!(room.judge(&held(&[("", 7)]), "skane"), Ok(()));
        assert_eq!(room.judge(&held(&[("skane", 3)]), "skane"), Err(Why::GroupFull));
    }

    #[test]
    fn no_group_takes_more_than_each_may() {
        let room = room(10, Some(2), &[]);
        assert_eq!(room.judge(&held(&[("a", 2)]), "a"), Err(Why::GroupFull));
        assert_eq!(room.judge(&held(&[("a", 2)]), "b"), Ok(()));
        // Whoever belongs to none is no group.
        assert_eq!(room.judge(&held(&[("", 5)]), ""), Ok(()));
    }

    #[test]
    fn who_is_first_in_line_and_may_is_next() {
        let room = room(5, Some(1), &[]);
        let mut taken = held(&[("a", 1), ("b", 1)]);
        let next = promote(&room, &mut taken, [(1, "a"), (2, "c"), (3, "c"), (4, "d"), (5, "e"), (6, "f")]);
        assert_eq!((next, taken.all()), (vec![2, 4, 5], 5));
    }

    #[test]
    fn from_the_day_of_release_only_the_number_of_places_counts() {
        let track = Track {
            id: "plats".into(),
            name: "På plats".into(),
            attendance: super::super::plan::Attendance::OnSite,
            seats: Some(4),
            approval: false,
            price: 0,
            broadcast: String::new(),
            limits: Limits {
                each: Some(1),
                reserved: vec![super::super::plan::Reserved { group: " Skåne  län".into(), seats: 2 }],
                release: Some(jiff::civil::date(2027, 3, 1)),
            },
        };
        let before = Room::of(&track, jiff::civil::date(2027, 2, 28));
        assert!(before.is_spread() && before.reserved.contains_key("skåne län"));
        assert!(!Room::of(&track, jiff::civil::date(2027, 3, 1)).is_spread());
    }
}
