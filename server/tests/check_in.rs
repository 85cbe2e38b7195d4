//! At the door: several devices, in any order and more than once, and what none of them is told.

use crate::on_both;
use crate::organising::{a_conference, a_plan, arranged};
use crate::portal::{Answer, On, TestPortal};
use app::accounts::person::{Email, PersonName};
use app::counties;
use app::events::{Application, Event, Events, Needs, Participant, Protected};
use app::routes::desk;
use app::viewer::Role;
use server::{clock, on, on_tx};
use std::sync::Arc;

/// A conference of Skåne with an open door.
pub struct Open {
    pub portal: Arc<TestPortal>,
    pub event: Arc<Event>,
    /// An editor of the county.
    pub eva: String,
    /// Where the door is.
    pub door: String,
}

fn participant(key: &str, name: &str) -> Participant {
    Participant {
        name: PersonName::parse(name),
        email: Email::parse(&format!("{key}@kommun.example")),
        role: "socialsekreterare".into(),
        workshops: vec![],
        needs: Needs::default(),
        protected: None,
    }
}

fn application(key: &str, person: Participant) -> Application {
    Application {
        form_key: format!("{key:0>32}"),
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

impl Open {
    pub async fn with(on: On, seats: u32) -> Self {
        let portal = Arc::new(TestPortal::with(on, &[]).await);
        arranged(&portal, &a_conference(), &a_plan(seats)).await;
        let event = portal.portal.stores.events.event(&a_conference()).await.unwrap().unwrap();
        let eva = portal.sign_in(Role::Editor, Some("skane")).await;
        let opened = portal.submit(&eva, &of(&event, desk::OPEN_DOOR), "").await;
        assert_eq!(opened.status, 200);
        let door = link(opened.text());
        Self { portal, event, eva, door }
    }

    /// Registers somebody: the token of their page, and the registration's id.
    pub async fn register(&self, key: &str, name: &str) -> (String, String) {
        self.register_as(key, participant(key, name)).await
    }

    pub async fn register_as(&self, key: &str, person: Participant) -> (String, String) {
        let events = &self.portal.portal.stores.events;
        let form = application(key, person);
        let token = events.register_at(&self.event, form, None, clock::now()).await.unwrap().unwrap().token;
        let id = events.registration(&token).await.unwrap().unwrap().id;
        (token, id)
    }

    /// What a device sends, and what it is told.
    pub async fn tell(&self, lines: &[String]) -> serde_json::Value {
        let answer = self.portal.submit("", &format!("{}in", self.door), &device_form(lines)).await;
        assert_eq!(answer.status, 200);
        serde_json::from_slice(&answer.bytes).unwrap()
    }

    async fn page(&self) -> Answer {
        self.portal.get(&self.door).await
    }

    async fn came(&self) -> Vec<(String, i64)> {
        const CAME: &str = "SELECT id, came_at FROM registrations WHERE came_at IS NOT NULL ORDER BY id";
        on!(&self.portal.portal.db, pool => sqlx::query_as(CAME).fetch_all(pool).await).unwrap()
    }

    /// The day after, by the event: everything is moved back, as if it had been the day before yesterday.
    pub async fn end(&self) {
        const BACK: &str =
            "UPDATE events SET plan = $1, starts_at = $2, ends_at = $3, version = version + 1 WHERE id = $4";
        let mut plan = self.event.plan.clone();
        let day = clock::today().checked_sub(jiff::ToSpan::days(2)).unwrap();
        let moved = |at: jiff::civil::DateTime| day.to_datetime(at.time());
        (plan.starts, plan.ends) = (moved(plan.starts), moved(plan.ends));
        for session in &mut plan.programme {
            (session.starts, session.ends) = (moved(session.starts), moved(session.ends));
        }
        let [starts, ends] = [plan.starts, plan.ends].map(app::text::dates::unix_time);
        let plan = serde_json::to_string(&plan).unwrap();
        on!(&self.portal.portal.db, pool => sqlx::query(BACK).bind(&plan).bind(starts).bind(ends).bind(&self.event.id)
            .execute(pool).await.map(drop))
        .unwrap();
    }
}

pub fn of(event: &Event, path: &str) -> String {
    desk::of_event(path, &event.id)
}

/// The door's address, as the page shows it once.
fn link(page: &str) -> String {
    let from = page.find("/incheckning/").expect("the page shows the link");
    page[from..].split(['<', '"', ' ']).next().unwrap().to_owned()
}

pub fn hex(number: u64) -> String {
    format!("{number:032x}")
}

pub fn scan(id: u64, registration: &str, device: u64, at: i64) -> String {
    format!("in {} {registration} {} {at}", hex(id), hex(device))
}

fn device_form(lines: &[String]) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("nu", &clock::now().to_string());
    form.append_pair("lista", "");
    form.extend_pairs(lines.iter().map(|line| ("handelse", line)));
    form.finish()
}

on_both!(three_devices_tell_of_340_people_in_any_order_and_more_than_once, |on| async move {
    let open = Arc::new(Open::with(on, 400).await);
    let mut people = Vec::new();
    for person in 0..340 {
        people.push(open.register(&format!("p{person}"), &format!("Prov {person}")).await.1);
    }
    let start = clock::now() - 10_000;
    // Each device has seen everybody, at other times; the second tells backwards, and all tell everything twice.
    let told = |device: u64| -> Vec<String> {
        (0_u64..)
            .zip(&people)
            .map(|(person, id)| {
                let seconds = i64::try_from((person * 7 + device * 113) % 1_000).unwrap();
                scan(device * 1_000 + person, id, device, start + seconds)
            })
            .collect()
    };
    let tasks: Vec<_> = [1, 2, 3, 1, 2, 3]
        .into_iter()
        .map(|device| {
            let (open, mut lines) = (Arc::clone(&open), told(device));
            if device == 2 {
                lines.reverse();
            }
            tokio::spawn(async move {
                for part in lines.chunks(40) {
                    open.tell(part).await;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let came = open.came().await;
    assert_eq!(came.len(), 340);
    let picture = open.tell(&[]).await;
    let shown: Vec<_> = picture["came"].as_array().unwrap().iter().collect();
    assert_eq!(shown.len(), 340);
    assert!(shown.iter().all(|came| came[1].as_array().unwrap().len() == 3), "one from each device");
    const EARLIEST: &str =
        "SELECT registration_id, MIN(scanned_at) FROM check_ins GROUP BY registration_id ORDER BY registration_id";
    let earliest: Vec<(String, i64)> =
        on!(&open.portal.portal.db, pool => sqlx::query_as(EARLIEST).fetch_all(pool).await).unwrap();
    assert_eq!(came, earliest);
    let page = open.page().await;
    assert_eq!(page.text().matches("avprickad igen").count(), 340);
});

on_both!(a_mistake_is_taken_back_also_when_that_is_known_first, |on| async move {
    let open = Open::with(on, 10).await;
    let (_, anna) = open.register("anna", "Anna Ek").await;
    let (_, bo) = open.register("bo", "Bo Al").await;
    let now = clock::now();
    open.tell(&[format!("ut {}", hex(1))]).await;
    open.tell(&[scan(1, &anna, 7, now - 60), scan(2, &bo, 7, now - 50)]).await;
    assert_eq!(open.came().await.len(), 1, "Anna's was struck out before it came");
    open.tell(&[scan(3, &anna, 8, now - 40)]).await;
    assert_eq!(open.came().await.len(), 2, "another door has seen her");
    open.tell(&[format!("ut {}", hex(3)), format!("ut {}", hex(2))]).await;
    assert_eq!(open.came().await, []);
    // What is about nobody here is told of, and written nowhere.
    let told = open.tell(&[scan(9, &hex(99), 7, now)]).await;
    assert_eq!(told["refused"], 1);
});

on_both!(without_a_script_people_are_found_let_in_and_taken_back_by_buttons, |on| async move {
    let open = Open::with(on, 10).await;
    let (_, anna) = open.register("anna", "Anna Ek").await;
    open.register("bo", "Bo Al").await;
    let page = open.page().await;
    assert_eq!(page.status, 200);
    assert!(page.header("permissions-policy").contains("camera=(self)"));
    assert!(open.portal.get("/").await.header("permissions-policy").contains("camera=()"));
    assert_eq!(page.text().matches("name=\"avprickning\"").count(), 2);
    let found = open.portal.submit("", &open.door, "namn=ek").await;
    assert!(found.text().contains("Anna Ek") && !found.text().contains("Bo Al"));
    let nobody = open.portal.submit("", &open.door, "namn=Cecilia").await;
    assert!(nobody.text().contains("Ingen på listan heter så."));

    let form = format!("anmalan={anna}&avprickning={}&sida={}", hex(5), hex(6));
    let let_in = format!("{}in", open.door);
    for _ in 0..2 {
        let answer = open.portal.submit("", &let_in, &form).await;
        assert_eq!((answer.status, answer.header("location")), (303, format!("{}?kom={anna}", open.door).as_str()));
    }
    let told = open.portal.get(&format!("{}?kom={anna}", open.door)).await;
    assert!(told.text().contains("Anna Ek kom kl.") && told.text().contains("Ångra"));
    assert_eq!(told.text().matches("avprickad igen").count(), 0, "pressed twice, it is one");
    open.portal.submit("", &let_in, &format!("anmalan={anna}&angra={}", hex(5))).await;
    assert_eq!(open.came().await, []);
});

on_both!(no_device_is_told_more_than_it_needs, |on| async move {
    let open = Open::with(on, 10).await;
    let protected = Protected { real_name: "Kanariefågeln Riktig".into(), channel: "Kanariekanalen".into() };
    let needs = Needs { diet: "kanariekost".into(), access: "kanarieramp".into() };
    let alias = Participant { protected: Some(protected), needs, ..participant("kanarieadress", "Alias Anka") };
    open.register_as("skyddad", alias).await;
    let picture = open.tell(&[]).await;
    let guest = picture["guests"][0].as_object().unwrap();
    let mut keys: Vec<_> = guest.keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["code", "id", "name", "organisation"]);
    assert_eq!((guest["name"].as_str(), guest["code"].as_str().unwrap().len()), (Some("Alias Anka"), 10));
    for text in [picture.to_string(), open.page().await.text().to_owned()] {
        assert!(!text.to_lowercase().contains("kanarie"), "{text}");
    }
    // The list goes along once.
    let mark = picture["list"].as_str().unwrap();
    let form = format!("nu={}&lista={mark}", clock::now());
    let again = open.portal.submit("", &format!("{}in", open.door), &form).await;
    assert!(again.text().contains("\"guests\":null"));
    // Pages that hold nobody's name.
    for path in ["/incheckning/utan-nat", "/incheckning/person/0a1b2c3d4e"] {
        let page = open.portal.get(path).await;
        assert!(page.status == 200 && !page.text().contains("Alias"), "{path}");
    }
});

on_both!(a_door_ends_when_it_is_closed_and_when_its_time_is_up, |on| async move {
    let open = Open::with(on, 10).await;
    let (_, anna) = open.register("anna", "Anna Ek").await;
    let token = open.door.trim_start_matches("/incheckning/").trim_end_matches('/').to_owned();
    assert!(token.len() >= 32, "128 bits or more");
    let doors = server::door::StoredDoors(Arc::clone(&open.portal.portal.stores.events));
    let door = doors.door_at(&token, clock::now()).await.unwrap().unwrap();
    assert_eq!(app::text::dates::swedish_time(door.until).to_string(), "2031-04-03T00:00:00");
    assert!(doors.door_at(&token, door.until - 1).await.unwrap().is_some());
    assert!(doors.door_at(&token, door.until).await.unwrap().is_none());
    let kept: Vec<String> = on!(&open.portal.portal.db, pool => sqlx::query_scalar("SELECT token_hash FROM doors")
        .fetch_all(pool).await)
    .unwrap();
    assert!(!kept.contains(&token), "only its hash is kept");

    assert_eq!(open.portal.submit(&open.eva, &of(&open.event, desk::CLOSE_DOOR), "").await.status, 303);
    assert_eq!(open.page().await.status, 410);
    let lines = [scan(1, &anna, 7, clock::now())];
    let late = open.portal.submit("", &format!("{}in", open.door), &device_form(&lines)).await;
    assert_eq!((late.status, open.came().await.len()), (410, 0));
    let admin = open.portal.sign_in(Role::Admin, None).await;
    let log = open.portal.get_as(&admin, "/redaktion/logg/").await;
    assert!(log.text().contains("öppnade ett insläpp") && log.text().contains("stängde ett insläpp"));

    // What is over or cancelled is not opened.
    open.end().await;
    assert_eq!(open.portal.submit(&open.eva, &of(&open.event, desk::OPEN_DOOR), "").await.status, 409);
});

on_both!(a_badge_says_nothing_and_is_anothers_when_the_place_is, |on| async move {
    let open = Open::with(on, 10).await;
    let (_, anna) = open.register("anna", "Anna Ek").await;
    let code = |picture: &serde_json::Value| picture["guests"][0]["code"].as_str().unwrap().to_owned();
    let before = code(&open.tell(&[]).await);
    assert_eq!(before, code(&open.tell(&[]).await));
    let mut tx = open.portal.portal.db.begin().await.unwrap();
    on_tx!(&mut tx, c => sqlx::query("UPDATE registrations SET token_turn = token_turn + 1 WHERE id = $1").bind(&anna)
        .execute(c).await.map(drop))
    .unwrap();
    tx.commit().await.unwrap();
    assert_ne!(before, code(&open.tell(&[]).await));
});

#[test]
fn the_page_that_is_kept_for_no_network_is_the_one_there_is() {
    assert!(include_str!("../../app/src/door/offline.js").contains(&format!("\"{}\"", desk::DOOR_OFFLINE)));
}
