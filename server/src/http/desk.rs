//! Pages behind the sign-in: from a request to what the page is asked, and from its answer to a response.

use super::cookies::Cookie;
use super::door::{Cause, Peer};
use super::headers;
use super::pages;
use super::upload;
use crate::accounts::sessions;
use crate::clock;
use crate::config::Config;
use crate::portal::Portal;
use anyhow::{Context, Result};
use app::desk::{Answer, Answering, Asked, Download, Fields, Method, Page, Sent, Stop};
use app::errors::{Failure, FailurePage};
use app::routes::{self, desk};
use app::viewer::{Refusal, Viewer};
use axum::Router;
use axum::body::Body;
use axum::extract::{RawPathParams, Request, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Response, StatusCode, Uri};
use axum::routing::{MethodRouter, get, post};
use http_body_util::BodyExt;
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The list of [`routes::desk`], as the router takes it. A place without its slash leads to the place.
pub fn routes() -> Router<Arc<Portal>> {
    let mut router = Router::new();
    let mut places: BTreeMap<&str, MethodRouter<Arc<Portal>>> = BTreeMap::new();
    for route in routes::desk() {
        let handler = move |State(portal): State<Arc<Portal>>, parts: RawPathParams, request: Request| async move {
            let parts = Fields::new(parts.iter().map(|(name, value)| (name.to_owned(), value.to_owned())));
            answer(&portal, route.answer, parts, request).await
        };
        let known = places.remove(route.path).unwrap_or_default();
        places.insert(
            route.path,
            known.merge(match route.method {
                Method::Get => get(handler),
                Method::Post => post(handler),
            }),
        );
    }
    for (path, methods) in places {
        router = router.route(path, methods);
        if let Some(without) = path.strip_suffix('/') {
            router = router.route(without, get(|uri: Uri| async move { moved(&uri) }));
        }
    }
    router
}

async fn answer(portal: &Arc<Portal>, run: fn(Asked) -> Answering, parts: Fields, request: Request) -> Response<Body> {
    let (method, asked_headers) = (request.method().clone(), request.headers().clone());
    match try_answer(portal, run, parts, request).await {
        Ok(Reply::Page(page)) => page.answer(&method, &asked_headers),
        Ok(Reply::Bare(status, headers)) => {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = status;
            *response.headers_mut() = headers;
            response
        }
        Ok(Reply::Json(text)) => {
            let mut response = Response::new(Body::from(text));
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Ok(Reply::File(file)) => download(file),
        Err(error) => {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            response.extensions_mut().insert(Cause(format!("{error:#}")));
            response
        }
    }
}

/// A file that is never opened in the page, and that no cache keeps.
fn download(Download { name, mime, bytes }: Download) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let plain: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.')).collect();
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{plain}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

enum Reply {
    Page(Box<super::page_cache::Page>),
    Json(String),
    File(Download),
    /// A redirect, or an error that the door makes a page of.
    Bare(StatusCode, HeaderMap),
}

async fn try_answer(
    portal: &Arc<Portal>,
    run: fn(Asked) -> Answering,
    parts: Fields,
    request: Request,
) -> Result<Reply> {
    let config = &portal.config;
    let is_post = request.method() == axum::http::Method::POST;
    if let Some(by_name) = by_name(config, &request).filter(|_| !is_post && is_for_staff(request.uri().path())) {
        return redirect(&by_name, StatusCode::TEMPORARY_REDIRECT);
    }
    let (head, body) = request.into_parts();
    let brings_file = upload::brings_file(&head);
    if is_post && !brings_file && !upload::is_sent_as(&head.headers, "application/x-www-form-urlencoded") {
        return Ok(Reply::Bare(StatusCode::UNSUPPORTED_MEDIA_TYPE, HeaderMap::new()));
    }
    let viewer = match Cookie::Session.read(config, &head.headers) {
        Some(token) => sessions::viewer(&portal.db, &token, clock::now()).await?,
        None => Viewer::Visitor,
    };
    let text = |name| head.headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or("");
    let (form, file) = if brings_file {
        // Twenty megabytes are not read for somebody who may not send them.
        if viewer.member().is_err() {
            return Ok(Reply::Bare(StatusCode::UNAUTHORIZED, HeaderMap::new()));
        }
        upload::read(body, text(header::CONTENT_TYPE)).await
    } else {
        let Ok(body) = body.collect().await else {
            return Ok(Reply::Bare(StatusCode::PAYLOAD_TOO_LARGE, HeaderMap::new()));
        };
        (Fields::decode(&body.to_bytes()), Sent::Nothing)
    };
    let snapshot = portal.snapshot();
    let asked = Asked {
        services: snapshot.services.clone(),
        viewer: viewer.clone(),
        path: head.uri.path().to_owned(),
        parts,
        query: Fields::decode(head.uri.query().unwrap_or("").as_bytes()),
        form,
        file,
        today: clock::today(),
        now: clock::now(),
        client: client(config, &head.headers, head.extensions.get::<Peer>()),
        browser: text(header::USER_AGENT).to_owned(),
        errand: Cookie::Errand.read(config, &head.headers),
    };
    let mut headers = HeaderMap::new();
    let answer = run(asked).await;
    // Visitors' forms publish nothing, and come by the thousand when a conference opens.
    if is_post && viewer.member().is_ok() {
        // What was just published is there when the next page is asked for.
        portal.refresh().await?;
    }
    match answer {
        Ok(Answer::Page(Page { leads_to, has_camera, view })) => {
            if has_camera {
                headers::allow_camera(&mut headers);
            }
            if !leads_to.is_empty() {
                headers::allow_forms_to(&mut headers, &leads_to)?;
            }
            let seen = move || {
                provide_context(viewer);
                view()
            };
            Ok(Reply::Page(Box::new(pages::private(&snapshot, seen, headers).await?)))
        }
        Ok(Answer::Json(text)) => Ok(Reply::Json(text)),
        Ok(Answer::File(file)) => Ok(Reply::File(file)),
        Ok(Answer::Redirect(to)) => redirect(&to, StatusCode::SEE_OTHER),
        Ok(Answer::SignedIn { token, to }) => {
            Cookie::Session.lay(config, &mut headers, &token)?;
            Cookie::Errand.remove(config, &mut headers)?;
            redirect_with(&to, StatusCode::SEE_OTHER, headers)
        }
        Ok(Answer::SignedOut { to }) => {
            Cookie::Session.remove(config, &mut headers)?;
            redirect_with(&to, StatusCode::SEE_OTHER, headers)
        }
        Ok(Answer::Elsewhere { address, errand }) => {
            Cookie::Errand.lay(config, &mut headers, &errand)?;
            redirect_with(&address, StatusCode::SEE_OTHER, headers)
        }
        Err(Stop::Refused(Refusal::SignIn)) if !is_post => {
            let back: String = head.uri.path_and_query().map_or(desk::HOME, |whole| whole.as_str()).to_owned();
            let till: String = form_urlencoded::byte_serialize(back.as_bytes()).collect();
            redirect(&format!("{}?till={till}", desk::SIGN_IN), StatusCode::SEE_OTHER)
        }
        Err(Stop::Refused(Refusal::SignIn)) => Ok(Reply::Bare(StatusCode::UNAUTHORIZED, headers)),
        Err(Stop::Refused(Refusal::NotAllowed)) => {
            let seen = move || {
                provide_context(viewer);
                view! { <FailurePage failure=Failure::not_allowed() /> }
            };
            Ok(Reply::Page(Box::new(pages::private(&snapshot, seen, headers).await?)))
        }
        Err(Stop::Missing) => Ok(Reply::Bare(StatusCode::NOT_FOUND, headers)),
        Err(Stop::Conflict) => Ok(Reply::Bare(StatusCode::CONFLICT, headers)),
        Err(Stop::TooOften) => Ok(Reply::Bare(StatusCode::TOO_MANY_REQUESTS, headers)),
        Err(Stop::Failed(failure)) => Err(anyhow::anyhow!(failure.0)),
    }
}

fn redirect(to: &str, status: StatusCode) -> Result<Reply> {
    redirect_with(to, status, HeaderMap::new())
}

fn redirect_with(to: &str, status: StatusCode, mut headers: HeaderMap) -> Result<Reply> {
    headers.insert(header::LOCATION, HeaderValue::from_str(to).context("an address to go on to")?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(Reply::Bare(status, headers))
}

/// To the same address with its slash.
fn moved(uri: &Uri) -> Response<Body> {
    let path = format!("{}/", uri.path());
    let to = uri.query().map_or_else(|| path.clone(), |query| format!("{path}?{query}"));
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::PERMANENT_REDIRECT;
    if let Ok(to) = HeaderValue::from_str(&to) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    response
}

/// Is somebody signed in there, or about to be? Visitors' forms need no passkey.
fn is_for_staff(path: &str) -> bool {
    [desk::HOME, desk::SIGN_IN, desk::INVITATION].iter().any(|place| path.starts_with(place))
}

/// The same address by name, where this machine was asked by number: no passkey can be tied to one.
fn by_name(config: &Config, request: &Request) -> Option<String> {
    let host = request.headers().get(header::HOST)?.to_str().ok()?;
    let port = host.strip_prefix("127.0.0.1").or_else(|| host.strip_prefix("[::1]"))?;
    let whole = request.uri().path_and_query()?.as_str();
    (!config.base_url.has_name() && config.addr.ip().is_loopback()).then(|| format!("http://localhost{port}{whole}"))
}

/// Who asks: the last address on the way here that is none of our own proxies'.
fn client(config: &Config, headers: &HeaderMap, peer: Option<&Peer>) -> String {
    let Some(Peer(peer)) = peer else { return String::new() };
    let is_ours = |address: &str| {
        address.parse().is_ok_and(|address| config.trusted_proxies.iter().any(|net| net.contains(address)))
    };
    let peer = peer.ip().to_canonical().to_string();
    if !is_ours(&peer) {
        return peer;
    }
    let forwarded = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let way: Vec<&str> = forwarded.flat_map(|value| value.split(',')).map(str::trim).collect();
    way.into_iter().rev().find(|address| !is_ours(address)).map_or(peer, str::to_owned)
}
