//! Content lines (RFC 5545, 3.1): at most 75 octets, longer ones go on after a line break and a space.

/// A calendar that is being written.
#[derive(Default)]
pub struct Lines(String);

impl Lines {
    /// `NAME:value`, as it stands: for what we made ourselves.
    pub fn raw(&mut self, name: &str, value: &str) {
        self.folded(&format!("{name}:{value}"));
    }

    /// Text that somebody wrote (3.3.11).
    pub fn text(&mut self, name: &str, value: &str) {
        self.raw(name, &escaped(value));
    }

    pub fn finish(self) -> String {
        self.0
    }

    /// Between characters only: some programs decode each line by itself.
    fn folded(&mut self, line: &str) {
        const MOST: usize = 75;
        let mut used = 0;
        for c in line.chars() {
            if used + c.len_utf8() > MOST {
                self.0.push_str("\r\n ");
                used = 1;
            }
            self.0.push(c);
            used += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' | '\r' => escaped.push_str("\\n"),
            '\t' => escaped.push('\t'),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// A name as the value of a parameter (3.2), which cannot hold a quotation mark in any way.
pub fn quoted(name: &str) -> String {
    let name: String = name.chars().filter(|c| !c.is_control()).map(|c| if c == '"' { '\'' } else { c }).collect();
    format!("\"{name}\"")
}

/// An address of the web or of mail, with what may not stand in one written as `%20` (RFC 3986, 2.1).
pub fn address(text: &str) -> String {
    let mut address = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(text: &str) -> String {
        let mut lines = Lines::default();
        lines.text("X", text);
        lines.finish()
    }

    #[test]
    fn what_means_something_is_escaped_and_what_nobody_sees_is_left_out() {
        assert_eq!(line("a,b;c\\d\r\ne\u{0}\u{7}f\rg"), "X:a\\,b\\;c\\\\d\\nef\\ng\r\n");
        assert_eq!(quoted("Åsa \"Ek\"\r\nX:y"), "\"Åsa 'Ek'X:y\"");
        assert_eq!(address("å b\r\n@x"), "%C3%A5%20b%0D%0A@x");
    }

    proptest! {
        #[test]
        fn lines_are_short_whole_and_give_back_what_was_written(text in "(?s).{0,300}") {
            let written = line(&text);
            for line in written.strip_suffix("\r\n").unwrap().split("\r\n") {
                prop_assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
            }
            let unfolded = written.replace("\r\n ", "");
            prop_assert_eq!(unfolded.strip_suffix("\r\n").unwrap(), format!("X:{}", escaped(&text)));
        }
    }
}
