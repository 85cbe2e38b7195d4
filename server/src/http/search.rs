//! Search for programs: `GET /api/v1/sok` as JSON, suggestions, and the description that browsers install (OpenSearch 1.1).

use crate::portal::Portal;
use app::counties;
use app::guidance::Audience;
use app::routes::paths;
use app::search::{Hit, Kind, Piece, Query, Request, Search};
use axum::Json;
use axum::extract::{self, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What a program may ask; everything but `q` narrows.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    q: Option<String>,
    typ: Option<String>,
    malgrupp: Option<String>,
    lan: Option<String>,
    /// `alla` finds what no longer applies too.
    status: Option<String>,
    limit: Option<usize>,
    offset: Option<usize>,
}

#[derive(Debug, Serialize)]
struct Found {
    query: String,
    total: usize,
    hits: Vec<FoundPage>,
}

#[derive(Debug, Serialize)]
struct FoundPage {
    url: String,
    title: String,
    r#type: &'static str,
    /// Empty while the page applies.
    status: String,
    /// Plain text.
    snippet: String,
    sections: Vec<FoundSection>,
}

#[derive(Debug, Serialize)]
struct FoundSection {
    url: String,
    heading: String,
}

pub async fn search(State(portal): State<Arc<Portal>>, extract::Query(asked): extract::Query<Asked>) -> Response {
    let request = match request(&asked) {
        Ok(request) => request,
        Err(wrong) => return (StatusCode::BAD_REQUEST, Json(serde_json::json!({ "fel": wrong }))).into_response(),
    };
    let snapshot = portal.snapshot();
    let base = snapshot.services.site.base_url.clone();
    let shelf = Arc::clone(&snapshot.shelf);
    let query = request.query.as_str().to_owned();
    // Searching is work for a processor, not for the task that answers requests.
    let Ok(answer) = tokio::task::spawn_blocking(move || shelf.search.search(&request)).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let hits = answer.hits.into_iter().map(|hit| page(hit, &base)).collect();
    unkept(Json(Found { query, total: answer.total, hits }))
}

/// Words and titles that `q` may become.
pub async fn suggestions(State(portal): State<Arc<Portal>>, extract::Query(asked): extract::Query<Asked>) -> Response {
    let typed = asked.q.as_deref().and_then(Query::parse);
    let found = typed.map(|typed| portal.snapshot().shelf.search.suggest(&typed)).unwrap_or_default();
    unkept(Json(serde_json::json!({ "forslag": found })))
}

pub async fn description(State(portal): State<Arc<Portal>>) -> Response {
    let site = &portal.snapshot().services.site;
    let (name, base) = (escaped(&site.name), escaped(&site.base_url));
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n\
         <ShortName>{name}</ShortName>\n<Description>Sök på {name}</Description>\n<Language>sv</Language>\n\
         <InputEncoding>UTF-8</InputEncoding>\n\
         <Url type=\"text/html\" template=\"{base}{}?q={{searchTerms}}\"/>\n</OpenSearchDescription>\n",
        paths::SEARCH
    );
    ([(header::CONTENT_TYPE, "application/opensearchdescription+xml; charset=utf-8")], xml).into_response()
}

/// The request, or in Swedish what is wrong with it.
fn request(asked: &Asked) -> Result<Request, String> {
    let query = asked.q.as_deref().and_then(Query::parse).ok_or("Ange det du söker i q.")?;
    let kind = asked.typ.as_deref().map(|typ| {
        Kind::parse(typ)
            .ok_or_else(|| format!("typ={typ} finns inte; välj bland {}.", Kind::ALL.map(Kind::slug).join(", ")))
    });
    let audience = asked.malgrupp.as_deref().map(|slug| {
        Audience::parse(slug).ok_or_else(|| {
            format!("malgrupp={slug} finns inte; välj bland {}.", Audience::ALL.map(Audience::slug).join(", "))
        })
    });
    let county = asked
        .lan
        .as_deref()
        .map(|slug| counties::find(slug).ok_or_else(|| format!("lan={slug} finns inte; skriv till exempel skane.")));
    let limit = asked.limit.unwrap_or(Request::PAGE);
    if limit > Request::MOST {
        return Err(format!("limit={limit} är för mycket; högst {} träffar i taget.", Request::MOST));
    }
    Ok(Request {
        kind: kind.transpose()?,
        audience: audience.transpose()?,
        county: county.transpose()?,
        also_repealed: asked.status.as_deref() == Some("alla"),
        offset: asked.offset.unwrap_or(0),
        limit,
        ..Request::new(query)
    })
}

fn page(hit: Hit, base: &str) -> FoundPage {
    let text = |piece| match piece {
        Piece::Plain(text) | Piece::Marked(text) => text,
    };
    FoundPage {
        url: format!("{base}{}", hit.path),
        title: hit.title,
        r#type: hit.kind.slug(),
        status: hit.standing.unwrap_or_default(),
        snippet: hit.excerpt.into_iter().map(text).collect(),
        sections: hit
            .sections
            .into_iter()
            .map(|(path, heading)| FoundSection { url: format!("{base}{path}"), heading })
            .collect(),
    }
}

/// What somebody typed is kept nowhere.
fn unkept(answer: impl IntoResponse) -> Response {
    ([(header::CACHE_CONTROL, "no-store")], answer).into_response()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
