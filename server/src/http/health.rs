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
    /// The generation that the search index holds; null while it is being built, and search reads the texts instead.
    index_generation: Option<i64>,
}

/// Always 200 while the process answers: a node without its database still serves every reader.
pub async fn healthz(State(portal): State<Arc<Portal>>) -> impl IntoResponse {
    let reached = tokio::time::timeout(Duration::from_secs(2), store::generation(&portal.db)).await;
    let reached = matches!(reached, Ok(Ok(_)));
    let shelf = Arc::clone(&portal.snapshot().shelf);
    let health = Health {
        status: if reached { "ok" } else { "degraded" },
        database: if reached { "ok" } else { "unreachable" },
        library_generation: shelf.generation,
        index_generation: shelf.search.is_indexed().then_some(shelf.generation),
    };
    ([(header::CACHE_CONTROL, "no-store")], Json(health))
}
