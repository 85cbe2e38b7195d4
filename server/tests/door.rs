//! Malformed and foreign requests: a clear answer each, in the shell, with every header, and never a panic.

use crate::portal::{Answer, On, TestPortal, request};
use axum::body::Body;
use http::Request;

fn secure(answer: &Answer, what: &str) {
    let csp = answer.header("content-security-policy");
    assert!(
        csp.starts_with("default-src 'none'")
            && csp.contains("frame-ancestors 'none'")
            && !csp.contains("unsafe-inline"),
        "{what}: {csp}"
    );
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("strict-transport-security", "max-age=31536000; includeSubDomains"),
    ] {
        assert_eq!(answer.header(name), value, "{what}");
    }
    assert!(answer.header("permissions-policy").contains("geolocation=()"), "{what}");
    assert!(!answer.headers.contains_key("set-cookie"), "{what}");
}

fn a_page(answer: &Answer, status: u16, what: &str) {
    assert_eq!(answer.status, status, "{what}");
    assert!(answer.text().contains("<main") && answer.text().contains("tel:112"), "{what}: help-lines on every error");
    secure(answer, what);
}

#[tokio::test(flavor = "multi_thread")]
async fn malformed_requests_are_refused_with_a_page() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let long = format!("/sok?q={}", "a".repeat(60_000));
    let cases = [
        ("/%ff%fe", 400),
        ("/vagledning/%C3%28", 400),
        ("/%00", 400),
        ("/../etc/passwd", 400),
        ("/pkg/..%2f..%2fCargo.toml", 400),
        ("/./om/", 400),
        ("/om/%2e", 400),
        (long.as_str(), 414),
        ("/finns-inte", 404),
        ("/vagledning/finns-inte", 404),
        ("/pkg/finns-inte.css", 404),
    ];
    for (path, status) in cases {
        a_page(&portal.get(path).await, status, path);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn huge_headers_are_refused() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let mut huge = request("GET", "/om/");
    huge.headers_mut().insert("x-large", "a".repeat(20_000).parse().unwrap());
    a_page(&portal.send(huge).await, 431, "20 kB of headers");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_huge_body_is_refused_before_it_is_read() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let mut huge = request("POST", "/om/");
    huge.headers_mut().insert("content-length", "10000000000".parse().unwrap());
    a_page(&portal.send(huge).await, 413, "10 GB");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_host_is_refused_but_a_probe_is_not() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let ask = |host: Option<&str>, path: &str| {
        let mut request = Request::builder().uri(path);
        if let Some(host) = host {
            request = request.header("host", host);
        }
        portal.send(request.body(Body::empty()).unwrap())
    };
    a_page(&ask(Some("ond.example"), "/om/").await, 421, "another host");
    a_page(&ask(None, "/om/").await, 400, "no host");
    assert_eq!(ask(Some("FRID.example"), "/om/").await.status, 200);
    assert_eq!(ask(Some("localhost:3000"), "/om/").await.status, 200, "listening on loopback");
    assert_eq!(ask(Some("10.0.0.7:3000"), "/healthz").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_has_an_id_that_the_visitor_can_name() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let mut ids = std::collections::BTreeSet::new();
    for path in ["/finns-inte", "/finns-inte", "/%ff", "/pkg/finns-inte"] {
        let page = portal.get(path).await;
        let id = page.text().split("<code>").nth(1).unwrap().split("</code>").next().unwrap().to_owned();
        assert!(id.len() == 9 && ids.insert(id), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_names_one_host() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let mut two = request("GET", "/om/");
    two.headers_mut().append("host", "ond.example".parse().unwrap());
    a_page(&portal.send(two).await, 400, "two hosts, ours first");
    let absolute = request("GET", "http://ond.example/om/");
    a_page(&portal.send(absolute).await, 421, "an absolute address goes before the header");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_trusted_proxy_may_speak_for_a_visitor() {
    use server::http::door::Peer;
    let portal = TestPortal::trusting(server::config::IpNet::parse("10.0.0.0/8").unwrap()).await;
    let through = async |peer: &str, forwarded: &str| {
        let mut request = Request::builder().uri("/om/").header("host", "inside.example").body(Body::empty()).unwrap();
        request.headers_mut().insert("x-forwarded-host", forwarded.parse().unwrap());
        request.extensions_mut().insert(Peer(peer.parse().unwrap()));
        portal.send(request).await.status
    };
    assert_eq!(through("10.1.2.3:4", "frid.example").await, 200);
    assert_eq!(through("10.1.2.3:4", "ond.example").await, 421);
    assert_eq!(through("192.0.2.1:4", "frid.example").await, 421);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_takes_nothing_from_elsewhere() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        let foreign = portal.send(request(method, "/om/")).await;
        a_page(&foreign, 403, method);
        let mut own = request(method, "/om/");
        own.headers_mut().insert("sec-fetch-site", "same-origin".parse().unwrap());
        let own = portal.send(own).await;
        a_page(&own, 405, method);
        assert_eq!(own.header("allow"), "GET, HEAD");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_answer_has_every_header() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    for path in [
        "/",
        "/om/",
        "/om",
        "/sok?q=x",
        "/ordlista/",
        "/healthz",
        "/robots.txt",
        "/sitemap.xml",
        "/favicon.ico",
        "/flode/vagledning.atom",
        server::assets::STYLE,
        server::assets::GUARD,
    ] {
        // Twice: made, then from the cache.
        secure(&portal.get(path).await, path);
        secure(&portal.get(path).await, path);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_kept_for_ever_and_come_compressed() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    for asset in server::assets::ASSETS {
        let mut ask = request("GET", asset.path);
        ask.headers_mut().insert("accept-encoding", "br".parse().unwrap());
        let answer = portal.send(ask).await;
        assert_eq!((answer.status, answer.header("content-encoding")), (200, "br"), "{}", asset.path);
        assert!(answer.header("cache-control").contains("immutable"), "{}", asset.path);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_database_the_portal_still_serves_its_readers() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    portal.portal.db.close().await;
    assert_eq!(portal.get("/vagledning/freda").await.status, 200);
    a_page(&portal.get("/finns-inte").await, 404, "no database");
    let health = portal.get("/healthz").await;
    assert_eq!(health.status, 200);
    assert!(
        health.text().contains("\"database\":\"unreachable\"") && health.text().contains("\"status\":\"degraded\"")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn health_tells_which_library_is_served() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let health = portal.get("/healthz").await;
    assert_eq!(health.text(), r#"{"status":"ok","database":"ok","library_generation":2,"index_generation":2}"#);
}

#[tokio::test(flavor = "multi_thread")]
async fn our_own_failure_is_a_page_with_an_id() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let snapshot = portal.portal.snapshot();
    let none = http::HeaderMap::new();
    let page = server::http::pages::failure(&snapshot, 500, Some("the disk is on fire"), &none).await;
    let mut answer = Answer::read(page.answer(&http::Method::GET, &none)).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    // The door adds these to every answer.
    server::http::headers::secure(&mut answer.headers);
    a_page(&answer, 500, "our failure");
    assert!(answer.text().contains("Felnummer") && !answer.text().contains("on fire"));
}
