//! What the portal writes to those who come. A letter is asked for where its cause is written down, and composed when it
//! is sent: it tells where somebody stands then. Neutral, unless the organiser wants otherwise: somebody else may see
//! the screen.

use super::hall::Hall;
use super::{StoredEvents, surveying};
use crate::calendar::{self, Entry, Invite, Method, When};
use crate::mail::letter::{Letter, Line, Text};
use crate::mail::outbox::{self, Job, NewJob, Urgency};
use crate::organising::letters::{self as invitations, INVITATION, REMINDER as INVITATION_AGAIN};
use crate::{clock, on, on_tx};
use anyhow::{Context, Result};
use app::events::plan::{Attendance, Plan};
use app::events::{Party, Registration, Standing};
use app::routes::desk;
use app::services::Site;
use app::text::dates::swedish_moment;
use jiff::Timestamp;
use std::fmt::Write;
use std::sync::Arc;

/// Where somebody stands now.
pub const WORD: &str = "besked";
/// To whoever registered others.
pub const PARTY: &str = "grupp";
/// To whoever registered others and has not named them all.
pub const NAMES: &str = "namn";
/// That it is soon.
pub const REMINDER: &str = "paminnelse";
/// Questions afterwards.
pub const SURVEY: &str = "enkat";
/// What the organiser has written.
pub const MESSAGE: &str = "meddelande";

/// Somebody's standing has changed: they are told once for each time.
pub(super) async fn tell(hall: &mut Hall, event: &str, registration: &str, turn: i64, sequence: i64) -> Result<()> {
    let cause = format!("{WORD}/{registration}/{turn}/{sequence}");
    ask(hall, &cause, WORD, registration, event).await
}

pub(super) async fn tell_party(hall: &mut Hall, event: &str, party: &str) -> Result<()> {
    ask(hall, &format!("{PARTY}/{party}"), PARTY, party, event).await
}

/// Whom a change of the event itself is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whom {
    Seated,
    /// All who have not ended.
    Everybody,
}

/// Something is otherwise for all of them: the time, the place, or whether it takes place.
pub(crate) async fn tell_all(hall: &mut Hall, event: &str, whom: Whom) -> Result<()> {
    const SEATED: &str = "UPDATE registrations SET sequence = sequence + 1 WHERE event_id = $1 AND standing = 'seated' \
         RETURNING id, token_turn, sequence";
    const EVERYBODY: &str = "UPDATE registrations SET sequence = sequence + 1 WHERE event_id = $1 AND ended_at IS NULL \
         RETURNING id, token_turn, sequence";
    let query = if whom == Whom::Seated { SEATED } else { EVERYBODY };
    let all: Vec<(String, i64, i64)> = on_tx!(hall.tx(), c => sqlx::query_as(query).bind(event).fetch_all(c).await)?;
    for (id, turn, sequence) in all {
        tell(hall, event, &id, turn, sequence).await?;
    }
    Ok(())
}

async fn ask(hall: &mut Hall, cause: &str, kind: &str, subject_id: &str, event: &str) -> Result<()> {
    let now = hall.now;
    let job = NewJob { cause, kind, subject_id, event_id: Some(event), urgency: Urgency::Answer, not_before: None };
    outbox::enqueue(hall.tx(), now, &job).await.map(drop)
}

/// Writes the letters of events.
pub struct Letters {
    pub events: Arc<StoredEvents>,
    pub site: Arc<Site>,
}

impl Letters {
    /// `None`: nobody needs it any more, or there is no address.
    pub async fn compose(&self, job: &Job) -> Result<Option<Letter>> {
        match job.kind.as_str() {
            WORD => self.word(job).await,
            PARTY => self.party(job).await,
            NAMES => self.names(job).await,
            REMINDER => self.reminder(job).await,
            MESSAGE => self.message(job).await,
            SURVEY => self.survey(job).await,
            INVITATION | INVITATION_AGAIN => invitations::compose(&self.events, &self.site, job).await,
            kind => anyhow::bail!("nobody knows what a mail of the kind `{kind}` says"),
        }
    }

    async fn word(&self, job: &Job) -> Result<Option<Letter>> {
        let Some(told) = self.current(job).await? else { return Ok(None) };
        let (registration, link, sequence) = told;
        let plan = &registration.event.plan;
        let mut text = greeting(&registration);
        if registration.event.cancelled_at.is_some() {
            text.push_str("Det du är anmäld till är inställt. Du behöver inte avboka.\n");
            text.push_str(&when_and_where(plan));
            text.push_str(&closing(plan, &self.site.name));
            let calendar = self.invite(&registration, sequence, &link);
            return Ok(Some(self.letter(&registration, "Inställt", &text, calendar)?));
        }
        text.push_str(&standing_in_words(&registration));
        if registration.standing.holds() {
            text.push_str(&when_and_where(plan));
            text.push_str(&broadcast(&registration));
        }
        let _ = write!(text, "\n{}\n{link}\n", what_the_link_does(registration.standing));
        text.push_str(&closing(plan, &self.site.name));
        let calendar = self.invite(&registration, sequence, &link);
        Ok(Some(self.letter(&registration, "Besked om din anmälan", &text, calendar)?))
    }

    async fn reminder(&self, job: &Job) -> Result<Option<Letter>> {
        let Some((registration, link, _)) = self.current(job).await? else { return Ok(None) };
        if registration.standing != Standing::Seated {
            return Ok(None);
        }
        let plan = &registration.event.plan;
        let mut text = greeting(&registration);
        text.push_str("Det här är en påminnelse om det du är anmäld till.\n");
        text.push_str(&when_and_where(plan));
        text.push_str(&broadcast(&registration));
        let _ =
            write!(text, "\nKan du inte komma? Lämna tillbaka platsen, eller låt en kollega ta över den:\n{link}\n");
        text.push_str(&closing(plan, &self.site.name));
        Ok(Some(self.letter(&registration, "Påminnelse om din anmälan", &text, None)?))
    }

    async fn survey(&self, job: &Job) -> Result<Option<Letter>> {
        const TURN: &str = "SELECT token_turn FROM registrations WHERE id = $1";
        let Some((registration, link, _)) = self.current(job).await? else { return Ok(None) };
        if registration.came_at.is_none() {
            // Let in by mistake.
            return Ok(None);
        }
        let turn: i64 = on!(&self.events.db, pool => sqlx::query_scalar(TURN).bind(&registration.id)
            .fetch_one(pool).await)?;
        let ticket = surveying::ticket(&self.events.keys, &registration.id, turn);
        let questions = format!("{}{}", self.site.base_url, desk::opened(desk::SURVEY, &ticket));
        let plan = &registration.event.plan;
        let until = app::text::dates::swedish(app::events::keeping::needs_are_deleted(plan));
        let mut text = greeting(&registration);
        let _ = write!(
            text,
            "Tack för att du var med. Vill du svara på några frågor? Du svarar utan namn: ingen kan se vem som har \
             svarat vad. Länken går att använda en gång, till den {until}:\n{questions}\n\nDitt intyg finns på din sida:\n{link}\n"
        );
        text.push_str(&closing(plan, &self.site.name));
        Ok(Some(self.letter(&registration, "Några frågor efteråt", &text, None)?))
    }

    async fn message(&self, job: &Job) -> Result<Option<Letter>> {
        const WRITTEN: &str = "SELECT subject, text FROM event_messages WHERE id = $1";
        let Some((registration, link, _)) = self.current(job).await? else { return Ok(None) };
        let Some(message) = job.cause.split('/').nth(1) else { return Ok(None) };
        let written: Option<(String, String)> =
            on!(&self.events.db, pool => sqlx::query_as(WRITTEN).bind(message).fetch_optional(pool).await)?;
        let Some((subject, written)) = written else { return Ok(None) };
        let mut text = greeting(&registration);
        let _ = write!(text, "{written}\n\nDin anmälan:\n{link}\n");
        text.push_str(&closing(&registration.event.plan, &self.site.name));
        Ok(Some(self.letter(&registration, &subject, &text, None)?))
    }

    async fn party(&self, job: &Job) -> Result<Option<Letter>> {
        let Some((party, link)) = self.registered_by(job).await? else { return Ok(None) };
        let mut text = format!("Hej {}!\n\nDu har anmält {} personer:\n", party.contact_name, party.people.len());
        for (index, (person, _)) in party.people.iter().enumerate() {
            let name = if person.name.is_empty() { "namn meddelas senare" } else { &person.name };
            let _ = writeln!(text, "{}. {name}: {}", index + 1, person.standing.swedish());
        }
        text.push_str(&when_and_where(&party.event.plan));
        let _ = write!(text, "\nSe alla, skriv in namn och ändra:\n{link}\n");
        self.to_contact(&party, "Besked om er anmälan", text)
    }

    async fn names(&self, job: &Job) -> Result<Option<Letter>> {
        let Some((party, link)) = self.registered_by(job).await? else { return Ok(None) };
        let lacking = party.unnamed();
        let mut text = format!("Hej {}!\n\n", party.contact_name);
        text.push_str(match lacking {
            0 => return Ok(None),
            1 => "En av dem som du har anmält saknar namn.",
            _ => "Några av dem som du har anmält saknar namn.",
        });
        text.push_str(" Skriv in vem som kommer, så får var och en egna besked och en namnskylt. Kommer ingen, lämna tillbaka platsen.\n");
        text.push_str(&when_and_where(&party.event.plan));
        let _ = write!(text, "\nSkriv in namn:\n{link}\n");
        self.to_contact(&party, "Namn saknas i er anmälan", text)
    }

    /// The party that the job is about, with the address of its page.
    async fn registered_by(&self, job: &Job) -> Result<Option<(Party, String)>> {
        let token = self.events.party_token(&job.subject_id);
        let party = app::events::Events::party(self.events.as_ref(), &token).await;
        let party = party.map_err(|failure| anyhow::anyhow!(failure.0))?;
        Ok(party.map(|party| (party, format!("{}{}", self.site.base_url, desk::party(&token)))))
    }

    fn to_contact(&self, party: &Party, subject: &str, mut text: String) -> Result<Option<Letter>> {
        let Ok(to) = party.contact_email.parse() else { return Ok(None) };
        let plan = &party.event.plan;
        text.push_str(&closing(plan, &self.site.name));
        let subject = Line::of(&titled(plan, subject));
        let to_name = Line::parse(&party.contact_name);
        Ok(Some(Letter { to, to_name, subject, text: Text::of(&text), calendar: None, unsubscribe: None }))
    }

    /// The registration with the address of its page, if the job is about who holds it now and what is so now.
    async fn current(&self, job: &Job) -> Result<Option<(Registration, String, u32)>> {
        const NOW: &str = "SELECT token_turn, sequence FROM registrations WHERE id = $1";
        let row: Option<(i64, i64)> =
            on!(&self.events.db, pool => sqlx::query_as(NOW).bind(&job.subject_id).fetch_optional(pool).await)?;
        let Some((turn, sequence)) = row else { return Ok(None) };
        // Something newer is on its way, or somebody else has the place.
        let is_past = job.kind == WORD && !job.cause.ends_with(&format!("/{turn}/{sequence}"));
        let is_anothers = job.kind != WORD && !job.cause.ends_with(&format!("/{turn}"));
        if is_past || is_anothers {
            return Ok(None);
        }
        let Some((registration, token)) = self.events.registration_of(&job.subject_id).await? else { return Ok(None) };
        if registration.email.is_empty() {
            return Ok(None);
        }
        let link = format!("{}{}", self.site.base_url, desk::registration(&token));
        Ok(Some((registration, link, u32::try_from(sequence)?)))
    }

    fn letter(
        &self,
        registration: &Registration,
        subject: &str,
        text: &str,
        calendar: Option<Invite>,
    ) -> Result<Letter> {
        Ok(Letter {
            to: registration.email.parse().context("somebody has no address that mail can be sent to")?,
            to_name: Line::parse(&registration.name),
            subject: Line::of(&titled(&registration.event.plan, subject)),
            text: Text::of(text),
            calendar,
            unsubscribe: None,
        })
    }

    /// Lays the time into the calendar of whoever has a place, and takes it away from whoever has given it back.
    fn invite(&self, registration: &Registration, sequence: u32, link: &str) -> Option<Invite> {
        let method = match registration.standing {
            Standing::Seated if registration.event.cancelled_at.is_some() => Method::Cancel,
            Standing::Seated => Method::Request,
            Standing::Cancelled | Standing::Lapsed | Standing::Refused if sequence > 0 => Method::Cancel,
            _ => return None,
        };
        let plan = &registration.event.plan;
        let entry = Entry {
            uid: format!("{}@{}", registration.id, host(&self.site.base_url)),
            sequence,
            when: When::Times { start: plan.starts, end: plan.ends },
            summary: if plan.open_mail { plan.title.clone() } else { "Möte".to_owned() },
            location: place(plan),
            description: String::new(),
            url: link.to_owned(),
            organizer: Some(calendar::Contact { name: plan.contact.name.clone(), address: plan.contact.email.clone() }),
            cancelled: method == Method::Cancel,
            now: Timestamp::from_second(clock::now()).unwrap_or(Timestamp::UNIX_EPOCH),
        };
        let attendee = calendar::Contact { name: registration.name.clone(), address: registration.email.clone() };
        Some(Invite { method, entry, attendee: Some(attendee) })
    }
}

/// What comes after `@` in the name of something that calendars keep.
pub(crate) fn host(base_url: &str) -> &str {
    base_url.split_once("://").map_or(base_url, |(_, host)| host)
}

fn titled(plan: &Plan, subject: &str) -> String {
    if plan.open_mail { format!("{subject}: {}", plan.title) } else { subject.to_owned() }
}

fn greeting(registration: &Registration) -> String {
    match registration.name.as_str() {
        "" => "Hej!\n\n".to_owned(),
        name => format!("Hej {name}!\n\n"),
    }
}

fn standing_in_words(registration: &Registration) -> String {
    match registration.standing {
        Standing::Applied => "Vi har tagit emot din anmälan. Arrangören läser den och svarar dig.\n".to_owned(),
        Standing::Waiting => {
            let before = registration.line.map_or(0, |line| line.before);
            let place = match before {
                0 => "Du står först i kön.".to_owned(),
                1 => "En person står före dig i kön.".to_owned(),
                before => format!("{before} personer står före dig i kön."),
            };
            format!("Platserna är slut just nu. {place} Du får ett mejl om du kan få en plats.\n")
        }
        Standing::Offered => {
            let until = registration.offer_until.map_or_else(String::new, |at| swedish_moment(at).1);
            format!("Du kan få en plats. Svara senast {until}, annars går den vidare till nästa i kön.\n")
        }
        Standing::Seated => "Du har en plats.\n".to_owned(),
        Standing::Cancelled => "Din plats är avbokad.\n".to_owned(),
        Standing::Refused => "Tyvärr kan du inte få en plats den här gången.\n".to_owned(),
        Standing::Lapsed => "Du svarade inte i tid, så platsen har gått vidare till nästa i kön.\n".to_owned(),
    }
}

fn what_the_link_does(standing: Standing) -> &'static str {
    match standing {
        Standing::Offered => "Ta emot platsen eller tacka nej på din sida:",
        Standing::Seated => "Ändra, avboka eller låt en kollega ta över platsen på din sida:",
        Standing::Applied | Standing::Waiting => "Se hur det går, eller ta tillbaka anmälan, på din sida:",
        Standing::Cancelled | Standing::Refused | Standing::Lapsed => "Din anmälan:",
    }
}

fn when_and_where(plan: &Plan) -> String {
    let (starts, ends) = (plan.starts, plan.ends);
    let day = app::text::dates::swedish(starts.date());
    let clock = |at: jiff::civil::DateTime| format!("{:02}.{:02}", at.hour(), at.minute());
    let time = match starts.date() == ends.date() {
        true => format!("{day} kl. {}–{}", clock(starts), clock(ends)),
        false => {
            format!("{day} kl. {} till {} kl. {}", clock(starts), app::text::dates::swedish(ends.date()), clock(ends))
        }
    };
    let place = place(plan);
    let place = if place.is_empty() { String::new() } else { format!("Plats: {place}\n") };
    format!("\nTid: {time}\n{place}")
}

fn place(plan: &Plan) -> String {
    let Some(place) = &plan.place else { return String::new() };
    let parts = [&place.name, &place.address, &place.town];
    parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// Where it is seen, for those alone who have a digital place.
fn broadcast(registration: &Registration) -> String {
    let track = registration.event.plan.track(&registration.track);
    match track.filter(|track| track.attendance == Attendance::Digital && registration.standing == Standing::Seated) {
        Some(track) if !track.broadcast.is_empty() => format!("Du deltar digitalt: {}\n", track.broadcast),
        _ => String::new(),
    }
}

fn closing(plan: &Plan, site: &str) -> String {
    let phone = if plan.contact.phone.is_empty() { String::new() } else { format!(", {}", plan.contact.phone) };
    format!("\nFrågor? {}, {}{phone}.\n\n{site}\n", plan.contact.name, plan.contact.email)
}
