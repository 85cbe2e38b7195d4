//! What readers get: pages, caching, negotiation.

use crate::portal::{On, TestPortal, a_subject, an_article, request};
use server::http::page_cache::Use;
use std::io::Read;

#[tokio::test(flavor = "multi_thread")]
async fn every_address_in_the_sitemap_answers_under_that_very_address() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let sitemap = portal.get("/sitemap.xml").await;
    let addresses: Vec<String> = sitemap
        .text()
        .split("<loc>https://frid.example")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap().to_owned())
        .collect();
    assert!(addresses.len() > 30, "{addresses:?}");
    for address in addresses {
        let page = portal.get(&address).await;
        assert_eq!(page.status, 200, "{address}");
        assert!(
            page.text().contains(&format!("<link rel=\"canonical\" href=\"https://frid.example{address}\">")),
            "{address}"
        );
        assert_eq!(page.text().matches("<h1").count(), 1, "{address}");
        assert_eq!(page.text().matches("<main").count(), 1, "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_title_in_the_browsers_history_holds_the_word() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let addresses = portal.portal.snapshot().shelf.addresses().into_iter().map(|(address, _)| address);
    let others = ["/sok?q=v%C3%A5ld", "/finns-inte", "/vagledning/?malgrupp=skola", "/ordlista/?q=v%C3%A5ld"];
    for address in addresses.chain(others.map(str::to_owned)) {
        let page = portal.get(&address).await;
        let title = page.text().split("<title>").nth(1).unwrap().split("</title>").next().unwrap().to_lowercase();
        assert!(!title.contains("våld"), "{address}: {title}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_page_with_an_island_may_carry_more_than_the_exit_scripts() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    for (address, _) in portal.portal.snapshot().shelf.addresses() {
        let page = portal.get(&address).await;
        let island = page.text().contains("<leptos-island");
        assert_eq!(page.header("content-security-policy").contains("wasm-unsafe-eval"), island, "{address}");
        let scripts: Vec<&str> = page.text().split("<script").skip(1).collect();
        let ours = |script: &&&str| {
            script.contains("/pkg/guard.") || script.contains("/pkg/leave.") || script.contains("ld+json")
        };
        assert!(island || scripts.iter().filter(ours).count() == scripts.len(), "{address}: {scripts:?}");
        assert!(island || !page.text().contains("<!>"), "{address}: marks that nobody needs");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn publishing_makes_the_next_request_fresh() {
    let portal = TestPortal::with(On::Sqlite, &[a_subject(), an_article("a", "A", "Gammal")]).await;
    let before = portal.get("/vagledning/a").await;
    let (path, text) = an_article("a", "A", "Ny");
    portal.portal.edit(&path, &text, true).await.unwrap();
    let after = portal.get("/vagledning/a").await;
    assert!(before.text().contains("Gammal") && after.text().contains("Ny"));
    assert_ne!(before.header("etag"), after.header("etag"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_who_holds_the_page_is_told_so() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    for encoding in ["identity", "gzip", "br"] {
        let ask = |etag: Option<String>| {
            let mut request = request("GET", "/om/");
            request.headers_mut().insert("accept-encoding", encoding.parse().unwrap());
            if let Some(etag) = etag {
                request.headers_mut().insert("if-none-match", etag.parse().unwrap());
            }
            portal.send(request)
        };
        let first = ask(None).await;
        let again = ask(Some(first.header("etag").to_owned())).await;
        assert_eq!((first.status, again.status), (200, 304), "{encoding}");
        assert!(again.bytes.is_empty() && again.header("etag") == first.header("etag"));
        assert_eq!(again.header("content-security-policy"), first.header("content-security-policy"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_encoding_holds_the_same_page() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let ask = async |encoding: &str| {
        let mut request = request("GET", "/vagledning/freda");
        request.headers_mut().insert("accept-encoding", encoding.parse().unwrap());
        portal.send(request).await
    };
    let (plain, gzip, brotli) = (ask("identity").await, ask("gzip").await, ask("gzip, br").await);
    assert_eq!(
        (plain.header("content-encoding"), gzip.header("content-encoding"), brotli.header("content-encoding")),
        ("", "gzip", "br")
    );
    let (mut unzipped, mut unbrotlied) = (Vec::new(), Vec::new());
    flate2::read::GzDecoder::new(&gzip.bytes[..]).read_to_end(&mut unzipped).unwrap();
    brotli::Decompressor::new(&brotli.bytes[..], 4096).read_to_end(&mut unbrotlied).unwrap();
    assert!(unzipped == plain.bytes && unbrotlied == plain.bytes);
    assert!(brotli.bytes.len() < gzip.bytes.len() && gzip.bytes.len() < plain.bytes.len() / 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn head_answers_with_the_headers_and_no_body() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    for path in ["/", "/om/", "/sitemap.xml", "/finns-inte"] {
        let (get, head) = (portal.get(path).await, portal.send(request("HEAD", path)).await);
        assert_eq!(get.status, head.status, "{path}");
        assert!(head.bytes.is_empty() && !get.bytes.is_empty(), "{path}");
        assert_eq!(get.header("content-length"), head.header("content-length"), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_has_one_spelling() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    for (asked, canonical) in [
        ("/om", "/om/"),
        ("/vagledning", "/vagledning/"),
        ("/vagledning/freda/", "/vagledning/freda"),
        ("/vagledning/anmala-oro", "/vagledning/anmala-oro/"),
        ("/sok/?q=oro", "/sok?q=oro"),
    ] {
        let answer = portal.get(asked).await;
        assert_eq!((answer.status, answer.header("location")), (308, canonical), "{asked}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tracking_parameter_changes_nothing() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let (plain, tracked) = (portal.get("/om/").await, portal.get("/om/?utm_source=x&fbclid=y").await);
    assert_eq!((tracked.status, tracked.header("etag")), (200, plain.header("etag")));
    let filtered = portal.get("/vagledning/?malgrupp=tandvard&utm_source=x").await;
    assert!(filtered.text().contains("<h1>Vägledning: Tandvård</h1>"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_rendered_once_however_many_ask_for_it() {
    use server::http::page_cache::{Page, PageCache};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};
    let (cache, renders) = (Arc::new(PageCache::new()), Arc::new(AtomicU32::new(0)));
    let gate = Arc::new(tokio::sync::Barrier::new(40));
    let askers = (0..40).map(|_| {
        let (cache, renders, gate) = (Arc::clone(&cache), Arc::clone(&renders), Arc::clone(&gate));
        tokio::spawn(async move {
            gate.wait().await;
            cache
                .get_or_make("/om/", async {
                    renders.fetch_add(1, Ordering::SeqCst);
                    tokio::task::yield_now().await;
                    Arc::new(Page::new(http::StatusCode::OK, "sida".into(), http::HeaderMap::new(), Use::Kept).unwrap())
                })
                .await
        })
    });
    let pages = futures::future::join_all(askers).await;
    assert_eq!(renders.load(Ordering::SeqCst), 1);
    assert!(pages.into_iter().all(|page| page.unwrap().status == 200));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_is_not_kept() {
    use server::http::page_cache::{Page, PageCache};
    use std::sync::Arc;
    let cache = PageCache::new();
    let page = |status: u16| async move {
        Arc::new(Page::new(status.try_into().unwrap(), "sida".into(), http::HeaderMap::new(), Use::Kept).unwrap())
    };
    assert_eq!(cache.get_or_make("/x", page(500)).await.status, 500);
    assert_eq!(cache.get_or_make("/x", page(200)).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_moved_or_been_withdrawn_says_so() {
    let changed = |slug: &str, field: &str| {
        let (path, text) = an_article(slug, "Titel", "Text");
        (path, text.replacen("+++\n", &format!("+++\n{field}\n"), 1))
    };
    let files = [
        a_subject(),
        an_article("ny", "Ny", "Text"),
        changed("gammal", "status = 'flyttad'\nflyttad_till = '/vagledning/ny'"),
        changed("borta", "status = 'borttagen'\norsak = 'Regeln har upphört.'"),
        changed("arkiv", "status = 'arkiverad'"),
        changed("utkast", "status = 'utkast'"),
    ];
    let portal = TestPortal::with(On::Sqlite, &files).await;
    let moved = portal.get("/vagledning/gammal").await;
    assert_eq!((moved.status, moved.header("location")), (308, "/vagledning/ny"));
    let gone = portal.get("/vagledning/borta").await;
    assert!(gone.status == 410 && gone.text().contains("Regeln har upphört.") && gone.text().contains("Felnummer"));
    let archived = portal.get("/vagledning/arkiv").await;
    assert!(archived.status == 200 && archived.text().contains("Arkiverad"));
    assert_eq!(portal.get("/vagledning/utkast").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn search_finds_what_is_published_and_marks_it() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let found = portal.get("/sok?q=orosanm%C3%A4lan").await;
    assert!(found.text().contains("/vagledning/orosanmalan") && found.text().contains("<mark>"));
    let nothing = portal.get("/sok?q=xyzzyqq").await;
    assert!(nothing.text().contains("Inga träffar"));
    // Never kept, never indexed: the words are the reader's own.
    assert_eq!(nothing.header("cache-control"), "no-store");
    assert!(nothing.text().contains("noindex"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_is_shown_as_text() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    for path in
        ["/sok?q=%3Cscript%3Ealert(1)%3C/script%3E%22%27", "/ordlista/?q=%3Cscript%3Ealert(1)%3C/script%3E%22%27"]
    {
        let page = portal.get(path).await;
        assert!(page.status == 200 && !page.text().contains("<script>alert"), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn feeds_are_what_they_say() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let feed = portal.get("/flode/vagledning.atom").await;
    let parsed: atom_syndication::Feed = feed.text().parse().unwrap();
    assert!(parsed.entries().len() >= 12 && feed.header("content-type").starts_with("application/atom+xml"));
    assert!(
        parsed.entries().iter().all(|entry| entry.links()[0].href().starts_with("https://frid.example/vagledning/"))
    );
    assert!(portal.get("/robots.txt").await.text().contains("Sitemap: https://frid.example/sitemap.xml"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_accessibility_statement_has_its_eleven_parts_and_every_page_leads_to_it() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let page = portal.get("/tillganglighet/").await;
    for part in [
        "Ansvarig aktör",
        "Webbplats",
        "Delvis förenlig",
        "Det som inte är tillgängligt",
        "Bedömd",
        "Redogörelsen uppdaterad",
        "Självskattning",
        "Säg till oss om brister",
        "https://www.digg.se/tdosanmalan",
        "oskäligt betungande (12 §)",
        "inte omfattas av lagen (9 §)",
    ] {
        assert!(page.text().contains(part), "{part}");
    }
    for (address, _) in portal.portal.snapshot().shelf.addresses() {
        assert!(portal.get(&address).await.text().contains("href=\"/tillganglighet/\""), "{address}");
    }
}
