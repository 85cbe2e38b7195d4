//! Swedish text: slugs, dates, capitals, alphabetical order, numbers that check themselves. Pure.

pub mod capital;
pub mod check_digit;
pub mod collation;
pub mod dates;
pub mod identity_number;
pub mod size;
pub mod slug;
pub mod thousands;
