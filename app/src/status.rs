//! What a page tells the server about its answer: the status, and the one address it wants to be known by.
//!
//! A value in Leptos' context instead of a call into the HTTP layer, so that this crate needs none.

use leptos::prelude::use_context;
use std::sync::{Arc, Mutex, PoisonError};

/// One answer's outcome, shared between the page that is rendered and the server that sends it.
#[derive(Debug, Clone, Default)]
pub struct Outcome(Arc<Mutex<Parts>>);

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    /// Names this answer in the server's log, should it be an error.
    pub error_id: String,
    /// HTTP status; 200 unless the page said otherwise.
    pub status: Option<u16>,
    /// The page's canonical path. A request for another spelling of it is redirected there.
    pub canonical: Option<String>,
    /// The page has moved for good.
    pub moved_to: Option<String>,
}

impl Outcome {
    /// `error_id` is shown if the answer turns out to be an error page.
    pub fn new(error_id: String) -> Self {
        Self(Arc::new(Mutex::new(Parts { error_id, ..Parts::default() })))
    }

    pub fn parts(&self) -> Parts {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn change(change: impl FnOnce(&mut Parts)) {
        if let Some(Self(parts)) = use_context::<Self>() {
            change(&mut parts.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }
}

/// The page being rendered is not the ordinary answer.
pub fn set_status(status: u16) {
    Outcome::change(|parts| parts.status = Some(status));
}

/// The id under which the server logs this answer.
pub fn error_id() -> Option<String> {
    let outcome = use_context::<Outcome>()?;
    Some(outcome.parts().error_id).filter(|id| !id.is_empty())
}

/// The address of the page being rendered.
pub fn set_canonical(path: &str) {
    Outcome::change(|parts| parts.canonical = Some(path.to_owned()));
}

/// What was asked for stands elsewhere now.
pub fn set_moved(to: &str) {
    Outcome::change(|parts| parts.moved_to = Some(to.to_owned()));
}
