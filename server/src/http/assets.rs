//! `/pkg/…`: files whose names change when they do, so that browsers keep them for ever.

use super::negotiate::Encoding;
use crate::assets::{ASSETS, Asset, CHECK_IN_OFFLINE, FAVICON};
use app::routes::paths;
use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Response, StatusCode};
use bytes::Bytes;

pub async fn file(Path(file): Path<String>, headers: HeaderMap) -> Response<Body> {
    match ASSETS.iter().find(|asset| asset.path.strip_prefix("/pkg/") == Some(&file)) {
        Some(asset) => answer(asset, &headers, "public, max-age=31536000, immutable"),
        None => not_found(),
    }
}

/// Browsers ask for this address by habit, whatever the page says.
pub async fn favicon(headers: HeaderMap) -> Response<Body> {
    match ASSETS.iter().find(|asset| asset.path == FAVICON) {
        Some(asset) => answer(asset, &headers, "public, max-age=86400"),
        None => not_found(),
    }
}

fn answer(asset: &'static Asset, asked: &HeaderMap, keep: &'static str) -> Response<Body> {
    let encoding = Encoding::best(asked);
    let bytes = match encoding {
        Encoding::Identity => asset.identity,
        Encoding::Gzip => asset.gzip,
        Encoding::Brotli => asset.brotli,
    };
    let mut response = Response::new(Body::from(Bytes::from_static(bytes)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.mime));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if asset.path == CHECK_IN_OFFLINE {
        // It answers for the door's pages, and for nothing else (Service Workers, 7.3).
        headers.insert("service-worker-allowed", HeaderValue::from_static(paths::DOORS));
    }
    if let Some(coding) = encoding.header() {
        headers.insert(header::CONTENT_ENCODING, coding);
    }
    response
}

/// Without a body: the door makes a page of it.
fn not_found() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}
