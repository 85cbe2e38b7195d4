//! `/anmalan/grupp/{nyckel}/`: everybody whom one contact person has registered.

use super::registration::{gone, private_head};
use super::when::span;
use super::{Party, Registration, Standing};
use crate::desk::{Answer, Asked, Stop};
use crate::document::Document;
use crate::routes::desk;
use crate::text::capital::capital;
use leptos::prelude::*;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    match asked.services.events.party(asked.part("nyckel")).await? {
        Some(party) => Ok(Answer::page(move || view(party))),
        None => Ok(gone()),
    }
}

fn view(party: Party) -> impl IntoView {
    let unnamed = party.unnamed();
    let Party { event, contact_name, contact_email, people } = party;
    let head = private_head(&event, "Er anmälan");
    let lead = counted(people.iter().map(|(person, _)| person.standing));
    let missing = match unnamed {
        0 => None,
        1 => Some("En person saknar namn. Öppna anmälan och skriv in det.".to_owned()),
        unnamed => Some(format!("{unnamed} personer saknar namn. Öppna deras anmälningar och skriv in dem.")),
    };
    let rows: Vec<_> =
        people.into_iter().enumerate().map(|(at, (person, token))| row(at + 1, person, &token)).collect();
    let (title, when) = (event.plan.title.clone(), capital(&span(event.plan.starts, event.plan.ends)));
    view! {
        <Document head>
            <article class="event registration">
                <header>
                    <h1>"Er anmälan"</h1>
                    <p class="lead">{lead}</p>
                    <p><a href=desk::event(&event.address)>{title}</a> {format!(". {when}.")}</p>
                </header>
                {missing.map(|missing| view! { <p>{missing}</p> })}
                <ul class="rows">{rows}</ul>
                <p>{format!("Anmält av {contact_name}, {contact_email}. Den som har länken till den här sidan kan ändra för alla, så ge den inte vidare.")}</p>
                <p>"Ge var och en länken till den egna anmälan, så kan de själva ändra och skriva om kost och tillgänglighet."</p>
            </article>
        </Document>
    }
}

/// "3 har plats, 2 står i kö."
fn counted(standings: impl Iterator<Item = Standing>) -> String {
    const BEST_FIRST: [Standing; 7] = [
        Standing::Seated,
        Standing::Offered,
        Standing::Waiting,
        Standing::Applied,
        Standing::Cancelled,
        Standing::Refused,
        Standing::Lapsed,
    ];
    let standings: Vec<Standing> = standings.collect();
    let told = BEST_FIRST.into_iter().filter_map(|standing| {
        let count = standings.iter().filter(|known| **known == standing).count();
        (count > 0).then(|| format!("{count} {}", standing.swedish()))
    });
    capital(&format!("{}.", told.collect::<Vec<_>>().join(", ")))
}

fn row(number: usize, person: Registration, token: &str) -> impl IntoView + use<> {
    let name = if person.name.is_empty() { format!("Person {number}: namn saknas") } else { person.name.clone() };
    let line = match person.line {
        Some(line) if line.before == 0 => "Står först i kön".to_owned(),
        Some(line) => format!("Står i kö, {} före", line.before),
        None => capital(person.standing.swedish()),
    };
    let about = if person.email.is_empty() { line } else { format!("{line}. {}", person.email) };
    view! {
        <li>
            <div>
                <strong>{name.clone()}</strong>
                <p class="aside">{about}</p>
            </div>
            <a href=desk::registration(token)>"Se och ändra" <span class="sr">{format!(" {name}")}</span></a>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_party_is_told_how_many_have_a_place() {
        let standings = [Standing::Waiting, Standing::Seated, Standing::Seated, Standing::Waiting, Standing::Cancelled];
        assert_eq!(counted(standings.into_iter()), "2 har plats, 2 står i kö, 1 avbokad.");
    }
}
