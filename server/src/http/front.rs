//! In front of everything: a page that is finished is answered here, in a few microseconds.

use super::door::refusal;
use super::pages::cache_key;
use crate::portal::Portal;
use axum::body::{Body, HttpBody};
use axum::http::request::Parts;
use axum::http::{Method, Request, Response};
use axum::{BoxError, Router};
use bytes::Bytes;
use futures::future::BoxFuture;
use hyper::body::Incoming;
use std::convert::Infallible;
use std::sync::Arc;
use tower::ServiceExt;

#[derive(Clone)]
pub struct Front {
    portal: Arc<Portal>,
    router: Router,
}

impl Front {
    pub fn new(portal: Arc<Portal>) -> Self {
        Self { router: super::router(Arc::clone(&portal)), portal }
    }

    /// One request, one answer; tests come in here, connections through `hyper`'s `Service`.
    pub async fn answer<B>(self, request: Request<B>) -> Response<Body>
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let (parts, body) = request.into_parts();
        if let Some(response) = self.finished(&parts).await {
            return response;
        }
        match self.router.oneshot(Request::from_parts(parts, Body::new(body))).await {
            Ok(response) => response,
            Err(never) => match never {},
        }
    }

    /// The finished page, if the request is one that the door would let pass and the page has been made.
    async fn finished(&self, request: &Parts) -> Option<Response<Body>> {
        if !matches!(request.method, Method::GET | Method::HEAD) || refusal(&self.portal, request).is_some() {
            return None;
        }
        let key = cache_key(&request.uri)?;
        let page = self.portal.snapshot().pages.get(&key).await?;
        ::metrics::counter!("frid_pages_total", "from" => "cache").increment(1);
        Some(page.answer(&request.method, &request.headers))
    }
}

impl hyper::service::Service<Request<Incoming>> for Front {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let front = self.clone();
        Box::pin(async move { Ok(front.answer(request).await) })
    }
}
