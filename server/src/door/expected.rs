//! Who is expected at a door, and who has come. Of protected identity the alias, which is all that stands in the open.

use super::{StoredDoors, badge_code};
use crate::on;
use anyhow::Result;
use app::door::merging::{Scan, merge};
use app::door::{Guest, List};
use app::events::Event;
use app::text::collation;

impl StoredDoors {
    pub async fn expected(&self, event: &Event) -> Result<List> {
        const EXPECTED: &str = "SELECT id, name, organisation, token_turn FROM registrations \
             WHERE event_id = $1 AND (standing = 'seated' OR came_at IS NOT NULL) ORDER BY number";
        const SCANS: &str = "SELECT id, registration_id, device, scanned_at FROM check_ins WHERE event_id = $1";
        const UNDONE: &str = "SELECT check_in_id FROM check_in_undos WHERE event_id = $1";
        let db = &self.0.db;
        let expected: Vec<(String, String, String, i64)> =
            on!(db, pool => sqlx::query_as(EXPECTED).bind(&event.id).fetch_all(pool).await)?;
        let scans: Vec<(String, String, String, i64)> =
            on!(db, pool => sqlx::query_as(SCANS).bind(&event.id).fetch_all(pool).await)?;
        let undone: Vec<String> = on!(db, pool => sqlx::query_scalar(UNDONE).bind(&event.id).fetch_all(pool).await)?;
        let mut guests: Vec<Guest> = expected
            .into_iter()
            .map(|(id, name, organisation, turn)| Guest {
                code: badge_code(&self.0.keys, &id, turn),
                id,
                name,
                organisation,
            })
            .collect();
        guests.sort_by_cached_key(|guest| collation::key(&guest.name));
        let scans = scans.into_iter().map(|(id, registration, device, at)| Scan { at, id, registration, device });
        Ok(List { guests, came: merge(scans, &undone.into_iter().collect()) })
    }
}
