//! Certificates of attendance: for those who came, and a code by which anybody can check one. The nouns, the refusals,
//! and what the feature needs from the world.

pub mod attendance;
pub mod check;
pub mod code;
pub mod fetch;

use crate::desk::{Download, Pending};
use crate::events::Event;
use code::Code;
use std::sync::Arc;

/// What a code vouches for. Whose certificate it is nobody is told.
#[derive(Debug, Clone, PartialEq)]
pub struct Vouched {
    pub code: Code,
    pub event: Arc<Event>,
    /// Unix seconds.
    pub issued_at: i64,
}

/// Why there is no certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoCertificate {
    /// No such link any more.
    Missing,
    /// It is not over.
    NotYet,
    /// Nobody has seen the holder come.
    NotThere,
}

/// What the feature needs from the world.
pub trait Certificates: Send + Sync {
    /// The certificate of whoever holds the registration's link: a PDF, with the same code each time.
    fn certificate<'a>(&'a self, token: &'a str) -> Pending<'a, Result<Download, NoCertificate>>;

    fn vouched<'a>(&'a self, code: &'a Code) -> Pending<'a, Option<Vouched>>;
}

/// "Länsstyrelsen i Skåne län"; of a national one, those who answer questions about it.
pub fn issuer(event: &Event) -> String {
    match event.county {
        Some(county) => format!("Länsstyrelsen i {}", county.name),
        None => event.plan.contact.name.clone(),
    }
}
