//! What those who come need, without who they are.

use super::{Doing, StoredOrganising};
use crate::{events, on};
use anyhow::Result;
use app::accounts::Act;
use app::events::Event;
use app::events::plan::Attendance;
use app::organising::AllNeeds;

impl StoredOrganising {
    /// Of those who have a place. Who takes part from elsewhere eats at home.
    pub(super) async fn needs(&self, event: &Event) -> Result<AllNeeds> {
        // By an id of chance, which tells nobody when somebody came.
        const NEEDS: &str = "SELECT id, track, needs FROM registrations \
             WHERE event_id = $1 AND standing IN ('seated', 'offered') AND needs IS NOT NULL ORDER BY id";
        let rows: Vec<(String, String, Vec<u8>)> =
            on!(&self.events.db, pool => sqlx::query_as(NEEDS).bind(&event.id).fetch_all(pool).await)?;
        let mut needs = Vec::with_capacity(rows.len());
        for (id, track, sealed) in rows {
            let mut one = events::needs(&self.events.keys, &id, &sealed)?;
            if event.plan.track(&track).is_some_and(|track| track.attendance == Attendance::Digital) {
                one.diet.clear();
            }
            needs.push(one);
        }
        Ok(AllNeeds { needs })
    }

    pub(super) async fn needs_in_words(&self, doing: Doing, event: &Event) -> Result<AllNeeds> {
        let needs = self.needs(event).await?;
        let mut tx = self.events.db.begin().await?;
        doing.log(&mut tx, Act::ReadNeeds).await?;
        tx.commit().await?;
        Ok(needs)
    }
}
