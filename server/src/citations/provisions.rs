//! Provisions: "5 kap. 11 § andra stycket 2", lists and ranges of them. No instruments here.

use super::text::Text;
use app::law::place::{Number, ORDINALS, Place};
use app::text::dates::MONTHS;
use std::ops::Range;

/// Provisions that stand together, in reading order, without the instrument they belong to.
#[derive(Debug)]
pub(super) struct Provisions {
    pub(super) items: Vec<Item>,
    pub(super) end: usize,
    /// Only a "§ 5": Swedish law puts the sign last, so without a known instrument this is no Swedish provision.
    pub(super) sign_first: bool,
}

/// Numbers of one noun, each with its place in the text.
type Counted<T> = Vec<(T, Range<usize>)>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) range: Range<usize>,
    pub(super) place: Place,
}

/// Reads the longest list that starts here. A chapter carries over to later sections of the list.
pub(super) fn list(text: Text, at: usize) -> Option<Provisions> {
    let mut items = Vec::new();
    let mut chapter = None;
    let (mut end, sign_first) = one(text, at, &mut chapter, &mut items)?;
    while let Some(next) = conjunction(text, end) {
        let before = items.len();
        let Some((after, _)) = one(text, next, &mut chapter, &mut items) else { break };
        // "15 a § och i 2 kap. 6 § lagen …": an act either counts within chapters or does not, so these are two acts.
        let chaptered = |item: Option<&Item>| item.is_some_and(|item| item.place.chapter.is_some());
        if chaptered(items.get(before)) != chaptered(items.first()) {
            items.truncate(before);
            break;
        }
        end = after;
    }
    Some(Provisions { items, end, sign_first })
}

/// "5:11", "10:18 a" after an abbreviation, with more of the same behind it.
pub(super) fn short_list(text: Text, at: usize) -> Option<Provisions> {
    let mut items = Vec::new();
    let mut end = short(text, at, &mut items)?;
    while let Some(next) = conjunction(text, end) {
        let Some(after) = short(text, next, &mut items) else { break };
        end = after;
    }
    Some(Provisions { items, end, sign_first: false })
}

fn short(text: Text, at: usize, items: &mut Vec<Item>) -> Option<usize> {
    let (chapter, after) = number(text, at, false)?;
    let after = text.literal(after, ":")?;
    if text.literal(after, "0").is_some() {
        return None; // a time of day: no section is numbered 05
    }
    let (section, end) = number(text, after, true)?;
    if !text.ends_word(end) || text.literal(end, ":").is_some() {
        return None;
    }
    let place = Place { chapter: Some(chapter), section: Some(section), ..Place::default() };
    let first = items.len();
    items.push(Item { range: at..end, place });
    // "4:4 c–g", "6:1-3": the other end of a range.
    if let Some(to) = text.dash(end).filter(|to| !text.0[end..*to].contains('\n'))
        && let Some((last, after)) = number(text, to, true).or_else(|| {
            let letter = text.char_at(to).filter(char::is_ascii_lowercase).filter(|_| lone(text, to))?;
            section.letter.map(|_| (Number { value: section.value, letter: Some(letter) }, to + 1))
        })
        && text.literal(after, ":").is_none()
        && text.is_apart(after)
    {
        items.push(Item { range: to..after, place: Place { section: Some(last), ..place } });
        return Some(after);
    }
    Some(anatomy(text, end, items, first))
}

/// One chapter with or without its sections, or sections alone.
fn one(text: Text, at: usize, chapter: &mut Option<Number>, items: &mut Vec<Item>) -> Option<(usize, bool)> {
    if let Some((numbers, after)) = numbers(text, at).and_then(|(list, end)| Some((list, chapter_mark(text, end)?))) {
        let last = numbers.last()?.0;
        if numbers.len() == 1 {
            *chapter = Some(last);
            if let Some(end) = sections_of_chapter(text, text.ws(after), at, last, items) {
                return Some((end, false));
            }
        } else {
            *chapter = None;
        }
        push_all(items, &numbers, at, after, Place::chapter);
        return Some((after, false));
    }
    if let Some(after) = ["kap.", "kapitel", "kap"].iter().find_map(|word| text.phrase_start(at, word)) {
        let next = text.ws(after);
        if next == after && !text.0[..after].ends_with('.') {
            return None;
        }
        let (found, end) = number(text, next, true)?;
        if !text.ends_word(end) {
            return None;
        }
        *chapter = Some(found);
        let next = text.literal(end, ",").unwrap_or(end);
        if let Some(end) = sections_of_chapter(text, text.ws(next), at, found, items) {
            return Some((end, false));
        }
        items.push(Item { range: at..end, place: Place::chapter(found) });
        return Some((end, false));
    }
    let sign_first = text.literal(at, "§").is_some();
    sections(text, at, *chapter, items).map(|end| (end, sign_first && chapter.is_none()))
}

/// Sections right after "5 kap.": the first of them starts where its chapter does.
fn sections_of_chapter(text: Text, at: usize, start: usize, chapter: Number, items: &mut Vec<Item>) -> Option<usize> {
    let first = items.len();
    let end = sections(text, at, Some(chapter), items)?;
    if let Some(item) = items.get_mut(first) {
        item.range.start = start;
    }
    Some(end)
}

/// "11 §", "1–3 och 5 §§", "§ 4", each with what follows it of stycken and punkter.
fn sections(text: Text, at: usize, chapter: Option<Number>, items: &mut Vec<Item>) -> Option<usize> {
    let place = |number| Place { chapter, section: Some(number), ..Place::default() };
    if text.literal(at, "§").is_some() {
        let after = text.ws(section_mark(text, at)?);
        let (found, end) = number(text, after, true)?;
        if !text.ends_word(end) {
            return None;
        }
        let first = items.len();
        items.push(Item { range: at..end, place: place(found) });
        return Some(anatomy(text, end, items, first));
    }
    let (numbers, end) = numbers(text, at)?;
    let after = section_mark(text, text.ws(end))?;
    let first = items.len() + numbers.len() - 1;
    push_all(items, &numbers, at, after, place);
    Some(anatomy(text, after, items, first))
}

/// Numbers become items: the first starts where the list does, the last ends with the mark.
fn push_all(
    items: &mut Vec<Item>,
    numbers: &[(Number, Range<usize>)],
    at: usize,
    end: usize,
    place: impl Fn(Number) -> Place,
) {
    for (index, (number, range)) in numbers.iter().enumerate() {
        let start = if index == 0 { at } else { range.start };
        let end = if index + 1 == numbers.len() { end } else { range.end };
        items.push(Item { range: start..end, place: place(*number) });
    }
}

fn section_mark(text: Text, at: usize) -> Option<usize> {
    let after = text.literal(at, "§")?;
    Some(text.literal(after, "§").unwrap_or(after))
}

fn chapter_mark(text: Text, at: usize) -> Option<usize> {
    let after = text.literal(text.ws(at), "kap")?;
    if let Some(end) = text.literal(after, ".") {
        return Some(end);
    }
    let end = ["itlet", "itlen", "itel"].iter().find_map(|rest| text.literal(after, rest)).unwrap_or(after);
    text.ends_word(end).then_some(end)
}

/// "4", "18 a", "1–3, 5 och 7 b": of a range only the two ends.
fn numbers(text: Text, at: usize) -> Option<(Counted<Number>, usize)> {
    let (first, mut end) = number(text, at, true)?;
    let mut list = vec![(first, at..end)];
    loop {
        let next = text.dash(end).or_else(|| conjunction(text, end));
        let Some(next) = next else { break };
        let last = list.last()?.0;
        let found = number(text, next, true).or_else(|| lone_letter(text, next, last));
        let Some((found, after)) = found else { break };
        // "…, 2 kap. 3 §" after "1 §": the number belongs to a chapter mark that is not ours to take.
        list.push((found, next..after));
        end = after;
    }
    // The list must run up to a mark; back off to the longest part that does.
    while list.len() > 1 {
        let mark = text.ws(end);
        if text.literal(mark, "§").is_some() || chapter_mark(text, end).is_some() {
            break;
        }
        list.pop();
        end = list.last()?.1.end;
    }
    Some((list, end))
}

/// The "b" of "18 a och b §§".
fn lone_letter(text: Text, at: usize, before: Number) -> Option<(Number, usize)> {
    before.letter?;
    let letter = text.char_at(at).filter(char::is_ascii_lowercase)?;
    let end = at + 1;
    let marked = text.literal(text.ws(end), "§").is_some() || conjunction(text, end).is_some();
    (text.is_apart(end) && marked).then_some((Number { value: before.value, letter: Some(letter) }, end))
}

/// "18", "18a", "18 a". A letter counts only if the number goes on as a list or ends in a mark: not "3 i".
fn number(text: Text, at: usize, may_have_letter: bool) -> Option<(Number, usize)> {
    if !text.starts_word(at) && !matches!(text.char_before(at), Some(':' | '-' | '.')) {
        return None;
    }
    let (value, end) = text.digits(at, 3)?;
    let value = u16::try_from(value).ok()?;
    if may_have_letter {
        let letter_at = text.ws(end);
        if let Some(letter) = text.char_at(letter_at).filter(char::is_ascii_lowercase) {
            let after = letter_at + 1;
            let goes_on = || {
                let next = text.ws(after);
                text.literal(next, "§").is_some()
                    || chapter_mark(text, after).is_some()
                    || text.dash(after).is_some_and(|to| text.digits(to, 3).is_some() || lone(text, to))
                    || conjunction(text, after).is_some_and(|to| text.digits(to, 3).is_some() || lone(text, to))
                    // "OSL 10:18 a": nothing but the letter, tight or before a pause.
                    || (!matches!(letter, 'i' | 'o') && text.ends_word(after) && ends_phrase(text, after))
            };
            let touches = letter_at == end;
            if text.is_apart(after) && (goes_on() || (touches && letter != 'f')) {
                return Some((Number { value, letter: Some(letter) }, after));
            }
        }
    }
    Some((Number::plain(value), end))
}

fn lone(text: Text, at: usize) -> bool {
    text.char_at(at).is_some_and(|c| c.is_ascii_lowercase()) && text.ends_word(at + 1)
}

fn ends_phrase(text: Text, at: usize) -> bool {
    let next = text.ws(at);
    text.char_at(next).is_none_or(|c| matches!(c, '.' | ',' | ';' | ')' | '\n' | '|'))
        || text.one_of(next, &["och", "eller", "samt", "i", "får", "ska", "gäller"]).is_some()
        || text.char_at(next).is_some_and(char::is_uppercase)
}

/// Past what joins two provisions of one act: a comma, "och", "eller", "samt". After "och i", "eller enligt" another
/// act may come, so those end a list.
fn conjunction(text: Text, at: usize) -> Option<usize> {
    let after_comma = text.literal(text.ws(at), ",").map(|after| text.ws(after));
    let start = after_comma.unwrap_or(text.ws(at));
    const WORDS: [&str; 9] = ["och", "eller", "samt", "respektive", "resp.", "jämte", "alternativt", "&", "till"];
    let spaced = after_comma.is_some() || start > at;
    let word = WORDS.iter().find_map(|word| text.literal(start, word).filter(|end| text.some_ws(*end).is_some()));
    match word {
        Some(end) if spaced => Some(text.ws(end)),
        _ => after_comma,
    }
}

/// Stycken, meningar and punkter after the section whose items start at `first`. Parts that cannot be told by number
/// ("sista stycket") are read over. Returns the new end.
fn anatomy(text: Text, end: usize, items: &mut Vec<Item>, first: usize) -> usize {
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
