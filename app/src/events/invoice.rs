//! Where a bill goes: organisation number and GLN, each with its check digit.

use crate::text::check_digit::luhn;
use serde::{Deserialize, Serialize};

/// Ten digits with a right check digit (Luhn), as Skatteverket describes an organisationsnummer: the third is at least
/// 2, which tells it from a personal identity number. Those are refused.
pub fn organisation_number(typed: &str) -> Option<String> {
    let digits = digits(typed, &['-', ' '])?;
    let ten = match digits.len() {
        10 => digits,
        // With the century's 16 in front.
        12 if digits[..2] == [1, 6] => digits[2..].to_vec(),
        _ => return None,
    };
    let text: String = ten.iter().map(u32::to_string).collect();
    (luhn(&ten) && ten[2] >= 2).then(|| format!("{}-{}", &text[..6], &text[6..]))
}

/// A Global Location Number: thirteen digits, the last a check digit with weights 1 and 3 (GS1 General Specifications,
/// 7.9).
pub fn gln(typed: &str) -> Option<String> {
    let digits = digits(typed, &[' '])?;
    let sum: u32 = digits.iter().enumerate().map(|(at, digit)| if at % 2 == 0 { *digit } else { digit * 3 }).sum();
    (digits.len() == 13 && sum.is_multiple_of(10)).then(|| digits.iter().map(u32::to_string).collect())
}

fn digits(typed: &str, between: &[char]) -> Option<Vec<u32>> {
    typed.trim().chars().filter(|c| !between.contains(c)).map(|c| c.to_digit(10)).collect()
}

/// Who pays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// `NNNNNN-NNNN`
    pub organisation_number: String,
    /// Empty where the bill goes by post.
    pub gln: String,
    pub reference: String,
    pub address: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organisation_number_has_its_check_digit() {
        // Invented numbers with check digits counted by hand.
        assert_eq!(organisation_number("5560000001").as_deref(), Some("556000-0001"));
        assert_eq!(organisation_number("202100-0019").as_deref(), Some("202100-0019"));
        assert_eq!(organisation_number("16 556000-0001").as_deref(), Some("556000-0001"));
        assert_eq!(organisation_number("556000-0002"), None);
        assert_eq!(organisation_number("811218-9876"), None, "a person's number is none");
        assert!(["", "55600", "556000-000a", "x"].iter().all(|typed| organisation_number(typed).is_none()));
    }

    #[test]
    fn a_gln_has_its_check_digit() {
        assert_eq!(gln("7300 0000 0000 4").as_deref(), Some("7300000000004"));
        assert_eq!(gln("4012345000009").as_deref(), Some("4012345000009"));
        assert_eq!(gln("4012345000008"), None);
        assert!(["", "401234500000", "40123450000091"].iter().all(|typed| gln(typed).is_none()));
    }
}
