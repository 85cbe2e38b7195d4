//! What a file is, told by its content: name, first bytes and inner build must agree, or it is not taken.

use super::name::FileName;
use super::{captions, office, pdf, picture};
use app::media::refusal::UploadRefusal;
use app::media::{Kind, LARGEST_FILE};
use sha2::{Digest, Sha256};

/// A file that may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    pub kind: Kind,
    pub name: FileName,
    /// Pictures are not those that came, but made anew from what they show.
    pub bytes: Vec<u8>,
    /// Width and height of a picture.
    pub size: Option<(u32, u32)>,
    /// Of the file as it came: by it the same file is known again.
    pub hash: String,
}

/// Work for a processor: seconds, for a large picture.
pub fn judge(typed_name: &str, bytes: &[u8]) -> Result<Judged, UploadRefusal> {
    let name = FileName::parse(typed_name);
    let kind = Kind::of_extension(&name.extension).ok_or_else(|| UploadRefusal::Kind(name.extension.clone()))?;
    if bytes.is_empty() {
        return Err(UploadRefusal::Empty);
    }
    if bytes.len() > LARGEST_FILE {
        return Err(UploadRefusal::TooLarge);
    }
    if !begins_as(kind, bytes) {
        return Err(match kind {
            Kind::Vtt => UploadRefusal::NotText,
            Kind::Docx | Kind::Xlsx | Kind::Pptx if bytes.starts_with(COMPOUND) => UploadRefusal::Locked,
            _ => UploadRefusal::OtherContent(kind.extension()),
        });
    }
    let hash = || Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let kept = |kind, bytes: Vec<u8>, size| Judged { kind, name: name.clone(), bytes, size, hash: hash() };
    match kind {
        Kind::Jpeg | Kind::Png | Kind::Webp => {
            let made = picture::anew(kind, bytes)?;
            Ok(kept(made.kind, made.bytes, Some(made.size)))
        }
        Kind::Pdf => pdf::judge(bytes).map(|()| kept(kind, bytes.to_vec(), None)),
        Kind::Docx | Kind::Xlsx | Kind::Pptx => office::judge(kind, bytes).map(|()| kept(kind, bytes.to_vec(), None)),
        Kind::Vtt => captions::judge(bytes).map(|()| kept(kind, bytes.to_vec(), None)),
    }
}

/// What Office wraps a document in that has a password, and what its documents were before 2007.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0";

/// The signatures that each format's own standard gives, at the very first byte: what stands before one is how a file
/// is made to be two kinds at once.
fn begins_as(kind: Kind, bytes: &[u8]) -> bool {
    match kind {
        Kind::Jpeg => bytes.starts_with(&[0xff, 0xd8, 0xff]),
        Kind::Png => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
        Kind::Webp => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"),
        Kind::Pdf => bytes.starts_with(b"%PDF-"),
        Kind::Docx | Kind::Xlsx | Kind::Pptx => bytes.starts_with(b"PK\x03\x04"),
        Kind::Vtt => captions::begins(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(name: &str, bytes: &[u8]) -> UploadRefusal {
        judge(name, bytes).unwrap_err()
    }

    #[test]
    fn only_what_is_on_the_list_is_taken() {
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
        assert_eq!(refusal("bild.svg", svg), UploadRefusal::Kind("svg".into()));
        assert_eq!(refusal("sida.html", b"<script>alert(1)</script>"), UploadRefusal::Kind("html".into()));
        assert_eq!(refusal("bild.jpg.exe", b"MZ"), UploadRefusal::Kind("exe".into()));
        assert_eq!(refusal("bild\u{202e}gpj.exe", b"MZ"), UploadRefusal::Kind("exe".into()));
        assert_eq!(refusal("bild", b"x"), UploadRefusal::Kind(String::new()));
        assert_eq!(refusal("bild.png", b""), UploadRefusal::Empty);
    }

    #[test]
    fn the_name_must_say_what_the_file_is() {
        for (name, bytes) in [
            ("bild.jpg", b"GIF89a/*".as_slice()),
            ("bild.jpg", b"\x89PNG\r\n\x1a\n"),
            ("bild.png", b"<svg/>"),
            ("bild.webp", b"RIFF\0\0\0\0WAVE"),
            ("bild.pdf", b"\n%PDF-1.7"),
            ("bild.pdf", b"<html>%PDF-1.7"),
            ("bild.docx", b"\xff\xd8\xffPK\x03\x04"),
            ("bild.docx", b"%PDF-1.7"),
        ] {
            assert!(matches!(refusal(name, bytes), UploadRefusal::OtherContent(_)), "{name}");
        }
        assert_eq!(refusal("film.vtt", b"<script>"), UploadRefusal::NotText);
        assert_eq!(refusal("text.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), UploadRefusal::Locked);
    }
}
