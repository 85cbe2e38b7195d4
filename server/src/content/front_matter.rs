//! `+++`, TOML, `+++`, text. And the way from a TOML error to a sentence in Swedish with its line.

use super::Problem;
use serde::de::DeserializeOwned;

/// A file cut in two, with the line (from 1) on which each part begins.
#[derive(Debug, PartialEq, Eq)]
pub struct Parts<'a> {
    pub toml: &'a str,
    pub toml_line: usize,
    pub body: &'a str,
    pub body_line: usize,
}

pub fn split<'a>(path: &str, text: &'a str) -> Result<Parts<'a>, Problem> {
    let fence = |line: &str| line.trim_end_matches(['\r', '\n', ' ']) == "+++";
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| fence(line)).ok_or_else(|| {
        Problem::new(path, 1, "filen ska börja med en rad `+++`, sedan uppgifter om sidan och en rad `+++` till")
    })?;
    let mut end = first.len();
    for (number, line) in lines.enumerate() {
        if fence(line) {
            let body_line = number + 3;
            return Ok(Parts {
                toml: &text[first.len()..end],
                toml_line: 2,
                body: &text[end + line.len()..],
                body_line,
            });
        }
        end += line.len();
    }
    Err(Problem::new(path, 1, "raden `+++` som avslutar uppgifterna om sidan saknas"))
}

/// Reads TOML that begins on `first_line` of the file.
pub fn read<T: DeserializeOwned>(path: &str, toml: &str, first_line: usize) -> Result<T, Problem> {
    toml::from_str(toml).map_err(|error| told(path, toml, first_line, &error))
}

/// What is wrong with TOML that begins on `first_line`, in Swedish.
pub fn told(path: &str, toml: &str, first_line: usize, error: &toml::de::Error) -> Problem {
    let line = error.span().map_or(first_line, |span| line_at(toml, first_line, span.start));
    Problem::new(path, line, in_swedish(error.message()))
}

/// The line of a byte offset into TOML that begins on `first_line`.
pub fn line_at(toml: &str, first_line: usize, offset: usize) -> usize {
    first_line + toml.as_bytes().iter().take(offset).filter(|byte| **byte == b'\n').count()
}

/// The messages that writers meet most; any other is passed on in English, marked as TOML's own.
fn in_swedish(message: &str) -> String {
    let message = message.lines().next().unwrap_or(message);
    let quoted = || message.split('`').nth(1).unwrap_or("");
    if message.starts_with("unknown field") {
        let known: Vec<&str> = message.split('`').skip(3).step_by(2).collect();
        format!("okänt fält `{}`; fälten här heter {}", quoted(), known.join(", "))
    } else if message.starts_with("missing field") {
        format!("fältet `{}` saknas", quoted())
    } else if message.contains("duplicate key") {
        format!("samma fält står två gånger ({message})")
    } else if message.starts_with("invalid type") {
        format!("fel slags värde: text skrivs inom citattecken, datum som 2026-01-31, listor inom [ ] ({message})")
    } else {
        format!("det här går inte att läsa som TOML ({message})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its shape matters")]
    struct Sample {
        titel: String,
        ordning: Option<i64>,
    }

    #[test]
    fn a_file_is_cut_at_its_fences_and_keeps_its_line_numbers() {
        let parts = split("a.md", "+++\ntitel = 'x'\n+++\n\n## Rubrik\n").unwrap();
        assert_eq!((parts.toml, parts.toml_line), ("titel = 'x'\n", 2));
        assert_eq!((parts.body, parts.body_line), ("\n## Rubrik\n", 4));
    }

    #[test]
    fn windows_line_ends_are_read_too() {
        let parts = split("a.md", "+++\r\ntitel = 'x'\r\n+++\r\nText").unwrap();
        assert_eq!((parts.toml, parts.body), ("titel = 'x'\r\n", "Text"));
    }

    #[test]
    fn a_file_without_fences_is_told_so() {
        assert_eq!(split("a.md", "# Hej").unwrap_err().line, 1);
        assert!(split("a.md", "+++\ntitel = 'x'\n").unwrap_err().message.contains("avslutar"));
        assert!(split("a.md", "").is_err());
    }

    #[test]
    fn an_unknown_field_is_named_with_its_line() {
        let problem = read::<Sample>("a.md", "titel = 'x'\ntitlar = 'y'\n", 2).unwrap_err();
        assert_eq!(problem.line, 3);
        assert!(problem.message.contains("okänt fält `titlar`; fälten här heter titel, ordning"), "{problem}");
    }

    #[test]
    fn a_missing_field_and_broken_toml_are_told_in_swedish() {
        assert_eq!(read::<Sample>("a.md", "ordning = 1\n", 2).unwrap_err().message, "fältet `titel` saknas");
        let broken = read::<Sample>("a.md", "titel = 'x'\nordning = \n", 2).unwrap_err();
        assert!(broken.line == 3 && broken.message.contains("TOML"), "{broken}");
    }
}
