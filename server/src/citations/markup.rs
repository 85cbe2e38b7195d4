//! What of a plain file is not running text: code, the words of links, addresses.

/// The same text, byte for byte as long, with code and links blanked out: references in them are not the author's to
/// link. Markdown pages do not need this; their events tell code from text.
pub fn without_code(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let skipped = match rest.as_bytes()[0] {
            b'`' => code(rest),
            b'[' => link(rest),
            b'h' if rest.starts_with("https://") || rest.starts_with("http://") => {
                rest.find(|c: char| c.is_whitespace() || c == '>' || c == ')').or(Some(rest.len()))
            }
            _ => None,
        };
        let end = at + skipped.unwrap_or(0);
        for byte in bytes.get_mut(at..end).into_iter().flatten().filter(|byte| **byte != b'\n') {
            // A full stop: no word, no space, so that no reference reaches over it.
            *byte = b'.';
        }
        at = if end > at { end } else { next(text, at) };
    }
    // Only ASCII was written, over whole characters.
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// The next byte that may start code, a link or an address.
fn next(text: &str, at: usize) -> usize {
    let from = at + text[at..].chars().next().map_or(1, char::len_utf8);
    text.as_bytes()[from..]
        .iter()
        .position(|byte| matches!(byte, b'`' | b'[' | b'h'))
        .map_or(text.len(), |offset| from + offset)
}

/// From a run of backticks to the next run of the same length, within a paragraph (for one or two) or the text.
fn code(rest: &str) -> Option<usize> {
    let ticks = rest.bytes().take_while(|byte| *byte == b'`').count();
    let mut at = ticks;
    while let Some(offset) = rest[at..].find('`') {
        if ticks < 3 && rest[at..at + offset].contains("\n\n") {
            return None;
        }
        let start = at + offset;
        let run = rest[start..].bytes().take_while(|byte| *byte == b'`').count();
        if run == ticks {
            return Some(start + run);
        }
        at = start + run;
    }
    // An unclosed fence holds the rest of the file; a stray backtick holds nothing.
    (ticks >= 3).then_some(rest.len())
}

/// `[text](address)`
fn link(rest: &str) -> Option<usize> {
    let line = rest.split("\n\n").next()?;
    let close = line.find(']')?;
    let address = line[close + 1..].strip_prefix('(')?;
    Some(close + 2 + address.find(')')? + 1)
}
