//! Pictures and documents that texts show and lead to. The nouns, and what the feature needs from the world.

pub mod address;
pub mod describe;
mod forms;
pub mod list;
pub mod refusal;
pub mod remove;
pub mod upload;

use crate::counties::County;
use crate::desk::Pending;
use crate::viewer::{Editor, Member};
use refusal::UploadRefusal;
use std::sync::Arc;

/// No larger file is taken, in bytes.
pub const LARGEST_FILE: usize = 20_000_000;
/// Longest text of a picture, in characters: screen readers read it in one breath.
pub const LONGEST_TEXT: usize = 300;

/// What kinds of files are kept. All others are refused: SVG and HTML can run scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Jpeg,
    Png,
    Webp,
    Pdf,
    Docx,
    Xlsx,
    Pptx,
    Vtt,
}

impl Kind {
    pub const ALL: [Self; 8] =
        [Self::Jpeg, Self::Png, Self::Webp, Self::Pdf, Self::Docx, Self::Xlsx, Self::Pptx, Self::Vtt];

    /// As stored, and as file names of ours end.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Pptx => "pptx",
            Self::Vtt => "vtt",
        }
    }

    /// By the end of a file name, in capitals or not.
    pub fn of_extension(extension: &str) -> Option<Self> {
        let extension = extension.to_ascii_lowercase();
        let extension = if extension == "jpeg" { "jpg" } else { extension.as_str() };
        Self::ALL.into_iter().find(|kind| kind.extension() == extension)
    }

    pub fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Vtt => "text/vtt; charset=utf-8",
        }
    }

    /// Shown in the text itself; everything else is downloaded.
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Webp)
    }
}

/// What a file is to those who cannot see it, or cannot read it as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Description {
    /// What the picture shows.
    Picture(String),
    /// Where the same content is found if the document is not accessible itself. Lagen (2018:1937) om tillgänglighet
    /// till digital offentlig service holds for published documents too.
    Document { alternative: Option<String> },
}

/// A file on its way in.
#[derive(Debug, Clone)]
pub struct NewFile {
    /// The county that keeps it, and whose quota it counts against; nobody's for national files.
    pub county: Option<&'static County>,
    /// As it was called where it came from.
    pub typed_name: String,
    pub bytes: Arc<Vec<u8>>,
    pub description: Description,
}

/// A file that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub id: String,
    pub kind: Kind,
    /// The last part of its address.
    pub name: String,
    /// What people call it, without its ending.
    pub called: String,
    pub county: Option<&'static County>,
    pub description: Description,
    /// In bytes.
    pub size: i64,
    pub uploaded_at: i64,
    pub uploaded_by: String,
}

/// How much a county has used of what it may, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    pub used: i64,
    pub quota: i64,
}

/// A text that a file is used in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedIn {
    pub title: String,
    /// Where the staff finds it; nothing for a text that is not written in the editor.
    pub address: Option<String>,
    pub is_draft: bool,
}

/// What the feature needs from the world. Every act is written to the log in the same transaction.
pub trait Media: Send + Sync {
    /// The newest first.
    fn list<'a>(&'a self, member: &'a Member) -> Pending<'a, Vec<Stored>>;
    fn file<'a>(&'a self, member: &'a Member, id: &'a str) -> Pending<'a, Option<Stored>>;
    fn room<'a>(&'a self, member: &'a Member, county: Option<&'static County>) -> Pending<'a, Room>;
    /// The new file's id. `editor` may write for the county that the file is for.
    fn add<'a>(&'a self, editor: &'a Editor, new: &'a NewFile) -> Pending<'a, Result<String, UploadRefusal>>;
    /// Another text for a picture. Pages keep the text that stands in them.
    fn describe<'a>(&'a self, editor: &'a Editor, id: &'a str, text: &'a str) -> Pending<'a, ()>;
    /// Refused with the texts that use it.
    fn remove<'a>(&'a self, editor: &'a Editor, id: &'a str) -> Pending<'a, Result<(), Vec<UsedIn>>>;
}
