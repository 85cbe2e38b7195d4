//! Training material: read, found, and written in the editor.

use crate::editor::{form, publish, version};
use crate::on_both;
use crate::portal::{On, TestPortal};
use app::viewer::Role;

fn film(front: &str) -> (String, String) {
    let text = format!(
        "+++\ntitel = 'Film om oro'\ningress = 'En film för skolan.'\nformat = 'film'\nlangd_min = 75\nutgivare = 'Länsstyrelsen Skåne'\n\
         malgrupper = ['skola']\npublicerad = 2026-01-01\nuppdaterad = 2026-01-01\ngranskad = 2026-01-01\n{front}+++\n\nFilmen visar ett samtal.\n"
    );
    ("material/film-om-oro.md".to_owned(), text)
}

#[tokio::test]
async fn a_material_is_listed_read_and_found() {
    let portal = TestPortal::with(On::Sqlite, &[film("lank = 'https://example.org/film'\ngrupper = ['barn']\n")]).await;
    let list = portal.get("/utbildning/material/").await;
    assert!(
        list.text().contains("Film om oro")
            && list.text().contains("Film, 1 timme och 15 minuter, Länsstyrelsen Skåne.")
    );
    let page = portal.get("/utbildning/material/film-om-oro/").await;
    assert!(
        page.text().contains("href=\"https://example.org/film\"") && page.text().contains("Filmen visar ett samtal.")
    );
    assert!(portal.get("/api/v1/sok?q=film+skolan").await.text().contains("/utbildning/material/film-om-oro/"));
    assert!(portal.get("/sitemap.xml").await.text().contains("/utbildning/material/film-om-oro/"));
    assert_eq!(portal.get("/utbildning/material/finns-inte/").await.status, 404);
}

#[tokio::test]
async fn one_that_is_revised_leads_on_and_one_that_is_gone_says_so() {
    let revised = TestPortal::with(On::Sqlite, &[film("hanvisa_till = '/handbok/'\n")]).await;
    let page = revised.get("/utbildning/material/film-om-oro/").await;
    assert!(
        page.text().contains("Under uppdatering") && page.text().contains("href=\"/handbok/\">Läs det här så länge")
    );
    assert!(revised.get("/utbildning/material/").await.text().contains("Under uppdatering."));

    let moved = film("lank = 'https://example.org/film'\nstatus = 'flyttad'\nflyttad_till = '/vagledning/'\n");
    let moved = TestPortal::with(On::Sqlite, &[moved]).await.get("/utbildning/material/film-om-oro/").await;
    assert_eq!((moved.status, moved.header("location")), (308, "/vagledning/"));
    let gone = film("lank = 'https://example.org/film'\nstatus = 'borttagen'\norsak = 'Filmen är för gammal.'\n");
    let gone = TestPortal::with(On::Sqlite, &[gone]).await.get("/utbildning/material/film-om-oro/").await;
    assert!(gone.status == 410 && gone.text().contains("Filmen är för gammal."));
}

on_both!(a_county_writes_and_publishes_material_of_its_own, async |on| {
    let portal = TestPortal::with(on, &[]).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let new = form(&[("titel", "Fall att samtala om"), ("typ", "material"), ("lan", "skane")]);
    let begun = portal.submit(&eva, "/redaktion/sidor/ny/", &new).await;
    let draft = begun.header("location").to_owned();
    let write = async |place: &str, minutes: &str| {
        let now = version(&portal.get_as(&eva, &draft).await);
        let fields = [
            ("version", now.as_str()),
            ("titel", "Fall att samtala om"),
            ("ingress", "Fyra fall."),
            ("lan", "skane"),
            ("format", "ovning"),
            ("langd", minutes),
            ("utgivare", "Länsstyrelsen Skåne"),
            ("plats", place),
            ("grupper", "heder"),
            ("malgrupper", "socialtjanst"),
            ("text", "Läs fallen tillsammans."),
        ];
        assert_eq!(portal.submit(&eva, &draft, &form(&fields)).await.status, 303);
    };
    write("", "en timme").await;
    let page = portal.get_as(&eva, &draft).await;
    assert!(page.text().contains("Längd i minuter: skriv med siffror") && page.text().contains("value=\"en timme\""));
    assert!(
        page.text().contains("saknar `lank` och `fil`") || page.text().contains("Länk eller fil"),
        "{}",
        page.text()
    );
    assert_eq!(portal.submit(&eva, &format!("{draft}publicera/"), "version=2&storlek=mindre").await.status, 422);
    write("https://example.org/fall", "60").await;
    assert_eq!(publish(&portal, &eva, &draft, "").await.status, 303);
    let page = portal.get("/utbildning/material/fall-att-samtala-om/").await;
    for told in
        ["https://example.org/fall", "1 timme", "Övning eller fall", "Hedersrelaterat våld och förtryck", "Skåne"]
    {
        assert!(page.text().contains(told), "{told}");
    }
    // It comes back into the form as it was written, and goes out of use with a word.
    let own = "/redaktion/sidor/material/fall-att-samtala-om/";
    let again = portal.submit(&eva, &format!("{own}andra"), "").await;
    let form = portal.get_as(&eva, again.header("location")).await;
    for kept in ["value=\"60\"", "value=\"https://example.org/fall\"", "value=\"Länsstyrelsen Skåne\""] {
        assert!(form.text().contains(kept), "{kept}");
    }
    assert_eq!(portal.submit(&eva, &format!("{own}ta-ur-bruk"), "hur=arkivera").await.status, 303);
    assert!(portal.get("/utbildning/material/fall-att-samtala-om/").await.text().contains("Arkiverat"));
    assert!(!portal.get("/utbildning/material/").await.text().contains("Fall att samtala om"));
});
