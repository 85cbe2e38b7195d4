//! What can be asked of the `frid` command, and what its help says.

use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Frid: a knowledge-support portal of Sweden's county administrative boards.
///
/// Without a command, Frid serves the portal. Settings are environment variables (FRID_ADDR, FRID_DATA,
/// FRID_DATABASE_URL, FRID_BASE_URL, FRID_SITE_NAME, FRID_EXIT_URL, FRID_SMTP_URL, FRID_MAIL_FROM,
/// FRID_METRICS_ADDR, FRID_TRUSTED_PROXIES, FRID_LOG, FRID_MEDIA_QUOTA, FRID_KEY_FILE, FRID_DELETION_DECISION) over an
/// optional file; the README explains each.
#[derive(Debug, Parser)]
#[command(version)]
pub struct Cli {
    /// A file with settings, instead of frid.toml in this folder.
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the portal until stopped (the default).
    Serve,
    /// Bring the texts of a folder into the library: what nobody else has changed is published at once, the
    /// rest is laid as drafts. A running Frid shows what is new within two seconds.
    Import {
        /// A folder laid out like the shipped content/; left out, the shipped content is imported.
        dir: Option<PathBuf>,
    },
    /// Check texts without changing anything: name every broken file and every link that leads nowhere.
    /// Ends with 1 if there is any.
    Verify {
        /// Look at the law instead: every page that cites a replaced provision without saying so, with what
        /// corresponds to it today, and every reference that could not be understood.
        #[arg(long, conflicts_with = "audit")]
        lagrum: bool,
        /// Look at the log of what the staff did instead: that no line was changed or taken away since it was written.
        #[arg(long, conflicts_with = "dir")]
        audit: bool,
        /// A folder laid out like the shipped content/; left out, the shipped content is checked.
        dir: Option<PathBuf>,
    },
    /// Accounts of the staff. Nobody has one from the start: the first administrator is invited here.
    Account {
        #[command(subcommand)]
        command: AccountCommand,
    },
    /// Find the references to Swedish law in a text: a line each, with the bytes where it stands and its target,
    /// `12..27<TAB>sfs/2001:453#K5P11`. What looks like a reference but is not linked is told on the error output.
    Citations {
        /// A text file in UTF-8; `-` reads the standard input.
        file: PathBuf,
        /// The day on which names of acts are understood, as 2014-11-01; left out, today.
        #[arg(long, value_name = "DATE")]
        date: Option<jiff::civil::Date>,
        /// The instrument that the text is about, as sosfs/2014:4: a bare "3 §" is one of its sections.
        #[arg(long, value_name = "ID")]
        instrument: Option<String>,
    },
    /// Sit the open exam of search (content/sokprov.toml): real questions, and the pages that must answer them.
    SearchExam {
        /// A folder laid out like the shipped content/; left out, the shipped content and its exam are taken.
        dir: Option<PathBuf>,
    },
    /// Measure search on documents and queries, beside PostgreSQL's and SQLite's full text; left out, on the shipped
    /// content and its exam. `script/bench search` starts a PostgreSQL for it.
    SearchBench {
        /// Documents, a line each: {"id":"…","title":"…","body":"…"}
        #[arg(long, value_name = "DOCS.jsonl", requires = "queries")]
        corpus: Option<PathBuf>,
        /// Queries with the documents that answer them, a line each: {"query":"…","ids":["…"]}
        #[arg(long, value_name = "QUERIES.jsonl", requires = "corpus")]
        queries: Option<PathBuf>,
        /// A database in which a schema frid_search_bench may be made and dropped; left out, so is PostgreSQL.
        #[arg(long, value_name = "URL")]
        postgres: Option<String>,
    },
    /// Measure the opening of a registration: 5,000 people and 340 seats over HTTP, against a server of its own in an
    /// empty folder. Ends with an error if a seat was given twice, or somebody was lost.
    RushBench {
        /// An empty database; left out, SQLite in a folder of its own.
        #[arg(long, value_name = "URL")]
        postgres: Option<String>,
        /// Kill the server every 300 milliseconds, until everybody has an answer.
        #[arg(long)]
        kill: bool,
    },
    /// Measure how fast answers in a course are kept: 200 people at once over HTTP, against a server of its own in an
    /// empty folder. Ends with an error if an answer was lost.
    CourseBench {
        /// An empty database; left out, SQLite in a folder of its own.
        #[arg(long, value_name = "URL")]
        postgres: Option<String>,
    },
    /// List what was sought, the most sought first: terms that were sought five times or more on the same day, with
    /// how often they were sought and how often they found nothing.
    SearchStatistics {
        /// How many days are looked at, today included.
        #[arg(long, value_name = "DAYS", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=400))]
        days: u16,
        /// Only terms that found nothing at least once, the most often first.
        #[arg(long)]
        zero: bool,
    },
    /// Forget what was told about those who came to what is over, as the running portal does every night: needs and
    /// protected identities after 14 days, names and addresses after 90. What was forgotten is written down.
    Purge,
    /// Send a trial mail, to see that the mail settings are right.
    MailTest {
        /// Where to send it.
        address: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Print a link with which somebody makes their passkey: once, within 24 hours. For an account that is there
    /// already, the keys it had end when the new one is made.
    Invite {
        /// The person's mail address, by which the account is known. No mail is sent.
        #[arg(long)]
        email: String,
        /// editor writes, reviewer also approves what is national, admin also decides who belongs to the staff.
        #[arg(long, value_parser = ["editor", "reviewer", "admin"])]
        role: String,
        /// The county that they write for, as in addresses: vastra-gotaland. Left out, they write nationally.
        #[arg(long)]
        county: Option<String>,
    },
}
