//! Search statistics: counted right by many at once, kept from five uses on, and only what people sought.

use crate::on_both;
use crate::portal::{On, TestPortal, a_subject, an_article, database};
use app::search::Query;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use server::db::Db;
use server::search::statistics::{DAYS_KEPT, Sought, Statistics, Which, sought};
use server::{clock, on};
use std::collections::HashMap;
use std::sync::{Arc, Barrier, Mutex};

const DAY: Date = date(2026, 11, 22);

async fn kept(db: &Db, which: Which) -> Vec<(String, i64, i64)> {
    let terms = sought(db, clock::today(), 1, which).await.unwrap();
    terms.into_iter().map(|Sought { term, uses, uses_without_hits }| (term, uses, uses_without_hits)).collect()
}

async fn small_portal(on: On) -> TestPortal {
    TestPortal::with(on, &[a_subject(), an_article("sida", "Sida", "Snöstorm i fjällen.")]).await
}

/// Saves as if it were midnight just now, and again: nothing may be added twice.
async fn save(portal: &TestPortal) {
    for _ in 0..2 {
        portal.portal.statistics.save(&portal.portal.db, clock::today()).await.unwrap();
    }
}

on_both!(five_searches_of_a_day_are_kept_and_four_are_not, |on: On| async move {
    let portal = small_portal(on).await;
    for _ in 0..4 {
        portal.get("/api/v1/sok?q=Sn%C3%B6storm").await;
        portal.get("/sok?q=lavin").await;
    }
    save(&portal).await;
    assert_eq!(kept(&portal.portal.db, Which::All).await, [], "four leave no row");
    // The page and the interface count together, however the word is spelled.
    portal.get("/sok?q=+sn%C3%B6STORM").await;
    save(&portal).await;
    assert_eq!(kept(&portal.portal.db, Which::All).await, [("snöstorm".to_owned(), 5, 0)]);
    portal.get("/api/v1/sok?q=lavin").await;
    portal.get("/api/v1/sok?q=lavin").await;
    portal.get("/api/v1/sok?q=sn%C3%B6storm").await;
    save(&portal).await;
    assert_eq!(kept(&portal.portal.db, Which::All).await, [("lavin".to_owned(), 6, 6), ("snöstorm".to_owned(), 6, 0)]);
    assert_eq!(kept(&portal.portal.db, Which::WithoutHits).await, [("lavin".to_owned(), 6, 6)]);
});

#[tokio::test(flavor = "multi_thread")]
async fn only_the_question_itself_counts() {
    let portal = small_portal(On::Sqlite).await;
    for _ in 0..5 {
        for address in [
            "/api/v1/forslag?q=snöstorm",
            "/sok?q=snöstorm&sida=2",
            "/sok?q=snöstorm&typ=vagledning",
            "/sok?q=snöstorm&status=alla",
            "/api/v1/sok?q=snöstorm&offset=10",
            "/api/v1/sok?q=snöstorm&malgrupp=skola",
            "/api/v1/sok?q=snöstorm&typ=film",
            "/sok?q=19850312-1234",
            "/sok?q=anna@example.se",
            "/sok?q=",
        ] {
            portal.get(&address.replace('ö', "%C3%B6")).await;
        }
    }
    save(&portal).await;
    assert_eq!(kept(&portal.portal.db, Which::All).await, []);
}

/// What counts a search, for eight to do at once.
trait Counter: Sync {
    fn sought(&self, word: &str);
}

const WORDS: [&str; 3] = ["våld", "hot", "oro"];
const TASKS: usize = 8;
const EACH: usize = 2000;

/// Eight threads, set off together, seek each word `EACH` times.
fn eight_at_once(counter: &impl Counter) {
    let start = Barrier::new(TASKS);
    std::thread::scope(|scope| {
        for _ in 0..TASKS {
            scope.spawn(|| {
                start.wait();
                (0..EACH).for_each(|_| WORDS.iter().for_each(|word| counter.sought(word)));
            });
        }
    });
}

/// Looks, then writes: what somebody else wrote in between is lost.
#[derive(Default)]
struct Naive(Mutex<HashMap<String, usize>>);

impl Counter for Naive {
    fn sought(&self, word: &str) {
        let seen = self.0.lock().unwrap().get(word).copied().unwrap_or(0);
        std::thread::yield_now();
        self.0.lock().unwrap().insert(word.to_owned(), seen + 1);
    }
}

impl Counter for Arc<Statistics> {
    fn sought(&self, word: &str) {
        self.count(DAY, &Query::parse(word).unwrap(), word != "oro");
    }
}

on_both!(eight_who_search_at_once_are_all_counted, |on: On| async move {
    let folder = tempfile::tempdir().unwrap();
    let url = database(on, &folder).await;
    // Two nodes on one database, which save all the while.
    let (one, other) = (Db::open(&url).await.unwrap(), Db::open(&url).await.unwrap());
    let nodes = [(Arc::<Statistics>::default(), one), (Arc::<Statistics>::default(), other)];
    let counting = nodes.clone().map(|(statistics, _)| tokio::task::spawn_blocking(move || eight_at_once(&statistics)));
    let saving = nodes.clone().map(|(statistics, db)| {
        tokio::spawn(async move {
            loop {
                statistics.save(&db, DAY).await.unwrap();
                tokio::task::yield_now().await;
            }
        })
    });
    for node in counting {
        node.await.unwrap();
    }
    // Stopped at any moment, as when the program ends; the last saving must lose nothing and add nothing twice.
    for loop_of_node in &saving {
        loop_of_node.abort();
    }
    for (statistics, db) in &nodes {
        statistics.save(db, DAY).await.unwrap();
    }
    let all = i64::try_from(nodes.len() * TASKS * EACH).unwrap();
    let mut found = sought(&nodes[0].1, DAY, 1, Which::All).await.unwrap();
    found.sort_by(|one, other| one.term.cmp(&other.term));
    let expected = ["hot", "oro", "våld"].map(|word| Sought {
        term: word.to_owned(),
        uses: all,
        uses_without_hits: if word == "oro" { all } else { 0 },
    });
    assert_eq!(found, expected);
});

#[test]
fn a_counter_that_looks_and_then_writes_loses_counts() {
    let naive = Naive::default();
    eight_at_once(&naive);
    let counted = naive.0.lock().unwrap();
    assert!(WORDS.iter().any(|word| counted[*word] < TASKS * EACH), "the race shows: {counted:?}");
}

on_both!(days_are_kept_apart_added_up_and_purged, |on: On| async move {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&database(on, &folder).await).await.unwrap();
    let statistics = Arc::<Statistics>::default();
    let oro = Query::parse("oro").unwrap();
    let oldest = DAY.checked_sub(DAYS_KEPT.days()).unwrap();
    let days = [oldest.yesterday().unwrap(), oldest, DAY.yesterday().unwrap(), DAY];
    for day in days {
        (0..5).for_each(|_| statistics.count(day, &oro, true));
        statistics.save(&db, day).await.unwrap();
    }
    let uses = |days| {
        let db = db.clone();
        async move { sought(&db, DAY, days, Which::All).await.unwrap().iter().map(|sought| sought.uses).sum::<i64>() }
    };
    assert_eq!((uses(1).await, uses(2).await, uses(30).await, uses(401).await), (5, 10, 10, 15));
    let left: Vec<String> =
        on!(&db, pool => sqlx::query_scalar("SELECT day FROM search_statistics ORDER BY day").fetch_all(pool).await)
            .unwrap();
    assert_eq!(left, days[1..].iter().map(Date::to_string).collect::<Vec<_>>(), "the day before the oldest is gone");
});

/// A database that cannot be written to costs no count: it is written when the database is back.
#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_written_is_written_later() {
    let folder = tempfile::tempdir().unwrap();
    let url = database(On::Sqlite, &folder).await;
    let (gone, back) = (Db::open(&url).await.unwrap(), Db::open(&url).await.unwrap());
    gone.close().await;
    let statistics = Arc::<Statistics>::default();
    let oro = Query::parse("oro").unwrap();
    (0..5).for_each(|_| statistics.count(DAY, &oro, true));
    assert!(statistics.save(&gone, DAY).await.is_err());
    statistics.count(DAY, &oro, true);
    assert!(statistics.save(&gone, DAY.tomorrow().unwrap()).await.is_err());
    statistics.save(&back, DAY.tomorrow().unwrap()).await.unwrap();
    let found = sought(&back, DAY, 1, Which::All).await.unwrap();
    assert_eq!(found, [Sought { term: "oro".into(), uses: 6, uses_without_hits: 0 }]);
}
