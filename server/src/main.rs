//! The `frid` command.

mod cli;

use anyhow::{Context, Result};
use app::accounts::NewAccount;
use app::accounts::person::Email;
use app::counties::{self, COUNTIES};
use app::law::Law;
use app::routes::desk;
use app::viewer::Role;
use clap::Parser;
use cli::{AccountCommand, Cli, Command};
use server::accounts::{StoredAccounts, audit};
use server::citations::{Reader, without_code};
use server::clock;
use server::config::Config;
use server::content::{self, ExamQuestion, Problem};
use server::courses;
use server::db::Db;
use server::events::published;
use server::events::purging;
use server::events::rush::{self, Rush};
use server::http::front::Front;
use server::http::{listen, metrics};
use server::jobs;
use server::law;
use server::library::authorship::Author;
use server::library::import::{self, File, Report};
use server::library::shelf::Shelf;
use server::library::store;
use server::mail::letter::Sender;
use server::mail::worker::Worker;
use server::mail::{self, Mailer};
use server::portal::Portal;
use server::search::exam::{self, Miss};
use server::search::statistics::{self, Which};
use server::search::{KeptIndex, SearchShelf, bench};
use std::fmt::Display;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli).await {
        Ok(code) => code,
        Err(error) => {
            // One sentence for the operator, causes included.
            let _ = writeln!(std::io::stderr(), "frid: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> Result<ExitCode> {
    let settings = || -> Result<Config> {
        let config = Config::read(cli.config.as_deref(), std::env::vars_os())?;
        log(&config)?;
        Ok(config)
    };
    match cli.command {
        None | Some(Command::Serve) => serve(settings()?).await,
        Some(Command::Import { dir }) => import(&settings()?, dir).await,
        Some(Command::Verify { audit: true, .. }) => verify_audit(&settings()?).await,
        Some(Command::Verify { lagrum: false, dir, .. }) => verify(dir),
        Some(Command::Verify { lagrum: true, dir, .. }) => verify_law(dir),
        Some(Command::Account { command: AccountCommand::Invite { email, role, county } }) => {
            invite(&settings()?, &email, &role, county.as_deref()).await
        }
        Some(Command::SearchExam { dir }) => search_exam(dir),
        Some(Command::SearchBench { corpus, queries, postgres }) => {
            search_bench(corpus.zip(queries), postgres.as_deref()).await
        }
        Some(Command::RushBench { postgres, kill }) => rush_bench(postgres.as_deref(), kill).await,
        Some(Command::CourseBench { postgres }) => course_bench(postgres.as_deref()).await,
        Some(Command::SearchStatistics { days, zero }) => search_statistics(&settings()?, days, zero).await,
        Some(Command::Citations { file, date, instrument }) => citations(&file, date, instrument.as_deref()),
        Some(Command::Purge) => purge(&settings()?).await,
        Some(Command::MailTest { address }) => mail_test(&settings()?, &address).await,
    }
}

async fn serve(config: Config) -> Result<ExitCode> {
    say(format_args!("Frid {}", env!("CARGO_PKG_VERSION")));
    // First of all: a port that is taken should not cost the operator an import.
    let listener = TcpListener::bind(config.addr)
        .await
        .with_context(|| format!("FRID_ADDR is {}, but nothing can listen there", config.addr))?;
    let files = import::shipped();
    say(format_args!("[1/3] Opening the database and importing {} shipped texts", files.len()));
    let (addr, url, metrics_addr) = (listener.local_addr()?, config.base_url.as_str().to_owned(), config.metrics_addr);
    let mailer = Arc::new(Mailer::open(&config)?);
    let sender = Sender::new(&config.mail_from, &config.site_name)?;
    let (portal, report) = Portal::open(config, &files).await?;
    tell(&report);
    tell_faults(&portal.snapshot().problems);
    say(format_args!("[2/3] {} database, library generation {}", portal.db.name(), portal.snapshot().shelf.generation));
    if let Some(addr) = metrics_addr {
        metrics::serve(addr).await?;
    }
    let following = tokio::spawn({
        let portal = Arc::clone(&portal);
        async move { tokio::join!(portal.index(), portal.follow()) }
    });
    let working = tokio::spawn(jobs::run(Arc::clone(&portal), Arc::clone(&mailer)));
    let (stop_sending, stop) = oneshot::channel::<()>();
    let letters = portal.letters();
    let worker = Worker::new(portal.db.clone(), mailer, sender, letters);
    let sending = tokio::spawn(async move { worker.run(async { drop(stop.await) }).await });
    let counting = tokio::spawn(Arc::clone(&portal.statistics).keep(portal.db.clone()));
    say(format_args!("[3/3] Listening on {addr}. Open {url}"));
    listen::serve(listener, Front::new(Arc::clone(&portal)), stop_asked()).await;
    drop(stop_sending);
    // A mail that is being handed over is sent to its end, unless the mail server keeps us waiting.
    drop(tokio::time::timeout(Duration::from_secs(5), sending).await);
    following.abort();
    working.abort();
    counting.abort();
    // What was committed is safe; a database that does not answer must not hold up the stop.
    let last = async {
        if let Err(error) = portal.statistics.save(&portal.db, clock::today()).await {
            tracing::error!(error = format!("{error:#}"), "the last search statistics could not be written");
        }
        portal.db.close().await;
    };
    drop(tokio::time::timeout(Duration::from_secs(1), last).await);
    say("Stopped.");
    Ok(ExitCode::SUCCESS)
}

async fn import(config: &Config, dir: Option<PathBuf>) -> Result<ExitCode> {
    let (files, unreadable, author) = read(dir)?;
    say(format_args!("Importing {} files", files.len()));
    let db = Db::open(&config.database_url).await?;
    let mut report = import::import(&db, &files, author, clock::now()).await?;
    let (generation, texts) = store::published(&db).await?;
    let arranged = published::published(&db).await?;
    db.close().await;
    report.broken.extend(unreadable);
    tell(&report);
    // Only now is it seen whether what was brought fits what was there.
    let texts = texts.iter().map(|text| (text.path.as_str(), text.body.as_str()));
    let problems = Shelf::build_with(arranged, texts, generation, clock::today()).1;
    tell_faults(&problems);
    Ok(if report.broken.is_empty() && problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn verify(dir: Option<PathBuf>) -> Result<ExitCode> {
    let (files, mut problems, _) = read(dir)?;
    let texts = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    problems.extend(Shelf::build(texts, 0, clock::today()).1);
    problems.sort();
    for problem in &problems {
        say(problem);
    }
    say(match problems.len() {
        0 => format!("{} files, no faults.", files.len()),
        1 => format!("{} files, 1 fault.", files.len()),
        many => format!("{} files, {many} faults.", files.len()),
    });
    Ok(if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn verify_law(dir: Option<PathBuf>) -> Result<ExitCode> {
    let (files, ..) = read(dir)?;
    let texts = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let law = Shelf::build(texts, 0, clock::today()).0.law;
    for stale in law.stale() {
        say(format_args!("{}:{}: ”{}”. {}", stale.file, stale.line, stale.text, law::standing_of(&stale.replaced)));
    }
    let doubts = law.doubts();
    for (file, line, text, reason) in &doubts {
        say(format_args!("{file}:{line}: ”{text}” länkas inte: {reason}"));
    }
    say(format_args!("{} stale references, {} that could not be understood.", law.stale().len(), doubts.len()));
    Ok(if law.stale().is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn citations(file: &Path, date: Option<jiff::civil::Date>, instrument: Option<&str>) -> Result<ExitCode> {
    let text = if file == Path::new("-") {
        std::io::read_to_string(std::io::stdin()).context("the standard input is no text in UTF-8")?
    } else {
        std::fs::read_to_string(file).with_context(|| format!("{} cannot be read as text in UTF-8", file.display()))?
    };
    let lexicon = law::shipped_lexicon();
    let found = Reader::new(&lexicon, date.unwrap_or_else(clock::today), instrument).read(&without_code(&text));
    let mut lines = std::io::BufWriter::new(std::io::stdout().lock());
    for citation in &found.citations {
        writeln!(lines, "{}..{}\t{}", citation.range.start, citation.range.end, citation.target)?;
    }
    lines.flush()?;
    let mut lines = std::io::BufWriter::new(std::io::stderr().lock());
    for doubt in &found.doubts {
        let text = text[doubt.range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        writeln!(lines, "{}..{}\t\"{text}\": {}", doubt.range.start, doubt.range.end, doubt.reason.in_english())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn search_exam(dir: Option<PathBuf>) -> Result<ExitCode> {
    let (search, questions) = exam_of(&read(dir)?.0)?;
    KeptIndex::in_memory().take_up(&search);
    let marks = exam::sit(&*search, &questions);
    for Miss { question, place, first } in &marks.misses {
        let place = place.map_or_else(|| "not among ten".to_owned(), |place| format!("place {place}"));
        say(format_args!("{place:>13}  {question}  (first: {first})"));
    }
    say(format_args!(
        "{} questions: recall@1 {:.3}, recall@3 {:.3}, MRR@10 {:.3}",
        marks.questions, marks.first, marks.among_three, marks.mrr
    ));
    Ok(ExitCode::SUCCESS)
}

async fn search_bench(files: Option<(PathBuf, PathBuf)>, postgres: Option<&str>) -> Result<ExitCode> {
    let (shipped, questions) = exam_of(&import::shipped())?;
    let corpus = match files {
        Some((documents, queries)) => bench::read(&documents, &queries)?,
        None => bench::shipped(&shipped, &questions),
    };
    let mut tell = |what: &str| drop(writeln!(std::io::stderr(), "measuring {what}"));
    say(bench::run(&corpus, shipped.language(), postgres, &mut tell).await?);
    Ok(ExitCode::SUCCESS)
}

async fn rush_bench(postgres: Option<&str>, kill: bool) -> Result<ExitCode> {
    let folder = tempfile::tempdir()?;
    let rush =
        Rush { people: 5_000, seats: 340, connections: 200, kill_every: kill.then_some(Duration::from_millis(300)) };
    let mut tell = |what: &str| drop(writeln!(std::io::stderr(), "{what}"));
    say(rush::run(rush, folder.path(), postgres, &mut tell).await?);
    Ok(ExitCode::SUCCESS)
}

async fn course_bench(postgres: Option<&str>) -> Result<ExitCode> {
    let folder = tempfile::tempdir()?;
    let mut tell = |what: &str| drop(writeln!(std::io::stderr(), "{what}"));
    for pause in [Duration::from_millis(200), Duration::ZERO] {
        say(courses::bench::run(200, pause, folder.path(), postgres, &mut tell).await?);
    }
    Ok(ExitCode::SUCCESS)
}

async fn verify_audit(config: &Config) -> Result<ExitCode> {
    let db = Db::open(&config.database_url).await?;
    let verified = audit::verify(&db).await;
    db.close().await;
    match verified {
        Ok(lines) => {
            say(format_args!("{lines} lines, each as it was written."));
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            say(format_args!("{error:#}"));
            Ok(ExitCode::FAILURE)
        }
    }
}

async fn invite(config: &Config, email: &str, role: &str, county: Option<&str>) -> Result<ExitCode> {
    let email = Email::parse(email).with_context(|| format!("\"{email}\" is no mail address"))?;
    let role = Role::parse(role).with_context(|| format!("\"{role}\" is no role"))?;
    let county = county
        .map(|slug| {
            counties::find(slug).with_context(|| format!("\"{slug}\" is no county; one is {}", COUNTIES[0].slug))
        })
        .transpose()?;
    let db = Db::open(&config.database_url).await?;
    let accounts = StoredAccounts::new(db.clone(), config)?;
    let code = match accounts.invite(None, &NewAccount { email: email.clone(), role, county }).await? {
        Ok(code) => code,
        // There already: a new key, the same role.
        Err(_) => {
            let account = accounts.account_of(email.as_str()).await?;
            let account = account
                .with_context(|| format!("the account {email} has been ended; an administrator can open it again"))?;
            accounts.invite_again(None, &account).await?.ok().context("the account is gone")?
        }
    };
    db.close().await;
    say(format_args!("{}{}?kod={code}", config.staff_url(), desk::INVITATION));
    say("Give it to the person alone: whoever has the link gets the account. It works once, within 24 hours.");
    Ok(ExitCode::SUCCESS)
}

async fn purge(config: &Config) -> Result<ExitCode> {
    let db = Db::open(&config.database_url).await?;
    let purged = purging::purge(&db, &config.deletion_decision, clock::now()).await?;
    db.close().await;
    Mailer::open(config)?.forget_old().await?;
    say(match purged.events {
        0 => "Nothing was due.".to_owned(),
        steps => format!(
            "Forgotten: {} rows, in {steps} steps. The record of deletions cites \"{}\".",
            purged.rows, config.deletion_decision
        ),
    });
    Ok(ExitCode::SUCCESS)
}

/// What these files are searched with, not yet indexed, and their exam.
fn exam_of(files: &[File]) -> Result<(Arc<SearchShelf>, Vec<ExamQuestion>)> {
    let texts = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let search = Shelf::build(texts, 0, clock::today()).0.search;
    let (path, exam) = files.iter().find(|(path, _)| path == "sokprov.toml").context("there is no sokprov.toml")?;
    let questions = content::parse_exam(path, exam)
        .map_err(|problems| anyhow::anyhow!(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))?;
    Ok((search, questions))
}

async fn search_statistics(config: &Config, days: u16, zero: bool) -> Result<ExitCode> {
    let db = Db::open(&config.database_url).await?;
    let which = if zero { Which::WithoutHits } else { Which::All };
    let terms = statistics::sought(&db, clock::today(), days, which).await?;
    db.close().await;
    let widest = terms.iter().map(|sought| sought.term.chars().count()).max().unwrap_or(0).max("term".len());
    say(format_args!("{:widest$}  {:>6}  {:>17}", "term", "uses", "uses without hits"));
    for sought in &terms {
        say(format_args!("{:widest$}  {:>6}  {:>17}", sought.term, sought.uses, sought.uses_without_hits));
    }
    if terms.is_empty() {
        say(format_args!("Nothing was sought {} times or more on the same day.", statistics::FEWEST));
    }
    Ok(ExitCode::SUCCESS)
}

async fn mail_test(config: &Config, address: &str) -> Result<ExitCode> {
    let to = address.parse().with_context(|| format!("\"{address}\" is no mail address"))?;
    let answer = Mailer::open(config)?.send(mail::trial(config, to, &clock::new_id())?).await?;
    say(format_args!("Sent: {answer}"));
    Ok(ExitCode::SUCCESS)
}

/// The files of a folder, or the shipped ones; with the author they are imported as.
fn read(dir: Option<PathBuf>) -> Result<(Vec<File>, Vec<Problem>, Author)> {
    match dir {
        Some(dir) => import::read_folder(&dir).map(|(files, problems)| (files, problems, Author::Imported)),
        None => Ok((import::shipped(), Vec::new(), Author::Shipped)),
    }
}

fn tell(report: &Report) {
    for problem in &report.broken {
        say(format_args!("  left out: {problem}"));
    }
    for path in &report.drafts {
        say(format_args!("  laid as a draft, because somebody has changed it here: {path}"));
    }
    say(format_args!(
        "  {} published, {} drafts, {} unchanged, {} faults",
        report.published.len(),
        report.drafts.len(),
        report.unchanged,
        report.broken.len()
    ));
}

/// What is published with faults, all files seen together.
fn tell_faults(problems: &[Problem]) {
    for problem in problems {
        say(format_args!("  published with a fault: {problem}"));
    }
}

/// For the operator's eyes; a closed pipe is no reason to stop.
fn say(text: impl Display) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Structured logs on stderr; never queries, referrers or readers' addresses.
fn log(config: &Config) -> Result<()> {
    let filter = EnvFilter::try_new(&config.log).context("FRID_LOG is no filter")?;
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
    // A panic's own words may quote what a visitor typed; its place does not.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place, "a panic");
    }));
    Ok(())
}

async fn stop_asked() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
        }
        Err(_) => drop(interrupt.await),
    }
}
