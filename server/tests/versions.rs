//! What becomes of a draft beside being published at once: set for a time, thrown away, shared, held against older texts;
//! and who is told when a page should be read again. On both databases.

use crate::editor::{form, open, publish, version, written};
use crate::on_both;
use crate::portal::{On, TestPortal, a_subject, an_article};
use app::viewer::Role;
use futures::future::join_all;
use jiff::civil::date;
use server::editor::StoredEditing;
use server::editor::reminders::Sender;
use server::mail::Mailer;
use server::{clock, on};

const DAY: i64 = 24 * 60 * 60;

async fn a_portal(on: On) -> TestPortal {
    let (path, page) = an_article("lans-sida", "Länets sida", "Länets text.");
    let county = (path, page.replace("publicerad =", "lan = ['skane']\npublicerad ="));
    TestPortal::with(on, &[a_subject(), county]).await
}

/// A draft with this text, saved once.
async fn a_draft(portal: &TestPortal, cookie: &str, text: &str) -> String {
    let draft = open(portal, cookie, "lans-sida").await;
    let now = version(&portal.get_as(cookie, &draft).await);
    assert_eq!(portal.submit(cookie, &draft, &form(&written(&now, "skane", text))).await.status, 303);
    draft
}

async fn live(portal: &TestPortal) -> String {
    portal.portal.refresh().await.unwrap();
    portal.get("/vagledning/lans-sida").await.text().to_owned()
}

async fn revisions(portal: &TestPortal) -> i64 {
    on!(&portal.portal.db, pool => sqlx::query_scalar(
        "SELECT count(*) FROM revisions WHERE author = 'editor'").fetch_one(pool).await)
    .unwrap()
}

/// The form of publishing in a year less a month, when nobody runs these tests.
async fn schedule(portal: &TestPortal, cookie: &str, draft: &str) {
    let day = clock::today().saturating_add(jiff::Span::new().months(11));
    let set = publish(portal, cookie, draft, &format!("storlek=mindre&nar=sedan&dag={day}&klockan=08%3A00")).await;
    assert_eq!(set.status, 303, "{}", set.text());
}

on_both!(a_page_is_published_at_its_time_once_however_many_machines_run, async |on| {
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let draft = a_draft(&portal, &eva, "Ny text.").await;
    schedule(&portal, &eva, &draft).await;
    let page = portal.get_as(&eva, &draft).await.text().to_owned();
    assert!(page.contains("Publiceras av sig själv") && page.contains("kl. 08.00"), "{page}");
    assert!(portal.get_as(&eva, "/redaktion/sidor/").await.text().contains("Publiceras av sig själv"));

    let editing = StoredEditing::new(portal.portal.db.clone());
    assert_eq!(editing.publish_due(clock::now()).await.unwrap(), 0, "not before its time");
    assert!(live(&portal).await.contains("Länets text."));
    let then = clock::now() + 366 * DAY;
    let published: usize =
        join_all((0..8).map(|_| editing.publish_due(then))).await.into_iter().map(|done| done.unwrap()).sum();
    assert_eq!((published, revisions(&portal).await), (1, 1));
    assert!(live(&portal).await.contains("Ny text."));
    assert_eq!(editing.publish_due(then).await.unwrap(), 0);
});

on_both!(what_waits_for_its_time_is_not_changed_and_can_be_stopped, async |on| {
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let draft = a_draft(&portal, &eva, "Läst text.").await;
    for (fields, told) in [
        ("nar=sedan&dag=2020-01-01&klockan=08%3A00", "Tiden har redan varit"),
        ("nar=sedan&dag=&klockan=08%3A00", "Skriv dagen så här"),
        ("nar=sedan&dag=2026-12-24&klockan=kv%C3%A4ll", "Skriv klockslaget så här"),
    ] {
        let refused = publish(&portal, &eva, &draft, &format!("storlek=mindre&{fields}")).await;
        assert!(refused.status == 422 && refused.text().contains(told), "{fields}");
        assert!(refused.text().contains("value=\"sedan\" checked"), "as it was typed");
    }
    schedule(&portal, &eva, &draft).await;

    let late = portal.submit(&eva, &draft, &form(&written("2", "skane", "Sen ändring."))).await;
    assert!(
        late.status == 409 && late.text().contains("Texten är inte sparad") && late.text().contains("Sen ändring.")
    );
    assert_eq!(portal.submit(&eva, &format!("{draft}publicera/utan-tid"), "").await.status, 303);
    assert_eq!(portal.submit(&eva, &draft, &form(&written("2", "skane", "Sen ändring."))).await.status, 303);
    let editing = StoredEditing::new(portal.portal.db.clone());
    assert_eq!(editing.publish_due(clock::now() + 366 * DAY).await.unwrap(), 0, "nobody has set a time any more");
    assert_eq!(revisions(&portal).await, 0);
});

on_both!(a_time_that_cannot_be_kept_is_taken_away_and_told, async |on| {
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let ada = portal.sign_in(Role::Admin, None).await;
    let draft = a_draft(&portal, &eva, "Ny text.").await;
    schedule(&portal, &eva, &draft).await;
    on!(&portal.portal.db, pool => sqlx::query(
        "UPDATE accounts SET county = 'orebro' WHERE id = (SELECT publish_by FROM drafts)").execute(pool).await.map(drop))
    .unwrap();
    let editing = StoredEditing::new(portal.portal.db.clone());
    assert_eq!(editing.publish_due(clock::now() + 366 * DAY).await.unwrap(), 0);
    let page = portal.get_as(&ada, &draft).await.text().to_owned();
    assert!(page.contains("publicerades inte vid den bestämda tiden") && !page.contains("Publiceras av sig själv"));
    assert!(live(&portal).await.contains("Länets text."));
});

on_both!(a_draft_that_was_thrown_away_is_out_of_the_way_and_comes_back_whole, async |on| {
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let draft = a_draft(&portal, &eva, "Halvfärdig text.").await;
    assert_eq!(portal.submit(&eva, &format!("{draft}kasta"), "").await.status, 303);
    assert_eq!(portal.get_as(&eva, &draft).await.status, 404);
    assert!(live(&portal).await.contains("Länets text."));
    assert!(portal.get_as(&eva, "/redaktion/kastade/").await.text().contains("Länets sida"));

    // Another has been begun: one at a time.
    let id = draft.trim_end_matches('/').rsplit('/').next().unwrap().to_owned();
    let back = format!("/redaktion/kastade/{id}/ta-fram");
    let other = open(&portal, &eva, "lans-sida").await;
    assert_ne!(other, draft);
    let refused = portal.submit(&eva, &back, "").await;
    assert!(refused.status == 409 && refused.text().contains("Någon har börjat på ett nytt utkast"));
    portal.submit(&eva, &format!("{other}kasta"), "").await;
    assert_eq!(portal.submit(&eva, &back, "").await.status, 303);
    assert!(portal.get_as(&eva, &draft).await.text().contains("Halvfärdig text."));

    // After ninety days it is forgotten, and what is being written is not.
    let editing = StoredEditing::new(portal.portal.db.clone());
    editing.purge(clock::now() + 89 * DAY).await.unwrap();
    assert!(portal.get_as(&eva, "/redaktion/kastade/").await.text().contains("Länets sida"));
    editing.purge(clock::now() + 91 * DAY).await.unwrap();
    assert!(portal.get_as(&eva, "/redaktion/kastade/").await.text().contains("Inga utkast är kastade."));
    assert_eq!(portal.get_as(&eva, &draft).await.status, 200);
});

on_both!(whoever_has_the_link_reads_the_draft_until_it_ends, async |on| {
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let draft = a_draft(&portal, &eva, "Text för en kollega.").await;
    let made = portal.submit(&eva, &format!("{draft}lank"), "").await;
    let token = made
        .text()
        .split("/utkast/")
        .find_map(|rest| rest.get(..64).filter(|token| token.bytes().all(|b| b.is_ascii_hexdigit())).map(str::to_owned))
        .unwrap();
    let link = format!("/utkast/{token}/");
    let seen = portal.get(&link).await;
    assert_eq!((seen.status, seen.header("cache-control")), (200, "no-store"));
    let html = seen.text();
    assert!(html.contains("Text för en kollega.") && html.contains("Texten är inte publicerad"));
    assert!(html.contains("name=\"robots\" content=\"noindex\"") && !html.contains("/redaktion/"), "{html}");
    assert_eq!(portal.get(&format!("/utkast/{}/", "0".repeat(64))).await.status, 410);
    // What the database holds opens nothing.
    let kept: String = on!(&portal.portal.db, pool => sqlx::query_scalar(
        "SELECT token_hash FROM draft_links").fetch_one(pool).await)
    .unwrap();
    assert_eq!(portal.get(&format!("/utkast/{kept}/")).await.status, 410);
    assert!(!portal.get_as(&eva, &draft).await.text().contains(&token), "it is shown once");

    assert_eq!(portal.submit(&eva, &format!("{draft}lank/avsluta"), "").await.status, 303);
    assert_eq!(portal.get(&link).await.status, 410);
    // By itself after fourteen days; and at once when the draft is published.
    let again = portal.submit(&eva, &format!("{draft}lank"), "").await.text().to_owned();
    assert!(again.contains("kan läsa utkastet till"));
    on!(&portal.portal.db, pool => sqlx::query("UPDATE draft_links SET expires_at = expires_at - $1").bind(14 * DAY).execute(pool).await.map(drop)).unwrap();
    assert!(!portal.get_as(&eva, &draft).await.text().contains("kan läsa utkastet till"));
});

on_both!(every_text_is_kept_compared_and_can_be_the_draft_again, async |on| {
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let rut = portal.sign_in(Role::Reviewer, None).await;
    let draft = a_draft(&portal, &eva, "Ring polisen på 112.").await;
    portal.submit(&rut, &draft, &form(&written("2", "skane", "Ring socialjouren på kvällen."))).await;
    let page = "/redaktion/sidor/vagledning/lans-sida/versioner/";
    let versions = portal.get_as(&eva, page).await.text().to_owned();
    assert!(versions.contains("Det läsarna ser nu") && versions.contains("Utkastet nu"), "{versions}");
    assert!(versions.contains("[tillagt: ") && versions.contains("[borttaget: "), "word by word");

    let id = draft.trim_end_matches('/').rsplit('/').next().unwrap();
    let compared = portal.get_as(&eva, &format!("{page}?fran={id}-2&till={id}-3")).await.text().to_owned();
    assert!(compared.contains("socialjouren") && compared.contains("polisen"), "{compared}");
    let named = portal
        .submit(&eva, &format!("{page}namn"), &form(&[("version", &format!("{id}-2")), ("namn", "Före Rut")]))
        .await;
    assert_eq!(named.status, 303);
    assert!(portal.get_as(&eva, page).await.text().contains("”Före Rut”"));

    // Back to the first, and nothing in between is lost.
    assert_eq!(
        portal.submit(&eva, &format!("{page}aterstall"), &form(&[("version", &format!("{id}-2"))])).await.status,
        303
    );
    assert!(portal.get_as(&eva, &draft).await.text().contains("Ring polisen på 112."));
    assert!(portal.get_as(&eva, &format!("{page}?fran={id}-3&till={id}-4")).await.text().contains("socialjouren"));
    // And back to what was published, over a draft that is not.
    publish(&portal, &eva, &draft, "storlek=mindre").await;
    assert!(live(&portal).await.contains("Ring polisen"));
    let restored = portal.submit(&eva, &format!("{page}aterstall"), "version=publicerad-1").await;
    assert_eq!(restored.status, 303, "{}", restored.text());
    assert!(portal.get_as(&eva, restored.header("location")).await.text().contains("Länets text."));
    assert!(live(&portal).await.contains("Ring polisen"), "readers meet it when it is published");
});

on_both!(what_one_person_writes_in_one_go_is_one_version_and_a_name_keeps_it, async |on| {
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let draft = a_draft(&portal, &eva, "Ett.").await;
    let id = draft.trim_end_matches('/').rsplit('/').next().unwrap();
    let save = async |version: &str, text: &str| {
        portal.submit(&eva, &draft, &form(&written(version, "skane", text))).await.status
    };
    let kept = async || -> Vec<i64> {
        on!(&portal.portal.db, pool => sqlx::query_scalar("SELECT version FROM draft_texts ORDER BY version").fetch_all(pool).await).unwrap()
    };
    assert_eq!(save("2", "Två.").await, 303);
    assert_eq!(kept().await, [1, 3], "as it was opened, and as it is");
    portal
        .submit(
            &eva,
            "/redaktion/sidor/vagledning/lans-sida/versioner/namn",
            &form(&[("version", &format!("{id}-3")), ("namn", "Klar")]),
        )
        .await;
    assert_eq!(save("3", "Tre.").await, 303);
    assert_eq!(kept().await, [1, 3, 4]);
    // An older text made the draft again takes nothing with it, and neither does a field emptied by mistake.
    let restore = form(&[("version", &format!("{id}-1"))]);
    portal.submit(&eva, "/redaktion/sidor/vagledning/lans-sida/versioner/aterstall", &restore).await;
    assert_eq!(kept().await, [1, 3, 4, 5]);
    assert_eq!(save("5", &"En lång text. ".repeat(60)).await, 303);
    assert_eq!(save("6", "").await, 303);
    assert_eq!(kept().await, [1, 3, 4, 6, 7]);
    // Whoever writes for an hour leaves a version every ten minutes.
    on!(&portal.portal.db, pool => sqlx::query("UPDATE draft_texts SET began_at = began_at - 601").execute(pool).await.map(drop)).unwrap();
    assert_eq!(save("7", "Fyra.").await, 303);
    assert_eq!(kept().await, [1, 3, 4, 6, 7, 8]);
});

on_both!(whoever_answers_for_a_page_is_told_once_when_it_should_be_read, async |on| {
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let ada = portal.sign_in(Role::Admin, None).await;
    let editing = StoredEditing::new(portal.portal.db.clone());
    let mailer = Mailer::open(&portal.portal.config).unwrap();
    let sender = Sender { from: "Frid <frid@frid.example>", site_name: "Frid", base_url: "https://frid.example" };
    let letters = || -> Vec<String> {
        let folder = std::fs::read_dir(portal.portal.config.data.join("mail")).unwrap();
        folder
            .map(|file| file.unwrap().path())
            .filter(|path| path.extension().is_some_and(|kind| kind == "eml"))
            .map(|path| std::fs::read_to_string(path).unwrap())
            .collect()
    };
    let to = |letter: &String| letter.lines().find(|line| line.starts_with("To: ")).unwrap().to_owned();

    // The page's day is a year after its review; before it nobody is told.
    let due: String = portal
        .get_as(&eva, "/redaktion/sidor/")
        .await
        .text()
        .split("Granskas senast ")
        .nth(1)
        .unwrap()
        .split('.')
        .next()
        .unwrap()
        .to_owned();
    assert!(due.contains("202"), "{due}");
    assert_eq!(editing.remind(&mailer, sender, date(2020, 1, 1)).await.unwrap(), 0);
    // Nobody answers for it: the administrators do.
    let far = date(2030, 1, 1);
    let told: Vec<usize> =
        join_all((0..4).map(|_| editing.remind(&mailer, sender, far))).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(told.iter().sum::<usize>(), 1, "of several machines one tells");
    assert_eq!(letters().len(), 1);

    // Publishing makes the writer answer for it, with a new day of review.
    let draft = a_draft(&portal, &eva, "Ny text.").await;
    publish(&portal, &eva, &draft, "storlek=storre&andring=Ny").await;
    let page = portal.get_as(&ada, "/redaktion/sidor/vagledning/lans-sida/").await.text().to_owned();
    let accounts: Vec<(String, String)> = on!(&portal.portal.db, pool => sqlx::query_as(
        "SELECT id, email FROM accounts ORDER BY role").fetch_all(pool).await)
    .unwrap();
    let [(admin, admin_mail), (_, editor_mail)] = accounts.as_slice() else { panic!("{accounts:?}") };
    assert!(page.contains("Ersättare"));
    let entrust = "/redaktion/sidor/vagledning/lans-sida/ansvar";
    let owner: String =
        on!(&portal.portal.db, pool => sqlx::query_scalar("SELECT owner FROM page_owners").fetch_one(pool).await)
            .unwrap();
    assert_eq!(portal.submit(&eva, entrust, &form(&[("ansvarig", &owner), ("ersattare", &owner)])).await.status, 422);
    assert_eq!(
        portal.submit(&eva, entrust, &form(&[("ansvarig", &owner), ("ersattare", "finns-inte")])).await.status,
        422
    );
    assert_eq!(portal.submit(&eva, entrust, &form(&[("ansvarig", &owner), ("ersattare", admin)])).await.status, 303);
    on!(&portal.portal.db, pool => sqlx::query("DELETE FROM review_reminders").execute(pool).await.map(drop)).unwrap();
    assert_eq!(editing.remind(&mailer, sender, far).await.unwrap(), 1);
    let all = letters();
    assert_eq!(all.len(), 3);
    for address in [admin_mail, editor_mail] {
        assert!(all.iter().any(|letter| to(letter).contains(address.as_str())), "{address}");
    }
    assert!(portal.get_as(&eva, "/redaktion/sidor/?ansvarig=jag&lan=").await.text().contains("1 sida"));
    assert!(portal.get_as(&ada, "/redaktion/sidor/?ansvarig=jag&lan=").await.text().contains("Inga sidor"));
});

on_both!(a_page_with_another_address_is_found_there_and_led_to_with_all_that_is_its_own, async |on| {
    let (path, page) = an_article("lans-sida", "Länets sida", "Länets text.");
    let county = (path, page.replace("publicerad =", "lan = ['skane']\npublicerad ="));
    let other = an_article("annan", "Annan", "Se [länet](/vagledning/lans-sida).");
    let portal = TestPortal::with(on, &[a_subject(), county, other]).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let draft = a_draft(&portal, &eva, "Halvfärdig text.").await;
    let page = "/redaktion/sidor/vagledning/lans-sida/";
    let rename = async |to: &str| portal.submit(&eva, &format!("{page}adress"), &form(&[("adress", to)])).await;
    for (to, told) in [
        ("lans-sida", "en annan än den som sidan har"),
        (" !! ", "en annan än den som sidan har"),
        ("annan", "Det finns redan en sida"),
        ("amne", "upptagen av något annat"),
    ] {
        let refused = rename(to).await;
        assert!(refused.status == 422 && refused.text().contains(told), "{to}: {}", refused.text());
    }
    let renamed = rename("Råd i Skåne").await;
    assert_eq!((renamed.status, renamed.header("location")), (303, "/redaktion/sidor/vagledning/rad-i-skane/"));
    let old = portal.get("/vagledning/lans-sida").await;
    assert_eq!((old.status, old.header("location")), (308, "/vagledning/rad-i-skane"));
    assert!(portal.get("/vagledning/rad-i-skane").await.text().contains("Länets text."));
    assert!(portal.get("/api/v1/sok?q=l%C3%A4nets").await.text().contains("/vagledning/rad-i-skane"));
    // What was begun goes along, and so does what the page has been.
    assert!(portal.get_as(&eva, &draft).await.text().contains("Halvfärdig text."));
    let versions = portal.get_as(&eva, "/redaktion/sidor/vagledning/rad-i-skane/versioner/").await;
    assert!(versions.text().contains("Det läsarna ser nu") && versions.text().contains("Utkastet nu"));
    assert_eq!(publish(&portal, &eva, &draft, "storlek=mindre").await.status, 303);
    assert!(portal.get("/vagledning/rad-i-skane").await.text().contains("Halvfärdig text."));
    assert!(
        portal.portal.snapshot().problems.is_empty(),
        "a link to where it was leads on: {:?}",
        portal.portal.snapshot().problems
    );
});
