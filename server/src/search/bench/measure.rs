//! What is counted: how well the right documents are found, and how long it takes.

use std::time::Duration;

/// Answers beyond these are not looked at.
pub const DEPTH: usize = 10;

/// How well questions were answered, as means over them, 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Marks {
    /// Mean of 1/place of the first right document, 0 if none is among ten: MRR@10.
    pub mrr: f64,
    /// Share of questions with a right document first.
    pub first: f64,
    /// Share of questions with a right document among ten.
    pub among_ten: f64,
}

impl Marks {
    /// `places` has, for each question, the place of the first right document, counted from 0.
    pub fn of(places: &[Option<usize>]) -> Self {
        let mean = |worth: fn(usize) -> f64| {
            let sum: f64 = places.iter().flatten().filter(|place| **place < DEPTH).map(|place| worth(*place)).sum();
            sum / places.len().max(1) as f64
        };
        Self {
            mrr: mean(|place| 1.0 / (place as f64 + 1.0)),
            first: mean(|place| if place == 0 { 1.0 } else { 0.0 }),
            among_ten: mean(|_| 1.0),
        }
    }
}

/// Where the first right document stands among those found, counted from 0.
pub fn place(found: &[usize], right: &[usize]) -> Option<usize> {
    found.iter().position(|document| right.contains(document))
}

/// The time that this share (0 to 1) of all times does not exceed: nearest rank, so a time that was measured.
pub fn percentile(times: &[Duration], share: f64) -> Duration {
    let mut times = times.to_vec();
    times.sort();
    let rank = (share * times.len() as f64).ceil() as usize;
    times.get(rank.clamp(1, times.len().max(1)) - 1).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_means_over_all_questions() {
        let marks = Marks::of(&[Some(0), Some(3), None, Some(10)]);
        assert_eq!(marks, Marks { mrr: 1.25 / 4.0, first: 0.25, among_ten: 0.5 });
        assert_eq!(Marks::of(&[]), Marks::default());
    }

    #[test]
    fn the_first_right_document_counts() {
        assert_eq!(place(&[4, 2, 7], &[7, 2]), Some(1));
        assert_eq!(place(&[4], &[]), None);
    }

    #[test]
    fn a_percentile_is_a_time_that_was_measured() {
        let times: Vec<Duration> = (1..=200).rev().map(Duration::from_millis).collect();
        assert_eq!(percentile(&times, 0.5), Duration::from_millis(100));
        assert_eq!(percentile(&times, 0.99), Duration::from_millis(198));
        assert_eq!(percentile(&times, 1.0), Duration::from_millis(200));
        assert_eq!(percentile(&times[..1], 0.0), Duration::from_millis(200));
        assert_eq!(percentile(&[], 0.5), Duration::ZERO);
    }
}
