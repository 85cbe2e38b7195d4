//! Check digits, by which a number that was read wrong gives itself away.

/// Luhn's formula (ISO/IEC 7812-1, annex B) over ten digits or any other even number of them, the last the check digit.
/// Swedish organisation numbers and personal identity numbers have it.
pub fn luhn(digits: &[u32]) -> bool {
    let folded = |(at, digit): (usize, &u32)| match digit * 2 {
        twice if at % 2 == 0 => twice / 10 + twice % 10,
        _ => *digit,
    };
    digits.iter().enumerate().map(folded).sum::<u32>().is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::luhn;

    #[test]
    fn one_wrong_digit_or_two_that_changed_places_are_noticed() {
        assert!(luhn(&[5, 5, 6, 0, 0, 0, 0, 0, 0, 1]));
        assert!(!luhn(&[5, 5, 6, 0, 0, 0, 0, 0, 1, 1]));
        assert!(!luhn(&[5, 5, 0, 6, 0, 0, 0, 0, 0, 1]));
    }
}
