//! Asking a provider: encrypted, quickly, and of the provider alone. No redirect is followed, and no more is read than
//! any provider has to say: what answers may be another than it should be.

use crate::config::providers::is_sealed;
use anyhow::{Context, Error, Result, bail};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// A person waits meanwhile, for up to four answers after each other.
const PATIENCE: Duration = Duration::from_secs(5);
/// Keys with their certificates are the longest answer there is, and take a few dozen kilobytes.
const LARGEST_ANSWER: usize = 256 * 1024;

#[derive(Debug, Clone)]
pub struct Http(Client<HttpsConnector<HttpConnector>, Full<Bytes>>);

impl Http {
    pub fn new() -> Result<Self> {
        let connector = HttpsConnectorBuilder::new()
            .with_native_roots()
            .context(
                "this machine has no certificates to trust a provider by; Debian's are in the package ca-certificates",
            )?
            .https_or_http()
            .enable_http1()
            .build();
        // A connection kept for the next sign-in would be closed by then, more often than not.
        Ok(Self(Client::builder(TokioExecutor::new()).pool_max_idle_per_host(0).build(connector)))
    }

    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, NoAnswer> {
        if !is_sealed(request.uri()) {
            return Err(NoAnswer("its address is neither https:// nor on this machine".into()));
        }
        match tokio::time::timeout(PATIENCE, self.whole(request)).await {
            Ok(answer) => answer.map_err(|error| NoAnswer(format!("{error:#}"))),
            Err(_) => Err(NoAnswer(format!("no answer within {} seconds", PATIENCE.as_secs()))),
        }
    }

    async fn whole(&self, request: HttpRequest) -> Result<HttpResponse> {
        let response = self.0.request(request.map(|body| Full::new(body.into()))).await?;
        let (head, body) = response.into_parts();
        // What is refused has a status of its own (RFC 6749, 5.2); all else is no answer at all.
        if !head.status.is_success() && !head.status.is_client_error() {
            bail!("it answered with {}", head.status.as_u16());
        }
        let body = Limited::new(body, LARGEST_ANSWER).collect().await.map_err(Error::from_boxed)?.to_bytes();
        Ok(HttpResponse::from_parts(head, body.to_vec()))
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = NoAnswer;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, NoAnswer>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}

/// Why there is no answer, for the log.
#[derive(Debug)]
pub struct NoAnswer(String);

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NoAnswer {}
