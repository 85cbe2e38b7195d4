//! How often somebody may try: enough for a person who fumbles, too little for a program that guesses.

use moka::sync::Cache;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// Tries from one address in a quarter of an hour, on this node. Signing in takes two.
const MOST: u32 = 60;

pub struct Limits(Cache<String, Arc<AtomicU32>>);

impl Default for Limits {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(100_000).time_to_live(Duration::from_secs(15 * 60)).build())
    }
}

impl Limits {
    /// Counts one more try; is it one too many?
    pub fn may_try(&self, client: &str) -> bool {
        let tries = self.0.get_with_by_ref(client, Arc::default);
        tries.fetch_add(1, Ordering::Relaxed) < MOST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_may_try_so_often_and_no_more_and_another_is_not_held_back() {
        let limits = Limits::default();
        assert!((0..MOST).all(|_| limits.may_try("192.0.2.1")));
        assert!(!limits.may_try("192.0.2.1"));
        assert!(limits.may_try("192.0.2.2"));
    }

    #[test]
    fn tries_at_the_same_time_are_all_counted() {
        let limits = Limits::default();
        let allowed: u32 = std::thread::scope(|scope| {
            let threads: Vec<_> =
                (0..8).map(|_| scope.spawn(|| (0..40).filter(|_| limits.may_try("x")).count() as u32)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!(allowed, MOST);
    }
}
