//! One letter to one person. What it is made of cannot hold what would break a mail: a line break in a header, a
//! character that nobody sees, a value without end. (lettre 0.11.23 panics on a line break in a name.)

use crate::calendar::{Invite, Method};
use anyhow::{Context, Result};
use lettre::Address;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart};

/// What every letter has in common.
#[derive(Debug, Clone)]
pub struct Sender {
    from: Mailbox,
}

impl Sender {
    /// `from` is FRID_MAIL_FROM. Without a name of its own it gets the site's, which is neutral.
    pub fn new(from: &str, site_name: &str) -> Result<Self> {
        let Mailbox { name, email } = from.parse().context("FRID_MAIL_FROM is no sender")?;
        let name = name.or_else(|| Line::parse(site_name).map(|Line(name)| name));
        Ok(Self { from: Mailbox::new(name, email) })
    }
}

#[derive(Debug, Clone)]
pub struct Letter {
    pub to: Address,
    /// None if it could not be read as one: the letter comes all the same.
    pub to_name: Option<Line>,
    pub subject: Line,
    pub text: Text,
    pub calendar: Option<Invite>,
    pub unsubscribe: Option<Link>,
}

/// One line of a header: a subject, a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line(String);

impl Line {
    /// At most 200 characters, none of them a line break or otherwise unseen.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let sound = !text.is_empty() && text.chars().count() <= 200 && !text.chars().any(char::is_control);
        sound.then(|| Self(text.to_owned()))
    }

    /// What can be kept of a text of ours that may have a title of somebody else's in it.
    pub fn of(text: &str) -> Self {
        let seen = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
        let mut line: String = seen.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.chars().count() > 200 {
            line = line.chars().take(199).chain(['…']).collect();
        }
        Self(line)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Plain text with line breaks, and nothing else unseen. Ends after 100,000 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(String);

impl Text {
    pub fn of(text: &str) -> Self {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        Self(text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).take(100_000).collect())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Where somebody can say that they want no more such letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link(String);

impl Link {
    pub fn parse(text: &str) -> Option<Self> {
        let uri: http::Uri = text.parse().ok()?;
        let sound =
            matches!(uri.scheme_str(), Some("https" | "http")) && !text.contains(['<', '>']) && text.len() <= 900;
        sound.then(|| Self(text.to_owned()))
    }
}

impl Letter {
    /// As it is sent. `id` is its cause's job: a letter that is sent once more has the same Message-ID, by which the
    /// recipient's mail server may know it again.
    pub fn message(&self, sender: &Sender, id: &str) -> Result<Message> {
        let name = self.to_name.as_ref().map(|Line(name)| name.clone());
        let mut message = Message::builder()
            .from(sender.from.clone())
            .to(Mailbox::new(name, self.to.clone()))
            .subject(self.subject.as_str())
            .message_id(Some(format!("<{id}@{}>", sender.from.email.domain())))
            .header(AutoSubmitted);
        if let Some(link) = &self.unsubscribe {
            message = message.header(Unsubscribe(link.clone())).header(UnsubscribePost);
        }
        let text = SinglePart::plain(self.text.0.clone());
        let message = match &self.calendar {
            None => message.singlepart(text),
            Some(invite) => message.multipart(with_calendar(text, invite)?),
        };
        message.context("the letter could not be put together")
    }
}

/// For programs that show the meeting beside the text, and as a file for those that don't. Its name says nothing.
fn with_calendar(text: SinglePart, invite: &Invite) -> Result<MultiPart> {
    let ics = invite.ics();
    let method: Method = invite.method;
    let beside = format!("text/calendar; charset=utf-8; method={}", method.as_str());
    let beside = SinglePart::builder().header(ContentType::parse(&beside)?).body(ics.clone());
    let file = Attachment::new("kalender.ics".to_owned()).body(ics, ContentType::parse("application/ics")?);
    Ok(MultiPart::mixed().multipart(MultiPart::alternative().singlepart(text).singlepart(beside)).singlepart(file))
}

/// A program wrote it: nobody's out-of-office answers (RFC 3834, 5).
#[derive(Debug, Clone)]
struct AutoSubmitted;

/// RFC 2369, 3.2.
#[derive(Debug, Clone)]
struct Unsubscribe(Link);

/// One POST to the link is enough (RFC 8058, 3.1).
#[derive(Debug, Clone)]
struct UnsubscribePost;

macro_rules! written {
    ($header:ty, $name:literal, $value:expr) => {
        impl Header for $header {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($name)
            }

            fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Err("written only, never read".into())
            }

            fn display(&self) -> HeaderValue {
                let value: fn(&Self) -> String = $value;
                HeaderValue::new(Self::name(), value(self))
            }
        }
    };
}

written!(AutoSubmitted, "Auto-Submitted", |_| "auto-generated".to_owned());
written!(Unsubscribe, "List-Unsubscribe", |unsubscribe| format!("<{}>", unsubscribe.0.0));
written!(UnsubscribePost, "List-Unsubscribe-Post", |_| "List-Unsubscribe=One-Click".to_owned());
