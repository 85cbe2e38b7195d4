//! Law that knows its date, through the portal's front door.

use crate::on_both;
use crate::portal::{On, TestPortal, a_subject, an_article};
use app::law::Law;
use app::law::place::Place;
use server::library::citations;
use server::library::import::File;

/// The shipped law with articles of a test's own.
pub fn with_articles(articles: impl IntoIterator<Item = File>) -> Vec<File> {
    let law = ["forkortningar.toml", "regler/", "motsvarigheter/"];
    let shipped = server::library::import::shipped();
    let mut files: Vec<File> =
        shipped.into_iter().filter(|(path, _)| law.iter().any(|start| path.starts_with(start))).collect();
    files.push(a_subject());
    files.extend(articles);
    files
}

pub fn dated(article: File, day: &str) -> File {
    (article.0, article.1.replacen("+++\n", &format!("+++\nlagrum_datum = {day}\n"), 1))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chain_of_regulations_changes_on_its_days() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    for (day, instrument) in [
        ("2014-09-30", "SOSFS 2009:22"),
        ("2014-10-01", "SOSFS 2014:4"),
        ("2022-10-31", "SOSFS 2014:4"),
        ("2022-11-01", "HSLF-FS 2022:39"),
    ] {
        let page = portal.get(&format!("/regler/sosfs-2014-4/?datum={day}")).await;
        assert!(
            answer(page.text()).contains(&format!("?datum={day}\">{instrument}</a>")),
            "{day}: {}",
            answer(page.text())
        );
    }
    for (day, instrument) in
        [("2025-06-30", "socialtjänstlagen (2001:453)"), ("2025-07-01", "socialtjänstlagen (2025:400)")]
    {
        for path in ["/regler/sfs-2001-453/", "/regler/sfs-2025-400/", "/vagledning/orosanmalan"] {
            let page = portal.get(&format!("{path}?datum={day}")).await;
            assert!(answer(page.text()).contains(&format!("?datum={day}\">{instrument}</a>")), "{path} {day}");
        }
    }
}

/// What the date field answered.
fn answer(html: &str) -> &str {
    html.split("<div role=\"status\">").last().and_then(|rest| rest.split("</div>").next()).unwrap_or("no answer")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_section_is_read_in_the_wording_of_the_day() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let before = portal.get("/regler/sfs-2009-400/?datum=2025-03-31").await;
    let after = portal.get("/regler/sfs-2009-400/?datum=2025-04-01").await;
    // Not everything on the page is dated, so it promises no more than it knows.
    assert!(before.text().contains("Du har valt 31 mars 2025. Det som vi vet har ändrats visas som det löd då."));
    assert!(!before.text().contains("reglerna som de gällde 31 mars 2025"));
    let section = |html: &str| {
        let start = html.find("id=\"K10P23\"").unwrap();
        let rest = &html[start..];
        rest[..rest[1..].find("<h3").unwrap_or(rest.len() - 1)].to_owned()
    };
    assert_ne!(section(before.text()), section(after.text()));
    assert!(section(after.text()).contains("sex månader"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_nobody_can_read_is_kept_to_be_mended_and_never_cached() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let page = portal.get("/regler/sosfs-2014-4/?datum=i%20g%C3%A5r%22%3E").await;
    assert_eq!(page.status, 200);
    assert!(
        page.text().contains("Dagen går inte att läsa.") && page.text().contains("value=\"i går&quot;&gt;\""),
        "{}",
        page.text()
    );
    assert_eq!(page.header("cache-control"), "no-store");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_page_cites_the_act_of_its_day_and_says_what_corresponds_today() {
    let article = dated(an_article("gammal", "Gammal", "Enligt 5 kap. 11 § SoL och 14 kap. 1 § SoL."), "2014-11-01");
    let new = dated(an_article("ny", "Ny", "Enligt 19 kap. 1 § SoL."), "2026-01-20");
    let portal = TestPortal::with(On::Sqlite, &with_articles([article, new])).await;
    let old = portal.get("/vagledning/gammal").await;
    assert!(old.text().contains("href=\"/regler/sfs-2001-453/#K5P11\""), "{}", old.text());
    assert!(old.text().contains("Upphävd 1 juli 2025. Motsvaras i dag av"), "{}", old.text());
    let new = portal.get("/vagledning/ny").await;
    assert!(new.text().contains("href=\"/regler/sfs-2025-400/#K19P1\""), "{}", new.text());

    let regulation = portal.get("/regler/sfs-2001-453/").await;
    let section = regulation.text().split("id=\"K5P11\"").nth(1).unwrap();
    assert!(section[..section.find("<h3").unwrap()].contains("/vagledning/gammal"), "the section lists who cites it");
    assert!(portal.get("/regler/sfs-2001-453/hanvisningar/").await.text().contains("5 kap. 11 § SoL"));
}

#[tokio::test(flavor = "multi_thread")]
async fn stale_references_are_listed_with_a_proposal() {
    let silent = dated(an_article("tyst", "Tyst", "Enligt 14 kap. 1 a § SoL."), "2020-01-01");
    let open =
        dated(an_article("oppen", "Öppen", "Den gamla regeln i 5 kap. 11 § SoL gäller inte längre."), "2020-01-01");
    let portal = TestPortal::with(On::Sqlite, &with_articles([silent, open])).await;
    let answer = portal.get("/api/v1/hanvisningar?status=inaktuell").await;
    assert_eq!(answer.header("content-type"), "application/json");
    let json: serde_json::Value = serde_json::from_slice(&answer.bytes).unwrap();
    let own: Vec<_> = json["hanvisningar"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["fil"].as_str().unwrap().starts_with("vagledning/"))
        .collect();
    assert_eq!(own.len(), 1, "{json:#}");
    assert_eq!(own[0]["sida"], "https://frid.example/vagledning/tyst");
    assert_eq!(own[0]["mal"], "sfs/2001:453#K14P1a");
    assert_eq!(own[0]["forslag"][0]["mal"], "sfs/2025:400#K19P5");

    let refused = portal.get("/api/v1/hanvisningar").await;
    assert_eq!(refused.status, 400);
    assert!(refused.text().contains("status=inaktuell"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_ships_is_stale() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    assert_eq!(portal.portal.snapshot().shelf.law.stale(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_legal_link_within_the_portal_leads_to_an_anchor_that_exists() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let snapshot = portal.portal.snapshot();
    let mut links = 0;
    for path in snapshot.shelf.addresses().into_iter().map(|(path, _)| path) {
        for cited in snapshot.shelf.law.cited_on(&path) {
            let Some((page, anchor)) = cited.spot.href.split_once('#').filter(|_| !cited.external) else { continue };
            let html = portal.get(page).await;
            assert!(html.text().contains(&format!("id=\"{anchor}\"")), "{path} → {}", cited.spot.href);
            links += 1;
        }
    }
    assert!(links > 200, "{links}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_section_that_does_not_exist_is_named_with_its_line() {
    let article = dated(an_article("fel", "Fel", "Rad.\n\nEnligt 19 kap. 99 § SoL och SOFS 2014:4."), "2026-01-20");
    let line = 1 + article.1.lines().position(|line| line.contains("19 kap.")).unwrap();
    let portal = TestPortal::with(On::Sqlite, &with_articles([article])).await;
    let problems = &portal.portal.snapshot().problems;
    let told = |words: &str| {
        problems.iter().any(|p| p.path == "vagledning/fel.md" && p.line == line && p.message.contains(words))
    };
    assert!(told("finns inte i socialtjänstlagen (2025:400)") && told("menas SOSFS"), "{problems:?}");
}

on_both!(what_a_revision_cites_is_written_down_beside_it, |on| async move {
    let article = dated(an_article("sida", "Sida", "## Rubrik\n\nEnligt 19 kap. 1 § SoL."), "2026-01-20");
    let portal = TestPortal::with(on, &with_articles([article.clone()])).await;
    let stored = citations::of(&portal.portal.db, "vagledning/sida.md").await.unwrap();
    assert_eq!(stored.len(), 1);
    assert_eq!(
        (stored[0].target.as_str(), stored[0].from_anchor.as_deref(), stored[0].legal_date.as_str()),
        ("sfs/2025:400#K19P1", Some("rubrik"), "2026-01-20")
    );

    // A new revision has citations of its own; an unchanged library is not written again.
    portal
        .portal
        .edit("vagledning/sida.md", &article.1.replace("19 kap. 1 §", "13 kap. 1 § och 3 §"), true)
        .await
        .unwrap();
    let stored = citations::of(&portal.portal.db, "vagledning/sida.md").await.unwrap();
    assert_eq!(
        stored.iter().map(|one| one.target.as_str()).collect::<Vec<_>>(),
        ["sfs/2025:400#K13P1", "sfs/2025:400#K13P3"]
    );
});

#[tokio::test(flavor = "multi_thread")]
async fn duties_are_a_checklist_for_each_actor() {
    let duty = |actor: &str, force: &str, text: &str| {
        format!(":::plikt aktor={actor} slag={force} lagrum=\"19 kap. 1 § SoL\"\n{text}\n:::\n")
    };
    let body = [
        duty("tandvard", "bor", "Fråga."),
        duty("tandvard", "ska", "=Anmäl oro; genast."),
        duty("skola", "ska", "Ordna."),
        String::new(),
    ]
    .join("\n");
    let portal =
        TestPortal::with(On::Sqlite, &with_articles([dated(an_article("plikter", "Plikter", &body), "2026-01-20")]))
            .await;
    let page = portal.get("/vagledning/ansvar/?roll=tandvard").await;
    let table = page.text().split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
    assert_eq!(table.matches("<tr>").count(), 2);
    assert!(table.find("Anmäl").unwrap() < table.find("Fråga").unwrap(), "what binds comes first");
    assert!(table.contains("href=\"/regler/sfs-2025-400/#K19P1\"") && !table.contains("Ordna."));

    let csv = portal.get("/vagledning/ansvar.csv?roll=tandvard").await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(
        csv.text(),
        "\u{feff}Ska eller bör;Uppgift;Lagrum;Vägledning;Vår rutin\n\
         ska;\"'=Anmäl oro; genast.\";19\u{a0}kap. 1\u{a0}§ socialtjänstlagen (2025:400);https://frid.example/vagledning/plikter;\n\
         bör;Fråga.;19\u{a0}kap. 1\u{a0}§ socialtjänstlagen (2025:400);https://frid.example/vagledning/plikter;\n"
    );
    let xlsx = portal.get("/vagledning/ansvar.xlsx?roll=tandvard").await;
    assert!(xlsx.bytes.starts_with(b"PK") && xlsx.header("content-disposition").contains("ansvar-tandvard.xlsx"));
    assert_eq!(portal.get("/vagledning/ansvar.csv?roll=polis").await.status, 404);

    let uncovered = portal.portal.snapshot().shelf.law.uncovered().to_vec();
    let of_sol = |place: &str| uncovered.iter().any(|spot| spot.target == format!("sfs/2025:400#{place}"));
    assert!(of_sol("K13P8") && !of_sol("K19P1"), "a cited section is covered, another is not");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_regulation_in_full_text_has_an_anchor_for_each_stycke_and_punkt() {
    let text = "+++\nserie = 'SOSFS'\nnummer = '2011:9'\ntitel = 'Föreskrifter (SOSFS 2011:9)'\nnamn = 'föreskrifterna'\n\
        slag = 'föreskrifter och allmänna råd'\nutgivare = 'Socialstyrelsen'\ningress = 'Om.'\ni_kraft = 2012-01-01\n\
        kalla = 'https://example.se/'\nbindande_text = 'Den tryckta.'\nkontrollerad = 2020-12-10\nfulltext = true\n+++\n\
        ## 3 kap. Krav\n\n### 2 § Processer\n\n:::foreskrift\nFörsta stycket.\n:::\n\n:::foreskrift\nAndra:\n\n1. ett\n2. två\n:::\n";
    let mut files = with_articles([]);
    files.push(("regler/sosfs-2011-9.md".into(), text.into()));
    let portal = TestPortal::with(On::Sqlite, &files).await;
    let page = portal.get("/regler/sosfs-2011-9/").await;
    for anchor in ["K3", "K3P2", "K3P2S1", "K3P2S2", "K3P2S2N1", "K3P2S2N2"] {
        assert!(page.text().contains(&format!("id=\"{anchor}\"")), "{anchor}");
    }
    assert!(!page.text().contains("vår sammanfattning") && page.text().contains("Föreskrift – bindande"));
    let regulation = portal.portal.snapshot().shelf.law.regulation("sosfs-2011-9").unwrap();
    assert_eq!(regulation.parts[1].place, "K3P2".parse::<Place>().ok());
}
