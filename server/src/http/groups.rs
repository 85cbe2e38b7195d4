//! What the leader of a group waits for, as server-sent events (HTML, 9.2): a line whenever anything has changed. The page
//! then asks for itself; nothing that anybody answered is in the stream.

use crate::clock;
use crate::courses::groups::StoredGroups;
use crate::portal::Portal;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::stream;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

/// How often it is looked, on whichever machine the leader is connected to.
const EVERY: Duration = Duration::from_millis(400);
/// So many looks, about a minute; the browser then asks again by itself, also of a program that has been replaced.
const LOOKS: u32 = 150;

/// What has been told, and how many looks are left.
struct Watch {
    groups: StoredGroups,
    token: String,
    told: Option<i64>,
    left: u32,
}

pub async fn changes(State(portal): State<Arc<Portal>>, Path(token): Path<String>) -> Response {
    let groups = StoredGroups(portal.db.clone());
    match groups.changes(&token, clock::now()).await {
        Ok(Some(_)) => {
            let watch = Watch { groups, token, told: None, left: LOOKS };
            // A proxy such as nginx would else hold the lines back until there are many.
            let unheld = (HeaderName::from_static("x-accel-buffering"), "no");
            let headers = [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-store"), unheld];
            (headers, Body::from_stream(stream::unfold(watch, next))).into_response()
        }
        // 204 tells the browser not to ask again.
        Ok(None) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => {
            tracing::error!(error = format!("{error:#}"), "a group cannot be read");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// Waits for the next change, and tells it.
async fn next(mut watch: Watch) -> Option<(Result<Bytes, Infallible>, Watch)> {
    loop {
        watch.left = watch.left.checked_sub(1)?;
        // Whoever cannot be read just now is asked again; of what has ended nothing more is told.
        if let Ok(now) = watch.groups.changes(&watch.token, clock::now()).await {
            let changes = now.unwrap_or(-1);
            if watch.told != Some(changes) {
                watch.told = Some(changes);
                return Some((Ok(Bytes::from(format!("retry: 1000\ndata: {changes}\n\n"))), watch));
            }
        }
        tokio::time::sleep(EVERY).await;
    }
}
