//! From request to answer: `front` holds finished pages, `door` refuses what is malformed, the rest is routes.

pub mod api;
mod assets;
pub mod calendar;
pub mod cookies;
pub mod desk;
pub mod door;
pub mod events;
pub mod feeds;
pub mod front;
mod groups;
pub mod headers;
pub mod health;
pub mod law;
pub mod listen;
pub mod media;
pub mod metrics;
pub mod negotiate;
pub mod page_cache;
pub mod pages;
pub mod search;
mod upload;

use crate::portal::Portal;
use app::routes::{desk as desk_paths, paths};
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;

/// Every address that is not a page, and pages for all the rest.
pub fn router(portal: Arc<Portal>) -> Router {
    Router::new()
        .route("/healthz", get(health::healthz))
        .route("/robots.txt", get(feeds::robots))
        .route("/sitemap.xml", get(feeds::sitemap))
        .route(paths::FEED, get(feeds::guidance))
        .route(paths::CALENDAR_FEED, get(calendar::atom))
        .route(paths::CALENDAR_ICS, get(calendar::all))
        .merge(each_events_calendar())
        .route(paths::DUTIES_CSV, get(law::duties_csv))
        .route(paths::DUTIES_XLSX, get(law::duties_xlsx))
        .route(paths::API_REFERENCES, get(law::references))
        .route(paths::API_EVENTS, get(events::list))
        .route(paths::API_EVENT, get(events::one))
        .route(paths::API_SEARCH, get(search::search))
        .route(paths::API_SUGGESTIONS, get(search::suggestions))
        .route(paths::API_DESCRIPTION, get(api::description))
        .route(paths::SEARCH_DESCRIPTION, get(search::description))
        .route("/favicon.ico", get(assets::favicon))
        .route("/pkg/{file}", get(assets::file))
        .route(&paths::media("{id}", "{name}"), get(media::file))
        .route(desk_paths::GROUP_EVENTS, get(groups::changes))
        .merge(desk::routes())
        .fallback(pages::page)
        .layer(CatchPanicLayer::custom(pages::panicked))
        .layer(from_fn_with_state(Arc::clone(&portal), door::door))
        .with_state(portal)
}

/// `…/kalender.ics` below every kind of event.
fn each_events_calendar() -> Router<Arc<Portal>> {
    let kinds = [desk_paths::CONFERENCE, desk_paths::DIALOGUE_MEETING, desk_paths::THEME_DAY];
    kinds.into_iter().fold(Router::new(), |router, event| {
        router.route(&format!("{event}{}", desk_paths::CALENDAR_ENTRY), get(calendar::one))
    })
}
