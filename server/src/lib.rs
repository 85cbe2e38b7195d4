//! Frid's server: storage, import, HTTP and the command line. It keeps the promises that `app` asks for.

pub mod accounts;
pub mod assets;
pub mod calendar;
pub mod certificates;
pub mod citations;
pub mod clock;
pub mod config;
pub mod content;
pub mod db;
pub mod door;
pub mod editor;
pub mod events;
pub mod http;
pub mod jobs;
pub mod keys;
pub mod law;
pub mod library;
pub mod mail;
pub mod markdown;
pub mod media;
pub mod organising;
pub mod pdf;
mod pending;
pub mod portal;
pub mod search;
pub mod survey;
