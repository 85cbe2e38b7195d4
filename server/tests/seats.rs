//! Seats: given once, in order, and to everybody who may have one. On both databases.

use crate::on_both;
use crate::portal::{On, TestPortal};
use app::accounts::person::{Email, PersonName};
use app::events::plan::{Attendance, Contact, LimitedBy, Limits, Plan, Reserved, Session, Track};
use app::events::{
    Address, Application, Colleague, Deed, DeedRefusal, Event, Events, Kind, Needs, Participant, Receipt, Registration,
    Standing,
};
use jiff::civil::date;
use server::clock;
use server::events::arranging::{NewEvent, arrange};
use server::events::{Guard, StoredEvents};
use server::keys::Keys;
use server::on;
use std::sync::Arc;

/// Noon on the day before the conference's registration closes, by the clocks of Sweden.
fn noon() -> i64 {
    app::text::dates::unix_time(date(2031, 3, 3).at(12, 0, 0, 0))
}

pub fn a_track(id: &str, seats: u32) -> Track {
    Track {
        id: id.into(),
        name: id.into(),
        attendance: Attendance::OnSite,
        seats: Some(seats),
        approval: false,
        price: 0,
        broadcast: String::new(),
        limits: Limits::default(),
    }
}

pub fn a_workshop(id: &str, hour: i8, seats: u32) -> Session {
    Session {
        id: id.into(),
        starts: date(2031, 4, 1).at(hour, 0, 0, 0),
        ends: date(2031, 4, 1).at(hour + 1, 0, 0, 0),
        title: id.into(),
        text: String::new(),
        speakers: vec![],
        seats: Some(seats),
    }
}

/// On 1 April 2031, with registration from 2026 on.
pub fn a_plan(seats: u32) -> Plan {
    Plan {
        title: "Prov".into(),
        lead: "Om provet.".into(),
        text: String::new(),
        audiences: vec![],
        starts: date(2031, 4, 1).at(9, 0, 0, 0),
        ends: date(2031, 4, 1).at(16, 0, 0, 0),
        place: None,
        programme: vec![],
        speakers: vec![],
        tracks: vec![a_track("plats", seats)],
        opens: date(2026, 1, 1).at(9, 0, 0, 0),
        closes: date(2031, 3, 20).at(17, 0, 0, 0),
        limited_by: None,
        questions: vec![],
        asks_needs: true,
        largest_party: 10,
        offer_hours: 0,
        by_invitation: false,
        fee: None,
        contact: Contact { name: "Kansliet".into(), email: "kansli@lst.example".into(), phone: "010-000 00 00".into() },
        open_mail: false,
        example: false,
        summary: String::new(),
        open_questions: vec![],
        survey: vec![],
    }
}

pub fn a_form(key: &str) -> Application {
    Application {
        form_key: key.into(),
        track: "plats".into(),
        people: vec![a_person(key)],
        contact: None,
        organisation: "Provköpings kommun".into(),
        county: None,
        answers: Default::default(),
        invoice: None,
        code: None,
    }
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

/// A portal with one published conference.
pub struct Hall {
    pub portal: TestPortal,
    pub events: Arc<StoredEvents>,
    pub event: Arc<Event>,
}

impl Hall {
    pub async fn with(on: On, plan: Plan) -> Self {
        let portal = TestPortal::with(on, &[]).await;
        let events = Arc::clone(&portal.portal.stores.events);
        let event = published(&portal, &events, "prov", &plan).await;
        Self { portal, events, event }
    }

    async fn register(&self, form: Application) -> Receipt {
        self.events.register_at(&self.event, form, None, noon()).await.unwrap().unwrap()
    }

    async fn look(&self, token: &str) -> Registration {
        self.events.registration(token).await.unwrap().unwrap()
    }

    async fn act(&self, token: &str, deed: Deed) -> Result<(), DeedRefusal> {
        self.events.act_at(token, deed, noon()).await.unwrap()
    }

    async fn count(&self, standing: Standing) -> i64 {
        const COUNT: &str = "SELECT count(*) FROM registrations WHERE event_id = $1 AND standing = $2";
        on!(&self.portal.portal.db, pool => sqlx::query_scalar(COUNT).bind(&self.event.id).bind(standing.as_str())
            .fetch_one(pool).await)
        .unwrap()
    }

    async fn jobs(&self) -> i64 {
        on!(&self.portal.portal.db, pool => sqlx::query_scalar("SELECT count(*) FROM outbox").fetch_one(pool).await)
            .unwrap()
    }
}

pub async fn published(portal: &TestPortal, events: &StoredEvents, slug: &str, plan: &Plan) -> Arc<Event> {
    let address = Address { kind: Kind::Conference, series: String::new(), slug: slug.into() };
    published_at(portal, events, &address, plan).await
}

pub async fn published_at(portal: &TestPortal, events: &StoredEvents, address: &Address, plan: &Plan) -> Arc<Event> {
    let mut tx = portal.portal.db.begin().await.unwrap();
    let new = NewEvent { address, county: None, plan, published_at: Some(1) };
    arrange(&mut tx, clock::now(), &new).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    events.event(address).await.unwrap().unwrap()
}

/// So many people register at the same time; their tokens.
async fn all_at_once(events: &Arc<StoredEvents>, event: &Arc<Event>, people: u32) -> Vec<String> {
    let tasks: Vec<_> = (0..people)
        .map(|person| {
            let (events, event) = (Arc::clone(events), Arc::clone(event));
            tokio::spawn(async move {
                let done = events.register_at(&event, a_form(&format!("p{person}")), None, noon()).await;
                done.unwrap().unwrap().token
            })
        })
        .collect();
    let mut tokens = Vec::new();
    for task in tasks {
        tokens.push(task.await.unwrap());
    }
    tokens
}

on_both!(of_many_at_once_as_many_sit_as_there_are_seats_and_the_rest_stand_in_one_line, |on| async move {
    let hall = Hall::with(on, a_plan(34)).await;
    let tokens = all_at_once(&hall.events, &hall.event, 200).await;
    assert_eq!((hall.count(Standing::Seated).await, hall.count(Standing::Waiting).await), (34, 166));
    let mut before = Vec::new();
    for token in &tokens {
        before.extend(hall.look(token).await.line.map(|line| line.before));
    }
    before.sort_unstable();
    assert_eq!(before, (0..166).collect::<Vec<_>>(), "one unbroken line");
    assert_eq!(hall.jobs().await, 200, "one mail for each");
});

on_both!(without_the_guard_seats_are_sold_twice, |on| async move {
    let hall = Hall::with(on, a_plan(5)).await;
    let keys = Arc::new(Keys::from_secret(&[b'k'; 64]).unwrap());
    let unguarded = Arc::new(StoredEvents::new(hall.portal.portal.db.clone(), keys, Guard::Off));
    all_at_once(&unguarded, &hall.event, 60).await;
    assert!(hall.count(Standing::Seated).await > 5, "the test above would not notice a race");
});

on_both!(the_same_form_sent_many_times_is_one_registration, |on| async move {
    let hall = Hall::with(on, a_plan(10)).await;
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let (events, event) = (Arc::clone(&hall.events), Arc::clone(&hall.event));
            tokio::spawn(async move { events.register_at(&event, a_form("x"), None, noon()).await.unwrap().unwrap() })
        })
        .collect();
    let mut receipts = Vec::new();
    for task in tasks {
        receipts.push(task.await.unwrap().token);
    }
    receipts.dedup();
    assert_eq!((receipts.len(), hall.count(Standing::Seated).await, hall.jobs().await), (1, 1, 1));
});

on_both!(a_seat_that_is_given_back_goes_to_the_first_in_line, |on| async move {
    let hall = Hall::with(on, a_plan(1)).await;
    let tokens: Vec<String> = {
        let mut tokens = Vec::new();
        for name in ["a", "b", "c"] {
            tokens.push(hall.register(a_form(name)).await.token);
        }
        tokens
    };
    assert_eq!(hall.act(&tokens[0], Deed::Cancel).await, Ok(()));
    assert_eq!(hall.look(&tokens[1]).await.standing, Standing::Seated);
    assert_eq!(hall.look(&tokens[2]).await.line.unwrap().before, 0);
    assert_eq!(hall.act(&tokens[0], Deed::Cancel).await, Err(DeedRefusal::Ended), "given back once");
    // Three who registered, one who left, one who was given the place.
    assert_eq!(hall.jobs().await, 5);
});

on_both!(an_offer_holds_the_seat_until_it_is_answered_or_its_time_is_up, |on| async move {
    let mut plan = a_plan(1);
    plan.offer_hours = 9;
    let hall = Hall::with(on, plan).await;
    let (first, second, third) = (
        hall.register(a_form("a")).await.token,
        hall.register(a_form("b")).await.token,
        hall.register(a_form("c")).await.token,
    );
    hall.act(&first, Deed::Cancel).await.unwrap();
    let offered = hall.look(&second).await;
    assert_eq!(offered.standing, Standing::Offered);
    // Monday noon and nine working hours: Tuesday noon.
    let until = app::text::dates::unix_time(date(2031, 3, 4).at(12, 0, 0, 0));
    assert_eq!(offered.offer_until, Some(until));
    assert_eq!(hall.look(&third).await.line.unwrap().offered, 1);
    hall.events.settle_due(until - 1).await.unwrap();
    assert_eq!(hall.look(&second).await.standing, Standing::Offered);
    hall.events.settle_due(until).await.unwrap();
    assert_eq!(hall.look(&second).await.standing, Standing::Lapsed);
    assert_eq!(hall.look(&third).await.standing, Standing::Offered);
    assert_eq!(hall.act(&second, Deed::AcceptOffer).await, Err(DeedRefusal::Ended));
    assert_eq!(hall.act(&third, Deed::AcceptOffer).await, Ok(()));
    assert_eq!((hall.count(Standing::Seated).await, hall.count(Standing::Offered).await), (1, 0));
});

on_both!(seats_are_spread_until_the_day_of_release, |on| async move {
    let mut plan = a_plan(4);
    plan.limited_by = Some(LimitedBy::County);
    plan.tracks[0].limits = Limits {
        each: Some(1),
        reserved: vec![Reserved { group: "skane".into(), seats: 2 }],
        release: Some(date(2031, 3, 10)),
    };
    let hall = Hall::with(on, plan).await;
    let from = |name: &str, county: &str| Application { county: app::counties::find(county), ..a_form(name) };
    let orebro = hall.register(from("a", "orebro")).await.token;
    let orebro_again = hall.register(from("b", "orebro")).await.token;
    let dalarna = hall.register(from("c", "dalarna")).await.token;
    let kalmar = hall.register(from("d", "kalmar")).await.token;
    assert_eq!(hall.look(&orebro).await.standing, Standing::Seated);
    assert_eq!(hall.look(&dalarna).await.standing, Standing::Seated);
    let why = |registration: Registration| registration.line.and_then(|line| line.why);
    use app::events::placement::Why;
    assert_eq!(why(hall.look(&orebro_again).await), Some(Why::GroupFull));
    assert_eq!(why(hall.look(&kalmar).await), Some(Why::Reserved));
    let released = app::text::dates::unix_time(date(2031, 3, 10).at(0, 0, 0, 0));
    hall.events.settle_lines(released - 1).await.unwrap();
    assert_eq!(hall.count(Standing::Seated).await, 2);
    hall.events.settle_lines(released).await.unwrap();
    assert_eq!(hall.count(Standing::Seated).await, 4);
});

on_both!(who_comes_after_midnight_of_the_release_stands_behind_those_who_waited, |on| async move {
    let mut plan = a_plan(1);
    plan.limited_by = Some(LimitedBy::County);
    plan.tracks[0].limits = Limits {
        each: None,
        reserved: vec![Reserved { group: "skane".into(), seats: 1 }],
        release: Some(date(2031, 3, 10)),
    };
    let hall = Hall::with(on, plan).await;
    let waited = hall.register(a_form("a")).await.token;
    let released = app::text::dates::unix_time(date(2031, 3, 10).at(0, 0, 0, 0));
    let late = hall.events.register_at(&hall.event, a_form("b"), None, released).await.unwrap().unwrap().token;
    assert_eq!(hall.look(&waited).await.standing, Standing::Seated);
    assert_eq!(hall.look(&late).await.standing, Standing::Waiting);
});

on_both!(raising_the_number_of_seats_lets_people_in_and_lowering_it_throws_nobody_out, |on| async move {
    let hall = Hall::with(on, a_plan(2)).await;
    all_at_once(&hall.events, &hall.event, 6).await;
    let version = hall.events.replan_at(&hall.event, 1, a_plan(5), noon()).await.unwrap().unwrap();
    assert_eq!((version, hall.count(Standing::Seated).await), (2, 5));
    use server::events::ReplanRefusal;
    let lower = hall.events.replan_at(&hall.event, 2, a_plan(4), noon()).await.unwrap();
    assert_eq!(lower, Err(ReplanRefusal::TrackHeld { track: "plats".into(), held: 5 }));
    let stale = hall.events.replan_at(&hall.event, 1, a_plan(9), noon()).await.unwrap();
    assert_eq!(stale, Err(ReplanRefusal::Changed(2)));
});

on_both!(two_hundred_who_swap_between_two_full_workshops_neither_exceed_them_nor_fall_out, |on| async move {
    let mut plan = a_plan(200);
    plan.programme = vec![a_workshop("a", 10, 100), a_workshop("b", 10, 100)];
    let hall = Hall::with(on, plan).await;
    let mut tokens = Vec::new();
    for person in 0..200 {
        let mut form = a_form(&format!("p{person}"));
        form.people[0].workshops = vec![if person % 2 == 0 { "a" } else { "b" }.into()];
        tokens.push(hall.register(form).await.token);
    }
    // One gives theirs back, so that there is something to fight for.
    hall.act(&tokens[0], Deed::Repick { workshops: vec![] }).await.unwrap();
    let tasks: Vec<_> = tokens
        .iter()
        .enumerate()
        .map(|(person, token)| {
            let (events, token) = (Arc::clone(&hall.events), token.clone());
            let to = if person % 2 == 0 { "b" } else { "a" };
            tokio::spawn(async move {
                events.act_at(&token, Deed::Repick { workshops: vec![to.into()] }, noon()).await.unwrap()
            })
        })
        .collect();
    for task in tasks {
        let done = task.await.unwrap();
        assert!(matches!(done, Ok(()) | Err(DeedRefusal::WorkshopsFull(_))), "{done:?}");
    }
    let mut chosen = (0, 0);
    for token in &tokens[1..] {
        match hall.look(token).await.workshops.as_slice() {
            [one] if one == "a" => chosen.0 += 1,
            [one] if one == "b" => chosen.1 += 1,
            other => panic!("somebody fell out: {other:?}"),
        }
    }
    assert!(chosen.0 <= 100 && chosen.1 <= 100, "{chosen:?}");
    let clash = hall.act(&tokens[5], Deed::Repick { workshops: vec!["a".into(), "b".into()] }).await;
    assert_eq!(clash, Err(DeedRefusal::WorkshopsClash));
});

on_both!(one_hundred_who_use_the_same_link_are_one_new_holder, |on| async move {
    let hall = Hall::with(on, a_plan(1)).await;
    let mut form = a_form("a");
    form.people[0].needs = Needs { diet: "kanarieföda".into(), access: String::new() };
    let token = hall.register(form).await.token;
    let link = hall.events.offer_place_to(&token, noon()).await.unwrap().unwrap();
    let tasks: Vec<_> = (0..100)
        .map(|person| {
            let (events, link) = (Arc::clone(&hall.events), link.clone());
            let colleague = Colleague {
                name: PersonName::parse(&format!("Kollega {person}")).unwrap(),
                email: Email::parse(&format!("k{person}@kommun.example")).unwrap(),
                organisation: " provköpings  KOMMUN".into(),
                role: String::new(),
                needs: Needs::default(),
            };
            tokio::spawn(async move { events.take_over_at(&link, colleague, noon()).await.unwrap() })
        })
        .collect();
    let mut new = Vec::new();
    for task in tasks {
        new.extend(task.await.unwrap().ok());
    }
    assert_eq!((new.len(), hall.count(Standing::Seated).await), (1, 1));
    assert!(hall.events.registration(&token).await.unwrap().is_none(), "the old page is gone");
    let held = hall.look(&new[0]).await;
    assert!(held.name.starts_with("Kollega") && !held.has_needs);
});

on_both!(another_organisation_does_not_take_a_place_over_by_itself, |on| async move {
    let hall = Hall::with(on, a_plan(1)).await;
    let token = hall.register(a_form("a")).await.token;
    let link = hall.events.offer_place_to(&token, noon()).await.unwrap().unwrap();
    let colleague = Colleague {
        name: PersonName::parse("Någon").unwrap(),
        email: Email::parse("n@annan.example").unwrap(),
        organisation: "En annan kommun".into(),
        role: String::new(),
        needs: Needs::default(),
    };
    let refused = hall.events.take_over_at(&link, colleague, noon()).await.unwrap();
    assert_eq!(refused, Err(app::events::HandOverRefusal::OtherOrganisation));
    assert_eq!(hall.look(&token).await.standing, Standing::Seated);
});

on_both!(two_stops_of_a_tour_swap_people_without_losing_anybody, |on| async move {
    let portal = TestPortal::with(on, &[]).await;
    let events = Arc::clone(&portal.portal.stores.events);
    let stop = |slug: &str| Address { kind: Kind::DialogueMeeting, series: "turne".into(), slug: slug.into() };
    let here = published_at(&portal, &events, &stop("boras"), &a_plan(20)).await;
    let there = published_at(&portal, &events, &stop("skovde"), &a_plan(20)).await;
    let mut tokens = Vec::new();
    for person in 0..40 {
        let event = if person % 2 == 0 { &here } else { &there };
        tokens
            .push(events.register_at(event, a_form(&format!("p{person}")), None, noon()).await.unwrap().unwrap().token);
    }
    events.act_at(&tokens[0], Deed::Cancel, noon()).await.unwrap().unwrap();
    let tasks: Vec<_> = tokens[1..]
        .iter()
        .enumerate()
        .map(|(index, token)| {
            let (events, token) = (Arc::clone(&events), token.clone());
            let to = if index % 2 == 0 { stop("boras") } else { stop("skovde") };
            tokio::spawn(async move { events.act_at(&token, Deed::Move { to }, noon()).await.unwrap() })
        })
        .collect();
    for task in tasks {
        let done = task.await.unwrap();
        assert!(matches!(done, Ok(()) | Err(DeedRefusal::NoPlace(_))), "{done:?}");
    }
    let (a, b) = (events.occupancy(&here).await.unwrap(), events.occupancy(&there).await.unwrap());
    let held = |occupancy: &app::events::Occupancy| occupancy.tracks.get("plats").map_or(0, |track| track.held);
    assert!(held(&a) <= 20 && held(&b) <= 20 && held(&a) + held(&b) == 39, "{a:?} {b:?}");
});

#[tokio::test(flavor = "multi_thread")]
async fn two_machines_on_one_database_sell_each_seat_once() {
    let hall = Hall::with(On::Postgres, a_plan(34)).await;
    let keys = Arc::new(Keys::from_secret(&[b'k'; 64]).unwrap());
    let other = Arc::new(StoredEvents::new(hall.portal.portal.db.clone(), keys, Guard::Held));
    let (here, there) = (Arc::clone(&hall.events), Arc::clone(&other));
    let tasks: Vec<_> = (0..200)
        .map(|person| {
            let (events, event) = (if person % 2 == 0 { &here } else { &there }.clone(), Arc::clone(&hall.event));
            tokio::spawn(async move {
                events.register_at(&event, a_form(&format!("p{person}")), None, noon()).await.unwrap().unwrap()
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!((hall.count(Standing::Seated).await, hall.count(Standing::Waiting).await), (34, 166));
    assert_eq!(hall.jobs().await, 200);
}
