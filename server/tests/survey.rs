//! The survey: sent once to those who came, answered once by each, and by nobody in particular.

use crate::check_in::{Open, of, scan};
use crate::on_both;
use crate::portal::On;
use app::events::Events;
use app::routes::desk;
use server::mail::outbox;
use server::mail::worker::Composer;
use server::{clock, on};
use std::sync::Arc;

const QUESTIONS: &str = "Nöjd?\n- Ja\n- Nej\n\nNågot mer?";

/// An event that is over, with a survey, to which so many have come.
async fn over(on: On, came: u64) -> Open {
    let open = Open::with(on, 100).await;
    let asked = ask(&open, 1, QUESTIONS).await;
    assert_eq!(asked, 303);
    for person in 0..came {
        let (_, id) = open.register(&format!("p{person}"), &format!("Prov {person}")).await;
        open.tell(&[scan(person, &id, 7, clock::now())]).await;
    }
    open.register("borta", "Bo Borta").await;
    let event =
        open.portal.portal.stores.events.registration(&open.register("sist", "Sist Anmäld").await.0).await.unwrap();
    let open = Open { event: event.unwrap().event, ..open };
    open.end().await;
    open
}

async fn ask(open: &Open, version: i64, questions: &str) -> u16 {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.extend_pairs([("version", version.to_string().as_str()), ("fragor", questions)]);
    open.portal.submit(&open.eva, &of(&open.event, desk::SURVEY_DESK), &form.finish()).await.status
}

/// Noon today, in Sweden: nobody is written to at night.
fn noon() -> i64 {
    app::text::dates::unix_time(clock::today().at(12, 0, 0, 0))
}

/// The addresses that stand in the letters.
async fn tickets(open: &Open) -> Vec<String> {
    const LATER: i64 = 1_000_000;
    let letters = open.portal.portal.letters();
    let jobs = outbox::claim(&open.portal.portal.db, clock::now() + LATER, 1_000).await.unwrap();
    let mut found = Vec::new();
    for job in jobs.iter().filter(|job| job.kind == "enkat") {
        let letter = letters.compose(job).await.unwrap().unwrap();
        assert_eq!(letter.subject.as_str(), "Några frågor efteråt");
        let text = letter.text.as_str().to_owned();
        let from = text.find("/enkat/").unwrap();
        found.push(text[from..].split_whitespace().next().unwrap().to_owned());
    }
    found
}

on_both!(those_who_came_are_asked_the_day_after_and_once, |on| async move {
    let open = over(on, 3).await;
    let events = &open.portal.portal.stores.events;
    let evening = app::text::dates::unix_time(clock::today().at(7, 0, 0, 0)) - 2 * 86_400 + 12 * 3_600;
    assert_eq!(events.send_surveys(evening).await.unwrap(), 0, "not on the day itself");
    assert_eq!(events.send_surveys(noon()).await.unwrap(), 3);
    assert_eq!(events.send_surveys(noon()).await.unwrap(), 0);
    assert_eq!(events.send_surveys(noon() - 3_600).await.unwrap(), 0, "a clock that is put back asks nobody twice");
    assert_eq!(tickets(&open).await.len(), 3);
    assert_eq!(ask(&open, 4, "Något annat?").await, 409, "what has been sent is not changed");
});

on_both!(a_ticket_used_by_fifty_at_once_is_one_answer, |on| async move {
    let open = Arc::new(over(on, 1).await);
    open.portal.portal.stores.events.send_surveys(noon()).await.unwrap();
    let ticket = tickets(&open).await.remove(0);
    let page = open.portal.get(&ticket).await;
    assert!(page.status == 200 && page.text().contains("Nöjd?"));
    let empty = open.portal.submit("", &ticket, "fraga-f1=").await;
    assert!(empty.status == 422 && empty.text().contains("Svara på minst en fråga."));
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let (open, ticket) = (Arc::clone(&open), ticket.clone());
            tokio::spawn(async move { open.portal.submit("", &ticket, "fraga-f1=s1&fraga-f2=Tack").await.status })
        })
        .collect();
    let mut taken = 0;
    for task in tasks {
        taken += usize::from(task.await.unwrap() == 303);
    }
    assert_eq!(taken, 1);
    let kept: Vec<String> =
        on!(&open.portal.portal.db, pool => sqlx::query_scalar("SELECT answers FROM survey_answers")
        .fetch_all(pool).await)
        .unwrap();
    assert_eq!(kept, [r#"{"f1":["s1"],"f2":["Tack"]}"#]);
    assert_eq!(open.portal.get(&ticket).await.status, 410);
});

on_both!(results_are_shown_when_five_have_answered, |on| async move {
    let open = over(on, 6).await;
    open.portal.portal.stores.events.send_surveys(noon()).await.unwrap();
    let results = of(&open.event, desk::SURVEY_DESK);
    let tickets = tickets(&open).await;
    for ticket in &tickets[..4] {
        assert_eq!(open.portal.submit("", ticket, "fraga-f1=s1&fraga-f2=Ettordsvaret").await.status, 303);
    }
    let page = open.portal.get_as(&open.eva, &results).await;
    assert!(page.text().contains("Färre än fem har svarat") && !page.text().contains("Ettordsvaret"));
    for ticket in &tickets[4..] {
        open.portal.submit("", ticket, "fraga-f1=s1&fraga-f2=Ettordsvaret").await;
    }
    let page = open.portal.get_as(&open.eva, &results).await;
    assert!(page.text().contains("6 har svarat.") && page.text().contains("<td>6</td>"));
    let sheet = open.portal.submit(&open.eva, &of(&open.event, desk::SURVEY_SHEET), "").await;
    assert!(sheet.text().contains("Nöjd?;Ja;6"), "{}", sheet.text());
    // Nothing tells when each was answered: all tickets bear the same day.
    let days: Vec<i64> =
        on!(&open.portal.portal.db, pool => sqlx::query_scalar("SELECT DISTINCT used_at FROM survey_tickets")
        .fetch_all(pool).await)
        .unwrap();
    assert_eq!(days.len(), 1);
});
