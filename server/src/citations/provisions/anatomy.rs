//! What is inside a section: "andra stycket 2", "första och tredje meningen", "p. 2 och 3".

use super::super::text::Text;
use super::{Counted, Item, chapter_mark, conjunction};
use app::law::place::{Number, ORDINALS, Place};
use app::text::dates::MONTHS;
use std::ops::Range;

/// Stycken, meningar and punkter after the section whose items start at `first`. Parts that cannot be told by number
/// ("sista stycket") are read over. Returns the new end.
pub(super) fn anatomy(text: Text, end: usize, items: &mut Vec<Item>, first: usize) -> usize {
    let Some(section) = items.get(first).map(|item| item.place) else { return end };
    let start = items[first].range.start;
    let mut found: Vec<(Place, Range<usize>)> = Vec::new();
    let mut at = end;
    loop {
        // "första stycket, 24 och 25 §§": after a comma or an "och" a bare number is a section again.
        let joined = if found.is_empty() { None } else { conjunction(text, at) };
        let next = joined.unwrap_or_else(|| if found.is_empty() { comma_ws(text, at) } else { text.ws(at) });
        let Some(part) = part(text, next, section, joined.is_none()) else { break };
        at = part.end;
        found.extend(part.places);
    }
    if !found.is_empty() {
        items.truncate(first);
        for (index, (place, range)) in found.iter().enumerate() {
            let start = if index == 0 { start } else { range.start };
            items.push(Item { range: start..range.end, place: *place });
        }
        if let Some(last) = items.last_mut() {
            last.range.end = at;
        }
    }
    at
}

fn comma_ws(text: Text, at: usize) -> usize {
    let after = text.ws(at);
    match text.literal(after, ",").map(|comma| text.ws(comma)) {
        Some(next) if ordinal(text, next).is_some() => next,
        _ => after,
    }
}

struct Part {
    places: Vec<(Place, Range<usize>)>,
    end: usize,
}

/// "andra och tredje styckena", "första stycket andra meningen", "första stycket 2 och 3", "2 st. 4 p.", "p. 2", "3".
fn part(text: Text, at: usize, section: Place, may_be_bare: bool) -> Option<Part> {
    if let Some((styckena, end)) = stycken(text, at) {
        let places: Vec<_> =
            styckena.iter().map(|(number, range)| (Place { stycke: *number, ..section }, range.clone())).collect();
        let (inner, range) = places.last()?.clone();
        let mut part = Part { places, end };
        if let Some(last) = part.places.last_mut() {
            last.1.end = end;
        }
        if let Some(within) = meningar(text, text.ws(end), inner).or_else(|| punkter(text, comma_ws(text, end), inner))
        {
            part.places.pop();
            let mut within_places = within.places;
            if let Some(first) = within_places.first_mut() {
                first.1.start = range.start;
            }
            part.places.extend(within_places);
            part.end = within.end;
        }
        return Some(part);
    }
    let bare = || !may_be_bare && text.char_at(at).is_some_and(|c| c.is_ascii_digit());
    meningar(text, at, section).or_else(|| if bare() { None } else { punkter(text, at, section) })
}

/// The numbers of the stycken (`None` for the last one, which has no number here) and the end of the phrase.
fn stycken(text: Text, at: usize) -> Option<(Counted<Option<u16>>, usize)> {
    const MARKS: [&str; 4] = ["stycket", "styckena", "stycke", "st"];
    if let Some((value, after)) = text.digits(at, 2) {
        let end = text.phrase(text.some_ws(after)?, "st")?;
        let end = text.literal(end, ".").unwrap_or(end);
        return Some((vec![(u16::try_from(value).ok(), at..end)], end));
    }
    if let Some(after) = text.phrase(at, "st") {
        let after = text.literal(after, ".").unwrap_or(after);
        let (value, end) = text.digits(text.some_ws(after)?, 2)?;
        return text.ends_word(end).then(|| (vec![(u16::try_from(value).ok(), at..end)], end));
    }
    let (list, end) = ordinals(text, at)?;
    let end = MARKS.iter().find_map(|mark| text.phrase(text.some_ws(end)?, mark))?;
    let end = text.literal(end, ".").filter(|_| text.0[..end].ends_with("st")).unwrap_or(end);
    Some((list, end))
}

fn meningar(text: Text, at: usize, within: Place) -> Option<Part> {
    let (list, end) = ordinals(text, at)?;
    let end = text.one_of(text.some_ws(end)?, &["meningen", "meningarna", "men."])?;
    let mut places: Vec<_> =
        list.into_iter().map(|(number, range)| (Place { mening: number, ..within }, range)).collect();
    if let Some(last) = places.last_mut() {
        last.1.end = end;
    }
    Some(Part { places, end })
}

/// Numbered items: of a stycke, or of a section that has only one.
fn punkter(text: Text, at: usize, within: Place) -> Option<Part> {
    if let Some((list, end)) = ordinals(text, at)
        && let Some(end) = text.one_of(text.some_ws(end)?, &["punkten", "punkterna"])
    {
        let number = |value: Option<u16>| value.map(Number::plain);
        let places = list.into_iter().map(|(value, range)| (Place { punkt: number(value), ..within }, range)).collect();
        return Some(Part { places, end });
    }
    let marked = ["punkterna", "punkten", "punkt", "p.", "p", "nr"].iter().find_map(|mark| {
        let after = if mark.ends_with('.') { text.phrase_start(at, mark) } else { text.phrase(at, mark) }?;
        text.digits(text.ws(after), 2).map(|_| text.ws(after))
    });
    let mut next = marked.unwrap_or(at);
    let mut places = Vec::new();
    let mut end = at;
    // The first of the list, or the other end of a range that it began.
    let mut leads = true;
    while let Some((number, after)) = item_number(text, next, leads) {
        if marked.is_none() && counts_something(text, after) {
            break;
        }
        places.push((Place { punkt: Some(number), ..within }, next..after));
        end = after;
        let dash = text.dash(after);
        leads = leads && dash.is_some();
        let Some(further) = dash.or_else(|| conjunction(text, after)) else { break };
        next = further;
    }
    let end = text
        .phrase(text.ws(end), "p")
        .map(|after| text.literal(after, ".").unwrap_or(after))
        .filter(|_| !places.is_empty() && marked.is_none())
        .unwrap_or(end);
    if let Some(first) = places.first_mut() {
        first.1.start = at;
    }
    (!places.is_empty()).then_some(Part { places, end })
}

/// A number that is no section and no chapter, no time, date or decimal.
fn item_number(text: Text, at: usize, first: bool) -> Option<(Number, usize)> {
    let (value, end) = text.digits(at, 2)?;
    let value = u16::try_from(value).ok().filter(|value| *value > 0)?;
    let mut rest = text.rest(end).chars();
    if matches!((rest.next(), rest.next()), (Some(':' | '.' | ',' | '/'), Some(c)) if c.is_ascii_digit()) {
        return None;
    }
    let letter_at = text.ws(end);
    let letter = text.char_at(letter_at).filter(|c| matches!(c, 'a'..='h')).filter(|_| text.ends_word(letter_at + 1));
    let (number, end) = match letter {
        Some(letter) => (Number { value, letter: Some(letter) }, letter_at + 1),
        None => (Number::plain(value), end),
    };
    if !text.ends_word(end) {
        return None;
    }
    if belongs_to_a_mark(text, end, first) {
        return None;
    }
    if text.phrase(text.ws(end), "st").is_some() {
        return None;
    }
    Some((number, end))
}

/// Is the number that ends here the chapter or section of a mark further on? "§" and "kap." take one number or range,
/// "§§" the last two or one range: in "första stycket 1 samt 2 och 3 §§" only the 1 is a punkt. Only the first number
/// after a stycke can be a punkt before such a run.
fn belongs_to_a_mark(text: Text, end: usize, first: bool) -> bool {
    let (mut probe, mut units, mut range) = (end, 1, false);
    loop {
        let mark = text.ws(probe);
        if chapter_mark(text, probe).is_some() {
            return units == 1;
        }
        if text.literal(mark, "§").is_some() {
            if !first {
                return true;
            }
            let several = text.literal(mark, "§§").is_some() && !range;
            return units <= if several { 2 } else { 1 };
        }
        let dash = text.dash(probe);
        let Some((_, after)) = dash.or_else(|| conjunction(text, probe)).and_then(|to| number_like(text, to)) else {
            return false;
        };
        range = dash.is_some();
        units += usize::from(!range);
        probe = after;
    }
}

fn number_like(text: Text, at: usize) -> Option<(u32, usize)> {
    let (value, end) = text.digits(at, 3)?;
    let letter_at = text.ws(end);
    let lettered = text.char_at(letter_at).is_some_and(|c| c.is_ascii_lowercase()) && text.ends_word(letter_at + 1);
    Some((value, if lettered { letter_at + 1 } else { end }))
}

/// "2 § 14 dagar": the number counts what follows.
fn counts_something(text: Text, at: usize) -> bool {
    const COUNTED: [&str; 18] = [
        "dag",
        "dagar",
        "dagars",
        "vecka",
        "veckor",
        "veckors",
        "månad",
        "månader",
        "månaders",
        "år",
        "års",
        "timmar",
        "timmars",
        "minuter",
        "kronor",
        "kr",
        "procent",
        "personer",
    ];
    let next = text.ws(at);
    text.one_of(next, &COUNTED).is_some() || text.one_of(next, &MONTHS).is_some() || text.literal(next, "%").is_some()
}

/// "första", "andra och tredje", "första–tredje": of a range only the two ends. "Sista" has no number.
fn ordinals(text: Text, at: usize) -> Option<(Counted<Option<u16>>, usize)> {
    let (first, mut end) = ordinal(text, at)?;
    let mut list = vec![(first, at..end)];
    while let Some(next) = text.dash(end).or_else(|| conjunction(text, end)) {
        let Some((number, after)) = ordinal(text, next) else { break };
        // "första stycket andra meningen och tredje stycket" is read part by part; here only what shares one noun.
        list.push((number, next..after));
        end = after;
    }
    Some((list, end))
}

fn ordinal(text: Text, at: usize) -> Option<(Option<u16>, usize)> {
    let word = text.word(at);
    if matches!(word, "sista" | "näst") {
        return Some((None, at + word.len()));
    }
    let index = ORDINALS.iter().position(|ordinal| *ordinal == word)?;
    Some((u16::try_from(index + 1).ok(), at + word.len()))
}
