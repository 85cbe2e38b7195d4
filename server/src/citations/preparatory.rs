//! Preparatory works: bills, reports, letters, directives, and the pages in them.

use super::text::Text;
use std::ops::Range;

/// What was found: each target with its place in the text.
pub(super) struct Works {
    pub(super) found: Vec<(Range<usize>, String)>,
    pub(super) end: usize,
}

/// Reads "prop. 2006/07:38 s. 31", "SOU 2020:47", "bet. 2024/25:SoU23". `last_bill` is what "a. prop." means.
pub(super) fn at(text: Text, at: usize, last_bill: &mut Option<String>) -> Option<Works> {
    if !text.starts_word(at) {
        return None;
    }
    let (work, end) = work(text, at, last_bill)?;
    let mut found = Vec::new();
    let end = match pages(text, end) {
        Some(pages) => {
            let last = pages.last().map_or(end, |(_, range)| range.end);
            for (index, (page, range)) in pages.into_iter().enumerate() {
                let start = if index == 0 { at } else { range.start };
                found.push((start..range.end, format!("{work}#sid{page}")));
            }
            last
        }
        None => {
            found.push((at..end, work));
            end
        }
    };
    Some(Works { found, end })
}

fn work(text: Text, at: usize, last_bill: &mut Option<String>) -> Option<(String, usize)> {
    // Cheap first: nearly every word is none of these.
    const STARTS: [[u8; 2]; 16] = [
        *b"pr", *b"Pr", *b"sa", *b"sk", *b"Sk", *b"rs", *b"Rs", *b"be", *b"Be", *b"SO", *b"Ds", *b"di", *b"Di", *b"JO",
        *b"a.", *b"n\xc3",
    ];
    if !STARTS.contains(text.rest(at).as_bytes().first_chunk()?) {
        return None;
    }
    for mark in ["a. prop.", "a.prop.", "samma prop.", "nämnda proposition", "samma proposition"] {
        if let Some(end) = text.phrase_start(at, mark) {
            return pages(text, end).and_then(|_| last_bill.clone()).map(|bill| (bill, end));
        }
    }
    for (mark, series) in [
        ("prop.", "prop"),
        ("proposition", "prop"),
        ("propositionen", "prop"),
        ("skr.", "skr"),
        ("rskr.", "rskr"),
        ("rskr", "rskr"),
        ("prop", "prop"),
    ] {
        let Some(end) = text.phrase_start(at, mark) else { continue };
        let next = text.ws(end);
        if next == end && !mark.ends_with('.') {
            continue;
        }
        let Some((number, end)) = session_number(text, next) else { continue };
        let id = format!("{series}/{number}");
        if series == "prop" {
            *last_bill = Some(id.clone());
        }
        return Some((id, end));
    }
    for mark in ["bet.", "betänkande"] {
        if let Some(end) = text.phrase_start(at, mark) {
            return committee_report(text, text.ws(end)).map(|(number, end)| (format!("bet/{number}"), end));
        }
    }
    for (mark, series) in [("SOU", "sou"), ("Ds", "ds"), ("dir.", "dir")] {
        // SOU and Ds keep their case; "Dir." may begin a sentence.
        let end = if series == "dir" { text.phrase_start(at, mark) } else { text.literal(at, mark) };
        let Some(end) = end else { continue };
        let next = text.ws(end);
        if next == end && series != "dir" {
            continue;
        }
        if let Some((number, end)) = super::instruments::year_number(text, next) {
            return Some((format!("{series}/{number}"), end));
        }
    }
    let end = text.literal(at, "JO")?;
    let next = text.some_ws(end)?;
    let next = ["dnr", "dnr."].iter().find_map(|word| text.phrase(next, word)).map_or(next, |after| text.ws(after));
    let (number, after) = text.digits(next, 5)?;
    let (year, end) = text.digits(text.literal(after, "-")?, 4)?;
    ((1900..2200).contains(&year) && text.ends_word(end)).then(|| (format!("jo/{number}-{year}"), end))
}

/// `2006/07:38`; until 1975 `1971:30`.
fn session_number(text: Text, at: usize) -> Option<(String, usize)> {
    let (session, end) = session(text, at)?;
    let (number, end) = text.digits(text.ws(text.literal(end, ":")?), 4)?;
    (number > 0 && !text.char_at(end).is_some_and(char::is_alphanumeric)).then(|| (format!("{session}:{number}"), end))
}

/// `2024/25:SoU23`
fn committee_report(text: Text, at: usize) -> Option<(String, usize)> {
    let (session, end) = session(text, at)?;
    let name_at = text.ws(text.literal(end, ":")?);
    let word = text.word(name_at);
    let letters = word.chars().take_while(|c| c.is_alphabetic()).count();
    let digits = word.chars().skip(letters);
    let well_formed = letters >= 1 && digits.clone().count() >= 1 && digits.clone().all(|c| c.is_ascii_digit());
    well_formed.then(|| (format!("{session}:{word}"), name_at + word.len()))
}

fn session(text: Text, at: usize) -> Option<(String, usize)> {
    let (year, end) = text.digits(at, 4)?;
    if !(1860..2200).contains(&year) {
        return None;
    }
    match text.literal(end, "/").and_then(|after| Some((after, text.digits(after, 4)?.1))) {
        Some((after, end)) => Some((format!("{year}/{}", &text.0[after..end]), end)),
        None => Some((year.to_string(), end)),
    }
}

/// ", s. 31 f.", "s. 31 och 45", "sid. 7–9": first pages only.
fn pages(text: Text, at: usize) -> Option<Vec<(u32, Range<usize>)>> {
    let next = text.ws(at);
    let next = text.literal(next, ",").map_or(next, |after| text.ws(after));
    let mark = ["s.", "sid.", "sidan", "sidorna", "sid", "s"].iter().find_map(|word| text.phrase_start(next, word))?;
    let mut at = text.ws(mark);
    let mut pages = Vec::new();
    while let Some((page, end)) = text.digits(at, 4) {
        let joined_to_a_word = |c: char| c.is_alphanumeric() && c != 'f';
        if text.char_at(end).is_some_and(joined_to_a_word) {
            break;
        }
        let after = text.dash(end).and_then(|to| text.digits(to, 4)).map_or(end, |(_, end)| end);
        let further = ["ff.", "ff", "f.", "f"].iter().find_map(|word| {
            let end = text.phrase_start(text.ws(after), word)?;
            (!text.char_at(end).is_some_and(char::is_alphanumeric)).then_some(end)
        });
        let after = further.unwrap_or(after);
        pages.push((page, at..after));
        let joined = text.literal(text.ws(after), ",").or_else(|| text.phrase(text.ws(after), "och"));
        // "s. 31, 2 kap.": a number with a mark behind it is no page.
        let Some(next) = joined.map(|next| text.ws(next)) else { break };
        let Some((_, number_end)) = text.digits(next, 4) else { break };
        let marked = text.ws(number_end);
        let other = text.literal(marked, "§").is_some()
            || text.phrase_start(marked, "kap").is_some()
            || text.literal(number_end, ":").is_some()
            || text.literal(number_end, "/").is_some();
        if other
            || text.char_at(marked).is_some_and(|c| {
                c.is_ascii_lowercase() && !text.0[marked..].starts_with("och") && !text.0[marked..].starts_with('f')
            })
        {
            break;
        }
        at = next;
    }
    (!pages.is_empty()).then_some(pages)
}
