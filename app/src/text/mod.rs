//! Swedish text: slugs, dates, alphabetical order. Pure.

pub mod collation;
pub mod dates;
pub mod slug;
