//! What finance needs to know of each place: how it ended, and where a bill would go.

use super::StoredOrganising;
use crate::on;
use anyhow::{Context, Result};
use app::events::late_fee::{Case, Ended, refilled};
use app::events::plan::Attendance;
use app::events::{Event, Standing};
use app::organising::Debtor;
use std::collections::{BTreeMap, BTreeSet};

/// How it went with somebody, as their steps tell it.
#[derive(Default)]
struct Steps {
    gave_back: Option<i64>,
    /// Got a place after having waited.
    given: Option<i64>,
}

impl StoredOrganising {
    pub(super) async fn debtors(&self, event: &Event) -> Result<Vec<Debtor>> {
        const ALL: &str = "SELECT r.id, r.number, r.name, r.organisation, r.invoice, r.track, r.standing, r.came_at, \
             w.registration_id IS NOT NULL FROM registrations r LEFT JOIN fee_waivers w ON w.registration_id = r.id \
             WHERE r.event_id = $1 ORDER BY r.number";
        const STEPS: &str = "SELECT s.registration_id, s.at, s.step FROM registration_steps s \
             JOIN registrations r ON r.id = s.registration_id \
             WHERE r.event_id = $1 AND s.step IN ('gave-back', 'seated', 'approved') ORDER BY s.at, s.id";
        type Row = (String, i64, String, String, Option<String>, String, String, Option<i64>, bool);
        let db = &self.events.db;
        let all: Vec<Row> = on!(db, pool => sqlx::query_as(ALL).bind(&event.id).fetch_all(pool).await)?;
        let taken: Vec<(String, i64, String)> =
            on!(db, pool => sqlx::query_as(STEPS).bind(&event.id).fetch_all(pool).await)?;
        let approved: BTreeSet<String> =
            taken.iter().filter(|(_, _, step)| step == "approved").map(|(id, ..)| id.clone()).collect();
        let mut steps: BTreeMap<String, Steps> = BTreeMap::new();
        for (id, at, step) in taken {
            let known = steps.entry(id.clone()).or_default();
            match step.as_str() {
                "gave-back" => known.gave_back = Some(at),
                // Whom the organiser let in has taken nobody's place over.
                "seated" if !approved.contains(&id) => known.given = Some(at),
                _ => {}
            }
        }
        let went_on = went_on(&all.iter().map(|row| (row.0.as_str(), row.5.as_str())).collect::<Vec<_>>(), &steps);

        all.into_iter()
            .map(|(id, number, name, organisation, invoice, track, standing, came_at, is_excused)| {
                let standing =
                    Standing::parse(&standing).with_context(|| format!("registrations.standing holds `{standing}`"))?;
                let gave_back = steps.get(&id).and_then(|steps| steps.gave_back);
                let ended = match (standing, gave_back) {
                    (Standing::Seated, _) => Ended::Kept { came: came_at.is_some() },
                    (Standing::Cancelled, Some(at)) => Ended::GaveBack { at, refilled: went_on.contains(&id) },
                    _ => Ended::WithoutPlace,
                };
                let attendance = event.plan.track(&track).map_or(Attendance::OnSite, |track| track.attendance);
                let invoice = invoice.map(|text| serde_json::from_str(&text)).transpose();
                Ok(Debtor {
                    registration: id,
                    number,
                    name,
                    organisation,
                    invoice: invoice.context("registrations.invoice cannot be read")?,
                    is_excused,
                    case: Case { attendance, ended, is_excused },
                })
            })
            .collect()
    }
}

/// Those whose place went on to somebody in line, track by track. `people` are ids and tracks.
fn went_on(people: &[(&str, &str)], steps: &BTreeMap<String, Steps>) -> BTreeSet<String> {
    let tracks: BTreeSet<&str> = people.iter().map(|(_, track)| *track).collect();
    let mut went_on = BTreeSet::new();
    for track in tracks {
        let on_track = || people.iter().filter(|(_, known)| *known == track).map(|(id, _)| *id);
        let of = |id: &str, what: fn(&Steps) -> Option<i64>| steps.get(id).and_then(what);
        let (ids, moments): (Vec<&str>, Vec<i64>) =
            on_track().filter_map(|id| Some((id, of(id, |steps| steps.gave_back)?))).unzip();
        let given: Vec<i64> = on_track().filter_map(|id| of(id, |steps| steps.given)).collect();
        let freed = ids.into_iter().zip(refilled(&moments, &given)).filter(|(_, went)| *went);
        went_on.extend(freed.map(|(id, _)| id.to_owned()));
    }
    went_on
}
