//! What is printed for the day: badges, the list at the door, certificates. For protected identity, the alias.

use super::{Doing, StoredOrganising};
use crate::certificates::{self, StoredCertificates};
use crate::{door, pdf};
use anyhow::Result;
use app::accounts::Act;
use app::desk::Download;
use app::events::plan::Attendance;
use app::events::{Event, Standing};
use app::organising::{Print, Registered};
use app::routes::desk;
use app::text::capital::capital;
use app::text::collation;
use app::text::dates::unix_time;
use std::sync::Arc;

impl StoredOrganising {
    pub(super) async fn print(&self, doing: Doing, event: &Event, print: Print) -> Result<Download> {
        let ((name, many), bytes) = match print {
            Print::Badges => self.badges(event).await?,
            Print::DoorList => self.door_list(event).await?,
            Print::Certificates => self.certificates(event, doing.now).await?,
        };
        let mut tx = self.events.db.begin().await?;
        doing.with(&format!(": {name}, {many}")).log(&mut tx, Act::FetchedList).await?;
        tx.commit().await?;
        Ok(Download { name: format!("{name}.pdf"), mime: "application/pdf", bytes })
    }

    async fn badges(&self, event: &Event) -> Result<Made> {
        let keys = &self.events.keys;
        let badge = |(one, turn): (Registered, i64)| {
            let track = event.plan.track(&one.track).filter(|track| track.approval);
            pdf::Badge {
                code_url: Some(format!(
                    "{}{}",
                    self.site.base_url,
                    desk::badge(&door::badge_code(keys, &one.id, turn))
                )),
                name: one.name,
                organisation: one.organisation,
                role: one.role,
                track: track.map(|track| track.name.clone()).unwrap_or_default(),
            }
        };
        let badges: Vec<pdf::Badge> = self.at_the_door(event).await?.into_iter().map(badge).collect();
        let (many, title) = (badges.len(), seen_by_others(event));
        made("namnskyltar", many, move || pdf::badges(&title, &badges)).await
    }

    async fn door_list(&self, event: &Event) -> Result<Made> {
        const COLUMNS: [&str; 4] = ["Namn", "Organisation", "Sätt att delta", "Här"];
        let row = |(one, _): (Registered, i64)| {
            let track = event.plan.track(&one.track).map_or(one.track.as_str(), |track| track.name.as_str()).to_owned();
            let name = if one.name.is_empty() { format!("Nummer {}", one.number) } else { one.name };
            vec![name, one.organisation, track, String::new()]
        };
        let rows: Vec<Vec<String>> = self.at_the_door(event).await?.into_iter().map(row).collect();
        let (many, title) = (rows.len(), format!("Dörrlista {}", event.plan.starts.date()));
        made("dorrlista", many, move || pdf::list(&title, &COLUMNS, &rows)).await
    }

    /// With the codes that their holders get, too. Before it is over nobody has taken part in it.
    async fn certificates(&self, event: &Event, now: i64) -> Result<Made> {
        let certificates = StoredCertificates { events: Arc::clone(&self.events), site: Arc::clone(&self.site) };
        let mut papers = Vec::new();
        let is_over = now >= unix_time(event.plan.ends);
        for one in self.registered(event).await?.into_iter().map(|one| one.shown).filter(|_| is_over) {
            if one.came_at.is_none() {
                continue;
            }
            let Some((registration, _)) = self.events.registration_of(&one.id).await? else { continue };
            let code = certificates::issue(&self.events.db, &event.id, &one.id, now).await?;
            papers.push(certificates.paper(&registration, &code));
        }
        papers.sort_by_cached_key(|paper| collation::key(&paper.name));
        let many = papers.len();
        made("intyg", many, move || pdf::certificates(&papers)).await
    }

    /// Those who have a place and come to the place, in the order of names, with how often it has changed hands.
    async fn at_the_door(&self, event: &Event) -> Result<Vec<(Registered, i64)>> {
        let on_site =
            |one: &Registered| event.plan.track(&one.track).is_none_or(|track| track.attendance == Attendance::OnSite);
        let all = self.registered(event).await?.into_iter().map(|one| (one.shown, one.turn));
        let mut seated: Vec<(Registered, i64)> =
            all.filter(|(one, _)| one.standing == Standing::Seated && on_site(one)).collect();
        seated.sort_by_cached_key(|(one, _)| (collation::key(&one.name), one.number));
        Ok(seated)
    }
}

/// What a file is called and how many it is about, and the file.
type Made = ((&'static str, usize), Vec<u8>);

/// Fonts and compression are work for a processor, not for a task that answers others as well.
async fn made(
    name: &'static str,
    many: usize,
    make: impl FnOnce() -> Result<Vec<u8>> + Send + 'static,
) -> Result<Made> {
    Ok(((name, many), tokio::task::spawn_blocking(make).await??))
}

/// What may stand on everybody's breast: the title only where mails tell it, too.
fn seen_by_others(event: &Event) -> String {
    if event.plan.open_mail { event.plan.title.clone() } else { capital(event.address.kind.swedish()) }
}
