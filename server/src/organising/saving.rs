//! A plan is saved: by whom it was written last is judged where it is written, and nobody loses a place by it.

use super::{Doing, StoredOrganising};
use crate::db::Tx;
use crate::events::arranging::{ReplanRefusal, replan};
use crate::events::letters::{self, Whom};
use crate::events::{Hall, line};
use crate::library::store;
use crate::{on, on_tx};
use anyhow::{Context, Result, bail};
use app::accounts::Act;
use app::events::Event;
use app::events::plan::Plan;
use app::events::questions::Answers;
use app::organising::in_use::{self, Used};
use app::organising::{Earlier, SaveRefusal};

impl StoredOrganising {
    pub(super) async fn save(
        &self,
        doing: Doing,
        event: &Event,
        version: i64,
        plan: &Plan,
    ) -> Result<Result<i64, SaveRefusal>> {
        let (id, plan, now) = (event.id.clone(), plan.clone(), doing.now);
        let saved: Result<i64, SaveRefusal> = self
            .events
            .writer
            .run(&line(&event.address, &event.id), now, move |hall| {
                Box::pin(async move { save(hall, &doing, &id, version, &plan).await })
            })
            .await?;
        let Err(SaveRefusal::Changed(theirs)) = saved else { return Ok(saved) };
        // By whom stands beside the plan, unless it came with the program.
        let told = self.earlier(&event.id).await?.into_iter().find(|one| one.version == theirs.version);
        Ok(Err(SaveRefusal::Changed(told.map_or(theirs, Box::new))))
    }

    /// The newest first.
    pub(super) async fn earlier(&self, event: &str) -> Result<Vec<Earlier>> {
        const EARLIER: &str = "SELECT v.version, a.name, v.written_at, v.plan FROM event_versions v \
             JOIN accounts a ON a.id = v.account_id WHERE v.event_id = $1 ORDER BY v.version DESC";
        let rows: Vec<(i64, String, i64, String)> =
            on!(&self.events.db, pool => sqlx::query_as(EARLIER).bind(event).fetch_all(pool).await)?;
        rows.into_iter()
            .map(|(version, by, at, plan)| {
                let plan = serde_json::from_str(&plan).context("event_versions.plan cannot be read")?;
                Ok(Earlier { version, by, at, plan })
            })
            .collect()
    }
}

/// In the hall of the event's own line.
pub(super) async fn save(
    hall: &mut Hall,
    doing: &Doing,
    event: &str,
    version: i64,
    plan: &Plan,
) -> Result<Result<i64, SaveRefusal>> {
    const NOW: &str = "SELECT plan, version, published_at FROM events WHERE id = $1";
    let row: Option<(String, i64, Option<i64>)> =
        on_tx!(hall.tx(), c => sqlx::query_as(NOW).bind(event).fetch_optional(c).await)?;
    let Some((before, current, published_at)) = row else { return Ok(Err(SaveRefusal::Gone)) };
    let before: Plan = serde_json::from_str(&before).context("events.plan cannot be read")?;
    if current != version {
        // The very same, saved twice: by a double click.
        if before == *plan {
            return Ok(Ok(current));
        }
        let theirs = Earlier { version: current, by: "Någon annan".into(), at: hall.now, plan: before };
        return Ok(Err(SaveRefusal::Changed(Box::new(theirs))));
    }
    let faults = in_use::faults(&before, plan, &used(hall.tx(), event).await?);
    if !faults.is_empty() {
        return Ok(Err(SaveRefusal::InUse(faults)));
    }
    if before.limited_by != plan.limited_by {
        count_by(hall, event, plan).await?;
    }
    let version = match replan(hall, event, version, plan).await? {
        Ok(version) => version,
        Err(ReplanRefusal::Missing) => return Ok(Err(SaveRefusal::Gone)),
        Err(refusal) => bail!("a plan that takes nothing away was refused: {refusal:?}"),
    };
    keep(hall.tx(), event, version, plan, &doing.account, doing.now).await?;
    doing.log(hall.tx(), Act::ChangedEvent).await?;
    if published_at.is_some() {
        store::move_generation(hall.tx()).await?;
    }
    if published_at.is_some() && (before.starts, before.ends, &before.place) != (plan.starts, plan.ends, &plan.place) {
        letters::tell_all(hall, event, Whom::Seated).await?;
    }
    Ok(Ok(version))
}

pub(super) async fn keep(tx: &mut Tx, event: &str, version: i64, plan: &Plan, account: &str, now: i64) -> Result<()> {
    const KEEP: &str =
        "INSERT INTO event_versions (event_id, version, plan, account_id, written_at) VALUES ($1, $2, $3, $4, $5)";
    let plan = serde_json::to_string(plan)?;
    Ok(on_tx!(tx, c => sqlx::query(KEEP).bind(event).bind(version).bind(plan).bind(account).bind(now)
        .execute(c).await.map(drop))?)
}

/// What is in use of an event's plan.
async fn used(tx: &mut Tx, event: &str) -> Result<Used> {
    const TRACKS: &str = "SELECT track, standing IN ('seated', 'offered'), count(*) FROM registrations \
         WHERE event_id = $1 AND ended_at IS NULL GROUP BY track, standing IN ('seated', 'offered')";
    const TAKEN: &str = "SELECT item, count(*) FROM registration_picks WHERE event_id = $1 GROUP BY item";
    const ANSWERS: &str =
        "SELECT answers FROM registrations WHERE event_id = $1 AND ended_at IS NULL AND answers <> '{}'";
    let tracks: Vec<(String, bool, i64)> = on_tx!(tx, c => sqlx::query_as(TRACKS).bind(event).fetch_all(c).await)?;
    let taken: Vec<(String, i64)> = on_tx!(tx, c => sqlx::query_as(TAKEN).bind(event).fetch_all(c).await)?;
    let answers: Vec<String> = on_tx!(tx, c => sqlx::query_scalar(ANSWERS).bind(event).fetch_all(c).await)?;
    let mut used = Used::default();
    for (track, holds, count) in tracks {
        let count = u32::try_from(count)?;
        if holds {
            *used.held.entry(track.clone()).or_default() += count;
        }
        *used.registered.entry(track).or_default() += count;
    }
    for (item, count) in taken {
        used.taken.insert(item, u32::try_from(count)?);
    }
    for given in answers {
        let given: Answers = serde_json::from_str(&given).context("registrations.answers cannot be read")?;
        for question in given.into_keys() {
            *used.answered.entry(question).or_default() += 1;
        }
    }
    Ok(used)
}

/// As whose each place is counted from now on.
async fn count_by(hall: &mut Hall, event: &str, plan: &Plan) -> Result<()> {
    const ALL: &str = "SELECT id, organisation, county FROM registrations WHERE event_id = $1";
    const COUNT: &str = "UPDATE registrations SET share = $1 WHERE id = $2";
    let all: Vec<(String, String, Option<String>)> =
        on_tx!(hall.tx(), c => sqlx::query_as(ALL).bind(event).fetch_all(c).await)?;
    for (id, organisation, county) in all {
        let share = plan.share(&organisation, county.as_deref());
        on_tx!(hall.tx(), c => sqlx::query(COUNT).bind(share).bind(id).execute(c).await.map(drop))?;
    }
    Ok(())
}
