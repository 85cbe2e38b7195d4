//! Search for programs: `GET /api/v1/sok` as JSON, suggestions, and the description that browsers install (OpenSearch 1.1).

use super::api::{Refusal, choice};
use crate::clock;
use crate::portal::Portal;
use app::counties::{self, COUNTIES};
use app::guidance::Audience;
use app::routes::paths;
use app::search::{Hit, Kind, Piece, Query, Request};
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{self, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// What a program may ask; everything but `q` narrows.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// Words, a "phrase in quotes", or a citation of law. No input is an error; the first 200 characters are read.
    #[param(value_type = String, required = true, example = "19 kap. 1 § SoL")]
    q: Option<String>,
    /// Only pages of this kind.
    #[param(value_type = KindSlug, inline, required = false)]
    typ: Option<String>,
    /// Only pages written for these readers.
    #[param(value_type = AudienceSlug, inline, required = false)]
    malgrupp: Option<String>,
    /// Only pages of this county's own.
    #[param(value_type = CountySlug, inline, required = false)]
    lan: Option<String>,
    /// `gallande`, as when left out: only what applies today; `alla`: also what has been repealed or archived.
    /// A provision that `q` cites is found either way.
    #[param(value_type = StatusSlug, inline, required = false)]
    status: Option<String>,
    /// How many hits are wanted, at most.
    #[param(value_type = usize, required = false, maximum = 100, default = 10)]
    limit: Option<usize>,
    /// How many of the best hits are passed over.
    #[param(value_type = usize, required = false, default = 0)]
    offset: Option<usize>,
}

/// Pages that answer, best first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Found {
    /// What was searched for: `q` on one line, cut to 200 characters.
    #[schema(example = "anmäla oro")]
    query: String,
    /// Pages that answer, before `limit` and `offset`.
    #[schema(example = 37)]
    total: usize,
    /// Time of the search itself, in milliseconds.
    #[schema(example = 0.412)]
    took_ms: f64,
    hits: Vec<FoundPage>,
}

/// One page that answers.
#[derive(Debug, Serialize, ToSchema)]
pub struct FoundPage {
    /// With the anchor of the section that answers best.
    #[schema(format = "uri", example = "https://frid.example/vagledning/orosanmalan#vem-maste-anmala")]
    url: String,
    #[schema(example = "Orosanmälan när ett barn kan fara illa")]
    title: String,
    #[schema(value_type = KindSlug, inline)]
    r#type: &'static str,
    /// Empty while the page applies; else what a reader must know first, in Swedish.
    #[schema(example = "Upphävd 1 juli 2025.")]
    status: String,
    /// Plain text from the section that answers best; empty if it has none.
    #[schema(example = "Den som arbetar med barn ska genast anmäla …")]
    snippet: String,
    /// At most three further sections that answer.
    sections: Vec<FoundSection>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FoundSection {
    #[schema(format = "uri", example = "https://frid.example/vagledning/orosanmalan#efter-anmalan")]
    url: String,
    #[schema(example = "Efter anmälan")]
    heading: String,
}

/// What has been typed so far.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Typed {
    /// Nothing typed has no suggestions.
    #[param(value_type = String, required = false, example = "orosa")]
    q: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Suggestions {
    /// Words and titles that `q` may become, best first; at most eight.
    #[schema(example = json!(["orosanmälan", "orosanmälningar"]))]
    forslag: Vec<String>,
}

/// `status` as it may be asked for; the first is meant when it is left out.
const STATUSES: [&str; 2] = ["gallande", "alla"];

choice!(KindSlug, Kind::ALL.map(Kind::slug));
choice!(AudienceSlug, Audience::ALL.map(Audience::slug));
choice!(CountySlug, COUNTIES.each_ref().map(|county| county.slug));
choice!(StatusSlug, STATUSES);

/// Search everything that is published
///
/// A provision that `q` cites comes first, followed by what has replaced it.
#[utoipa::path(
    get, path = paths::API_SEARCH, tag = "search", params(Asked),
    responses(
        (status = 200, description = "What was found; `hits` may be empty", body = Found),
        (status = 400, description = "`q` is missing, or a choice does not exist", body = Refusal),
        (status = 500, description = "The search failed", body = String, content_type = "text/html"),
    )
)]
pub async fn search(
    State(portal): State<Arc<Portal>>,
    asked: Result<extract::Query<Asked>, QueryRejection>,
) -> Response {
    let request = match asked.map_err(|_| UNREADABLE.to_owned()).and_then(|asked| request(&asked)) {
        Ok(request) => request,
        Err(wrong) => return Refusal::new(wrong).into_response(),
    };
    let services = portal.snapshot().services.clone();
    let query = request.query.as_str().to_owned();
    // Searching is work for a processor, not for the task that answers requests.
    let searched = tokio::task::spawn_blocking(move || clock::timed(|| services.search.search(&request)));
    let Ok((answer, took)) = searched.await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let base = portal.config.base_url.as_str();
    let hits = answer.hits.into_iter().map(|hit| page(hit, base)).collect();
    // To the microsecond: the rest is noise.
    let took_ms = (took * 1000.0).round() / 1000.0;
    unkept(Json(Found { query, total: answer.total, took_ms, hits }))
}

/// What `q` may become
///
/// For search as you type.
#[utoipa::path(
    get, path = paths::API_SUGGESTIONS, tag = "search", params(Typed),
    responses(
        (status = 200, description = "Suggestions; there may be none", body = Suggestions),
        (status = 400, description = "The query cannot be read", body = Refusal),
    )
)]
pub async fn suggestions(
    State(portal): State<Arc<Portal>>,
    typed: Result<extract::Query<Typed>, QueryRejection>,
) -> Response {
    let Ok(extract::Query(Typed { q })) = typed else { return Refusal::new(UNREADABLE).into_response() };
    let typed = q.as_deref().and_then(Query::parse);
    let forslag = typed.map(|typed| portal.snapshot().services.search.suggest(&typed)).unwrap_or_default();
    unkept(Json(Suggestions { forslag }))
}

/// For a query whose parts are no UTF-8, come twice, or should be numbers and are not.
const UNREADABLE: &str =
    "Frågan går inte att läsa. Ange varje namn högst en gång; limit och offset är hela tal från 0.";

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
    if let Some(status) = asked.status.as_deref().filter(|status| !STATUSES.contains(status)) {
        return Err(format!("status={status} finns inte; välj bland {}.", STATUSES.join(", ")));
    }
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
