//! What visitors of Frid meet, and what the portal means: URLs, pages, islands, types and pure rules.
//!
//! Nothing here knows a database, an index, a mail server or a markdown parser. What a feature needs from the
//! world it says in one trait; the `server` crate keeps those promises and hands them over as [`services::Services`].

// A page's view is one type, as deep as the page; the compiler's own limit is 128.
#![recursion_limit = "256"]

pub mod accessibility;
pub mod accounts;
pub mod certificates;
pub mod counties;
pub mod courses;
pub mod desk;
pub mod document;
pub mod door;
pub mod editor;
pub mod errors;
pub mod events;
pub mod glossary;
pub mod guidance;
pub mod handbook;
pub mod help_lines;
pub mod home;
pub mod law;
pub mod leave;
pub mod mail;
pub mod media;
pub mod organising;
pub mod pages;
pub mod routes;
pub mod search;
pub mod services;
pub mod status;
pub mod survey;
pub mod text;
pub mod training;
pub mod ui;
pub mod viewer;

/// Wakes Leptos in the browser; `islands.js` then wakes each island.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
