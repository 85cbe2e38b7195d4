//! Courses through the same front as a browser: answered without a trace, kept by a code, done, certified, renewed; numbers;
//! packages.

use crate::on_both;
use crate::organising::encoded;
use crate::pdf::{read, told_by};
use crate::portal::{Answer, On, TestPortal};
use app::certificates::code::Code;
use app::courses::grammar::Task;
use app::courses::marking::right_answer;
use app::courses::{Course, Learning, Module, Shown};
use app::viewer::Role;
use server::courses::groups::StoredGroups;
use server::courses::purge;
use server::library::import::File;
use server::mail::Mailer;
use server::mail::letter::Sender;
use server::mail::worker::Worker;
use server::{clock, on};
use std::sync::Arc;

const DAY: i64 = 24 * 60 * 60;

fn a_module(title: &str, version: u32, cites: &str) -> String {
    let question = |id: &str| {
        format!(
            "```fraga enval {id}\nVad gör du?\n\n- [ ] Väntar.\n  > Nej, det är för sent då.\n- [x] Anmäler.\n  > Ja, genast.\n\n\
             Grund: {cites}\n```\n\n"
        )
    };
    let order = "```fraga ordning ordning\nI vilken ordning?\n\n1. Först\n2. Sedan\n3. Sist\n\nRätt: Ja.\nFel: Nej.\nGrund: SoL\n```\n\n\
                 ```fraga flerval flera\nVilka?\n\n- [x] A\n  > Ja.\n- [x] B\n  > Ja.\n- [ ] C\n  > Nej.\n\nGrund: SoL\n```\n\n\
                 ```fraga fall kvall\nKvällen.\n\n== start\nVad gör du?\n- Går hem. -> illa\n- Ringer. -> bra\n\n== illa\nFel.\nUtfall: fel\n\n\
                 == bra\nRätt.\nUtfall: rätt\n\nGrund: SoL\n```\n\n```fraga reflektion hos-er\nHur gör ni?\n```\n";
    format!(
        "+++\ntitel = '{title}'\ningress = 'Om {title}.'\nversion = {version}\nminuter = 10\nmal = ['göra rätt']\n\
         samtal = ['Hur gör ni?']\nlagrum_datum = 2026-07-09\n+++\n\n## Kort sagt\n\nAnmäl genast ({cites}).\n\n{}{}{order}",
        question("en"),
        question("tva")
    )
}

pub fn a_course(modules: &[(&str, u32)]) -> Vec<File> {
    let names: Vec<String> = modules.iter().map(|(slug, _)| format!("'{slug}'")).collect();
    let course = format!(
        "titel = 'Provkurs'\ningress = 'En kurs.'\nversion = 1\ngodkant = 80\nmalgrupper = ['skola']\nmoduler = [{}]\n\
         publicerad = 2026-11-01\nuppdaterad = 2026-11-01\ngranskad = 2026-11-01\n",
        names.join(", ")
    );
    let mut files: Vec<File> = vec![("kurser/prov/kurs.toml".into(), course)];
    files.extend(modules.iter().map(|(slug, version)| {
        (format!("kurser/prov/{slug}.md"), a_module(slug, *version, "4 kap. 1 § SOSFS 2014:4"))
    }));
    files
}

pub const TWO: [(&str, u32); 2] = [("ett", 1), ("tva", 1)];

pub fn course(portal: &TestPortal) -> Arc<Course> {
    portal.portal.snapshot().services.courses.course("prov").unwrap()
}

/// The right answer, or a wrong one, as a browser sends it.
pub fn filled(shown: &Shown, right: bool) -> Vec<(String, String)> {
    let question = &shown.question;
    let answer = right_answer(question).unwrap();
    let mut numbers: Vec<usize> = answer.numbers().to_vec();
    if !right {
        match &question.task {
            Task::One(_) | Task::Case(_) => numbers = vec![1],
            Task::Several(_) => numbers = vec![3],
            _ => numbers.swap(0, 1),
        }
    }
    let parts = matches!(question.task, Task::Order { .. } | Task::Match { .. });
    let field = |(at, number): (usize, &usize)| {
        (if parts { format!("del-{}", at + 1) } else { "svar".to_owned() }, number.to_string())
    };
    let fields = numbers.iter().enumerate().map(field);
    fields.chain([("fraga".to_owned(), question.id.clone())]).collect()
}

fn form(fields: &[(String, String)]) -> String {
    encoded(&fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>())
}

pub async fn send(portal: &TestPortal, path: &str, fields: &[(String, String)]) -> Answer {
    portal.submit("", path, &form(fields)).await
}

/// Everything of a module answered rightly, at that address.
pub async fn answer_all(portal: &TestPortal, path: &str, module: &Module) {
    for shown in module.shown().filter(|shown| shown.question.counts()) {
        let answer = send(portal, path, &filled(shown, true)).await;
        assert_eq!(answer.status, 303, "{}: {}", shown.question.id, answer.text());
    }
}

/// Saves nothing yet, and returns where the way is found again.
pub async fn begin(portal: &TestPortal, email: &str) -> String {
    let first = course(portal).modules[0].slug.clone();
    let fields = [("kurs", "prov"), ("modul", first.as_str()), ("hittills", "en=2"), ("epost", email)];
    let kept = portal.submit("", "/utbildning/mina-kurser/", &encoded(&fields)).await;
    assert_eq!(kept.status, 303, "{}", kept.text());
    kept.header("location").split('?').next().unwrap().to_owned()
}

pub async fn count(portal: &TestPortal, sql: &'static str) -> i64 {
    on!(&portal.portal.db, pool => sqlx::query_scalar(sql).fetch_one(pool).await).unwrap()
}

on_both!(answers_go_along_and_nothing_is_kept_until_somebody_asks, |on| async move {
    let portal = TestPortal::with(on, &a_course(&TWO)).await;
    let path = "/utbildning/kurser/prov/ett/svar";
    let course = course(&portal);
    let module = &course.modules[0];
    let first = send(&portal, path, &filled(module.find("en").unwrap(), false)).await;
    assert!(first.status == 200 && first.text().contains("Inte riktigt.") && first.text().contains("det är för sent"));
    assert!(first.text().contains("value=\"en=1\""), "what was answered goes along");
    let mut second = filled(module.find("tva").unwrap(), true);
    second.push(("hittills".into(), "en=1".into()));
    let second = send(&portal, path, &second).await;
    assert!(second.text().contains("value=\"en=1;tva=2\"") && second.text().contains("Du har svarat på 2 av 5"));
    let nothing = send(&portal, path, &[("fraga".into(), "en".into())]).await;
    assert!(nothing.status == 422 && nothing.text().contains("Välj ett svar först."));
    let half = [("fraga", "ordning"), ("del-1", "1")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert!(send(&portal, path, &half).await.text().contains("Välj för varje rad."));
    assert_eq!(count(&portal, "SELECT count(*) FROM course_takings").await, 0);
    assert_eq!(portal.get(path).await.header("location"), "/utbildning/kurser/prov/ett/");
});

on_both!(a_course_is_kept_by_its_code_done_and_certified, |on| async move {
    let portal = TestPortal::with(on, &a_course(&TWO)).await;
    let own = begin(&portal, "").await;
    let course = course(&portal);
    let page = portal.get(&own).await;
    assert!(page.text().contains("Påbörjad: 1 av 5"), "{}", page.text());
    assert_eq!(portal.get(&format!("{own}intyg")).await.status, 303, "not yet");
    for module in &course.modules {
        answer_all(&portal, &format!("{own}{}/", module.slug), module).await;
    }
    assert!(portal.get(&own).await.text().contains("Kursen är klar"));
    // What is answered wrongly afterwards takes nothing away.
    let wrong = filled(course.modules[0].find("en").unwrap(), false);
    assert_eq!(send(&portal, &format!("{own}ett/"), &wrong).await.status, 303);
    assert!(portal.get(&own).await.text().contains("Kursen är klar"));

    let nameless = portal.submit("", &format!("{own}intyg"), "namn=").await;
    assert!(nameless.status == 422 && nameless.text().contains("Skriv namnet"));
    let about = encoded(&[("namn", "Kanarie Fågel"), ("lan", "skane"), ("yrke", "skola")]);
    let paper = portal.submit("", &format!("{own}intyg"), &about).await;
    assert_eq!((paper.status, paper.header("content-type")), (200, "application/pdf"));
    let told = read(&paper.bytes).to_string();
    assert!(told.contains("Kanarie Fågel") && told.contains("Provkurs"), "{told}");
    let again = portal.submit("", &format!("{own}intyg"), &about).await;
    assert_eq!(again.status, 200);
    assert_eq!(count(&portal, "SELECT count(*) FROM course_certificates").await, 1, "the same each time");
    assert_eq!(count(&portal, "SELECT CAST(SUM(many) AS BIGINT) FROM course_numbers").await, 1, "counted once");
    let code: String = on!(&portal.portal.db, pool => sqlx::query_scalar("SELECT code FROM course_certificates")
        .fetch_one(pool).await)
    .unwrap();
    let check = portal.get(&format!("/intyg/{code}/")).await;
    assert!(check.text().contains("Intyget är äkta") && check.text().contains("Provkurs"));
    assert!(!check.text().contains("Kanarie"), "whose it is stands nowhere");

    // Found again by the code as it is read out, and gone when it is asked to be.
    let key = own.trim_end_matches('/').rsplit('/').next().unwrap();
    let spoken = Code::parse(key).unwrap().to_string().to_lowercase();
    let typed = portal.submit("", "/utbildning/mina-kurser/", &encoded(&[("kod", &spoken)])).await;
    assert_eq!(typed.header("location"), own);
    for (typed, told) in [("K7QM", "inte rätt skriven"), ("0000-0000-0000", "Ingen kurs är sparad")] {
        let answer = portal.submit("", "/utbildning/mina-kurser/", &encoded(&[("kod", typed)])).await;
        assert!(answer.status == 422 && answer.text().contains(told), "{typed}");
    }
    assert_eq!(portal.submit("", &format!("{own}radera"), "").await.status, 200);
    assert_eq!(portal.get(&own).await.status, 410);
    assert_eq!(count(&portal, "SELECT count(*) FROM course_answers").await, 0);
    assert_eq!(portal.get(&format!("/intyg/{code}/")).await.status, 200, "the certificate stays");
});

on_both!(a_certificate_knows_what_has_changed_since, |on| async move {
    let seven: Vec<(String, u32)> = (1..=7).map(|at| (format!("modul-{at}"), 1)).collect();
    let modules: Vec<(&str, u32)> = seven.iter().map(|(slug, version)| (slug.as_str(), *version)).collect();
    let mut files = a_course(&modules);
    for path in [
        "regler/sosfs-2014-4.md",
        "regler/hslf-fs-2022-39.md",
        "forkortningar.toml",
        "motsvarigheter/vald-i-nara-relationer.toml",
    ] {
        files.push((path.into(), shipped(path)));
    }
    let portal = TestPortal::with(on, &files).await;
    let own = begin(&portal, "").await;
    let before = course(&portal);
    for module in &before.modules {
        answer_all(&portal, &format!("{own}{}/", module.slug), module).await;
    }
    portal.submit("", &format!("{own}intyg"), "namn=Kim").await;
    let code: String = on!(&portal.portal.db, pool => sqlx::query_scalar("SELECT code FROM course_certificates")
        .fetch_one(pool).await)
    .unwrap();
    let check = portal.get(&format!("/intyg/{code}/")).await;
    assert!(!check.text().contains("Uppdateringspass"), "nothing has changed");
    assert!(check.text().contains("Byggde på") && check.text().contains("SOSFS 2014:4"), "{}", check.text());

    // One of the seven changes.
    portal
        .portal
        .edit("kurser/prov/modul-4.md", &a_module("modul-4", 2, "7 kap. 2 § HSLF-FS 2022:39"), true)
        .await
        .unwrap();
    let now = course(&portal);
    assert_eq!((before.version, now.version), (1, 2));
    let check = portal.get(&format!("/intyg/{code}/")).await;
    assert!(check.text().contains("Intyget är äkta") && check.text().contains("Uppdateringspass"));
    let update = portal.submit("", "/utbildning/uppdatera", &encoded(&[("kod", &code)])).await;
    let update = update.header("location").split('?').next().unwrap().to_owned();
    let page = portal.get(&update).await;
    let listed = (1..=7).filter(|at| page.text().contains(&format!(">modul-{at}</a>"))).collect::<Vec<_>>();
    assert_eq!(listed, [4], "{}", page.text());
    answer_all(&portal, &format!("{update}modul-4/"), now.module("modul-4").unwrap()).await;
    assert!(portal.get(&update).await.text().contains("Uppdateringen är klar"));
    assert_eq!(portal.submit("", &format!("{update}intyg"), "namn=Kim").await.status, 200);
    let check = portal.get(&format!("/intyg/{code}/")).await;
    assert!(check.text().contains("Innehavaren har sedan dess gjort en uppdatering"));
    // Who was in the middle of the course keeps what is done.
    assert!(portal.get(&own).await.text().contains("Kursen är klar"));
});

fn shipped(path: &str) -> String {
    server::library::import::shipped().into_iter().find(|(known, _)| known == path).unwrap().1
}

on_both!(many_answers_at_once_are_all_kept, |on| async move {
    let portal = Arc::new(TestPortal::with(on, &a_course(&TWO)).await);
    let own = begin(&portal, "").await;
    let course = course(&portal);
    let sent = (0..100).map(|at| {
        let (portal, own, course) = (Arc::clone(&portal), own.clone(), Arc::clone(&course));
        tokio::spawn(async move {
            let module = &course.modules[at % 2];
            let questions: Vec<_> = module.shown().filter(|shown| shown.question.counts()).collect();
            let fields = filled(questions[at / 2 % questions.len()], true);
            send(&portal, &format!("{own}{}/", module.slug), &fields).await.status
        })
    });
    for answer in sent.collect::<Vec<_>>() {
        assert_eq!(answer.await.unwrap(), 303);
    }
    assert_eq!(count(&portal, "SELECT count(*) FROM course_answers").await, 10);
    assert_eq!(count(&portal, "SELECT count(*) FROM course_modules_done").await, 2);
    // Two who fetch the certificate at the same time get the same.
    let key = Code::parse(own.trim_end_matches('/').rsplit('/').next().unwrap()).unwrap();
    let learning = &portal.portal.stores.learning;
    let taking = learning.taking(&key).await.unwrap().unwrap();
    let codes =
        futures::future::join_all((0..8).map(|_| learning.complete(&taking, &course, Some(Default::default())))).await;
    let mut codes: Vec<Code> = codes.into_iter().map(Result::unwrap).collect();
    codes.dedup();
    assert_eq!((codes.len(), count(&portal, "SELECT CAST(SUM(many) AS BIGINT) FROM course_numbers").await), (1, 1));
});

on_both!(the_link_comes_by_mail_and_the_address_is_forgotten, |on| async move {
    let portal = TestPortal::with(on, &a_course(&TWO)).await;
    let own = begin(&portal, "kim@kanarie.example").await;
    let bad = portal.submit("", "/utbildning/mina-kurser/", "kurs=prov&modul=ett&epost=kim").await;
    assert!(bad.status == 422 && bad.text().contains("Läs av adressen igen"));
    let portal_ref = &portal.portal;
    let mailer = Arc::new(Mailer::open(&portal_ref.config).unwrap());
    let sender = Sender::new(&portal_ref.config.mail_from, "Frid").unwrap();
    Worker::new(portal_ref.db.clone(), mailer, sender, portal_ref.letters()).drain(clock::now()).await.unwrap();
    let mails: Vec<_> = std::fs::read_dir(portal_ref.config.data.join("mail")).unwrap().collect();
    assert_eq!(mails.len(), 1);
    let mail = std::fs::read_to_string(mails[0].as_ref().unwrap().path()).unwrap().replace("=\r\n", "");
    assert!(mail.contains("kim@kanarie.example") && mail.contains(&own), "{mail}");
    purge(&portal_ref.db, clock::now()).await.unwrap();
    assert_eq!(count(&portal, "SELECT count(*) FROM course_letters").await, 0);
});

on_both!(what_nobody_uses_is_forgotten, |on| async move {
    let portal = TestPortal::with(on, &a_course(&TWO)).await;
    begin(&portal, "").await;
    let groups = StoredGroups(portal.portal.db.clone());
    let leader = groups.begin_at("prov", "ett", clock::now()).await.unwrap();
    let code = groups.led_at(&leader, clock::now()).await.unwrap().unwrap().code;
    groups.join_at(&code, clock::now()).await.unwrap().unwrap();
    assert_eq!(purge(&portal.portal.db, clock::now() + DAY - 60).await.unwrap(), 0);
    assert_eq!(purge(&portal.portal.db, clock::now() + DAY + 60).await.unwrap(), 1, "the group");
    assert!(groups.led_at(&leader, clock::now()).await.unwrap().is_none());
    assert_eq!(count(&portal, "SELECT count(*) FROM course_group_members").await, 0);
    assert_eq!(purge(&portal.portal.db, clock::now() + 366 * DAY).await.unwrap(), 1, "the way");
    assert_eq!(count(&portal, "SELECT count(*) FROM course_answers").await, 0);
});

on_both!(numbers_are_shown_when_they_are_not_few, |on| async move {
    let portal = TestPortal::with(on, &a_course(&TWO)).await;
    const ADD: &str = "INSERT INTO course_numbers (course, year, county, profession, many) VALUES \
         ('prov', 2026, 'skane', 'skola', 12), ('prov', 2026, 'skane', 'tandvard', 4), ('prov', 2026, 'uppsala', 'skola', 4)";
    on!(&portal.portal.db, pool => sqlx::query(ADD).execute(pool).await.map(drop)).unwrap();
    let page = portal.get("/lan/skane/statistik/").await;
    assert!(
        page.text().contains("12 personer.") && !page.text().contains(">16<") && !page.text().contains("16 personer"),
        "{}",
        page.text()
    );
    assert!(!page.text().contains("Tandvård"), "nothing tells that there were any");
    assert!(page.text().contains("<svg") && page.text().contains("role=\"img\""));
    let csv = portal.get("/lan/skane/statistik.csv").await;
    assert_eq!(csv.text(), "\u{feff}Län;Kurs;År;Yrke;Antal\nSkåne län;prov;2026;Skola och förskola;12\n");
    assert!(portal.get("/lan/uppsala/statistik/").await.text().contains("Det finns inga siffror att visa än."));
    assert_eq!(portal.get("/lan/ingenstans/statistik/").await.status, 404);
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let staff = portal.get_as(&eva, "/redaktion/kursstatistik/").await;
    assert!(staff.status == 200 && staff.text().contains("<td>12</td>") && !staff.text().contains("<td>16</td>"));
    assert_ne!(portal.get("/redaktion/kursstatistik/").await.status, 200);
});

#[tokio::test(flavor = "multi_thread")]
async fn a_package_is_whole_valid_and_the_same_each_time() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    for slug in ["hedersrelaterat-vald-och-fortryck", "vald-i-nara-relationer-grund"] {
        let path = format!("/utbildning/ladda-ner/{slug}.scorm12.zip");
        let package = portal.get(&path).await;
        assert_eq!((package.status, package.header("content-type")), (200, "application/zip"));
        let other = TestPortal::shipped(On::Sqlite).await.get(&path).await;
        assert!(package.bytes == other.bytes, "another machine makes the same");
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&package.bytes)).unwrap();
        let mut names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
        names.sort();
        assert_eq!(names, ["course.js", "imsmanifest.xml", "index.html", "player.js", "style.css"]);
        let mut text = |name: &str| std::io::read_to_string(zip.by_name(name).unwrap()).unwrap();
        let page = text("index.html");
        // Links may lead to the portal; nothing is loaded from there.
        assert!(!page.contains("src=\"http") && !page.contains("src=\"/") && !page.contains("<form method"));
        assert!(!text("style.css").contains("url(") && page.contains("data-kind=\"fall\""));
        let valid = told_by("scorm.py", &package.bytes);
        assert_eq!(valid["faults"], serde_json::json!([]), "{valid}");
    }
    assert_eq!(portal.get("/utbildning/ladda-ner/finns-inte.scorm12.zip").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shipped_courses_are_whole() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let courses = portal.portal.snapshot().services.courses.courses().to_vec();
    let modules: Vec<usize> = courses.iter().map(|course| course.modules.len()).collect();
    assert_eq!(modules, [7, 4]);
    for module in courses.iter().flat_map(|course| &course.modules) {
        let asked = module.questions().count();
        assert!(asked >= 9, "{}: {asked} questions and cases", module.slug);
        assert!(module.cites.len() >= 3 && module.goals.len() >= 2 && module.talk.len() >= 3, "{}", module.slug);
        for question in module.questions() {
            let grounded = question.ground.is_some() || !question.counts();
            assert!(grounded, "{}: {}", module.slug, question.id);
        }
    }
    let faults = &portal.portal.snapshot().problems;
    assert!(faults.is_empty(), "{faults:?}");
}
