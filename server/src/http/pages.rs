//! Pages: rendered by Leptos, on the server, whole.

use super::door::Cause;
use super::headers;
use super::negotiate::Encoding;
use super::page_cache::{Page, Use};
use crate::portal::{Portal, Snapshot};
use crate::{assets, clock};
use anyhow::{Context, Result, anyhow};
use app::errors::{Failure, FailurePage};
use app::routes::{self, paths};
use app::status::{Outcome, Parts};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Method, Response, StatusCode, Uri};
use futures::StreamExt;
use leptos::prelude::*;
use std::any::Any;
use std::borrow::Cow;
use std::sync::{Arc, Once, OnceLock};
use tokio::sync::Semaphore;

/// The fallback of the router: every page of the portal.
pub async fn page(State(portal): State<Arc<Portal>>, request: Request) -> Response<Body> {
    let (method, uri, headers) = (request.method(), request.uri(), request.headers());
    let snapshot = portal.snapshot();
    if !matches!(*method, Method::GET | Method::HEAD) {
        let mut refused = failure(&snapshot, 405, None, headers).await.answer(method, headers);
        refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return refused;
    }
    match cache_key(uri) {
        Some(key) => {
            let make = made(&snapshot, key.as_ref(), Use::Kept, headers);
            snapshot.pages.get_or_make(key.as_ref(), make).await.answer(method, headers)
        }
        None => {
            let address = uri.path_and_query().map_or("/", |whole| whole.as_str());
            let page = made(&snapshot, address, Use::Once(Encoding::best(headers)), headers).await;
            let mut answer = page.answer(method, headers);
            // What somebody typed stays out of the browser's cache too.
            answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            answer
        }
    }
}

/// Path and meaningful query; `None` for pages that depend on what somebody typed, which are never kept.
pub fn cache_key(uri: &Uri) -> Option<Cow<'_, str>> {
    let (path, query) = (uri.path(), uri.query().unwrap_or(""));
    if query.is_empty() {
        return Some(Cow::Borrowed(path));
    }
    let place = |path: &str| path.trim_end_matches('/').to_owned();
    let typed = [paths::SEARCH, paths::GLOSSARY].into_iter().any(|asks| place(asks) == place(path))
        || paths::holds_unreadable_day(path, query);
    (!typed).then(|| match paths::meaningful_query(path, query) {
        Some(query) => Cow::Owned(format!("{path}?{query}")),
        None => Cow::Borrowed(path),
    })
}

/// The page at an address, whatever happens: failing to make it makes a failure page.
async fn made(snapshot: &Arc<Snapshot>, address: &str, how: Use, asked: &HeaderMap) -> Arc<Page> {
    match try_made(snapshot, address, how, asked).await {
        Ok(page) => Arc::new(page),
        Err(error) => failure(snapshot, 500, Some(&format!("{error:#}")), asked).await,
    }
}

async fn try_made(snapshot: &Arc<Snapshot>, address: &str, how: Use, asked: &HeaderMap) -> Result<Page> {
    let (html, parts) = render(snapshot, address.to_owned(), routes::Portal).await?;
    if let Some(to) = redirect(address, &parts) {
        return moved(&to);
    }
    let status = parts.status.unwrap_or(200);
    if status == 200 {
        return finish(html, status, how).await;
    }
    // Addresses that do not exist are without number: their pages are made for one answer only.
    tracing::info!(error_id = parts.error_id, status, "there is no such page");
    finish(html, status, Use::Once(Encoding::best(asked))).await
}

/// Where a request must go instead: the page has moved, or has another spelling.
fn redirect(address: &str, parts: &Parts) -> Option<String> {
    if let Some(to) = &parts.moved_to {
        return Some(to.clone());
    }
    let (path, query) = address.split_once('?').map_or((address, None), |(path, query)| (path, Some(query)));
    let canonical = parts.canonical.as_ref().filter(|_| parts.status.is_none())?;
    let canonical_path = canonical.split('?').next().unwrap_or(canonical);
    (canonical_path != path).then(|| match query {
        Some(query) => format!("{canonical_path}?{query}"),
        None => canonical_path.to_owned(),
    })
}

fn moved(to: &str) -> Result<Page> {
    let headers = HeaderMap::from_iter([(header::LOCATION, HeaderValue::from_str(to)?)]);
    Page::new(StatusCode::PERMANENT_REDIRECT, String::new(), headers, Use::Once(Encoding::Identity))
}

/// A page for a refusal or a failure, in the portal's own shell. Logged once, here, under the id that the visitor sees.
pub async fn failure(snapshot: &Arc<Snapshot>, status: u16, cause: Option<&str>, asked: &HeaderMap) -> Arc<Page> {
    let view = move || view! { <FailurePage failure=Failure::new(status) /> };
    let page = match render(snapshot, "/".into(), view).await {
        Ok((html, parts)) => {
            let error_id = parts.error_id;
            match cause {
                Some(cause) => tracing::error!(error_id, status, cause, "a request failed"),
                None => tracing::info!(error_id, status, "a request was refused"),
            }
            finish(html, status, Use::Once(Encoding::best(asked))).await
        }
        Err(error) => Err(error),
    };
    Arc::new(page.unwrap_or_else(|error| {
        tracing::error!(error = format!("{error:#}"), cause, "not even the failure page could be made");
        last_resort()
    }))
}

/// What `CatchPanicLayer` answers; the door turns its empty body into a page.
pub fn panicked(_panic: Box<dyn Any + Send>) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response.extensions_mut().insert(Cause(PANICKED.to_owned()));
    response
}

/// Not the panic's own words: they may quote what a visitor typed. `main` logs the place.
const PANICKED: &str = "a panic; its place was logged just before";

/// "7F3A-19C2": short enough to be read aloud.
fn error_id() -> String {
    let id = clock::new_id().to_uppercase();
    format!("{}-{}", &id[..4], &id[4..8])
}

/// A page for one answer alone, which nobody else may see: neither kept nor compressed, so that its length tells
/// nothing of what it holds.
pub async fn private<V: IntoView + 'static>(
    snapshot: &Arc<Snapshot>,
    view: impl FnOnce() -> V + Send + 'static,
    mut headers: HeaderMap,
) -> Result<Page> {
    let (html, parts) = render(snapshot, "/".into(), view).await?;
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    finish_with(html, parts.status.unwrap_or(200), headers, Use::Once(Encoding::Identity)).await
}

/// Renders a view with the snapshot's services, in a task of its own so that a panic is only this answer's.
async fn render<V>(
    snapshot: &Arc<Snapshot>,
    address: String,
    view: impl FnOnce() -> V + Send + 'static,
) -> Result<(String, Parts)>
where
    V: IntoView + 'static,
{
    static START: Once = Once::new();
    START.call_once(|| drop(any_spawner::Executor::init_tokio()));

    let turn = turns().acquire_owned().await?;
    let outcome = Outcome::new(error_id());
    let context = {
        let (services, outcome) = (snapshot.services.clone(), outcome.clone());
        move || {
            provide_context(services.clone());
            provide_context(outcome.clone());
        }
    };
    let request = Request::builder().uri(address).body(Body::empty()).context("the address cannot be rendered")?;
    let shell = move || {
        if let Some(shared) = Owner::current_shared_context() {
            // No page is hydrated as a whole; islands wake by themselves.
            shared.set_is_hydrating(false);
        }
        view()
    };
    let rendering = tokio::spawn(async move {
        let response = leptos_axum::handle_response_inner(context, shell, request, |app, _data, _| {
            Box::pin(async move {
                let html: String = app.to_html_stream_in_order().collect().await;
                Box::pin(futures::stream::once(async { html })) as _
            })
        });
        let bytes = axum::body::to_bytes(response.await.into_body(), usize::MAX).await;
        drop(turn);
        bytes
    });
    let bytes = match rendering.await {
        Ok(bytes) => bytes?,
        Err(stopped) if stopped.is_panic() => return Err(anyhow!(PANICKED)),
        Err(stopped) => return Err(stopped.into()),
    };
    Ok((String::from_utf8(bytes.into())?, outcome.parts()))
}

/// Rendering is work for a processor: more pages at once than there are processors only take memory from each other.
fn turns() -> Arc<Semaphore> {
    static TURNS: OnceLock<Arc<Semaphore>> = OnceLock::new();
    let at_once = || 2 * std::thread::available_parallelism().map_or(1, usize::from);
    Arc::clone(TURNS.get_or_init(|| Arc::new(Semaphore::new(at_once()))))
}

/// Gives a rendered page its loader, if it holds an island, and compresses it.
async fn finish(html: String, status: u16, how: Use) -> Result<Page> {
    finish_with(html, status, HeaderMap::new(), how).await
}

async fn finish_with(html: String, status: u16, mut headers: HeaderMap, how: Use) -> Result<Page> {
    let status = StatusCode::from_u16(status)?;
    let html = if html.contains("<leptos-island") {
        headers::allow_islands(&mut headers);
        // Leptos' short mark is read as the same comment, but it is not valid HTML.
        with_loader(html.replace("<!>", "<!---->"))
    } else {
        // Marks that only waking islands would need.
        html.replace("<!>", "")
    };
    if status != StatusCode::OK {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    let turn = turns().acquire_owned().await?;
    // A millisecond or more of compression would hold up other answers.
    tokio::task::spawn_blocking(move || {
        let page = Page::new(status, html, headers, how);
        drop(turn);
        page
    })
    .await?
}

fn with_loader(html: String) -> String {
    if assets::ISLANDS.is_empty() {
        return html;
    }
    let loader = format!("<script type=\"module\" src=\"{}\"></script></head>", assets::ISLANDS);
    html.replacen("</head>", &loader, 1)
}

/// Without Leptos, without the library: a few bytes that still help.
fn last_resort() -> Page {
    let html = "<!DOCTYPE html><html lang=\"sv\"><head><meta charset=\"utf-8\"><title>Fel</title></head><body><main>\
                <h1>Något gick fel hos oss</h1><p>Försök igen om en stund. Vid akut fara: ring <a href=\"tel:112\">112</a>. \
                Kvinnofridslinjen: <a href=\"tel:+4620505050\">020-50 50 50</a>.</p></main></body></html>";
    match Page::new(StatusCode::INTERNAL_SERVER_ERROR, html.into(), HeaderMap::new(), Use::Once(Encoding::Identity)) {
        Ok(page) => page,
        Err(error) => panic!("a constant makes a page: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(uri: &str) -> Option<String> {
        cache_key(&uri.parse().unwrap()).map(Cow::into_owned)
    }

    #[test]
    fn pages_are_kept_by_path_and_meaningful_query_only() {
        assert_eq!(key("/vagledning/freda?utm_source=x").as_deref(), Some("/vagledning/freda"));
        assert_eq!(key("/vagledning/?x=1&malgrupp=skola").as_deref(), Some("/vagledning/?malgrupp=skola"));
        assert_eq!(key("/sok?q=hemligt"), None);
        assert_eq!(key("/ordlista/?q=hemligt"), None);
    }

    #[test]
    fn another_spelling_of_an_address_leads_to_the_canonical_one() {
        let parts = |canonical: &str| Parts { canonical: Some(canonical.into()), ..Parts::default() };
        assert_eq!(redirect("/om", &parts("/om/")).as_deref(), Some("/om/"));
        assert_eq!(
            redirect("/vagledning?malgrupp=skola", &parts("/vagledning/?malgrupp=skola")).as_deref(),
            Some("/vagledning/?malgrupp=skola")
        );
        assert_eq!(redirect("/om/", &parts("/om/")), None);
        assert_eq!(redirect("/sok?q=x", &parts("/sok")), None);
    }
}
