//! What has come in the place of something repealed, by the tables of correspondences.

use super::book::{LawBook, split};
use app::law::place::Place;
use app::law::standing::Standing;
use app::law::{Replaced, Spot};
use app::text::dates::swedish;

impl LawBook {
    /// What a repealed provision corresponds to today; `None` while it is in force, or nobody knows its days.
    pub fn replaced(&self, target: &str) -> Option<Replaced> {
        let (instrument, place) = split(target);
        let span = self.span(instrument)?;
        let on = span.until.filter(|_| span.standing(self.today()) == Standing::Repealed)?;
        let chain = self.chain(instrument);
        let by = chain.after(instrument).map(|next| next.label.clone());
        let mut today: Vec<Spot> = Vec::new();
        if let Some(Ok(place)) = place {
            let mut places = vec![(instrument.to_owned(), place)];
            // Along the chain: what replaced it may have been replaced in its turn.
            for _ in 0..chain.0.len() {
                let step = |(instrument, place): &(String, Place)| -> Vec<(String, Place)> {
                    let repealed =
                        self.span(instrument).is_some_and(|span| span.standing(self.today()) == Standing::Repealed);
                    if repealed { self.successors(instrument, *place) } else { vec![(instrument.clone(), *place)] }
                };
                places = places.iter().flat_map(step).collect();
            }
            for (instrument, place) in places {
                let spot = self.spot(&format!("{instrument}#{place}"));
                if !today.contains(&spot) {
                    today.push(spot);
                }
            }
        }
        Some(Replaced { on, today, by })
    }

    /// By the tables: the row of the very place, else of what holds it, else of what it holds.
    fn successors(&self, instrument: &str, place: Place) -> Vec<(String, Place)> {
        let Some(table) = self.tables.iter().find(|table| table.from == instrument) else { return Vec::new() };
        let rows = |fits: &dyn Fn(Place) -> bool| -> Vec<(String, Place)> {
            let rows = table.rows.iter().filter(|row| row.from.is_some_and(fits));
            rows.flat_map(|row| row.to.iter().map(|to| (table.to.clone(), *to))).collect()
        };
        let exact = rows(&|from| from == place);
        if !exact.is_empty() {
            return exact;
        }
        for around in place.outwards() {
            let wider = rows(&|from| from == around);
            if !wider.is_empty() {
                return wider;
            }
        }
        let mut within: Vec<_> =
            rows(&|from| place.holds(from)).into_iter().map(|(id, to)| (id, to.section_only())).collect();
        within.sort();
        within.dedup();
        within
    }
}

/// "Upphävd 1 juli 2025. Motsvaras i dag av …"
pub fn standing_of(replaced: &Replaced) -> String {
    let labels = grouped(&replaced.today);
    let repealed = format!("Upphävd {}.", swedish(replaced.on));
    match (labels.is_empty(), &replaced.by) {
        (false, _) => format!("{repealed} Motsvaras i dag av {labels}."),
        (true, Some(by)) => format!("{repealed} Ersatt av {by}."),
        (true, None) => repealed,
    }
}

/// "13 kap. 1 §, 18 kap. 7 § socialtjänstlagen (2025:400)": each instrument is named once.
fn grouped(spots: &[Spot]) -> String {
    let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
    for spot in spots {
        let place = split(&spot.target).1.and_then(Result::ok).map(Place::spoken).unwrap_or_default();
        let instrument = spot.label.strip_prefix(&place).unwrap_or(&spot.label).trim_start();
        match groups.last_mut() {
            Some((same, places)) if *same == instrument => places.push(place),
            _ => groups.push((instrument, vec![place])),
        }
    }
    let groups: Vec<String> =
        groups.into_iter().map(|(instrument, places)| format!("{} {instrument}", places.join(", "))).collect();
    groups.join(" och ")
}
