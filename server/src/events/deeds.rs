//! What somebody does with their registration: all of it, or nothing.

use super::hall::Hall;
use super::placing::{self, Placed, seal_needs, seal_person, unseal_person};
use super::{StoredEvents, letters, line, settling};
use crate::accounts::tokens;
use crate::keys::Keys;
use crate::{on, on_tx};
use anyhow::{Context, Result};
use app::accounts::person::{Email, PersonName};
use app::events::plan::Plan;
use app::events::{Address, Deed, DeedRefusal, Kind, Needs, Standing};

impl StoredEvents {
    /// The line in which somebody's place is counted.
    pub(super) async fn line_of(&self, token: &str) -> Result<Option<String>> {
        const OF: &str = "SELECT e.id, e.kind, e.series, e.slug FROM registrations r JOIN events e ON e.id = r.event_id \
             WHERE r.token_hash = $1";
        let row: Option<(String, String, String, String)> =
            on!(&self.db, pool => sqlx::query_as(OF).bind(tokens::hash(token)).fetch_optional(pool).await)?;
        let Some((id, kind, series, slug)) = row else { return Ok(None) };
        let kind = Kind::parse(&kind).with_context(|| format!("events.kind holds `{kind}`"))?;
        Ok(Some(line(&Address { kind, series, slug }, &id)))
    }
}

pub(super) async fn act(hall: &mut Hall, keys: &Keys, hash: &str, deed: &Deed) -> Result<Result<(), DeedRefusal>> {
    let Some(placed) = Placed::by_token(hall, hash).await? else { return Ok(Err(DeedRefusal::Missing)) };
    do_it(hall, keys, placed, deed).await
}

/// The same for the organiser, who knows the registration by its id.
pub async fn act_for(hall: &mut Hall, keys: &Keys, id: &str, deed: &Deed) -> Result<Result<(), DeedRefusal>> {
    let Some(placed) = Placed::by_id(hall, id).await? else { return Ok(Err(DeedRefusal::Missing)) };
    do_it(hall, keys, placed, deed).await
}

async fn do_it(hall: &mut Hall, keys: &Keys, mut placed: Placed, deed: &Deed) -> Result<Result<(), DeedRefusal>> {
    // Offers whose time is up are none any more, whether somebody has looked or not.
    if placed.standing == Standing::Offered && placed.offer_until.is_some_and(|until| until <= hall.now) {
        settling::settle(hall, &placed.event).await?;
        return Ok(Err(DeedRefusal::Ended));
    }
    if placed.standing.is_ended() {
        return Ok(Err(DeedRefusal::Ended));
    }
    let moment = hall.moment();
    let Some(ledger) = hall.ledger(&placed.event).await? else { return Ok(Err(DeedRefusal::Missing)) };
    if moment >= ledger.plan.starts {
        return Ok(Err(DeedRefusal::TooLate));
    }
    match deed {
        Deed::Cancel | Deed::DeclineOffer => {
            if *deed == Deed::DeclineOffer && placed.standing != Standing::Offered {
                return Ok(Err(DeedRefusal::Ended));
            }
            cancel(hall, &mut placed).await?;
            Ok(Ok(()))
        }
        Deed::AcceptOffer if placed.standing == Standing::Offered => {
            placed.becomes(hall, Standing::Seated, None).await?;
            Ok(Ok(()))
        }
        // Said yes twice: it is so.
        Deed::AcceptOffer if placed.standing == Standing::Seated => Ok(Ok(())),
        Deed::AcceptOffer => Ok(Err(DeedRefusal::Ended)),
        Deed::Switch { track } => switch(hall, placed, track).await,
        Deed::Repick { workshops } => repick(hall, placed, workshops).await,
        Deed::Move { to } => move_to(hall, placed, to).await,
        Deed::Correct { name, email, role } => correct(hall, keys, &placed, name, email, role).await,
        Deed::Need(needs) => need(hall, keys, &placed, needs).await,
    }
}

/// Ends a registration, and gives the place to who is next.
async fn cancel(hall: &mut Hall, placed: &mut Placed) -> Result<()> {
    const FREE: &str = "UPDATE invited SET registration_id = NULL WHERE registration_id = $1";
    const FORGET: &str = "DELETE FROM hand_overs WHERE registration_id = $1";
    let held = placed.standing.holds();
    if placed.standing == Standing::Seated {
        // A place that was somebody's, and not only offered: finance asks for it.
        placing::step(hall, &placed.id, "gave-back", None).await?;
    }
    placed.becomes(hall, Standing::Cancelled, None).await?;
    for statement in [FREE, FORGET] {
        on_tx!(hall.tx(), c => sqlx::query(statement).bind(&placed.id).execute(c).await.map(drop))?;
    }
    if held {
        settling::promote(hall, &placed.event, &placed.track).await?;
    }
    Ok(())
}

/// To another way of taking part, if there is a place; who waits joins the end of the other line.
async fn switch(hall: &mut Hall, placed: Placed, track: &str) -> Result<Result<(), DeedRefusal>> {
    const SWITCH: &str = "UPDATE registrations SET track = $1, standing = $2, queued = $3, offer_until = NULL, \
         sequence = sequence + 1 WHERE id = $4";
    let today = hall.moment().date();
    let Some(ledger) = hall.ledger(&placed.event).await? else { return Ok(Err(DeedRefusal::Missing)) };
    let is_open = ledger.plan.track(track).is_some_and(|track| !track.approval);
    if !is_open || placed.standing == Standing::Applied {
        return Ok(Err(DeedRefusal::Missing));
    }
    if placed.track == track {
        return Ok(Ok(()));
    }
    let has_room = ledger.judge(track, &placed.share, today).unwrap_or(Ok(()));
    if let (Err(why), true) = (has_room, placed.standing.holds()) {
        return Ok(Err(DeedRefusal::NoPlace(why)));
    }
    let standing = settling::standing_for_next(hall, &placed.event, track, &placed.share).await?;
    if placed.standing.holds() && !standing.holds() {
        return Ok(Err(DeedRefusal::NoPlace(app::events::placement::Why::Full)));
    }
    let queued = placing::next_number(hall, &placed.event).await?;
    on_tx!(hall.tx(), c => sqlx::query(SWITCH).bind(track).bind(standing.as_str()).bind(queued).bind(&placed.id)
        .execute(c).await.map(drop))?;
    placing::count(hall, &placed.event, &placed.track, &placed.share, Some(placed.standing), None).await?;
    placing::count(hall, &placed.event, track, &placed.share, None, Some(standing)).await?;
    if standing.holds() && !placed.standing.holds() {
        placing::pick(hall, &placed.event, &placed.id, &placed.wishes).await?;
    }
    placing::step(hall, &placed.id, "switched", None).await?;
    settling::promote(hall, &placed.event, &placed.track).await?;
    letters::tell(hall, &placed.event, &placed.id, placed.turn, placed.sequence + 1).await?;
    Ok(Ok(()))
}

/// Other workshops, all of them or none: nobody loses a place by asking for one that is full.
async fn repick(hall: &mut Hall, placed: Placed, workshops: &[String]) -> Result<Result<(), DeedRefusal>> {
    const WISH: &str = "UPDATE registrations SET wishes = $1, sequence = sequence + 1 WHERE id = $2";
    const PICKED: &str = "SELECT item FROM registration_picks WHERE registration_id = $1";
    const PICK: &str = "INSERT INTO registration_picks (event_id, item, registration_id) VALUES ($1, $2, $3)";
    const UNPICK: &str = "DELETE FROM registration_picks WHERE registration_id = $1 AND item = $2";
    let Some(ledger) = hall.ledger(&placed.event).await? else { return Ok(Err(DeedRefusal::Missing)) };
    if !fit_together(&ledger.plan, workshops) {
        return Ok(Err(DeedRefusal::WorkshopsClash));
    }
    let is_workshop = |plan: &Plan, item: &str| plan.workshops().any(|session| session.id == item);
    let others = placed.wishes.iter().filter(|item| !is_workshop(&ledger.plan, item));
    let wishes: Vec<String> = others.chain(workshops).cloned().collect();
    if placed.standing.holds() {
        let picked: Vec<String> =
            on_tx!(hall.tx(), c => sqlx::query_scalar(PICKED).bind(&placed.id).fetch_all(c).await)?;
        let Some(ledger) = hall.ledger(&placed.event).await? else { return Ok(Err(DeedRefusal::Missing)) };
        let added: Vec<String> = workshops.iter().filter(|item| !picked.contains(item)).cloned().collect();
        let full: Vec<String> = added.iter().filter(|item| !ledger.has_room_in(item)).cloned().collect();
        if !full.is_empty() {
            return Ok(Err(DeedRefusal::WorkshopsFull(full)));
        }
        let dropped: Vec<String> =
            picked.into_iter().filter(|item| is_workshop(&ledger.plan, item) && !workshops.contains(item)).collect();
        dropped.iter().for_each(|item| ledger.give_back_in(item));
        added.iter().for_each(|item| ledger.take_in(item));
        for item in dropped {
            on_tx!(hall.tx(), c => sqlx::query(UNPICK).bind(&placed.id).bind(item).execute(c).await.map(drop))?;
        }
        for item in added {
            on_tx!(hall.tx(), c => sqlx::query(PICK).bind(&placed.event).bind(item).bind(&placed.id)
                .execute(c).await.map(drop))?;
        }
    }
    let wishes = serde_json::to_string(&wishes)?;
    on_tx!(hall.tx(), c => sqlx::query(WISH).bind(wishes).bind(&placed.id).execute(c).await.map(drop))?;
    letters::tell(hall, &placed.event, &placed.id, placed.turn, placed.sequence + 1).await?;
    Ok(Ok(()))
}

/// Are all of them there, and no two at the same time?
fn fit_together(plan: &Plan, workshops: &[String]) -> bool {
    let sessions: Option<Vec<_>> = workshops.iter().map(|id| plan.workshops().find(|one| one.id == *id)).collect();
    sessions.is_some_and(|sessions| {
        sessions.iter().enumerate().all(|(at, one)| sessions[at + 1..].iter().all(|other| !one.overlaps(other)))
    })
}

/// To another stop of the same tour, if there is a place: the one here is given back in the same moment.
async fn move_to(hall: &mut Hall, placed: Placed, to: &Address) -> Result<Result<(), DeedRefusal>> {
    const THERE: &str = "SELECT id FROM events WHERE kind = $1 AND series = $2 AND slug = $3 \
         AND published_at IS NOT NULL AND cancelled_at IS NULL AND id <> $4";
    const MOVE: &str = "UPDATE registrations SET event_id = $1, number = $2, queued = $2, track = $3, share = $4, \
         standing = $5, wishes = '[]', offer_until = NULL, sequence = sequence + 1 WHERE id = $6";
    const WHOSE: &str = "SELECT organisation, county FROM registrations WHERE id = $1";
    let Some(here) = hall.ledger(&placed.event).await? else { return Ok(Err(DeedRefusal::Missing)) };
    if here.series.is_empty() || here.series != to.series || to.kind != Kind::DialogueMeeting {
        return Ok(Err(DeedRefusal::Missing));
    }
    let there: Option<String> = on_tx!(hall.tx(), c => sqlx::query_scalar(THERE).bind(to.kind.as_str()).bind(&to.series)
        .bind(&to.slug).bind(&placed.event).fetch_optional(c).await)?;
    let Some(there) = there else { return Ok(Err(DeedRefusal::Missing)) };
    let (organisation, county): (String, Option<String>) =
        on_tx!(hall.tx(), c => sqlx::query_as(WHOSE).bind(&placed.id).fetch_one(c).await)?;
    let (moment, today) = (hall.moment(), hall.moment().date());
    let Some(ledger) = hall.ledger(&there).await? else { return Ok(Err(DeedRefusal::Missing)) };
    if moment >= ledger.plan.starts {
        return Ok(Err(DeedRefusal::TooLate));
    }
    let share = ledger.share(&organisation, county.as_deref());
    let Some(track) = ledger.plan.tracks.first().map(|track| track.id.clone()) else {
        return Ok(Err(DeedRefusal::Missing));
    };
    if let Some(Err(why)) = ledger.judge(&track, &share, today) {
        return Ok(Err(DeedRefusal::NoPlace(why)));
    }
    let standing = settling::standing_for_next(hall, &there, &track, &share).await?;
    if !standing.holds() {
        return Ok(Err(DeedRefusal::NoPlace(app::events::placement::Why::Full)));
    }
    let number = placing::next_number(hall, &there).await?;
    placing::unpick(hall, &placed.event, &placed.id).await?;
    on_tx!(hall.tx(), c => sqlx::query(MOVE).bind(&there).bind(number).bind(&track).bind(&share)
        .bind(standing.as_str()).bind(&placed.id).execute(c).await.map(drop))?;
    placing::count(hall, &placed.event, &placed.track, &placed.share, Some(placed.standing), None).await?;
    placing::count(hall, &there, &track, &share, None, Some(standing)).await?;
    placing::step(hall, &placed.id, "moved", None).await?;
    settling::promote(hall, &placed.event, &placed.track).await?;
    letters::tell(hall, &there, &placed.id, placed.turn, placed.sequence + 1).await?;
    Ok(Ok(()))
}

async fn correct(
    hall: &mut Hall,
    keys: &Keys,
    placed: &Placed,
    name: &PersonName,
    email: &Email,
    role: &str,
) -> Result<Result<(), DeedRefusal>> {
    const SEALED: &str = "SELECT protected FROM registrations WHERE id = $1";
    const CORRECT: &str = "UPDATE registrations SET name = $1, email = $2, role = $3, protected = $4, \
         sequence = sequence + 1 WHERE id = $5";
    let sealed: Option<Vec<u8>> =
        on_tx!(hall.tx(), c => sqlx::query_scalar(SEALED).bind(&placed.id).fetch_one(c).await)?;
    // The name that others see stays the alias; the address is sealed.
    let (open, sealed) = match sealed {
        Some(sealed) => {
            let before = unseal_person(keys, &placed.id, &sealed)?;
            ("", Some(seal_person(keys, &placed.id, &before.person, email.as_str())?))
        }
        None => (email.as_str(), None),
    };
    on_tx!(hall.tx(), c => sqlx::query(CORRECT).bind(name.as_str()).bind(open).bind(role).bind(&sealed).bind(&placed.id)
        .execute(c).await.map(drop))?;
    letters::tell(hall, &placed.event, &placed.id, placed.turn, placed.sequence + 1).await?;
    Ok(Ok(()))
}

async fn need(hall: &mut Hall, keys: &Keys, placed: &Placed, needs: &Needs) -> Result<Result<(), DeedRefusal>> {
    const NEED: &str = "UPDATE registrations SET needs = $1 WHERE id = $2";
    let sealed = seal_needs(keys, &placed.id, needs)?;
    on_tx!(hall.tx(), c => sqlx::query(NEED).bind(&sealed).bind(&placed.id).execute(c).await.map(drop))?;
    Ok(Ok(()))
}
