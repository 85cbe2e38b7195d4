//! Which provision was asked for: "5:11 sol", "14 kap 1 § sol", "sosfs 2014:4 3 2", "lvu 31a".
//!
//! What was typed is put into the order and the capitals of a citation, and then read by the citation reader.

use crate::citations::{Lexicon, Reader};
use crate::law::{LawBook, split};
use app::law::Cited;

/// Words that people put around a citation.
const FILLERS: [&str; 16] = [
    "i",
    "enligt",
    "lag",
    "lagen",
    "paragraf",
    "paragrafen",
    "vad",
    "säger",
    "står",
    "om",
    "och",
    "se",
    "kapitel",
    "kapitlet",
    "§",
    "§§",
];

/// The provision, and what corresponds to it today if it has been repealed. Empty if no provision was asked for.
pub fn asked_for(typed: &str, book: &LawBook) -> Vec<Cited> {
    let Some(citation) = as_citation(typed, book) else { return Vec::new() };
    let found = Reader::new(&book.lexicon, book.today(), None).read(&citation).citations;
    let Some(first) = found.first() else { return Vec::new() };
    let cited = book.cited(&first.target);
    let (instrument, place) = split(&first.target);
    let missing = matches!(place, Some(Ok(place)) if book.exists(instrument, place.section_only()) == Some(false));
    // A place that does not exist is no answer; neither is one that only another site knows.
    if missing || cited.external {
        return Vec::new();
    }
    let successors =
        cited.replaced.iter().flat_map(|replaced| replaced.today.iter().map(|spot| book.cited(&spot.target)));
    let successors: Vec<Cited> = successors.collect();
    std::iter::once(cited).chain(successors).take(4).collect()
}

/// The words in the order and the capitals of a citation, if they are one and little else.
fn as_citation(typed: &str, book: &LawBook) -> Option<String> {
    let typed = typed.replace(['–', '—', ',', '?'], " ").replace('§', " § ");
    let words: Vec<&str> = typed.split_whitespace().collect();
    if words.is_empty() || words.len() > 12 {
        return None;
    }
    // As it stands it may be one already, among other words too.
    let as_typed = with_capitals(&words, &book.lexicon);
    let read = Reader::new(&book.lexicon, book.today(), None).read(&as_typed).citations;
    let places = read.iter().filter(|citation| citation.target.contains('#')).count();
    let lone_number = read.len() == 1 && words.len() <= 4 && as_typed.contains(|c: char| c.is_ascii_digit());
    let sections = read.iter().filter(|citation| citation.target.contains('P')).count();
    // "7 kap 2" lacks its sign: the numbers tell more than what was read.
    let unsigned = sections == 0 && numbers_after(&words, &book.lexicon).len() > places;
    if (places > 0 && !unsigned) || (lone_number && numbers_after(&words, &book.lexicon).is_empty()) {
        return Some(as_typed);
    }
    let instrument = instrument(&words, book)?;
    let numbers = numbers_after(&words, &book.lexicon);
    let chapters = book.lexicon.has_chapters(&instrument.id).unwrap_or(true);
    let places = match (numbers.as_slice(), chapters) {
        ([], _) => return Some(instrument.written),
        ([section], false) => format!("{section} §"),
        ([chapter], true) => format!("{chapter} kap."),
        ([chapter, section, ..], true) => format!("{chapter} kap. {section} §"),
        ([_, section, ..], false) => format!("{section} §"),
    };
    Some(format!("{places} {}", instrument.written))
}

/// Abbreviations and series as they are written, and "2014 4" after a series joined.
fn with_capitals(words: &[&str], lexicon: &Lexicon) -> String {
    let mut written: Vec<String> = Vec::new();
    let mut words = words.iter().copied().peekable();
    while let Some(word) = words.next() {
        let joined =
            if word.eq_ignore_ascii_case("hslf") && words.peek().is_some_and(|next| next.eq_ignore_ascii_case("fs")) {
                words.next();
                "HSLF-FS".to_owned()
            } else {
                lexicon.in_capitals(word).map_or_else(|| word.to_owned(), str::to_owned)
            };
        let is_year = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        let joins = follows_series(&written);
        match written.last_mut() {
            Some(year)
                if joins && is_year(year) && joined.len() <= 4 && joined.bytes().all(|byte| byte.is_ascii_digit()) =>
            {
                *year = format!("{year}:{joined}");
            }
            _ => written.push(joined),
        }
    }
    written.join(" ")
}

fn follows_series(written: &[String]) -> bool {
    written.len().checked_sub(2).and_then(|at| written.get(at)).is_some_and(|word| word.ends_with("FS"))
}

struct Instrument {
    id: String,
    /// As a citation names it.
    written: String,
}

/// The instrument that the words name, by abbreviation, name, or number alone.
fn instrument(words: &[&str], book: &LawBook) -> Option<Instrument> {
    let text = with_capitals(words, &book.lexicon);
    let mut reader = Reader::new(&book.lexicon, book.today(), None);
    if let Some(citation) = reader.read(&text).citations.first() {
        let (id, _) = split(&citation.target);
        return Some(Instrument { id: id.to_owned(), written: text[citation.range.clone()].to_owned() });
    }
    for word in text.split_whitespace() {
        if let Some(id) = book.lexicon.meant_by_short(word, book.today()) {
            return Some(Instrument { id: id.to_owned(), written: word.to_owned() });
        }
        if let Some(id) = book.with_number(word.trim_matches(['(', ')'])) {
            let (series, number) = id.split_once('/')?;
            let written =
                if series == "sfs" { format!("SFS {number}") } else { format!("{} {number}", series.to_uppercase()) };
            return Some(Instrument { id, written });
        }
    }
    None
}

/// The numbers that are left when the instrument and the fillers are taken away; nothing if other words are left too.
fn numbers_after(words: &[&str], lexicon: &Lexicon) -> Vec<String> {
    let text = with_capitals(words, lexicon);
    let mut numbers: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let lower = word.to_lowercase();
        let known = FILLERS.contains(&lower.as_str())
            || matches!(lower.as_str(), "kap" | "kap.")
            || lexicon.is_short(word)
            || word.ends_with("FS");
        if known || word.trim_matches(['(', ')']).split_once(':').is_some_and(|(year, _)| year.len() == 4) {
            continue;
        }
        match (word.split_once(':'), lettered(word)) {
            (Some((chapter, section)), _) if lettered(chapter).is_some() && lettered(section).is_some() => {
                numbers.extend(lettered(chapter));
                numbers.extend(lettered(section));
            }
            (None, Some(number)) => numbers.push(number),
            // "18 a": the letter of the number before.
            (None, None)
                if word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_lowercase()) && !numbers.is_empty() =>
            {
                if let Some(number) =
                    numbers.last_mut().filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
                {
                    *number = format!("{number} {word}");
                }
            }
            _ if lexicon.is_name(word) => {}
            _ => return Vec::new(),
        }
    }
    numbers
}

/// "31a" → "31 a".
fn lettered(word: &str) -> Option<String> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let letters = &word[digits..];
    match (digits, letters.len()) {
        (1..=3, 0) => Some(word.to_owned()),
        (1..=3, 1) if letters.bytes().all(|byte| byte.is_ascii_lowercase()) => {
            Some(format!("{} {letters}", &word[..digits]))
        }
        _ => None,
    }
}
