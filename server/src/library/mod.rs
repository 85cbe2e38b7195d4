//! The library: every document, every revision, and the copy in memory from which pages are served.
//!
//! The database is the truth for all that is published or edited. `content/` is an author like any other.

pub mod authorship;
pub mod citations;
pub mod import;
pub mod shelf;
pub mod store;
