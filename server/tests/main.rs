//! One binary for all tests that need a running portal. Each storage test runs on SQLite and on PostgreSQL.

mod accounts;
mod api;
mod architecture;
mod citations;
mod content;
mod door;
mod editor;
mod law;
mod library;
mod media;
mod pages;
mod pdf;
mod portal;
mod roles;
mod search;
mod search_fuzz;
mod search_index;
mod search_privacy;
mod search_statistics;
mod serving;
mod training;
mod versions;
