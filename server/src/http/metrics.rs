//! Prometheus metrics, on an address of their own that the public cannot reach. No label names a page or a reader.

use anyhow::{Context, Result};
use axum::Router;
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusBuilder;
use std::net::SocketAddr;

/// Counts from now on, and answers `GET /metrics` on `addr` until the process ends.
pub async fn serve(addr: SocketAddr) -> Result<()> {
    let handle = PrometheusBuilder::new().install_recorder().context("metrics are installed once")?;
    ::metrics::describe_counter!("frid_pages_total", "Pages answered from the page cache");
    ::metrics::describe_counter!("frid_responses_total", "All other answers, by status");
    ::metrics::describe_gauge!("frid_mail_waiting", "Mails that should have been sent by now");
    ::metrics::describe_gauge!("frid_mail_oldest_seconds", "How long the oldest of them has waited");
    ::metrics::describe_gauge!("frid_mail_dead", "Mails that were given up");
    let router = Router::new().route("/metrics", get(move || async move { handle.render() }));
    let listener = tokio::net::TcpListener::bind(addr)
        .await
        .with_context(|| format!("FRID_METRICS_ADDR is {addr}, but nothing can listen there"))?;
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(())
}
