//! What programs read: `robots.txt`, `sitemap.xml` (sitemaps.org 0.9), and an Atom feed (RFC 4287).

use crate::portal::Portal;
use app::guidance::latest;
use app::routes::paths;
use app::services::Site;
use atom_syndication::{Entry, Feed, FixedDateTime, Link, Person, Text};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use std::fmt::Write;
use std::sync::Arc;

/// Feeds name the pages changed last.
pub const ENTRIES: usize = 50;

pub async fn robots(State(portal): State<Arc<Portal>>) -> Response {
    let base = portal.config.base_url.as_str();
    let text = format!("User-agent: *\nDisallow: {}\n\nSitemap: {base}/sitemap.xml\n", paths::SEARCH);
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

pub async fn sitemap(State(portal): State<Arc<Portal>>) -> Response {
    let base = portal.config.base_url.as_str();
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    // Addresses are made of slugs: nothing in them needs escaping.
    for (path, changed) in portal.snapshot().shelf.addresses() {
        let changed = changed.map(|day| format!("<lastmod>{day}</lastmod>")).unwrap_or_default();
        // Writing to a String cannot fail.
        let _ = writeln!(xml, "<url><loc>{base}{path}</loc>{changed}</url>");
    }
    xml.push_str("</urlset>\n");
    ([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], xml).into_response()
}

/// New and changed guidance, newest first.
pub async fn guidance(State(portal): State<Arc<Portal>>) -> Response {
    let snapshot = portal.snapshot();
    let site = &snapshot.services.site;
    let newest = latest(snapshot.services.guidance.articles(), ENTRIES);
    let entries = newest.iter().map(|article| {
        let url = format!("{}{}", site.base_url, paths::article(&article.slug));
        Entry {
            title: Text::plain(article.title.clone()),
            id: url.clone(),
            updated: midnight(article.updated),
            published: Some(midnight(article.published)),
            links: vec![link(url, "alternate", "text/html")],
            summary: Some(Text::plain(article.lead.clone())),
            ..Entry::default()
        }
    });
    let shape = Shape {
        path: paths::FEED,
        page: paths::GUIDANCE,
        title: "Ny och ändrad vägledning",
        updated: midnight(newest.iter().map(|article| article.updated).max().unwrap_or(snapshot.shelf.day)),
    };
    answer(site, shape, entries.collect())
}

/// What sets a feed apart from the others.
pub struct Shape {
    pub path: &'static str,
    /// The page that shows the same.
    pub page: &'static str,
    pub title: &'static str,
    pub updated: FixedDateTime,
}

pub fn answer(site: &Site, shape: Shape, entries: Vec<Entry>) -> Response {
    let address = |path: &str| format!("{}{path}", site.base_url);
    let feed = Feed {
        title: Text::plain(format!("{} – {}", shape.title, site.name)),
        id: address(shape.path),
        updated: shape.updated,
        authors: vec![Person { name: site.name.clone(), ..Person::default() }],
        links: vec![
            link(address(shape.path), "self", "application/atom+xml"),
            link(address(shape.page), "alternate", "text/html"),
        ],
        lang: Some("sv".into()),
        entries,
        ..Feed::default()
    };
    ([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], feed.to_string()).into_response()
}

pub fn link(href: String, relation: &str, kind: &str) -> Link {
    Link { href, rel: relation.into(), mime_type: Some(kind.into()), ..Link::default() }
}

/// Our pages carry days; Atom wants a moment: the day's first, in UTC.
pub fn midnight(day: Date) -> FixedDateTime {
    format!("{day}T00:00:00Z").parse().unwrap_or_default()
}

/// Of unix seconds.
pub fn moment(seconds: i64) -> FixedDateTime {
    jiff::Timestamp::from_second(seconds).unwrap_or_default().to_string().parse().unwrap_or_default()
}
