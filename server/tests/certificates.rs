//! Certificates: for those who came, once it is over, with one code each that anybody may check.

use crate::check_in::{Open, scan};
use crate::on_both;
use crate::portal::On;
use app::events::Events;
use server::certificates::issue;
use server::{clock, on};
use std::sync::Arc;

/// An event that is over, to which Anna came and Bo did not: the tokens of their pages.
async fn over(on: On) -> (Open, String, String) {
    let open = Open::with(on, 10).await;
    let (anna, id) = open.register("anna", "Anna Ek").await;
    let (bo, _) = open.register("bo", "Bo Al").await;
    open.tell(&[scan(1, &id, 7, clock::now())]).await;
    open.end().await;
    (open, anna, bo)
}

on_both!(whoever_came_gets_a_certificate_and_nobody_else, |on| async move {
    let (open, anna, bo) = over(on).await;
    let file = open.portal.get(&format!("/anmalan/{anna}/intyg.pdf")).await;
    assert_eq!((file.status, file.header("content-type")), (200, "application/pdf"));
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"intyg.pdf\"");
    assert!(file.bytes.starts_with(b"%PDF-"));
    assert!(open.portal.get(&format!("/anmalan/{anna}/")).await.text().contains("Hämta intyg (pdf)"));
    assert_eq!(open.portal.get(&format!("/anmalan/{bo}/intyg.pdf")).await.status, 409);
    assert!(!open.portal.get(&format!("/anmalan/{bo}/")).await.text().contains("Hämta intyg"));
    assert_eq!(open.portal.get("/anmalan/finns-inte/intyg.pdf").await.status, 410);
});

on_both!(before_it_is_over_there_is_none, |on| async move {
    let open = Open::with(on, 10).await;
    let (anna, id) = open.register("anna", "Anna Ek").await;
    open.tell(&[scan(1, &id, 7, clock::now())]).await;
    let early = open.portal.get(&format!("/anmalan/{anna}/intyg.pdf")).await;
    assert!(early.status == 409 && early.text().contains("Du kan hämta det när det är slut."));
});

on_both!(a_code_is_made_once_whoever_asks_at_the_same_time, |on| async move {
    let (open, anna, _) = over(on).await;
    let (event, open) = (open.event.id.clone(), Arc::new(open));
    let id = open.portal.portal.stores.events.registration(&anna).await.unwrap().unwrap().id;
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let (open, event, id) = (Arc::clone(&open), event.clone(), id.clone());
            tokio::spawn(async move { issue(&open.portal.portal.db, &event, &id, clock::now()).await.unwrap() })
        })
        .collect();
    let mut codes = Vec::new();
    for task in tasks {
        codes.push(task.await.unwrap());
    }
    codes.dedup();
    assert_eq!(codes.len(), 1);
    let rows: i64 = on!(&open.portal.portal.db, pool => sqlx::query_scalar("SELECT count(*) FROM certificates")
        .fetch_one(pool).await)
    .unwrap();
    assert_eq!(rows, 1);
});

on_both!(anybody_may_check_a_code_and_learns_nothing_of_its_holder, |on| async move {
    let (open, anna, _) = over(on).await;
    let registration = open.portal.portal.stores.events.registration(&anna).await.unwrap().unwrap();
    let code = issue(&open.portal.portal.db, &open.event.id, &registration.id, clock::now()).await.unwrap();
    let typed = code.to_string().to_lowercase().replace('-', "+");
    let found = open.portal.submit("", "/intyg/", &format!("kod={typed}")).await;
    assert_eq!((found.status, found.header("location")), (303, format!("/intyg/{}/", code.as_str()).as_str()));
    let page = open.portal.get(found.header("location")).await;
    assert_eq!(page.status, 200);
    for told in ["Intyget är äkta", "Provkonferens", "Länsstyrelsen i Skåne län", &code.to_string()] {
        assert!(page.text().contains(told), "{told}");
    }
    for secret in ["Anna", "kommun.example", "Lunds kommun", &registration.id] {
        assert!(!page.text().contains(secret), "{secret}");
    }
    let mistyped = open.portal.submit("", "/intyg/", "kod=K7QM").await;
    assert!(mistyped.status == 422 && mistyped.text().contains("Koden är inte rätt skriven"));
    let other = (1_u64..).find_map(app::certificates::code::Code::of).unwrap();
    let unknown = open.portal.get(&format!("/intyg/{}/", other.as_str())).await;
    assert!(unknown.status == 404 && unknown.text().contains("Det finns inget intyg med den koden"));
});
