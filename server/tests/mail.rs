//! Mail on its way: a mail server of Python's (aiosmtpd) that takes, delays, refuses, hangs and cuts, and letters made of
//! what somebody would like to break them with.

use crate::on_both;
use crate::outbox::{a_database, put};
use crate::portal::{On, config};
use crate::seats::{Hall, a_form, a_plan};
use anyhow::Result;
use server::config::{Config, Secret};
use server::db::Db;
use server::mail::back_off;
use server::mail::letter::{Letter, Line, Link, Sender, Text};
use server::mail::outbox::{self, Job, NewJob, Urgency};
use server::mail::worker::{Composer, Worker};
use server::mail::{Mailer, trial};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;

const NOW: i64 = 1_900_000_000;
const EVIL: [&str; 4] = [
    "Kim\r\nBcc: offer@ond.example\r\n\r\nhej",
    "Kim\nX-Ond: 1",
    "Kim\u{0}Ek",
    "\u{202e}\"<a@b>\", =?utf-8?q?=0D=0ABcc:_x?=",
];

/// Ends with the test.
struct Peer {
    child: Child,
    url: String,
    taken: Arc<Mutex<Vec<(String, String)>>>,
}

impl Peer {
    fn start() -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end/checks/smtp_peer.py");
        let python = std::env::var("FRID_TEST_PYTHON").expect("script/test sets FRID_TEST_PYTHON");
        let mut child = Command::new(python).arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = lines.next().unwrap().unwrap();
        let taken = Arc::new(Mutex::new(Vec::new()));
        let more = Arc::clone(&taken);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let line: serde_json::Value = serde_json::from_str(&line).unwrap();
                let text = |name: &str| line[name].as_str().unwrap().to_owned();
                more.lock().unwrap().push((text("to"), text("mail")));
            }
        });
        Self { child, url: format!("smtp://127.0.0.1:{port}"), taken }
    }

    /// How often each recipient's mail was taken. Written by the peer before it answers.
    fn taken(mut self) -> Vec<(String, String)> {
        drop(self.child.stdin.take());
        self.child.wait().unwrap();
        // The thread reads on until the peer's last line.
        while Arc::strong_count(&self.taken) > 1 {
            std::thread::yield_now();
        }
        let taken = self.taken.lock().unwrap();
        taken.clone()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        drop(self.child.kill());
    }
}

/// Writes to whom the job is about, and does as its kind says.
struct Writer;

impl Composer for Writer {
    async fn compose(&self, job: &Job) -> Result<Option<Letter>> {
        match job.kind.as_str() {
            "panik" => panic!("as was asked for"),
            "evig" => std::future::pending().await,
            "onodig" => Ok(None),
            "oskrivbar" => anyhow::bail!("it cannot be read just now"),
            _ => Ok(Some(a_letter(&job.subject_id))),
        }
    }
}

fn a_letter(to: &str) -> Letter {
    Letter {
        to: format!("{to}@kommun.example").parse().unwrap(),
        to_name: Line::parse("Åsa Ek"),
        subject: Line::of("Anmälan"),
        text: Text::of(&format!("Hej {to}!\n")),
        calendar: None,
        unsubscribe: None,
    }
}

fn sender() -> Sender {
    Sender::new("frid@frid.example", "Frid").unwrap()
}

fn through(url: Option<&str>, folder: &TempDir) -> Config {
    let sqlite = server::config::DatabaseUrl::Sqlite("unused".into());
    Config { smtp_url: url.map(Secret::new), ..config(sqlite, folder) }
}

fn worker(db: &Db, mailer: &Arc<Mailer>, patience: u64) -> Worker<Writer> {
    Worker::patient(Duration::from_secs(patience), db.clone(), Arc::clone(mailer), sender(), Writer)
}

fn about<'a>(cause: &'a str, kind: &'a str, subject_id: &'a str) -> NewJob<'a> {
    NewJob { cause, kind, subject_id, event_id: None, urgency: Urgency::Answer, not_before: None }
}

async fn waiting(db: &Db) -> i64 {
    outbox::measure(db, i64::MAX).await.unwrap().0
}

fn written(folder: &TempDir) -> Vec<String> {
    let files = std::fs::read_dir(folder.path().join("mail")).unwrap();
    files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

on_both!(whatever_the_mail_server_does_each_mail_arrives_once_or_is_given_up, |on| async move {
    let (db, _url, folder) = a_database(on).await;
    let peer = Peer::start();
    let mailer = Arc::new(Mailer::open(&through(Some(&peer.url), &folder)).unwrap());
    let kinds = ["ja", "senare", "nej", "langsam", "klipp", "avbrott"];
    let people: Vec<String> = kinds
        .iter()
        .flat_map(|kind| (0..if *kind == "langsam" { 1 } else { 5 }).map(move |n| format!("{kind}{n}")))
        .collect();
    put(&db, NOW, &people.iter().map(|who| about(who, "prov", who)).collect::<Vec<_>>()).await;
    // Long enough for what answers, on a machine that is busy too.
    let worker = worker(&db, &mailer, 6);
    let mut now = NOW;
    while waiting(&db).await > 0 {
        worker.drain(now).await.unwrap();
        now += 86_400;
        assert!(now < NOW + 10 * 86_400, "the queue does not drain");
    }
    let mut arrived: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (to, mail) in peer.taken() {
        arrived.entry(to.split('@').next().unwrap().to_owned()).or_default().push(mail);
    }
    let dead = outbox::list_dead(&db).await.unwrap();
    assert_eq!(dead.len(), 5);
    assert!(
        dead.iter().all(|one| one.attempts == 1 && one.problem.contains("550") && !one.problem.contains("nej")),
        "{dead:?}"
    );
    for who in people.iter().filter(|who| !who.starts_with("nej")) {
        let mails = &arrived[who];
        // Cut after all of it was handed over, before the answer: the one case in which it comes twice, known by its id.
        assert_eq!(mails.len(), if who.starts_with("klipp") { 2 } else { 1 }, "{who}");
        let id = |mail: &str| mail.lines().find(|line| line.starts_with("Message-ID:")).unwrap().to_owned();
        assert!(mails.iter().all(|mail| id(mail) == id(&mails[0])));
        // Nothing of another mail, nor of the conversation, got into it.
        assert!(
            mails.iter().all(|mail| mail.matches("Hej ").count() == 1 && mail.contains(&format!("Hej {who}!"))),
            "{mails:?}"
        );
        assert!(!mails[0].contains("NOOP") && !mails[0].contains("MAIL FROM"));
    }
    assert!(!arrived.keys().any(|who| who.starts_with("nej")));
});

on_both!(who_registers_does_not_wait_for_a_mail_server_that_does_not_answer, |on| async move {
    let hall = Arc::new(Hall::with(on, a_plan(9)).await);
    let db = hall.portal.portal.db.clone();
    let (peer, folder) = (Peer::start(), tempfile::tempdir().unwrap());
    let mailer = Arc::new(Mailer::open(&through(Some(&peer.url), &folder)).unwrap());
    let letters = hall.portal.portal.letters();
    // Would wait for its answer until the test is over.
    let worker = Worker::patient(Duration::from_secs(3_600), db.clone(), mailer, sender(), letters);
    let working = tokio::spawn(async move { worker.run(std::future::pending()).await });
    hall.events.register_at(&hall.event, a_form("langsam0"), None, server::clock::now()).await.unwrap().unwrap();
    const IN_HAND: &str = "SELECT count(*) FROM outbox WHERE attempts > 0";
    let in_hand =
        async || server::on!(&db, pool => sqlx::query_scalar::<_, i64>(IN_HAND).fetch_one(pool).await).unwrap();
    while in_hand().await == 0 {
        tokio::task::yield_now().await;
    }
    let people = (1..40).map(|number| {
        let hall = Arc::clone(&hall);
        let form = a_form(&format!("langsam{number}"));
        tokio::spawn(async move {
            hall.events.register_at(&hall.event, form, None, server::clock::now()).await.unwrap().unwrap()
        })
    });
    for person in people.collect::<Vec<_>>() {
        person.await.unwrap();
    }
    assert_eq!(waiting(&db).await, 40, "all have an answer, and no mail has been taken");
    working.abort();
    assert_eq!(peer.taken(), []);
});

on_both!(two_workers_send_each_of_three_hundred_mails_once, |on| async move {
    let (db, url, folder) = a_database(on).await;
    let causes: Vec<String> = (0..300).map(|number| format!("bekraftelse/{number}")).collect();
    put(&db, NOW, &causes.iter().map(|cause| about(cause, "prov", "kim")).collect::<Vec<_>>()).await;
    let mailer = Arc::new(Mailer::open(&through(None, &folder)).unwrap());
    let other_db = Db::open(&url).await.unwrap();
    let (one, other) = (worker(&db, &mailer, 60), worker(&other_db, &mailer, 60));
    while waiting(&db).await > 0 {
        let (by_one, by_other) = tokio::join!(one.drain(NOW), other.drain(NOW));
        by_one.unwrap();
        by_other.unwrap();
    }
    let mut ids: Vec<String> = written(&folder)
        .iter()
        .map(|mail| mail.lines().find(|line| line.starts_with("Message-ID:")).unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), 300);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 300);
});

on_both!(a_letter_that_cannot_be_written_stops_no_other, |on| async move {
    let (db, _url, folder) = a_database(on).await;
    let mailer = Arc::new(Mailer::open(&through(None, &folder)).unwrap());
    let kinds = ["panik", "evig", "oskrivbar", "onodig", "prov"];
    put(&db, NOW, &kinds.map(|kind| about(kind, kind, "kim"))).await;
    worker(&db, &mailer, 1).drain(NOW).await.unwrap();
    assert_eq!(written(&folder).len(), 1);
    let problems: Vec<(String, Option<String>)> = server::on!(&db, pool => sqlx::query_as(
        "SELECT kind, problem FROM outbox WHERE sent_at IS NULL AND dropped_at IS NULL ORDER BY kind").fetch_all(pool).await).unwrap();
    let told: Vec<_> = problems.iter().map(|(kind, problem)| (kind.as_str(), problem.as_deref().unwrap())).collect();
    assert_eq!(
        told,
        [
            ("evig", "the letter could not be composed in time"),
            ("oskrivbar", "the letter could not be composed: it cannot be read just now"),
            ("panik", "the letter could not be composed: the program stumbled over it"),
        ]
    );
    assert_eq!(outbox::standing_of(&db, "kim").await.unwrap().len(), 4, "what nobody needed any more is not told of");
});

on_both!(a_mail_that_brings_the_program_down_is_given_up_in_the_end, |on| async move {
    let (db, _url, folder) = a_database(on).await;
    let mailer = Arc::new(Mailer::open(&through(None, &folder)).unwrap());
    put(&db, NOW, &[about("a", "prov", "kim")]).await;
    let mut now = NOW;
    for _ in 0..back_off::ATTEMPTS {
        assert_eq!(outbox::claim(&db, now, 1).await.unwrap().len(), 1, "taken, and the program ends");
        now += outbox::LEASE;
    }
    assert_eq!(worker(&db, &mailer, 60).drain(now).await.unwrap(), 1);
    assert_eq!(outbox::list_dead(&db).await.unwrap()[0].problem, "each time it was to be sent the program ended");
    assert!(written(&folder).is_empty());
});

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_is_stopped_brings_what_it_holds_to_its_end() {
    let (db, _url, folder) = a_database(On::Sqlite).await;
    let mailer = Arc::new(Mailer::open(&through(None, &folder)).unwrap());
    put(&db, server::clock::now(), &[about("a", "prov", "kim")]).await;
    // Asked to stop before it has begun: what it took at its start is sent all the same.
    worker(&db, &mailer, 60).run(async {}).await;
    assert_eq!((waiting(&db).await, written(&folder).len()), (0, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_name_or_subject_adds_a_header_or_stops_a_mail() {
    let peer = Peer::start();
    let folder = tempfile::tempdir().unwrap();
    let mailer = Mailer::open(&through(Some(&peer.url), &folder)).unwrap();
    let long = "x".repeat(10_000);
    let evil = EVIL.iter().copied().chain([long.as_str(), "", "  "]);
    let mut sent = 0;
    for (number, evil) in evil.enumerate() {
        let letter = Letter {
            to_name: Line::parse(evil),
            subject: Line::of(&format!("Anmälan {evil}")),
            text: Text::of(&format!("Hej {evil}\r\n.\r\nQUIT\r\n\u{0}")),
            unsubscribe: Link::parse(&format!("https://frid.example/avsluta/{number}")),
            ..a_letter(&format!("ja{number}"))
        };
        mailer.send(letter.message(&sender(), &format!("id{number}")).unwrap()).await.unwrap();
        sent += 1;
    }
    let taken = peer.taken();
    assert_eq!(taken.len(), sent);
    for (to, mail) in taken {
        let (head, _) = mail.split_once("\r\n\r\n").unwrap();
        let mut names: Vec<&str> = head
            .split("\r\n")
            .filter(|line| !line.starts_with(' '))
            .map(|line| line.split(':').next().unwrap())
            .collect();
        names.sort_unstable();
        let expected = [
            "Auto-Submitted",
            "Content-Transfer-Encoding",
            "Content-Type",
            "Date",
            "From",
            "List-Unsubscribe",
            "List-Unsubscribe-Post",
            "MIME-Version",
            "Message-ID",
            "Subject",
            "To",
        ];
        assert_eq!(names, expected, "{to}: {head}");
        assert!(head.split("\r\n").all(|line| line.len() < 998) && !mail.contains('\u{0}'), "RFC 5322, 2.1.1: {head}");
        assert!(head.contains("From: Frid <frid@frid.example>") && head.contains("Message-ID: <id"), "{head}");
        assert!(head.contains("List-Unsubscribe: <https://frid.example/avsluta/"), "{head}");
    }
}

#[test]
fn what_a_letter_is_made_of_cannot_hold_what_breaks_a_mail() {
    for evil in &EVIL[..3] {
        assert_eq!(Line::parse(evil), None);
        assert!(!Line::of(evil).as_str().contains(char::is_control));
        assert!(format!("a@b.example{evil}").parse::<lettre::Address>().is_err());
        assert_eq!(Link::parse(&format!("https://frid.example/{evil}")), None);
    }
    assert_eq!(Line::parse(&"x".repeat(201)), None);
    assert_eq!(Line::of(&"å".repeat(10_000)).as_str().chars().count(), 200);
    for no_link in [
        "",
        "javascript:alert(1)",
        "/avsluta",
        "https://frid.example/>x",
        &format!("https://frid.example/{}", "x".repeat(900)),
    ] {
        assert_eq!(Link::parse(no_link), None);
    }
}

#[test]
fn a_letter_with_a_meeting_has_it_beside_the_text_and_as_a_file() {
    use server::calendar::{Entry, Invite, Method, When};
    let day = "2027-05-04".parse().unwrap();
    let entry = Entry {
        uid: "u@frid.example".into(),
        sequence: 1,
        when: When::Days { first: day, last: day },
        summary: "Möte".into(),
        location: String::new(),
        description: String::new(),
        url: String::new(),
        organizer: None,
        cancelled: false,
        now: "2027-01-02T03:04:05Z".parse().unwrap(),
    };
    let letter =
        Letter { calendar: Some(Invite { method: Method::Request, entry, attendee: None }), ..a_letter("kim") };
    let mail = String::from_utf8(letter.message(&sender(), "id").unwrap().formatted()).unwrap();
    for part in [
        "Content-Type: multipart/mixed;",
        "Content-Type: multipart/alternative;",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Type: text/calendar; charset=utf-8; method=REQUEST",
        "Content-Type: application/ics",
        "Content-Disposition: attachment; filename=\"kalender.ics\"",
    ] {
        assert!(mail.contains(part), "{part} is missing in\n{mail}");
    }
}

#[tokio::test]
async fn the_trial_mail_says_nothing_but_the_name() {
    let folder = tempfile::tempdir().unwrap();
    let config = through(None, &folder);
    let mail = trial(&config, "kim@kommun.example".parse().unwrap(), "id").unwrap();
    Mailer::open(&config).unwrap().send(mail).await.unwrap();
    let written = written(&folder).remove(0);
    assert!(
        written.contains("From: Frid <frid@localhost>") && written.contains("Auto-Submitted: auto-generated"),
        "{written}"
    );
}
