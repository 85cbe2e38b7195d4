//! What several doors have seen becomes one picture, whatever the order in which they tell it. Pure.
//!
//! Check-ins are only added, each with a random id of its own; one that was a mistake is struck out by its id. So two
//! sets are joined, and joining sets knows no order: of what counts, the earliest is when somebody came, and later ones
//! from another device are doubles. The same device twice is somebody who pressed twice.

use std::collections::{BTreeMap, BTreeSet};

/// One check-in, at one door.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scan {
    /// Unix seconds.
    pub at: i64,
    /// Random.
    pub id: String,
    pub registration: String,
    /// Random, of a page that was loaded.
    pub device: String,
}

/// That somebody has come: every check-in that counts, the earliest first; at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Came(Vec<Scan>);

impl Came {
    pub fn first(&self) -> &Scan {
        &self.0[0]
    }

    /// Later ones, from other devices than the first.
    pub fn doubles(&self) -> impl Iterator<Item = &Scan> {
        self.0.iter().filter(|scan| scan.device != self.first().device)
    }

    pub fn scans(&self) -> &[Scan] {
        &self.0
    }
}

/// Who has come, by registration. Of two check-ins with the same id, the lesser is believed.
pub fn merge(scans: impl IntoIterator<Item = Scan>, undone: &BTreeSet<String>) -> BTreeMap<String, Came> {
    let mut by_id: BTreeMap<String, Scan> = BTreeMap::new();
    for scan in scans {
        let known = by_id.entry(scan.id.clone()).or_insert_with(|| scan.clone());
        if scan < *known {
            *known = scan;
        }
    }
    let mut came: BTreeMap<String, Vec<Scan>> = BTreeMap::new();
    for scan in by_id.into_values().filter(|scan| !undone.contains(&scan.id)) {
        came.entry(scan.registration.clone()).or_default().push(scan);
    }
    came.into_iter()
        .map(|(registration, mut scans)| {
            scans.sort();
            (registration, Came(scans))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scan(id: &str, registration: &str, device: &str, at: i64) -> Scan {
        Scan { at, id: id.into(), registration: registration.into(), device: device.into() }
    }

    fn none() -> BTreeSet<String> {
        BTreeSet::new()
    }

    #[test]
    fn the_earliest_counts_and_a_later_one_at_another_door_is_a_double() {
        let scans = [scan("b", "anna", "west", 20), scan("a", "anna", "east", 10), scan("c", "anna", "east", 30)];
        let came = merge(scans, &none());
        let anna = &came["anna"];
        assert_eq!(anna.first().id, "a");
        assert_eq!(anna.doubles().map(|scan| scan.id.as_str()).collect::<Vec<_>>(), ["b"]);
    }

    #[test]
    fn what_is_struck_out_does_not_count_and_what_nobody_struck_out_still_does() {
        let scans = [scan("a", "anna", "east", 10), scan("b", "anna", "west", 20), scan("c", "bo", "east", 30)];
        let came = merge(scans, &BTreeSet::from(["a".into(), "c".into()]));
        assert_eq!((came["anna"].first().at, came.contains_key("bo")), (20, false));
        assert_eq!(came["anna"].doubles().count(), 0);
    }

    fn any_scan() -> impl Strategy<Value = Scan> {
        (0..12_u8, 0..5_u8, 0..3_u8, 0..6_i64).prop_map(|(id, registration, device, at)| {
            scan(&id.to_string(), &registration.to_string(), &device.to_string(), at)
        })
    }

    proptest! {
        #[test]
        fn any_order_and_any_repetition_give_the_same_picture(
            (told, again) in prop::collection::vec(any_scan(), 0..40).prop_flat_map(|told| {
                let twice: Vec<Scan> = told.iter().chain(&told).cloned().collect();
                (Just(told), Just(twice).prop_shuffle())
            }),
            undone in prop::collection::btree_set((0..12_u8).prop_map(|id| id.to_string()), 0..6),
        ) {
            let came = merge(told.clone(), &undone);
            prop_assert_eq!(&merge(again, &undone), &came);
            // In parts, as devices send them: what was merged is merged with the rest.
            let (one, other) = told.split_at(told.len() / 2);
            let of_one: Vec<Scan> = merge(one.to_vec(), &none()).values().flat_map(|came| came.scans().to_vec()).collect();
            prop_assert_eq!(&merge(of_one.into_iter().chain(other.to_vec()), &undone), &came);
            for (registration, came) in &came {
                prop_assert!(came.scans().iter().all(|scan| scan.at >= came.first().at && scan.registration == *registration));
                prop_assert!(came.doubles().all(|double| double.device != came.first().device));
                prop_assert!(came.scans().iter().all(|scan| !undone.contains(&scan.id)));
            }
        }
    }
}
