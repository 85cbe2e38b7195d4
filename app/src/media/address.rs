//! Addresses of files, `/media/{id}/{name}`, and the markdown that shows a file or leads to it. Pure.

use super::{Description, Kind, Stored};
use crate::routes::paths;
use crate::text::size;
use crate::text::slug::is_slug;

/// A well-formed address of a file; whether the file exists is another question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub id: String,
    pub name: String,
    pub kind: Kind,
    /// Width and height of a picture, in pixels. The id carries them, so that a page can leave room for the picture
    /// without looking it up.
    pub size: Option<(u32, u32)>,
}

/// Hexadecimal digits that an id begins with.
const DIGITS: usize = 16;

impl Address {
    /// Of exactly the spelling that we make: nothing else is shown as a picture.
    pub fn parse(address: &str) -> Option<Self> {
        let (id, name) = address.strip_prefix(paths::MEDIA)?.split_once('/')?;
        let (stem, extension) = name.rsplit_once('.')?;
        let kind = Kind::of_extension(extension).filter(|kind| kind.extension() == extension && is_slug(stem))?;
        let size = parse_id(id)?;
        (size.is_some() == kind.is_picture()).then(|| Self { id: id.to_owned(), name: name.to_owned(), kind, size })
    }
}

/// An id made of random digits, with the size of a picture.
pub fn id(random: &str, size: Option<(u32, u32)>) -> String {
    let digits: String = random.chars().take(DIGITS).collect();
    match size {
        Some((width, height)) => format!("{digits}-{width}x{height}"),
        None => digits,
    }
}

/// `None` if it is no id of ours; else the size of the picture that it names.
fn parse_id(id: &str) -> Option<Option<(u32, u32)>> {
    let (digits, size) = match id.split_once('-') {
        Some((digits, size)) => (digits, Some(size)),
        None => (id, None),
    };
    let is_hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    if digits.len() != DIGITS || !digits.chars().all(is_hex) {
        return None;
    }
    let number = |text: &str| {
        let plain = (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_| plain && !text.starts_with('0'))
    };
    match size {
        None => Some(None),
        Some(size) => {
            let (width, height) = size.split_once('x')?;
            Some(Some((number(width)?, number(height)?)))
        }
    }
}

/// Every address of a file in a text, with its line from 1.
pub fn in_text(text: &str) -> Vec<(usize, Address)> {
    // Longer than any address of ours.
    const LONGEST: usize = 160;
    let of_line = |line: &str| -> Vec<Address> {
        let begun = line.match_indices(paths::MEDIA).map(|(at, _)| &line[at..]);
        let part = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '.');
        let whole = begun.map(|rest| rest.chars().take(LONGEST).take_while(part).collect::<String>());
        whole.filter_map(|address| Address::parse(address.trim_end_matches('.'))).collect()
    };
    (1..)
        .zip(text.lines())
        .flat_map(|(number, line)| of_line(line).into_iter().map(move |found| (number, found)))
        .collect()
}

impl Stored {
    pub fn address(&self) -> String {
        paths::media(&self.id, &self.name)
    }

    /// The line to paste into a text.
    pub fn markdown(&self) -> String {
        let address = self.address();
        match &self.description {
            Description::Picture(text) => format!("![{}]({address})", escaped(text)),
            Description::Document { alternative } => {
                let size = size::swedish(self.size);
                let link = format!("[{} ({}, {size})]({address})", escaped(&self.called), self.kind.extension());
                match alternative {
                    Some(address) if is_plain_address(address) => format!("{link}, [i annan form]({address})"),
                    Some(words) => format!("{link} (i annan form: {})", escaped(words)),
                    None => link,
                }
            }
        }
    }
}

/// An address that can stand within markdown's parentheses as it is.
fn is_plain_address(text: &str) -> bool {
    let begins = text.starts_with("https://") || (text.starts_with('/') && !text.starts_with("//"));
    begins && !text.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '(' | ')' | '<' | '>' | '\\'))
}

/// Text that markdown reads as it is written.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '[' | ']' | '*' | '_' | '`' | '<' | '&') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_it_was_made_and_no_other_way() {
        let made = paths::media(&id("0123456789abcdef0123", Some((1200, 800))), "bild.jpg");
        let read = Address::parse(&made).unwrap();
        assert_eq!((read.id.as_str(), read.size), ("0123456789abcdef-1200x800", Some((1200, 800))));
        assert!(Address::parse("/media/0123456789abcdef/rapport-2026.pdf").is_some());
        for wrong in [
            "/media/",
            "/media/0123456789abcdef/",
            "/media/0123456789abcdef/bild.jpg",
            "/media/0123456789abcdef-1200x800/rapport.pdf",
            "/media/0123456789abcdef-1200x0/bild.jpg",
            "/media/0123456789abcdef-1200x8000000/bild.jpg",
            "/media/0123456789abcdeg-1x1/bild.jpg",
            "/media/0123456789ABCDEF-1x1/bild.jpg",
            "/media/0123456789abcdef-1x1/bild.jpeg",
            "/media/0123456789abcdef-1x1/bild.svg",
            "/media/0123456789abcdef-1x1/../bild.jpg",
            "/media/0123456789abcdef-1x1/bild.jpg?x",
            "/media/0123456789abcdef-1x1/a/bild.jpg",
            "//media/0123456789abcdef-1x1/bild.jpg",
            "https://ond.example/media/0123456789abcdef-1x1/bild.jpg",
        ] {
            assert_eq!(Address::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn addresses_are_found_in_a_text_with_their_lines() {
        let text = "Se ![a](/media/0123456789abcdef-1x1/a.jpg).\n\nOch [b](/media/0123456789abcdef/b.pdf) /media/x.";
        let found: Vec<_> = in_text(text).into_iter().map(|(line, found)| (line, found.name)).collect();
        assert_eq!(found, [(1, "a.jpg".to_owned()), (3, "b.pdf".to_owned())]);
    }

    #[test]
    fn the_line_to_paste_says_what_the_file_is() {
        let mut stored = Stored {
            id: "0123456789abcdef".into(),
            kind: Kind::Pdf,
            name: "rad.pdf".into(),
            called: "Råd [utkast]".into(),
            county: None,
            description: Description::Document { alternative: None },
            size: 240_000,
            uploaded_at: 0,
            uploaded_by: String::new(),
        };
        assert_eq!(stored.markdown(), "[Råd \\[utkast\\] (pdf, 240 kB)](/media/0123456789abcdef/rad.pdf)");
        stored.description = Description::Document { alternative: Some("/om/".into()) };
        assert!(stored.markdown().ends_with(", [i annan form](/om/)"));
        stored.description = Description::Document { alternative: Some("ring oss".into()) };
        assert!(stored.markdown().ends_with(" (i annan form: ring oss)"));
        stored.description = Description::Picture("Två *vägar*".into());
        assert!(stored.markdown().starts_with("![Två \\*vägar\\*](/media/"));
    }
}
