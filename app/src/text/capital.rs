//! A capital letter where a text begins.

/// "socialtjänstlagen" → "Socialtjänstlagen": only the first letter, as a heading has it.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::capital;

    #[test]
    fn only_the_first_letter_changes() {
        assert_eq!(capital("åklagarens ansvar enligt RB"), "Åklagarens ansvar enligt RB");
        assert_eq!(capital("19 kap. 1 § SoL"), "19 kap. 1 § SoL");
        assert_eq!(capital(""), "");
    }
}
