//! What somebody told in confidence is nowhere else: every page, list, letter and file is looked through, as everybody who
//! may ask for it, and every table and file of the portal; and after the day of deletion names are gone as well.

use crate::check_in::{Open, of, scan};
use crate::on_both;
use crate::organising::{ACCESS, CHANNEL, DIET, REAL_NAME, a_protected_person, encoded};
use crate::pdf;
use crate::portal::{Answer, On};
use app::routes;
use app::routes::desk;
use app::viewer::Role;
use server::db::Db;
use server::events::purging::purge;
use server::mail::Mailer;
use server::mail::letter::Sender;
use server::mail::outbox;
use server::mail::worker::Worker;
use server::{clock, on};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

const DAY: i64 = 24 * 60 * 60;
/// A part of the address of somebody who is protected.
const ADDRESS: &str = "dold.example";
const CONFIDED: [&str; 5] = [REAL_NAME, CHANNEL, DIET, ACCESS, ADDRESS];
/// What stands in lists instead.
const ALIAS: &str = "Alias Anka";

/// What of it stands in these bytes, also where a package or a printed page hides it.
fn found(what: &[&str], bytes: &[u8]) -> Vec<String> {
    let mut all = bytes.to_vec();
    if let Ok(mut package) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) {
        for at in 0..package.len() {
            package.by_index(at).unwrap().read_to_end(&mut all).unwrap();
        }
    }
    if bytes.starts_with(b"%PDF") {
        all.extend(pdf::read(bytes).to_string().bytes());
    }
    let text = String::from_utf8_lossy(&all).to_lowercase();
    what.iter().filter(|secret| text.contains(&secret.to_lowercase())).map(|secret| (*secret).to_owned()).collect()
}

/// Everything that can be asked for about one event, as each who may ask: with who asked for what.
async fn everything(open: &Open, person: &str, somebody: &str) -> Vec<(String, Answer)> {
    let portal = &open.portal;
    let event = &open.event;
    let olle = portal.sign_in(Role::Editor, Some("vasterbotten")).await;
    let rut = portal.sign_in(Role::Reviewer, None).await;
    let admin = portal.sign_in(Role::Admin, None).await;
    let everybody = [
        ("a visitor", ""),
        ("an editor", &open.eva),
        ("another county", &olle),
        ("a reviewer", &rut),
        ("an admin", &admin),
    ];
    let door = open.door.trim_end_matches('/').rsplit('/').next().unwrap();
    let mut paths: Vec<String> = routes::desk().iter().map(|route| route.path.to_owned()).collect();
    // A page that searches says what was sought: so what is sought here is a part of a word.
    for public in [
        "/kalender/",
        "/kalender.ics",
        "/nytt/atom.xml",
        "/sitemap.xml",
        "/api/v1/konferenser",
        "/healthz",
        "/api/v1/konferenser/{konferens}",
        "/konferenser/{konferens}/kalender.ics",
        "/sok?q=kanariekos",
        "/sok?q=Kanariefågel",
        "/api/v1/sok?q=kanarieram",
        "/api/v1/forslag?q=kana",
        "/sok?q=Alias",
        "/redaktion/konferenser/{arrangemang}/anmalda/?q=kanarie",
    ] {
        paths.push(public.to_owned());
    }
    let mut asked = Vec::new();
    for path in paths {
        let path = match path.as_str() {
            path if path.starts_with("/incheckning/") => path.replace("{nyckel}", door),
            path => path.replace("{nyckel}", somebody),
        };
        let path = path.replace("{arrangemang}", &event.id).replace("{anmalan}", person);
        let path = path.replace("{konferens}", &event.address.slug);
        for (who, cookie) in everybody {
            asked.push((format!("{who} gets {path}"), portal.get_as(cookie, &path).await));
        }
    }
    let columns: Vec<(&str, &str)> =
        ["nummer", "namn", "epost", "organisation", "lan", "roll", "satt", "lage", "workshoppar", "anmald", "kom"]
            .iter()
            .map(|column| ("kolumn", *column))
            .collect();
    let sheet = |format: &'static str| encoded(&[&columns[..], &[("lage", "alla"), ("format", format)]].concat());
    let message = encoded(&[("nyckel", "form"), ("amne", "Hej"), ("text", "Text"), ("lage", "seated")]);
    let posts = [
        (desk::SHEET, sheet("csv")),
        (desk::SHEET, sheet("xlsx")),
        (desk::PRINT, "vad=skyltar".into()),
        (desk::PRINT, "vad=dorrlista".into()),
        (desk::PRINT, "vad=intyg".into()),
        (desk::FINANCE_SHEET, "format=csv".into()),
        (desk::SURVEY_SHEET, "format=csv".into()),
        (desk::MESSAGES, message.clone()),
        (desk::SEND_MESSAGE, message),
    ];
    for (path, form) in posts {
        for (who, cookie) in everybody {
            asked.push((format!("{who} posts {form} to {path}"), portal.submit(cookie, &of(event, path), &form).await));
        }
    }
    asked
}

/// Each table of the database, as text: a row each line.
async fn tables(db: &Db) -> BTreeMap<String, String> {
    const IN_SQLITE: &str = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    const IN_POSTGRES: &str = "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'";
    let mut all = BTreeMap::new();
    match db {
        Db::Sqlite(pool) => {
            for table in sqlx::query_scalar::<_, String>(IN_SQLITE).fetch_all(pool).await.unwrap() {
                let columns: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_table_info($1)")
                    .bind(&table)
                    .fetch_all(pool)
                    .await
                    .unwrap();
                let values = columns.iter().map(|name| format!("coalesce(CAST(\"{name}\" AS TEXT), '')"));
                let query = format!("SELECT {} FROM \"{table}\"", values.collect::<Vec<_>>().join(" || ' ' || "));
                let rows: Vec<Vec<u8>> = sqlx::query_scalar(sqlx::AssertSqlSafe(
                    query.replace("SELECT ", "SELECT CAST(").replace(" FROM", " AS BLOB) FROM"),
                ))
                .fetch_all(pool)
                .await
                .unwrap();
                all.insert(table, String::from_utf8_lossy(&rows.join(&b'\n')).into_owned());
            }
        }
        Db::Postgres(pool) => {
            for table in sqlx::query_scalar::<_, String>(IN_POSTGRES).fetch_all(pool).await.unwrap() {
                let query = format!("SELECT t::text FROM \"{table}\" t");
                let rows: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(query)).fetch_all(pool).await.unwrap();
                all.insert(table, rows.join("\n"));
            }
        }
    }
    all
}

/// The files below a folder in which something of it stands.
fn files_with(what: &[&str], folder: &Path) -> Vec<String> {
    let mut named = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            named.extend(files_with(what, &path));
        } else {
            let here = found(what, &std::fs::read(&path).unwrap());
            named.extend(here.iter().map(|secret| format!("{secret} in {}", path.display())));
        }
    }
    named
}

/// A door where somebody protected and two others came: the id of the first, and the token of another's page.
async fn a_day(on: On) -> (Open, String, String) {
    let open = Open::with(on, 10).await;
    let (_, person) = open.register_as("skyddad", a_protected_person("skyddad")).await;
    let (somebody, other) = open.register("bo", "Bo Berg").await;
    open.register("di", "Di Dahl").await;
    open.tell(&[scan(1, &person, 7, clock::now()), scan(2, &other, 7, clock::now())]).await;
    (open, person, somebody)
}

on_both!(what_was_told_in_confidence_is_on_no_page_and_in_no_file, |on| async move {
    let (open, person, somebody) = a_day(on).await;
    let portal = &open.portal.portal;
    portal.refresh().await.unwrap();
    portal.index().await;
    let before = everything(&open, &person, &somebody).await;
    // Certificates and the survey are there when it is over.
    open.end().await;
    let after = everything(&open, &person, &somebody).await;
    let mut answered = 0;
    for (what, answer) in before.iter().chain(&after) {
        answered += u32::from(answer.status == 200);
        assert_ne!(answer.status, 500, "{what}");
        assert_eq!(found(&CONFIDED, &answer.bytes), Vec::<String>::new(), "{what}: {}", answer.status);
    }
    assert!(answered > 150, "{answered} pages were seen");
    let has_alias = |what: &str| {
        let mut told = before.iter().chain(&after).filter(|(told, answer)| told.contains(what) && answer.status == 200);
        told.any(|(_, answer)| !found(&[ALIAS], &answer.bytes).is_empty())
    };
    for list in ["xlsx", "csv", "vad=skyltar", "vad=dorrlista", "vad=intyg", "/incheckning/", "/anmalda/"] {
        assert!(has_alias(list), "what is looked for would be found in {list}");
    }
    assert!(!has_alias("a visitor gets /konferenser") && !has_alias("a visitor gets /sok"));

    // Letters to everybody, as they are written; the files they become are found below.
    let letters = portal.event_letters();
    let mut written = 0;
    for job in outbox::claim(&portal.db, clock::now() + 400 * DAY, 100).await.unwrap() {
        if let Some(letter) = letters.compose(&job).await.unwrap() {
            written += 1;
            let told = format!("{:?} {:?} {:?} {:?}", letter.to_name, letter.subject, letter.text, letter.calendar);
            assert_eq!(found(&CONFIDED[..4], told.as_bytes()), Vec::<String>::new(), "{}", job.kind);
        }
    }
    assert!(written >= 3, "{written} letters were read");
    let mailer = Arc::new(Mailer::open(&portal.config).unwrap());
    let sender = Sender::new(&portal.config.mail_from, "Frid").unwrap();
    Worker::new(portal.db.clone(), mailer, sender, portal.letters()).drain(clock::now() + 800 * DAY).await.unwrap();

    // And where it is kept, it is sealed.
    for (table, rows) in tables(&portal.db).await {
        assert_eq!(found(&CONFIDED, rows.as_bytes()), Vec::<String>::new(), "{table}");
    }
    // Her letters must be addressed to her.
    assert_eq!(files_with(&CONFIDED[..4], &portal.config.data), Vec::<String>::new());
});

on_both!(after_the_day_of_deletion_nobody_is_known_any_more, |on| async move {
    let (open, person, _) = a_day(on).await;
    let portal = &open.portal.portal;
    let names = [ALIAS, "Bo Berg", "Di Dahl", "bo@kommun", "di@kommun"];
    open.end().await;
    let ended: i64 =
        on!(&portal.db, pool => sqlx::query_scalar("SELECT ends_at FROM events").fetch_one(pool).await).unwrap();
    let sealed: (Vec<u8>, Vec<u8>) = on!(&portal.db, pool => sqlx::query_as(
        "SELECT needs, protected FROM registrations WHERE id = $1").bind(&person).fetch_one(pool).await)
    .unwrap();
    assert!(!tables(&portal.db).await.values().all(|rows| found(&names, rows.as_bytes()).is_empty()), "they are kept");

    let early = purge(&portal.db, "beslut 1", ended + 14 * DAY - 1).await.unwrap();
    assert_eq!(early.events, 0);
    let first = purge(&portal.db, "beslut 1", ended + 14 * DAY).await.unwrap();
    assert!(first.events == 1 && first.rows >= 3, "{first:?}");
    const SENSITIVE: &str = "SELECT count(*) FROM registrations WHERE needs IS NOT NULL OR protected IS NOT NULL";
    assert_eq!(on!(&portal.db, pool => sqlx::query_scalar::<_, i64>(SENSITIVE).fetch_one(pool).await).unwrap(), 0);
    let holds = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).any(|here| here == part);
    if on == On::Sqlite {
        for file in ["frid.db", "frid.db-wal"] {
            let bytes = std::fs::read(portal.config.data.join(file)).unwrap_or_default();
            assert!(!holds(&bytes, &sealed.0) && !holds(&bytes, &sealed.1), "not even what was sealed is in {file}");
        }
    }

    let second = purge(&portal.db, "beslut 1", ended + 90 * DAY).await.unwrap();
    assert!(second.events == 1 && second.rows > 0, "{second:?}");
    for (table, rows) in tables(&portal.db).await {
        assert_eq!(found(&[&names[..], &CONFIDED[..]].concat(), rows.as_bytes()), Vec::<String>::new(), "{table}");
    }
    assert_eq!(files_with(&names, &portal.config.data), Vec::<String>::new());
    const WAITING: &str = "SELECT count(*) FROM outbox";
    assert_eq!(on!(&portal.db, pool => sqlx::query_scalar::<_, i64>(WAITING).fetch_one(pool).await).unwrap(), 0);
    const RECORD: &str = "SELECT decision FROM deletions ORDER BY at";
    let record: Vec<String> = on!(&portal.db, pool => sqlx::query_scalar(RECORD).fetch_all(pool).await).unwrap();
    assert_eq!(record, ["beslut 1", "beslut 1"]);
    let page = open.portal.get_as(&open.eva, &of(&open.event, desk::ORGANISED)).await;
    assert!(page.text().contains("kost, tillgänglighet") && page.text().contains("Stöd: beslut 1."));
    assert_eq!(purge(&portal.db, "beslut 1", ended + 400 * DAY).await.unwrap().events, 0, "once");
});
