//! What the addresses under `/api/v1/` have in common: their description (OpenAPI 3.1) and how they refuse.

use super::door::Cause;
use super::negotiate::is_fresh;
use super::{events, law, search};
use anyhow::Result;
use axum::Json;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::{OpenApi, ToSchema};

/// Derived from the types that are answered, so that the description cannot tell of anything else.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Frid",
        description = "Search, references and events of Frid, the knowledge-support portal of Sweden's county \
            administrative boards on violence in close relationships and honour-related violence. Texts are in Swedish. Nothing \
            needs a key, and no answer depends on who asks. What is sought is not logged; see /personuppgifter/. \
            An unknown address, a request that is no sound HTTP and a failure of ours are answered with a page \
            (text/html) and a status of 4xx or 5xx.",
    ),
    paths(search::search, search::suggestions, law::references, events::list, events::one),
    tags(
        (name = "search", description = "What the portal's own search finds"),
        (name = "law", description = "Citations of Swedish law in the portal's texts"),
        (name = "events", description = "Conferences, dialogue meetings and theme days, and places left"),
    ),
)]
struct Api;

/// `choice!(Name, words)`: a type that describes a choice among words, which the type that means them lists.
macro_rules! choice {
    ($name:ident, $words:expr) => {
        pub(in crate::http) struct $name;

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                let words = utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::Type::String)
                    .enum_values(Some($words));
                utoipa::openapi::Schema::from(words).into()
            }
        }

        impl utoipa::ToSchema for $name {}
    };
}
pub(super) use choice;

/// Why a request cannot be answered.
#[derive(Debug, Serialize, ToSchema)]
#[schema(title = "Refusal")]
pub struct Refusal {
    /// What is wrong with the request and what to write instead, in Swedish.
    #[schema(example = "limit=1000 är för mycket; högst 100 träffar i taget.")]
    fel: String,
    #[serde(skip)]
    status: StatusCode,
}

impl Refusal {
    pub fn new(fel: impl Into<String>) -> Self {
        Self { fel: fel.into(), status: StatusCode::BAD_REQUEST }
    }

    /// What is asked for is not there.
    pub fn missing(fel: impl Into<String>) -> Self {
        Self { fel: fel.into(), status: StatusCode::NOT_FOUND }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> axum::response::Response {
        (self.status, [(header::CACHE_CONTROL, "no-store")], Json(self)).into_response()
    }
}

/// The description. It changes with the program only: kept for an hour, then asked for again by its mark.
pub async fn description(asked: HeaderMap) -> axum::response::Response {
    match described() {
        Ok((json, etag)) => {
            let headers = [
                (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600")),
                (header::ETAG, etag.clone()),
            ];
            if is_fresh(&asked, &etag) {
                return (StatusCode::NOT_MODIFIED, headers).into_response();
            }
            (headers, [(header::CONTENT_TYPE, "application/json")], json).into_response()
        }
        Err(error) => {
            let mut response = Response::default();
            *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            response.extensions_mut().insert(Cause(format!("{error:#}")));
            response
        }
    }
}

fn described() -> Result<(String, HeaderValue)> {
    let json = Api::openapi().to_pretty_json()?;
    let hash: String = Sha256::digest(&json).iter().take(9).map(|byte| format!("{byte:02x}")).collect();
    Ok((json, HeaderValue::from_str(&format!("\"{hash}\""))?))
}
