//! What a person is called and reached by: text that cannot hold a line break, so that it is safe in a mail's head.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A mail address in lower case, at most 254 characters (RFC 5321, 4.5.3.1.3).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// What somebody wants to be called, at most 120 characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonName(String);

impl Email {
    /// One `@`, something before it, a name with a full stop after it; no white space, no sign that means something
    /// elsewhere. What is stricter than RFC 5321 refuses no address that a county board gives out.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let (local, domain) = text.split_once('@')?;
        let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[]\\,;:\"'@".contains(c);
        let labels: Vec<&str> = domain.split('.').collect();
        let label = |label: &&str| {
            !label.is_empty()
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let sound = !local.is_empty()
            && local.len() <= 64
            && text.len() <= 254
            && local.chars().all(plain)
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && labels.len() >= 2
            && labels.iter().all(label);
        sound.then_some(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PersonName {
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        // Marks that turn the direction of text could make one name look like another.
        let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
        let sound = !text.is_empty()
            && text.chars().count() <= 120
            && !text.chars().any(|c| c.is_control() || turns(c) || matches!(c, '\u{2028}' | '\u{2029}' | '<' | '>'));
        sound.then_some(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

macro_rules! as_text {
    ($name:ident, $wrong:literal) => {
        impl TryFrom<String> for $name {
            type Error = &'static str;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text).ok_or($wrong)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

as_text!(Email, "no mail address");
as_text!(PersonName, "no name");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_that_mail_can_be_sent_to() {
        for (typed, address) in [
            ("Eva.Ek@Lansstyrelsen.example ", "eva.ek@lansstyrelsen.example"),
            ("a+b@x-y.example", "a+b@x-y.example"),
            ("åsa@länsstyrelsen.example", "åsa@länsstyrelsen.example"),
        ] {
            assert_eq!(Email::parse(typed).unwrap().as_str(), address);
        }
        for none in [
            "",
            "@",
            "a@",
            "@b.se",
            "a@b",
            "a b@c.se",
            "a@b..se",
            "a@.se",
            "a@-b.se",
            "a@b@c.se",
            "a\r\nBcc: x@b.se",
            "a@b.se\r\nBcc: c@d.se",
            "<a@b.se>",
            "a..b@c.se",
            "a,b@c.se",
            "a@b.se\0",
        ] {
            assert!(Email::parse(none).is_none(), "{none:?}");
        }
    }

    #[test]
    fn a_name_is_one_line_of_plain_text() {
        assert_eq!(PersonName::parse("  Åsa \u{a0} Ek\n").unwrap().as_str(), "Åsa Ek");
        assert_eq!(PersonName::parse("Åsa\r\nBcc: x").unwrap().as_str(), "Åsa Bcc: x");
        for none in ["", " ", "a\u{202e}b", "a\0b", "<script>", &"x".repeat(121)] {
            assert!(PersonName::parse(none).is_none(), "{none:?}");
        }
    }
}
