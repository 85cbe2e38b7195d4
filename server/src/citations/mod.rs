//! Citations of Swedish law in running text: what is cited, where it stands, and what it meant on a given day.
//!
//! A hand-written recursive-descent reader. Provisions ("5 kap. 11 § andra stycket") are read in `provisions`, names
//! of instruments in `instruments`, bills and reports in `preparatory`; `binding` joins the one to the other:
//!
//! 1. A provision belongs to the instrument right after it, else to the one right before it.
//! 2. Else to the page's own instrument, but never if an instrument that nobody knows stands beside it.
//! 3. Else to nothing: a wrong link is worse than none.
//!
//! An abbreviation alone never links. Names mean what they meant on the page's legal date; a number always means itself.

mod binding;
mod instruments;
mod lexicon;
mod markup;
mod paragraph;
mod preparatory;
mod provisions;
#[cfg(test)]
mod tests;
mod text;
mod unknown;
mod wording;

pub use binding::Reader;
pub use lexicon::{Lexicon, Naming, Period, Sections, Series};
pub use markup::without_code;

use jiff::civil::Date;
use std::ops::Range;

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
