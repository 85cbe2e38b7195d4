//! Where in a text of law a sentence stands: the paragraph it is in, the list it is part of.

use super::instruments::year_number;
use super::text::Text;

/// A stretch of text between blank lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paragraph<'a>(&'a str);

impl<'a> Paragraph<'a> {
    /// The one that holds this place.
    pub(super) fn at(text: Text<'a>, at: usize) -> Self {
        let start = text.0[..at].rfind("\n\n").map_or(0, |end| end + 2);
        Self(&text.0[start..])
    }

    /// Does it begin as an item of a list: with a dash, "1.", "a)"?
    pub(super) fn is_list_item(self) -> bool {
        let digits = self.0.bytes().take_while(u8::is_ascii_digit).count();
        self.0.starts_with(['-', '–', '•', '*'])
            || (digits > 0 && self.0[digits..].starts_with('.'))
            || self.0.as_bytes().get(1) == Some(&b')')
    }

    /// Transitional rules stand in no chapter: their heading, or the number of an amending act alone.
    pub(super) fn begins_transitional_rules(self) -> bool {
        let unmarked = self.0.trim_start_matches(['#', '*', ' ']);
        let number_alone =
            year_number(Text(unmarked), 0).is_some_and(|(_, end)| !unmarked[end..].starts_with(char::is_alphanumeric));
        unmarked.starts_with("Övergångsbestämmelse") || number_alone
    }
}

/// Does a sentence end within the text?
pub(super) fn ends_sentence(text: &str) -> bool {
    text.contains("\n\n")
        || text.split(". ").skip(1).any(|after| after.starts_with(char::is_uppercase))
        || text.contains(".\n")
}

/// Does a clause end here?
pub(super) fn ends_clause(text: Text, at: usize) -> bool {
    text.char_at(text.ws(at)).is_none_or(|c| matches!(c, '.' | ',' | ';' | ')' | ':' | '\n'))
}
