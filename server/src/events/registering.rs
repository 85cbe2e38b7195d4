//! A form becomes registrations: each a place or a number in line, all of them or none.

use super::hall::Hall;
use super::placing::{self, New};
use super::{letters, settling};
use crate::accounts::audit::{self, Line};
use crate::accounts::tokens;
use crate::clock;
use crate::keys::Keys;
use crate::on_tx;
use anyhow::Result;
use app::accounts::Act;
use app::events::{Application, Participant, Receipt, RegisterRefusal, Standing, questions};
use std::collections::BTreeSet;

/// What a registration's own page is opened with.
pub(super) const OWN: &str = "anmalan";
/// What a party's page is opened with.
pub(super) const PARTY: &str = "grupp";

pub(super) async fn register(
    hall: &mut Hall,
    keys: &Keys,
    event: &str,
    application: &Application,
    by: Option<&str>,
) -> Result<Result<Receipt, RegisterRefusal>> {
    let form_key = tokens::hash(&application.form_key);
    if let Some(receipt) = receipt_of(hall, keys, event, &form_key).await? {
        return Ok(Ok(receipt));
    }
    let moment = hall.moment();
    let Some(ledger) = hall.ledger(event).await? else { return Ok(Err(RegisterRefusal::Changed)) };
    let plan = &ledger.plan;
    let refusal = match plan.track(&application.track) {
        _ if ledger.is_cancelled => Some(RegisterRefusal::Cancelled),
        _ if !ledger.is_published => Some(RegisterRefusal::NotOpenYet),
        _ if plan.example => Some(RegisterRefusal::Example),
        // Who calls is registered by the staff outside these times, too.
        _ if by.is_none() && moment < plan.opens => Some(RegisterRefusal::NotOpenYet),
        _ if by.is_none() && moment >= plan.closes => Some(RegisterRefusal::Closed),
        None => Some(RegisterRefusal::Changed),
        Some(_) if !application.people.iter().all(|person| are_there(plan, person)) => Some(RegisterRefusal::Changed),
        Some(_) => None,
    };
    if let Some(refusal) = refusal {
        return Ok(Err(refusal));
    }
    let needs_approval = plan.track(&application.track).is_some_and(|track| track.approval) && by.is_none();
    let by_invitation = plan.by_invitation && by.is_none();
    let counted = questions::counted(&plan.questions, &application.answers);
    let share = ledger.share(&application.organisation, application.county.map(|county| county.slug));
    let series = ledger.series.clone();

    let invited = match (&application.code, by_invitation) {
        (Some(code), _) => invitation(hall, &series, code).await?,
        (None, _) => None,
    };
    if (by_invitation || application.code.is_some()) && invited.is_none() {
        return Ok(Err(RegisterRefusal::Code));
    }
    let party = match &application.contact {
        Some(contact) => {
            const ADD: &str = "INSERT INTO parties (id, event_id, contact_name, contact_email, token_hash, created_at) \
                 VALUES ($1, $2, $3, $4, $5, $6)";
            let id = clock::new_id();
            let hash = tokens::hash(&keys.token(PARTY, &id, 0));
            let now = hall.now;
            on_tx!(hall.tx(), c => sqlx::query(ADD).bind(&id).bind(event).bind(contact.name.as_str())
                .bind(contact.email.as_str()).bind(hash).bind(now).execute(c).await.map(drop))?;
            Some(id)
        }
        None => None,
    };

    let mut first = None;
    for (index, person) in application.people.iter().enumerate() {
        let standing = match needs_approval {
            true => Standing::Applied,
            false => settling::standing_for_next(hall, event, &application.track, &share).await?,
        };
        let wishes: BTreeSet<String> = person.workshops.iter().chain(&counted).cloned().collect();
        let new = New {
            event,
            application,
            person,
            share: &share,
            standing,
            wishes: wishes.into_iter().collect(),
            party: party.as_deref(),
            form_key: format!("{form_key}/{index}"),
            by,
        };
        let id = placing::add(hall, keys, &new).await?;
        first.get_or_insert(id);
    }
    let Some(first) = first else { return Ok(Err(RegisterRefusal::Changed)) };
    if let Some(account) = by {
        let (now, subject) = (hall.now, format!("{series} {event}").trim().to_owned());
        let line = Line { account: Some(account), act: Act::RegisteredByPhone, subject: &subject };
        audit::write(hall.tx(), now, line).await?;
    }
    if let Some(party) = &party {
        letters::tell_party(hall, event, party).await?;
    }
    if let Some(invitation) = invited {
        const USE: &str = "UPDATE invited SET registration_id = $1 WHERE id = $2";
        on_tx!(hall.tx(), c => sqlx::query(USE).bind(&first).bind(&invitation).execute(c).await.map(drop))?;
    }
    Ok(Ok(match party {
        Some(party) => Receipt { token: keys.token(PARTY, &party, 0), is_party: true },
        None => Receipt { token: keys.token(OWN, &first, 0), is_party: false },
    }))
}

/// What the same form came to before: sent twice, it gives the same receipt.
async fn receipt_of(hall: &mut Hall, keys: &Keys, event: &str, form_key: &str) -> Result<Option<Receipt>> {
    const KNOWN: &str = "SELECT id, party_id, token_turn FROM registrations WHERE event_id = $1 AND form_key = $2";
    let first = format!("{form_key}/0");
    let known: Option<(String, Option<String>, i64)> =
        on_tx!(hall.tx(), c => sqlx::query_as(KNOWN).bind(event).bind(first).fetch_optional(c).await)?;
    Ok(known.map(|(id, party, turn)| match party {
        Some(party) => Receipt { token: keys.token(PARTY, &party, 0), is_party: true },
        None => Receipt { token: keys.token(OWN, &id, turn), is_party: false },
    }))
}

/// Are the workshops that somebody chose still there, and none at the same time as another?
fn are_there(plan: &app::events::plan::Plan, person: &Participant) -> bool {
    let sessions: Option<Vec<_>> =
        person.workshops.iter().map(|id| plan.workshops().find(|one| one.id == *id)).collect();
    sessions.is_some_and(|sessions| {
        sessions.iter().enumerate().all(|(at, one)| sessions[at + 1..].iter().all(|other| !one.overlaps(other)))
    })
}

/// The invitation of that code, unless it has been used by somebody who still comes.
async fn invitation(hall: &mut Hall, series: &str, code: &str) -> Result<Option<String>> {
    const FREE: &str = "SELECT i.id FROM invited i LEFT JOIN registrations r ON r.id = i.registration_id \
         WHERE i.code_hash = $1 AND i.series = $2 AND (r.id IS NULL OR r.ended_at IS NOT NULL)";
    let hash = tokens::hash(&code.trim().to_lowercase());
    Ok(on_tx!(hall.tx(), c => sqlx::query_scalar(FREE).bind(hash).bind(series).fetch_optional(c).await)?)
}
