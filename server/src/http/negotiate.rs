//! Which of the prepared encodings a client takes, and whether it has the page already. RFC 9110, 12.5.3 and 13.1.2.

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_ENCODING, HeaderValue, IF_NONE_MATCH};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Identity,
    Gzip,
    Brotli,
}

impl Encoding {
    /// The smallest that the client takes.
    pub fn best(headers: &HeaderMap) -> Self {
        let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
        let takes = |name: &str| {
            accepted.split(',').any(|offer| {
                let (coding, weight) = offer.split_once(';').unwrap_or((offer, ""));
                let refused = weight.trim().strip_prefix("q=").is_some_and(|q| q.trim().parse() == Ok(0.0));
                coding.trim().eq_ignore_ascii_case(name) && !refused
            })
        };
        if takes("br") {
            Self::Brotli
        } else if takes("gzip") {
            Self::Gzip
        } else {
            Self::Identity
        }
    }

    pub fn header(self) -> Option<HeaderValue> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some(HeaderValue::from_static("gzip")),
            Self::Brotli => Some(HeaderValue::from_static("br")),
        }
    }
}

/// Does the client hold this very entity?
pub fn is_fresh(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    let (Some(Ok(held)), Ok(etag)) = (headers.get(IF_NONE_MATCH).map(HeaderValue::to_str), etag.to_str()) else {
        return false;
    };
    held.trim() == "*" || held.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(accept: &'static str) -> Encoding {
        Encoding::best(&HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(accept))]))
    }

    #[test]
    fn the_smallest_accepted_encoding_is_chosen() {
        assert_eq!(best("gzip, deflate, br, zstd"), Encoding::Brotli);
        assert_eq!(best("gzip;q=1.0, br;q=0"), Encoding::Gzip);
        assert_eq!(best("deflate"), Encoding::Identity);
        assert_eq!(best("brotli-ish"), Encoding::Identity);
        assert_eq!(Encoding::best(&HeaderMap::new()), Encoding::Identity);
    }

    #[test]
    fn a_client_that_holds_the_page_is_told_so() {
        let held = |tags: &'static str| HeaderMap::from_iter([(IF_NONE_MATCH, HeaderValue::from_static(tags))]);
        let etag = HeaderValue::from_static("\"abc\"");
        assert!(is_fresh(&held("\"x\", W/\"abc\""), &etag) && is_fresh(&held("*"), &etag));
        assert!(!is_fresh(&held("\"abcd\""), &etag) && !is_fresh(&HeaderMap::new(), &etag));
    }
}
