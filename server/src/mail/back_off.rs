//! When a mail that could not be sent is tried again. Pure.

/// So many times a mail is tried, over about two days.
pub const ATTEMPTS: i64 = 12;

const FIRST: f64 = 60.0;
const LONGEST: f64 = 6.0 * 3600.0;

/// No wait is longer, in seconds.
pub const MOST: i64 = 27_000;

/// Seconds to wait after so many failed attempts: a minute, five times as long each time, six hours at most; and up to a
/// quarter more as chance (from 0 to 1) decides, so that what failed together does not come back together. `None` when it
/// has been tried often enough.
pub fn wait(attempts: i64, chance: f64) -> Option<i64> {
    if attempts >= ATTEMPTS {
        return None;
    }
    let power = i32::try_from(attempts.clamp(1, ATTEMPTS) - 1).unwrap_or(i32::MAX);
    let wait = (FIRST * 5_f64.powi(power)).min(LONGEST) * (1.0 + chance.clamp(0.0, 1.0) / 4.0);
    #[expect(clippy::cast_possible_truncation, reason = "between 60 and 27,000")]
    Some(wait as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn it_is_tried_for_about_two_days() {
        let waits: Vec<_> = (1..).map_while(|attempts| wait(attempts, 0.5)).collect();
        assert_eq!(waits[..5], [67, 337, 1687, 8437, 24_300]);
        let hours = waits.iter().sum::<i64>() / 3600;
        assert!((46..=52).contains(&hours) && waits.len() == 11, "{hours} h, {waits:?}");
    }

    proptest! {
        #[test]
        fn a_wait_is_never_shorter_than_a_minute_nor_longer_than_the_most(attempts in i64::MIN..ATTEMPTS, chance in 0.0..=1.0) {
            let wait = wait(attempts, chance).unwrap();
            prop_assert!((60..=MOST).contains(&wait), "{wait}");
        }

        #[test]
        fn it_waits_longer_each_time(attempts in 1..ATTEMPTS - 1, chance in 0.0..=1.0) {
            prop_assert!(wait(attempts, chance) <= wait(attempts + 1, chance));
        }

        #[test]
        fn once_tried_often_enough_it_is_not_tried_again(attempts in ATTEMPTS.., chance in 0.0..=1.0) {
            prop_assert_eq!(wait(attempts, chance), None);
        }
    }
}
