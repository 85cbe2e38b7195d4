//! Addresses made of Swedish words.

/// "Hälso- och sjukvårdens ansvar" → "halso-och-sjukvardens-ansvar": lower case, å and ä as a, ö as o, é as e,
/// every other run of characters as one hyphen.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => slug.push(letter),
            'å' | 'ä' | 'à' | 'á' | 'æ' => slug.push('a'),
            'ö' | 'ø' | 'ó' => slug.push('o'),
            'é' | 'è' | 'ë' => slug.push('e'),
            'ü' => slug.push('u'),
            // The ring and dots of a decomposed å, ä, ö (text pasted from a Mac).
            '\u{300}'..='\u{36f}' => {}
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Is `text` already a slug? Only such text becomes part of an address.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty() && slug(text) == text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swedish_letters_become_plain_ones() {
        assert_eq!(slug("Hälso- och sjukvårdens ansvar"), "halso-och-sjukvardens-ansvar");
        assert_eq!(slug("  Äktenskapstvång (4 kap. 4 c § BrB)  "), "aktenskapstvang-4-kap-4-c-brb");
    }

    #[test]
    fn a_slug_stays_as_it_is_and_nothing_else_is_one() {
        assert!(is_slug("orosanmalan"));
        assert!(!is_slug("Orosanmälan") && !is_slug("-a") && !is_slug("a/../b") && !is_slug(""));
    }
}
