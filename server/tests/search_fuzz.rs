//! No input whatever gives an error, ends the process, or makes an answer without bounds.
//!
//! A few seconds' worth runs with the other tests; `FRID_FUZZ_MINUTES=10 script/test rust search_fuzz` goes on for
//! ten minutes. What fails is shrunk to the shortest input that still does, and printed.

use crate::portal::{On, TestPortal};
use app::search::{Piece, Query, Request, Search};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use server::library::import::{self, File};
use server::library::shelf::Shelf;
use server::search::SearchShelf;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// The shipped library, built once.
static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
    let files: Vec<File> = import::shipped();
    let texts = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    Shelf::build(texts, 1, jiff::civil::date(2026, 11, 22)).0
});

/// Pieces that have broken searches elsewhere, and pieces that our own parts look for.
fn piece() -> impl Strategy<Value = String> {
    let awkward = prop::sample::select(vec![
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "((",
        "))",
        "\"",
        "”",
        "’",
        "'",
        "-",
        "--",
        "- ",
        "+",
        "~",
        "*",
        "?",
        ":",
        "^",
        "/",
        "\\",
        "\0",
        "\u{7}",
        "\r\n",
        "\t",
        "\u{200b}",
        "\u{ad}",
        "\u{feff}",
        "\u{200d}",
        "\u{202e}",
        "\u{2066}",
        "a\u{30a}",
        "o\u{308}",
        "\u{301}",
        "עברית",
        "العربية",
        "🧑🏽‍⚕️",
        "🇸🇪",
        "💔",
        "ﬁ",
        "ẞ",
        "İ",
        "ǆ",
        "Å",
        "𝔳å𝔩𝔡",
        "\u{10ffff}",
        "§",
        "§§",
        "kap.",
        "kap",
        "st",
        "p.",
        "AND",
        "OR",
        "NOT",
        "TO",
        "IN",
        "title:",
        "*:*",
        "a:b",
        "NEAR/3",
        "%",
        "_",
        "';--",
        "<mark>",
        "&amp;",
        "$1",
        "{0}",
    ]);
    let law = prop::sample::select(vec![
        "5 kap. 11 § SoL",
        "sol 19:1",
        "19:1",
        "SOSFS 2014:4",
        "hslf-fs 2022:39",
        "2001:453",
        "18 a §",
        "lvu",
        "§ 3",
        "14 kap",
        "sfs/2001:453#K5P11",
        "99999999999999999999 kap. 99999999999999999999 §",
        "0 §",
        "1 kap. 1 § 1 st. 1 p.",
        "prop. 2024/25:89 s. 31",
    ]);
    let words = prop::sample::select(vec![
        "våld",
        "vald",
        "orosanmälan",
        "orosanmelan",
        "barn",
        "och",
        "i",
        "vad",
        "är",
        "hedersrelaterat",
        "skyddat boende",
        "hvad",
    ]);
    prop_oneof![
        4 => awkward.prop_map(str::to_owned),
        2 => law.prop_map(str::to_owned),
        3 => words.prop_map(str::to_owned),
        2 => any::<char>().prop_map(String::from),
        1 => "[0-9]{1,40}",
        1 => "\\PC{0,40}",
        1 => "[a-zåäö]{1,300}",
    ]
}

fn typed() -> impl Strategy<Value = String> {
    let separator = prop::sample::select(vec!["", " ", "  ", "\u{a0}", "\n"]);
    let mixed = (prop::collection::vec(piece(), 0..60), separator).prop_map(|(pieces, between)| pieces.join(between));
    let repeated = (piece(), 1..20_000_usize, prop::sample::select(vec!["", " "]));
    let nested = (prop::sample::select(vec!["()", "[]", "{}", "\"\"", "(-)"]), 1..10_000_usize, piece());
    prop_oneof![
        8 => mixed,
        1 => repeated.prop_map(|(piece, times, between)| vec![piece; times].join(between)),
        1 => nested.prop_map(|(pair, depth, inside)| {
            let (open, close) = pair.split_at(pair.len() - 1);
            format!("{}{inside}{}", open.repeat(depth), close.repeat(depth))
        }),
        1 => any::<String>(),
    ]
}

/// Most that one answer may hold, in bytes: ten hits with excerpt and sections are some ten thousand.
const MOST_BYTES: usize = 64 * 1024;

fn is_answered(shelf: &SearchShelf, text: &str) -> Result<(), TestCaseError> {
    let Some(query) = Query::parse(text) else { return Ok(()) };
    prop_assert!(query.as_str().chars().count() <= Query::LONGEST);
    let suggested = shelf.suggest(&query);
    prop_assert!(suggested.len() <= 8 && suggested.iter().all(|word| word.len() <= 1000), "{:?}", suggested);
    for request in [
        Request::new(query.clone()),
        Request { also_repealed: true, offset: 3, limit: Request::MOST, ..Request::new(query.clone()) },
    ] {
        let answer = shelf.search(&request);
        prop_assert!(answer.hits.len() <= request.limit && answer.hits.len() <= answer.total);
        prop_assert!(answer.corrected.len() <= Query::LONGEST);
        let bytes = |text: &Piece| match text {
            Piece::Plain(text) | Piece::Marked(text) => text.len(),
        };
        for hit in &answer.hits {
            prop_assert!(hit.path.starts_with('/') && !hit.title.is_empty() && hit.sections.len() <= 3);
            prop_assert!(hit.excerpt.iter().map(bytes).sum::<usize>() <= MOST_BYTES / 10, "{}", hit.path);
        }
    }
    Ok(())
}

/// A number of cases, or as many as there are in the minutes asked for.
fn fuzz(cases: u32, mut run: impl FnMut(&mut TestRunner)) {
    // A failure is told in full; nothing is written beside the sources.
    let config = || Config { cases, failure_persistence: None, max_shrink_iters: 10_000, ..Config::default() };
    let minutes =
        std::env::var("FRID_FUZZ_MINUTES").map_or(0.0, |text| text.parse::<f64>().expect("a number of minutes"));
    let (start, lasts) = (Instant::now(), Duration::from_secs_f64(60.0 * minutes));
    let mut rounds = 0_u64;
    loop {
        run(&mut TestRunner::new(config()));
        rounds += 1;
        if start.elapsed() >= lasts {
            break;
        }
    }
    println!("{} cases", rounds * u64::from(cases));
}

#[test]
fn whatever_is_typed_is_answered() {
    let shelf = &SHELF.search;
    fuzz(96, |runner| runner.run(&typed(), |text| is_answered(shelf, &text)).unwrap());
}

#[test]
fn what_is_known_to_break_searches_is_answered() {
    let long = |text: &str, times: usize| text.repeat(times);
    for text in [
        long("(", 10_000) + &long(")", 10_000),
        long("[", 10_000),
        long("\"", 10_001),
        long("-", 10_000),
        long("-våld ", 5_000),
        long("\"våld ", 5_000),
        long("våld ", 20_000),
        long("a", 1_000_000),
        long("å\u{30a}", 10_000),
        long("\u{200b}", 10_000),
        long("\0", 10_000),
        long("§ ", 10_000),
        long("1:", 10_000),
        long("🧑🏽‍⚕️", 1_000),
        "\u{202e}dlåv".to_owned(),
        "\"".to_owned(),
        "-".to_owned(),
        "\"\" -\"\"".to_owned(),
        "18446744073709551616 kap. 18446744073709551616 §".to_owned(),
    ] {
        is_answered(&SHELF.search, &text).unwrap();
    }
}

/// As a browser and a program ask: percent-encoded, whole, through the front.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_typed_is_answered_over_http() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let runtime = tokio::runtime::Handle::current();
    tokio::task::block_in_place(|| {
        fuzz(12, |runner| {
            let asked = runner.run(&typed(), |text| {
                let text: String = text.chars().take(300).collect();
                let encoded: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
                for (address, refusals) in
                    [("/sok", &[414][..]), ("/api/v1/sok", &[400, 414]), ("/api/v1/forslag", &[414])]
                {
                    let answer = runtime.block_on(portal.get(&format!("{address}?q={encoded}")));
                    prop_assert!(
                        answer.status == 200 || refusals.contains(&answer.status),
                        "{} {}",
                        address,
                        answer.status
                    );
                    prop_assert!(answer.bytes.len() <= 4 * MOST_BYTES, "{}: {} bytes", address, answer.bytes.len());
                }
                Ok(())
            });
            asked.unwrap();
        });
    });
    assert_eq!(portal.get("/api/v1/sok?q=%ff%fe").await.status, 200, "what is no UTF-8 is read as well as can be");
}
