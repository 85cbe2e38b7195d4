//! Personal identity numbers in what somebody has typed, to ask them to take it away: we want none.

use super::check_digit::luhn;

/// Does the text hold what looks like a personnummer or a samordningsnummer (folkbokföringslag (1991:481), 18 §; lag
/// (2022:1697) om samordningsnummer)? That is a day and four digits more. Ten digits in a row or with a space may as
/// well be a telephone number, and count only with a right check digit.
pub fn holds_one(text: &str) -> bool {
    let parts = parts(text);
    (0..parts.len()).any(|at| match &parts[at..] {
        [Part::Digits(day), Part::Between(sign), Part::Digits(last), ..] if last.len() == 4 => {
            matches!(day.len(), 6 | 8) && is_one(&[day.as_slice(), last.as_slice()].concat(), Some(*sign))
        }
        _ => false,
    }) || parts.iter().any(|part| matches!(part, Part::Digits(digits) if is_one(digits, None)))
}

enum Part {
    /// A whole run of digits.
    Digits(Vec<u32>),
    /// One sign alone between two of them.
    Between(char),
    Other,
}

fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for letter in text.chars() {
        let last = parts.pop();
        match (letter.to_digit(10), last) {
            (Some(digit), Some(Part::Digits(mut digits))) => {
                digits.push(digit);
                parts.push(Part::Digits(digits));
            }
            (Some(digit), last) => {
                parts.extend(last);
                parts.push(Part::Digits(vec![digit]));
            }
            (None, Some(Part::Between(_) | Part::Other)) => parts.push(Part::Other),
            (None, last) => {
                parts.extend(last);
                parts.push(Part::Between(letter));
            }
        }
    }
    parts
}

/// Ten digits, or twelve with the century, and the sign before the last four.
fn is_one(digits: &[u32], sign: Option<char>) -> bool {
    let (has_century, ten) = match digits {
        [1, 8 | 9, ten @ ..] | [2, 0, ten @ ..] if ten.len() == 10 => (true, ten),
        ten if ten.len() == 10 => (false, ten),
        _ => return false,
    };
    let (month, day) = (ten[2] * 10 + ten[3], ten[4] * 10 + ten[5]);
    // The day of a samordningsnummer has 60 added to it.
    let is_day = (1..=12).contains(&month) && matches!(day, 1..=31 | 61..=91);
    let is_sure = has_century || matches!(sign, Some('-' | '+' | '–' | '‐' | '‑'));
    let may_be = sign.is_none_or(|sign| is_sure || sign.is_whitespace());
    is_day && may_be && (is_sure || luhn(ten))
}

#[cfg(test)]
mod tests {
    use super::holds_one;

    #[test]
    fn a_number_is_found_however_it_is_written() {
        // Made up; the check digit is right where it has to be.
        for text in [
            "811218-9876",
            "19811218-9876",
            "198112189876",
            "8112189876",
            "811218 9876",
            "121212+1212",
            "Eva, 811278-9873.",
            "nr:19811218–9876!",
            "19811218 9876",
        ] {
            assert!(holds_one(text), "{text}");
        }
    }

    #[test]
    fn telephone_and_organisation_numbers_are_none() {
        for text in [
            "",
            "070-123 45 67",
            "0701234567",
            "010-000 00 00",
            "08-123 456 78",
            "556000-0001",
            "202100-0019",
            "7300000000004",
            "413 27 Göteborg",
            "den 12 mars 2027 kl. 9",
            "2027-03-12",
            "811318-9876",
            "811218/9875",
            "1811218-98761",
        ] {
            assert!(!holds_one(text), "{text}");
        }
    }
}
