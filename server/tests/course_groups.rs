//! A module taken together: many answer at once, and few are not told apart.

use crate::courses::{TWO, a_course, count, course, filled, send};
use crate::on_both;
use crate::organising::encoded;
use crate::portal::TestPortal;
use server::clock;
use server::courses::groups::StoredGroups;
use std::sync::Arc;

on_both!(thirty_answer_in_a_group_and_each_counts_once, |on| async move {
    let portal = Arc::new(TestPortal::with(on, &a_course(&TWO)).await);
    let begun = portal.submit("", "/utbildning/grupp/", "kurs=prov&modul=ett").await;
    let leader = begun.header("location").to_owned();
    let groups = StoredGroups(portal.portal.db.clone());
    let token = leader.trim_end_matches('/').rsplit('/').next().unwrap().to_owned();
    let code = groups.led_at(&token, clock::now()).await.unwrap().unwrap().code;
    assert!(portal.get(&leader).await.text().contains(&code));
    assert_eq!(portal.get(&format!("/utbildning/grupp/{code}/")).await.status, 200);
    assert_eq!(count(&portal, "SELECT count(*) FROM course_group_members").await, 0, "looking joins nothing");
    let module = Arc::clone(&course(&portal).modules[0]);
    let members = (0..30).map(|at| {
        let (portal, code, module) = (Arc::clone(&portal), code.clone(), Arc::clone(&module));
        tokio::spawn(async move {
            let joined = portal.submit("", "/utbildning/grupp/", &encoded(&[("kod", &code.to_lowercase())])).await;
            let own = joined.header("location").to_owned();
            // Twice, and changed: the last counts, once.
            for right in [false, at % 3 != 0] {
                let answer = send(&portal, &own, &filled(module.find("en").unwrap(), right)).await;
                assert_eq!(answer.status, 303, "{}", answer.text());
            }
            own
        })
    });
    let mut own = Vec::new();
    for member in members.collect::<Vec<_>>() {
        own.push(member.await.unwrap());
    }
    let led = groups.led_at(&token, clock::now()).await.unwrap().unwrap();
    assert_eq!(led.members, 30);
    assert_eq!(led.answers, [("en".to_owned(), "1".to_owned(), 10), ("en".to_owned(), "2".to_owned(), 20)]);
    let page = portal.get(&leader).await;
    assert!(page.text().contains("30 har svarat.") && page.text().contains("67 %"), "{}", page.text());

    // One keeps what they answered; the leader ends it, and the rest is gone.
    let kept = portal.submit("", &format!("{}spara", own[1]), "").await;
    let kept = kept.header("location").split('?').next().unwrap().to_owned();
    assert_eq!(portal.submit("", &format!("{leader}avsluta"), "").await.status, 410);
    assert_eq!(portal.get(&leader).await.status, 410);
    assert_eq!(portal.get(&own[1]).await.status, 410);
    assert_eq!(send(&portal, &own[1], &filled(module.find("en").unwrap(), true)).await.status, 410);
    assert!(portal.get(&kept).await.text().contains("Påbörjad: 1 av 5"));
    assert_eq!(count(&portal, "SELECT count(*) FROM course_group_answers").await, 0);
});

on_both!(few_answers_in_a_group_are_not_told_apart, |on| async move {
    let portal = TestPortal::with(on, &a_course(&TWO)).await;
    let leader = portal.submit("", "/utbildning/grupp/", "kurs=prov&modul=ett").await.header("location").to_owned();
    let token = leader.trim_end_matches('/').rsplit('/').next().unwrap().to_owned();
    let groups = StoredGroups(portal.portal.db.clone());
    let code = groups.led_at(&token, clock::now()).await.unwrap().unwrap().code;
    let module = Arc::clone(&course(&portal).modules[0]);
    for _ in 0..2 {
        let own =
            portal.submit("", "/utbildning/grupp/", &encoded(&[("kod", &code)])).await.header("location").to_owned();
        send(&portal, &own, &filled(module.find("en").unwrap(), true)).await;
    }
    let page = portal.get(&leader).await;
    assert!(page.text().contains("2 har svarat. Fördelningen visas när minst 3"), "{}", page.text());
    assert!(!page.text().contains("100 %"));
});
