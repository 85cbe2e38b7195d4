//! The only place that asks what time it is and rolls dice; everyone else is handed the answer.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use std::time::Instant;

/// Now, in unix seconds: how the database keeps time.
#[expect(clippy::disallowed_methods, reason = "this is the one place")]
pub fn now() -> i64 {
    Timestamp::now().as_second()
}

/// Today's date in Sweden: the date on which a regulation is in force or not.
#[expect(clippy::disallowed_methods, reason = "this is the one place")]
pub fn today() -> Date {
    let sweden = TimeZone::get("Europe/Stockholm").unwrap_or(TimeZone::UTC);
    Timestamp::now().to_zoned(sweden).date()
}

/// What a piece of work gives, and the milliseconds it took.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed().as_secs_f64() * 1000.0)
}

/// A number from 0 to 1.
pub fn chance() -> f64 {
    let dice = u32::from_str_radix(&new_id()[..8], 16).unwrap_or_default();
    f64::from(dice) / f64::from(u32::MAX)
}

/// Begins to measure; asked, it tells the milliseconds since.
pub fn stopwatch() -> impl Fn() -> f64 {
    let start = Instant::now();
    move || start.elapsed().as_secs_f64() * 1000.0
}

/// A new identifier of 128 random bits, as 32 hexadecimal digits.
#[expect(clippy::disallowed_methods, reason = "this is the one place")]
pub fn new_id() -> String {
    let mut bytes = [0_u8; 16];
    match getrandom::fill(&mut bytes) {
        Ok(()) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        // Without the system's random source no token would be safe: better to stop than to guess.
        Err(error) => panic!("the operating system gives no random bytes: {error}"),
    }
}
