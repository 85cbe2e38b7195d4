//! A place goes to a colleague: by a link that one person uses, once.

use super::hall::Hall;
use super::placing::{self, Placed, seal_needs};
use super::registering::OWN;
use super::{StoredEvents, letters, line};
use crate::accounts::tokens;
use crate::keys::Keys;
use crate::{on, on_tx};
use anyhow::Result;
use app::events::keeping;
use app::events::placement::group;
use app::events::{Colleague, DeedRefusal, HandOver, HandOverRefusal, Standing};
use app::text::dates::unix_time;
use std::sync::Arc;

/// How long a link waits for its colleague, in seconds.
const LASTS: i64 = keeping::HAND_OVER_DAYS * 24 * 60 * 60;

impl StoredEvents {
    /// Lays the link at a given time; see [`app::events::Events::offer_place`].
    pub async fn offer_place_to(&self, token: &str, now: i64) -> Result<Result<String, DeedRefusal>> {
        let Some(line) = self.line_of(token).await? else { return Ok(Err(DeedRefusal::Missing)) };
        let (hash, link) = (tokens::hash(token), tokens::new());
        let made = tokens::hash(&link);
        let done =
            self.writer.run(&line, now, move |hall| Box::pin(async move { offer(hall, &hash, &made).await })).await?;
        Ok(done.map(|()| link))
    }

    pub(super) async fn hand_over(&self, token: &str, now: i64) -> Result<Option<HandOver>> {
        const OFFERED: &str = "SELECT r.id, r.event_id, r.track, r.organisation FROM hand_overs h \
             JOIN registrations r ON r.id = h.registration_id \
             WHERE h.token_hash = $1 AND h.expires_at > $2 AND r.ended_at IS NULL";
        const PICKED: &str = "SELECT item FROM registration_picks WHERE registration_id = $1 ORDER BY item";
        let row: Option<(String, String, String, String)> = on!(&self.db, pool => sqlx::query_as(OFFERED).bind(tokens::hash(token)).bind(now).fetch_optional(pool).await)?;
        let Some((id, event, track, organisation)) = row else { return Ok(None) };
        let Some(event) = self.by_id(&event).await? else { return Ok(None) };
        let picked: Vec<String> = on!(&self.db, pool => sqlx::query_scalar(PICKED).bind(&id).fetch_all(pool).await)?;
        let workshops = picked.into_iter().filter(|item| event.plan.session(item).is_some()).collect();
        Ok(Some(HandOver { event, track, organisation, workshops }))
    }

    /// Takes the place over at a given time; see [`app::events::Events::take_over`].
    pub async fn take_over_at(
        &self,
        token: &str,
        colleague: Colleague,
        now: i64,
    ) -> Result<Result<String, HandOverRefusal>> {
        let Some(offered) = self.hand_over(token, now).await? else { return Ok(Err(HandOverRefusal::Missing)) };
        let (keys, hash) = (Arc::clone(&self.keys), tokens::hash(token));
        let line = line(&offered.event.address, &offered.event.id);
        let work = self
            .writer
            .run(&line, now, move |hall| Box::pin(async move { take(hall, &keys, &hash, &colleague).await }));
        work.await
    }
}

async fn offer(hall: &mut Hall, hash: &str, link: &str) -> Result<Result<(), DeedRefusal>> {
    const LAY: &str = "INSERT INTO hand_overs (registration_id, token_hash, expires_at) VALUES ($1, $2, $3) \
         ON CONFLICT (registration_id) DO UPDATE SET token_hash = excluded.token_hash, \
         expires_at = excluded.expires_at, approved_at = NULL";
    let Some(placed) = Placed::by_token(hall, hash).await? else { return Ok(Err(DeedRefusal::Missing)) };
    if placed.standing != Standing::Seated {
        return Ok(Err(DeedRefusal::Ended));
    }
    let (now, moment) = (hall.now, hall.moment());
    let Some(ledger) = hall.ledger(&placed.event).await? else { return Ok(Err(DeedRefusal::Missing)) };
    if moment >= ledger.plan.starts {
        return Ok(Err(DeedRefusal::TooLate));
    }
    let until = (now + LASTS).min(unix_time(ledger.plan.starts));
    on_tx!(hall.tx(), c => sqlx::query(LAY).bind(&placed.id).bind(link).bind(until).execute(c).await.map(drop))?;
    Ok(Ok(()))
}

async fn take(
    hall: &mut Hall,
    keys: &Keys,
    link: &str,
    colleague: &Colleague,
) -> Result<Result<String, HandOverRefusal>> {
    const OFFERED: &str = "SELECT h.registration_id, h.approved_at, r.organisation FROM hand_overs h \
         JOIN registrations r ON r.id = h.registration_id WHERE h.token_hash = $1 AND h.expires_at > $2";
    const TAKE: &str = "UPDATE registrations SET name = $1, email = $2, organisation = $3, role = $4, needs = $5, \
         protected = NULL, answers = '{}', note = '', token_turn = token_turn + 1, token_hash = $6, \
         sequence = sequence + 1 WHERE id = $7";
    const USED: &str = "DELETE FROM hand_overs WHERE registration_id = $1";
    let now = hall.now;
    // Whoever comes second finds it gone: the first has taken the row away.
    let row: Option<(String, Option<i64>, String)> =
        on_tx!(hall.tx(), c => sqlx::query_as(OFFERED).bind(link).bind(now).fetch_optional(c).await)?;
    let Some((id, approved_at, organisation)) = row else { return Ok(Err(HandOverRefusal::Missing)) };
    let Some(placed) = Placed::by_id(hall, &id).await? else { return Ok(Err(HandOverRefusal::Missing)) };
    if placed.standing != Standing::Seated {
        return Ok(Err(HandOverRefusal::Missing));
    }
    let moment = hall.moment();
    if hall.ledger(&placed.event).await?.is_none_or(|ledger| moment >= ledger.plan.starts) {
        return Ok(Err(HandOverRefusal::TooLate));
    }
    if approved_at.is_none() && group(&organisation) != group(&colleague.organisation) {
        return Ok(Err(HandOverRefusal::OtherOrganisation));
    }
    let token = keys.token(OWN, &id, placed.turn + 1);
    let needs = seal_needs(keys, &id, &colleague.needs)?;
    // As whose the place is counted stays: it is the same place.
    on_tx!(hall.tx(), c => sqlx::query(TAKE).bind(colleague.name.as_str()).bind(colleague.email.as_str())
        .bind(&colleague.organisation).bind(&colleague.role).bind(&needs).bind(tokens::hash(&token)).bind(&id)
        .execute(c).await.map(drop))?;
    on_tx!(hall.tx(), c => sqlx::query(USED).bind(&id).execute(c).await.map(drop))?;
    placing::step(hall, &id, "handed-over", None).await?;
    letters::tell(hall, &placed.event, &id, placed.turn + 1, placed.sequence + 1).await?;
    Ok(Ok(token))
}
