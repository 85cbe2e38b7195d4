//! Numbers as Swedish writes them.

/// "1 200", kept on one line.
pub fn thousands(number: u32) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('\u{a0}');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::thousands;

    #[test]
    fn threes_are_set_apart() {
        let written = [0, 999, 1_000, 12_034, 100_000, 4_294_967_295].map(thousands);
        assert_eq!(written, ["0", "999", "1\u{a0}000", "12\u{a0}034", "100\u{a0}000", "4\u{a0}294\u{a0}967\u{a0}295"]);
    }
}
