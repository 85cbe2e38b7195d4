//! Citations of Swedish law in running text: what is cited, where it stands, and what it meant on a given day.
//!
//! A hand-written recursive-descent reader. Provisions ("5 kap. 11 § andra stycket") are read in `provisions`, names
//! of instruments in `instruments`, bills and reports in `preparatory`; this file binds the one to the other:
//!
//! 1. A provision belongs to the instrument right after it, else to the one right before it.
//! 2. Else to the page's own instrument, but never if an instrument that nobody knows stands beside it.
//! 3. Else to nothing: a wrong link is worse than none.
//!
//! An abbreviation alone never links. Names mean what they meant on the page's legal date; a number always means itself.

mod instruments;
mod lexicon;
mod markup;
mod preparatory;
mod provisions;
#[cfg(test)]
mod tests;
mod text;

pub use lexicon::{Lexicon, Naming, Period, Sections, Series};
pub use markup::without_code;

use app::law::place::{Number, Place};
use app::text::dates::MONTHS;
use instruments::{Kind, Named, Names, is_act_word, is_short};
use jiff::civil::Date;
use provisions::{Item, Provisions};
use std::ops::Range;
use text::Text;

/// One reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Bytes of the text. Ranges come in reading order and never overlap.
    pub range: Range<usize>,
    /// `sfs/2001:453#K5P11S2`, `sosfs/2014:4`, `prop/2006/07:38#sid31`.
    pub target: String,
    /// The day on which the instrument's name was understood.
    pub day: Date,
}

/// Something that looks like a reference but is not linked, because that would be a guess.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    pub range: Range<usize>,
    pub reason: Reason,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// A provision without an instrument, and the page has none of its own.
    NoInstrument,
    /// A provision of something that no list knows.
    UnknownInstrument,
    /// The name meant nothing on that day.
    NotThatDay,
    /// `SOFS 2014:4`
    UnknownSeries,
    /// `5 kap. 11 § sol`
    AbbreviationMisspelt,
    /// A chapter of an act without chapters, or a bare section of an act that counts within chapters.
    NoSuchPlace,
}

impl Reason {
    pub fn in_english(self) -> &'static str {
        match self {
            Self::NoInstrument => "no instrument is named",
            Self::UnknownInstrument => "the instrument is not known",
            Self::NotThatDay => "the name meant nothing on that day",
            Self::UnknownSeries => "the series is not known",
            Self::AbbreviationMisspelt => "the abbreviation is written with other capitals",
            Self::NoSuchPlace => "the instrument has no such place",
        }
    }

    /// For those who write.
    pub fn in_swedish(self) -> &'static str {
        match self {
            Self::NoInstrument => "ingen författning är nämnd",
            Self::UnknownInstrument => "författningen är okänd",
            Self::NotThatDay => "namnet betydde ingenting den dagen",
            Self::UnknownSeries => "serien är okänd; menas SOSFS eller HSLF-FS?",
            Self::AbbreviationMisspelt => "förkortningen skrivs med andra versaler, till exempel SoL",
            Self::NoSuchPlace => "platsen kan inte finnas: antingen saknas kapitlet eller så har författningen inga",
        }
    }
}

/// What was found in one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    pub citations: Vec<Citation>,
    pub doubts: Vec<Doubt>,
}

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
        self.paragraph(text, 0);
        while let Some(start) = next_start(text, at) {
            if text.0[at..start].contains("\n\n") {
                self.paragraph(text, start);
            }
            at = self.step(text, start, &mut found).max(start + text.char_at(start).map_or(1, char::len_utf8));
        }
        found
    }

    /// A new paragraph begins: a list item keeps what its introduction named.
    fn paragraph(&mut self, text: Text, at: usize) {
        let start = text.0[..at].rfind("\n\n").map_or(0, |end| end + 2);
        let paragraph = text.0[start..].trim_start_matches(['#', '*', ' ']);
        // Transitional rules stand in no chapter.
        let number_alone = instruments::year_number(Text(paragraph), 0)
            .is_some_and(|(_, end)| !paragraph[end..].starts_with(char::is_alphanumeric));
        if paragraph.starts_with("Övergångsbestämmelse") || number_alone {
            self.own_place = Place::default();
        }
        self.in_item = in_list_item(text, at);
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
        if is_definite_act(&text.0[at..end]) {
            self.names.named(None);
        }
        end
    }

    /// An instrument first: it carries the provisions right behind it, or stands for itself.
    fn instrument(&mut self, text: Text, at: usize, named: Named, found: &mut Found) -> usize {
        self.remember(&named);
        if let Some(list) = self.carried(text, &named) {
            let end = list.end;
            self.bind(text, at, list, &named, end, found);
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
            let own = self.after(text, list.end, false);
            let theirs = own.is_some_and(|own| self.carried_start(text, own.end).is_none());
            return (!theirs).then_some(list);
        }
        let apart = text.literal(text.ws(end), ",").or_else(|| text.literal(text.ws(end), "("))?;
        let list = list(text.ws(apart))?;
        let alone = self.after(text, list.end, true).is_none() && !unknown_after(text, list.end);
        alone.then_some(list)
    }

    fn carried_start(&self, text: Text, at: usize) -> Option<Provisions> {
        provisions::list(text, text.some_ws(at)?)
    }

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
        self.bind(text, at, list, &named, end, found);
        Some(end)
    }

    /// Provisions first: they look for their instrument behind them, then in the page.
    fn provisions(&mut self, text: Text, at: usize, list: Provisions, found: &mut Found) -> usize {
        let end = list.end;
        if let Some(named) = self.after(text, end, false).or_else(|| self.after_comma(text, end)) {
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
            self.bind(text, at, list, &named, named_end, found);
            return named_end;
        }
        // "6 § i detta kapitel": of the chapter that the text stands in, which only a text of law knows.
        if let Some(end) = this_chapter(text, end) {
            let own = self.names.own.clone().zip(self.own_place.chapter);
            let mut items = list.items;
            let last = items.pop();
            if let (Some((own, chapter)), Some(last)) = (own, last) {
                let named = Named { end, kind: Kind::Own, id: Some(own) };
                let before = list.end;
                items.push(Item { place: Place { chapter: Some(chapter), ..last.place }, ..last });
                self.bind(
                    text,
                    at,
                    Provisions { items, end: before, sign_first: list.sign_first },
                    &named,
                    before,
                    found,
                );
            } else {
                found.doubts.push(Doubt { range: at..end, reason: Reason::NoInstrument });
            }
            return end;
        }
        // "3 § samma kapitel": of the act that was cited last.
        if let Some(end) = text.some_ws(end).and_then(|next| {
            text.one_of(
                next,
                &["samma kap", "samma kapitel", "nämnda kapitel", "det kapitlet", "i samma kapitel", "i det kapitlet"],
            )
        }) {
            let end = text.literal(end, ".").unwrap_or(end);
            if let Some((id, chapter)) = self.last_chapter.clone() {
                let items = list
                    .items
                    .into_iter()
                    .map(|item| Item { place: Place { chapter: Some(chapter), ..item.place }, ..item })
                    .collect();
                let named = Named { end, kind: Kind::Same, id: Some(id) };
                self.bind(text, at, Provisions { items, ..list }, &named, end, found);
            }
            return end;
        }
        let doubt = |reason| Doubt { range: at..end, reason };
        if unknown_after(text, end) || unknown_before(text, at) || misspelt_after(&self.names, text, end) {
            let misspelt = misspelt_after(&self.names, text, end);
            found.doubts.push(doubt(if misspelt { Reason::AbbreviationMisspelt } else { Reason::UnknownInstrument }));
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
                let items = list
                    .items
                    .into_iter()
                    .map(|item| Item { place: self.in_own_chapter(item.place), ..item })
                    .collect();
                let named = Named { end, kind: Kind::Own, id: Some(own) };
                self.bind(text, at, Provisions { items, ..list }, &named, end, found);
            }
            _ => found.doubts.push(doubt(Reason::NoInstrument)),
        }
        end
    }

    /// A bare section within the page's own instrument is one of the chapter that the text stands in.
    fn in_own_chapter(&self, place: Place) -> Place {
        match (place.chapter, self.own_has_chapters) {
            (None, Some(true)) => Place { chapter: self.own_place.chapter, ..place },
            _ => place,
        }
    }

    /// The instrument that follows, over "i", "av", "enligt" and the names of its kind.
    fn after(&mut self, text: Text, at: usize, only_own: bool) -> Option<Named> {
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
        for gap in [
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
        ] {
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
        (!only_own || named.kind != Kind::Short || self.carried_start(text, named.end).is_none()).then_some(named)
    }

    /// "5 kap. 11 §, SoL": over a comma only if the instrument carries nothing itself.
    fn after_comma(&mut self, text: Text, at: usize) -> Option<Named> {
        let next = text.ws(text.literal(text.ws(at), ",")?);
        let named =
            self.names.at(text, next).filter(|named| matches!(named.kind, Kind::Short | Kind::Name | Kind::Number))?;
        let carries = self.carried_start(text, named.end).is_some();
        let clause = named.kind != Kind::Short && !ends_clause(text, named.end);
        (!carries && !clause).then_some(named)
    }

    /// Writes down a list of provisions of one instrument. The first reference begins at `at`, the last ends at `end`.
    fn bind(&mut self, text: Text, at: usize, list: Provisions, named: &Named, end: usize, found: &mut Found) {
        let Some(id) = &named.id else {
            let reason = if named.kind == Kind::Number {
                Reason::UnknownSeries
            } else if matches!(named.kind, Kind::Same | Kind::Own) {
                Reason::NoInstrument
            } else {
                Reason::NotThatDay
            };
            found.doubts.push(Doubt { range: at..end, reason });
            return;
        };
        let (id, day) = match wording(text, end) {
            Some(day) if matches!(named.kind, Kind::Name | Kind::Short) => {
                (self.meant_on(text, at, end, day).unwrap_or_else(|| id.clone()), day)
            }
            _ => (id.clone(), self.names.day),
        };
        let chapters =
            if named.kind == Kind::Own { self.own_has_chapters } else { self.names.lexicon.has_chapters(&id) };
        let last = list.items.len().saturating_sub(1);
        for (index, item) in list.items.into_iter().enumerate() {
            let range =
                if index == 0 { at } else { item.range.start }..if index == last { end } else { item.range.end };
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
    fn meant_on(&mut self, text: Text, at: usize, end: usize, day: Date) -> Option<String> {
        let today = std::mem::replace(&mut self.names.day, day);
        let starts = text.0[at..end].char_indices().map(|(offset, _)| at + offset);
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

/// "i detta kapitel"
fn this_chapter(text: Text, at: usize) -> Option<usize> {
    let next = text.some_ws(at)?;
    text.one_of(next, &["i detta kapitel", "i detta kap", "detta kapitel"])
}

fn ends_sentence(text: &str) -> bool {
    text.contains("\n\n")
        || text.split(". ").skip(1).any(|after| after.starts_with(char::is_uppercase))
        || text.contains(".\n")
}

/// Does the paragraph begin as an item of a list?
fn in_list_item(text: Text, at: usize) -> bool {
    let start = text.0[..at].rfind("\n\n").map_or(0, |end| end + 2);
    let paragraph = &text.0[start..];
    let digits = paragraph.bytes().take_while(u8::is_ascii_digit).count();
    paragraph.starts_with(['-', '–', '•', '*'])
        || (digits > 0 && paragraph[digits..].starts_with('.'))
        || paragraph.as_bytes().get(1) == Some(&b')')
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

fn is_definite_act(word: &str) -> bool {
    ["lagen", "balken", "ordningen"].iter().any(|ending| word.ends_with(ending)) && word.len() > 7
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

/// Does something that looks like an instrument, but is none we know, follow? "3 § i hyresavtalet", "5 § ABL".
fn unknown_after(text: Text, at: usize) -> bool {
    let Some(mut next) = text.some_ws(at) else { return false };
    if let Some(open) = text.literal(next, "(") {
        next = text.ws(open);
    }
    let after_gap = text.one_of(next, &["i", "av", "enligt", "ur"]).and_then(|end| text.some_ws(end));
    let (start, gap) = after_gap.map_or((next, false), |start| (start, true));
    let skip = text.one_of(start, &["den", "det", "de", "en", "ett", "någon", "annan"]);
    let start = skip.map_or(start, |end| text.ws(end));
    let mut at = suspended(text, start).unwrap_or(start);
    // The noun may have words before it: "den norska barnvernsloven", "bolagets bolagsordning".
    for index in 0..4 {
        let end = text.word_end(at);
        let word = &text.0[at..end];
        if word.is_empty() {
            return false;
        }
        // Without "i" or "av" only the very next words can be its name.
        if !gap && index >= 1 {
            return index == 1 && is_document(word);
        }
        if is_short(word) || is_document(word) || (gap && is_publication(word)) {
            return true;
        }
        let Some(next) = text.literal(end, "-").map(|after| text.ws(after)).or_else(|| text.some_ws(end)) else {
            return false;
        };
        at = next;
    }
    false
}

/// "hyreslagen 5 §", "stadgarnas 5 §": the name of something else stands before.
fn unknown_before(text: Text, at: usize) -> bool {
    let word = text.word_before(at);
    let stem = word.strip_suffix('s').unwrap_or(word);
    is_document(word)
        || is_document(stem)
        || (is_short(word) && word != "MOT")
        || matches!(word.to_lowercase().as_str(), "artikel" | "artiklarna" | "art")
}

/// Words for texts that have sections: acts, but also agreements, statutes of a club, plans.
fn is_document(word: &str) -> bool {
    const ENDINGS: [&str; 24] = [
        "avtalet",
        "avtal",
        "avtalets",
        "kontraktet",
        "kontrakt",
        "stadgarna",
        "stadgar",
        "stadga",
        "reglementet",
        "reglemente",
        "direktivet",
        "direktiv",
        "konventionen",
        "konvention",
        "fördraget",
        "protokollet",
        "instruktionen",
        "föreskrifterna",
        "föreskrifter",
        "ordningsregler",
        "loven",
        "villkoren",
        "policyn",
        "förordn",
    ];
    let lower = word.to_lowercase();
    (is_act_word(&lower) && lower.len() > 3)
        || ENDINGS.iter().any(|ending| lower.ends_with(ending))
        || matches!(lower.as_str(), "planen" | "lag" | "act" | "code")
}

/// Over "plan- och " of "plan- och bygglagen", "radio- och " of "radio- och tv-lagen".
fn suspended(text: Text, at: usize) -> Option<usize> {
    let hyphen = text.literal(text.word_end(at), "-")?;
    let word = text.some_ws(hyphen)?;
    text.some_ws(text.one_of(word, &["och", "eller", "samt"])?)
}

/// Texts that have chapters but are no law: "3 kap. i handboken".
fn is_publication(word: &str) -> bool {
    const ENDINGS: [&str; 12] = [
        "boken",
        "handbok",
        "vägledningen",
        "rapporten",
        "manualen",
        "guiden",
        "broschyren",
        "planen",
        "betänkandet",
        "propositionen",
        "promemorian",
        "utredningen",
    ];
    let lower = word.to_lowercase();
    ENDINGS.iter().any(|ending| lower.ends_with(ending))
}

/// "5 kap. 11 § sol": an abbreviation in the wrong case right after.
fn misspelt_after(names: &Names, text: Text, at: usize) -> bool {
    let next = text.ws(at);
    let word = text.word(next);
    !word.is_empty() && names.lexicon.short(word).is_none() && names.lexicon.is_short_in_other_case(word)
}

fn ends_clause(text: Text, at: usize) -> bool {
    text.char_at(text.ws(at)).is_none_or(|c| matches!(c, '.' | ',' | ';' | ')' | ':' | '\n'))
}

/// "i lydelsen före den 1 juli 2025" right after a reference: the day on which its wording is read.
fn wording(text: Text, at: usize) -> Option<Date> {
    let next = text.phrase(text.some_ws(at)?, "i")?;
    let next = text.some_ws(next)?;
    let next = text.one_of(next, &["den", "dess", "sin"]).map_or(next, |end| text.ws(end));
    let next = text.some_ws(text.one_of(next, &["lydelse", "lydelsen"])?)?;
    let next = text.phrase(next, "som gällde").map_or(next, |end| text.ws(end));
    let (before, next) = match text.one_of(next, &["före", "intill", "fram till"]) {
        Some(end) => (true, text.some_ws(end)?),
        None => (false, text.some_ws(text.one_of(next, &["den", "per", "från och med", "till och med"])?)?),
    };
    let next = text.phrase(next, "den").map_or(next, |end| text.ws(end));
    let (day, end) = text.digits(next, 2)?;
    let month_at = text.some_ws(end)?;
    let word = text.word(month_at);
    let month = MONTHS.iter().position(|month| *month == word)? + 1;
    let (year, _) = text.digits(text.some_ws(month_at + word.len())?, 4)?;
    let (year, month, day) = (i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let day = Date::new(year, month, day).ok()?;
    if before { day.yesterday().ok() } else { Some(day) }
}
