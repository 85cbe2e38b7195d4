//! The organisers' desk, through the same front as a browser: what is arranged is planned, published, changed by two at
//! once, cancelled, and taken on tour.

use crate::on_both;
use crate::portal::{Answer, On, TestPortal};
use app::accounts::person::{Email, PersonName};
use app::counties;
use app::events::plan::Plan;
use app::events::{Address, Application, Event, Kind, Needs, Participant, Protected, Standing};
use app::organising::plan_typed::PlanTyped;
use app::organising::template;
use app::viewer::Role;
use jiff::civil::date;
use server::clock;
use server::events::arranging::{NewEvent, arrange};
use server::{on, on_tx};
use std::sync::Arc;

/// What nobody may see who has no need to: names, diets and ways of being reached that stand nowhere else.
pub const REAL_NAME: &str = "Kanariefågeln Riktig";
pub const CHANNEL: &str = "Kanariekanalen";
pub const DIET: &str = "kanariekost";
pub const ACCESS: &str = "kanarieramp";

/// A conference in two years, open for registration, with so many places.
pub fn a_plan(seats: u32) -> Plan {
    let mut plan = template::plan(Kind::Conference, "Provkonferens", "Lund", date(2031, 4, 1), date(2026, 1, 1));
    plan.lead = "En dag om prov.".into();
    plan.tracks.truncate(2);
    plan.tracks[0].seats = Some(seats);
    plan.offer_hours = 0;
    let place = plan.place.as_mut().unwrap();
    place.name = "Salen".into();
    plan.contact.name = "Kansliet".into();
    plan.contact.email = "kansli@lansstyrelsen.example".into();
    plan
}

pub fn a_person(key: &str) -> Participant {
    Participant {
        name: PersonName::parse(&format!("Prov {key}")),
        email: Email::parse(&format!("{key}@kommun.example")),
        role: "socialsekreterare".into(),
        workshops: vec![],
        needs: Needs::default(),
        protected: None,
    }
}

pub fn a_protected_person(key: &str) -> Participant {
    Participant {
        name: PersonName::parse("Alias Anka"),
        email: Email::parse(&format!("{key}@dold.example")),
        needs: Needs { diet: DIET.into(), access: ACCESS.into() },
        protected: Some(Protected { real_name: REAL_NAME.into(), channel: CHANNEL.into() }),
        ..a_person(key)
    }
}

pub fn a_form(key: &str, person: Participant) -> Application {
    Application {
        form_key: key.into(),
        track: "pa-plats".into(),
        people: vec![person],
        contact: None,
        organisation: "Lunds kommun".into(),
        county: counties::find("skane"),
        answers: Default::default(),
        invoice: None,
        code: None,
    }
}

/// A portal with one published conference of Skåne.
pub struct Desk {
    pub portal: TestPortal,
    pub event: Arc<Event>,
    /// An editor of the county.
    pub eva: String,
}

/// A published event of Skåne, and its id.
pub async fn arranged(portal: &TestPortal, address: &Address, plan: &Plan) -> String {
    let mut tx = portal.portal.db.begin().await.unwrap();
    let new = NewEvent { address, county: counties::find("skane"), plan, published_at: Some(1) };
    let id = arrange(&mut tx, 1, &new).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    id
}

pub fn a_conference() -> Address {
    Address { kind: Kind::Conference, series: String::new(), slug: "provkonferens".into() }
}

/// Registers somebody and returns the id of the registration.
pub async fn registered(portal: &TestPortal, address: &Address, form: Application) -> String {
    const ID: &str = "SELECT id FROM registrations ORDER BY number DESC LIMIT 1";
    let events = &portal.portal.stores.events;
    let event = app::events::Events::event(events.as_ref(), address).await.unwrap().unwrap();
    events.register_at(&event, form, None, clock::now()).await.unwrap().unwrap();
    on!(&portal.portal.db, pool => sqlx::query_scalar(ID).fetch_one(pool).await).unwrap()
}

pub async fn a_protected_registration(portal: &TestPortal, address: &Address) -> String {
    registered(portal, address, a_form("skyddad", a_protected_person("skyddad"))).await
}

impl Desk {
    pub async fn with(on: On, plan: &Plan) -> Self {
        let portal = TestPortal::with(on, &[]).await;
        arranged(&portal, &a_conference(), plan).await;
        let events = &portal.portal.stores.events;
        let event = app::events::Events::event(events.as_ref(), &a_conference()).await.unwrap().unwrap();
        let eva = portal.sign_in(Role::Editor, Some("skane")).await;
        Self { portal, event, eva }
    }

    pub fn path(&self, rest: &str) -> String {
        format!("/redaktion/konferenser/{}/{rest}", self.event.id)
    }

    pub async fn get(&self, rest: &str) -> Answer {
        self.portal.get_as(&self.eva, &self.path(rest)).await
    }

    pub async fn submit(&self, rest: &str, form: &[(&str, &str)]) -> Answer {
        self.portal.submit(&self.eva, &self.path(rest), &encoded(form)).await
    }

    pub async fn register(&self, key: &str) -> String {
        registered(&self.portal, &a_conference(), a_form(key, a_person(key))).await
    }

    pub async fn standing(&self, id: &str) -> Standing {
        const STANDING: &str = "SELECT standing FROM registrations WHERE id = $1";
        let standing: String =
            on!(&self.portal.portal.db, pool => sqlx::query_scalar(STANDING).bind(id).fetch_one(pool).await).unwrap();
        Standing::parse(&standing).unwrap()
    }

    /// The plan as its form would send it, with some fields otherwise.
    async fn plan_form(&self, version: i64, changes: &[(&str, &str)]) -> String {
        let mut typed = typed_of(&self.portal, &self.event.id).await;
        for (name, value) in changes {
            typed.set(*name, *value);
        }
        let version = version.to_string();
        let fields = typed.fields().iter().map(|(name, value)| (name.as_str(), value.as_str()));
        encoded(&fields.chain([("version", version.as_str())]).collect::<Vec<_>>())
    }

    async fn save(&self, version: i64, changes: &[(&str, &str)]) -> Answer {
        let form = self.plan_form(version, changes).await;
        self.portal.submit(&self.eva, &self.path("uppgifter/"), &form).await
    }

    pub async fn count(&self, sql: &'static str) -> i64 {
        count(&self.portal, sql).await
    }
}

async fn count(portal: &TestPortal, sql: &'static str) -> i64 {
    on!(&portal.portal.db, pool => sqlx::query_scalar(sql).fetch_one(pool).await).unwrap()
}

pub fn encoded(form: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish()
}

on_both!(a_conference_is_begun_from_a_template_written_and_published, async |on| {
    let portal = TestPortal::with(on, &[]).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let new = [
        ("mall", "konferens"),
        ("titel", "Vårens konferens"),
        ("lan", "skane"),
        ("dag", "2031-05-20"),
        ("ort", "Lund"),
    ];
    let begun = portal.submit(&eva, "/redaktion/konferenser/ny/", &encoded(&new)).await;
    assert_eq!(begun.status, 303, "{}", begun.text());
    let form = begun.header("location").to_owned();
    let event = form.strip_suffix("uppgifter/").unwrap();

    // What is lacking keeps it from being published, and is told with the way to its field.
    let page = portal.get_as(&eva, event).await;
    assert!(page.text().contains("Att rätta") && page.text().contains("#ingress"), "{}", page.text());
    assert_eq!(portal.submit(&eva, &format!("{event}steg"), "steg=publicera").await.status, 422);
    assert_eq!(portal.get("/konferenser/varens-konferens/").await.status, 404);

    let id = event.trim_end_matches('/').rsplit('/').next().unwrap();
    let mut typed = typed_of(&portal, id).await;
    for (name, value) in [
        ("ingress", "En dag."),
        ("plats-namn", "Salen"),
        ("kontakt-namn", "Kansliet"),
        ("kontakt-epost", "kansli@lansstyrelsen.example"),
    ] {
        typed.set(name, value);
    }
    let fields: Vec<_> = typed.fields().iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let sent = encoded(&[&fields[..], &[("version", "1"), ("gor", "spara")]].concat());
    let saved = portal.submit(&eva, &form, &sent).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    assert_eq!(portal.submit(&eva, &format!("{event}steg"), "steg=publicera").await.status, 303);
    assert!(
        portal.get_as(&eva, "/redaktion/konferenser/").await.text().contains("0 av"),
        "the list tells how full it is"
    );

    // The same address is not given twice, and what was typed stays.
    let again = portal.submit(&eva, "/redaktion/konferenser/ny/", &encoded(&new)).await;
    assert!(
        again.status == 422
            && again.text().contains("/konferenser/varens-konferens/")
            && again.text().contains("2031-05-20")
    );
    // A copy a year later has everything, on its own days.
    let copy = [("mall", "kopia"), ("titel", "Nästa vår"), ("lan", "skane"), ("dag", "2032-05-18"), ("tidigare", id)];
    let copied = portal.submit(&eva, "/redaktion/konferenser/ny/", &encoded(&copy)).await;
    let page = portal.get_as(&eva, copied.header("location")).await;
    assert!(page.text().contains("En dag.") && page.text().contains("2032-05-18") && !page.text().contains("2031-"));
    assert_eq!(count(&portal, "SELECT count(*) FROM audit_log WHERE act = 'began-event'").await, 2);
    assert_eq!(count(&portal, "SELECT count(*) FROM audit_log WHERE act = 'published-event'").await, 1);
});

/// The plan of an event, published or not, as its form shows it.
async fn typed_of(portal: &TestPortal, id: &str) -> PlanTyped {
    let plan: String =
        on!(&portal.portal.db, pool => sqlx::query_scalar("SELECT plan FROM events WHERE id = $1").bind(id).fetch_one(pool).await)
            .unwrap();
    PlanTyped::of(&serde_json::from_str(&plan).unwrap())
}

on_both!(of_two_who_write_at_once_the_second_gets_both_texts, async |on| {
    let desk = Desk::with(on, &a_plan(5)).await;
    assert_eq!(desk.save(1, &[("titel", "Evas rubrik")]).await.status, 303);
    let second = desk.save(1, &[("titel", "Ruts rubrik"), ("ingress", "Ruts ingress")]).await;
    assert_eq!(second.status, 409);
    for kept in ["Evas rubrik", "Ruts rubrik", "Ruts ingress", "Prov Namn har sparat medan du skrev"] {
        assert!(second.text().contains(kept), "{kept}: {}", second.text());
    }
    // The form comes back with the version that it now begins from.
    assert!(second.text().contains("name=\"version\" value=\"2\""));
    assert_eq!(desk.save(2, &[("titel", "Ruts rubrik")]).await.status, 303);
    let page = desk.get("").await;
    assert!(page.text().contains("Tidigare versioner"));
    assert!(desk.get("uppgifter/?version=2").await.text().contains("Evas rubrik"), "nothing that was saved is lost");
    // The same twice, by a double click, is once.
    assert_eq!(desk.save(2, &[("titel", "Ruts rubrik")]).await.status, 303);
    assert_eq!(desk.count("SELECT version FROM events").await, 3);
});

on_both!(rows_come_and_go_without_a_script_and_nothing_is_saved_by_it, async |on| {
    let desk = Desk::with(on, &a_plan(5)).await;
    let form = format!("{}&gor=ny:talare", desk.plan_form(1, &[("titel", "Halvskriven")]).await);
    let page = desk.portal.submit(&desk.eva, &desk.path("uppgifter/"), &form).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("talare-0-namn") && page.text().contains("Halvskriven"), "{}", page.text());
    let form = format!("{}&gor=bort:program-0", desk.plan_form(1, &[]).await);
    let page = desk.portal.submit(&desk.eva, &desk.path("uppgifter/"), &form).await;
    assert!(!page.text().contains("Registrering och kaffe") && page.text().contains("Workshop A"));
    assert_eq!(desk.count("SELECT version FROM events").await, 1);
    // What cannot be read comes back as it was typed, with the fault beside it.
    let page = desk.save(1, &[("borjar-dag", "i vår")]).await;
    assert!(page.status == 422 && page.text().contains("i vår") && page.text().contains("borjar-dag-fel"));
});

on_both!(fewer_places_than_are_held_are_refused_and_more_are_given_on_at_once, async |on| {
    let desk = Desk::with(on, &a_plan(2)).await;
    let mut ids = Vec::new();
    for key in ["a", "b", "c", "d"] {
        ids.push(desk.register(key).await);
    }
    assert_eq!(desk.standing(&ids[2]).await, Standing::Waiting);
    let refused = desk.save(1, &[("spar-0-platser", "1")]).await;
    assert!(refused.status == 409 && refused.text().contains("färre platser än 2"), "{}", refused.text());
    let list = desk.get("anmalda/").await;
    assert!(list.text().contains("först i kön står nummer 3") && list.text().contains("Alla 2 platser är tagna"));

    assert_eq!(desk.save(1, &[("spar-0-platser", "3")]).await.status, 303);
    assert_eq!(desk.standing(&ids[2]).await, Standing::Seated);
    assert_eq!(desk.standing(&ids[3]).await, Standing::Waiting);
    // The letter lies in the outbox of the same transaction.
    assert_eq!(desk.count("SELECT count(*) FROM outbox WHERE kind = 'besked'").await, 5);
    // Whoever has a place is told of another time, and only they.
    assert_eq!(desk.save(2, &[("borjar-tid", "08:30")]).await.status, 303);
    assert_eq!(desk.count("SELECT count(*) FROM outbox WHERE kind = 'besked'").await, 8);
});

on_both!(places_are_counted_anew_when_they_are_spread_otherwise, async |on| {
    let desk = Desk::with(on, &a_plan(5)).await;
    desk.register("a").await;
    let changes = [("fordelas", "lan"), ("spar-0-var", "1")];
    assert_eq!(desk.save(1, &changes).await.status, 303);
    assert_eq!(desk.count("SELECT count(*) FROM registrations WHERE share = 'skane'").await, 1);
    let second = desk.register("b").await;
    assert_eq!(desk.standing(&second).await, Standing::Waiting);
    let list = desk.get("anmalda/?lage=waiting").await;
    assert!(list.text().contains("Skåne län har redan alla platser"), "{}", list.text());
});

on_both!(an_event_is_taken_back_while_nobody_comes_and_cancelled_afterwards, async |on| {
    let desk = Desk::with(on, &a_plan(1)).await;
    assert_eq!(desk.submit("steg", &[("steg", "dra-tillbaka")]).await.status, 303);
    assert_eq!(desk.submit("steg", &[("steg", "publicera")]).await.status, 303);
    let (first, second) = (desk.register("a").await, desk.register("b").await);
    let refused = desk.submit("steg", &[("steg", "dra-tillbaka")]).await;
    assert!(refused.status == 409 && refused.text().contains("2 är redan anmälda"));
    assert_eq!(desk.submit("steg", &[("steg", "stall-in")]).await.status, 422);
    let before = desk.count("SELECT count(*) FROM outbox").await;
    assert_eq!(desk.submit("steg", &[("steg", "stall-in"), ("sakert", "ja")]).await.status, 303);
    assert_eq!(desk.count("SELECT count(*) FROM outbox").await, before + 2, "whoever waits is told as well");
    assert_eq!(desk.submit("steg", &[("steg", "stall-in"), ("sakert", "ja")]).await.status, 409, "once");
    assert_eq!((desk.standing(&first).await, desk.standing(&second).await), (Standing::Seated, Standing::Waiting));
    // Places of what does not take place are given to nobody.
    desk.portal.portal.stores.events.settle_at(&desk.event.address, &desk.event.id, clock::now()).await.unwrap();
    assert_eq!(desk.standing(&second).await, Standing::Waiting);
});

on_both!(a_tour_invites_reminds_exactly_those_who_are_missing_and_hands_on_its_questions, async |on| {
    let portal = TestPortal::with(on, &[]).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let new =
        [("mall", "turne"), ("titel", "Dialog 2031"), ("lan", "skane"), ("stopp", "Lund 2031-03-10\nEslöv 2031-03-17")];
    let begun = portal.submit(&eva, "/redaktion/konferenser/ny/", &encoded(&new)).await;
    assert_eq!(begun.header("location"), "/redaktion/konferenser/turne/dialog-2031/");
    let tour = begun.header("location").to_owned();
    let ids: Vec<String> = on!(&portal.portal.db, pool => sqlx::query_scalar("SELECT id FROM events ORDER BY starts_at").fetch_all(pool).await).unwrap();
    for id in &ids {
        let mut typed = typed_of(&portal, id).await;
        for (name, value) in [
            ("ingress", "Samtal."),
            ("plats-namn", "Stadshuset"),
            ("kontakt-namn", "Kansliet"),
            ("kontakt-epost", "kansli@lansstyrelsen.example"),
            ("oppna-fragor", "Vem gör vad?"),
            // A new plan opens at nine today; this test runs before that too.
            ("oppnar-dag", "2026-01-02"),
        ] {
            typed.set(name, value);
        }
        let fields: Vec<_> = typed.fields().iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let sent = encoded(&[&fields[..], &[("version", "1")]].concat());
        assert_eq!(portal.submit(&eva, &format!("/redaktion/konferenser/{id}/uppgifter/"), &sent).await.status, 303);
        assert_eq!(
            portal.submit(&eva, &format!("/redaktion/konferenser/{id}/steg"), "steg=publicera").await.status,
            303
        );
    }

    let list = "Lund; politiker; Åsa Ek; asa@lund.example\nLund; chef; Bo Berg; bo@lund.example\nEslöv; chef; Di Dahl; di@eslov.example";
    let wrong = portal.submit(&eva, &format!("{tour}inbjudna"), &encoded(&[("lista", "Lund; politiker; Åsa")])).await;
    assert!(wrong.status == 422 && wrong.text().contains("Rad 1") && wrong.text().contains("Lund; politiker; Åsa"));
    let invited = portal.submit(&eva, &format!("{tour}inbjudna"), &encoded(&[("lista", list)])).await;
    let codes: Vec<String> =
        invited.text().split("<code>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()).collect();
    assert_eq!(codes.len(), 3);
    assert!(codes.iter().all(|code| code.len() == 32));
    // Only hashes are kept, and nobody is on the list twice.
    let again = portal.submit(&eva, &format!("{tour}inbjudna"), &encoded(&[("lista", list)])).await;
    assert!(again.text().contains("0 nya på listan"));
    assert_eq!(count(&portal, "SELECT count(*) FROM invited WHERE length(code_hash) = 64").await, 3);

    assert_eq!(
        portal.submit(&eva, &format!("{tour}skriv"), "brev=inbjudan&antal=2").await.status,
        409,
        "the list has changed"
    );
    assert_eq!(portal.submit(&eva, &format!("{tour}skriv"), "brev=inbjudan&antal=3").await.status, 303);
    assert_eq!(count(&portal, "SELECT count(*) FROM outbox WHERE kind = 'inbjudan'").await, 3);

    // The politician of Lund comes to Eslöv, with the code.
    let address = Address { kind: Kind::DialogueMeeting, series: "dialog-2031".into(), slug: "eslov".into() };
    let form = Application { code: Some(codes[1].clone()), ..a_form("asa", a_person("asa")) };
    let without = Application { code: None, ..form.clone() };
    let events = &portal.portal.stores.events;
    let stop = app::events::Events::event(events.as_ref(), &address).await.unwrap().unwrap();
    assert!(events.register_at(&stop, without, None, clock::now()).await.unwrap().is_err());
    registered(&portal, &address, form).await;
    let page = portal.get_as(&eva, &tour).await;
    assert!(page.text().contains("1 av 3 roller") && page.text().contains("kommer: Eslöv"), "{}", page.text());

    for _ in 0..2 {
        assert_eq!(portal.submit(&eva, &format!("{tour}skriv"), "brev=paminnelse&antal=2").await.status, 303);
    }
    const REMINDED: &str = "SELECT subject_id FROM outbox WHERE kind = 'inbjudan igen' ORDER BY subject_id";
    const MISSING: &str = "SELECT id FROM invited WHERE registration_id IS NULL ORDER BY id";
    let db = &portal.portal.db;
    let reminded: Vec<String> = on!(db, pool => sqlx::query_scalar(REMINDED).fetch_all(pool).await).unwrap();
    let missing: Vec<String> = on!(db, pool => sqlx::query_scalar(MISSING).fetch_all(pool).await).unwrap();
    assert_eq!((reminded.len(), &reminded), (2, &missing));

    let carried = portal.submit(&eva, &format!("{tour}ta-vidare"), &encoded(&[("stopp", &ids[0])])).await;
    assert_eq!(carried.status, 303);
    let typed = typed_of(&portal, &ids[1]).await;
    assert_eq!(typed.get("oppna-fragor"), "Vem gör vad?", "it was there already, and is there once");
    assert_eq!(portal.submit(&eva, &format!("{tour}ta-vidare"), &encoded(&[("stopp", &ids[1])])).await.status, 409);
    let orebro = portal.sign_in(Role::Editor, Some("orebro")).await;
    assert_eq!(portal.get_as(&orebro, &tour).await.status, 403);
});

/// The tour of the table of roles.
pub async fn a_tour(portal: &TestPortal) {
    const SERIES: &str = "INSERT INTO event_series (kind, slug, county, title, lead, created_at) \
         VALUES ('dialogmote', 'turne', 'skane', 'Turné', '', 1)";
    let mut tx = portal.portal.db.begin().await.unwrap();
    on_tx!(&mut tx, c => sqlx::query(SERIES).execute(c).await.map(drop)).unwrap();
    tx.commit().await.unwrap();
}
