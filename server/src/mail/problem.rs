//! What a mail server answered, without whom it was about.

use lettre::address::Envelope;
use std::error::Error;

/// At most 300 characters on one line. Mail servers like to repeat the recipient: words with an @ are left out, and those
/// that hold what stands before the recipient's.
pub fn cleaned(error: &dyn Error, envelope: &Envelope) -> String {
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        let words = deeper.to_string();
        if !told.contains(&words) {
            told = format!("{told}: {words}");
        }
        cause = deeper.source();
    }
    without(&told, &envelope.to().iter().map(|to| to.user().to_lowercase()).collect::<Vec<_>>())
}

fn without(told: &str, users: &[String]) -> String {
    let names = |word: &str| {
        let word = word.to_lowercase();
        word.contains('@') || users.iter().any(|user| word.contains(user.as_str()))
    };
    let words = told.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let kept: Vec<&str> = words.map(|word| if names(word) { "…" } else { word }).collect();
    kept.join(" ").chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn neither_the_address_nor_what_stands_before_the_at_sign_is_kept() {
        let told = "permanent error (550): 5.1.1 <Asa.Ek@kommun.example>:\r\nuser asa.ek unknown; try\u{0}b@c";
        let cleaned = without(told, &["asa.ek".to_owned()]);
        assert_eq!(cleaned, "permanent error (550): 5.1.1 … user … unknown; try …");
        assert_eq!(without(&"x ".repeat(500), &[]).chars().count(), 300);
    }
}
