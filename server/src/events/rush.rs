//! The opening of a registration, measured: thousands of people, whole forms over HTTP, some sent twice or again, some
//! taken back; and the same while the server is killed over and over. What stands in the database afterwards decides.

use super::arranging::{NewEvent, arrange};
use crate::config::DatabaseUrl;
use crate::db::Db;
use crate::measured::{Server, Trouble, ask, form, free_address};
use crate::{clock, on};
use anyhow::{Context, Result, bail, ensure};
use app::events::plan::{Attendance, Contact, Limits, Plan, Track};
use app::events::{Address, Kind};
use app::routes::desk;
use app::text::dates::swedish_time;
use jiff::ToSpan;
use std::collections::VecDeque;
use std::fmt;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How many come, and how.
#[derive(Debug, Clone, Copy)]
pub struct Rush {
    pub people: usize,
    pub seats: u32,
    pub connections: usize,
    /// The server is killed each time after so long, until everybody has an answer.
    pub kill_every: Option<Duration>,
}

/// What came of it.
#[derive(Debug)]
pub struct Outcome {
    database: &'static str,
    rush: Rush,
    posts: usize,
    seconds: f64,
    /// In milliseconds, of every post that was answered, the slowest last.
    waited: Vec<f64>,
    kills: usize,
}

/// Starts a server of its own, lets everybody come, and holds what is written down against what was answered. An error
/// says what was wrong.
pub async fn run(rush: Rush, folder: &Path, postgres: Option<&str>, tell: &mut dyn FnMut(&str)) -> Result<Outcome> {
    let url = match postgres {
        Some(url) => DatabaseUrl::parse(url).context("the address of PostgreSQL cannot be read")?,
        None => DatabaseUrl::Sqlite(folder.join("frid.db").display().to_string()),
    };
    let server =
        Server { addr: free_address().await?, folder: folder.to_owned(), postgres: postgres.map(str::to_owned) };
    let mut child = server.start().await?;
    let db = Db::open(&url).await?;
    let address =
        Address { kind: Kind::Conference, series: String::new(), slug: format!("rusning-{}", &clock::new_id()[..8]) };
    let mut tx = db.begin().await?;
    let new = NewEvent { address: &address, county: None, plan: &plan(rush.seats), published_at: Some(clock::now()) };
    let event = arrange(&mut tx, clock::now(), &new).await?.context("the event could not be arranged")?;
    tx.commit().await?;

    tell("letting everybody come");
    let crowd = Arc::new(Crowd::new(&server, &address, rush));
    let (done, milliseconds) = {
        let coming: Vec<_> = (0..rush.connections)
            .map(|_| {
                tokio::spawn({
                    let crowd = Arc::clone(&crowd);
                    async move { crowd.come().await }
                })
            })
            .collect();
        let start = clock::stopwatch();
        let mut kills = 0;
        let mut coming = futures::future::join_all(coming);
        let done = loop {
            let Some(every) = rush.kill_every else { break (&mut coming).await };
            match tokio::time::timeout(every, &mut coming).await {
                Ok(done) => break done,
                Err(_) => {
                    child.kill().await?;
                    kills += 1;
                    child = server.start().await?;
                }
            }
        };
        ((done, kills), start())
    };
    let ((done, kills), seconds) = (done, milliseconds / 1000.0);
    for came in done {
        came??;
    }
    let crowd = Arc::into_inner(crowd).context("somebody is still coming")?;
    let answered = crowd.answered.into_inner().map_err(|_| anyhow::anyhow!("somebody fell"))?;
    tell("looking at what is written down");
    audit(&db, &event, rush, &answered).await?;
    child.kill().await?;
    let mut waited: Vec<f64> = answered.iter().map(|answer| answer.milliseconds).collect();
    waited.sort_by(f64::total_cmp);
    Ok(Outcome { database: db.name(), rush, posts: answered.len(), seconds, waited, kills })
}

fn plan(seats: u32) -> Plan {
    let now = swedish_time(clock::now());
    let later = |days: i64| now.checked_add(days.days()).unwrap_or(now);
    Plan {
        title: "Rusning".into(),
        lead: "Ett prov.".into(),
        text: String::new(),
        audiences: vec![],
        starts: later(60),
        ends: later(61),
        place: None,
        programme: vec![],
        speakers: vec![],
        tracks: vec![Track {
            id: "plats".into(),
            name: "På plats".into(),
            attendance: Attendance::OnSite,
            seats: Some(seats),
            approval: false,
            price: 0,
            broadcast: String::new(),
            limits: Limits::default(),
        }],
        opens: later(-1),
        closes: later(50),
        limited_by: None,
        questions: vec![],
        asks_needs: true,
        largest_party: 1,
        offer_hours: 0,
        by_invitation: false,
        fee: None,
        contact: Contact { name: "Kansliet".into(), email: "kansli@lst.example".into(), phone: String::new() },
        open_mail: false,
        example: false,
        summary: String::new(),
        open_questions: vec![],
        survey: vec![],
    }
}

/// Everybody who comes: each form is sent until it is answered.
struct Crowd {
    addr: SocketAddr,
    path: String,
    waiting: Mutex<VecDeque<Visit>>,
    answered: Mutex<Vec<Answered>>,
    refused: AtomicUsize,
}

#[derive(Debug, Clone)]
enum Visit {
    Register { person: usize },
    Cancel { token: String },
}

struct Answered {
    visit: Visit,
    token: String,
    milliseconds: f64,
}

impl Crowd {
    fn new(server: &Server, address: &Address, rush: Rush) -> Self {
        let mut waiting = VecDeque::with_capacity(rush.people * 12 / 10);
        for person in 0..rush.people {
            waiting.push_back(Visit::Register { person });
            // A double click: the same form on two connections at once.
            if person % 10 == 0 {
                waiting.push_back(Visit::Register { person });
            }
        }
        Self {
            addr: server.addr,
            path: desk::register(address),
            waiting: Mutex::new(waiting),
            answered: Mutex::new(Vec::new()),
            refused: AtomicUsize::new(0),
        }
    }

    async fn come(&self) -> Result<()> {
        let mut connection = None;
        let mut pause = tokio::time::interval(Duration::from_millis(20));
        loop {
            let next = self.waiting.lock().ok().and_then(|mut waiting| waiting.pop_front());
            let Some(visit) = next else { return Ok(()) };
            let request = self.request(&visit);
            let start = clock::stopwatch();
            let to = loop {
                match ask(&mut connection, self.addr, &request).await {
                    Ok(to) => break to,
                    // The server has gone: the same form again, as a person would.
                    Err(Trouble::Gone) => {
                        connection = None;
                        pause.tick().await;
                    }
                    Err(Trouble::Refused(answer)) => {
                        self.refused.fetch_add(1, Ordering::Relaxed);
                        bail!("a form was refused: {answer}");
                    }
                }
            };
            let milliseconds = start();
            let token =
                to.trim_end_matches('/').rsplit('/').next().unwrap_or("").split('?').next().unwrap_or("").to_owned();
            if let (Visit::Register { person }, Ok(mut waiting)) = (&visit, self.waiting.lock()) {
                // Somebody who saw no answer and sent the form once more; somebody who cannot come after all.
                if person % 20 == 7 && !self.is_known(*person) {
                    waiting.push_back(visit.clone());
                }
                if person % 50 == 3 {
                    waiting.push_back(Visit::Cancel { token: token.clone() });
                }
            }
            if let Ok(mut answered) = self.answered.lock() {
                answered.push(Answered { visit, token, milliseconds });
            }
        }
    }

    fn is_known(&self, person: usize) -> bool {
        let known = |answer: &Answered| matches!(answer.visit, Visit::Register { person: other } if other == person);
        self.answered.lock().is_ok_and(|answered| answered.iter().any(known))
    }

    fn request(&self, visit: &Visit) -> Vec<u8> {
        let (path, fields) = match visit {
            Visit::Register { person } => (
                self.path.clone(),
                format!(
                    "nyckel={person:032x}&deltagande=plats&namn=Person+nummer+{person}&epost=person{person}%40kommun.example\
                     &organisation=Prov%C3%A5sens+kommun&lan=skane&roll=socialsekreterare&kost=Laktosfritt&tillganglighet="
                ),
            ),
            Visit::Cancel { token } => (desk::opened(desk::CANCEL, token), "ja=1".to_owned()),
        };
        form(self.addr, &path, &fields)
    }
}

/// Exactly so many seats, one unbroken line in the order in which they came, nobody lost, nobody twice, one mail for each
/// cause.
async fn audit(db: &Db, event: &str, rush: Rush, answered: &[Answered]) -> Result<()> {
    const ROWS: &str =
        "SELECT number, queued, standing, token_hash FROM registrations WHERE event_id = $1 ORDER BY number";
    const LETTERS: &str = "SELECT count(*) FROM outbox o JOIN registrations r ON r.id = o.subject_id \
         WHERE r.event_id = $1 AND o.cause LIKE 'besked/%/0/0'";
    const TWICE: &str = "SELECT count(*) - count(DISTINCT cause) FROM outbox";
    let rows: Vec<(i64, i64, String, String)> =
        on!(db, pool => sqlx::query_as(ROWS).bind(event).fetch_all(pool).await)?;
    ensure!(rows.len() == rush.people, "{} people came, {} are written down", rush.people, rows.len());
    let in_order = rows.iter().zip(1..).all(|((number, ..), expected)| *number == expected);
    ensure!(in_order, "the numbers have a gap");
    let seated = rows.iter().filter(|(_, _, standing, _)| standing == "seated").count();
    ensure!(seated == rush.seats as usize, "{seated} sit on {} seats", rush.seats);
    // Nobody behind somebody who waits has been given a seat.
    let first_waiting = rows.iter().find(|(_, _, standing, _)| standing == "waiting").map_or(i64::MAX, |row| row.0);
    let last_seated = rows.iter().filter(|row| row.2 == "seated").map(|row| row.0).max().unwrap_or(0);
    ensure!(last_seated < first_waiting, "number {last_seated} sits, while number {first_waiting} waits");
    ensure!(rows.iter().all(|(number, queued, ..)| number == queued), "somebody has lost their place in line");
    let known: std::collections::HashMap<&str, i64> = rows.iter().map(|row| (row.3.as_str(), row.0)).collect();
    let mut of_person = std::collections::HashMap::new();
    for answer in answered {
        let number = known.get(crate::accounts::tokens::hash(&answer.token).as_str());
        match (&answer.visit, number) {
            (Visit::Register { person }, Some(number)) => {
                ensure!(
                    of_person.insert(*person, *number).is_none_or(|before| before == *number),
                    "person {person} has two numbers"
                );
            }
            (Visit::Register { person }, None) => bail!("person {person} was answered, but is not written down"),
            (Visit::Cancel { .. }, _) => {}
        }
    }
    ensure!(of_person.len() == rush.people, "{} of {} people were answered", of_person.len(), rush.people);
    let letters: i64 = on!(db, pool => sqlx::query_scalar(LETTERS).bind(event).fetch_one(pool).await)?;
    ensure!(letters == i64::try_from(rush.people)?, "{letters} letters for {} people", rush.people);
    let twice: i64 = on!(db, pool => sqlx::query_scalar(TWICE).fetch_one(pool).await)?;
    ensure!(twice == 0, "{twice} causes have two letters");
    Ok(())
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { database, rush, posts, seconds, waited, kills } = self;
        let at = |share: f64| waited.get(((waited.len() - 1) as f64 * share) as usize).copied().unwrap_or(0.0);
        writeln!(
            f,
            "{database}: {} people, {} seats, {} connections: exactly {} seated, one unbroken line, nobody lost, nobody twice",
            rush.people, rush.seats, rush.connections, rush.seats
        )?;
        write!(
            f,
            "{database}: {posts} forms in {seconds:.2} s, {:.0} registrations/s; p50 {:.0} ms, p99 {:.0} ms, max {:.0} ms",
            rush.people as f64 / seconds,
            at(0.5),
            at(0.99),
            at(1.0)
        )?;
        if *kills > 0 {
            write!(f, "; the server was killed {kills} times")?;
        }
        Ok(())
    }
}
