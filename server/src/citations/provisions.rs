//! Provisions: "5 kap. 11 § andra stycket 2", lists and ranges of them. No instruments here.

mod anatomy;

use super::text::Text;
use anatomy::anatomy;
use app::law::place::{Number, Place};
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
