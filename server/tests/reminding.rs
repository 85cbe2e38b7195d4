//! That it is soon is said once for each time that was set, whatever the clock does and however many machines look.

use crate::on_both;
use crate::portal::On;
use crate::seats::{Hall, a_form, a_person, a_plan};
use app::accounts::person::{Email, PersonName};
use app::events::{Application, ContactPerson, Participant};
use app::text::dates::unix_time;
use server::mail::outbox;
use server::on;
use std::sync::Arc;

const DAY: i64 = 24 * 60 * 60;

impl Hall {
    /// How many reminders have been asked for, sent or not.
    async fn reminders(&self) -> i64 {
        const ASKED: &str = "SELECT count(*) FROM outbox WHERE kind = 'paminnelse'";
        on!(&self.portal.portal.db, pool => sqlx::query_scalar(ASKED).fetch_one(pool).await).unwrap()
    }
}

async fn three_come(on: On) -> (Hall, i64) {
    let hall = Hall::with(on, a_plan(3)).await;
    // The fourth waits in line, and is not reminded of what is not theirs.
    for key in ["a", "b", "c", "d"] {
        hall.events.register_at(&hall.event, a_form(key), None, server::clock::now()).await.unwrap().unwrap();
    }
    let starts = unix_time(hall.event.plan.starts);
    (hall, starts)
}

on_both!(each_is_reminded_once_also_when_the_clock_is_put_back, |on| async move {
    let (hall, starts) = three_come(on).await;
    let at = async |now: i64| hall.events.remind(now).await.unwrap();
    assert_eq!(at(starts - 7 * DAY - 1).await, 0);
    assert_eq!(at(starts - 7 * DAY).await, 3);
    for now in [starts - 8 * DAY, starts - 7 * DAY, starts - 7 * DAY - 3_600, starts - 2 * DAY, starts - 7 * DAY] {
        assert_eq!(at(now).await, 0);
    }
    assert_eq!(at(starts - DAY).await, 3, "and the day before");
    for now in [starts - DAY, starts - 8 * DAY, starts - 7 * DAY, starts - 3_600] {
        assert_eq!(at(now).await, 0);
    }
    assert_eq!(hall.reminders().await, 6);
});

on_both!(who_has_registered_others_is_reminded_of_their_names, |on| async move {
    let hall = Hall::with(on, a_plan(9)).await;
    let nobody_yet = Participant { name: None, email: None, ..a_person("nn") };
    let contact = ContactPerson {
        name: PersonName::parse("Kim Kontakt").unwrap(),
        email: Email::parse("kim@kommun.example").unwrap(),
    };
    let people = vec![a_person("a"), nobody_yet];
    let form = Application { people, contact: Some(contact), ..a_form("grupp") };
    hall.events.register_at(&hall.event, form, None, server::clock::now()).await.unwrap().unwrap();
    let starts = unix_time(hall.event.plan.starts);
    assert_eq!(hall.events.remind(starts - 14 * DAY).await.unwrap(), 1);
    assert_eq!(hall.events.remind(starts - 13 * DAY).await.unwrap(), 0);
    let letters = hall.portal.portal.event_letters();
    let jobs = outbox::claim(&hall.portal.portal.db, starts, 10).await.unwrap();
    let job = jobs.iter().find(|job| job.kind == "namn").unwrap();
    let letter = letters.compose(job).await.unwrap().unwrap();
    assert_eq!(letter.to.to_string(), "kim@kommun.example");
    assert!(letter.text.as_str().contains("saknar namn") && letter.text.as_str().contains("/anmalan/grupp/"));
    const NAMED: &str = "UPDATE registrations SET name = 'Nu Namngiven' WHERE name = ''";
    on!(&hall.portal.portal.db, pool => sqlx::query(NAMED).execute(pool).await.map(drop)).unwrap();
    assert!(letters.compose(job).await.unwrap().is_none(), "nobody lacks a name any more");
    hall.events.remind(starts - 3 * DAY).await.unwrap();
    const ASKED: &str = "SELECT count(*) FROM outbox WHERE kind = 'namn'";
    assert_eq!(
        on!(&hall.portal.portal.db, pool => sqlx::query_scalar::<_, i64>(ASKED).fetch_one(pool).await).unwrap(),
        1
    );
});

on_both!(however_many_look_at_once_each_is_reminded_once, |on| async move {
    let (hall, starts) = three_come(on).await;
    let hall = Arc::new(hall);
    let looking = (0..8).map(|_| {
        let hall = Arc::clone(&hall);
        tokio::spawn(async move { hall.events.remind(starts - 7 * DAY).await.unwrap() })
    });
    let mut asked = 0;
    for look in looking.collect::<Vec<_>>() {
        asked += look.await.unwrap();
    }
    assert_eq!((asked, hall.reminders().await), (3, 3));
});

on_both!(who_has_just_registered_or_will_not_come_is_not_reminded, |on| async move {
    let (hall, starts) = three_come(on).await;
    hall.events.register_at(&hall.event, a_form("late"), None, starts - 8 * DAY).await.unwrap().ok();
    const GONE: &str = "UPDATE registrations SET standing = 'cancelled' WHERE number = 1";
    const LATE: &str = "UPDATE registrations SET created_at = $1 WHERE number = 2";
    let db = &hall.portal.portal.db;
    on!(db, pool => sqlx::query(GONE).execute(pool).await.map(drop)).unwrap();
    on!(db, pool => sqlx::query(LATE).bind(starts - 2 * DAY).execute(pool).await.map(drop)).unwrap();
    assert_eq!(hall.events.remind(starts - 2 * DAY).await.unwrap(), 1, "the third alone");
    const CANCELLED: &str = "UPDATE events SET cancelled_at = 1";
    on!(db, pool => sqlx::query(CANCELLED).execute(pool).await.map(drop)).unwrap();
    assert_eq!(hall.events.remind(starts - DAY).await.unwrap(), 0);
});
