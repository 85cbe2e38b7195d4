//! Everybody who has registered, and one of them.

use super::StoredOrganising;
use crate::on;
use anyhow::{Context, Result};
use app::counties;
use app::events::placement::{Held, Room};
use app::events::{Event, Standing};
use app::organising::{Detail, HandOverState, Happened, Registered};
use app::text::dates::swedish_time;
use std::collections::BTreeMap;

/// A registration, and what the list does not show of it.
pub(super) struct Known {
    pub shown: Registered,
    /// How often the place has changed hands.
    pub turn: i64,
    pub protected: Option<Vec<u8>>,
}

type First = (String, i64, i64, String, String, String, String, String, Option<String>, String);
type Second = (String, String, String, String, bool, i64, Option<i64>, i64, Option<Vec<u8>>);

impl StoredOrganising {
    pub(super) async fn registered(&self, event: &Event) -> Result<Vec<Known>> {
        const FIRST: &str = "SELECT id, number, queued, standing, track, name, email, organisation, county, role \
             FROM registrations WHERE event_id = $1 ORDER BY number";
        const SECOND: &str = "SELECT id, wishes, answers, note, party_id IS NOT NULL, created_at, came_at, token_turn, \
             protected FROM registrations WHERE event_id = $1";
        const PICKED: &str = "SELECT registration_id, item FROM registration_picks WHERE event_id = $1 ORDER BY item";
        let db = &self.events.db;
        let first: Vec<First> = on!(db, pool => sqlx::query_as(FIRST).bind(&event.id).fetch_all(pool).await)?;
        let second: Vec<Second> = on!(db, pool => sqlx::query_as(SECOND).bind(&event.id).fetch_all(pool).await)?;
        let picked: Vec<(String, String)> =
            on!(db, pool => sqlx::query_as(PICKED).bind(&event.id).fetch_all(pool).await)?;
        let mut picks: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (id, item) in picked {
            picks.entry(id).or_default().push(item);
        }
        let mut second: BTreeMap<String, Second> = second.into_iter().map(|row| (row.0.clone(), row)).collect();
        let mut all = Vec::with_capacity(first.len());
        for (id, number, queued, standing, track, name, email, organisation, county, role) in first {
            // Somebody who has come between the two questions is there the next time.
            let Some((_, wishes, answers, note, in_party, created_at, came_at, turn, protected)) = second.remove(&id)
            else {
                continue;
            };
            let standing =
                Standing::parse(&standing).with_context(|| format!("registrations.standing holds `{standing}`"))?;
            let wishes: Vec<String> = serde_json::from_str(&wishes).context("registrations.wishes cannot be read")?;
            let items = if standing.holds() { picks.remove(&id).unwrap_or_default() } else { wishes };
            let shown = Registered {
                id,
                number,
                queued,
                standing,
                track,
                name,
                email,
                organisation,
                county: county.as_deref().and_then(counties::find),
                role,
                items,
                answers: serde_json::from_str(&answers).context("registrations.answers cannot be read")?,
                note,
                in_party,
                why: None,
                created_at,
                came_at,
            };
            all.push(Known { shown, turn, protected });
        }
        tell_why(event, &mut all);
        Ok(all)
    }

    pub(super) async fn detail(&self, event: &Event, id: &str) -> Result<Option<Detail>> {
        const NOTE: &str = "SELECT note FROM registrations WHERE id = $1";
        const STEPS: &str = "SELECT s.at, s.step, COALESCE(a.name, '') FROM registration_steps s \
             LEFT JOIN accounts a ON a.id = s.account_id WHERE s.registration_id = $1 ORDER BY s.at, s.id";
        const HAND_OVER: &str = "SELECT approved_at FROM hand_overs WHERE registration_id = $1 AND expires_at > $2";
        let db = &self.events.db;
        let Some((mut registration, _)) = self.events.registration_of(id).await? else { return Ok(None) };
        if registration.event.id != event.id {
            return Ok(None);
        }
        if registration.is_protected {
            registration.email.clear();
        }
        let note: String = on!(db, pool => sqlx::query_scalar(NOTE).bind(id).fetch_one(pool).await)?;
        let steps: Vec<(i64, String, String)> = on!(db, pool => sqlx::query_as(STEPS).bind(id).fetch_all(pool).await)?;
        let hand_over: Option<Option<i64>> = on!(db, pool => sqlx::query_scalar(HAND_OVER).bind(id)
            .bind(crate::clock::now()).fetch_optional(pool).await)?;
        let hand_over = hand_over.map(|approved_at| match approved_at {
            None => HandOverState::Offered,
            Some(_) => HandOverState::Allowed,
        });
        let steps = steps.into_iter().map(|(at, step, by)| Happened { at, step, by }).collect();
        Ok(Some(Detail { registration, note, steps, hand_over }))
    }
}

/// Why the next place on each track is not theirs who wait for it.
fn tell_why(event: &Event, all: &mut [Known]) {
    let today = swedish_time(crate::clock::now()).date();
    let plan = &event.plan;
    let share = |one: &Registered| plan.share(&one.organisation, one.county.map(|county| county.slug));
    for track in &plan.tracks {
        let room = Room::of(track, today);
        let on_track = |one: &&Known| one.shown.track == track.id && one.shown.standing.holds();
        let held = Held::new(all.iter().filter(on_track).map(|one| (share(&one.shown), 1)));
        for one in all.iter_mut().map(|one| &mut one.shown) {
            if one.track == track.id && one.standing == Standing::Waiting {
                one.why = room.judge(&held, &share(one)).err();
            }
        }
    }
}
