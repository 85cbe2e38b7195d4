//! The search index on disk: kept, brought along, built anew, and never in the way.

use crate::portal::{On, TestPortal, a_subject, an_article};
use app::search::{Query, Request, Search};
use jiff::civil::date;
use server::library::shelf::Shelf;
use server::search::{KeptIndex, SearchShelf};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// The search of a library of these pages, each (slug, body), not yet indexed.
fn search_of(pages: &[(&str, &str)]) -> Arc<SearchShelf> {
    let articles = pages.iter().map(|(slug, body)| an_article(slug, &slug.to_uppercase(), body));
    let files: Vec<_> = std::iter::once(a_subject()).chain(articles).collect();
    let texts = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let (shelf, problems) = Shelf::build(texts, 1, date(2026, 1, 1));
    assert_eq!(problems, []);
    shelf.search
}

fn found(search: &SearchShelf, typed: &str) -> Vec<String> {
    let request = Request::new(Query::parse(typed).unwrap());
    search.search(&request).hits.into_iter().map(|hit| hit.path).collect()
}

fn indexed(folder: &Path, search: &SearchShelf) {
    KeptIndex::in_folder(folder.to_owned()).take_up(search);
    assert!(search.is_indexed());
}

const BOTH: [(&str, &str); 2] = [("ett", "Snöstormen drog fram."), ("tva", "Regnbågar över sjön.")];

#[test]
fn without_the_index_nothing_is_missing() {
    let files = server::library::import::shipped();
    let texts = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let shipped = Shelf::build(texts, 1, date(2026, 1, 1)).0.search;
    assert_eq!(found(&shipped, "orosanmälan").first().map(String::as_str), Some("/vagledning/orosanmalan"));

    let search = search_of(&BOTH);
    assert!(!search.is_indexed());
    assert_eq!(found(&search, "snöstorm"), ["/vagledning/ett"]);
    assert_eq!(found(&search, "regnbågarna -snöstorm"), ["/vagledning/tva"]);
    assert_eq!(found(&search, "grönkål"), [""; 0]);
}

#[test]
fn the_index_is_kept_from_one_start_to_the_next_and_brought_along() {
    let folder = tempfile::tempdir().unwrap();
    let first = search_of(&BOTH);
    indexed(folder.path(), &first);
    assert_eq!(found(&first, "snöstorm"), ["/vagledning/ett"]);
    let files =
        |folder: &Path| std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name()).collect::<Vec<_>>();
    let before = files(folder.path());

    // The same library: nothing is written.
    indexed(folder.path(), &search_of(&BOTH));
    assert_eq!(files(folder.path()), before);

    let second = search_of(&[("ett", "Solsken."), BOTH[1]]);
    indexed(folder.path(), &second);
    assert_eq!((found(&second, "snöstorm"), found(&second, "solsken")), (vec![], vec!["/vagledning/ett".to_owned()]));
    assert_eq!(found(&second, "regnbåge"), ["/vagledning/tva"]);
    // Who began before still gets the answers from before.
    assert_eq!(found(&first, "snöstorm"), ["/vagledning/ett"]);
}

#[test]
fn a_damaged_index_is_built_anew() {
    let folder = tempfile::tempdir().unwrap();
    indexed(folder.path(), &search_of(&BOTH));
    let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()).collect();
    assert!(files.len() > 5);
    for file in files.iter().filter(|file| file.extension().is_some_and(|kind| kind != "lock")) {
        for damage in ["cut", "gone", "changed"] {
            let Ok(bytes) = std::fs::read(file) else { continue };
            match damage {
                "cut" => std::fs::write(file, &bytes[..bytes.len() / 2]).unwrap(),
                "gone" => std::fs::remove_file(file).unwrap(),
                _ => std::fs::write(file, bytes.iter().map(|byte| byte ^ 0x55).collect::<Vec<_>>()).unwrap(),
            }
            let search = search_of(&BOTH);
            indexed(folder.path(), &search);
            assert_eq!(found(&search, "snöstorm"), ["/vagledning/ett"], "{damage}: {}", file.display());
        }
    }
}

#[test]
fn an_index_of_another_program_is_built_anew() {
    let folder = tempfile::tempdir().unwrap();
    let mut fields = tantivy::schema::Schema::builder();
    fields.add_text_field("older", tantivy::schema::TEXT);
    drop(tantivy::Index::create_in_dir(folder.path(), fields.build()).unwrap());
    let search = search_of(&BOTH);
    indexed(folder.path(), &search);
    assert_eq!(found(&search, "snöstorm"), ["/vagledning/ett"]);
}

#[test]
fn where_another_writes_or_nobody_may_search_works_from_memory() {
    let folder = tempfile::tempdir().unwrap();
    let search = search_of(&BOTH);
    indexed(folder.path(), &search);
    let other = tantivy::Index::open_in_dir(folder.path()).unwrap();
    let writer = other.writer_with_num_threads::<tantivy::TantivyDocument>(1, 15_000_000).unwrap();
    let kept = || other.reader().unwrap().searcher().num_docs();
    let before = kept();
    let changed = search_of(&[("ett", "Solsken.")]);
    indexed(folder.path(), &changed);
    assert_eq!(found(&changed, "solsken"), ["/vagledning/ett"]);
    // What the other keeps was left alone.
    assert_eq!(kept(), before);
    drop(writer);

    let file = folder.path().join("no-folder");
    std::fs::write(&file, "").unwrap();
    let search = search_of(&BOTH);
    KeptIndex::in_folder(file).take_up(&search);
    assert_eq!(found(&search, "snöstorm"), ["/vagledning/ett"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn health_says_when_the_index_is_not_there_yet() {
    let portal = TestPortal::not_indexed(On::Sqlite, &[a_subject(), an_article("sida", "Sida", "Snöstorm.")]).await;
    assert!(portal.get("/healthz").await.text().contains("\"index_generation\":null"));
    assert!(portal.get("/api/v1/sok?q=sn%C3%B6storm").await.text().contains("/vagledning/sida"));
    portal.portal.index().await;
    assert!(portal.get("/healthz").await.text().contains("\"index_generation\":1"));
    assert!(portal.get("/api/v1/sok?q=sn%C3%B6storm").await.text().contains("/vagledning/sida"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn search_is_right_while_pages_come_and_go() {
    let sound = an_article("kvar", "Kvar", "Regnbåge.");
    let (path, shown) = an_article("sida", "Sida", "Snöstorm.");
    let gone = shown.replacen("+++\n", "+++\nstatus = 'borttagen'\norsak = 'Inaktuell.'\n", 1);
    let portal = Arc::new(TestPortal::with(On::Sqlite, &[a_subject(), sound, (path.clone(), shown.clone())]).await);
    let finds = |search: &SearchShelf| found(search, "snöstorm") == ["/vagledning/sida"];

    let (stop, asked) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let readers: Vec<_> = (0..3)
        .map(|_| {
            let (portal, stop, asked) = (Arc::clone(&portal), Arc::clone(&stop), Arc::clone(&asked));
            tokio::task::spawn_blocking(move || {
                while !stop.load(Ordering::Relaxed) {
                    let shelf = Arc::clone(&portal.portal.snapshot().shelf);
                    // Even generations are those without the page; each is searched as it is.
                    assert_eq!(finds(&shelf.search), shelf.generation % 2 == 1, "generation {}", shelf.generation);
                    assert_eq!(found(&shelf.search, "regnbåge"), ["/vagledning/kvar"]);
                    asked.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    for _ in 0..20 {
        let before = Arc::clone(&portal.portal.snapshot().shelf);
        portal.portal.edit(&path, &gone, true).await.unwrap();
        assert!(!finds(&portal.portal.snapshot().shelf.search), "withdrawn is withdrawn at once");
        // The control: the question does tell the two apart.
        assert!(finds(&before.search));
        portal.portal.edit(&path, &shown, true).await.unwrap();
        assert!(finds(&portal.portal.snapshot().shelf.search));
    }
    stop.store(true, Ordering::Relaxed);
    for reader in readers {
        reader.await.unwrap();
    }
    assert!(asked.load(Ordering::Relaxed) > 0);
}
