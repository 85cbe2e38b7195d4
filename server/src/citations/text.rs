//! Reading a text byte by byte without ever cutting a character: white space, words, numbers.

/// The text being read. Every position handed in or out lies on a character's edge.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'a>(pub(super) &'a str);

impl<'a> Text<'a> {
    pub(super) fn rest(self, at: usize) -> &'a str {
        &self.0[at..]
    }

    pub(super) fn char_at(self, at: usize) -> Option<char> {
        self.rest(at).chars().next()
    }

    pub(super) fn char_before(self, at: usize) -> Option<char> {
        self.0[..at].chars().next_back()
    }

    /// Past white space, hard spaces and one line break: a blank line ends a paragraph, and no reference runs over it.
    pub(super) fn ws(self, mut at: usize) -> usize {
        let bytes = self.0.as_bytes();
        let mut broken = false;
        while let Some(byte) = bytes.get(at) {
            at += match byte {
                b'\n' if broken => break,
                b'\n' => {
                    broken = true;
                    1
                }
                b' ' | b'\t' | b'\r' => 1,
                0x80.. => match self.char_at(at) {
                    Some(hard @ ('\u{a0}' | '\u{202f}' | '\u{2009}')) => hard.len_utf8(),
                    _ => break,
                },
                _ => break,
            };
        }
        at
    }

    /// Past at least one white space.
    pub(super) fn some_ws(self, at: usize) -> Option<usize> {
        let after = self.ws(at);
        (after > at).then_some(after)
    }

    /// The end of the letters and digits that start here.
    pub(super) fn word_end(self, at: usize) -> usize {
        let bytes = self.0.as_bytes();
        let mut end = at;
        loop {
            match bytes.get(end) {
                Some(byte) if byte.is_ascii_alphanumeric() => end += 1,
                Some(0x80..) => match self.char_at(end) {
                    // Those of Swedish first: others have to be looked up.
                    Some(c) if matches!(c, 'å' | 'ä' | 'ö' | 'Å' | 'Ä' | 'Ö') || c.is_alphanumeric() => {
                        end += c.len_utf8();
                    }
                    _ => return end,
                },
                _ => return end,
            }
        }
    }

    pub(super) fn word(self, at: usize) -> &'a str {
        &self.0[at..self.word_end(at)]
    }

    /// May a word end here? Not before a letter or digit, nor before the hyphen of a compound.
    pub(super) fn ends_word(self, at: usize) -> bool {
        let mut rest = self.rest(at).chars();
        match rest.next() {
            Some('-' | '\u{2010}' | '\u{2011}' | ':') => !rest.next().is_some_and(char::is_alphabetic),
            Some(c) => !c.is_alphanumeric(),
            None => true,
        }
    }

    /// May a word start here? Not within one, and not within "9:30", "2.1" or "08-12".
    pub(super) fn starts_word(self, at: usize) -> bool {
        let mut before = self.0[..at].chars().rev();
        match before.next() {
            Some(':' | '.' | ',' | '/' | '-') => !before.next().is_some_and(|c| c.is_ascii_digit()),
            Some(c) => !c.is_alphanumeric(),
            None => true,
        }
    }

    /// Past exactly these characters.
    pub(super) fn literal(self, at: usize, wanted: &str) -> Option<usize> {
        // Nearly every try ends at the first letter; nothing at all stands everywhere.
        let first = wanted.as_bytes().first();
        if first.is_some() && self.0.as_bytes().get(at) != first {
            return None;
        }
        self.rest(at).starts_with(wanted).then_some(at + wanted.len())
    }

    /// Past this word or phrase, its first letter in either case; a space stands for any white space.
    pub(super) fn phrase(self, at: usize, wanted: &str) -> Option<usize> {
        let end = self.phrase_start(at, wanted)?;
        self.ends_word(end).then_some(end)
    }

    /// Like [`Text::phrase`], but the word may go on.
    pub(super) fn phrase_start(self, at: usize, wanted: &str) -> Option<usize> {
        // Nearly every try ends at the first letter; beyond ASCII both cases begin with the same byte.
        let (byte, wanted_byte) = (self.0.as_bytes().get(at)?, wanted.as_bytes().first()?);
        if !byte.eq_ignore_ascii_case(wanted_byte) {
            return None;
        }
        let mut letters = wanted.chars();
        let (first, c) = (letters.next()?, self.char_at(at)?);
        if c != first && !(c.is_uppercase() && c.to_lowercase().eq(first.to_lowercase())) {
            return None;
        }
        let mut at = at + c.len_utf8();
        for part in letters.as_str().split_inclusive(' ') {
            let word = part.strip_suffix(' ').unwrap_or(part);
            at = self.literal(at, word)?;
            if word.len() < part.len() {
                at = self.some_ws(at)?;
            }
        }
        Some(at)
    }

    /// Past the first of these phrases that stands here.
    pub(super) fn one_of(self, at: usize, wanted: &[&str]) -> Option<usize> {
        wanted.iter().find_map(|phrase| self.phrase(at, phrase))
    }

    /// A run of at most `most` digits; a longer run is none.
    pub(super) fn digits(self, at: usize, most: usize) -> Option<(u32, usize)> {
        let bytes = self.rest(at).as_bytes();
        let length = bytes.iter().take(most + 1).take_while(|byte| byte.is_ascii_digit()).count();
        if length == 0 || length > most {
            return None;
        }
        Some((self.0[at..at + length].parse().ok()?, at + length))
    }

    /// Past a dash of any kind, with or without spaces around it.
    pub(super) fn dash(self, at: usize) -> Option<usize> {
        let at = self.ws(at);
        let dash = self.char_at(at).filter(|c| matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '–' | '—'))?;
        let mut end = at + dash.len_utf8();
        // Older texts write two hyphens.
        while dash == '-' && self.char_at(end) == Some('-') && end - at < 3 {
            end += 1;
        }
        Some(self.ws(end))
    }

    /// Does neither letter nor digit follow?
    pub(super) fn is_apart(self, at: usize) -> bool {
        !self.char_at(at).is_some_and(char::is_alphanumeric)
    }

    /// The word just before, white space between.
    pub(super) fn word_before(self, at: usize) -> &'a str {
        let before = self.0[..at].trim_end_matches([' ', '\t', '\n', '\r', '\u{a0}', '\u{202f}']);
        let start = before.char_indices().rev().take_while(|(_, c)| c.is_alphanumeric()).last();
        &before[start.map_or(before.len(), |(offset, _)| offset)..]
    }
}
