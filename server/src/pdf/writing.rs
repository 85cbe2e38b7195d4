//! Writing: which letters there are, how wide they run, and where lines break so that nothing leaves its place.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, ShapePlan, UnicodeBuffer, script};
use std::ops::Range;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

/// How a text may be set. Sizes in points; `leading` is the distance between lines as a share of the size.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    pub weight: Weight,
    pub largest: f32,
    pub smallest: f32,
    pub leading: f32,
}

impl Style {
    pub const fn regular(size: f32) -> Self {
        Self { weight: Weight::Regular, largest: size, smallest: size, leading: 1.35 }
    }

    pub const fn bold(size: f32) -> Self {
        Self { weight: Weight::Bold, largest: size, smallest: size, leading: 1.2 }
    }

    /// May shrink as far as this.
    pub const fn down_to(self, smallest: f32) -> Self {
        Self { smallest, ..self }
    }
}

/// A text in its lines, as large as its place allows.
pub struct Block {
    pub weight: Weight,
    pub size: f32,
    /// False if something had to be left out.
    pub whole: bool,
    leading: f32,
    shaped: Shaped,
    /// Of `shaped.glyphs`.
    lines: Vec<Range<usize>>,
}

impl Block {
    /// The largest size in which the whole text stands within width and height (points). A word is only broken where
    /// no size would do, and only what then does not fit in the smallest size is left out, with "…" to say so.
    pub fn fit(text: &str, style: Style, width: f32, height: f32) -> Self {
        let Style { weight, leading, .. } = style;
        let mut shaped = Shaped::new(writable(text), weight);
        let most_lines = |size: f32| (height / (size * leading) + 0.001).floor() as usize;
        for may_break_words in [false, true] {
            let mut size = style.largest;
            loop {
                let (lines, broken) = shaped.lines(width / size);
                if lines.len() <= most_lines(size) && (may_break_words || !broken) {
                    return Self { weight, size, whole: true, leading, shaped, lines };
                }
                if size <= style.smallest {
                    break;
                }
                size = (size - 0.5).max(style.smallest);
            }
        }

        let (size, most) = (style.smallest, most_lines(style.smallest).max(1));
        let (lines, _) = shaped.lines(width / size);
        let mut kept =
            shaped.text[..lines.get(most).map_or(shaped.text.len(), |line| shaped.start_of(line))].to_owned();
        loop {
            shaped = Shaped::new(format!("{}…", kept.trim_end()), weight);
            let (lines, _) = shaped.lines(width / size);
            if lines.len() <= most || kept.is_empty() {
                return Self { weight, size, whole: false, leading, shaped, lines };
            }
            kept.pop();
        }
    }

    /// As many lines as it takes.
    pub fn wrapped(text: &str, style: Style, width: f32) -> Self {
        Self::fit(text, style, width, f32::INFINITY)
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    pub fn height(&self) -> f32 {
        self.lines.len() as f32 * self.line_height()
    }

    /// Of the longest line.
    pub fn width(&self) -> f32 {
        let widths = self.lines.iter().map(|line| self.shaped.width(line) * self.size);
        widths.fold(0.0, f32::max)
    }

    /// The text as it is written.
    pub fn text(&self) -> &str {
        &self.shaped.text
    }

    /// Each line's glyphs, and how far its baseline lies below the block's top.
    pub fn lines(&self) -> impl Iterator<Item = (&[KrillaGlyph], f32)> {
        // Capitals stand in the middle of their line.
        let first = (self.line_height() + self.size * CAPITALS) / 2.0;
        self.lines
            .iter()
            .enumerate()
            .map(move |(at, line)| (&self.shaped.glyphs[line.clone()], first + at as f32 * self.line_height()))
    }

    fn line_height(&self) -> f32 {
        self.size * self.leading
    }
}

/// One line without what only a program would obey: for titles, bookmarks and texts that are read aloud.
pub fn plain(text: &str) -> String {
    let mut plain = String::new();
    for c in text.chars().filter(|c| !is_obeyed(*c)).nfc() {
        let c = if c.is_whitespace() || c.is_control() { ' ' } else { c };
        if c != ' ' || !(plain.is_empty() || plain.ends_with(' ')) {
            plain.push(c);
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

/// What stands in place of a letter that the typeface lacks, so that it is seen that something is missing.
const MISSING: char = '□';

/// The text in letters that the typeface has. On a letter stand two marks at most: more would climb out of their line.
fn writable(text: &str) -> String {
    let mut writable = String::new();
    let mut marks = 0;
    for c in plain(text).chars() {
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        if marks <= 2 {
            writable.push(if has_letter(c) { c } else { MISSING });
        }
    }
    writable
}

/// Both weights have the same letters. In the private area every typeface has its own, none of which is a letter.
fn has_letter(c: char) -> bool {
    !matches!(c, '\u{e000}'..='\u{f8ff}') && REGULAR.shaper.glyph_index(c).is_some_and(|glyph| glyph.0 != 0)
}

/// Marks that join, part, turn or colour other characters, and are not seen themselves.
fn is_obeyed(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// A text as glyphs. What they measure is given for a size of one.
struct Shaped {
    text: String,
    glyphs: Vec<KrillaGlyph>,
}

impl Shaped {
    fn new(text: String, weight: Weight) -> Self {
        let face = weight.face();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script::LATIN);
        let shaped = rustybuzz::shape_with_plan(&face.shaper, &face.plan, buffer);
        let em = face.shaper.units_per_em() as f32;
        let infos = shaped.glyph_infos();
        let mut glyphs: Vec<KrillaGlyph> = Vec::with_capacity(infos.len());
        let mut end = text.len();
        // Backwards, because a glyph's letters reach as far as the next one's begin. Several may share theirs.
        for (at, (info, position)) in infos.iter().zip(shaped.glyph_positions()).enumerate().rev() {
            let start = info.cluster as usize;
            if let Some(next) = infos.get(at + 1)
                && next.cluster != info.cluster
            {
                end = next.cluster as usize;
            }
            glyphs.push(KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                position.x_advance as f32 / em,
                position.x_offset as f32 / em,
                position.y_offset as f32 / em,
                position.y_advance as f32 / em,
                start..end,
                None,
            ));
        }
        glyphs.reverse();
        Self { text, glyphs }
    }

    /// Lines at most so wide, and whether a word had to be broken for that. A space at a line's end stays there,
    /// beyond the width, so that words are apart for those who hear them.
    fn lines(&self, width: f32) -> (Vec<Range<usize>>, bool) {
        let (mut lines, mut broken) = (Vec::new(), false);
        let (mut start, mut at, mut reached) = (0, 0, 0.0);
        // Where a new line might begin.
        let mut chance = None;
        while at < self.glyphs.len() {
            let letters = &self.glyphs[at].text_range;
            let end = at + self.glyphs[at..].iter().take_while(|glyph| glyph.text_range == *letters).count();
            let letters = &self.text[letters.clone()];
            let advance = self.advance(&(at..end));
            if letters != " " && reached + advance > width && at > start {
                broken |= chance.is_none();
                let next = chance.take().unwrap_or(at);
                lines.push(start..next);
                start = next;
                reached = self.advance(&(start..at));
                continue;
            }
            reached += advance;
            at = end;
            if letters.ends_with([' ', '-', '–', '/', '@']) {
                chance = Some(at);
            }
        }
        if start < at {
            lines.push(start..at);
        }
        (lines, broken)
    }

    /// Without spaces at the end.
    fn width(&self, glyphs: &Range<usize>) -> f32 {
        let spaces =
            self.glyphs[glyphs.clone()].iter().rev().take_while(|glyph| &self.text[glyph.text_range.clone()] == " ");
        self.advance(&(glyphs.start..glyphs.end - spaces.count()))
    }

    fn advance(&self, glyphs: &Range<usize>) -> f32 {
        self.glyphs[glyphs.clone()].iter().map(|glyph| glyph.x_advance).sum()
    }

    /// Where in the text these glyphs begin.
    fn start_of(&self, glyphs: &Range<usize>) -> usize {
        self.glyphs.get(glyphs.start).map_or(self.text.len(), |glyph| glyph.text_range.start)
    }
}

/// How high Source Sans' capitals are, as a share of the size.
const CAPITALS: f32 = 0.66;

/// A weight of the typeface, read once.
struct Face {
    font: Font,
    shaper: rustybuzz::Face<'static>,
    plan: ShapePlan,
}

impl Weight {
    pub fn font(self) -> Font {
        self.face().font.clone()
    }

    fn face(self) -> &'static Face {
        match self {
            Self::Regular => &REGULAR,
            Self::Bold => &BOLD,
        }
    }
}

static REGULAR: LazyLock<Face> = LazyLock::new(|| Face::read(include_bytes!("fonts/SourceSans3-Regular.otf")));
static BOLD: LazyLock<Face> = LazyLock::new(|| Face::read(include_bytes!("fonts/SourceSans3-Bold.otf")));

impl Face {
    fn read(bytes: &'static [u8]) -> Self {
        let font = Font::new(bytes.into(), 0).expect("the shipped typeface is one");
        let shaper = rustybuzz::Face::from_slice(bytes, 0).expect("the shipped typeface is one");
        let swedish = "sv".parse().ok();
        let plan = ShapePlan::new(&shaper, Direction::LeftToRight, Some(script::LATIN), swedish.as_ref(), &[]);
        Self { font, shaper, plan }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_only_a_program_would_obey_is_left_out() {
        for (typed, plainly) in [
            ("  Åsa \t\r\n Öberg\u{0}", "Åsa Öberg"),
            ("A\u{30a}sa", "Åsa"),
            ("A\u{200b}\u{30a}sa", "Åsa"),
            ("faktura\u{202e}fdp.exe", "fakturafdp.exe"),
            ("Soft\u{ad}hyphen\u{feff}", "Softhyphen"),
            ("\u{85}\u{2028}", ""),
        ] {
            assert_eq!(plain(typed), plainly, "{typed:?}");
        }
    }

    #[test]
    fn letters_that_the_typeface_lacks_are_seen_to_be_missing() {
        assert_eq!(writable("李明"), "□□");
        assert_eq!(writable("Emma 👩\u{200d}👧"), "Emma □□");
        assert_eq!(writable("\u{e000}\u{ffff}\u{10ffff}"), "□□□");
        assert_eq!(writable("Zażółć Şahin Nguyễn Иван Ἀρχή"), "Zażółć Şahin Nguyễn Иван Ἀρχή");
    }

    #[test]
    fn no_letter_carries_a_tower_of_marks() {
        assert_eq!(writable(&format!("Å{}", "\u{301}".repeat(50))), "Ǻ\u{301}\u{301}");
    }

    #[test]
    fn both_weights_have_the_same_letters() {
        for c in '\0'..=char::MAX {
            assert_eq!(REGULAR.shaper.glyph_index(c).is_some(), BOLD.shaper.glyph_index(c).is_some(), "{c:?}");
        }
    }

    fn lines(block: &Block) -> Vec<&str> {
        let text = |line: &Range<usize>| {
            let end = block.shaped.glyphs[line.end - 1].text_range.end;
            &block.text()[block.shaped.start_of(line)..end]
        };
        block.lines.iter().map(text).collect()
    }

    #[test]
    fn a_line_breaks_between_words_and_after_a_hyphen() {
        let block = Block::wrapped("Anna-Karin von Långstrump", Style::regular(10.0), 60.0);
        assert_eq!(lines(&block), ["Anna-Karin ", "von ", "Långstrump"]);
        let block = Block::wrapped("Anna-Karin", Style::regular(10.0), 30.0);
        assert_eq!(lines(&block), ["Anna-", "Karin"]);
    }

    #[test]
    fn a_text_shrinks_before_a_word_is_broken_and_is_cut_last() {
        let style = Style::regular(20.0).down_to(10.0);
        let shrunk = Block::fit("Wolfeschlegelsteinhausen", style, 120.0, 30.0);
        assert!(shrunk.whole && shrunk.size < 20.0 && lines(&shrunk).len() == 1);
        let broken = Block::fit("Wolfeschlegelsteinhausen", style, 60.0, 60.0);
        assert!(broken.whole && lines(&broken).len() > 1);
        let cut = Block::fit(&"Långt namn ".repeat(40), style, 60.0, 30.0);
        assert!(!cut.whole && cut.text().ends_with('…') && cut.size == 10.0);
    }

    proptest! {
        #[test]
        fn nothing_leaves_its_place(text in "\\PC{0,80}|[a-zåäö -]{0,200}|(a\u{301}|[\u{2060}\u{300}-\u{36f}ﷺ🙂 ]){0,30}",
                                    width in 30.0f32..300.0, height in 15.0f32..100.0) {
            let style = Style::bold(24.0).down_to(8.0);
            let block = Block::fit(&text, style, width, height);
            prop_assert!(block.width() <= width + 0.01, "{} of {width}", block.width());
            prop_assert!(block.height() <= height + 0.1, "{} of {height}", block.height());
            prop_assert!((8.0..=24.0).contains(&block.size));
        }

        #[test]
        fn every_letter_stands_on_a_line_once(text in "\\PC{0,80}", width in 1.0f32..300.0) {
            let block = Block::wrapped(&text, Style::regular(10.0), width);
            prop_assert_eq!(lines(&block).concat(), writable(&text));
        }
    }
}
