//! PDF: what runs something when it is opened is refused, as far as it stands in plain sight.
//!
//! A PDF may hide such parts in compressed streams or behind escaped names; finding those takes a whole PDF reader.
//! What protects readers is that the file is only ever downloaded, never opened within our pages.

use app::media::refusal::UploadRefusal;

/// Names of PDF's actions and attachments (ISO 32000-2, 12.6.4 and 7.11.4), and what they are to people.
const ACTIVE: [(&[u8], &str); 3] = [
    (b"/JavaScript", "ett program (JavaScript)"),
    (b"/Launch", "något som startar andra program"),
    (b"/EmbeddedFile", "en bifogad fil"),
];
/// Readers look for the end within so many bytes.
const TAIL: usize = 2048;

pub fn judge(bytes: &[u8]) -> Result<(), UploadRefusal> {
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    if !holds(tail, b"%%EOF") {
        return Err(UploadRefusal::Unreadable);
    }
    // A page for a browser that begins as a PDF: both read it as theirs.
    let head = bytes[..bytes.len().min(TAIL)].to_ascii_lowercase();
    if [b"<html".as_slice(), b"<script", b"<!doctype html"].iter().any(|mark| holds(&head, mark)) {
        return Err(UploadRefusal::OtherContent("pdf"));
    }
    match ACTIVE.iter().find(|(name, _)| holds(bytes, name)) {
        Some((_, what)) => Err(UploadRefusal::Active(what)),
        None => Ok(()),
    }
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_document_passes_and_one_that_acts_does_not() {
        assert_eq!(judge(b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"), Ok(()));
        for part in ["/S/JavaScript/JS(app.alert(1))", "/S /Launch /F(cmd.exe)", "/Type/EmbeddedFile"] {
            let document = format!("%PDF-1.7\n1 0 obj<<{part}>>endobj\n%%EOF");
            assert!(matches!(judge(document.as_bytes()), Err(UploadRefusal::Active(_))), "{part}");
        }
        assert_eq!(judge(b"%PDF-1.7\n1 0 obj<</Type/Cat"), Err(UploadRefusal::Unreadable), "cut off");
        assert_eq!(judge(b"%PDF-1.7\n<HTML><script>alert(1)</script>%%EOF"), Err(UploadRefusal::OtherContent("pdf")));
    }
}
