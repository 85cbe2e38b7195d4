//! What is printed or kept as PDF: name badges, certificates, and a list for the door.
//!
//! Values in, bytes out: no clock, no database, and the same bytes from the same values. Every file is tagged Swedish
//! PDF/UA-1 (ISO 14289-1), as far as a program can see to that, so that a certificate can be read aloud.
//! Hundreds of badges are work for a processor: ask for them where nothing else waits.

mod badges;
mod certificates;
pub(crate) mod code;
mod list;
mod paper;
mod writing;

pub use badges::{Badge, badges};
pub use certificates::{Certificate, certificates};
pub use list::list;

#[cfg(test)]
mod tests;
