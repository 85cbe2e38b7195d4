//! `/media/{id}/{name}`: a file for a reader. Nobody counts or notes who reads it.

use super::door::Cause;
use super::negotiate::is_fresh;
use crate::media::{Served, served};
use crate::portal::Portal;
use anyhow::Result;
use app::media::address::Address;
use app::routes::paths;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Response, StatusCode};
use std::fmt::Write;
use std::sync::Arc;

/// What is downloaded may do nothing, even if a browser should open it.
const POWERLESS: &str = "sandbox; default-src 'none'";

/// Errors have no body here: the door makes pages of them.
pub async fn file(
    State(portal): State<Arc<Portal>>,
    Path((id, name)): Path<(String, String)>,
    asked: HeaderMap,
) -> Response<Body> {
    let found = match Address::parse(&paths::media(&id, &name)) {
        Some(_) => served(&portal.db, &id).await,
        // What could be no address of ours is not looked for.
        None => Ok(None),
    };
    let answer = match found {
        Ok(Some(file)) if file.name == name && file.bytes.is_none() => Ok(bare(StatusCode::GONE)),
        Ok(Some(file)) if file.name == name => answer(file, &id, &asked),
        Ok(_) => Ok(bare(StatusCode::NOT_FOUND)),
        Err(error) => Err(error),
    };
    answer.unwrap_or_else(|error| {
        let mut response = bare(StatusCode::INTERNAL_SERVER_ERROR);
        response.extensions_mut().insert(Cause(format!("{error:#}")));
        response
    })
}

fn answer(file: Served, id: &str, asked: &HeaderMap) -> Result<Response<Body>> {
    let mut response = bare(StatusCode::OK);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.kind.mime()));
    // What lies at an address never changes: a file that is changed is another file.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    let etag = HeaderValue::from_str(&format!("\"{id}\""))?;
    headers.insert(header::ETAG, etag.clone());
    if !file.kind.is_picture() {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POWERLESS));
        headers.insert(header::CONTENT_DISPOSITION, attachment(&file)?);
    }
    if is_fresh(asked, &etag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Ok(response);
    }
    let bytes = file.bytes.unwrap_or_default();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    *response.body_mut() = Body::from(bytes);
    Ok(response)
}

/// Saved under the name that people call it by, as RFC 8187 writes what is not ASCII; older programs take our own.
fn attachment(file: &Served) -> Result<HeaderValue> {
    let mut name = String::new();
    for byte in format!("{}.{}", file.called, file.kind.extension()).bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => name.push(char::from(byte)),
            other => write!(name, "%{other:02X}")?,
        }
    }
    Ok(HeaderValue::from_str(&format!("attachment; filename=\"{}\"; filename*=UTF-8''{name}", file.name))?)
}

fn bare(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
