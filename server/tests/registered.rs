//! Those who are registered, at the organisers' desk: let in, cancelled, written to, counted, fetched as files; and what
//! must never be seen there.

use crate::on_both;
use crate::organising::{
    ACCESS, CHANNEL, DIET, Desk, REAL_NAME, a_conference, a_form, a_person, a_plan, a_protected_registration,
    registered,
};
use crate::pdf::told_by;
use crate::portal::Answer;
use app::events::invoice::Invoice;
use app::events::plan::Fee;
use app::events::{Application, Needs, Participant, Standing};
use app::viewer::Role;
use jiff::civil::date;

on_both!(the_press_is_let_in_by_the_organisers_word, async |on| {
    let mut plan = a_plan(2);
    plan.tracks[0].approval = true;
    let desk = Desk::with(on, &plan).await;
    let (first, second) = (desk.register("a").await, desk.register("b").await);
    assert_eq!(desk.standing(&first).await, Standing::Applied);
    assert_eq!(desk.submit(&format!("anmalda/{first}/atgard"), &[("atgard", "godkann")]).await.status, 303);
    assert_eq!(desk.submit(&format!("anmalda/{second}/atgard"), &[("atgard", "avsla")]).await.status, 303);
    assert_eq!((desk.standing(&first).await, desk.standing(&second).await), (Standing::Seated, Standing::Refused));
    // Once: the second word comes too late.
    assert_eq!(desk.submit(&format!("anmalda/{first}/atgard"), &[("atgard", "godkann")]).await.status, 409);
    let page = desk.get(&format!("anmalda/{first}/")).await;
    assert!(page.text().contains("Godkänd av arrangören") && page.text().contains("(Prov Namn)"), "{}", page.text());
    assert_eq!(desk.count("SELECT count(*) FROM audit_log WHERE act LIKE '%-registration'").await, 2);
});

on_both!(the_organiser_cancels_for_somebody_and_the_next_in_line_comes, async |on| {
    let desk = Desk::with(on, &a_plan(1)).await;
    let (first, second) = (desk.register("a").await, desk.register("b").await);
    let handle = format!("anmalda/{first}/atgard");
    assert_eq!(desk.submit(&handle, &[("atgard", "avboka")]).await.status, 422, "not by a slip of the hand");
    assert_eq!(desk.submit(&handle, &[("atgard", "avboka"), ("sakert", "ja")]).await.status, 303);
    assert_eq!((desk.standing(&first).await, desk.standing(&second).await), (Standing::Cancelled, Standing::Seated));
    let note = [("atgard", "anteckna"), ("anteckning", "Ringde och var glad.")];
    assert_eq!(desk.submit(&handle, &note).await.status, 303);
    let page = desk.get("anmalda/").await;
    assert!(page.text().contains("Ringde och var glad."));
    let number = [("atgard", "anteckna"), ("anteckning", "811218-9876")];
    assert_eq!(desk.submit(&handle, &number).await.status, 422);
    // Another event's registrations are not handled from here.
    assert_eq!(desk.submit("anmalda/finns-inte/atgard", &[("atgard", "godkann")]).await.status, 404);
});

on_both!(what_is_protected_is_seen_by_one_role_and_each_reading_is_logged, async |on| {
    let desk = Desk::with(on, &a_plan(9)).await;
    let id = a_protected_registration(&desk.portal, &a_conference()).await;
    for key in ["a", "b", "c"] {
        desk.register(key).await;
    }
    let admin = desk.portal.sign_in(Role::Admin, None).await;
    let mut pages: Vec<Answer> = Vec::new();
    for page in [
        "",
        "anmalda/",
        "anmalda/?q=kanarie",
        &format!("anmalda/{id}/"),
        "kost/",
        "statistik/",
        "ekonomi/",
        "listor/",
        "meddelanden/",
    ] {
        pages.push(desk.get(page).await);
        pages.push(desk.portal.get_as(&admin, &desk.path(page)).await);
    }
    let all: Vec<(&str, &str)> =
        ["nummer", "namn", "epost", "organisation", "lan", "roll", "satt", "lage", "workshoppar", "anmald", "kom"]
            .iter()
            .map(|column| ("kolumn", *column))
            .collect();
    for format in ["csv", "xlsx"] {
        pages.push(desk.submit("listor/tabell", &[&all[..], &[("lage", "alla"), ("format", format)]].concat()).await);
    }
    pages.push(desk.submit("meddelanden/", &[("amne", "Hej"), ("text", "Text"), ("nyckel", "n")]).await);
    pages.push(desk.submit(&format!("anmalda/{id}/namn"), &[]).await);
    for page in pages {
        assert!(page.status == 200 || page.status == 403, "{}", page.status);
        let found =
            [REAL_NAME, CHANNEL, DIET, ACCESS, "dold.example"].into_iter().find(|secret| holds(&page.bytes, secret));
        assert_eq!(found, None, "{}", String::from_utf8_lossy(&page.bytes));
    }
    assert!(desk.get(&format!("anmalda/{id}/")).await.text().contains("Alias Anka"));
    const READINGS: &str = "SELECT count(*) FROM audit_log WHERE act = 'read-real-name'";
    assert_eq!(desk.count(READINGS).await, 0, "an editor was refused, and read nothing");

    let read = desk.portal.submit(&admin, &desk.path(&format!("anmalda/{id}/namn")), "").await;
    assert!(read.text().contains(REAL_NAME) && read.text().contains(CHANNEL));
    assert_eq!(desk.count(READINGS).await, 1);
    assert!(!desk.portal.get_as(&admin, "/redaktion/logg/").await.text().contains(REAL_NAME));
    // What people have written about their needs is read without whose it is, and that stands in the log as well.
    let words = desk.submit("kost/egna-ord", &[]).await;
    assert!(words.text().contains(DIET) && words.text().contains(ACCESS) && !words.text().contains("Alias Anka"));
    assert_eq!(desk.count("SELECT count(*) FROM audit_log WHERE act = 'read-needs'").await, 1);
});

fn holds(bytes: &[u8], secret: &str) -> bool {
    let inside = |bytes: &[u8]| bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
    // A workbook is a package of compressed parts.
    let mut parts = Vec::new();
    if let Ok(mut package) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) {
        for at in 0..package.len() {
            std::io::Read::read_to_end(&mut package.by_index(at).unwrap(), &mut parts).unwrap();
        }
    }
    inside(bytes) || inside(&parts)
}

on_both!(a_message_goes_once_to_those_whom_it_names, async |on| {
    let desk = Desk::with(on, &a_plan(2)).await;
    for key in ["a", "b", "c"] {
        desk.register(key).await;
    }
    a_protected_registration(&desk.portal, &a_conference()).await;
    let message = [("nyckel", "form-1"), ("amne", "Hitta hit"), ("text", "Dörren\när blå."), ("lage", "seated")];
    let look = desk.submit("meddelanden/", &message).await;
    assert!(look.text().contains("2 personer får det.") && look.text().contains("Dörren"), "{}", look.text());
    assert_eq!(desk.count("SELECT count(*) FROM event_messages").await, 0, "looking sends nothing");
    for _ in 0..2 {
        assert_eq!(desk.submit("meddelanden/skicka", &message).await.status, 303);
    }
    const QUEUED: &str = "SELECT count(*) FROM outbox WHERE kind = 'meddelande'";
    assert_eq!((desk.count(QUEUED).await, desk.count("SELECT count(*) FROM event_messages").await), (2, 1));
    let waiting = [("nyckel", "form-2"), ("amne", "Kö"), ("text", "Ni står i kö."), ("lage", "waiting")];
    desk.submit("meddelanden/skicka", &waiting).await;
    assert_eq!(desk.count(QUEUED).await, 4, "the address of protected identity is sealed, and reached all the same");
    let page = desk.get("meddelanden/").await;
    assert!(page.text().contains("Hitta hit") && page.text().contains("till 2"));
    let gone = [("nyckel", "form-3"), ("amne", "Fel"), ("text", "Text"), ("val", "borttagen-workshop")];
    assert_eq!(desk.submit("meddelanden/skicka", &gone).await.status, 422);
    assert_eq!(desk.count("SELECT count(*) FROM audit_log WHERE act = 'wrote-to-registered'").await, 2);
});

on_both!(a_table_holds_the_chosen_columns_and_no_formula, async |on| {
    let desk = Desk::with(on, &a_plan(5)).await;
    let mut form = a_form("a", a_person("a"));
    form.organisation = "=HYPERLINK(\"https://ond.example\")".into();
    registered(&desk.portal, &a_conference(), form).await;
    let columns = [("kolumn", "namn"), ("kolumn", "organisation")];
    let csv = desk.submit("listor/tabell", &[&columns[..], &[("format", "csv")]].concat()).await;
    assert_eq!(csv.header("content-disposition"), "attachment; filename=\"anmalda-provkonferens.csv\"");
    assert_eq!(csv.header("cache-control"), "no-store");
    assert_eq!(csv.text(), "\u{feff}Namn;Organisation\nProv a;\"'=HYPERLINK(\"\"https://ond.example\"\")\"\n");
    let xlsx = desk.submit("listor/tabell", &[&columns[..], &[("format", "xlsx")]].concat()).await;
    let told = told_by("xlsx.py", &xlsx.bytes);
    assert_eq!(told["rows"][0], serde_json::json!(["Namn", "Organisation"]));
    assert!(told["rows"][1][1].as_str().unwrap().contains("HYPERLINK"), "{told}");
    assert_eq!((&told["formulas"], &told["links"]), (&serde_json::json!([]), &serde_json::json!([])));
    assert_eq!(desk.submit("listor/tabell", &[("format", "csv")]).await.status, 422);
    assert_eq!(desk.count("SELECT count(*) FROM audit_log WHERE act = 'fetched-list'").await, 2);
});

on_both!(the_kitchen_is_told_numbers_and_few_are_not_told_from_one, async |on| {
    let desk = Desk::with(on, &a_plan(9)).await;
    for (key, diet) in [("a", "vegan"), ("b", "Vegansk kost"), ("c", "vegan, tack"), ("d", "glutenfritt"), ("e", "")] {
        let person = Participant { needs: Needs { diet: diet.into(), access: String::new() }, ..a_person(key) };
        registered(&desk.portal, &a_conference(), a_form(key, person)).await;
    }
    let page = desk.get("kost/").await;
    let cells = |what: &str| {
        page.text().split(&format!("{what}</th><td>")).nth(1).map(|rest| rest.split('<').next().unwrap().to_owned())
    };
    assert_eq!(cells("vegansk").as_deref(), Some("3"));
    assert_eq!(cells("glutenfri").as_deref(), Some("färre än 3"));
});

on_both!(finance_is_told_who_gave_a_place_back_too_late, async |on| {
    let mut plan = a_plan(2);
    // It has passed, so that everything is late.
    plan.fee = Some(Fee { amount: 500, free_until: date(2026, 1, 2).at(12, 0, 0, 0) });
    let desk = Desk::with(on, &plan).await;
    let form = |key: &str| Application {
        invoice: Some(Invoice {
            organisation_number: "556000-0001".into(),
            gln: "7300000000004".into(),
            reference: format!("REF-{key}"),
            address: "Box 1".into(),
        }),
        ..a_form(key, a_person(key))
    };
    let mut ids = Vec::new();
    for key in ["a", "b", "c"] {
        ids.push(registered(&desk.portal, &a_conference(), form(key)).await);
    }
    let cancel = [("atgard", "avboka"), ("sakert", "ja")];
    // The third stood in line and got the first's place; nobody got the second's.
    for id in &ids[..2] {
        assert_eq!(desk.submit(&format!("anmalda/{id}/atgard"), &cancel).await.status, 303);
    }
    let page = desk.get("ekonomi/").await;
    assert!(page.text().contains("1 avgift, 500 kronor.") && page.text().contains("REF-b"), "{}", page.text());
    assert!(page.text().contains("Nästa i kön fick platsen: 1") && !page.text().contains("REF-a"));
    let csv = desk.submit("ekonomi/tabell", &[("format", "csv")]).await;
    assert!(csv.text().contains("556000-0001;7300000000004;REF-b;Box 1;Avbokade för sent;500"), "{}", csv.text());
    assert_eq!(desk.submit(&format!("anmalda/{}/atgard", ids[1]), &[("atgard", "forfall")]).await.status, 303);
    assert!(desk.get("ekonomi/").await.text().contains("0 avgifter"));
});

on_both!(somebody_who_calls_is_registered_by_the_same_form_before_it_opens_and_after_it_has_closed, async |on| {
    let mut plan = a_plan(1);
    plan.opens = date(2031, 1, 1).at(9, 0, 0, 0);
    let desk = Desk::with(on, &plan).await;
    let page = desk.get("anmalda/ny/").await;
    let key = page.text().split("name=\"nyckel\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let form = [
        ("nyckel", key.as_str()),
        ("deltagande", "pa-plats"),
        ("namn", REAL_NAME),
        ("skyddad", "ja"),
        ("alias", "Alias Anka"),
        ("kontaktvag", CHANNEL),
        ("organisation", "Lunds kommun"),
        ("lan", "skane"),
    ];
    let wrong = desk.submit("anmalda/ny/", &form[..6]).await;
    assert!(wrong.status == 422 && wrong.text().contains("Alias Anka"), "what was typed stays: {}", wrong.text());
    let made = desk.submit("anmalda/ny/", &form).await;
    assert_eq!(made.status, 303, "{}", made.text());
    // Sent twice, it is the same registration.
    assert_eq!(desk.submit("anmalda/ny/", &form).await.header("location"), made.header("location"));
    let page = desk.portal.get_as(&desk.eva, made.header("location")).await;
    assert!(
        page.text().contains("Anmäld per telefon (Prov Namn)") && !page.text().contains(REAL_NAME),
        "{}",
        page.text()
    );
    assert_eq!(desk.count("SELECT count(*) FROM registrations").await, 1);
    assert_eq!(desk.count("SELECT count(*) FROM audit_log WHERE act = 'registered-by-phone'").await, 1);
});

on_both!(what_is_printed_is_fetched_as_pdf_and_stands_in_the_log, async |on| {
    let desk = Desk::with(on, &a_plan(5)).await;
    desk.register("a").await;
    a_protected_registration(&desk.portal, &a_conference()).await;
    for (what, name) in [("skyltar", "namnskyltar"), ("dorrlista", "dorrlista"), ("intyg", "intyg")] {
        let file = desk.submit("listor/utskrift", &[("vad", what)]).await;
        assert_eq!((file.status, file.header("content-type")), (200, "application/pdf"), "{what}");
        assert_eq!(file.header("content-disposition"), format!("attachment; filename=\"{name}.pdf\""));
        assert!(file.bytes.starts_with(b"%PDF") && !holds(&file.bytes, REAL_NAME));
    }
    assert_eq!(desk.count("SELECT count(*) FROM audit_log WHERE act = 'fetched-list'").await, 3);
    // Nobody is certified to have been at what has not taken place.
    assert_eq!(desk.count("SELECT count(*) FROM certificates").await, 0);
});
