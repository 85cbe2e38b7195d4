//! Mail leaves through SMTP where `FRID_SMTP_URL` is set, and is written as `.eml` files to `<data>/mail` otherwise.

use crate::config::Config;
use crate::db::private_folder;
use anyhow::{Context, Result};
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::{AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::path::PathBuf;

pub enum Mailer {
    Files { folder: PathBuf, transport: AsyncFileTransport<Tokio1Executor> },
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
}

impl Mailer {
    pub fn open(config: &Config) -> Result<Self> {
        match &config.smtp_url {
            Some(url) => {
                let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.reveal())
                    .context("FRID_SMTP_URL is no address of a mail server")?;
                Ok(Self::Smtp(transport.build()))
            }
            None => {
                let folder = config.data.join("mail");
                private_folder(&folder)?;
                Ok(Self::Files { transport: AsyncFileTransport::new(&folder), folder })
            }
        }
    }

    /// Hands the mail over and says, for people, where it went.
    pub async fn send(&self, mail: Message) -> Result<String> {
        match self {
            Self::Files { folder, transport } => {
                let name = transport.send(mail).await.context("the mail could not be written")?;
                Ok(folder.join(format!("{name}.eml")).display().to_string())
            }
            Self::Smtp(transport) => {
                let answer = transport.send(mail).await.context("the mail server did not take the mail")?;
                Ok(format!("the mail server answered {}", answer.code()))
            }
        }
    }
}

/// A mail that proves the settings: neutral, with nothing in it to explain.
pub fn trial(config: &Config, to: Mailbox) -> Result<Message> {
    let from: Mailbox = config.mail_from.parse().context("FRID_MAIL_FROM is no sender")?;
    Ok(Message::builder()
        .from(from)
        .to(to)
        .subject(format!("Provmejl från {}", config.site_name))
        .header(ContentType::TEXT_PLAIN)
        .body(format!("Det här mejlet visar att {} kan skicka e-post.\n", config.site_name))?)
}
