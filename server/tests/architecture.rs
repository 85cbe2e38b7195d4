//! The invariants of the README, as far as a program can check them.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// (path from the top, text) of every Rust file under a folder.
pub fn sources(folder: &str) -> Vec<(String, String)> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    collect(&root().join(folder), &mut found);
    found
        .iter()
        .map(|path| (path.strip_prefix(root()).unwrap().display().to_string(), fs::read_to_string(path).unwrap()))
        .collect()
}

#[test]
fn the_app_knows_no_database_index_mail_or_markdown() {
    let manifest = fs::read_to_string(root().join("app/Cargo.toml")).unwrap();
    for crate_name in ["sqlx", "tantivy", "lettre", "pulldown-cmark", "tokio", "axum"] {
        assert!(!manifest.contains(crate_name), "app depends on {crate_name}");
    }
}

#[test]
fn features_are_told_apart_in_one_place() {
    let places: Vec<_> =
        sources("app/src").into_iter().filter(|(_, text)| text.contains("cfg(feature")).map(|(path, _)| path).collect();
    assert_eq!(places, ["app/src/lib.rs"]);
}

#[test]
fn rules_do_not_mention_leptos() {
    const RULES: [&str; 52] = [
        "app/src/accounts/device.rs",
        "app/src/accounts/person.rs",
        "app/src/certificates/attendance.rs",
        "app/src/certificates/code.rs",
        "app/src/courses/grammar.rs",
        "app/src/courses/grammar/block.rs",
        "app/src/courses/grammar/case.rs",
        "app/src/courses/marking.rs",
        "app/src/courses/progress.rs",
        "app/src/courses/renewal.rs",
        "app/src/door/merging.rs",
        "app/src/door/sent.rs",
        "app/src/editor/owners.rs",
        "app/src/editor/schedule.rs",
        "app/src/editor/steps.rs",
        "app/src/editor/written.rs",
        "app/src/events/application.rs",
        "app/src/events/calendar.rs",
        "app/src/events/invoice.rs",
        "app/src/events/json_ld.rs",
        "app/src/events/keeping.rs",
        "app/src/events/late_fee.rs",
        "app/src/events/placement.rs",
        "app/src/events/plan.rs",
        "app/src/events/questions.rs",
        "app/src/events/reader.rs",
        "app/src/events/sound.rs",
        "app/src/events/wanted.rs",
        "app/src/events/when.rs",
        "app/src/events/window.rs",
        "app/src/events/words.rs",
        "app/src/events/working_hours.rs",
        "app/src/law/day.rs",
        "app/src/law/naming.rs",
        "app/src/law/place.rs",
        "app/src/law/standing.rs",
        "app/src/media/address.rs",
        "app/src/media/refusal.rs",
        "app/src/organising/coverage.rs",
        "app/src/organising/diet.rs",
        "app/src/organising/in_use.rs",
        "app/src/organising/invitation_list.rs",
        "app/src/organising/masking.rs",
        "app/src/organising/plan_read.rs",
        "app/src/organising/plan_typed.rs",
        "app/src/organising/template.rs",
        "app/src/routes/paths.rs",
        "app/src/search/address.rs",
        "app/src/search/suggestions.rs",
        "app/src/survey/results.rs",
        "app/src/survey/written.rs",
        "app/src/viewer.rs",
    ];
    let rules: Vec<_> = sources("app/src").into_iter().filter(|(path, _)| RULES.contains(&path.as_str())).collect();
    assert_eq!(rules.len(), RULES.len(), "a file with rules has moved");
    for (path, text) in sources("app/src/text").into_iter().chain(sources("server/src/library")).chain(rules) {
        assert!(!text.contains("leptos"), "{path}");
    }
}

#[test]
fn addresses_are_written_in_one_place() {
    for (path, text) in sources("app/src") {
        let elsewhere = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let written: Vec<_> =
            elsewhere.filter(|line| line.contains("href=\"/") || line.contains("action=\"/")).collect();
        assert!(written.is_empty(), "{path}: {written:?}");
    }
}

#[test]
fn fields_of_several_lines_are_written_in_one_place() {
    for (path, text) in sources("app/src") {
        assert!(
            !text.contains("<textarea") || path == "app/src/ui/text_area.rs",
            "{path}: Leptos does not escape its text"
        );
    }
}

#[test]
fn only_the_clock_asks_for_time_and_chance() {
    for (path, text) in sources("app/src").into_iter().chain(sources("server/src")) {
        for asked in ["Timestamp::now", "Zoned::now", "SystemTime::now", "getrandom::"] {
            assert!(!text.contains(asked) || path == "server/src/clock.rs", "{path} asks {asked}");
        }
    }
}

#[test]
fn lints_are_expected_with_a_reason_never_allowed() {
    for (path, text) in sources("app/src").into_iter().chain(sources("server/src")) {
        assert!(!text.contains(concat!("#[", "allow(")), "{path}");
    }
}

#[test]
fn tests_do_not_sleep() {
    for (path, text) in sources("server/tests") {
        assert!(!text.contains(concat!("::", "sleep")), "{path}");
    }
}

#[test]
fn each_route_of_the_pages_is_in_the_sitemap_or_known_not_to_be() {
    let routes: String = sources("app/src/routes").into_iter().map(|(_, text)| text).collect();
    let known = [
        "/",
        "/vagledning",
        "/vagledning/ansvar",
        "/vagledning/:slug",
        "/regler",
        "/regler/:slug",
        "/regler/:slug/hanvisningar",
        "/handbok",
        "/handbok/:utgava",
        "/handbok/:utgava/:kapitel",
        "/utbildning",
        "/utbildning/kurser",
        "/utbildning/kurser/:kurs",
        "/utbildning/kurser/:kurs/utskrift",
        "/utbildning/kurser/:kurs/handledning",
        "/utbildning/kurser/:kurs/:modul",
        "/utbildning/material",
        "/utbildning/material/:slug",
        "/kalender",
        "/dialogmoten/:turne",
        "/temadagar/:serie",
        "/ordlista",
        "/sok",
        "/hjalp",
        "/tillganglighet",
        "/:slug",
    ];
    let paths: Vec<&str> = routes.split("path!(\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(paths, known, "a new route needs a look: its tests, its place in the sitemap, its cache");
}
