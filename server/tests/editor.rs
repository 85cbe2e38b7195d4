//! Writing, reviewing and publishing, on both databases.

use crate::on_both;
use crate::portal::{Answer, On, TestPortal, a_subject, an_article};
use app::viewer::Role;
use futures::future::join_all;
use server::on;

/// A national page and one of Skåne.
async fn a_portal(on: On) -> TestPortal {
    let (path, page) = an_article("lans-sida", "Länets sida", "Länets text.");
    let county = (path, page.replace("publicerad =", "lan = ['skane']\npublicerad ="));
    TestPortal::with(on, &[a_subject(), an_article("sida", "Sidan", "Nationell text."), county]).await
}

pub fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// The form of a page of guidance as it was opened, with another text.
pub fn written<'a>(version: &'a str, county: &'a str, body: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("version", version),
        ("titel", "Länets sida"),
        ("ingress", "Ingress."),
        ("amnen", "amne"),
        ("malgrupper", "skola"),
        ("lan", county),
        ("text", body),
    ]
}

pub async fn open(portal: &TestPortal, cookie: &str, slug: &str) -> String {
    let opened = portal.submit(cookie, &format!("/redaktion/sidor/vagledning/{slug}/andra"), "").await;
    assert_eq!(opened.status, 303, "{}", opened.text());
    opened.header("location").to_owned()
}

pub fn version(page: &Answer) -> String {
    page.text().split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

pub async fn publish(portal: &TestPortal, cookie: &str, draft: &str, form: &str) -> Answer {
    let path = format!("{draft}publicera/");
    let version = version(&portal.get_as(cookie, &path).await);
    portal.submit(cookie, &path, &format!("version={version}&{form}")).await
}

on_both!(a_countys_editor_writes_and_publishes_and_readers_see_it_at_once, async |on| {
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let draft = open(&portal, &eva, "lans-sida").await;
    assert_eq!(open(&portal, &eva, "lans-sida").await, draft, "one draft of a page at a time");
    let saved =
        portal.submit(&eva, &draft, &form(&written("1", "skane", "Ny text om skydd enligt 19 kap. 1 § SoL."))).await;
    assert_eq!(saved.status, 303);
    assert!(portal.get("/vagledning/lans-sida").await.text().contains("Länets text."), "not before it is published");
    let preview = portal.get_as(&eva, &format!("{draft}forhandsvisa/")).await;
    assert!(preview.text().contains("Ny text om") && preview.text().contains("Förhandsvisning."));

    assert_eq!(publish(&portal, &eva, &draft, "storlek=mindre").await.status, 303);
    assert!(portal.get("/vagledning/lans-sida").await.text().contains("Ny text om"));
    let found = portal.get("/api/v1/sok?q=skydd").await;
    assert!(found.text().contains("/vagledning/lans-sida"), "and search finds it: {}", found.text());
    assert_eq!(portal.get_as(&eva, &draft).await.status, 404, "the draft has done its work");
});

on_both!(a_national_page_takes_a_reviewer_who_did_not_write_it, async |on| {
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, None).await;
    let rut = portal.sign_in(Role::Reviewer, None).await;
    let draft = open(&portal, &eva, "sida").await;
    portal.submit(&eva, &draft, &form(&written("1", "", "Ny nationell text."))).await;
    assert_eq!(portal.submit(&eva, &format!("{draft}publicera/"), "version=2&storlek=mindre").await.status, 403);
    assert_eq!(portal.submit(&eva, &format!("{draft}granskning"), "").await.status, 303);
    let list = portal.get_as(&rut, "/redaktion/sidor/?lan=&status=granskning").await;
    assert!(list.text().contains("Väntar på granskning") && list.text().contains("1 sida"), "{}", list.text());

    // Back with a word, changed by the reviewer, who then needs other eyes.
    portal.submit(&rut, &format!("{draft}tillbaka"), &form(&[("kommentar", "Skriv vem som ringer.")])).await;
    assert!(portal.get_as(&eva, &draft).await.text().contains("Skriv vem som ringer."));
    assert_eq!(portal.submit(&rut, &draft, &form(&written("2", "", "Rättad text."))).await.status, 303);
    let own = portal.get_as(&rut, &format!("{draft}publicera/")).await;
    assert!(own.text().contains("behöver en annan granskare publicera"));
    assert_eq!(portal.submit(&rut, &format!("{draft}publicera/"), "version=3&storlek=mindre").await.status, 403);
    let ada = portal.sign_in(Role::Admin, None).await;
    let larger = publish(&portal, &ada, &draft, "storlek=storre&andring=").await;
    assert!(larger.status == 422 && larger.text().contains("Skriv vad som har ändrats."));
    assert_eq!(publish(&portal, &ada, &draft, "storlek=storre&andring=Vem+som+ringer").await.status, 303);
    let notes: Vec<Option<String>> = on!(&portal.portal.db, pool => sqlx::query_scalar(
        "SELECT note FROM revisions WHERE account_id IS NOT NULL").fetch_all(pool).await)
    .unwrap();
    assert_eq!(notes, [Some("Vem som ringer".to_owned())]);
});

on_both!(of_two_who_write_at_once_neither_loses_a_word, async |on| {
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let rut = portal.sign_in(Role::Reviewer, None).await;
    let draft = open(&portal, &eva, "lans-sida").await;
    assert_eq!(portal.submit(&eva, &draft, &form(&written("1", "skane", "Evas text."))).await.status, 303);
    let refused = portal.submit(&rut, &draft, &form(&written("1", "skane", "Ruts text."))).await;
    assert_eq!(refused.status, 409);
    assert!(refused.text().contains("Evas text.") && refused.text().contains("Ruts text."), "both, side by side");
    // Having seen both, Rut saves over it; Eva's text is still kept.
    let again = version(&refused);
    assert_eq!(portal.submit(&rut, &draft, &form(&written(&again, "skane", "Bådas text."))).await.status, 303);
    let kept: Vec<String> = on!(&portal.portal.db, pool => sqlx::query_scalar(
        "SELECT written FROM draft_texts ORDER BY version").fetch_all(pool).await)
    .unwrap();
    assert!(
        kept.iter().any(|text| text.contains("Evas text.")) && kept.iter().any(|text| text.contains("Bådas text."))
    );
});

on_both!(of_many_saves_from_one_version_one_is_taken, async |on| {
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let draft = open(&portal, &eva, "lans-sida").await;
    let texts: Vec<String> = (0..20).map(|n| form(&written("1", "skane", &format!("Text {n}.")))).collect();
    let answers = join_all(texts.iter().map(|text| portal.submit(&eva, &draft, text))).await;
    let taken = answers.iter().filter(|answer| answer.status == 303).count();
    assert_eq!((taken, answers.iter().filter(|answer| answer.status == 409).count()), (1, 19));
    // The same text twice, as a double click sends it, is no conflict.
    let twice = form(&written("2", "skane", "Samma."));
    let answers = join_all([portal.submit(&eva, &draft, &twice), portal.submit(&eva, &draft, &twice)]).await;
    assert!(answers.iter().all(|answer| answer.status == 303));
});

on_both!(a_page_is_published_once_however_often_the_button_is_pressed, async |on| {
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let draft = open(&portal, &eva, "lans-sida").await;
    portal.submit(&eva, &draft, &form(&written("1", "skane", "Ny text."))).await;
    let path = format!("{draft}publicera/");
    let answers = join_all((0..8).map(|_| portal.submit(&eva, &path, "version=2&storlek=mindre"))).await;
    let published = answers.iter().filter(|answer| answer.status == 303).count();
    assert_eq!(published, 1);
    let revisions: i64 = on!(&portal.portal.db, pool => sqlx::query_scalar(
        "SELECT count(*) FROM revisions WHERE author = 'editor'").fetch_one(pool).await)
    .unwrap();
    assert_eq!(revisions, 1);
});

on_both!(what_readers_would_meet_as_a_fault_is_not_published_and_is_told, async |on| {
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let draft = open(&portal, &eva, "lans-sida").await;
    let mut fields = written("1", "skane", "Se [sidan](/finns-inte/).");
    fields.retain(|(name, _)| *name != "malgrupper" && *name != "ingress");
    fields.push(("granskas_senast", "i vår"));
    assert_eq!(portal.submit(&eva, &draft, &form(&fields)).await.status, 303, "a draft may be as it is");
    let page = portal.get_as(&eva, &draft).await;
    for told in [
        "Måste åtgärdas före publicering",
        "”Ingress” är tomt",
        "”Vem är sidan för?” är tomt",
        "Granskas senast: skriv år",
    ] {
        assert!(page.text().contains(told), "{told}");
    }
    assert!(page.text().contains("value=\"i vår\""), "as it was typed");
    let refused = portal.submit(&eva, &format!("{draft}publicera/"), "version=2&storlek=mindre").await;
    assert!(refused.status == 422 && refused.text().contains("Rätta det som kontrollen nämner"));
    assert!(portal.get("/vagledning/lans-sida").await.text().contains("Länets text."));
});

on_both!(a_published_page_is_archived_moved_or_removed_with_a_word, async |on| {
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let page = "/redaktion/sidor/vagledning/lans-sida/";
    let end = format!("{page}ta-ur-bruk");
    assert_eq!(portal.submit(&eva, &end, "hur=flytta&vart=//ond.example").await.status, 422);
    assert_eq!(portal.submit(&eva, &end, "hur=flytta&vart=/vagledning/finns-inte").await.status, 422);
    assert_eq!(portal.submit(&eva, &end, "hur=ta-bort&orsak=").await.status, 422);
    assert_eq!(portal.submit(&eva, &end, "hur=arkivera").await.status, 303);
    assert!(portal.get("/vagledning/lans-sida").await.text().contains("Länets text."), "still to be read");
    assert_eq!(portal.submit(&eva, &end, "hur=ta-bort&orsak=Ersatt+av+annan").await.status, 303);
    let gone = portal.get("/vagledning/lans-sida").await;
    assert!(gone.status == 410 && gone.text().contains("Ersatt av annan"));
    assert!(!portal.get("/api/v1/sok?q=l%C3%A4nets").await.text().contains("/vagledning/lans-sida"));
    // Writing it anew brings it back.
    let draft = open(&portal, &eva, "lans-sida").await;
    portal.submit(&eva, &draft, &form(&written("1", "skane", "Åter."))).await;
    assert_eq!(publish(&portal, &eva, &draft, "storlek=mindre").await.status, 303);
    assert!(portal.get("/vagledning/lans-sida").await.text().contains("Åter."));
    assert_eq!(portal.submit(&eva, &end, "hur=flytta&vart=/vagledning/sida").await.status, 303);
    let moved = portal.get("/vagledning/lans-sida").await;
    assert_eq!((moved.status, moved.header("location")), (308, "/vagledning/sida"));
});

on_both!(a_new_page_gets_an_address_of_its_own, async |on| {
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let begin = async |title: &str| {
        portal
            .submit(&eva, "/redaktion/sidor/ny/", &form(&[("titel", title), ("typ", "vagledning"), ("lan", "skane")]))
            .await
    };
    assert!(begin("  !! ").await.text().contains("Skriv en rubrik"));
    assert!(begin("Sida").await.text().contains("Det finns redan en sida med den rubriken"));
    let begun = begin("Råd i Skåne").await;
    assert_eq!(begun.status, 303);
    let draft = begun.header("location").to_owned();
    assert!(
        begin("Råd i Skåne").await.text().contains("Det finns redan en sida med den rubriken"),
        "somebody writes it"
    );
    assert_eq!(portal.get("/vagledning/rad-i-skane").await.status, 404);
    portal.submit(&eva, &draft, &form(&written("1", "skane", "Råd."))).await;
    assert_eq!(publish(&portal, &eva, &draft, "").await.status, 303);
    assert_eq!(portal.get("/vagledning/rad-i-skane").await.status, 200);
});

on_both!(still_right_moves_the_day_of_review_and_nothing_else, async |on| {
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    assert_eq!(portal.submit(&eva, "/redaktion/sidor/vagledning/lans-sida/stammer", "").await.status, 303);
    let body: String = on!(&portal.portal.db, pool => sqlx::query_scalar(
        "SELECT body FROM revisions WHERE author = 'editor'").fetch_one(pool).await)
    .unwrap();
    assert!(body.contains("uppdaterad = 2026-01-01") && !body.contains("granskad = 2026-01-01"), "{body}");
});

on_both!(nothing_that_is_typed_runs_for_a_reader_or_a_colleague, async |on| {
    const CORPUS: [&str; 14] = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "\"><script>alert(1)</script>",
        "'><img src=x onerror=alert(1)>",
        "</textarea><script>alert(1)</script>",
        "</title><script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "![x](javascript:alert(1))",
        "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
        "+++\ntitel = 'x'\n+++",
    ];
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let draft = open(&portal, &eva, "lans-sida").await;
    for attack in CORPUS {
        let fields: Vec<(&str, &str)> = [
            "titel",
            "kort_titel",
            "ingress",
            "nyckelord",
            "relaterat",
            "granskas_senast",
            "lagrum_datum",
            "kallor",
            "text",
        ]
        .into_iter()
        .map(|name| (name, attack))
        .chain([("version", "0"), ("lan", "skane"), ("amnen", attack), ("malgrupper", attack)])
        .collect();
        let current = version(&portal.get_as(&eva, &draft).await);
        let mut fields: Vec<_> = fields.into_iter().filter(|(name, _)| *name != "version").collect();
        fields.push(("version", &current));
        assert_eq!(portal.submit(&eva, &draft, &form(&fields)).await.status, 303, "{attack}");
        portal.submit(&eva, &format!("{draft}kommentar"), &form(&[("kommentar", attack)])).await;
        for page in [
            draft.clone(),
            format!("{draft}forhandsvisa/"),
            format!("{draft}publicera/"),
            "/redaktion/sidor/?lan=".into(),
        ] {
            let shown = portal.get_as(&eva, &page).await;
            assert_eq!(shown.status, 200, "{page}: {attack}");
            let html = shown.text().to_lowercase();
            for live in [
                "<script>alert",
                "<img src=x",
                "<svg/",
                "<img src=1",
                "href=\"javascript:",
                "href=\"data:",
                "src=\"javascript:",
            ] {
                assert!(!html.contains(live), "{page}: {attack}: {live}");
            }
        }
    }
});
