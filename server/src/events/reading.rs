//! A registration as whoever holds its link sees it.

use super::StoredEvents;
use super::placing::unseal_person;
use super::registering::{OWN, PARTY};
use crate::accounts::tokens;
use crate::door;
use crate::mail::outbox;
use crate::{clock, on};
use anyhow::{Context, Result};
use app::counties;
use app::events::placement::{Held, Room};
use app::events::{Event, InLine, Party, Registration, Standing};
use app::text::dates::swedish_time;

const FIRST: &str = "SELECT id, event_id, number, standing, track, share, offer_until, name, email, organisation, county, \
     role, wishes, answers, queued, token_turn FROM registrations";
const SECOND: &str =
    "SELECT protected, needs IS NOT NULL, party_id, created_at, came_at FROM registrations WHERE id = $1";

type First = (
    String,
    String,
    i64,
    String,
    String,
    String,
    Option<i64>,
    String,
    String,
    String,
    Option<String>,
    String,
    String,
    String,
    i64,
    i64,
);
type Second = (Option<Vec<u8>>, bool, Option<String>, i64, Option<i64>);

impl StoredEvents {
    pub(crate) async fn registration(&self, token: &str) -> Result<Option<Registration>> {
        let query = format!("{FIRST} WHERE token_hash = $1");
        let row: Option<First> = on!(&self.db, pool => sqlx::query_as(sqlx::AssertSqlSafe(query.as_str()))
            .bind(tokens::hash(token)).fetch_optional(pool).await)?;
        match row {
            Some(row) => Ok(self.whole(row).await?.map(|(registration, _)| registration)),
            None => Ok(None),
        }
    }

    /// The registration of that id, and the token of its holder's page.
    pub(crate) async fn registration_of(&self, id: &str) -> Result<Option<(Registration, String)>> {
        let query = format!("{FIRST} WHERE id = $1");
        let row: Option<First> = on!(&self.db, pool => sqlx::query_as(sqlx::AssertSqlSafe(query.as_str()))
            .bind(id).fetch_optional(pool).await)?;
        match row {
            Some(row) => self.whole(row).await,
            None => Ok(None),
        }
    }

    pub(super) async fn party(&self, token: &str) -> Result<Option<Party>> {
        const PARTY_OF: &str = "SELECT id, event_id, contact_name, contact_email FROM parties WHERE token_hash = $1";
        let row: Option<(String, String, String, String)> =
            on!(&self.db, pool => sqlx::query_as(PARTY_OF).bind(tokens::hash(token)).fetch_optional(pool).await)?;
        let Some((id, event, contact_name, contact_email)) = row else { return Ok(None) };
        let Some(event) = self.by_id(&event).await? else { return Ok(None) };
        let query = format!("{FIRST} WHERE party_id = $1 ORDER BY number");
        let rows: Vec<First> = on!(&self.db, pool => sqlx::query_as(sqlx::AssertSqlSafe(query.as_str()))
            .bind(&id).fetch_all(pool).await)?;
        let mut people = Vec::with_capacity(rows.len());
        for row in rows {
            people.extend(self.whole(row).await?);
        }
        Ok(Some(Party { event, contact_name, contact_email, people }))
    }

    /// The token of a party's page.
    pub(crate) fn party_token(&self, id: &str) -> String {
        self.keys.token(PARTY, id, 0)
    }

    async fn whole(&self, row: First) -> Result<Option<(Registration, String)>> {
        const PICKED: &str = "SELECT item FROM registration_picks WHERE registration_id = $1";
        let (
            id,
            event,
            number,
            standing,
            track,
            share,
            offer_until,
            name,
            email,
            organisation,
            county,
            role,
            wishes,
            answers,
            queued,
            turn,
        ) = row;
        let Some(event) = self.by_id(&event).await? else { return Ok(None) };
        let standing =
            Standing::parse(&standing).with_context(|| format!("registrations.standing holds `{standing}`"))?;
        let (protected, has_needs, party, created_at, came_at): Second =
            on!(&self.db, pool => sqlx::query_as(SECOND).bind(&id).fetch_one(pool).await)?;
        let picked: Vec<String> = on!(&self.db, pool => sqlx::query_scalar(PICKED).bind(&id).fetch_all(pool).await)?;
        let wishes: Vec<String> = serde_json::from_str(&wishes).context("registrations.wishes cannot be read")?;
        let is_workshop = |item: &&String| event.plan.session(item).is_some();
        let workshops: Vec<String> = match standing.holds() {
            true => picked.iter().filter(is_workshop).cloned().collect(),
            false => wishes.iter().filter(is_workshop).cloned().collect(),
        };
        let missed = match standing.holds() {
            true => wishes.iter().filter(|item| !picked.contains(item)).cloned().collect(),
            false => Vec::new(),
        };
        let line = match standing {
            Standing::Waiting => Some(self.in_line(&event, &track, &share, queued).await?),
            _ => None,
        };
        let email = match &protected {
            Some(sealed) => unseal_person(&self.keys, &id, sealed)?.email,
            None => email,
        };
        let letters = outbox::standing_of(&self.db, &id).await?;
        let token = self.keys.token(OWN, &id, turn);
        let badge = door::badge_code(&self.keys, &id, turn);
        let registration = Registration {
            id,
            badge,
            number,
            standing,
            track,
            line,
            offer_until: offer_until.filter(|_| standing == Standing::Offered),
            name,
            email,
            organisation,
            county: county.as_deref().and_then(counties::find),
            role,
            workshops,
            missed,
            answers: serde_json::from_str(&answers).context("registrations.answers cannot be read")?,
            is_protected: protected.is_some(),
            has_needs,
            in_party: party.is_some(),
            created_at,
            came_at,
            letters,
            event,
        };
        Ok(Some((registration, token)))
    }

    /// How many stand before somebody, and why the next place is not theirs.
    async fn in_line(&self, event: &Event, track: &str, share: &str, queued: i64) -> Result<InLine> {
        const BEFORE: &str = "SELECT count(*) FROM registrations \
             WHERE event_id = $1 AND track = $2 AND standing = 'waiting' AND queued < $3";
        const HELD: &str = "SELECT share, standing, count(*) FROM registrations \
             WHERE event_id = $1 AND track = $2 AND standing IN ('seated', 'offered') GROUP BY share, standing";
        let before: i64 = on!(&self.db, pool => sqlx::query_scalar(BEFORE).bind(&event.id).bind(track).bind(queued)
            .fetch_one(pool).await)?;
        let held: Vec<(String, String, i64)> = on!(&self.db, pool => sqlx::query_as(HELD).bind(&event.id).bind(track)
            .fetch_all(pool).await)?;
        let offered = held.iter().filter(|(_, standing, _)| standing == Standing::Offered.as_str());
        let offered = u32::try_from(offered.map(|(_, _, count)| count).sum::<i64>())?;
        let held: Vec<(String, u32)> =
            held.into_iter().map(|(share, _, count)| Ok((share, u32::try_from(count)?))).collect::<Result<_>>()?;
        let today = swedish_time(clock::now()).date();
        let room = event.plan.track(track).map(|track| Room::of(track, today));
        let why = room.and_then(|room| room.judge(&Held::new(held), share).err());
        Ok(InLine { before: u32::try_from(before)?, why, offered })
    }
}
