//! Swedish text: slugs, dates, capitals, alphabetical order. Pure.

pub mod capital;
pub mod collation;
pub mod dates;
pub mod size;
pub mod slug;
