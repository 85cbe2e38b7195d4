//! The outbox: each mail is taken by one worker at a time, and by none once it is sent, whatever clocks and crashes do.

use crate::on_both;
use crate::portal::{On, TestPortal, database};
use app::mail::Standing;
use app::viewer::Role;
use server::config::DatabaseUrl;
use server::db::Db;
use server::mail::back_off::{ATTEMPTS, MOST};
use server::mail::outbox::{self, Job, LEASE, NewJob, Outcome, Urgency};
use server::{on, on_tx};
use std::collections::BTreeMap;
use tempfile::TempDir;

const NOW: i64 = 1_900_000_000;
const DAY: i64 = 86_400;

fn a_job(cause: &str) -> NewJob<'_> {
    NewJob { cause, kind: "prov", subject_id: "nagon", event_id: Some("e"), urgency: Urgency::Answer, not_before: None }
}

pub async fn put(db: &Db, now: i64, jobs: &[NewJob<'_>]) {
    let mut tx = db.begin().await.unwrap();
    for job in jobs {
        assert!(outbox::enqueue(&mut tx, now, job).await.unwrap());
    }
    tx.commit().await.unwrap();
}

/// A database of its own, and its address for a second process.
pub async fn a_database(on: On) -> (Db, DatabaseUrl, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let url = database(on, &folder).await;
    (Db::open(&url).await.unwrap(), url, folder)
}

async fn claimed(db: &Db, now: i64) -> Vec<Job> {
    outbox::claim(db, now, 100).await.unwrap()
}

async fn close(db: &Db, now: i64, job: &Job, outcome: Outcome) {
    outbox::close(db, now, 0.0, job, &outcome).await.unwrap();
}

fn failed() -> Outcome {
    Outcome::Failed("451 come back later".into())
}

on_both!(a_cause_has_one_mail_and_it_comes_with_the_transaction, |on| async move {
    let (db, _url, _folder) = a_database(on).await;
    let mut tx = db.begin().await.unwrap();
    assert!(outbox::enqueue(&mut tx, NOW, &a_job("bekraftelse/1/1")).await.unwrap());
    assert!(!outbox::enqueue(&mut tx, NOW, &a_job("bekraftelse/1/1")).await.unwrap());
    drop(tx);
    assert_eq!(claimed(&db, NOW).await, [], "what was rolled back is not sent");
    put(&db, NOW, &[a_job("bekraftelse/1/1"), a_job("bekraftelse/1/2")]).await;
    let jobs = claimed(&db, NOW).await;
    assert_eq!(jobs.len(), 2);
    for job in &jobs {
        close(&db, NOW, job, Outcome::Sent).await;
    }
    let mut tx = db.begin().await.unwrap();
    assert!(!outbox::enqueue(&mut tx, NOW, &a_job("bekraftelse/1/1")).await.unwrap(), "not when it is sent either");
});

on_both!(what_somebody_waits_for_goes_first_and_nothing_before_its_time, |on| async move {
    let (db, _url, _folder) = a_database(on).await;
    let circular = NewJob { urgency: Urgency::Circular, ..a_job("utskick") };
    let reminder = NewJob { urgency: Urgency::Reminder, not_before: Some(NOW + DAY), ..a_job("paminnelse") };
    put(&db, NOW, &[circular, reminder]).await;
    put(&db, NOW + 1, &[a_job("bekraftelse")]).await;
    let order = |jobs: Vec<Job>| jobs.into_iter().map(|job| job.cause).collect::<Vec<_>>();
    let mut taken = order(outbox::claim(&db, NOW + 1, 1).await.unwrap());
    taken.extend(order(outbox::claim(&db, NOW + 1, 9).await.unwrap()));
    assert_eq!(taken, ["bekraftelse", "utskick"]);
    assert_eq!(claimed(&db, NOW + DAY - 1).await.len(), 2, "their leases have ended; the third's time has not come");
    assert_eq!(order(claimed(&db, NOW + DAY).await), ["paminnelse"]);
});

on_both!(who_crashed_loses_the_mail_and_cannot_close_it_afterwards, |on| async move {
    let (db, _url, _folder) = a_database(on).await;
    put(&db, NOW, &[a_job("a")]).await;
    let first = claimed(&db, NOW).await.remove(0);
    assert_eq!(claimed(&db, NOW + LEASE - 1).await, []);
    let second = claimed(&db, NOW + LEASE).await.remove(0);
    close(&db, NOW + LEASE, &first, failed()).await;
    assert_eq!(claimed(&db, NOW + LEASE + 100).await, [], "the second holds it still");
    close(&db, NOW + LEASE, &second, Outcome::Sent).await;
    assert_eq!(claimed(&db, NOW + 90 * DAY).await, []);
});

on_both!(a_clock_that_is_put_back_sends_nothing_twice_and_holds_nothing_up, |on| async move {
    let (db, _url, _folder) = a_database(on).await;
    let reminder = NewJob { not_before: Some(NOW + 7 * DAY), ..a_job("paminnelse") };
    put(&db, NOW, &[a_job("skickad"), a_job("i handen"), a_job("misslyckad"), reminder]).await;
    let jobs: BTreeMap<String, Job> = claimed(&db, NOW).await.into_iter().map(|job| (job.cause.clone(), job)).collect();
    close(&db, NOW, &jobs["skickad"], Outcome::Sent).await;
    close(&db, NOW, &jobs["misslyckad"], failed()).await;
    put(&db, NOW, &[a_job("ny")]).await;
    let past = NOW - 30 * DAY;
    let causes = async |now| claimed(&db, now).await.into_iter().map(|job| job.cause).collect::<Vec<_>>();
    let mut at_once = causes(past).await;
    at_once.sort();
    // The one that somebody holds is not taken from them: a lease of the present clock begins.
    assert_eq!(at_once, ["misslyckad", "ny"]);
    assert!(!causes(past + LEASE - 1).await.contains(&"i handen".to_owned()));
    assert!(causes(past + LEASE).await.contains(&"i handen".to_owned()));
    for now in [past + DAY, NOW, NOW + DAY] {
        let causes = causes(now).await;
        assert!(!causes.contains(&"skickad".to_owned()) && !causes.contains(&"paminnelse".to_owned()), "{causes:?}");
    }
});

on_both!(a_mail_is_tried_for_two_days_and_then_given_up_until_somebody_says_otherwise, |on| async move {
    let (db, _url, _folder) = a_database(on).await;
    put(&db, NOW, &[a_job("a")]).await;
    let mut now = NOW;
    for _ in 0..ATTEMPTS {
        assert!(outbox::list_dead(&db).await.unwrap().is_empty());
        let job = claimed(&db, now).await.remove(0);
        close(&db, now, &job, failed()).await;
        assert_eq!(claimed(&db, now + 59).await, [], "not at once");
        now += MOST;
    }
    assert_eq!(claimed(&db, now + 90 * DAY).await, []);
    let dead = outbox::list_dead(&db).await.unwrap();
    assert_eq!((dead.len(), dead[0].attempts, dead[0].problem.as_str()), (1, ATTEMPTS, "451 come back later"));
    let standing = outbox::standing_of(&db, "nagon").await.unwrap();
    assert!(matches!(standing[0].standing, Standing::Failed(_)));
    let mut tx = db.begin().await.unwrap();
    assert_eq!(outbox::retry(&mut tx, &dead[0].id).await.unwrap().as_deref(), Some("prov"));
    assert_eq!(outbox::retry(&mut tx, &dead[0].id).await.unwrap(), None, "once");
    tx.commit().await.unwrap();
    let job = claimed(&db, now).await.remove(0);
    assert_eq!(job.attempts, 1);
    close(&db, now, &job, Outcome::Sent).await;
    assert_eq!(outbox::standing_of(&db, "nagon").await.unwrap()[0].standing, Standing::Sent(now));
});

on_both!(old_mail_is_forgotten_unless_it_still_waits, |on| async move {
    let (db, _url, _folder) = a_database(on).await;
    put(&db, NOW - 401 * DAY, &[a_job("gammal"), a_job("vantar")]).await;
    put(&db, NOW, &[a_job("ny"), NewJob { event_id: None, ..a_job("annan") }]).await;
    for job in claimed(&db, NOW).await.iter().filter(|job| job.cause != "vantar") {
        close(&db, NOW, job, Outcome::Dropped).await;
    }
    outbox::forget_old(&db, NOW).await.unwrap();
    let left: Vec<String> =
        on!(&db, pool => sqlx::query_scalar("SELECT cause FROM outbox ORDER BY cause").fetch_all(pool).await).unwrap();
    assert_eq!(left, ["annan", "ny", "vantar"]);
});

/// What two processes took of 300 mails, each mail with how often; both go on until nothing is left.
async fn taken_by_two(url: &DatabaseUrl, claim: impl AsyncFn(&Db) -> Vec<String>) -> BTreeMap<String, usize> {
    let (one, other) = (Db::open(url).await.unwrap(), Db::open(url).await.unwrap());
    let mut taken = BTreeMap::new();
    loop {
        // At the same moment.
        let (by_one, by_other) = tokio::join!(claim(&one), claim(&other));
        if by_one.is_empty() && by_other.is_empty() {
            return taken;
        }
        for id in by_one.into_iter().chain(by_other) {
            *taken.entry(id).or_default() += 1;
        }
    }
}

async fn three_hundred(db: &Db) {
    let causes: Vec<String> = (0..300).map(|number| format!("bekraftelse/{number}")).collect();
    put(db, NOW, &causes.iter().map(|cause| a_job(cause)).collect::<Vec<_>>()).await;
}

on_both!(two_processes_take_each_of_three_hundred_mails_once, |on| async move {
    let (db, url, _folder) = a_database(on).await;
    three_hundred(&db).await;
    let claim = async |db: &Db| outbox::claim(db, NOW, 10).await.unwrap().into_iter().map(|job| job.id).collect();
    let taken = taken_by_two(&url, claim).await;
    assert_eq!(taken.len(), 300);
    assert!(taken.values().all(|times| *times == 1));
});

/// The negative control: the same claim without its condition repeated gives the same mail to both.
#[tokio::test(flavor = "multi_thread")]
async fn without_the_repeated_condition_mails_are_taken_twice_on_postgres() {
    const NAIVE: &str = "UPDATE outbox SET lease = 'x', leased_until = $1 WHERE id IN \
         (SELECT id FROM outbox WHERE lease IS NULL ORDER BY priority, due_at, created_at LIMIT 10) RETURNING id";
    const HELD_UP: &str =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let (db, url, _folder) = a_database(On::Postgres).await;
    three_hundred(&db).await;
    let other = Db::open(&url).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    let mut first: Vec<String> =
        on_tx!(&mut tx, c => sqlx::query_scalar(NAIVE).bind(NOW + LEASE).fetch_all(c).await).unwrap();
    // The other chooses while the first has not committed, and waits for the very rows that it chose.
    let second = tokio::spawn(async move {
        let taken: sqlx::Result<Vec<String>> =
            on!(&other, pool => sqlx::query_scalar(NAIVE).bind(NOW + LEASE).fetch_all(pool).await);
        taken.unwrap()
    });
    while on!(&db, pool => sqlx::query_scalar::<_, i64>(HELD_UP).fetch_one(pool).await).unwrap() == 0 {
        tokio::task::yield_now().await;
    }
    tx.commit().await.unwrap();
    let mut second = second.await.unwrap();
    first.sort();
    second.sort();
    assert_eq!((first.len(), first), (10, second), "the race did not show: the test above proves nothing");
}

on_both!(an_administrator_sees_what_was_given_up_and_has_it_tried_again, |on| async move {
    let portal = TestPortal::with(on, &[]).await;
    let db = &portal.portal.db;
    let admin = portal.sign_in(Role::Admin, None).await;
    let page = "/redaktion/utskick/";
    assert!(portal.get_as(&admin, page).await.text().contains("Alla mejl har gått iväg."));
    put(db, NOW, &[a_job("a")]).await;
    let job = claimed(db, NOW).await.remove(0);
    close(db, NOW, &job, Outcome::Dead("550 5.1.1 <script>… no such user".into())).await;
    let shown = portal.get_as(&admin, page).await;
    assert!(shown.text().contains("Prov") && shown.text().contains("550 5.1.1 &lt;script"), "{}", shown.text());
    let again = format!("/redaktion/utskick/{}/igen", job.id);
    assert_eq!(portal.submit(&admin, &again, "").await.header("location"), page);
    assert!(portal.get_as(&admin, page).await.text().contains("Alla mejl har gått iväg."));
    assert_eq!(claimed(db, NOW).await.len(), 1);
    let log = portal.get_as(&admin, "/redaktion/logg/").await;
    assert!(log.text().contains("lät ett mejl skickas igen"), "{}", log.text());
    let letters = ["b", "c"].map(a_job);
    put(db, NOW, &letters).await;
    for job in claimed(db, NOW).await {
        close(db, NOW, &job, Outcome::Dead("550".into())).await;
    }
    assert!(portal.get_as(&admin, page).await.text().contains("Försök igen med alla"));
    assert_eq!(portal.submit(&admin, "/redaktion/utskick/igen", "").await.header("location"), page);
    assert_eq!(claimed(db, NOW).await.len(), 2);
    assert!(portal.get_as(&admin, "/redaktion/logg/").await.text().contains("alla 2"));
    // Once more, by somebody who still has the old list before them.
    assert_eq!(portal.submit(&admin, &again, "").await.status, 303);
    let lines: i64 = on!(db, pool => sqlx::query_scalar("SELECT count(*) FROM audit_log WHERE act = 'retried-mail'").fetch_one(pool).await).unwrap();
    assert_eq!(lines, 2);
});
