//! A county that takes a course on the same morning, measured: each answer is a whole form over HTTP, and kept when it is
//! answered. What stands in the database afterwards decides.

use crate::config::DatabaseUrl;
use crate::db::Db;
use crate::library::import;
use crate::library::shelf::Shelf;
use crate::measured::{Server, Trouble, ask, form, free_address};
use crate::{clock, on};
use anyhow::{Context, Result, bail, ensure};
use app::courses::Courses;
use app::courses::grammar::Task;
use app::routes::desk;
use std::fmt;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// What came of it.
#[derive(Debug)]
pub struct Outcome {
    database: &'static str,
    takers: usize,
    pause: Duration,
    seconds: f64,
    /// In milliseconds, of every answer, the slowest last.
    waited: Vec<f64>,
}

/// Every taker answers all questions of a course's first two modules, with `pause` for thought before each.
pub async fn run(
    takers: usize,
    pause: Duration,
    folder: &Path,
    postgres: Option<&str>,
    tell: &mut dyn FnMut(&str),
) -> Result<Outcome> {
    let url = match postgres {
        Some(url) => DatabaseUrl::parse(url).context("the address of PostgreSQL cannot be read")?,
        None => DatabaseUrl::Sqlite(folder.join("frid.db").display().to_string()),
    };
    let server =
        Server { addr: free_address().await?, folder: folder.to_owned(), postgres: postgres.map(str::to_owned) };
    let mut child = server.start().await?;
    let db = Db::open(&url).await?;
    let before = kept(&db).await?;
    let forms = Arc::new(forms()?);
    tell(&format!("{takers} people answer, with {} ms for thought", pause.as_millis()));
    let taking = (0..takers).map(|_| tokio::spawn(take(server.addr, Arc::clone(&forms), pause)));
    let start = clock::stopwatch();
    let done = futures::future::join_all(taking.collect::<Vec<_>>()).await;
    let seconds = start() / 1000.0;
    let mut waited = Vec::new();
    for one in done {
        waited.extend(one??);
    }
    let kept = kept(&db).await? - before;
    let asked = i64::try_from(takers * forms.1.len())?;
    ensure!(kept == asked, "{asked} answers were given, {kept} are kept");
    child.kill().await?;
    waited.sort_by(f64::total_cmp);
    Ok(Outcome { database: db.name(), takers, pause, seconds, waited })
}

async fn kept(db: &Db) -> Result<i64> {
    Ok(on!(db, pool => sqlx::query_scalar("SELECT count(*) FROM course_answers").fetch_one(pool).await)?)
}

/// The form that begins, and those that answer: the module and its fields.
type Forms = (String, Vec<(String, String)>);

fn forms() -> Result<Forms> {
    let files = import::shipped();
    let texts = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let shelf = Shelf::build(texts, 0, clock::today()).0;
    let course = shelf.courses().first().context("there is no course")?.clone();
    let first = course.modules.first().context("the course has no module")?;
    let mut answers = Vec::new();
    for module in course.modules.iter().take(2) {
        for question in module.questions() {
            let fields = match &question.task {
                Task::One(_) | Task::Several(_) | Task::Case(_) => "svar=1".to_owned(),
                Task::Order { parts, .. } => parts_in_order(parts.len()),
                Task::Match { pairs, .. } => parts_in_order(pairs.len()),
                Task::Reflect { .. } => continue,
            };
            answers.push((module.slug.clone(), format!("fraga={}&{fields}", question.id)));
        }
    }
    Ok((format!("kurs={}&modul={}", course.slug, first.slug), answers))
}

fn parts_in_order(parts: usize) -> String {
    (1..=parts).map(|part| format!("del-{part}={part}")).collect::<Vec<_>>().join("&")
}

async fn take(addr: SocketAddr, forms: Arc<Forms>, pause: Duration) -> Result<Vec<f64>> {
    let (begin, answers) = forms.as_ref();
    let mut connection = None;
    let begun = send(&mut connection, addr, desk::OWN_COURSES, begin).await?;
    let key = begun.split('?').next().unwrap_or_default().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let mut waited = Vec::with_capacity(answers.len());
    for (module, fields) in answers {
        // Not all at the same moment.
        tokio::time::sleep(pause.mul_f64(2.0 * clock::chance())).await;
        let start = clock::stopwatch();
        send(&mut connection, addr, &desk::own_module(key, module), fields).await?;
        waited.push(start());
    }
    Ok(waited)
}

async fn send(
    connection: &mut Option<tokio::io::BufReader<tokio::net::TcpStream>>,
    addr: SocketAddr,
    path: &str,
    fields: &str,
) -> Result<String> {
    match ask(connection, addr, &form(addr, path, fields)).await {
        Ok(to) => Ok(to),
        Err(Trouble::Refused(answer)) => bail!("{path} was refused: {answer}"),
        Err(Trouble::Gone) => bail!("the server hung up at {path}"),
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { database, takers, pause, seconds, waited } = self;
        let at = |share: f64| waited.get(((waited.len() - 1) as f64 * share) as usize).copied().unwrap_or(0.0);
        write!(
            f,
            "{database}: {takers} at once, {} ms for thought: {} answers in {seconds:.2} s, {:.0}/s, all kept; p50 {:.0} ms, \
             p99 {:.0} ms, max {:.0} ms",
            pause.as_millis(),
            waited.len(),
            waited.len() as f64 / seconds,
            at(0.5),
            at(0.99),
            at(1.0)
        )
    }
}
