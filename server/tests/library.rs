//! Documents, revisions and authors, on both databases.

use crate::on_both;
use crate::portal::{On, TestPortal, a_subject, an_article, open};
use server::library::authorship::{Author, Decision};
use server::library::import::import;
use server::library::store::{self, Contribution};

const NOW: i64 = 1_800_000_000;

fn one(path: &'static str, body: &'static str) -> Contribution<'static> {
    Contribution { path, body, author: Author::Shipped, now: NOW }
}

on_both!(what_is_imported_is_published_once, |on: On| async move {
    let folder = tempfile::tempdir().unwrap();
    let db = open(on, &folder).await;
    let files = [a_subject(), an_article("a", "A", "Text")];

    let first = import(&db, &files, Author::Shipped, NOW).await.unwrap();
    assert_eq!((first.published.len(), first.unchanged), (2, 0));
    assert_eq!(store::generation(&db).await.unwrap(), 1);

    let again = import(&db, &files, Author::Shipped, NOW + 1).await.unwrap();
    assert_eq!((again.published.len(), again.unchanged), (0, 2));
    assert_eq!(store::generation(&db).await.unwrap(), 1, "nothing new, so nobody need look");
});

on_both!(nothing_anyone_wrote_is_overwritten, |on: On| async move {
    let portal = TestPortal::with(on, &[a_subject(), an_article("a", "A", "Filens text")]).await;
    let (path, edited) = an_article("a", "A", "Redaktionens text");
    portal.portal.edit(&path, &edited, true).await.unwrap();
    assert!(portal.get("/vagledning/a").await.text().contains("Redaktionens text"));

    let changed = [an_article("a", "A", "Filens nya text")];
    let report = import(&portal.portal.db, &changed, Author::Imported, NOW).await.unwrap();
    portal.portal.refresh().await.unwrap();
    assert_eq!(report.drafts, ["vagledning/a.md"]);
    let shown = portal.get("/vagledning/a").await;
    assert!(shown.text().contains("Redaktionens text") && !shown.text().contains("Filens nya text"));
});

on_both!(a_draft_is_not_shown, |on: On| async move {
    let portal = TestPortal::with(on, &[a_subject(), an_article("a", "A", "Publicerad text")]).await;
    let (path, draft) = an_article("a", "A", "Utkastets text");
    portal.portal.edit(&path, &draft, false).await.unwrap();
    assert!(portal.get("/vagledning/a").await.text().contains("Publicerad text"));
});

on_both!(a_broken_file_leaves_the_rest_and_what_was_published_before, |on: On| async move {
    let portal = TestPortal::with(on, &[a_subject(), an_article("a", "A", "Hel text")]).await;
    let broken = [("vagledning/a.md".to_owned(), "+++\ntitel = \n+++\n".to_owned()), an_article("b", "B", "Ny text")];
    let report = import(&portal.portal.db, &broken, Author::Shipped, NOW).await.unwrap();
    portal.portal.refresh().await.unwrap();
    assert_eq!((report.broken.len(), report.broken[0].line), (1, 2));
    assert!(portal.get("/vagledning/a").await.text().contains("Hel text"));
    assert!(portal.get("/vagledning/b").await.text().contains("Ny text"));
});

on_both!(programs_that_import_at_once_write_each_revision_once, |on: On| async move {
    let folder = tempfile::tempdir().unwrap();
    let db = open(on, &folder).await;
    let bodies: Vec<String> = (0..20).map(|n| format!("text {n}")).collect();
    let importers = (0..8).map(|_| {
        let (db, bodies) = (db.clone(), bodies.clone());
        tokio::spawn(async move {
            let mut published = 0;
            for body in &bodies {
                let contribution = Contribution { path: "p", body, author: Author::Shipped, now: NOW };
                published += store::contribute(&db, &[contribution])
                    .await
                    .unwrap()
                    .iter()
                    .filter(|d| **d == Decision::Publish)
                    .count();
            }
            published
        })
    });
    let mut published = 0;
    for importer in futures::future::join_all(importers).await {
        published += importer.unwrap();
    }
    // Each decision to publish is one revision and one step of the generation: none lost, none twice.
    assert_eq!(store::generation(&db).await.unwrap(), i64::try_from(published).unwrap());
    let revisions: i64 =
        server::on!(&db, pool => sqlx::query_scalar("SELECT count(*) FROM revisions").fetch_one(pool).await).unwrap();
    assert_eq!(revisions, i64::try_from(published).unwrap());
    let highest: i64 =
        server::on!(&db, pool => sqlx::query_scalar("SELECT max(number) FROM revisions").fetch_one(pool).await)
            .unwrap();
    assert_eq!(highest, revisions);
});

on_both!(the_database_is_the_last_to_judge_a_revisions_number, |on: On| async move {
    // What the lock forbids: look first, write later, in two transactions. Without it, this is how it ends.
    let folder = tempfile::tempdir().unwrap();
    let db = open(on, &folder).await;
    store::contribute(&db, &[one("p", "första")]).await.unwrap();
    let look = || async {
        server::on!(&db, pool => sqlx::query_scalar::<_, i64>("SELECT max(number) FROM revisions").fetch_one(pool).await).unwrap()
    };
    let (a, b) = (look().await, look().await);
    let write = |id: &'static str, number: i64| {
        let db = db.clone();
        async move {
            server::on!(&db, pool => sqlx::query(
                "INSERT INTO revisions (id, document_id, number, author, body, body_hash, created_at) \
                 SELECT $1, id, $2, 'shipped', 'x', 'x', 0 FROM documents")
                .bind(id).bind(number).execute(pool).await.map(drop))
        }
    };
    assert!(write("a", a + 1).await.is_ok());
    let second = write("b", b + 1).await.unwrap_err();
    assert!(second.as_database_error().unwrap().is_unique_violation(), "the database is the last to judge: {second}");
});

on_both!(a_published_text_that_can_no_longer_be_read_gives_way_to_an_older_one, |on: On| async move {
    let shipped = server::library::import::shipped();
    let portal = TestPortal::with(on, &shipped).await;
    // A newer program's text, seen by this one: it has a field that nobody here knows.
    let newer = |path: &str| {
        let (_, text) = shipped.iter().find(|(shipped, _)| shipped == path).unwrap();
        format!("okant = 1\n{text}")
    };
    for path in ["stodlinjer.toml", "tillganglighet.toml", "amnen.toml"] {
        let body = newer(path);
        store::contribute(&portal.portal.db, &[Contribution { path, body: &body, author: Author::Imported, now: NOW }])
            .await
            .unwrap();
    }
    assert!(portal.portal.refresh().await.unwrap());
    assert!(portal.get("/").await.text().contains("tel:112"), "help-lines are never gone");
    assert_eq!(portal.get("/tillganglighet/").await.status, 200);
    assert_eq!(portal.get("/vagledning/anmala-oro/").await.status, 200);
});

on_both!(a_text_with_faults_is_not_published, |on: On| async move {
    let portal = TestPortal::with(on, &[a_subject(), an_article("a", "A", "Hel text")]).await;
    let refused = portal.portal.edit("vagledning/a.md", "+++\ntitel = 1\n+++\n", true).await.unwrap_err();
    assert!(refused.to_string().contains("vagledning/a.md:2"), "{refused}");
    assert!(portal.get("/vagledning/a").await.text().contains("Hel text"));
});

on_both!(another_nodes_publication_is_taken_up, |on: On| async move {
    let portal = TestPortal::with(on, &[a_subject(), an_article("a", "A", "Gammal text")]).await;
    assert!(portal.get("/vagledning/a").await.text().contains("Gammal text"));
    // Another node writes to the same database; this one has been told nothing.
    import(&portal.portal.db, &[an_article("a", "A", "Ny text")], Author::Imported, NOW).await.unwrap();
    assert!(portal.get("/vagledning/a").await.text().contains("Gammal text"));
    assert!(portal.portal.refresh().await.unwrap());
    assert!(portal.get("/vagledning/a").await.text().contains("Ny text"));
    assert!(!portal.portal.refresh().await.unwrap(), "nothing more is new");
});

/// Every column is accounted for in `migrations/columns.toml`, so that no personal data comes in unseen.
#[tokio::test(flavor = "multi_thread")]
async fn every_column_says_what_it_may_hold() {
    let folder = tempfile::tempdir().unwrap();
    let db = open(On::Sqlite, &folder).await;
    let server::db::Db::Sqlite(pool) = &db else { panic!("asked for SQLite") };
    let mut columns: Vec<(String, String)> = sqlx::query_as(
        "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c \
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> '_sqlx_migrations'",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    let list: toml::Table = include_str!("../../migrations/columns.toml").parse().unwrap();
    let mut listed: Vec<(String, String)> = list
        .iter()
        .flat_map(|(table, columns)| columns.as_table().unwrap().keys().map(|column| (table.clone(), column.clone())))
        .collect();
    columns.sort();
    listed.sort();
    assert_eq!(columns, listed);
}
