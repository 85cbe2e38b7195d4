//! `/redaktion/logg/`: what the staff has done. For administrators.

use super::{Act, Entry};
use crate::desk::{Answer, Asked, Stop};
use crate::document::{Document, Head};
use crate::routes::desk;
use crate::ui::crumbs::Crumb;
use crate::ui::moment::Moment;
use leptos::prelude::*;

/// So many to a page.
pub const AT_ONCE: usize = 100;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let admin = asked.viewer.admin()?;
    let before = asked.query.get("fore").parse().ok();
    let entries = asked.services.accounts.log(&admin, before).await?;
    Ok(Answer::page(move || view(entries)))
}

fn view(entries: Vec<Entry>) -> impl IntoView {
    let head =
        Head { path: desk::LOG.into(), crumbs: vec![Crumb::new(desk::HOME, "Redaktionen")], ..Head::of_staff("Logg") };
    let older = entries.last().filter(|last| entries.len() == AT_ONCE && last.number > 1).map(|last| last.number);
    let rows = entries.into_iter().map(|entry| {
        let who = match (entry.who.as_str(), entry.act) {
            ("", Act::RefusedProvider) => "Någon utan konto".to_owned(),
            ("", _) => "Kommandoraden".to_owned(),
            _ => entry.who,
        };
        // By what way somebody signed in goes on the sentence; what an act was done to stands after it.
        let joint = if matches!(entry.act, Act::SignedIn | Act::RefusedProvider) { " " } else { ": " };
        let subject = (!entry.subject.is_empty()).then(|| format!("{joint}{}", entry.subject));
        view! {
            <li>
                <div>
                    <p><strong>{who}</strong> {format!(" {}", entry.act.swedish())} {subject} "."</p>
                    <p class="aside"><Moment seconds=entry.at /> {format!(", nr {}", entry.number)}</p>
                </div>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Document head>
            <h1>"Logg"</h1>
            <p>"Allt som inloggade har gjort, det senaste först. Varje rad bygger på den förra, så att en ändring i efterhand syns."</p>
            <ul class="rows">{rows}</ul>
            {older.map(|before| view! { <p><a href=format!("{}?fore={before}", desk::LOG)>"Äldre"</a></p> })}
        </Document>
    }
}
