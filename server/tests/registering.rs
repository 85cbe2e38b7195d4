//! Registering through the pages, as a browser without scripts does: the form, what is refused, and one's own page.

use crate::on_both;
use crate::portal::{Answer, On, TestPortal};
use crate::seats::{a_plan, a_track, a_workshop, published_at};
use app::events::plan::{Fee, LimitedBy, Limits, Place, Plan};
use app::events::questions::{Choice, Condition, Kind as QuestionKind, Question};
use app::events::{Address, Event, Kind};
use jiff::civil::date;
use server::on;
use std::sync::Arc;

const FORM: &str = "/konferenser/prov/anmalan";

/// A portal where one conference is published.
async fn with(on: On, plan: &Plan) -> TestPortal {
    let portal = TestPortal::with(on, &[]).await;
    publish(&portal, Kind::Conference, "", "prov", plan).await;
    portal
}

async fn publish(portal: &TestPortal, kind: Kind, series: &str, slug: &str, plan: &Plan) -> Arc<Event> {
    let address = Address { kind, series: series.into(), slug: slug.into() };
    published_at(portal, &portal.portal.stores.events, &address, plan).await
}

/// As a browser writes a form.
fn form(fields: &[(&str, &str)]) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(fields);
    form.finish()
}

/// What somebody fills in, with a key of its own; fields that come later take the place of these.
fn filled(key: &str, more: &[(&str, &str)]) -> String {
    let (key, email) = (format!("{key:0>32}"), format!("{key}@kommun.example"));
    let usual = [
        ("nyckel", key.as_str()),
        ("namn", "Åsa Ek"),
        ("epost", &email),
        ("organisation", "Provköpings kommun"),
        ("lan", "skane"),
    ];
    let kept = usual.into_iter().filter(|(field, _)| !more.iter().any(|(other, _)| other == field));
    let all: Vec<_> = kept.chain(more.iter().copied()).collect();
    form(&all)
}

async fn send(portal: &TestPortal, path: &str, body: &str) -> Answer {
    portal.submit("", path, body).await
}

/// Registers, and returns the address of one's own page.
async fn registered(portal: &TestPortal, key: &str, more: &[(&str, &str)]) -> String {
    let answer = send(portal, FORM, &filled(key, more)).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.header("location").to_owned()
}

async fn page(portal: &TestPortal, path: &str) -> String {
    let answer = portal.get(path).await;
    assert_eq!(answer.status, 200, "{path}");
    answer.text().to_owned()
}

fn title(page: &str) -> &str {
    page.split("<title>").nth(1).unwrap().split("</title>").next().unwrap()
}

on_both!(a_form_leads_to_a_place_or_a_number_in_line, |on| async move {
    let portal = with(on, &a_plan(1)).await;
    let form = page(&portal, FORM).await;
    assert!(form.contains("name=\"nyckel\"") && !form.contains(" checked"), "nothing is ticked for anybody");
    let first = registered(&portal, "first", &[]).await;
    let own = page(&portal, &first).await;
    assert!(own.contains("Du har en plats.") && own.contains("Provköpings kommun"), "{own}");
    assert_eq!(title(&own), "Din anmälan – Frid");
    assert!(!own.contains("rel=\"canonical\"") && own.contains("noindex"), "the key is in no address of the page");
    let second = page(&portal, &registered(&portal, "second", &[]).await).await;
    assert!(second.contains("Du står i kö.") && second.contains("Du står först i kön."), "{second}");
    assert!(second.contains("Alla platser är tagna."));
    assert!(page(&portal, "/konferenser/prov/").await.contains("Fullt: 1 står i kö"));
});

on_both!(the_same_form_sent_twice_gives_the_same_page, |on| async move {
    let portal = with(on, &a_plan(10)).await;
    let first = registered(&portal, "a", &[]).await;
    assert_eq!(registered(&portal, "a", &[("namn", "Någon Annan")]).await, first);
    let party = [("antal", "2"), ("kontakt-namn", "Bo Ek"), ("kontakt-epost", "bo@kommun.example")];
    let both = registered(&portal, "b", &party).await;
    assert_eq!(registered(&portal, "b", &party).await, both);
    assert!(page(&portal, "/konferenser/prov/").await.contains("7 platser kvar"));
});

/// A plan that asks a lot.
fn demanding() -> Plan {
    let mut plan = a_plan(10);
    plan.tracks.push(a_track("hem", 10));
    plan.tracks[1].price = 300;
    plan.programme = vec![a_workshop("samtal", 13, 5), a_workshop("skydd", 13, 5), a_workshop("barn", 14, 1)];
    let choice = |id: &str| Choice { id: id.into(), label: id.into(), seats: None };
    let question = |id: &str, kind, only_if| Question {
        id: id.into(),
        label: format!("Fråga {id}"),
        help: String::new(),
        kind,
        required: true,
        choices: vec![choice("ja"), choice("nej")],
        only_if,
    };
    let condition = Condition { question: "buss".into(), choice: "ja".into() };
    plan.questions =
        vec![question("buss", QuestionKind::One, None), question("hall", QuestionKind::Text, Some(condition))];
    plan
}

on_both!(a_refusal_keeps_every_value_and_says_what_to_do_beside_the_field, |on| async move {
    let portal = with(on, &demanding()).await;
    let typed = [
        ("deltagande", "hem"),
        ("namn", "Åsa \"Ek\" </textarea>"),
        ("epost", "asa"),
        ("roll", "kurator"),
        ("pass", "samtal"),
        ("pass", "skydd"),
        ("fraga-buss", "ja"),
        ("kost", "vegan</textarea><script>"),
        ("orgnr", "556000-0002"),
        ("referens", "R 77"),
        ("skyddad", ""),
    ];
    let answer = send(&portal, FORM, &filled("a", &typed)).await;
    let told = answer.text();
    assert_eq!(answer.status, 422);
    assert_eq!(title(told), "Rätta anmälan – Frid");
    for kept in [
        "value=\"Åsa &quot;Ek&quot; &lt;/textarea&gt;\"",
        "value=\"asa\"",
        "value=\"kurator\"",
        "value=\"R 77\"",
        "value=\"556000-0002\"",
        "vegan&lt;/textarea>&lt;script>",
        "value=\"Provköpings kommun\"",
        "value=\"0000000000000000000000000000000a\"",
    ] {
        assert!(told.contains(kept), "{kept}: {told}");
    }
    assert_eq!(told.matches(" checked").count(), 4, "track, two workshops and an answer are still chosen");
    assert!(told.contains("<option value=\"skane\" selected"));
    for field in ["namn", "epost", "pass", "fraga-hall", "orgnr", "fakturaadress"] {
        assert!(told.contains(&format!("href=\"#{field}\"")), "{field} is in the summary");
        assert!(told.contains(&format!("id=\"{field}\"")), "{field} can be gone to");
        assert!(told.contains(&format!("id=\"{field}-fel\"")), "{field} says what is wrong");
    }
    assert!(told.contains("”samtal” och ”skydd” är samtidigt."));
    assert!(told.contains("Raderas den 15 april 2031."), "the day of deletion stands beside the field");
    assert!(told.contains("Om du svarade ”ja” på ”Fråga buss”"));
});

on_both!(needs_are_sealed_and_shown_to_nobody, |on| async move {
    let portal = with(on, &a_plan(10)).await;
    let own =
        registered(&portal, "a", &[("kost", "KANARIEFÅGEL kost"), ("tillganglighet", "KANARIEFÅGEL hjälp")]).await;
    let shown = page(&portal, &own).await;
    assert!(!shown.contains("KANARIEFÅGEL") && shown.contains("Arrangören har fått det du skrev."), "{shown}");
    let sealed = async || -> Option<Vec<u8>> {
        on!(&portal.portal.db, pool => sqlx::query_scalar("SELECT needs FROM registrations").fetch_one(pool).await)
            .unwrap()
    };
    let first = sealed().await.unwrap();
    assert!(!first.windows(8).any(|bytes| bytes == b"KANARIEF"));
    assert_eq!(send(&portal, &format!("{own}behov"), "").await.status, 422, "nothing is erased by an empty form");
    assert_eq!(send(&portal, &format!("{own}behov"), "kost=annat").await.status, 303);
    assert_ne!(sealed().await.unwrap(), first);
    assert_eq!(send(&portal, &format!("{own}behov"), "radera=ja").await.status, 303);
    assert_eq!(sealed().await, None);
});

on_both!(a_real_name_that_is_protected_stands_on_no_page, |on| async move {
    let portal = with(on, &a_plan(10)).await;
    let hidden = [
        ("namn", "Kanarie Verklig"),
        ("epost", ""),
        ("skyddad", "ja"),
        ("alias", "Kim"),
        ("kontaktvag", "Kanarie: ring min chef."),
    ];
    let own = page(&portal, &registered(&portal, "a", &hidden).await).await;
    assert!(own.contains("Kim") && !own.contains("Kanarie"), "{own}");
    assert!(own.contains("Spara adressen till den här sidan"), "there is nowhere to send it");
    let known: (String, String) = on!(&portal.portal.db, pool =>
        sqlx::query_as("SELECT name, email FROM registrations").fetch_one(pool).await)
    .unwrap();
    assert_eq!(known, ("Kim".into(), String::new()));
    let asked = page(&portal, FORM).await;
    assert!(asked.contains("kan du ringa i stället"), "the way by phone is told");
});

on_both!(one_registers_several_whose_names_come_later, |on| async move {
    let portal = with(on, &a_plan(2)).await;
    let asked = page(&portal, &format!("{FORM}?antal=3")).await;
    assert!(asked.contains("name=\"namn-3\"") && !asked.contains("name=\"namn-4\""));
    let party = [
        ("antal", "3"),
        ("kontakt-namn", "Bo Berg"),
        ("kontakt-epost", "bo@kommun.example"),
        ("namn", "Di Dahl"),
        ("epost-2", "e@kommun.example"),
    ];
    let address = registered(&portal, "a", &party).await;
    let shown = page(&portal, &address).await;
    assert!(address.starts_with("/anmalan/grupp/") && title(&shown) == "Er anmälan – Frid");
    assert!(shown.contains("2 har plats, 1 står i kö.") && shown.contains("Person 2: namn saknas"), "{shown}");
    let second = shown.split("href=\"/anmalan/").nth(2).unwrap().split('"').next().unwrap();
    let second = format!("/anmalan/{second}");
    let renamed = send(&portal, &format!("{second}uppgifter"), "namn=Eva+Ek&epost=e@kommun.example").await;
    assert_eq!(renamed.header("location"), format!("{second}?sparat"));
    assert!(page(&portal, &format!("{second}?sparat")).await.contains("Det är sparat."));
    assert!(page(&portal, &address).await.contains("Eva Ek"));
    let eleven = [&party[1..], &[("antal", "11")]].concat();
    let refused = send(&portal, FORM, &filled("b", &eleven)).await;
    assert!(refused.status == 422 && refused.text().contains("högst 10 i samma anmälan"));
});

on_both!(a_place_goes_to_a_colleague_by_a_link_that_works_once, |on| async move {
    let portal = with(on, &a_plan(10)).await;
    let own = registered(&portal, "a", &[("kost", "nötter")]).await;
    let made = send(&portal, &format!("{own}overlat"), "").await;
    let text = made.text();
    let link = text.split("https://frid.example/anmalan/overta/").nth(1).unwrap().split('<').next().unwrap();
    let link = format!("/anmalan/overta/{link}");
    assert!(!page(&portal, &own).await.contains("overta"), "it is shown once");

    let other = form(&[("namn", "Bo Berg"), ("epost", "bo@annan.example"), ("organisation", "Annanby kommun")]);
    let refused = send(&portal, &link, &other).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("Platsen hör till Provköpings kommun.") && refused.text().contains("value=\"Bo Berg\"")
    );
    // Scanners of mail read pages; that takes nothing.
    for _ in 0..3 {
        assert!(page(&portal, &link).await.contains("Ta över platsen"));
    }
    let same = form(&[("namn", "Bo Berg"), ("epost", "bo@kommun.example"), ("organisation", "provköpings  kommun")]);
    let taken = send(&portal, &link, &same).await;
    assert_eq!(taken.status, 303, "{}", taken.text());
    let theirs = page(&portal, taken.header("location")).await;
    assert!(theirs.contains("Bo Berg") && !theirs.contains("Åsa") && !theirs.contains("Arrangören har fått"));
    assert_eq!((portal.get(&own).await.status, portal.get(&link).await.status), (410, 410));
    assert_eq!(send(&portal, &link, &same).await.status, 410);
});

on_both!(a_place_that_is_offered_is_answered_by_a_button, |on| async move {
    let mut plan = a_plan(1);
    plan.offer_hours = 16;
    let portal = with(on, &plan).await;
    let [first, second, third] =
        [registered(&portal, "a", &[]).await, registered(&portal, "b", &[]).await, registered(&portal, "c", &[]).await];
    let asked = page(&portal, &format!("{first}avboka")).await;
    assert!(asked.contains("Vill du avboka?") && page(&portal, &first).await.contains("Du har en plats."));
    assert_eq!(send(&portal, &format!("{first}avboka"), "").await.status, 303);
    assert!(page(&portal, &first).await.contains("Anmälan är avbokad."));
    assert_eq!(send(&portal, &format!("{first}avboka"), "").await.status, 303, "pressed twice");

    let offered = page(&portal, &second).await;
    assert!(offered.contains("Vill du ha platsen?") && offered.contains("value=\"nej\""), "{offered}");
    let behind = page(&portal, &third).await;
    assert!(behind.contains("Du står först i kön.") && behind.contains("En plats är erbjuden någon"), "{behind}");
    assert_eq!(send(&portal, &format!("{second}svar"), "").await.status, 422, "neither yes nor no");
    assert_eq!(send(&portal, &format!("{second}svar"), "svar=nej").await.status, 303);
    assert_eq!(send(&portal, &format!("{third}svar"), "svar=ja").await.status, 303);
    assert!(page(&portal, &third).await.contains("Du har en plats."));
    let late = send(&portal, &format!("{second}svar"), "svar=ja").await;
    assert!(late.status == 422 && late.text().contains("Det hann ändras"), "{}", late.text());
});

on_both!(workshops_are_changed_all_or_none, |on| async move {
    let portal = with(on, &demanding()).await;
    let chosen = |key, pass| async move { (key, [("deltagande", "plats"), ("fraga-buss", "nej"), ("pass", pass)]) };
    let (key, fields) = chosen("a", "barn").await;
    registered(&portal, key, &fields).await;
    let (key, fields) = chosen("b", "barn").await;
    let own = registered(&portal, key, &fields).await;
    assert!(page(&portal, &own).await.contains("”barn” hann bli fullt"), "what was missed is told");
    let full = send(&portal, &format!("{own}pass"), "pass=samtal&pass=barn").await;
    assert!(full.status == 422 && full.text().contains("”barn” är fullt."), "{}", full.text());
    assert!(!page(&portal, &own).await.contains("<dt>Pass</dt>"), "nothing was changed");
    let clash = send(&portal, &format!("{own}pass"), "pass=samtal&pass=skydd").await;
    assert!(clash.status == 422 && clash.text().contains("är samtidigt"));
    assert_eq!(send(&portal, &format!("{own}pass"), "pass=samtal").await.status, 303);
    assert!(page(&portal, &own).await.contains("<dd class=\"as-typed\">samtal</dd>"));
});

on_both!(nobody_changes_to_what_costs_without_saying_who_pays, |on| async move {
    let portal = with(on, &demanding()).await;
    let own = registered(&portal, "a", &[("deltagande", "plats"), ("fraga-buss", "nej")]).await;
    assert!(!page(&portal, &own).await.contains("Delta på ett annat sätt"));
    assert_eq!(send(&portal, &format!("{own}byt"), "deltagande=hem").await.status, 422);
    let bill = [("orgnr", "556000-0001"), ("referens", "R 1"), ("fakturaadress", "Box 1"), ("fraga-buss", "nej")];
    let pays = registered(&portal, "b", &[&bill[..], &[("deltagande", "hem")]].concat()).await;
    assert_eq!(send(&portal, &format!("{pays}byt"), "deltagande=plats").await.status, 303);
    assert_eq!(send(&portal, &format!("{pays}byt"), "deltagande=press").await.status, 422);
});

on_both!(somebody_moves_to_another_stop_of_the_tour, |on| async move {
    let portal = TestPortal::with(on, &[]).await;
    let mut plan = a_plan(1);
    for (slug, town) in [("boras", "Borås"), ("skovde", "Skövde"), ("alingsas", "Alingsås")] {
        let place =
            Place { name: "Huset".into(), address: String::new(), town: town.into(), map: None, travel: String::new() };
        plan.place = Some(place);
        publish(&portal, Kind::DialogueMeeting, "turne", slug, &plan).await;
    }
    // What was arranged behind the portal's back is seen with the next generation.
    let moved = on!(&portal.portal.db, pool =>
        sqlx::query("UPDATE library SET generation = generation + 1").execute(pool).await.map(drop));
    moved.unwrap();
    portal.portal.refresh().await.unwrap();
    let at = |stop: &str| format!("/dialogmoten/turne/{stop}/anmalan");
    let own = send(&portal, &at("boras"), &filled("a", &[])).await.header("location").to_owned();
    send(&portal, &at("skovde"), &filled("b", &[])).await;

    let shown = page(&portal, &own).await;
    assert!(shown.contains("value=\"skovde\"") && shown.contains("value=\"alingsas\""), "{shown}");
    assert!(!shown.contains("value=\"boras\""), "one is there already");
    let full = send(&portal, &format!("{own}flytta"), "stopp=skovde").await;
    assert!(full.status == 422 && full.text().contains("Alla platser är tagna där."), "{}", full.text());
    assert!(page(&portal, &own).await.contains("Borås"), "the place that one has is kept");
    assert_eq!(send(&portal, &format!("{own}flytta"), "stopp=finns-inte").await.status, 422);
    assert_eq!(send(&portal, &format!("{own}flytta"), "stopp=alingsas").await.status, 303);
    assert!(page(&portal, &own).await.contains("Huset, Alingsås"));
    assert!(page(&portal, "/dialogmoten/turne/boras/").await.contains("1 plats kvar"));
});

on_both!(a_code_that_is_wrong_is_told_beside_its_field, |on| async move {
    let mut plan = a_plan(10);
    plan.by_invitation = true;
    let portal = with(on, &plan).await;
    assert!(page(&portal, &format!("{FORM}?kod=abc")).await.contains("value=\"abc\""));
    let refused = send(&portal, FORM, &filled("a", &[("kod", "fel")])).await;
    assert!(refused.status == 422 && refused.text().contains("href=\"#kod\""), "{}", refused.text());
    assert!(refused.text().contains("value=\"fel\"") && refused.text().contains("value=\"Åsa Ek\""));
});

on_both!(where_it_is_not_open_the_page_says_why, |on| async move {
    let portal = TestPortal::with(on, &[]).await;
    let plan_that = |change: fn(&mut Plan)| {
        let mut plan = a_plan(10);
        change(&mut plan);
        plan
    };
    let soon = plan_that(|plan| plan.opens = date(2030, 1, 1).at(9, 0, 0, 0));
    let closed = plan_that(|plan| plan.closes = date(2026, 2, 1).at(9, 0, 0, 0));
    let example = plan_that(|plan| plan.example = true);
    let over = plan_that(|plan| {
        plan.starts = date(2026, 1, 2).at(9, 0, 0, 0);
        plan.ends = date(2026, 1, 2).at(16, 0, 0, 0);
        plan.closes = plan.starts;
    });
    for (slug, plan, told) in [
        ("snart", soon, "Anmälan öppnar 1 januari 2030 kl. 09.00."),
        ("stangd", closed, "Ring Kansliet, 010-000 00 00."),
        ("exempel", example, "Det här är ett exempel"),
        ("var", over, "redan varit"),
    ] {
        publish(&portal, Kind::Conference, "", slug, &plan).await;
        let address = format!("/konferenser/{slug}/");
        let form = page(&portal, &format!("{address}anmalan")).await;
        assert!(form.contains(told) && !form.contains("name=\"namn\""), "{slug}: {form}");
        assert!(!page(&portal, &address).await.contains("Anmäl dig</a>"), "{slug}");
        let refused = send(&portal, &format!("{address}anmalan"), &filled("a", &[])).await;
        assert!(refused.status == 422 && refused.text().contains("value=\"Åsa Ek\""), "{slug}");
    }
});

on_both!(the_page_of_an_event_tells_all_that_one_must_know, |on| async move {
    let portal = TestPortal::with(on, &[]).await;
    let mut plan = demanding();
    plan.title = "Våld i nära relationer".into();
    plan.place = Some(Place {
        name: "Provhuset".into(),
        address: "Provgatan 1".into(),
        town: "Provköping".into(),
        map: Some("https://karta.example/".into()),
        travel: "Spårvagn 1.\n\nHiss finns.".into(),
    });
    plan.limited_by = Some(LimitedBy::County);
    plan.tracks[0].limits = Limits { each: Some(2), reserved: vec![], release: Some(date(2031, 3, 1)) };
    plan.fee = Some(Fee { amount: 1_200, free_until: date(2031, 3, 15).at(0, 0, 0, 0) });
    publish(&portal, Kind::ThemeDay, "natverket", "2031", &plan).await;
    let shown = page(&portal, "/temadagar/natverket/2031/").await;
    assert_eq!(title(&shown), "Temadag i Provköping, 1 april 2031 – Frid");
    for told in [
        "<h1>Våld i nära relationer</h1>",
        "Tisdag 1 april 2031 kl. 09.00–16.00",
        "Provhuset, Provgatan 1, Provköping.",
        "rel=\"noreferrer\" href=\"https://karta.example/\"",
        "Hiss finns.",
        "10 platser kvar",
        "Högst 2 platser per län.",
        "Från och med 1 mars 2031 kan vem som helst få platserna som är kvar.",
        "300\u{a0}kronor",
        "1\u{a0}200\u{a0}kronor",
        "Är öppen till 20 mars 2031 kl. 17.00.",
        "href=\"tel:+46100000000\"",
        "Skyddade personuppgifter",
        "/temadagar/natverket/2031/kalender.ics",
        "class=\"parallel\"",
    ] {
        assert!(shown.contains(told), "{told}: {shown}");
    }
    let slashless = portal.get("/temadagar/natverket/2031").await;
    assert_eq!((slashless.status, slashless.header("location")), (308, "/temadagar/natverket/2031/"));
    assert_eq!(portal.get("/temadagar/natverket/2032/").await.status, 404);
    assert_eq!(portal.get("/konferenser/2031/").await.status, 404, "another kind is another address");
});

on_both!(reading_a_page_changes_nothing, |on| async move {
    let portal = with(on, &a_plan(1)).await;
    let own = registered(&portal, "a", &[]).await;
    for action in ["avboka", "svar", "byt", "pass", "flytta", "uppgifter", "behov", "overlat"] {
        let read = portal.get(&format!("{own}{action}?svar=nej&radera=ja")).await;
        assert!(matches!(read.status, 200 | 405), "{action}: {}", read.status);
    }
    assert!(page(&portal, &own).await.contains("Du har en plats."));
    let made: i64 =
        on!(&portal.portal.db, pool => sqlx::query_scalar("SELECT count(*) FROM hand_overs").fetch_one(pool).await)
            .unwrap();
    assert_eq!(made, 0);
});
