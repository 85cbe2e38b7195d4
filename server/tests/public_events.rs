//! The calendar: what ships, how it is shown to people and to programs, and how it is found.

use crate::portal::{On, TestPortal};
use crate::{on_both, portal};
use app::events::calendar::Calendar;
use app::events::{Address, Kind};
use server::db::Db;
use server::events::shipped::{Brought, put_in};
use server::library::authorship::Author;
use server::library::import::{File, import, shipped};
use server::library::shelf::Shelf;
use server::{clock, on};

/// A conference in Umeå, so many days from now at a quarter past eight.
fn a_conference(slug: &str, in_days: i32) -> File {
    let text = format!(
        "kind = 'konferens'\ncounty = 'vasterbotten'\nfirst_day = {{ in_days = {in_days}, weekday = 'torsdag' }}\n\
         title = 'Snöstorm {slug}'\nlead = 'Om snöröjning.'\nstarts = '08:15'\nends = '16:00'\nopens = '-60 09:00'\ncloses = '-7 16:00'\n\
         text = \"\"\"\n## Om dagen\n\nLäs om [vinter](/vagledning/vinter).\n\"\"\"\n\
         [place]\nname = 'Salen'\ntown = 'Umeå'\n[[tracks]]\nid = 'plats'\nname = 'På plats'\nattendance = 'on-site'\nseats = 10\n\
         [contact]\nname = 'Funktionen'\nemail = 'x@lansstyrelsen.example'\n"
    );
    (format!("konferenser/{slug}.toml"), text)
}

async fn count(db: &Db) -> i64 {
    on!(db, pool => sqlx::query_scalar("SELECT count(*) FROM events").fetch_one(pool).await).unwrap()
}

async fn run(db: &Db, sql: &'static str) {
    on!(db, pool => sqlx::query(sql).execute(pool).await.map(drop)).unwrap();
}

on_both!(what_ships_is_put_in_once_and_stays_away_when_it_was_removed, async |on| {
    let portal = TestPortal::shipped(on).await;
    let db = &portal.portal.db;
    assert_eq!((count(db).await, portal.portal.snapshot().services.calendar.events().len()), (7, 7));
    run(db, "DELETE FROM events WHERE kind = 'dialogmote'").await;
    let again = import(db, &shipped(), Author::Shipped, clock::now()).await.unwrap();
    assert_eq!((again.published, count(db).await), (Vec::new(), 2));
});

on_both!(two_programs_that_start_at_once_put_everything_in_once, async |on| {
    let folder = tempfile::tempdir().unwrap();
    let url = portal::database(on, &folder).await;
    let (one, other) = (Db::open(&url).await.unwrap(), Db::open(&url).await.unwrap());
    let sources: Vec<_> = ["a", "b", "c"].map(|slug| a_conference(slug, 30)).into_iter().map(source).collect();
    let put = |db| put_in(db, &sources, Brought::WithTheProgram, clock::now());
    let (first, second) = tokio::join!(put(&one), put(&other));
    assert_eq!(first.unwrap().len() + second.unwrap().len(), 3);
    assert_eq!(count(&one).await, 3);
});

fn source((path, text): File) -> server::content::EventsSource {
    match server::content::parse(&path, &text) {
        Ok(server::content::Content::Events(source)) => source,
        other => panic!("{other:?}"),
    }
}

on_both!(what_an_operator_brings_is_put_in_where_nothing_is, async |on| {
    let portal = TestPortal::with(on, &[a_conference("a", 30)]).await;
    let db = &portal.portal.db;
    let files = [a_conference("a", 300), a_conference("b", 300)];
    let report = import(db, &files, Author::Imported, clock::now()).await.unwrap();
    assert_eq!((report.published, report.unchanged), (vec!["konferenser/b.toml".to_owned()], 1));
    // The next look at the library finds it.
    assert!(portal.portal.refresh().await.unwrap());
    assert_eq!(portal.get("/api/v1/konferenser/b").await.status, 200);
    assert!(portal.get("/kalender/").await.text().contains("Snöstorm b"));
});

#[tokio::test(flavor = "multi_thread")]
async fn the_calendar_is_read_month_by_month_and_narrowed_by_its_address() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let whole = portal.get("/kalender/").await;
    let (coming, held) = whole.text().split_once("id=\"genomfort\"").unwrap();
    for told in
        ["Exempel: Från oro till skydd", "Dialogmöte i Uddevalla", "Göteborg och digitalt", "För inbjudna. Anmälan"]
    {
        assert!(coming.contains(told), "{told}");
    }
    assert!(held.contains("Dialogmöte i Borås") && held.contains("med sammanfattning") && !coming.contains("i Borås<"));
    let north = portal.get("/kalender/?lan=vasterbotten&utm=x").await;
    assert!(north.text().contains("Att bli trodd") && !north.text().contains("Från oro till skydd"));
    assert!(north.text().contains("<link rel=\"canonical\" href=\"https://frid.example/kalender/?lan=vasterbotten\""));
    assert!(north.text().contains("href=\"/kalender.ics?lan=vasterbotten\""));
    let none = portal.get("/kalender/?typ=konferens&lan=vasterbotten").await;
    assert!(none.text().contains("Inget är planerat med dina val."));
    assert_eq!(portal.get("/kalender").await.header("location"), "/kalender/");
    let home = portal.get("/").await;
    assert!(home.text().contains("På gång") && home.text().contains("/dialogmoten/tillsammans-i-lanet/skovde/"));
    assert!(!home.text().contains("i Borås"), "what is over is not to come");
    assert!(portal.get("/sitemap.xml").await.text().contains("/konferenser/fran-oro-till-skydd/</loc>"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_of_ones_own_is_told_when_and_where_but_not_what_about() {
    let portal = TestPortal::with(On::Sqlite, &[a_conference("a", 30), a_conference("b", 60)]).await;
    let all = portal.get("/kalender.ics").await;
    assert_eq!((all.status, all.header("content-type")), (200, "text/calendar; charset=utf-8"));
    assert_eq!(all.text().matches("BEGIN:VEVENT").count(), 2);
    assert!(all.text().contains("SUMMARY:Konferens i Umeå\r\n") && all.text().contains("T081500\r\n"));
    assert!(!all.text().to_lowercase().contains("snö"), "{}", all.text());
    assert!(!portal.get("/kalender.ics?lan=skane").await.text().contains("BEGIN:VEVENT"));
    let one = portal.get("/konferenser/a/kalender.ics").await;
    assert_eq!(one.text().matches("BEGIN:VEVENT").count(), 1);
    assert!(
        one.text().contains("METHOD:PUBLISH\r\n") && one.text().contains("URL:https://frid.example/konferenser/a/\r\n")
    );
    assert_eq!(portal.get("/konferenser/c/kalender.ics").await.status, 404);
    assert_eq!(portal.get("/temadagar/a/2027/kalender.ics").await.status, 404);
}

on_both!(what_is_cancelled_says_so_everywhere, async |on| {
    let portal = TestPortal::with(on, &[a_conference("a", 30)]).await;
    run(&portal.portal.db, "UPDATE events SET cancelled_at = 1795248300, version = 2").await;
    run(&portal.portal.db, "UPDATE library SET generation = generation + 1").await;
    portal.portal.refresh().await.unwrap();
    let ics = portal.get("/konferenser/a/kalender.ics").await;
    assert!(ics.text().contains("STATUS:CANCELLED\r\n") && ics.text().contains("SEQUENCE:2\r\n"));
    assert!(portal.get("/kalender/").await.text().contains("Inställt."));
    assert!(portal.get("/flode/kalender.atom").await.text().contains("Inställt."));
    let one = json(&portal, "/api/v1/konferenser/a").await;
    assert_eq!(
        (&one["arrangemang"]["status"], &one["arrangemang"]["deltagande"][0]["kvar"]),
        (&"installd".into(), &0.into())
    );
    let found = json(&portal, "/api/v1/sok?q=sn%C3%B6storm").await;
    assert_eq!(found["hits"][0]["status"], "Inställd");
    assert!(!portal.get("/").await.text().contains("På gång"));
});

async fn json(portal: &TestPortal, path: &str) -> serde_json::Value {
    serde_json::from_slice(&portal.get(path).await.bytes).unwrap()
}

on_both!(programs_are_told_how_many_places_are_left_and_not_who_has_them, async |on| {
    let portal = TestPortal::shipped(on).await;
    let db = &portal.portal.db;
    let address = Address { kind: Kind::Conference, series: String::new(), slug: "fran-oro-till-skydd".into() };
    let event = portal.portal.snapshot().services.calendar.event(&address).unwrap();
    const SEAT: &str = "INSERT INTO registrations (id, event_id, number, queued, standing, track, share, form_key, token_hash, \
         token_turn, name, email, organisation, role, wishes, answers, note, sequence, created_at) VALUES \
         ($1, $2, $3, $3, $4, 'pa-plats', '', $1, $1, 0, 'Kanariefågel', 'kanarie@exempel.example', 'Kanariebolaget', \
         'kanarieroll', '[]', '{}', 'kanarienot', 0, 0)";
    for (number, standing) in [(1_i64, "seated"), (2, "offered"), (3, "waiting"), (4, "cancelled")] {
        on!(db, pool => sqlx::query(SEAT).bind(format!("r{number}")).bind(&event.id).bind(number).bind(standing).execute(pool).await.map(drop)).unwrap();
    }
    const PICK: &str = "INSERT INTO registration_picks (event_id, item, registration_id) VALUES ($1, 'patriark', 'r1')";
    on!(db, pool => sqlx::query(PICK).bind(&event.id).execute(pool).await.map(drop)).unwrap();

    let one = json(&portal, "/api/v1/konferenser/fran-oro-till-skydd").await;
    let track = &one["arrangemang"]["deltagande"][0];
    assert_eq!((&track["platser"], &track["kvar"]), (&340.into(), &338.into()));
    let workshop = one["program"].as_array().unwrap().iter().find(|item| item["id"] == "patriark").unwrap();
    assert_eq!((&workshop["platser"], &workshop["kvar"]), (&70.into(), &69.into()));
    assert_eq!(one["program"][0]["platser"], serde_json::Value::Null);
    let all = json(&portal, "/api/v1/konferenser?status=alla").await;
    assert_eq!(all["antal"], 7);
    // What has been has no places any more.
    let held = all["konferenser"].as_array().unwrap().iter().find(|one| one["status"] == "genomford").unwrap();
    assert_eq!(held["deltagande"][0]["kvar"], 0);
    assert_eq!(json(&portal, "/api/v1/konferenser?typ=temadag").await["antal"], 1);
    for path in [
        "/api/v1/konferenser?status=alla",
        "/api/v1/konferenser/fran-oro-till-skydd",
        "/kalender/",
        "/kalender.ics",
        "/konferenser/fran-oro-till-skydd/kalender.ics",
        "/flode/kalender.atom",
        "/api/v1/sok?q=kanariefagel",
    ] {
        let answer = portal.get(path).await;
        let text = answer.text().to_lowercase().replace("q=kanariefagel", "").replace("\"query\":\"kanariefagel\"", "");
        assert!(answer.status == 200 && !text.contains("kanarie"), "{path}");
    }
});

#[tokio::test(flavor = "multi_thread")]
async fn what_is_arranged_is_found_by_kind_and_county_and_what_is_past_comes_after() {
    let files = [a_conference("forr", -60), a_conference("snart", 30)];
    let portal = TestPortal::with(On::Sqlite, &files).await;
    let found = json(&portal, "/api/v1/sok?q=sn%C3%B6r%C3%B6jning").await;
    let hits: Vec<(&str, &str)> = found["hits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| (hit["url"].as_str().unwrap(), hit["status"].as_str().unwrap()))
        .collect();
    assert_eq!(hits.len(), 2, "{found}");
    assert!(hits[0].0.ends_with("/konferenser/snart/") && hits[0].1.starts_with("Kommande, "), "{hits:?}");
    assert!(hits[1].0.ends_with("/konferenser/forr/") && hits[1].1.starts_with("Genomförd, "), "{hits:?}");
    for (narrowing, total) in [("typ=konferens", 2), ("typ=temadag", 0), ("lan=vasterbotten", 2), ("lan=skane", 0)] {
        let found = json(&portal, &format!("/api/v1/sok?q=sn%C3%B6r%C3%B6jning&{narrowing}")).await;
        assert_eq!(found["total"], total, "{narrowing}");
    }
    let page = portal.get("/sok?q=sn%C3%B6r%C3%B6jning").await;
    // Leptos sets a mark between two texts.
    let text = page.text().replace("<!---->", "");
    assert!(text.contains("Konferens (2)") && text.contains("Konferens · Kommande, "));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_feed_tells_what_is_new() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let answer = portal.get("/flode/kalender.atom").await;
    let feed: atom_syndication::Feed = answer.text().parse().unwrap();
    assert_eq!((feed.entries().len(), feed.links()[0].href()), (7, "https://frid.example/flode/kalender.atom"));
    let theme = feed.entries().iter().find(|entry| entry.title().as_str().contains("Att bli trodd")).unwrap();
    assert!(theme.id().starts_with("https://frid.example/temadagar/natverksdagar-i-vasterbotten/20"));
    assert!(theme.summary().unwrap().as_str().contains("Umeå och digitalt."));
}

#[test]
fn a_link_in_an_event_that_leads_nowhere_is_named_with_its_file_and_line() {
    let (path, text) = a_conference("a", 30);
    let day = jiff::civil::date(2026, 11, 22);
    let problems = Shelf::build([(path.as_str(), text.as_str())], 0, day).1;
    assert!(problems.len() == 1 && problems[0].path == path && problems[0].line == 13, "{problems:?}");
    assert!(problems[0].message.contains("/vagledning/vinter"));
}

/// Nobody can come, so nobody may be led to think so.
#[test]
fn the_shipped_events_are_marked_as_examples_in_words() {
    let texts = shipped();
    let (shelf, _) = Shelf::build(
        texts.iter().map(|(path, text)| (path.as_str(), text.as_str())),
        0,
        jiff::civil::date(2026, 11, 22),
    );
    assert_eq!(shelf.events().len(), 7);
    for event in shelf.events() {
        assert!(event.plan.example && event.html.contains("exempel"), "{:?}", event.address);
        assert!(!event.plan.title.to_lowercase().contains("våld"), "a title stays in the browser's history");
        assert!(
            event.plan.contact.email.ends_with(".example")
                && event.plan.speakers.iter().all(|one| one.name.contains("(exempel)"))
        );
    }
    let tour = shelf.in_series(Kind::DialogueMeeting, "tillsammans-i-lanet");
    assert!(tour.len() == 5 && tour[0].plan.ends.date() < shelf.day() && tour[1].plan.starts.date() > shelf.day());
    let seats: u32 = shelf.events().iter().filter_map(|event| event.plan.track("pa-plats")?.seats).max().unwrap();
    assert_eq!(seats, 340);
}
