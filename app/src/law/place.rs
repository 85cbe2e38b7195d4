//! Where in an instrument: chapter, section, stycke, punkt. Pure.
//!
//! The written form is the one that Swedish legal sites share: `K5P11S2N1` is 5 kap. 11 § andra stycket 1.

use std::fmt;
use std::str::FromStr;

/// The number of a chapter, a section or a punkt: `18`, `18 a`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    pub value: u16,
    /// `a`–`z`.
    pub letter: Option<char>,
}

impl Number {
    pub fn plain(value: u16) -> Self {
        Self { value, letter: None }
    }

    /// As Swedish law writes it: `18 a`.
    pub fn spoken(self) -> String {
        match self.letter {
            Some(letter) => format!("{}\u{a0}{letter}", self.value),
            None => self.value.to_string(),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.value)?;
        self.letter.map_or(Ok(()), |letter| write!(f, "{letter}"))
    }
}

/// A place in an instrument. The default is the whole of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub chapter: Option<Number>,
    pub section: Option<Number>,
    /// The paragraph of a section, from 1.
    pub stycke: Option<u16>,
    /// The sentence of a stycke, from 1.
    pub mening: Option<u16>,
    /// The numbered item of a stycke.
    pub punkt: Option<Number>,
}

impl Place {
    pub fn chapter(number: Number) -> Self {
        Self { chapter: Some(number), ..Self::default() }
    }

    pub fn is_whole(self) -> bool {
        self == Self::default()
    }

    /// Chapter and section only: what lists are made by.
    pub fn section_only(self) -> Self {
        Self { chapter: self.chapter, section: self.section, ..Self::default() }
    }

    /// The place and those around it, narrowest first, the whole instrument left out.
    pub fn outwards(self) -> impl Iterator<Item = Self> {
        let without_punkt = Self { punkt: None, ..self };
        let stycke = Self { mening: None, ..without_punkt };
        let chapter = Self { chapter: self.chapter, ..Self::default() };
        let mut places = vec![self, without_punkt, stycke, self.section_only(), chapter];
        places.dedup();
        places.into_iter().filter(|place| !place.is_whole())
    }

    /// Does `other` lie within this place, or is it the same?
    pub fn holds(self, other: Self) -> bool {
        fn fits<T: PartialEq>(outer: Option<T>, inner: Option<T>) -> bool {
            outer.is_none() || outer == inner
        }
        fits(self.chapter, other.chapter)
            && fits(self.section, other.section)
            && fits(self.stycke, other.stycke)
            && fits(self.mening, other.mening)
            && fits(self.punkt, other.punkt)
    }

    /// In words: "5 kap. 11 § andra stycket 1", with spaces that do not break.
    pub fn spoken(self) -> String {
        let mut words = Vec::new();
        words.extend(self.chapter.map(|number| format!("{}\u{a0}kap.", number.spoken())));
        words.extend(self.section.map(|number| format!("{}\u{a0}§", number.spoken())));
        words.extend(self.stycke.map(|number| format!("{} stycket", ordinal(number))));
        words.extend(self.mening.map(|number| format!("{} meningen", ordinal(number))));
        words.extend(self.punkt.map(|number| match self.stycke {
            Some(_) => number.spoken(),
            None => format!("punkt\u{a0}{}", number.spoken()),
        }));
        words.join(" ")
    }
}

/// The ordinals that law counts with.
pub const ORDINALS: [&str; 15] = [
    "första",
    "andra",
    "tredje",
    "fjärde",
    "femte",
    "sjätte",
    "sjunde",
    "åttonde",
    "nionde",
    "tionde",
    "elfte",
    "tolfte",
    "trettonde",
    "fjortonde",
    "femtonde",
];

fn ordinal(number: u16) -> String {
    let known = usize::from(number).checked_sub(1).and_then(|at| ORDINALS.get(at));
    known.map_or_else(|| format!("{number}:e"), |word| (*word).to_owned())
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.chapter.map_or(Ok(()), |number| write!(f, "K{number}"))?;
        self.section.map_or(Ok(()), |number| write!(f, "P{number}"))?;
        self.stycke.map_or(Ok(()), |number| write!(f, "S{number}"))?;
        self.mening.map_or(Ok(()), |number| write!(f, "M{number}"))?;
        self.punkt.map_or(Ok(()), |number| write!(f, "N{number}"))
    }
}

/// Not a place: the text as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoPlace(pub String);

impl FromStr for Place {
    type Err = NoPlace;

    /// Reads `K5P11S2N1`: the letters in this order, each at most once.
    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let wrong = || NoPlace(text.to_owned());
        let mut rest = text;
        let mut part = |mark: char| -> Result<Option<Number>, NoPlace> {
            let Some(after) = rest.strip_prefix(mark) else { return Ok(None) };
            let digits = after.bytes().take_while(u8::is_ascii_digit).count();
            let value: u16 = after[..digits].parse().map_err(|_| wrong())?;
            rest = &after[digits..];
            let letter = rest.chars().next().filter(char::is_ascii_lowercase);
            rest = &rest[letter.map_or(0, char::len_utf8)..];
            Ok(Some(Number { value, letter }))
        };
        let (chapter, section) = (part('K')?, part('P')?);
        let (stycke, mening, punkt) = (part('S')?, part('M')?, part('N')?);
        let unlettered = |number: Option<Number>| match number {
            Some(Number { letter: Some(_), .. }) => Err(wrong()),
            other => Ok(other.map(|number| number.value)),
        };
        let place = Self { chapter, section, stycke: unlettered(stycke)?, mening: unlettered(mening)?, punkt };
        if rest.is_empty() && !place.is_whole() { Ok(place) } else { Err(wrong()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_written_and_read_back() {
        for text in ["K5", "K5P11", "P3", "K10P18a", "K3P2S1N2", "P2S1M2", "P4N3a"] {
            assert_eq!(text.parse::<Place>().unwrap().to_string(), text);
        }
        for text in ["", "5", "P", "S2a", "K5xy", "P11K5", "K99999999"] {
            assert!(text.parse::<Place>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_place_is_said_as_law_says_it() {
        let spoken = |text: &str| text.parse::<Place>().unwrap().spoken().replace('\u{a0}', " ");
        assert_eq!(spoken("K5P11S2N1"), "5 kap. 11 § andra stycket 1");
        assert_eq!(spoken("K10P18a"), "10 kap. 18 a §");
        assert_eq!(spoken("P4N2"), "4 § punkt 2");
        assert_eq!(spoken("P1S1M2"), "1 § första stycket andra meningen");
    }

    #[test]
    fn a_section_holds_its_parts_and_nothing_else() {
        let place = |text: &str| text.parse::<Place>().unwrap();
        assert!(place("K5P11").holds(place("K5P11S2")) && place("K5").holds(place("K5P11")));
        assert!(!place("K5P11").holds(place("K5P1")) && !place("K5P11S1").holds(place("K5P11")));
        assert_eq!(
            place("K5P11S2N1").outwards().map(|p| p.to_string()).collect::<Vec<_>>(),
            ["K5P11S2N1", "K5P11S2", "K5P11", "K5"]
        );
    }
}
