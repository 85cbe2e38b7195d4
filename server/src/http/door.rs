//! The door: refuses what is malformed or comes from somewhere else, and gives every answer its headers.

use super::{headers, pages};
use crate::config::Config;
use crate::portal::Portal;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::request::Parts;
use axum::http::{Method, Response};
use axum::middleware::Next;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// Longest address that any page of ours could need.
const LONGEST_ADDRESS: usize = 4096;
/// Sum of names and values of a request's headers.
const MOST_HEADER_BYTES: usize = 16 * 1024;
/// No form of ours is larger.
const LARGEST_BODY: u64 = 2 * 1024 * 1024;
/// Longer than any page takes; a request that waits longer will not get better.
const PATIENCE: Duration = Duration::from_secs(30);

/// Who is at the other end of the connection; laid into each request by `listen`.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

pub async fn door(State(portal): State<Arc<Portal>>, request: Request, next: Next) -> Response<Body> {
    let (method, asked) = (request.method().clone(), request.headers().clone());
    // Neither query nor referrer nor address: what somebody read is nobody's business.
    let path = request.uri().path().to_owned();
    let (parts, body) = request.into_parts();
    let refused = refusal(&portal, &parts);
    let request = Request::from_parts(parts, body);
    let response = match refused {
        Some(status) => pages::failure(&portal.snapshot(), status, None).await.answer(&method, &asked),
        None => match tokio::time::timeout(PATIENCE, next.run(request)).await {
            Ok(response) => response,
            Err(_) => pages::failure(&portal.snapshot(), 503, None).await.answer(&method, &asked),
        },
    };
    let mut response = with_page(&portal, &method, &asked, response).await;
    headers::secure(response.headers_mut());
    let status = response.status();
    ::metrics::counter!("frid_responses_total", "status" => status.as_str().to_owned()).increment(1);
    tracing::debug!(%method, path, status = status.as_u16(), "answered");
    response
}

/// An error without a body of its own (from the router, or after a panic) becomes a page.
async fn with_page(portal: &Portal, method: &Method, asked: &HeaderMap, response: Response<Body>) -> Response<Body> {
    let status = response.status();
    let has_body = response.headers().contains_key(header::CONTENT_TYPE);
    if has_body || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let id = status.is_server_error().then(pages::error_id);
    if let Some(id) = &id {
        tracing::error!(error_id = id, status = status.as_u16(), "a request failed");
    }
    let mut page = pages::failure(&portal.snapshot(), status.as_u16(), id).await.answer(method, asked);
    if let Some(allow) = response.headers().get(header::ALLOW) {
        page.headers_mut().insert(header::ALLOW, allow.clone());
    }
    page
}

/// The status with which a request is refused before anyone looks at what it asks for.
pub fn refusal(portal: &Portal, request: &Parts) -> Option<u16> {
    let headers = &request.headers;
    let address = request.uri.path_and_query().map_or("", |whole| whole.as_str());
    if address.len() > LONGEST_ADDRESS {
        return Some(414);
    }
    if headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum::<usize>() > MOST_HEADER_BYTES {
        return Some(431);
    }
    if !is_readable(request.uri.path()) {
        return Some(400);
    }
    // A probe of the machine itself asks by address.
    if request.uri.path() != "/healthz" && !is_our_host(&portal.config, request) {
        return Some(421);
    }
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if length.is_some_and(|length| length > LARGEST_BODY) {
        return Some(413);
    }
    let safe = matches!(request.method, Method::GET | Method::HEAD | Method::OPTIONS);
    (!safe && !is_same_origin(headers)).then_some(403)
}

/// Percent-encoded UTF-8 without control characters, and no step upwards.
fn is_readable(path: &str) -> bool {
    let bytes = path.as_bytes();
    if !bytes.iter().any(|byte| matches!(byte, b'%' | b'.' | b'\\')) {
        return true;
    }
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, tail)) = rest.split_first() {
        rest = tail;
        if *first != b'%' {
            decoded.push(*first);
            continue;
        }
        let digits = tail.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match digits.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => decoded.push(byte),
            None => return false,
        }
        rest = &tail[2..];
    }
    let Ok(text) = String::from_utf8(decoded) else { return false };
    !text.contains(|c: char| c.is_control() || c == '\\') && !text.split('/').any(|step| step == "..")
}

/// Asked for under our own name, or on this machine's own address. A proxy's word counts only if it is trusted.
fn is_our_host(config: &Config, request: &Parts) -> bool {
    let from_trusted = request
        .extensions
        .get::<Peer>()
        .is_some_and(|Peer(peer)| config.trusted_proxies.iter().any(|net| net.contains(peer.ip())));
    let forwarded = request.headers.get("x-forwarded-host").filter(|_| from_trusted);
    let Some(host) = forwarded.or_else(|| request.headers.get(header::HOST)).and_then(|host| host.to_str().ok()) else {
        return false;
    };
    let name = |authority: &str| {
        authority
            .rsplit_once(':')
            .map_or(authority, |(name, port)| match port.parse::<u16>() {
                Ok(_) => name,
                Err(_) => authority,
            })
            .to_ascii_lowercase()
    };
    host.eq_ignore_ascii_case(config.base_url.authority())
        || (config.addr.ip().is_loopback() && matches!(name(host).as_str(), "127.0.0.1" | "localhost" | "[::1]"))
}

/// A form or a fetch of our own page. Browsers say so themselves (Fetch Metadata); older ones name the origin.
fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name: header::HeaderName| headers.get(name).map(HeaderValue::as_bytes);
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin";
    }
    let (Some(origin), Some(host)) = (text(header::ORIGIN), text(header::HOST)) else { return false };
    [b"https://".as_slice(), b"http://"]
        .iter()
        .any(|scheme| origin.strip_prefix(*scheme).is_some_and(|authority| authority.eq_ignore_ascii_case(host)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_readable_text_that_stays_inside() {
        for path in ["/", "/vagledning/freda", "/s%C3%B6k", "/pkg/frid.ab12.css", "/a..b"] {
            assert!(is_readable(path), "{path}");
        }
        for path in ["/%ff", "/%zz", "/%", "/a/../b", "/%2e%2e/etc/passwd", "/a%00b", "/..%5c", "/a%0d%0aX: y"] {
            assert!(!is_readable(path), "{path}");
        }
    }

    #[test]
    fn only_our_own_pages_may_change_anything() {
        let headers = |pairs: &[(&'static str, &'static str)]| -> HeaderMap {
            pairs.iter().map(|(n, v)| (header::HeaderName::from_static(n), HeaderValue::from_static(v))).collect()
        };
        assert!(is_same_origin(&headers(&[("sec-fetch-site", "same-origin")])));
        assert!(is_same_origin(&headers(&[("origin", "http://frid.example"), ("host", "frid.example")])));
        for foreign in [
            headers(&[]),
            headers(&[("sec-fetch-site", "same-site")]),
            headers(&[("sec-fetch-site", "cross-site"), ("origin", "http://frid.example"), ("host", "frid.example")]),
            headers(&[("sec-fetch-site", "none")]),
            headers(&[("origin", "null"), ("host", "frid.example")]),
            headers(&[("origin", "http://frid.example:81"), ("host", "frid.example")]),
            headers(&[("host", "frid.example")]),
        ] {
            assert!(!is_same_origin(&foreign), "{foreign:?}");
        }
    }
}
