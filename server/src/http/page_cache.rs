//! Finished pages: bytes, plain and compressed, with their headers. One render at a time for each page.

use super::headers;
use super::negotiate::{Encoding, is_fresh};
use anyhow::Result;
use axum::body::Body;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Method, Response, StatusCode};
use bytes::Bytes;
use moka::future::Cache;
use sha2::{Digest, Sha256};
use std::future::Future;
use std::io::Write;
use std::sync::Arc;

/// Pages of one generation, by path and meaningful query.
pub struct PageCache(Cache<String, Arc<Page>>);

/// Addresses that exist are few; this bounds what a mistake could cost.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

impl PageCache {
    #[expect(clippy::new_without_default, reason = "an empty cache is made on purpose, once per generation")]
    pub fn new() -> Self {
        let weigh = |key: &String, page: &Arc<Page>| u32::try_from(key.len() + page.size()).unwrap_or(u32::MAX);
        Self(Cache::builder().max_capacity(MOST_BYTES).weigher(weigh).build())
    }

    pub async fn get(&self, key: &str) -> Option<Arc<Page>> {
        self.0.get(key).await
    }

    /// The page at `key`, made by `make` if nobody has; who asks meanwhile waits for the same page.
    /// Only an ordinary page (200) is kept.
    pub async fn get_or_make(&self, key: &str, make: impl Future<Output = Arc<Page>>) -> Arc<Page> {
        let kept = self.0.try_get_with_by_ref(key, async {
            let page = make.await;
            if page.status == StatusCode::OK { Ok(page) } else { Err(page) }
        });
        kept.await.unwrap_or_else(|page: Arc<Arc<Page>>| Arc::clone(&page))
    }
}

/// What a page is made for, and so how hard it is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// For many answers: in every encoding, small.
    Kept,
    /// For one answer, in one encoding, quickly.
    Once(Encoding),
}

/// One page, finished.
#[derive(Debug)]
pub struct Page {
    pub status: StatusCode,
    identity: Variant,
    gzip: Option<Variant>,
    brotli: Option<Variant>,
}

#[derive(Debug)]
struct Variant {
    body: Bytes,
    headers: HeaderMap,
    etag: HeaderValue,
}

impl Page {
    /// Compresses `html`; `headers` are those that set this page apart. All others are added.
    pub fn new(status: StatusCode, html: String, headers: HeaderMap, how: Use) -> Result<Self> {
        let html = Bytes::from(html);
        let hash: String = Sha256::digest(&html).iter().take(9).map(|byte| format!("{byte:02x}")).collect();
        let variant = |encoding: Encoding, body: Bytes| Variant::new(encoding, body, &hash, headers.clone());
        let (gzip_level, brotli_level) = match how {
            // Quality 9 of 11: within a few percent of the smallest, at a tenth of the time a first visitor would wait.
            Use::Kept => (Some(9), Some(9)),
            Use::Once(Encoding::Gzip) => (Some(5), None),
            Use::Once(Encoding::Brotli) => (None, Some(4)),
            Use::Once(Encoding::Identity) => (None, None),
        };
        let gzip = gzip_level.map(|level| variant(Encoding::Gzip, gzip(&html, level)?)).transpose()?;
        let brotli = brotli_level.map(|level| variant(Encoding::Brotli, brotli(&html, level)?)).transpose()?;
        Ok(Self { status, identity: variant(Encoding::Identity, html)?, gzip, brotli })
    }

    /// The answer to one request: full, without its body (HEAD), or 304.
    pub fn answer(&self, method: &Method, request: &HeaderMap) -> Response<Body> {
        let wanted = match Encoding::best(request) {
            Encoding::Identity => None,
            Encoding::Gzip => self.gzip.as_ref(),
            Encoding::Brotli => self.brotli.as_ref().or(self.gzip.as_ref()),
        };
        let variant = wanted.unwrap_or(&self.identity);
        let fresh = self.status == StatusCode::OK && is_fresh(request, &variant.etag);
        let body = if fresh || method == Method::HEAD { Body::empty() } else { Body::from(variant.body.clone()) };
        let mut response = Response::new(body);
        *response.headers_mut() = variant.headers.clone();
        *response.status_mut() = self.status;
        if fresh {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            response.headers_mut().remove(header::CONTENT_LENGTH);
        }
        response
    }

    fn size(&self) -> usize {
        let size = |variant: &Option<Variant>| variant.as_ref().map_or(0, |variant| variant.body.len());
        self.identity.body.len() + size(&self.gzip) + size(&self.brotli)
    }
}

impl Variant {
    fn new(encoding: Encoding, body: Bytes, hash: &str, mut headers: HeaderMap) -> Result<Self> {
        let suffix = match encoding {
            Encoding::Identity => "",
            Encoding::Gzip => "-gz",
            Encoding::Brotli => "-br",
        };
        let etag = HeaderValue::from_str(&format!("\"{hash}{suffix}\""))?;
        headers.insert(header::ETAG, etag.clone());
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        // Ask each time, and be told "unchanged": what is published is seen at once.
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
        if let Some(coding) = encoding.header() {
            headers.insert(header::CONTENT_ENCODING, coding);
        }
        headers::secure(&mut headers);
        Ok(Self { body, headers, etag })
    }
}

fn gzip(bytes: &[u8], level: u32) -> Result<Bytes> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(level));
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.into())
}

fn brotli(bytes: &[u8], quality: u32) -> Result<Bytes> {
    // A window of 256 kB holds any page of ours; a larger one only takes memory.
    const WINDOW: u32 = 18;
    let mut compressed = Vec::new();
    brotli::CompressorWriter::new(&mut compressed, 4096, quality, WINDOW).write_all(bytes)?;
    Ok(compressed.into())
}
