//! What a door tells, as a form: a line for each thing that was done, oldest first. Pure.
//!
//! `in <check-in> <registration> <device> <time>` lets somebody in, `ut <check-in>` strikes a check-in out. Times are unix
//! seconds by the device's clock, which may be wrong: the form says what it shows, and so what it was off is known.

use super::merging::Scan;
use crate::desk::Fields;

/// So many lines at once; a device with more sends the rest afterwards.
pub const MOST: usize = 500;

/// How long a device may have been without a network: longer ago, somebody has set its clock meanwhile.
const LONGEST_AWAY: i64 = 3 * 24 * 60 * 60;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    In(Scan),
    /// The check-in of that id was a mistake.
    Undo(String),
}

/// What the form holds, by our own clock, which shows `now`. Lines that are no lines are left out.
pub fn read(form: &Fields, now: i64) -> Vec<Sent> {
    let off = form.get("nu").parse::<i64>().map_or(0, |theirs| now.saturating_sub(theirs));
    form.all("handelse").take(MOST).filter_map(|line| one(line, off, now)).collect()
}

fn one(line: &str, off: i64, now: i64) -> Option<Sent> {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        ["in", id, registration, device, at] => {
            let at = at.parse::<i64>().ok()?.saturating_add(off).clamp(now - LONGEST_AWAY, now);
            let all = [id, registration, device].map(|id| is_id(id).then(|| (*id).to_owned()));
            let [Some(id), Some(registration), Some(device)] = all else { return None };
            Some(Sent::In(Scan { at, id, registration, device }))
        }
        ["ut", id] if is_id(id) => Some(Sent::Undo((*id).to_owned())),
        _ => None,
    }
}

/// 128 random bits, as 32 hexadecimal digits.
pub fn is_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(nu: &str, lines: &[String]) -> Fields {
        let lines = lines.iter().map(|line| ("handelse".to_owned(), line.clone()));
        Fields::new([("nu".to_owned(), nu.to_owned())].into_iter().chain(lines))
    }

    fn id(sign: char) -> String {
        sign.to_string().repeat(32)
    }

    fn at(nu: &str, time: i64) -> Option<i64> {
        let line = format!("in {} {} {} {time}", id('a'), id('b'), id('c'));
        match read(&form(nu, &[line]), 1_000_000).as_slice() {
            [Sent::In(scan)] => Some(scan.at),
            _ => None,
        }
    }

    #[test]
    fn a_clock_that_is_wrong_is_put_right() {
        assert_eq!(at("1000000", 999_000), Some(999_000));
        // An hour slow, and an hour fast.
        assert_eq!(at("996400", 995_400), Some(999_000));
        assert_eq!(at("1003600", 1_002_600), Some(999_000));
        // Nobody comes tomorrow, nor last year.
        assert_eq!(at("1000000", 2_000_000), Some(1_000_000));
        assert_eq!(at("1000000", i64::MIN), Some(1_000_000 - LONGEST_AWAY));
        assert_eq!(at("nonsens", 999_000), Some(999_000));
    }

    #[test]
    fn lines_that_are_none_are_left_out() {
        let lines = [
            format!("ut {}", id('a')),
            "ut kort".to_owned(),
            format!("in {} {} {}", id('a'), id('b'), id('c')),
            format!("in {} {} {} nu", id('a'), id('b'), id('c')),
            format!("in {} {} {} 1", id('A'), id('b'), id('c')),
            String::new(),
        ];
        assert_eq!(read(&form("1", &lines), 1), [Sent::Undo(id('a'))]);
        let many = vec![format!("ut {}", id('a')); MOST + 1];
        assert_eq!(read(&form("1", &many), 1).len(), MOST);
    }
}
