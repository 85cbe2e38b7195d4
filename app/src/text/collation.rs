//! Swedish alphabetical order: å, ä and ö stand last, in that order; case and punctuation do not count.

/// Sorts as a Swedish dictionary does: `terms.sort_by_key(|term| collation::key(term))`.
pub fn key(text: &str) -> Vec<u16> {
    text.chars().flat_map(char::to_lowercase).filter_map(weight).collect()
}

/// The letter under which a word stands in an alphabetical list: "É" under E, digits under "0–9".
pub fn initial(text: &str) -> String {
    match text.chars().flat_map(char::to_uppercase).find(|letter| letter.is_alphanumeric()) {
        Some(digit) if digit.is_ascii_digit() => "0–9".into(),
        Some('É' | 'È') => "E".into(),
        Some(letter) => letter.to_string(),
        None => "#".into(),
    }
}

fn weight(letter: char) -> Option<u16> {
    Some(match letter {
        ' ' => 1,
        '0'..='9' => 10 + letter as u16 - '0' as u16,
        'é' | 'è' | 'ë' => 'e' as u16,
        'à' | 'á' => 'a' as u16,
        'ü' => 'y' as u16,
        'å' => 'z' as u16 + 1,
        'ä' | 'æ' => 'z' as u16 + 2,
        'ö' | 'ø' => 'z' as u16 + 3,
        'a'..='z' => letter as u16,
        other if other.is_alphanumeric() => u16::try_from(u32::from(other)).unwrap_or(u16::MAX),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_swedish_letters_stand_last_in_their_order() {
        let mut words = ["ö", "Ärende", "zon", "åtal", "barn", "Anmälan", "18 a §"];
        words.sort_by_key(|word| key(word));
        assert_eq!(words, ["18 a §", "Anmälan", "barn", "zon", "åtal", "Ärende", "ö"]);
    }

    #[test]
    fn a_word_stands_under_its_first_letter() {
        assert_eq!(initial("åtal"), "Å");
        assert_eq!(initial("\"elev\""), "E");
        assert_eq!(initial("112"), "0–9");
    }
}
