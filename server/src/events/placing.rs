//! One registration in the database: made, placed, ended. Each change of where somebody stands is counted, and told
//! them in a letter of the same transaction.

use super::hall::Hall;
use super::letters;
use super::registering::OWN;
use crate::accounts::tokens;
use crate::clock;
use crate::keys::Keys;
use crate::on_tx;
use anyhow::{Context, Result};
use app::accounts::person::{Email, PersonName};
use app::events::{Application, Needs, Participant, Protected, Standing};

/// A registration to be made.
pub(super) struct New<'a> {
    pub event: &'a str,
    pub application: &'a Application,
    pub person: &'a Participant,
    pub share: &'a str,
    pub standing: Standing,
    pub wishes: Vec<String>,
    pub party: Option<&'a str>,
    pub form_key: String,
    /// The account of the staff who took the call.
    pub by: Option<&'a str>,
}

/// What is sealed of somebody with protected identity.
#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Sealed {
    #[serde(flatten)]
    pub person: Protected,
    pub email: String,
}

/// What the sealed parts of a registration are sealed for.
pub(crate) fn about(registration: &str) -> String {
    format!("anmalan/{registration}")
}

/// Writes a registration down with its place or its number in line, and returns its id.
pub(super) async fn add(hall: &mut Hall, keys: &Keys, new: &New<'_>) -> Result<String> {
    const ADD: &str = "INSERT INTO registrations (id, event_id, number, queued, standing, track, share, party_id, form_key, \
         token_hash, token_turn, name, email, organisation, county, role, protected, needs, wishes, answers, invoice, note, \
         sequence, created_at) \
         VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, 0, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, '', 0, $20)";
    let (id, now) = (clock::new_id(), hall.now);
    let number = next_number(hall, new.event).await?;
    let New { application, person, .. } = new;
    let name = person.name.as_ref().map_or("", PersonName::as_str);
    let email = person.email.as_ref().map_or("", Email::as_str);
    let protected = match &person.protected {
        Some(protected) => Some(seal_person(keys, &id, protected, email)?),
        None => None,
    };
    let email = if protected.is_some() { "" } else { email };
    let needs = seal_needs(keys, &id, &person.needs)?;
    let hash = tokens::hash(&keys.token(OWN, &id, 0));
    let (wishes, answers) = (serde_json::to_string(&new.wishes)?, serde_json::to_string(&application.answers)?);
    let invoice = application.invoice.as_ref().map(serde_json::to_string).transpose()?;
    on_tx!(hall.tx(), c => sqlx::query(ADD).bind(&id).bind(new.event).bind(number).bind(new.standing.as_str())
        .bind(&application.track).bind(new.share).bind(new.party).bind(&new.form_key).bind(&hash).bind(name).bind(email)
        .bind(&application.organisation).bind(application.county.map(|county| county.slug)).bind(&person.role)
        .bind(&protected).bind(&needs).bind(&wishes).bind(&answers).bind(&invoice).bind(now).execute(c).await.map(drop))?;
    count(hall, new.event, &application.track, new.share, None, Some(new.standing)).await?;
    if new.standing.holds() {
        pick(hall, new.event, &id, &new.wishes).await?;
    }
    if new.by.is_some() {
        step(hall, &id, "by-phone", new.by).await?;
    }
    letters::tell(hall, new.event, &id, 0, 0).await?;
    Ok(id)
}

pub(super) fn seal_person(keys: &Keys, id: &str, protected: &Protected, email: &str) -> Result<Vec<u8>> {
    let sealed = Sealed { person: protected.clone(), email: email.to_owned() };
    keys.seal(&about(id), &serde_json::to_string(&sealed)?)
}

pub(super) fn unseal_person(keys: &Keys, id: &str, sealed: &[u8]) -> Result<Sealed> {
    Ok(serde_json::from_str(&keys.unseal(&about(id), sealed)?)?)
}

pub(super) fn seal_needs(keys: &Keys, id: &str, needs: &Needs) -> Result<Option<Vec<u8>>> {
    if needs.is_empty() {
        return Ok(None);
    }
    keys.seal(&about(id), &serde_json::to_string(needs)?).map(Some)
}

/// What somebody needs, unsealed.
pub(crate) fn needs(keys: &Keys, id: &str, sealed: &[u8]) -> Result<Needs> {
    Ok(serde_json::from_str(&keys.unseal(&about(id), sealed)?)?)
}

/// Who somebody with protected identity is: for the one role that may know, and only where the reading is written down.
pub(crate) fn protected(keys: &Keys, id: &str, sealed: &[u8]) -> Result<Protected> {
    unseal_person(keys, id, sealed).map(|sealed| sealed.person)
}

/// Can mail be sent to somebody with protected identity?
pub(crate) fn has_sealed_address(keys: &Keys, id: &str, sealed: &[u8]) -> Result<bool> {
    unseal_person(keys, id, sealed).map(|sealed| !sealed.email.is_empty())
}

/// The next number of an event: given once, without a gap.
pub(super) async fn next_number(hall: &mut Hall, event: &str) -> Result<i64> {
    const NEXT: &str = "UPDATE events SET last_number = last_number + 1 WHERE id = $1 RETURNING last_number";
    let number = on_tx!(hall.tx(), c => sqlx::query_scalar(NEXT).bind(event).fetch_optional(c).await)?;
    number.context("an event is gone while its places are counted")
}

/// A registration as far as placing goes.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub id: String,
    pub event: String,
    pub standing: Standing,
    pub track: String,
    pub share: String,
    pub turn: i64,
    pub sequence: i64,
    pub wishes: Vec<String>,
    pub offer_until: Option<i64>,
}

/// The columns of a [`Row`].
pub(super) const PLACED: &str =
    "SELECT id, event_id, standing, track, share, token_turn, sequence, wishes, offer_until FROM registrations";

pub(super) type Row = (String, String, String, String, String, i64, i64, String, Option<i64>);

impl Placed {
    pub(super) fn read((id, event, standing, track, share, turn, sequence, wishes, offer_until): Row) -> Result<Self> {
        let standing =
            Standing::parse(&standing).with_context(|| format!("registrations.standing holds `{standing}`"))?;
        let wishes = serde_json::from_str(&wishes).context("registrations.wishes cannot be read")?;
        Ok(Self { id, event, standing, track, share, turn, sequence, wishes, offer_until })
    }

    pub(super) async fn by_token(hall: &mut Hall, hash: &str) -> Result<Option<Self>> {
        let query = format!("{PLACED} WHERE token_hash = $1");
        let row: Option<Row> = on_tx!(hall.tx(), c =>
            sqlx::query_as(sqlx::AssertSqlSafe(query.as_str())).bind(hash).fetch_optional(c).await)?;
        row.map(Self::read).transpose()
    }

    pub(super) async fn by_id(hall: &mut Hall, id: &str) -> Result<Option<Self>> {
        let query = format!("{PLACED} WHERE id = $1");
        let row: Option<Row> = on_tx!(hall.tx(), c =>
            sqlx::query_as(sqlx::AssertSqlSafe(query.as_str())).bind(id).fetch_optional(c).await)?;
        row.map(Self::read).transpose()
    }

    /// Moves somebody to another standing on the same track: counts it, takes or gives back what goes with the place,
    /// and tells them.
    pub(super) async fn becomes(
        &mut self,
        hall: &mut Hall,
        standing: Standing,
        offer_until: Option<i64>,
    ) -> Result<()> {
        const MOVE: &str = "UPDATE registrations SET standing = $1, offer_until = $2, ended_at = $3, sequence = sequence + 1, \
             needs = CASE WHEN $3 IS NULL THEN needs ELSE NULL END WHERE id = $4 RETURNING sequence";
        let ended_at = standing.is_ended().then_some(hall.now);
        self.sequence = on_tx!(hall.tx(), c => sqlx::query_scalar(MOVE).bind(standing.as_str()).bind(offer_until)
            .bind(ended_at).bind(&self.id).fetch_one(c).await)?;
        count(hall, &self.event, &self.track, &self.share, Some(self.standing), Some(standing)).await?;
        match (self.standing.holds(), standing.holds()) {
            (false, true) => pick(hall, &self.event, &self.id, &self.wishes).await?,
            (true, false) => unpick(hall, &self.event, &self.id).await?,
            _ => {}
        }
        (self.standing, self.offer_until) = (standing, offer_until);
        step(hall, &self.id, standing.as_str(), None).await?;
        letters::tell(hall, &self.event, &self.id, self.turn, self.sequence).await
    }
}

/// Keeps the ledger in step with the rows: from one standing to another, or from or to nothing.
pub(super) async fn count(
    hall: &mut Hall,
    event: &str,
    track: &str,
    share: &str,
    before: Option<Standing>,
    after: Option<Standing>,
) -> Result<()> {
    let Some(ledger) = hall.ledger(event).await? else { return Ok(()) };
    match before {
        Some(standing) if standing.holds() => ledger.held(track).give_back(share),
        Some(Standing::Waiting) => ledger.leaves_line(track),
        _ => {}
    }
    match after {
        Some(standing) if standing.holds() => ledger.held(track).take(share),
        Some(Standing::Waiting) => ledger.joins_line(track),
        _ => {}
    }
    Ok(())
}

/// Takes what was wished for, as far as there is room: what is full by now is told, and chosen anew.
pub(super) async fn pick(hall: &mut Hall, event: &str, id: &str, wishes: &[String]) -> Result<()> {
    const PICK: &str = "INSERT INTO registration_picks (event_id, item, registration_id) VALUES ($1, $2, $3)";
    for item in wishes {
        let Some(ledger) = hall.ledger(event).await? else { return Ok(()) };
        if !ledger.has_room_in(item) {
            continue;
        }
        ledger.take_in(item);
        on_tx!(hall.tx(), c => sqlx::query(PICK).bind(event).bind(item).bind(id).execute(c).await.map(drop))?;
    }
    Ok(())
}

pub(super) async fn unpick(hall: &mut Hall, event: &str, id: &str) -> Result<()> {
    const UNPICK: &str = "DELETE FROM registration_picks WHERE registration_id = $1 RETURNING item";
    let items: Vec<String> = on_tx!(hall.tx(), c => sqlx::query_scalar(UNPICK).bind(id).fetch_all(c).await)?;
    if let Some(ledger) = hall.ledger(event).await? {
        items.iter().for_each(|item| ledger.give_back_in(item));
    }
    Ok(())
}

pub(crate) async fn step(hall: &mut Hall, registration: &str, step: &str, by: Option<&str>) -> Result<()> {
    const STEP: &str =
        "INSERT INTO registration_steps (id, registration_id, at, step, account_id) VALUES ($1, $2, $3, $4, $5)";
    let now = hall.now;
    Ok(on_tx!(hall.tx(), c => sqlx::query(STEP).bind(clock::new_id()).bind(registration).bind(now).bind(step).bind(by)
        .execute(c).await.map(drop))?)
}
