//! Which instrument a provision belongs to.

use super::instruments::{self, Kind, Named, Names, suspended};
use super::lexicon::Lexicon;
use super::paragraph::{Paragraph, ends_clause, ends_sentence};
use super::provisions::{self, Provisions};
use super::text::Text;
use super::wording::day_of_wording;
use super::{Citation, Doubt, Found, Reason, preparatory, unknown};
use app::law::place::{Number, Place};
use jiff::civil::Date;
use std::ops::Range;

/// Reads the texts of one page in order, and remembers from one to the next what was named.
pub struct Reader<'l> {
    names: Names<'l>,
    last_bill: Option<String>,
    /// Where in its own instrument the text is, as its headings told.
    own_place: Place,
    own_has_chapters: Option<bool>,
    last_chapter: Option<(String, Number)>,
    /// The paragraph that introduces a list named another act: a bare "23 §" among its items may be one of that act.
    list_of_another: bool,
    in_item: bool,
    /// Where a provision of another chapter of the page's own instrument ended: a bare section later in the same
    /// sentence may be one of that chapter.
    other_chapter: Option<usize>,
}

impl<'l> Reader<'l> {
    /// `day` is the page's legal date, `own` the instrument that the page is about (`sosfs/2014:4`).
    pub fn new(lexicon: &'l Lexicon, day: Date, own: Option<&str>) -> Self {
        Self {
            names: Names::new(lexicon, day, own.map(str::to_owned)),
            last_bill: None,
            own_place: Place::default(),
            own_has_chapters: own.and_then(|own| lexicon.has_chapters(own)),
            last_chapter: None,
            list_of_another: false,
            in_item: false,
            other_chapter: None,
        }
    }

    /// Tells where in its own instrument the next text stands: a bare "3 §" there means one of this chapter.
    pub fn stand_in(&mut self, place: Place) {
        self.own_place = place;
    }

    /// Reads one text. A blank line ends a paragraph: no reference runs over it.
    pub fn read(&mut self, text: &str) -> Found {
        let text = Text(text);
        let mut found = Found::default();
        let mut at = 0;
        self.other_chapter = None;
        self.enter_paragraph(text, 0);
        while let Some(start) = next_start(text, at) {
            if text.0[at..start].contains("\n\n") {
                self.enter_paragraph(text, start);
            }
            at = self.step(text, start, &mut found).max(start + text.char_at(start).map_or(1, char::len_utf8));
        }
        found
    }

    /// A new paragraph begins: a list item keeps what its introduction named.
    fn enter_paragraph(&mut self, text: Text, at: usize) {
        let paragraph = Paragraph::at(text, at);
        if paragraph.begins_transitional_rules() {
            self.own_place = Place::default();
        }
        self.in_item = paragraph.is_list_item();
        if !self.in_item {
            self.list_of_another = false;
        }
    }

    /// Reads what starts here and returns where to go on.
    fn step(&mut self, text: Text, at: usize, found: &mut Found) -> usize {
        let first = text.char_at(at).unwrap_or(' ');
        if first.is_ascii_digit() || first == '§' {
            if !text.starts_word(at) {
                return text.word_end(at);
            }
            if let Some(end) = self.own_heading(text, at) {
                return end;
            }
            return match provisions::list(text, at) {
                Some(list) => self.provisions(text, at, list, found),
                None => self.short_before(text, at, found).unwrap_or_else(|| text.word_end(at)),
            };
        }
        if let Some(works) = preparatory::at(text, at, &mut self.last_bill) {
            found.citations.extend(works.found.into_iter().map(|(range, target)| Citation {
                range,
                target,
                day: self.names.day,
            }));
            return works.end;
        }
        if matches!(first, 'k' | 'K')
            && text.phrase_start(at, "kap").is_some()
            && let Some(list) = provisions::list(text, at)
        {
            return self.provisions(text, at, list, found);
        }
        if let Some(named) = self.names.at(text, at) {
            return self.instrument(text, at, named, found);
        }
        if first.is_uppercase()
            && let Some(end) = instruments::series_end(text, at)
        {
            return match instruments::year_number(text, text.ws(end)) {
                Some((_, end)) => {
                    found.doubts.push(Doubt { range: at..end, reason: Reason::UnknownSeries });
                    end
                }
                None => end,
            };
        }
        let end = text.word_end(at);
        // After an act that nobody knows, "samma lag" means that one.
        if unknown::is_definite_act(&text.0[at..end]) {
            self.names.named(None);
        }
        end
    }

    /// An instrument first: it carries the provisions right behind it, or stands for itself.
    fn instrument(&mut self, text: Text, at: usize, named: Named, found: &mut Found) -> usize {
        self.remember(&named);
        if let Some(list) = self.carried(text, &named) {
            let end = list.end;
            self.bind(text, at..end, list, &named, found);
            return end;
        }
        match (&named.kind, &named.id) {
            (Kind::Number | Kind::Name, Some(id)) => {
                found.citations.push(Citation { range: at..named.end, target: id.clone(), day: self.names.day })
            }
            (Kind::Number, None) => found.doubts.push(Doubt { range: at..named.end, reason: Reason::UnknownSeries }),
            (Kind::Name, None) => found.doubts.push(Doubt { range: at..named.end, reason: Reason::NotThatDay }),
            _ => {}
        }
        named.end
    }

    /// The provisions right after an instrument, unless they have one of their own behind them.
    fn carried(&mut self, text: Text, named: &Named) -> Option<Provisions> {
        if named.kind == Kind::Same || named.kind == Kind::Own {
            return None;
        }
        let end = named.end;
        let tight = text.some_ws(end);
        let list = |start: usize| {
            let short =
                matches!(named.kind, Kind::Short | Kind::Name).then(|| provisions::short_list(text, start)).flatten();
            short.or_else(|| provisions::list(text, start))
        };
        if let Some(list) = tight.and_then(list) {
            let theirs = self.after(text, list.end).is_some_and(|own| !carries(text, &own));
            return (!theirs).then_some(list);
        }
        let apart = text.literal(text.ws(end), ",").or_else(|| text.literal(text.ws(end), "("))?;
        let list = list(text.ws(apart))?;
        // An abbreviation behind the list that carries provisions of its own is none of theirs.
        let theirs = self.after(text, list.end).is_some_and(|own| own.kind != Kind::Short || !carries(text, &own));
        (!theirs && !unknown::follows(text, list.end)).then_some(list)
    }

    /// What "samma lag" means from here on, and whether a list speaks of another act.
    fn remember(&mut self, named: &Named) {
        if named.kind != Kind::Own {
            self.list_of_another |= !self.in_item && named.id != self.names.own;
        }
        if !matches!(named.kind, Kind::Same | Kind::Own) {
            self.names.named(named.id.as_deref());
        }
    }

    /// "5:11 SoL": the short form with the abbreviation behind it.
    fn short_before(&mut self, text: Text, at: usize, found: &mut Found) -> Option<usize> {
        let list = provisions::short_list(text, at)?;
        let next = text.some_ws(list.end)?;
        let named = self.names.at(text, next).filter(|named| named.kind == Kind::Short)?;
        let end = named.end;
        self.remember(&named);
        self.bind(text, at..end, list, &named, found);
        Some(end)
    }

    /// Provisions first: they look for their instrument behind them, then in the page.
    fn provisions(&mut self, text: Text, at: usize, list: Provisions, found: &mut Found) -> usize {
        let end = list.end;
        if let Some(named) = self.after(text, end).or_else(|| self.after_comma(text, end)) {
            // "då gällande 5 kap. 11 § SoL": the name means what it meant then, and nobody says when.
            let then = matches!(
                text.word_before(at).to_lowercase().as_str(),
                "gällande" | "gällde" | "dåvarande" | "tidigare" | "gamla" | "äldre" | "upphävda"
            );
            if then && matches!(named.kind, Kind::Name | Kind::Short) {
                found.doubts.push(Doubt { range: at..named.end, reason: Reason::NotThatDay });
                return named.end;
            }
            self.remember(&named);
            let named_end = named.end;
            self.bind(text, at..named_end, list, &named, found);
            return named_end;
        }
        if let Some(end) = this_chapter(text, end) {
            self.of_this_chapter(text, at, list, end, found);
            return end;
        }
        if let Some(end) = same_chapter(text, end) {
            self.of_same_chapter(text, at, list, end, found);
            return end;
        }
        let doubt = |reason| Doubt { range: at..end, reason };
        if unknown::misspelt_abbreviation_follows(&self.names, text, end) {
            found.doubts.push(doubt(Reason::AbbreviationMisspelt));
            return end;
        }
        if unknown::follows(text, end) || unknown::precedes(text, at) {
            found.doubts.push(doubt(Reason::UnknownInstrument));
            return end;
        }
        let bare = list.items.iter().any(|item| item.place.chapter.is_none()) && self.own_has_chapters == Some(true);
        let same_sentence = self.other_chapter.is_some_and(|end| end <= at && !ends_sentence(&text.0[end..at]));
        if (bare && same_sentence) || text.word_before(at) == "än" {
            found.doubts.push(doubt(Reason::NoInstrument));
            return end;
        }
        match self.names.own.clone() {
            Some(own) if !(list.sign_first || self.in_item && self.list_of_another) => {
                let mut list = list;
                for item in &mut list.items {
                    item.place = self.in_own_chapter(item.place);
                }
                let named = Named { end, kind: Kind::Own, id: Some(own) };
                self.bind(text, at..end, list, &named, found);
            }
            _ => found.doubts.push(doubt(Reason::NoInstrument)),
        }
        end
    }

    /// "6 § i detta kapitel": of the chapter that the text stands in, which only a text of law knows. Sections before it
    /// in the list keep theirs.
    fn of_this_chapter(&mut self, text: Text, at: usize, mut list: Provisions, end: usize, found: &mut Found) {
        let own = self.names.own.clone().zip(self.own_place.chapter);
        if let (Some((own, chapter)), Some(last)) = (own, list.items.last_mut()) {
            last.place.chapter = Some(chapter);
            let (named, end) = (Named { end, kind: Kind::Own, id: Some(own) }, list.end);
            self.bind(text, at..end, list, &named, found);
        } else {
            found.doubts.push(Doubt { range: at..end, reason: Reason::NoInstrument });
        }
    }

    /// "3 § samma kapitel": of the act and the chapter that were cited last.
    fn of_same_chapter(&mut self, text: Text, at: usize, mut list: Provisions, end: usize, found: &mut Found) {
        let Some((id, chapter)) = self.last_chapter.clone() else { return };
        for item in &mut list.items {
            item.place.chapter = Some(chapter);
        }
        let named = Named { end, kind: Kind::Same, id: Some(id) };
        self.bind(text, at..end, list, &named, found);
    }

    /// A bare section within the page's own instrument is one of the chapter that the text stands in.
    fn in_own_chapter(&self, place: Place) -> Place {
        match (place.chapter, self.own_has_chapters) {
            (None, Some(true)) => Place { chapter: self.own_place.chapter, ..place },
            _ => place,
        }
    }

    /// The instrument that follows, over "i", "av", "enligt" and the names of its kind.
    fn after(&mut self, text: Text, at: usize) -> Option<Named> {
        // "6§LVU": tight, but only before an abbreviation.
        let tight = || Some(at).filter(|_| text.0[..at].ends_with('§') && instruments::is_short(text.word(at)));
        let mut next = text.some_ws(at).or_else(tight)?;
        if let Some(open) = text.literal(next, "(") {
            next = text.ws(open);
        }
        // "5 § lagen. Lag (2011:1513)." A capital begins a new sentence, or tells which act changed the section.
        if ["Lag", "Förordning", "Balk", "Kungörelse"].contains(&text.word(next)) {
            return None;
        }
        let mut named = self.names.at(text, next).or_else(|| self.names.at(text, suspended(text, next)?));
        for gap in GAPS {
            if named.is_some() {
                break;
            }
            let Some(after) = text.phrase(next, gap).and_then(|end| text.some_ws(end)) else { continue };
            next = after;
            if gap == "Socialstyrelsens" {
                next = regulation_gap(text, next)?;
            }
            named = self.names.at(text, next);
        }
        let mut named = named?;
        if text.char_before(next) == Some('(') {
            named.end = text.literal(named.end, ")").unwrap_or(named.end);
        }
        Some(named)
    }

    /// "5 kap. 11 §, SoL": over a comma only if the instrument carries nothing itself.
    fn after_comma(&mut self, text: Text, at: usize) -> Option<Named> {
        let next = text.ws(text.literal(text.ws(at), ",")?);
        let named =
            self.names.at(text, next).filter(|named| matches!(named.kind, Kind::Short | Kind::Name | Kind::Number))?;
        let clause = named.kind != Kind::Short && !ends_clause(text, named.end);
        (!carries(text, &named) && !clause).then_some(named)
    }

    /// Writes down a list of provisions of one instrument, of which the first begins and the last ends with `whole`.
    fn bind(&mut self, text: Text, whole: Range<usize>, list: Provisions, named: &Named, found: &mut Found) {
        let Some(id) = &named.id else {
            let reason = match named.kind {
                Kind::Number => Reason::UnknownSeries,
                Kind::Same | Kind::Own => Reason::NoInstrument,
                Kind::Name | Kind::Short => Reason::NotThatDay,
            };
            found.doubts.push(Doubt { range: whole, reason });
            return;
        };
        let (id, day) = match day_of_wording(text, whole.end) {
            Some(day) if matches!(named.kind, Kind::Name | Kind::Short) => {
                (self.meant_on(text, whole.clone(), day).unwrap_or_else(|| id.clone()), day)
            }
            _ => (id.clone(), self.names.day),
        };
        let chapters =
            if named.kind == Kind::Own { self.own_has_chapters } else { self.names.lexicon.has_chapters(&id) };
        let last = list.items.len().saturating_sub(1);
        for (index, item) in list.items.into_iter().enumerate() {
            let start = if index == 0 { whole.start } else { item.range.start };
            let range = start..if index == last { whole.end } else { item.range.end };
            let fits = match chapters {
                Some(true) => item.place.chapter.is_some(),
                Some(false) => item.place.chapter.is_none(),
                None => true,
            };
            // What a bare provision would borrow must at least exist.
            let exists = named.kind != Kind::Own || self.names.lexicon.exists(&id, item.place) != Some(false);
            if !fits || !exists {
                found.doubts.push(Doubt { range, reason: Reason::NoSuchPlace });
                continue;
            }
            if let Some(chapter) = item.place.chapter {
                self.last_chapter = Some((id.clone(), chapter));
            }
            if named.kind == Kind::Own {
                self.other_chapter =
                    item.place.chapter.filter(|chapter| Some(*chapter) != self.own_place.chapter).map(|_| range.end);
                self.list_of_another |= item.place.section.is_none();
            } else {
                self.names.cited(&id);
            }
            found.citations.push(Citation { range, target: format!("{id}#{}", item.place), day });
        }
    }

    /// The same name read on another day: "i lydelsen före den 1 juli 2025".
    fn meant_on(&mut self, text: Text, whole: Range<usize>, day: Date) -> Option<String> {
        let today = std::mem::replace(&mut self.names.day, day);
        let starts = text.0[whole.clone()].char_indices().map(|(offset, _)| whole.start + offset);
        let meant = starts
            .filter(|start| text.starts_word(*start))
            .find_map(|start| self.names.at(text, start))
            .and_then(|named| named.id);
        self.names.day = today;
        meant
    }

    /// "5 kap. Barn", "11 § Nämnden ska …" at the start of a paragraph of the page's own instrument: a heading, and
    /// the place where the text stands from here on.
    fn own_heading(&mut self, text: Text, at: usize) -> Option<usize> {
        self.names.own.as_ref()?;
        let line_start = text.0[..at].trim_end_matches(['#', '*', ' ']);
        let starts_paragraph = line_start.is_empty() || line_start.ends_with("\n\n") || line_start.ends_with("\n\r\n");
        if !starts_paragraph {
            return None;
        }
        let list = provisions::list(text, at)?;
        let [item] = list.items.as_slice() else { return None };
        if item.place != item.place.section_only() {
            return None;
        }
        let end = text.rest(list.end).find(|c: char| c != '*').map_or(text.0.len(), |offset| list.end + offset);
        let next = text.ws(end);
        let heading = next == text.0.len()
            || text.literal(next, "\n").is_some()
            || (next > end && text.char_at(next).is_some_and(char::is_uppercase));
        // "16 § Preskriptionslagen gäller …" is the text of the section; "16 § LVU" is a citation.
        let named = self
            .names
            .at(text, next)
            .is_some_and(|named| named.kind != Kind::Name || !text.char_at(next).is_some_and(char::is_uppercase));
        if !heading || named {
            return None;
        }
        if let Some(chapter) = item.place.chapter {
            self.own_place = Place::chapter(chapter);
            self.own_has_chapters = Some(true);
        }
        Some(end)
    }
}

/// Words between a provision and its instrument, in the order in which they may stand.
const GAPS: [&str; 12] = [
    "i",
    "av",
    "enligt",
    "ur",
    "den",
    "nya",
    "gamla",
    "tidigare",
    "äldre",
    "dåvarande",
    "upphävda",
    "Socialstyrelsens",
];

/// Does an instrument carry provisions right behind it?
fn carries(text: Text, named: &Named) -> bool {
    text.some_ws(named.end).is_some_and(|next| provisions::list(text, next).is_some())
}

/// "i detta kapitel"
fn this_chapter(text: Text, at: usize) -> Option<usize> {
    let next = text.some_ws(at)?;
    text.one_of(next, &["i detta kapitel", "i detta kap", "detta kapitel"])
}

/// "samma kapitel", "i det kapitlet"
fn same_chapter(text: Text, at: usize) -> Option<usize> {
    const WAYS: [&str; 6] =
        ["samma kap", "samma kapitel", "nämnda kapitel", "det kapitlet", "i samma kapitel", "i det kapitlet"];
    let end = text.one_of(text.some_ws(at)?, &WAYS)?;
    Some(text.literal(end, ".").unwrap_or(end))
}

/// The next letter, digit or section sign that may start something.
fn next_start(text: Text, at: usize) -> Option<usize> {
    let bytes = text.0.as_bytes();
    let mut at = at;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => return Some(at),
            0..=0x7f => at += 1,
            _ => {
                let c = text.char_at(at)?;
                if c.is_alphanumeric() || c == '§' {
                    return Some(at);
                }
                at += c.len_utf8();
            }
        }
    }
    None
}

/// Over "föreskrifter och allmänna råd om våld i nära relationer (" to the number of the regulation.
fn regulation_gap(text: Text, at: usize) -> Option<usize> {
    let mut next = text.one_of(at, &["föreskrifter", "allmänna råd", "författningssamling"])?;
    let end_of_sentence = |c: char| matches!(c, '.' | ';' | '\n');
    for _ in 0..14 {
        let start = text.ws(next);
        let start = text.literal(start, "(").map_or(start, |open| text.ws(open));
        if instruments::series_end(text, start).is_some() {
            return Some(start);
        }
        if text.char_at(start).is_none_or(end_of_sentence) {
            return None;
        }
        next = text.word_end(start);
        if next == start {
            return None;
        }
    }
    None
}
