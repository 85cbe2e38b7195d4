//! Captions for films: WebVTT, in UTF-8.

use app::media::refusal::UploadRefusal;

/// The signature: `WEBVTT`, then nothing, a space, a tab or a line end (W3C WebVTT, 4.1).
pub fn begins(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let after = text.strip_prefix(b"WEBVTT");
    after.is_some_and(|after| matches!(after.first(), None | Some(b' ' | b'\t' | b'\n' | b'\r')))
}

pub fn judge(bytes: &[u8]) -> Result<(), UploadRefusal> {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Ok(()),
        _ => Err(UploadRefusal::NotText),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_are_text_that_says_what_it_is() {
        for good in ["WEBVTT", "WEBVTT\n\n00:00.000 --> 00:02.000\nHej på dig", "\u{feff}WEBVTT - film\r\n"] {
            assert!(begins(good.as_bytes()) && judge(good.as_bytes()).is_ok(), "{good:?}");
        }
        assert!(!begins(b"WEBVTTX") && !begins(b"<html>WEBVTT") && !begins(b""));
        assert_eq!(judge(b"WEBVTT\n\xff\xfe"), Err(UploadRefusal::NotText));
        assert_eq!(judge(b"WEBVTT\n\0"), Err(UploadRefusal::NotText));
    }
}
