//! Search through the portal's front door.

use crate::portal::{On, TestPortal, a_subject, an_article};
use app::guidance::Audience;
use app::search::{Kind, Query, Request, Search};
use server::content::parse_exam;
use server::search::exam;

fn first(answer: &serde_json::Value) -> &str {
    answer["hits"][0]["url"].as_str().unwrap_or("nothing")
}

async fn asked(portal: &TestPortal, query: &str) -> serde_json::Value {
    let answer = portal.get(&format!("/api/v1/sok?{query}")).await;
    assert_eq!((answer.status, answer.header("cache-control")), (200, "no-store"), "{query}: {}", answer.text());
    serde_json::from_slice(&answer.bytes).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provision_that_is_asked_for_comes_first_with_its_successor() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    for (query, address) in [
        ("19+kap+1+%C2%A7+sol", "/regler/sfs-2025-400/#K19P1"),
        ("sol+19:1", "/regler/sfs-2025-400/#K19P1"),
        ("19:1+sol", "/regler/sfs-2025-400/#K19P1"),
        ("lvu+31a", "/regler/sfs-1990-52/#P31a"),
        ("osl+10:18c", "/regler/sfs-2009-400/#K10P18c"),
        ("sosfs+2014:4+3+1", "/regler/sosfs-2014-4/#K3P1"),
        ("hslf+fs+2022+39", "/regler/hslf-fs-2022-39/"),
        ("2014:4", "/regler/sosfs-2014-4/"),
    ] {
        let answer = asked(&portal, &format!("q={query}")).await;
        assert_eq!(first(&answer), format!("https://frid.example{address}"), "{query}");
    }
    let old = asked(&portal, "q=14+kap+1+%C2%A7+socialtj%C3%A4nstlagen+2001:453").await;
    assert_eq!(first(&old), "https://frid.example/regler/sfs-2001-453/#K14P1");
    let urls: Vec<&str> = old["hits"].as_array().unwrap().iter().map(|hit| hit["url"].as_str().unwrap()).collect();
    assert!(urls[1..].contains(&"https://frid.example/regler/sfs-2025-400/#K19P1"), "{urls:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_longer_applies_is_left_out_unless_asked_for() {
    let archived = |files: Vec<(String, String)>| {
        files.into_iter().map(|(path, text)| (path, text.replacen("+++\n", "+++\nstatus = 'arkiverad'\n", 1)))
    };
    let old = archived(vec![an_article("gammal", "Gammal", "Snöstorm i fjällen.")]);
    let files: Vec<_> = [a_subject(), an_article("ny", "Ny", "Snöstormen i fjäll.")].into_iter().chain(old).collect();
    let portal = TestPortal::with(On::Sqlite, &files).await;
    let now = asked(&portal, "q=sn%C3%B6storm").await;
    assert_eq!((now["total"].as_u64(), first(&now)), (Some(1), "https://frid.example/vagledning/ny"));
    let all = asked(&portal, "q=sn%C3%B6storm&status=alla").await;
    assert_eq!(all["total"], 2);
    assert_eq!(all["hits"][1]["status"], "Arkiverad");
    assert!(portal.get("/sok?q=sn%C3%B6storm").await.text().contains("Visa även 1 träff som inte längre gäller"));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_choice_leaves_as_many_hits_as_it_says() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let shelf = portal.portal.snapshot().shelf.clone();
    let search = |request: &Request| {
        let answer = shelf.search.search(request);
        assert_eq!(answer.hits.len(), answer.total, "{request:?}");
        answer
    };
    let asked = |words: &str| Request { limit: usize::MAX, ..Request::new(Query::parse(words).unwrap()) };
    let mut choices = 0;
    for request in [
        asked("barn"),
        Request { kind: Some(Kind::Regulation), ..asked("barn") },
        Request { audience: Some(Audience::School), ..asked("barn") },
        // A provision is found by its name, also one that no longer applies.
        asked("14 kap 1 § sol 2001:453"),
        Request { also_repealed: true, ..asked("2014:4") },
    ] {
        let answer = search(&request);
        for (kind, count) in answer.kinds {
            assert_eq!(search(&Request { kind: Some(kind), ..request.clone() }).total, count, "{request:?} {kind:?}");
            choices += 1;
        }
        for (audience, count) in answer.audiences {
            let narrowed = search(&Request { audience: Some(audience), ..request.clone() });
            assert_eq!(narrowed.total, count, "{request:?} {audience:?}");
            choices += 1;
        }
        let [in_force, all] = [false, true].map(|also_repealed| search(&Request { also_repealed, ..request.clone() }));
        assert_eq!(all.total - in_force.total, answer.repealed, "{request:?}");
    }
    assert!(choices > 20, "{choices} choices were tried");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_published_is_found_at_once_and_what_is_withdrawn_is_not() {
    let portal = TestPortal::with(On::Sqlite, &[a_subject(), an_article("sida", "Sida", "Snöstorm.")]).await;
    let (path, text) = an_article("sida", "Sida", "Regnbåge.");
    portal.portal.edit(&path, &text, true).await.unwrap();
    assert_eq!(asked(&portal, "q=regnb%C3%A5gar").await["total"], 1);
    assert_eq!(asked(&portal, "q=sn%C3%B6storm").await["total"], 0);
    let gone = text.replacen("+++\n", "+++\nstatus = 'borttagen'\norsak = 'Inaktuell.'\n", 1);
    portal.portal.edit(&path, &gone, true).await.unwrap();
    assert_eq!(asked(&portal, "q=regnb%C3%A5ge").await["total"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_choice_is_told_what_there_is() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    for (query, message) in [
        ("", "Ange det du söker"),
        ("q=barn&typ=film", "välj bland"),
        ("q=barn&lan=x", "skane"),
        ("q=barn&limit=1000", "högst 100"),
    ] {
        let answer = portal.get(&format!("/api/v1/sok?{query}")).await;
        assert_eq!(answer.status, 400, "{query}");
        assert!(answer.text().contains(message), "{query}: {}", answer.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_exam_does_not_get_worse() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let questions = parse_exam("sokprov.toml", include_str!("../../content/sokprov.toml")).unwrap();
    let marks = exam::sit(portal.portal.snapshot().shelf.search.as_ref(), &questions);
    assert!(marks.questions >= 80);
    assert!(marks.mrr >= 0.95 && marks.among_three >= 0.97, "{marks:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn suggestions_begin_as_what_was_typed() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let found = portal.portal.snapshot().shelf.search.suggest(&Query::parse("orosa").unwrap());
    assert!(found.iter().any(|word| word.to_lowercase().starts_with("orosanmäl")), "{found:?}");
    let answer = portal.get("/api/v1/forslag?q=orosa").await;
    assert!(answer.text().contains("rosanmäl") && answer.header("cache-control") == "no-store");
    // No suggestion is a dead end.
    for word in found {
        let request = Request::new(Query::parse(&word).unwrap());
        assert!(portal.portal.snapshot().shelf.search.search(&request).total > 0, "{word}");
    }
}
