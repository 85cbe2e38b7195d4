//! Accounts of the staff: sessions, invitations, rights and the log, as stored.

use crate::on_both;
use crate::portal::{On, TestPortal, form_request};
use app::accounts::person::Email;
use app::accounts::{AccountRefusal, Accounts, Act, NewAccount};
use app::viewer::{Role, Viewer};
use axum::body::Body;
use futures::future::join_all;
use server::accounts::audit::{self, Line};
use server::accounts::{sessions, tokens};
use server::http::door::Peer;
use server::{clock, on};
use std::collections::BTreeSet;

async fn a_portal(on: On) -> TestPortal {
    TestPortal::with(on, &[]).await
}

fn token(cookie: &str) -> &str {
    cookie.split_once('=').unwrap().1
}

async fn viewer(portal: &TestPortal, cookie: &str, now: i64) -> Viewer {
    sessions::viewer(&portal.portal.db, token(cookie), now).await.unwrap()
}

async fn sql(portal: &TestPortal, statement: &'static str) {
    on!(&portal.portal.db, pool => sqlx::query(statement).execute(pool).await.map(drop)).unwrap();
}

const HOUR: i64 = 60 * 60;

on_both!(a_session_ends_after_an_hour_without_use_and_after_twelve_in_any_case, async |on| {
    let portal = a_portal(on).await;
    let begun = clock::now();
    let cookie = portal.sign_in(Role::Editor, None).await;
    assert!(viewer(&portal, &cookie, begun + 59 * 60).await.member().is_ok());
    assert!(
        viewer(&portal, &cookie, begun + 59 * 60 + HOUR + 60).await.member().is_err(),
        "an hour since the last use"
    );

    let cookie = portal.sign_in(Role::Editor, None).await;
    for half_hours in 1..24 {
        let now = begun + half_hours * HOUR / 2;
        assert!(viewer(&portal, &cookie, now).await.member().is_ok(), "used every half hour: {half_hours}");
    }
    assert!(viewer(&portal, &cookie, begun + 12 * HOUR + 60).await.member().is_err(), "twelve hours since the sign-in");
});

on_both!(a_session_that_was_ended_opens_nothing, async |on| {
    let portal = a_portal(on).await;
    let cookie = portal.sign_in(Role::Admin, None).await;
    assert_eq!(portal.get_as(&cookie, "/redaktion/").await.status, 200);
    let out = portal.submit(&cookie, "/logga-ut", "").await;
    assert!(out.header("set-cookie").contains("__Host-frid=; ") && out.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(portal.get_as(&cookie, "/redaktion/").await.status, 303, "a stolen cookie is worth nothing afterwards");
});

on_both!(what_stands_in_the_database_signs_nobody_in, async |on| {
    let portal = a_portal(on).await;
    let cookie = portal.sign_in(Role::Admin, None).await;
    let rows: Vec<(String, String)> =
        on!(&portal.portal.db, pool => sqlx::query_as("SELECT token_hash, id FROM sessions").fetch_all(pool).await)
            .unwrap();
    let [(hash, id)] = rows.as_slice() else { panic!("one session") };
    assert!(hash != token(&cookie) && id != token(&cookie) && *hash == tokens::hash(token(&cookie)));
    for stolen in [hash, id] {
        assert_eq!(portal.get_as(&format!("__Host-frid={stolen}"), "/redaktion/").await.status, 303);
    }
});

on_both!(a_changed_role_ends_all_sessions_and_holds_at_once, async |on| {
    let portal = a_portal(on).await;
    let admin = portal.sign_in(Role::Admin, None).await;
    let editor = portal.sign_in_as("eva@lansstyrelsen.example", Role::Admin, None).await;
    let id = portal.portal.stores.accounts.account_of("eva@lansstyrelsen.example").await.unwrap().unwrap();

    let change = format!("/redaktion/konton/{id}/roll");
    assert_eq!(portal.submit(&admin, &change, "roll=editor&lan=skane").await.status, 303);
    assert_eq!(portal.get_as(&editor, "/redaktion/").await.status, 303, "signed out");
    let account = portal.portal.stores.accounts.accounts(&admin_right(&portal, &admin).await).await.unwrap();
    let account = account.into_iter().find(|account| account.id == id).unwrap();
    assert_eq!((account.role, account.county.map(|county| county.slug)), (Role::Editor, Some("skane")));

    assert_eq!(portal.submit(&admin, &change, "roll=kung&lan=skane").await.status, 422);
    assert_eq!(portal.submit(&admin, &change, "roll=editor&lan=norge").await.status, 422);
});

async fn admin_right(portal: &TestPortal, cookie: &str) -> app::viewer::Admin {
    viewer(portal, cookie, clock::now()).await.admin().unwrap()
}

on_both!(an_ended_account_signs_out_and_stays_out_until_it_is_opened, async |on| {
    let portal = a_portal(on).await;
    let admin = portal.sign_in(Role::Admin, None).await;
    let editor = portal.sign_in_as("eva@lansstyrelsen.example", Role::Editor, None).await;
    let accounts = &portal.portal.stores.accounts;
    let id = accounts.account_of("eva@lansstyrelsen.example").await.unwrap().unwrap();
    let end = format!("/redaktion/konton/{id}/avsluta");
    assert_eq!(portal.submit(&admin, &end, "").await.status, 303);
    assert_eq!(portal.get_as(&editor, "/redaktion/").await.status, 303);
    assert_eq!(portal.submit(&admin, &format!("/redaktion/konton/{id}/inbjudan"), "").await.status, 404);
    assert_eq!(portal.submit(&admin, &end, "oppna=1").await.status, 303);
    assert_eq!(portal.submit(&admin, &format!("/redaktion/konton/{id}/inbjudan"), "").await.status, 200);
});

on_both!(nobody_takes_the_rights_from_themselves, async |on| {
    let portal = a_portal(on).await;
    let admin = portal.sign_in_as("adam@lansstyrelsen.example", Role::Admin, None).await;
    let id = portal.portal.stores.accounts.account_of("adam@lansstyrelsen.example").await.unwrap().unwrap();
    for (path, form) in [("roll", "roll=editor&lan="), ("avsluta", "")] {
        let answer = portal.submit(&admin, &format!("/redaktion/konton/{id}/{path}"), form).await;
        assert_eq!(answer.status, 422, "{path}");
        assert!(answer.text().contains("Du kan inte ändra eller avsluta ditt eget konto"), "{path}");
    }
});

on_both!(an_invitation_is_shown_once_and_replaced_by_the_next, async |on| {
    let portal = a_portal(on).await;
    let admin = portal.sign_in(Role::Admin, None).await;
    let invited =
        portal.submit(&admin, "/redaktion/konton/", "epost=Eva%40Lansstyrelsen.example&roll=editor&lan=skane").await;
    assert_eq!(invited.status, 200);
    let code = |text: &str| text.split("?kod=").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let first = code(invited.text());
    assert_eq!(first.len(), 64, "256 bits");
    assert!(!portal.get_as(&admin, "/redaktion/konton/").await.text().contains(&first), "only this once");
    let page = portal.get(&format!("/inbjudan/?kod={first}")).await;
    assert!(page.status == 200 && page.text().contains("redaktör för Skåne län"));

    let again = portal.submit(&admin, "/redaktion/konton/", "epost=eva@lansstyrelsen.example&roll=admin&lan=").await;
    assert!(again.status == 422 && again.text().contains("Adressen har redan ett konto"));
    assert!(again.text().contains("value=\"eva@lansstyrelsen.example\""), "what was typed is kept");

    let id = portal.portal.stores.accounts.account_of("eva@lansstyrelsen.example").await.unwrap().unwrap();
    let second = code(portal.submit(&admin, &format!("/redaktion/konton/{id}/inbjudan"), "").await.text());
    assert_eq!(portal.get(&format!("/inbjudan/?kod={first}")).await.status, 410);
    assert_eq!(portal.get(&format!("/inbjudan/?kod={second}")).await.status, 200);

    sql(&portal, "UPDATE invitations SET expires_at = 1").await;
    assert_eq!(portal.get(&format!("/inbjudan/?kod={second}")).await.status, 410, "24 hours later");
    let hashes: Vec<String> =
        on!(&portal.portal.db, pool => sqlx::query_scalar("SELECT i.code_hash FROM invitations i JOIN accounts a ON a.id = i.account_id WHERE a.name = ''").fetch_all(pool).await)
            .unwrap();
    assert_eq!(hashes, [tokens::hash(&second)]);
    assert_eq!(portal.get(&format!("/inbjudan/?kod={}", hashes[0])).await.status, 410, "a hash opens nothing");
});

on_both!(an_address_gets_one_account_however_many_invite_it_at_once, async |on| {
    let portal = a_portal(on).await;
    let new =
        NewAccount { email: Email::parse("eva@lansstyrelsen.example").unwrap(), role: Role::Editor, county: None };
    let invited = join_all((0..20).map(|_| portal.portal.stores.accounts.invite(None, &new))).await;
    let (made, refused): (Vec<_>, Vec<_>) = invited.into_iter().map(Result::unwrap).partition(Result::is_ok);
    assert_eq!(made.len(), 1);
    assert!(refused.into_iter().all(|refused| refused == Err(AccountRefusal::Exists)));
});

on_both!(what_cannot_be_an_address_or_a_role_is_refused_beside_its_field, async |on| {
    let portal = a_portal(on).await;
    let admin = portal.sign_in(Role::Admin, None).await;
    let answer = portal.submit(&admin, "/redaktion/konton/", "epost=eva&roll=editor&lan=skane").await;
    assert!(
        answer.status == 422 && answer.text().contains("id=\"epost-fel\"") && answer.text().contains("value=\"eva\"")
    );
    let answer = portal.submit(&admin, "/redaktion/konton/", "epost=eva@a.example&roll=owner&lan=skane").await;
    assert_eq!(answer.status, 422);
    // What is not asked for is not taken: nobody becomes an administrator by a field of their own.
    let own = portal.sign_in_as("ed@lansstyrelsen.example", Role::Editor, Some("skane")).await;
    portal.submit(&own, "/redaktion/mitt-konto/nycklar", "roll=admin&role=admin&county=&konto=x").await;
    assert_eq!(portal.get_as(&own, "/redaktion/konton/").await.status, 403);
});

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_tells_nothing_of_who_has_an_account() {
    let portal = a_portal(On::Sqlite).await;
    portal.sign_in(Role::Editor, None).await;
    let challenge = portal.submit("", "/logga-in/utmaning", "").await;
    let options: serde_json::Value = serde_json::from_str(challenge.text()).unwrap();
    let asked = &options["options"]["publicKey"];
    assert_eq!(asked["userVerification"], "required");
    assert!(asked["allowCredentials"].as_array().is_none_or(Vec::is_empty), "no key is named: {asked}");

    let known = "{\"id\":\"AAAA\",\"rawId\":\"AAAA\",\"type\":\"public-key\",\"extensions\":{},\"response\":{\
                 \"authenticatorData\":\"AAAA\",\"clientDataJSON\":\"AAAA\",\"signature\":\"AAAA\",\"userHandle\":\"AAAA\"}}";
    let mut bodies = BTreeSet::new();
    for answer in ["", "{}", known, "\u{0}"] {
        let id = options["id"].as_str().unwrap();
        let form: String = form_urlencoded::Serializer::new(String::new())
            .append_pair("ceremoni", id)
            .append_pair("svar", answer)
            .finish();
        let refused = portal.submit("", "/logga-in/", &form).await;
        assert_eq!(refused.status, 422);
        bodies.insert(refused.text().to_owned());
    }
    assert_eq!(bodies.len(), 1, "the same words whatever was wrong");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_tries_too_often_waits_and_nobody_else_does() {
    let proxies = server::config::IpNet::parse("10.0.0.0/8").unwrap();
    let portal = TestPortal::trusting(proxies).await;
    let ask = async |peer: &str, forwarded: Option<&str>| {
        let mut request = form_request("", "/logga-in/utmaning", "");
        request.extensions_mut().insert(Peer(peer.parse().unwrap()));
        if let Some(forwarded) = forwarded {
            request.headers_mut().insert("x-forwarded-for", forwarded.parse().unwrap());
        }
        portal.send(request).await.status
    };
    let mut answered = Vec::new();
    for n in 0..61 {
        // Somebody who is no proxy of ours says what they like: it changes nothing.
        answered.push(ask("192.0.2.1:9", Some(&format!("198.51.100.{n}"))).await);
    }
    assert_eq!((answered[59], answered[60]), (200, 429));
    assert_eq!(ask("192.0.2.2:9", None).await, 200);
    // Through our proxy each visitor counts for themselves, whatever they claim to come from.
    assert_eq!(ask("10.0.0.1:9", Some("203.0.113.5")).await, 200);
    assert_eq!(ask("10.0.0.1:9", Some("203.0.113.5, 192.0.2.1")).await, 429);
    assert_eq!(ask("10.0.0.1:9", Some("192.0.2.1, 10.0.0.2")).await, 429);
}

on_both!(every_act_is_in_the_log_and_the_log_holds, async |on| {
    let portal = a_portal(on).await;
    let admin = portal.sign_in_as("adam@lansstyrelsen.example", Role::Admin, None).await;
    portal.submit(&admin, "/redaktion/konton/", "epost=eva@lansstyrelsen.example&roll=editor&lan=skane").await;
    let id = portal.portal.stores.accounts.account_of("eva@lansstyrelsen.example").await.unwrap().unwrap();
    portal.submit(&admin, &format!("/redaktion/konton/{id}/roll"), "roll=reviewer&lan=").await;
    portal.submit(&admin, &format!("/redaktion/konton/{id}/inbjudan"), "").await;
    portal.submit(&admin, &format!("/redaktion/konton/{id}/avsluta"), "").await;
    portal.submit(&admin, "/redaktion/mitt-konto/inloggningar/avsluta", "").await;
    let page = portal.get_as(&admin, "/redaktion/logg/").await;
    let told = page.text();
    for part in ["bjöd in", "eva@lansstyrelsen.example som redaktör, Skåne län", "ändrade roll", "avslutade ett konto"]
    {
        assert!(told.contains(part), "{part}");
    }
    portal.submit(&admin, "/logga-ut", "").await;
    let entries = audit::read(&portal.portal.db, None).await.unwrap();
    let acts: Vec<Act> = entries.iter().rev().map(|entry| entry.act).collect();
    use Act::{ChangedRole, EndedAccount, EndedSession, Invited, SignedOut};
    assert_eq!(acts, [Invited, Invited, ChangedRole, Invited, EndedAccount, EndedSession, SignedOut]);
    assert_eq!(entries.last().unwrap().who, "", "the command line");
    assert_eq!(audit::verify(&portal.portal.db).await.unwrap(), 7);
});

on_both!(a_line_of_the_log_that_was_changed_or_taken_away_shows, async |on| {
    let said = async |statement: &'static str| {
        let portal = a_portal(on).await;
        for act in [Act::SignedIn, Act::SignedOut, Act::SignedIn] {
            let mut tx = portal.portal.db.begin().await.unwrap();
            audit::write(&mut tx, clock::now(), Line { account: None, act, subject: "x\ny" }).await.unwrap();
            tx.commit().await.unwrap();
        }
        sql(&portal, statement).await;
        audit::verify(&portal.portal.db).await.map_err(|error| error.to_string())
    };
    assert_eq!(said("SELECT 1").await, Ok(3));
    for (statement, told) in [
        ("UPDATE audit_log SET subject = 'x' WHERE number = 2", "line 2 of the log has been changed"),
        ("UPDATE audit_log SET act = 'joined' WHERE number = 1", "line 1 of the log has been changed"),
        ("UPDATE audit_log SET at = at + 1 WHERE number = 3", "line 3 of the log has been changed"),
        ("DELETE FROM audit_log WHERE number = 2", "line 2 of the log is missing"),
        ("DELETE FROM audit_log WHERE number = 3", "lines are missing at the end"),
        ("DELETE FROM audit_log", "lines are missing at the end"),
    ] {
        let error = said(statement).await.unwrap_err();
        assert!(error.contains(told), "{statement}: {error}");
    }
});

on_both!(acts_at_the_same_time_make_one_chain, async |on| {
    let portal = a_portal(on).await;
    let db = &portal.portal.db;
    let write = async |n: usize| {
        let mut tx = db.begin().await.unwrap();
        let subject = n.to_string();
        audit::write(&mut tx, clock::now(), Line { account: None, act: Act::SignedIn, subject: &subject })
            .await
            .unwrap();
        // Every third is given up: it leaves no gap.
        if n.is_multiple_of(3) { drop(tx) } else { tx.commit().await.unwrap() }
    };
    join_all((0..60).map(write)).await;
    assert_eq!(audit::verify(db).await.unwrap(), 40);
});

#[tokio::test(flavor = "multi_thread")]
async fn a_place_of_the_staff_without_its_slash_leads_to_the_place() {
    let portal = a_portal(On::Sqlite).await;
    let answer = portal.get("/redaktion/konton?x=1").await;
    assert_eq!((answer.status, answer.header("location")), (308, "/redaktion/konton/?x=1"));
    let answer = portal.get("/redaktion/konton/?x=1").await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, "/logga-in/?till=%2Fredaktion%2Fkonton%2F%3Fx%3D1"),
        "and back after signing in"
    );
    let page = portal.get("/logga-in/?till=//ond.example").await;
    assert!(page.text().contains("name=\"till\" value=\"/redaktion/\""));
    let mut by_number = http::Request::builder().uri("/logga-in/").header("host", "127.0.0.1:3000");
    by_number = by_number.header("cookie", "");
    let by_number = portal.send(by_number.body(Body::empty()).unwrap()).await;
    assert_eq!(by_number.status, 200, "a portal with a name of its own needs no other");
}
