//! An event is published, taken back or cancelled.

use super::{Doing, StoredOrganising};
use crate::events::letters::{self, Whom};
use crate::events::published::tell_library;
use crate::events::{Hall, line};
use crate::library::store;
use crate::on_tx;
use anyhow::Result;
use app::accounts::Act;
use app::events::{Event, sound};
use app::organising::{Step, StepRefusal};
use app::text::dates::swedish_time;

impl StoredOrganising {
    pub(super) async fn step(&self, doing: Doing, event: &Event, step: Step) -> Result<Result<(), StepRefusal>> {
        let (id, now) = (event.id.clone(), doing.now);
        self.events
            .writer
            .run(&line(&event.address, &event.id), now, move |hall| {
                Box::pin(async move { take(hall, &doing, &id, step).await })
            })
            .await
    }
}

async fn take(hall: &mut Hall, doing: &Doing, event: &str, step: Step) -> Result<Result<(), StepRefusal>> {
    const PUBLISH: &str = "UPDATE events SET published_at = $1 WHERE id = $2 AND published_at IS NULL";
    const WITHDRAW: &str = "UPDATE events SET published_at = NULL WHERE id = $1";
    const CANCEL: &str = "UPDATE events SET cancelled_at = $1 WHERE id = $2 AND cancelled_at IS NULL";
    const REGISTERED: &str = "SELECT count(*) FROM registrations WHERE event_id = $1 AND ended_at IS NULL";
    let now = hall.now;
    let Some(ledger) = hall.ledger(event).await? else { return Ok(Err(StepRefusal::Over)) };
    if ledger.is_cancelled || (step != Step::Withdraw && ledger.plan.ends <= swedish_time(now)) {
        return Ok(Err(StepRefusal::Over));
    }
    let act = match step {
        Step::Publish => {
            let faults = sound::faults(&ledger.plan);
            if !faults.is_empty() {
                return Ok(Err(StepRefusal::Unsound(faults)));
            }
            on_tx!(hall.tx(), c => sqlx::query(PUBLISH).bind(now).bind(event).execute(c).await.map(drop))?;
            tell_library(hall.tx(), event).await?;
            Act::PublishedEvent
        }
        Step::Withdraw => {
            let registered: i64 =
                on_tx!(hall.tx(), c => sqlx::query_scalar(REGISTERED).bind(event).fetch_one(c).await)?;
            if registered > 0 {
                return Ok(Err(StepRefusal::Registered(u32::try_from(registered)?)));
            }
            tell_library(hall.tx(), event).await?;
            on_tx!(hall.tx(), c => sqlx::query(WITHDRAW).bind(event).execute(c).await.map(drop))?;
            Act::WithdrewEvent
        }
        Step::Cancel => {
            on_tx!(hall.tx(), c => sqlx::query(CANCEL).bind(now).bind(event).execute(c).await.map(drop))?;
            tell_library(hall.tx(), event).await?;
            letters::tell_all(hall, event, Whom::Everybody).await?;
            Act::CancelledEvent
        }
    };
    // What was counted before says that it is not so.
    hall.forget();
    store::move_generation(hall.tx()).await?;
    doing.log(hall.tx(), act).await?;
    Ok(Ok(()))
}
