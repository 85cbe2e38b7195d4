//! What programs read: `robots.txt`, `sitemap.xml` (sitemaps.org 0.9), and an Atom feed (RFC 4287).

use crate::portal::Portal;
use app::guidance::latest;
use app::routes::paths;
use atom_syndication::{Entry, Feed, FixedDateTime, Link, Person, Text};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use std::fmt::Write;
use std::sync::Arc;

/// Feeds name the pages changed last.
const ENTRIES: usize = 50;

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
    let address = |path: &str| format!("{}{path}", site.base_url);
    let author = Person { name: site.name.clone(), ..Person::default() };
    let entries = newest.iter().map(|article| {
        let url = address(&paths::article(&article.slug));
        Entry {
            title: Text::plain(article.title.clone()),
            id: url.clone(),
            updated: midnight(article.updated),
            published: Some(midnight(article.published)),
            links: vec![Link {
                href: url,
                rel: "alternate".into(),
                mime_type: Some("text/html".into()),
                ..Link::default()
            }],
            summary: Some(Text::plain(article.lead.clone())),
            ..Entry::default()
        }
    });
    let feed = Feed {
        title: Text::plain(format!("Ny och ändrad vägledning – {}", site.name)),
        id: address(paths::FEED),
        updated: midnight(newest.iter().map(|article| article.updated).max().unwrap_or(snapshot.shelf.day)),
        authors: vec![author],
        links: vec![
            Link {
                href: address(paths::FEED),
                rel: "self".into(),
                mime_type: Some("application/atom+xml".into()),
                ..Link::default()
            },
            Link {
                href: address(paths::GUIDANCE),
                rel: "alternate".into(),
                mime_type: Some("text/html".into()),
                ..Link::default()
            },
        ],
        lang: Some("sv".into()),
        entries: entries.collect(),
        ..Feed::default()
    };
    ([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], feed.to_string()).into_response()
}

/// Our pages carry days; Atom wants a moment: the day's first, in UTC.
fn midnight(day: Date) -> FixedDateTime {
    format!("{day}T00:00:00Z").parse().unwrap_or_default()
}
