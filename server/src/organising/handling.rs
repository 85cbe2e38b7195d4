//! What an organiser does with one registration. Each in the hall of its line, with its line in the log.

use super::{Doing, StoredOrganising};
use crate::accounts::audit::{self, Line};
use crate::events::{self, Hall, line};
use crate::keys::Keys;
use crate::{clock, on_tx};
use anyhow::Result;
use app::accounts::Act;
use app::events::{Deed, DeedRefusal, Event, Protected};
use app::organising::{Handling, HandlingRefusal};
use app::viewer::Admin;
use std::sync::Arc;

impl StoredOrganising {
    pub(super) async fn handle(
        &self,
        doing: Doing,
        event: &Event,
        id: &str,
        handling: Handling,
    ) -> Result<Result<(), HandlingRefusal>> {
        let (keys, now) = (Arc::clone(&self.events.keys), doing.now);
        let (event_id, id) = (event.id.clone(), id.to_owned());
        self.events
            .writer
            .run(&line(&event.address, &event.id), now, move |hall| {
                Box::pin(async move { handle(hall, &keys, doing, &event_id, &id, handling).await })
            })
            .await
    }

    /// The reading and its line in the log are one transaction: neither is there without the other.
    pub(super) async fn real_name(&self, admin: &Admin, event: &Event, id: &str) -> Result<Option<Protected>> {
        const SEALED: &str = "SELECT number, protected FROM registrations WHERE id = $1 AND event_id = $2";
        let now = clock::now();
        let mut tx = self.events.db.begin().await?;
        let row: Option<(i64, Option<Vec<u8>>)> =
            on_tx!(&mut tx, c => sqlx::query_as(SEALED).bind(id).bind(&event.id).fetch_optional(c).await)?;
        let Some((number, Some(sealed))) = row else { return Ok(None) };
        let person = events::protected(&self.events.keys, id, &sealed)?;
        let subject = format!("{} nr {number}", event.address.slug);
        let line = Line { account: Some(&admin.account), act: Act::ReadRealName, subject: &subject };
        audit::write(&mut tx, now, line).await?;
        tx.commit().await?;
        Ok(Some(person))
    }
}

async fn handle(
    hall: &mut Hall,
    keys: &Keys,
    doing: Doing,
    event: &str,
    id: &str,
    handling: Handling,
) -> Result<Result<(), HandlingRefusal>> {
    const NUMBER: &str = "SELECT number FROM registrations WHERE id = $1 AND event_id = $2";
    let number: Option<i64> =
        on_tx!(hall.tx(), c => sqlx::query_scalar(NUMBER).bind(id).bind(event).fetch_optional(c).await)?;
    let Some(number) = number else { return Ok(Err(HandlingRefusal::Ended)) };
    let doing = doing.with(&format!(" nr {number}"));
    let (done, act) = match handling {
        Handling::Approve => (events::decide(hall, id, true, &doing.account).await?, Act::ApprovedRegistration),
        Handling::Refuse => (events::decide(hall, id, false, &doing.account).await?, Act::RefusedRegistration),
        Handling::Cancel => (events::act_for(hall, keys, id, &Deed::Cancel).await?, Act::CancelledRegistration),
        Handling::Note(note) => (take_note(hall, id, &note).await?, Act::NotedRegistration),
        Handling::AllowHandOver => (allow_hand_over(hall, &doing, id).await?, Act::AllowedHandOver),
        Handling::Excuse(is_so) => (excuse(hall, &doing, id, is_so).await?, Act::ExcusedRegistration),
    };
    match done {
        Ok(()) => {
            doing.log(hall.tx(), act).await?;
            Ok(Ok(()))
        }
        Err(DeedRefusal::TooLate) => Ok(Err(HandlingRefusal::TooLate)),
        Err(_) => Ok(Err(HandlingRefusal::Ended)),
    }
}

async fn take_note(hall: &mut Hall, id: &str, note: &str) -> Result<Result<(), DeedRefusal>> {
    const NOTE: &str = "UPDATE registrations SET note = $1 WHERE id = $2";
    on_tx!(hall.tx(), c => sqlx::query(NOTE).bind(note).bind(id).execute(c).await.map(drop))?;
    Ok(Ok(()))
}

async fn allow_hand_over(hall: &mut Hall, doing: &Doing, id: &str) -> Result<Result<(), DeedRefusal>> {
    const ALLOW: &str =
        "UPDATE hand_overs SET approved_at = $1 WHERE registration_id = $2 AND approved_at IS NULL AND expires_at > $1";
    let allowed = on_tx!(hall.tx(), c => sqlx::query(ALLOW).bind(doing.now).bind(id).execute(c).await
        .map(|done| done.rows_affected()))?;
    if allowed == 0 {
        return Ok(Err(DeedRefusal::Ended));
    }
    events::step(hall, id, "allowed-hand-over", Some(&doing.account)).await?;
    Ok(Ok(()))
}

async fn excuse(hall: &mut Hall, doing: &Doing, id: &str, is_so: bool) -> Result<Result<(), DeedRefusal>> {
    const EXCUSE: &str =
        "INSERT INTO fee_waivers (registration_id, account_id, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    const TAKE_BACK: &str = "DELETE FROM fee_waivers WHERE registration_id = $1";
    if is_so {
        on_tx!(hall.tx(), c => sqlx::query(EXCUSE).bind(id).bind(&doing.account).bind(doing.now).execute(c).await.map(drop))?;
    } else {
        on_tx!(hall.tx(), c => sqlx::query(TAKE_BACK).bind(id).execute(c).await.map(drop))?;
    }
    events::step(hall, id, if is_so { "excused" } else { "not-excused" }, Some(&doing.account)).await?;
    Ok(Ok(()))
}
