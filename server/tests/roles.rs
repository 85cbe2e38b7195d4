//! Every address of the staff, asked by every role: the table holds what each is answered, and a line that is missing
//! from it fails the test.

use crate::organising;
use crate::portal::{On, TestPortal, a_subject, an_article, form_request};
use app::desk::Method;
use app::routes;
use app::viewer::Role;

/// (method, path, a visitor, an editor of Skåne, an editor of Örebro, a reviewer, an administrator). 303 from a page
/// leads a visitor to the sign-in; 422 and 404 are answers to the empty form of somebody who may send it.
const EXPECTED: &[(Method, &str, [u16; 5])] = &[
    (Method::Get, "/logga-in/", [200, 303, 303, 303, 303]),
    (Method::Post, "/logga-in/", [422, 422, 422, 422, 422]),
    (Method::Post, "/logga-in/utmaning", [200, 200, 200, 200, 200]),
    (Method::Post, "/logga-ut", [303, 303, 303, 303, 303]),
    (Method::Get, "/utloggad/", [200, 303, 303, 303, 303]),
    (Method::Post, "/logga-in/med/{leverantor}", [404, 404, 404, 404, 404]),
    (Method::Get, "/logga-in/fran/{leverantor}", [404, 404, 404, 404, 404]),
    (Method::Get, "/inbjudan/", [410, 410, 410, 410, 410]),
    (Method::Post, "/inbjudan/", [410, 410, 410, 410, 410]),
    (Method::Post, "/inbjudan/utmaning", [422, 422, 422, 422, 422]),
    (Method::Get, "/redaktion/", [303, 200, 200, 200, 200]),
    (Method::Get, "/redaktion/mitt-konto/", [303, 200, 200, 200, 200]),
    (Method::Post, "/redaktion/mitt-konto/nycklar/utmaning", [401, 200, 200, 200, 200]),
    (Method::Post, "/redaktion/mitt-konto/nycklar", [401, 422, 422, 422, 422]),
    (Method::Post, "/redaktion/mitt-konto/nycklar/ta-bort", [401, 303, 303, 303, 303]),
    (Method::Post, "/redaktion/mitt-konto/inloggningar/avsluta", [401, 303, 303, 303, 303]),
    (Method::Get, "/redaktion/sidor/", [303, 200, 200, 200, 200]),
    (Method::Get, "/redaktion/sidor/ny/", [303, 200, 200, 200, 200]),
    // The empty form is one for a national page, which a county's editor may not begin.
    (Method::Post, "/redaktion/sidor/ny/", [401, 403, 403, 404, 404]),
    // The page and the draft are Skåne's.
    (Method::Get, "/redaktion/sidor/{typ}/{sida}/", [303, 200, 200, 200, 200]),
    (Method::Post, "/redaktion/sidor/{typ}/{sida}/andra", [401, 303, 403, 303, 303]),
    (Method::Post, "/redaktion/sidor/{typ}/{sida}/stammer", [401, 303, 403, 303, 303]),
    (Method::Post, "/redaktion/sidor/{typ}/{sida}/ta-ur-bruk", [401, 404, 403, 404, 404]),
    (Method::Post, "/redaktion/sidor/{typ}/{sida}/adress", [401, 422, 403, 422, 422]),
    (Method::Post, "/redaktion/sidor/{typ}/{sida}/ansvar", [401, 303, 403, 303, 303]),
    (Method::Get, "/redaktion/sidor/{typ}/{sida}/versioner/", [303, 200, 200, 200, 200]),
    (Method::Post, "/redaktion/sidor/{typ}/{sida}/versioner/namn", [401, 404, 403, 404, 404]),
    (Method::Post, "/redaktion/sidor/{typ}/{sida}/versioner/aterstall", [401, 404, 403, 404, 404]),
    (Method::Get, "/redaktion/uppgifter/", [303, 200, 200, 200, 200]),
    (Method::Get, "/redaktion/kastade/", [303, 200, 200, 200, 200]),
    // The draft has not been thrown away.
    (Method::Post, "/redaktion/kastade/{utkast}/ta-fram", [401, 404, 404, 404, 404]),
    (Method::Get, "/redaktion/utkast/{utkast}/", [303, 200, 200, 200, 200]),
    // An empty form would make the page national; and it was written from no version.
    (Method::Post, "/redaktion/utkast/{utkast}/", [401, 403, 403, 409, 409]),
    (Method::Get, "/redaktion/utkast/{utkast}/forhandsvisa/", [303, 200, 200, 200, 200]),
    (Method::Post, "/redaktion/utkast/{utkast}/forhandsvisa/text", [401, 200, 200, 200, 200]),
    (Method::Get, "/redaktion/utkast/{utkast}/publicera/", [303, 200, 200, 200, 200]),
    (Method::Post, "/redaktion/utkast/{utkast}/publicera/", [401, 409, 403, 409, 409]),
    (Method::Post, "/redaktion/utkast/{utkast}/publicera/utan-tid", [401, 303, 403, 303, 303]),
    (Method::Post, "/redaktion/utkast/{utkast}/kasta", [401, 303, 403, 303, 303]),
    (Method::Post, "/redaktion/utkast/{utkast}/lank", [401, 200, 403, 200, 200]),
    (Method::Post, "/redaktion/utkast/{utkast}/lank/avsluta", [401, 303, 403, 303, 303]),
    // Whoever has a link may read; nobody has this one.
    (Method::Get, "/utkast/{nyckel}/", [410, 410, 410, 410, 410]),
    (Method::Post, "/redaktion/utkast/{utkast}/granskning", [401, 303, 403, 303, 303]),
    (Method::Post, "/redaktion/utkast/{utkast}/tillbaka", [401, 303, 403, 303, 303]),
    (Method::Post, "/redaktion/utkast/{utkast}/kommentar", [401, 303, 303, 303, 303]),
    (Method::Get, "/redaktion/filer/", [303, 200, 200, 200, 200]),
    // The empty form is one for a national file, and brings none.
    (Method::Post, "/redaktion/filer/", [401, 403, 403, 422, 422]),
    // The picture is Skåne's; the empty form leaves it without a text.
    (Method::Post, "/redaktion/filer/{fil}/text", [401, 422, 403, 422, 422]),
    // It is used in the draft.
    (Method::Post, "/redaktion/filer/{fil}/ta-bort", [401, 409, 403, 409, 409]),
    (Method::Get, "/redaktion/konferenser/", [303, 200, 200, 200, 200]),
    (Method::Get, "/redaktion/konferenser/ny/", [303, 200, 200, 200, 200]),
    // The empty form is one for a national event, of no kind.
    (Method::Post, "/redaktion/konferenser/ny/", [401, 403, 403, 404, 404]),
    // The tour, the conference and who has registered are Skåne's; the empty forms ask for nothing that there is.
    (Method::Get, "/redaktion/konferenser/turne/{turne}/", [303, 200, 403, 200, 200]),
    (Method::Post, "/redaktion/konferenser/turne/{turne}/inbjudna", [401, 422, 403, 422, 422]),
    (Method::Post, "/redaktion/konferenser/turne/{turne}/inbjudna/ta-bort", [401, 409, 403, 409, 409]),
    (Method::Post, "/redaktion/konferenser/turne/{turne}/skriv", [401, 404, 403, 404, 404]),
    (Method::Post, "/redaktion/konferenser/turne/{turne}/ta-vidare", [401, 404, 403, 404, 404]),
    (Method::Get, "/redaktion/konferenser/{arrangemang}/", [303, 200, 403, 200, 200]),
    (Method::Post, "/redaktion/konferenser/{arrangemang}/steg", [401, 404, 403, 404, 404]),
    (Method::Get, "/redaktion/konferenser/{arrangemang}/uppgifter/", [303, 200, 403, 200, 200]),
    (Method::Post, "/redaktion/konferenser/{arrangemang}/uppgifter/", [401, 422, 403, 422, 422]),
    (Method::Get, "/redaktion/konferenser/{arrangemang}/forhandsvisa/", [303, 200, 403, 200, 200]),
    (Method::Get, "/redaktion/konferenser/{arrangemang}/anmalda/", [303, 200, 403, 200, 200]),
    (Method::Get, "/redaktion/konferenser/{arrangemang}/anmalda/ny/", [303, 200, 403, 200, 200]),
    (Method::Post, "/redaktion/konferenser/{arrangemang}/anmalda/ny/", [401, 422, 403, 422, 422]),
    (Method::Get, "/redaktion/konferenser/{arrangemang}/anmalda/{anmalan}/", [303, 200, 403, 200, 200]),
    (Method::Post, "/redaktion/konferenser/{arrangemang}/anmalda/{anmalan}/atgard", [401, 404, 403, 404, 404]),
    // The name of somebody with protected identity.
    (Method::Post, "/redaktion/konferenser/{arrangemang}/anmalda/{anmalan}/namn", [401, 403, 403, 403, 200]),
    (Method::Get, "/redaktion/konferenser/{arrangemang}/meddelanden/", [303, 200, 403, 200, 200]),
    (Method::Post, "/redaktion/konferenser/{arrangemang}/meddelanden/", [401, 422, 403, 422, 422]),
    (Method::Post, "/redaktion/konferenser/{arrangemang}/meddelanden/skicka", [401, 422, 403, 422, 422]),
    (Method::Get, "/redaktion/konferenser/{arrangemang}/listor/", [303, 200, 403, 200, 200]),
    (Method::Post, "/redaktion/konferenser/{arrangemang}/listor/tabell", [401, 422, 403, 422, 422]),
    (Method::Post, "/redaktion/konferenser/{arrangemang}/listor/utskrift", [401, 404, 403, 404, 404]),
    (Method::Get, "/redaktion/konferenser/{arrangemang}/kost/", [303, 200, 403, 200, 200]),
    (Method::Post, "/redaktion/konferenser/{arrangemang}/kost/egna-ord", [401, 200, 403, 200, 200]),
    (Method::Get, "/redaktion/konferenser/{arrangemang}/statistik/", [303, 200, 403, 200, 200]),
    (Method::Get, "/redaktion/konferenser/{arrangemang}/ekonomi/", [303, 200, 403, 200, 200]),
    (Method::Post, "/redaktion/konferenser/{arrangemang}/ekonomi/tabell", [401, 200, 403, 200, 200]),
    (Method::Get, "/redaktion/konferenser/{arrangemang}/inslapp/", [303, 200, 403, 200, 200]),
    (Method::Post, "/redaktion/konferenser/{arrangemang}/inslapp/oppna", [401, 200, 403, 200, 200]),
    (Method::Post, "/redaktion/konferenser/{arrangemang}/inslapp/stang", [401, 303, 403, 303, 303]),
    (Method::Get, "/redaktion/konferenser/{arrangemang}/enkat/", [303, 200, 403, 200, 200]),
    // No questions were there, and none are sent: the same, saved once more.
    (Method::Post, "/redaktion/konferenser/{arrangemang}/enkat/", [401, 303, 403, 303, 303]),
    (Method::Post, "/redaktion/konferenser/{arrangemang}/enkat/tabell", [401, 200, 403, 200, 200]),
    (Method::Get, "/redaktion/konton/", [303, 403, 403, 403, 200]),
    (Method::Post, "/redaktion/konton/", [401, 403, 403, 403, 422]),
    (Method::Post, "/redaktion/konton/{konto}/roll", [401, 403, 403, 403, 422]),
    (Method::Post, "/redaktion/konton/{konto}/inbjudan", [401, 403, 403, 403, 404]),
    (Method::Post, "/redaktion/konton/{konto}/avsluta", [401, 403, 403, 403, 404]),
    (Method::Get, "/redaktion/utskick/", [303, 403, 403, 403, 200]),
    (Method::Post, "/redaktion/utskick/igen", [401, 403, 403, 403, 303]),
    // Tried again already: the list tells.
    (Method::Post, "/redaktion/utskick/{mejl}/igen", [401, 403, 403, 403, 303]),
    (Method::Get, "/redaktion/logg/", [303, 403, 403, 403, 200]),
    // Anybody may read of what is arranged, and register; here nothing is.
    (Method::Get, "/konferenser/{konferens}/", [404, 404, 404, 404, 404]),
    (Method::Get, "/dialogmoten/{turne}/{stopp}/", [404, 404, 404, 404, 404]),
    (Method::Get, "/temadagar/{serie}/{ar}/", [404, 404, 404, 404, 404]),
    (Method::Get, "/konferenser/{konferens}/anmalan", [404, 404, 404, 404, 404]),
    (Method::Post, "/konferenser/{konferens}/anmalan", [404, 404, 404, 404, 404]),
    (Method::Get, "/dialogmoten/{turne}/{stopp}/anmalan", [404, 404, 404, 404, 404]),
    (Method::Post, "/dialogmoten/{turne}/{stopp}/anmalan", [404, 404, 404, 404, 404]),
    (Method::Get, "/temadagar/{serie}/{ar}/anmalan", [404, 404, 404, 404, 404]),
    (Method::Post, "/temadagar/{serie}/{ar}/anmalan", [404, 404, 404, 404, 404]),
    // Whoever has a link may; nobody has these.
    (Method::Get, "/anmalan/{nyckel}/", [410, 410, 410, 410, 410]),
    (Method::Get, "/anmalan/{nyckel}/avboka", [410, 410, 410, 410, 410]),
    (Method::Post, "/anmalan/{nyckel}/avboka", [410, 410, 410, 410, 410]),
    (Method::Post, "/anmalan/{nyckel}/svar", [410, 410, 410, 410, 410]),
    (Method::Post, "/anmalan/{nyckel}/byt", [410, 410, 410, 410, 410]),
    (Method::Post, "/anmalan/{nyckel}/pass", [410, 410, 410, 410, 410]),
    (Method::Post, "/anmalan/{nyckel}/flytta", [410, 410, 410, 410, 410]),
    (Method::Post, "/anmalan/{nyckel}/uppgifter", [410, 410, 410, 410, 410]),
    (Method::Post, "/anmalan/{nyckel}/behov", [410, 410, 410, 410, 410]),
    (Method::Post, "/anmalan/{nyckel}/overlat", [410, 410, 410, 410, 410]),
    (Method::Get, "/anmalan/{nyckel}/intyg.pdf", [410, 410, 410, 410, 410]),
    (Method::Get, "/anmalan/grupp/{nyckel}/", [410, 410, 410, 410, 410]),
    (Method::Get, "/anmalan/overta/{nyckel}/", [410, 410, 410, 410, 410]),
    (Method::Post, "/anmalan/overta/{nyckel}/", [410, 410, 410, 410, 410]),
    // Two pages that hold nobody's name, and a door that only a key opens.
    (Method::Get, "/incheckning/utan-nat", [200, 200, 200, 200, 200]),
    (Method::Get, "/incheckning/person/{kod}", [200, 200, 200, 200, 200]),
    (Method::Get, "/incheckning/{nyckel}/", [410, 410, 410, 410, 410]),
    (Method::Post, "/incheckning/{nyckel}/", [410, 410, 410, 410, 410]),
    (Method::Post, "/incheckning/{nyckel}/in", [410, 410, 410, 410, 410]),
    // Anybody may check a certificate; the empty form has no code.
    (Method::Get, "/intyg/", [200, 200, 200, 200, 200]),
    (Method::Post, "/intyg/", [422, 422, 422, 422, 422]),
    (Method::Get, "/intyg/{kod}/", [404, 404, 404, 404, 404]),
    // Anybody may read and answer; what is kept opens by a code that nobody has here.
    (Method::Get, "/utbildning/kurser/{kurs}/{modul}/svar", [303, 303, 303, 303, 303]),
    (Method::Post, "/utbildning/kurser/{kurs}/{modul}/svar", [404, 404, 404, 404, 404]),
    (Method::Get, "/utbildning/mina-kurser/", [200, 200, 200, 200, 200]),
    (Method::Post, "/utbildning/mina-kurser/", [404, 404, 404, 404, 404]),
    (Method::Get, "/utbildning/mina-kurser/{nyckel}/", [410, 410, 410, 410, 410]),
    (Method::Get, "/utbildning/mina-kurser/{nyckel}/{modul}/", [410, 410, 410, 410, 410]),
    (Method::Post, "/utbildning/mina-kurser/{nyckel}/{modul}/", [410, 410, 410, 410, 410]),
    (Method::Get, "/utbildning/mina-kurser/{nyckel}/intyg", [410, 410, 410, 410, 410]),
    (Method::Post, "/utbildning/mina-kurser/{nyckel}/intyg", [410, 410, 410, 410, 410]),
    (Method::Post, "/utbildning/mina-kurser/{nyckel}/radera", [200, 200, 200, 200, 200]),
    (Method::Post, "/utbildning/uppdatera", [404, 404, 404, 404, 404]),
    (Method::Get, "/lan/{lan}/statistik/", [404, 404, 404, 404, 404]),
    (Method::Get, "/lan/{lan}/statistik.csv", [404, 404, 404, 404, 404]),
    (Method::Get, "/redaktion/kursstatistik/", [303, 200, 200, 200, 200]),
    (Method::Get, "/utbildning/ladda-ner/{paket}", [404, 404, 404, 404, 404]),
    (Method::Get, "/utbildning/grupp/", [200, 200, 200, 200, 200]),
    (Method::Post, "/utbildning/grupp/", [404, 404, 404, 404, 404]),
    (Method::Get, "/utbildning/grupp/leda/{nyckel}/", [410, 410, 410, 410, 410]),
    (Method::Post, "/utbildning/grupp/leda/{nyckel}/avsluta", [410, 410, 410, 410, 410]),
    (Method::Get, "/utbildning/grupp/{kod}/", [410, 410, 410, 410, 410]),
    (Method::Get, "/utbildning/grupp/{kod}/{nyckel}/", [410, 410, 410, 410, 410]),
    (Method::Post, "/utbildning/grupp/{kod}/{nyckel}/", [410, 410, 410, 410, 410]),
    (Method::Post, "/utbildning/grupp/{kod}/{nyckel}/spara", [410, 410, 410, 410, 410]),
    (Method::Get, "/enkat/tack/", [200, 200, 200, 200, 200]),
    (Method::Get, "/enkat/{nyckel}/", [410, 410, 410, 410, 410]),
    (Method::Post, "/enkat/{nyckel}/", [410, 410, 410, 410, 410]),
];

/// The path with a page, a draft, a file and a conference of Skåne in its braces, else with something that does not exist.
fn filled(path: &str, draft: &str, known: &Known) -> String {
    path.replace("{typ}", "vagledning")
        .replace("{arrangemang}", &known.event)
        .replace("{anmalan}", &known.registration)
        .replace("{turne}", "turne")
        .replace("{sida}", "sida")
        .replace("{utkast}", draft)
        .replace("{fil}", &known.file)
        .replace("{leverantor}", "finns-inte")
        .replace("{konto}", "finns-inte")
        .replace("{mejl}", "finns-inte")
        .replace("{nyckel}", "finns-inte")
        .replace("{kod}", "finns-inte")
        .replace("{konferens}", "finns-inte")
        .replace("{turne}", "finns-inte")
        .replace("{stopp}", "finns-inte")
        .replace("{serie}", "finns-inte")
        .replace("{ar}", "2027")
        .replace("{kurs}", "finns-inte")
        .replace("{modul}", "finns-inte")
        .replace("{lan}", "finns-inte")
        .replace("{paket}", "finns-inte")
}

/// What there is in the portal, by id.
struct Known {
    file: String,
    event: String,
    registration: String,
}

/// A portal with a page of Skåne, a picture, a conference with somebody who has protected identity, and a tour.
async fn a_portal() -> (TestPortal, Known) {
    let (path, page) = an_article("sida", "Sida", "Text.");
    let page = (path, page.replace("publicerad =", "lan = ['skane']\npublicerad ="));
    let portal = TestPortal::with(On::Sqlite, &[a_subject(), page]).await;
    let editor = portal.sign_in(Role::Editor, Some("skane")).await;
    let picture = crate::media::a_picture(image::ImageFormat::Png, 3, 2);
    let uploaded = portal.upload(&editor, &[("lan", "skane"), ("alt", "Röd yta")], "bild.png", &picture).await;
    let file = uploaded.header("location").rsplit('=').next().unwrap().to_owned();
    let address = organising::a_conference();
    let event = organising::arranged(&portal, &address, &organising::a_plan(5)).await;
    let registration = organising::a_protected_registration(&portal, &address).await;
    organising::a_tour(&portal).await;
    (portal, Known { file, event, registration })
}

/// The id of the draft with the picture in it: a new one, if the one before was thrown away.
async fn a_draft(portal: &TestPortal, file: &str) -> String {
    let editor = portal.sign_in(Role::Editor, Some("skane")).await;
    let opened = portal.submit(&editor, "/redaktion/sidor/vagledning/sida/andra", "").await;
    let id = opened.header("location").trim_end_matches('/').rsplit('/').next().unwrap().to_owned();
    let draft = format!("/redaktion/utkast/{id}/");
    let version = crate::editor::version(&portal.get_as(&editor, &draft).await);
    let text = format!("version={version}&lan=skane&titel=Sida&text=![r](/media/{file}/bild.png)");
    assert_eq!(portal.submit(&editor, &draft, &text).await.status, 303);
    id
}

/// A new cookie each time: signing out ends one.
async fn cookies(portal: &TestPortal) -> [String; 5] {
    [
        String::new(),
        portal.sign_in(Role::Editor, Some("skane")).await,
        portal.sign_in(Role::Editor, Some("orebro")).await,
        portal.sign_in(Role::Reviewer, None).await,
        portal.sign_in(Role::Admin, None).await,
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_is_answered_what_it_may_see_and_do() {
    let (portal, known) = a_portal().await;
    let listed: Vec<_> = routes::desk().iter().map(|route| (route.method, route.path)).collect();
    let expected: Vec<_> = EXPECTED.iter().map(|(method, path, _)| (*method, *path)).collect();
    assert_eq!(listed, expected, "a new address needs a look: who may ask it?");
    for (method, path, expected) in EXPECTED {
        let cookies = cookies(&portal).await;
        let mut answered = [0; 5];
        for (cookie, status) in cookies.iter().zip(&mut answered) {
            let draft = a_draft(&portal, &known.file).await;
            let answer = match method {
                Method::Get => portal.get_as(cookie, &filled(path, &draft, &known)).await,
                Method::Post => portal.submit(cookie, &filled(path, &draft, &known), "").await,
            };
            assert_eq!(answer.header("cache-control"), "no-store", "{path}: nobody else's cache may keep it");
            *status = answer.status;
        }
        assert_eq!(answered, *expected, "{method:?} {path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_form_is_taken_from_another_site() {
    let portal = TestPortal::with(On::Sqlite, &[]).await;
    let admin = portal.sign_in(Role::Admin, None).await;
    let known = Known { file: "x".into(), event: "x".into(), registration: "x".into() };
    let posts: Vec<_> = routes::desk().into_iter().filter(|route| route.method == Method::Post).collect();
    assert!(posts.len() > 10);
    for route in posts {
        let foreign: [&[(&'static str, &'static str)]; 6] = [
            &[("sec-fetch-site", "cross-site"), ("origin", "https://ond.example")],
            &[("sec-fetch-site", "same-site"), ("origin", "https://ond.frid.example")],
            &[("sec-fetch-site", "none")],
            &[("origin", "https://ond.example")],
            &[("origin", "null")],
            &[],
        ];
        for headers in foreign {
            let mut request = form_request(&admin, &filled(route.path, "x", &known), "epost=a@b.example&roll=admin");
            request.headers_mut().remove("sec-fetch-site");
            for (name, value) in headers {
                request.headers_mut().insert(*name, value.parse().unwrap());
            }
            assert_eq!(portal.send(request).await.status, 403, "{} {headers:?}", route.path);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_forms_are_taken() {
    let portal = TestPortal::with(On::Sqlite, &[]).await;
    let admin = portal.sign_in(Role::Admin, None).await;
    for kind in ["text/plain", "multipart/form-data; boundary=x", "application/json", ""] {
        let mut request = form_request(&admin, "/redaktion/konton/", "epost=a@b.example&roll=admin");
        request.headers_mut().insert("content-type", kind.parse().unwrap());
        assert_eq!(portal.send(request).await.status, 415, "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_get_no_cookie_and_the_staff_reads_the_same_pages() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let admin = portal.sign_in(Role::Admin, None).await;
    for path in ["/", "/vagledning/freda", "/sok?q=barn", "/finns-inte"] {
        let (reader, staff) = (portal.get(path).await, portal.get_as(&admin, path).await);
        assert!(!reader.headers.contains_key("set-cookie") && !staff.headers.contains_key("set-cookie"), "{path}");
        assert!(!staff.text().contains("Prov Namn"), "{path}: who is signed in stands on no page for readers");
    }
}
