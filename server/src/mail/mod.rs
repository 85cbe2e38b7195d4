//! Mail leaves through SMTP where `FRID_SMTP_URL` is set, and is written as `.eml` files to `<data>/mail` otherwise.
//!
//! A mail is a row of the outbox first (`outbox.rs`), written with its cause; the worker (`worker.rs`) sends it. Each cause
//! has exactly one mail, with one exception that no mail system can do without: when the connection is cut, or we
//! are, after the whole mail was handed over but before the answer was written down, it is sent once more. Both then have
//! the same Message-ID.

pub mod back_off;
pub mod dead_letters;
pub mod letter;
pub mod letters;
pub mod outbox;
mod problem;
pub mod worker;

use crate::config::Config;
use crate::db::{Db, private_folder};
use anyhow::{Context, Result};
use arc_swap::ArcSwap;
use letter::{Letter, Line, Sender, Text};
use lettre::message::Message;
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::response::{Category, Severity};
use lettre::{Address, AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::fmt;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

pub enum Mailer {
    Files { folder: PathBuf, transport: AsyncFileTransport<Tokio1Executor> },
    Smtp(Smtp),
}

/// The mail server, over a few connections that are kept.
pub struct Smtp {
    url: crate::config::Secret,
    transport: ArcSwap<AsyncSmtpTransport<Tokio1Executor>>,
}

/// Why a mail was not taken. The words hold no address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untaken {
    /// It never will be: the mail server knows no such recipient, or wants no mail for them.
    pub for_good: bool,
    /// The mail server answered nothing at all.
    pub silent: bool,
    pub why: String,
}

/// As many connections as mails are sent at once.
pub const AT_ONCE: u32 = 8;

/// How long a mail stays in its file.
const KEPT: Duration = Duration::from_secs(90 * 24 * 60 * 60);

/// A mail server that has not answered for so long is not going to.
const PATIENCE: Duration = Duration::from_secs(90);

impl Mailer {
    pub fn open(config: &Config) -> Result<Self> {
        match &config.smtp_url {
            Some(url) => {
                let transport = ArcSwap::from_pointee(connections(url.reveal())?);
                Ok(Self::Smtp(Smtp { url: url.clone(), transport }))
            }
            None => {
                let folder = config.data.join("mail");
                private_folder(&folder)?;
                Ok(Self::Files { transport: AsyncFileTransport::new(&folder), folder })
            }
        }
    }

    /// Mail that is kept as files is forgotten when names are (see `events/purging.rs`).
    pub async fn forget_old(&self) -> Result<()> {
        let Self::Files { folder, .. } = self else { return Ok(()) };
        let mut files = tokio::fs::read_dir(folder).await?;
        while let Some(file) = files.next_entry().await? {
            let written = file.metadata().await?.modified()?;
            if written.elapsed().is_ok_and(|age| age >= KEPT) && file.path().extension().is_some_and(|end| end == "eml")
            {
                tokio::fs::remove_file(file.path()).await?;
            }
        }
        Ok(())
    }

    /// Hands the mail over and says, for people, where it went.
    pub async fn send(&self, mail: Message) -> Result<String, Untaken> {
        self.send_within(PATIENCE, mail).await
    }

    pub async fn send_within(&self, patience: Duration, mail: Message) -> Result<String, Untaken> {
        match self {
            Self::Files { folder, transport } => match transport.send(mail).await {
                Ok(name) => Ok(folder.join(format!("{name}.eml")).display().to_string()),
                Err(error) => Err(Untaken {
                    for_good: false,
                    silent: false,
                    why: format!("the mail could not be written: {error}"),
                }),
            },
            Self::Smtp(smtp) => smtp.send_within(patience, mail).await,
        }
    }
}

impl Smtp {
    async fn send_within(&self, patience: Duration, mail: Message) -> Result<String, Untaken> {
        let transport = self.transport.load_full();
        let mut sending = pin!(transport.send(mail.clone()));
        // lettre waits for an answer without end.
        let Ok(answered) = tokio::time::timeout(patience, &mut sending).await else {
            // The connection that hangs goes back among those that are kept as soon as `sending` is dropped: the next mail
            // would be written into this one. So nobody uses them any more.
            if let Ok(anew) = connections(self.url.reveal()) {
                self.transport.store(Arc::new(anew));
            }
            let why = format!("no answer within {} seconds", patience.as_secs());
            return Err(Untaken { for_good: false, silent: true, why });
        };
        match answered {
            Ok(answer) => Ok(format!("the mail server answered {}", answer.code())),
            Err(error) => {
                // Of all that a server may refuse for good (RFC 5321, 4.2.1), what has a 5 in the middle is about this
                // mailbox; the rest is about us, the password say, and may be put right.
                let about_mailbox = error.status().is_some_and(|code| {
                    code.severity == Severity::PermanentNegativeCompletion && code.category == Category::MailSystem
                });
                let silent = error.status().is_none();
                Err(Untaken { for_good: about_mailbox, silent, why: problem::cleaned(&error, mail.envelope()) })
            }
        }
    }
}

fn connections(url: &str) -> Result<AsyncSmtpTransport<Tokio1Executor>> {
    let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
        .context("FRID_SMTP_URL is no address of a mail server")?
        .timeout(Some(Duration::from_secs(30)))
        .pool_config(PoolConfig::new().max_size(AT_ONCE).idle_timeout(Duration::from_secs(60)));
    Ok(transport.build())
}

impl fmt::Display for Untaken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the mail was not taken: {}", self.why)
    }
}

impl std::error::Error for Untaken {}

/// For `/metrics`.
pub async fn measure(db: &Db, now: i64) -> Result<()> {
    let (waiting, dead, oldest) = outbox::measure(db, now).await?;
    #[expect(clippy::cast_precision_loss, reason = "no outbox holds so much, nor waits so long")]
    let number = |count: i64| count as f64;
    metrics::gauge!("frid_mail_waiting").set(number(waiting));
    metrics::gauge!("frid_mail_dead").set(number(dead));
    metrics::gauge!("frid_mail_oldest_seconds").set(number(oldest.map_or(0, |since| (now - since).max(0))));
    Ok(())
}

/// A mail that proves the settings: neutral, with nothing in it to explain.
pub fn trial(config: &Config, to: Address, id: &str) -> Result<Message> {
    let letter = Letter {
        to,
        to_name: None,
        subject: Line::of(&format!("Provmejl från {}", config.site_name)),
        text: Text::of(&format!("Det här mejlet visar att {} kan skicka e-post.\n", config.site_name)),
        calendar: None,
        unsubscribe: None,
    };
    letter.message(&Sender::new(&config.mail_from, &config.site_name)?, id)
}
