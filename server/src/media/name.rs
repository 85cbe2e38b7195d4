//! Names of files: our own, made of what was typed, so that nothing in a name can lead elsewhere or show itself as
//! something else.

use app::text::slug::slug;
use unicode_normalization::UnicodeNormalization;

/// A typed name, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileName {
    /// For people: letters, digits and a few marks.
    pub called: String,
    /// For addresses.
    pub slug: String,
    /// In lower case, without its point; empty if there is none.
    pub extension: String,
}

/// Characters of a name that are kept. File systems end at 255 bytes, and three names stand in one address.
const LONGEST: usize = 80;

impl FileName {
    /// Only the last step of a path counts (`../`, and `C:\` as old browsers send it), only the last ending is one
    /// (`bild.php.jpg` is called `bild-php`), and marks that turn the writing around (U+202E) are left out.
    pub fn parse(typed: &str) -> Self {
        let last = typed.rsplit(['/', '\\']).next().unwrap_or(typed);
        let visible: String = last.nfc().filter(|c| !is_invisible(*c)).collect();
        let (stem, extension) = visible.rsplit_once('.').unwrap_or((&visible, ""));
        let called = words(stem);
        let slug = slug(&called);
        let or_file = |text: String| if text.is_empty() { "fil".to_owned() } else { text };
        let extension: String = extension.chars().filter(char::is_ascii_alphanumeric).take(12).collect();
        Self { called: or_file(called), slug: or_file(slug), extension: extension.to_ascii_lowercase() }
    }
}

/// Letters, digits and marks that mean nothing to a program; everything else becomes a hyphen.
fn words(stem: &str) -> String {
    let mut words = String::new();
    for c in stem.trim().chars().take(LONGEST) {
        let c = if c.is_whitespace() { ' ' } else { c };
        let kept = c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '(' | ')' | ',');
        let c = if kept { c } else { '-' };
        if !(matches!(c, ' ' | '-') && words.ends_with(c)) {
            words.push(c);
        }
    }
    words.trim_matches([' ', '-']).to_owned()
}

/// Control characters, and those that only change how others are shown (Unicode's bidirectional and format marks).
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(typed: &str) -> (String, String) {
        let FileName { called, slug, extension } = FileName::parse(typed);
        (called, format!("{slug}.{extension}"))
    }

    #[test]
    fn nothing_in_a_name_leads_elsewhere_or_hides_what_it_is() {
        for (typed, called, address) in [
            ("Stöd vid samtal.pdf", "Stöd vid samtal", "stod-vid-samtal.pdf"),
            ("bild.php.jpg", "bild-php", "bild-php.jpg"),
            ("../../etc/passwd.pdf", "passwd", "passwd.pdf"),
            ("C:\\temp\\rapport.DOCX", "rapport", "rapport.docx"),
            ("faktura\u{202e}fdp.exe", "fakturafdp", "fakturafdp.exe"),
            ("a\r\nSet-Cookie: b=c.pdf", "aSet-Cookie- b-c", "aset-cookie-b-c.pdf"),
            ("\"><script>.png", "script", "script.png"),
            (".htaccess", "fil", "fil.htaccess"),
            ("utan", "utan", "utan."),
            ("", "fil", "fil."),
            ("日本.png", "日本", "fil.png"),
            // As a Mac writes it, the ring apart from its letter.
            ("A\u{30a}sa.jpg", "Åsa", "asa.jpg"),
        ] {
            assert_eq!(name(typed), (called.to_owned(), address.to_owned()), "{typed:?}");
        }
        assert!(name(&format!("{}.pdf", "a".repeat(5000))).1.len() < 100);
    }
}
