//! The door: refuses what is malformed or comes from somewhere else, and gives every answer its headers.

use super::{headers, pages, upload};
use crate::config::Config;
use crate::portal::Portal;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap};
use axum::http::request::Parts;
use axum::http::{Method, Response, StatusCode};
use axum::middleware::Next;
use http_body_util::Limited;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// Longest address that any page of ours could need.
const LONGEST_ADDRESS: usize = 4096;
/// Sum of names and values of a request's headers.
const MOST_HEADER_BYTES: usize = 16 * 1024;
/// No form of ours is larger, but for those that bring a file.
const LARGEST_BODY: usize = 2 * 1024 * 1024;
/// Longer than any page takes; a request that waits longer will not get better.
const PATIENCE: Duration = Duration::from_secs(30);
/// Twenty megabytes over a poor line at home.
const PATIENCE_WITH_FILES: Duration = Duration::from_secs(300);

/// Who is at the other end of the connection; laid into each request by `listen`.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// Why an answer without a body failed: for the log, never for the visitor. Laid into the response by those below.
#[derive(Debug, Clone)]
pub struct Cause(pub String);

pub async fn door(State(portal): State<Arc<Portal>>, request: Request, next: Next) -> Response<Body> {
    let (method, asked) = (request.method().clone(), request.headers().clone());
    // The path alone, and that only where an operator asks for it: neither query nor referrer nor address.
    let path = request.uri().path().to_owned();
    let (parts, body) = request.into_parts();
    let refused = refusal(&portal, &parts);
    let patience = if upload::brings_file(&parts) { PATIENCE_WITH_FILES } else { PATIENCE };
    // Whatever a request says of its length, no more of it is read.
    let largest = largest_body(&parts);
    let request = Request::from_parts(parts, Body::new(Limited::new(body, largest)));
    let response = match refused {
        Some(status) => bare(status, None),
        None => match tokio::time::timeout(patience, next.run(request)).await {
            Ok(response) => response,
            Err(_) => bare(503, Some(format!("no answer within {} seconds", patience.as_secs()))),
        },
    };
    let mut response = with_page(&portal, &method, &asked, response).await;
    headers::secure(response.headers_mut());
    let status = response.status();
    ::metrics::counter!("frid_responses_total", "status" => status.as_str().to_owned()).increment(1);
    tracing::debug!(%method, path, status = status.as_u16(), "answered");
    response
}

/// An answer that `with_page` will turn into a page.
fn bare(status: u16, cause: Option<String>) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Some(cause) = cause {
        response.extensions_mut().insert(Cause(cause));
    }
    response
}

/// An error without a body of its own (from the door, the router, or after a panic) becomes a page.
async fn with_page(portal: &Portal, method: &Method, asked: &HeaderMap, response: Response<Body>) -> Response<Body> {
    let status = response.status();
    let has_body = response.headers().contains_key(header::CONTENT_TYPE);
    if has_body || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let cause = response.extensions().get::<Cause>().map(|Cause(cause)| cause.as_str());
    let page = pages::failure(&portal.snapshot(), status.as_u16(), cause, asked).await;
    let mut page = page.answer(method, asked);
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
    let path = request.uri.path();
    if !path.starts_with('/') || !is_readable(path) {
        return Some(400);
    }
    let Some(host) = host(request) else { return Some(400) };
    // A probe of the machine itself asks by address.
    if path != "/healthz" && !is_ours(&portal.config, forwarded_host(&portal.config, request).unwrap_or(host)) {
        return Some(421);
    }
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > largest_body(request)) {
        return Some(413);
    }
    let safe = matches!(request.method, Method::GET | Method::HEAD | Method::OPTIONS);
    (!safe && !is_same_origin(&portal.config, headers)).then_some(403)
}

/// How much of a request is read. Who may send a file at all, and how large one is kept, is asked behind the door.
fn largest_body(request: &Parts) -> usize {
    if upload::brings_file(request) { upload::LARGEST_UPLOAD } else { LARGEST_BODY }
}

/// Percent-encoded UTF-8 without control characters, and no step in place or upwards.
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
    !text.contains(|c: char| c.is_control() || c == '\\') && !text.split('/').any(|step| matches!(step, "." | ".."))
}

/// The host that is asked for: of an absolute address, else of the one `Host` header. RFC 9112, 3.2.
fn host(request: &Parts) -> Option<&str> {
    if let Some(authority) = request.uri.authority() {
        return Some(authority.as_str());
    }
    let mut hosts = request.headers.get_all(header::HOST).iter();
    let only = hosts.next().filter(|_| hosts.next().is_none())?;
    only.to_str().ok()
}

/// What a proxy says the visitor asked for; believed only if the proxy is trusted.
fn forwarded_host<'a>(config: &Config, request: &'a Parts) -> Option<&'a str> {
    let Peer(peer) = request.extensions.get::<Peer>()?;
    let trusted = config.trusted_proxies.iter().any(|net| net.contains(peer.ip()));
    request.headers.get("x-forwarded-host").filter(|_| trusted)?.to_str().ok()
}

/// Our own name, or, while we listen to this machine only, any name of this machine.
fn is_ours(config: &Config, host: &str) -> bool {
    config.base_url.is_host(host) || (config.addr.ip().is_loopback() && is_this_machine(host))
}

fn is_this_machine(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.parse::<u16>().is_ok() => name,
        _ => host,
    };
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|own| name.eq_ignore_ascii_case(own))
}

/// A form or a fetch of our own page. Browsers say so themselves (Fetch Metadata); older ones name the origin.
fn is_same_origin(config: &Config, headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin";
    }
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(origin) = text(header::ORIGIN) else { return false };
    let here = || origin.strip_prefix("http://").filter(|here| text(header::HOST) == Some(here));
    origin.eq_ignore_ascii_case(config.base_url.as_str())
        || (config.addr.ip().is_loopback() && here().is_some_and(is_this_machine))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_path_is_readable_text_that_stays_inside() {
        for path in ["/", "/vagledning/freda", "/s%C3%B6k", "/pkg/frid.ab12.css", "/a..b"] {
            assert!(is_readable(path), "{path}");
        }
        for path in ["/%ff", "/%zz", "/%", "/a/../b", "/%2e%2e/etc/passwd", "/a%00b", "/..%5c", "/a%0d%0aX: y"] {
            assert!(!is_readable(path), "{path}");
        }
    }

    fn config(base_url: &str) -> Config {
        Config::read(None, [("FRID_BASE_URL".into(), base_url.into())].into_iter()).unwrap()
    }

    #[test]
    fn only_our_own_pages_may_change_anything() {
        let config = config("https://frid.example");
        let headers = |pairs: &[(&'static str, &'static str)]| -> HeaderMap {
            pairs.iter().map(|(n, v)| (header::HeaderName::from_static(n), HeaderValue::from_static(v))).collect()
        };
        assert!(is_same_origin(&config, &headers(&[("sec-fetch-site", "same-origin")])));
        assert!(is_same_origin(&config, &headers(&[("origin", "https://frid.example")])));
        assert!(is_same_origin(&config, &headers(&[("origin", "http://127.0.0.1:3000"), ("host", "127.0.0.1:3000")])));
        for foreign in [
            headers(&[]),
            headers(&[("sec-fetch-site", "same-site")]),
            headers(&[("sec-fetch-site", "cross-site"), ("origin", "https://frid.example")]),
            headers(&[("sec-fetch-site", "none")]),
            headers(&[("origin", "null"), ("host", "frid.example")]),
            headers(&[("origin", "http://frid.example"), ("host", "frid.example")]),
            headers(&[("origin", "https://frid.example:81"), ("host", "frid.example")]),
            headers(&[("origin", "http://127.0.0.1:4000"), ("host", "127.0.0.1:3000")]),
            headers(&[("host", "frid.example")]),
        ] {
            assert!(!is_same_origin(&config, &foreign), "{foreign:?}");
        }
    }

    #[test]
    fn our_host_has_a_default_port_and_no_capitals() {
        let config = config("https://frid.example:443");
        for ours in ["frid.example", "FRID.example", "frid.example:443", "localhost:3000", "[::1]:3000"] {
            assert!(is_ours(&config, ours), "{ours}");
        }
        for foreign in ["frid.example:80", "ond.example", "frid.example.ond.example", "127.0.0.1.ond.example", ""] {
            assert!(!is_ours(&config, foreign), "{foreign}");
        }
    }
}
