//! `/healthz`: is this node answering, and from which library?

use crate::library::store;
use crate::portal::Portal;
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde::Serialize;
use std::sync::Arc;
use std::time::Duration;

#[derive(Debug, Serialize)]
pub struct Health {
    /// "ok", or "degraded": pages are answered from memory, but nothing can be written.
    status: &'static str,
    /// "ok" or "unreachable".
    database: &'static str,
    /// The generation of the library in memory.
    library_generation: i64,
    /// The generation that search answers from.
    index_generation: i64,
}

/// Always 200 while the process answers: a node without its database still serves every reader.
pub async fn healthz(State(portal): State<Arc<Portal>>) -> impl IntoResponse {
    let reached = tokio::time::timeout(Duration::from_secs(2), store::generation(&portal.db)).await;
    let reached = matches!(reached, Ok(Ok(_)));
    let generation = portal.snapshot().shelf.generation;
    let health = Health {
        status: if reached { "ok" } else { "degraded" },
        database: if reached { "ok" } else { "unreachable" },
        library_generation: generation,
        index_generation: generation,
    };
    ([(header::CACHE_CONTROL, "no-store")], Json(health))
}
