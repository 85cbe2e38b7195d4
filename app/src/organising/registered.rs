//! `/redaktion/konferenser/{arrangemang}/anmalda/`: everybody who has registered, and why the next in line is or is not
//! given a place.

use super::event::{head, item_name};
use super::{Registered, organised};
use crate::counties::{COUNTIES, County};
use crate::desk::{Answer, Asked, Fields, Stop};
use crate::document::Document;
use crate::events::placement::{Why, group};
use crate::events::plan::{LimitedBy, Plan};
use crate::events::{Event, Standing};
use crate::routes::desk;
use crate::text::capital::capital;
use crate::ui::field::ChoiceField;
use crate::ui::table::TableBox;
use leptos::prelude::*;
use std::sync::Arc;

/// More than these nobody looks through.
const AT_ONCE: usize = 200;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let (event, editor) = organised(&asked).await?;
    let all = asked.services.organising.registered(&editor, &event).await?;
    let wanted = Wanted::read(&asked.query);
    let organisations = organisations(&all);
    let lines = next_in_line(&event.plan, &all);
    let shown: Vec<Registered> = all.into_iter().filter(|one| wanted.fits(one)).collect();
    Ok(Answer::page(move || view(event, shown, organisations, lines, wanted)))
}

/// What the list is narrowed to. Empty fields narrow nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    words: String,
    standing: String,
    track: String,
    county: String,
    organisation: String,
    item: String,
}

impl Wanted {
    pub(super) fn read(query: &Fields) -> Self {
        let get = |name: &str| query.get(name).to_owned();
        Self {
            words: get("q"),
            standing: get("lage"),
            track: get("satt"),
            county: get("lan"),
            organisation: get("organisation"),
            item: get("val"),
        }
    }

    /// Words are sought in names and numbers alone: what somebody has answered is found by nobody who guesses at it.
    pub(super) fn fits(&self, one: &Registered) -> bool {
        let searched = format!("{} {} {}", one.name, one.organisation, one.number).to_lowercase();
        let words = self.words.to_lowercase();
        words.split_whitespace().all(|word| searched.contains(word))
            && (self.standing.is_empty() || one.standing.as_str() == self.standing)
            && (self.track.is_empty() || one.track == self.track)
            && (self.county.is_empty() || one.county.is_some_and(|county| county.slug == self.county))
            && (self.organisation.is_empty() || group(&one.organisation) == self.organisation)
            && (self.item.is_empty() || one.items.contains(&self.item))
    }
}

/// Each organisation once, by the name it is counted under and the one that was typed first.
fn organisations(all: &[Registered]) -> Vec<(String, String)> {
    let mut named: Vec<(String, String)> = Vec::new();
    for one in all.iter().filter(|one| !one.organisation.is_empty()) {
        let known = group(&one.organisation);
        if !named.iter().any(|(name, _)| *name == known) {
            named.push((known, one.organisation.clone()));
        }
    }
    named.sort_by_key(|(_, name)| crate::text::collation::key(name));
    named
}

/// Of each track that somebody waits for: who is next, and why they are not given a place.
fn next_in_line(plan: &Plan, all: &[Registered]) -> Vec<String> {
    let told = |track: &crate::events::plan::Track| {
        let waiting = all.iter().filter(|one| one.track == track.id && one.standing == Standing::Waiting);
        let next = waiting.min_by_key(|one| one.queued)?;
        let offered = all.iter().filter(|one| one.track == track.id && one.standing == Standing::Offered).count();
        let mut told = format!("{}: först i kön står nummer {}. ", track.name, next.number);
        told.push_str(&match next.why {
            Some(why) => because(why, plan, &next.organisation, next.county, track.seats),
            None => "Det finns en ledig plats: den ges vid nästa genomgång, inom en minut.".to_owned(),
        });
        if offered > 0 {
            told.push_str(&format!(" {offered} har erbjudits plats och har inte svarat än."));
        }
        Some(told)
    };
    plan.tracks.iter().filter_map(told).collect()
}

/// Why the next place is not somebody's, in a sentence.
pub(super) fn because(
    why: Why,
    plan: &Plan,
    organisation: &str,
    county: Option<&County>,
    seats: Option<u32>,
) -> String {
    let whose = match plan.limited_by {
        Some(LimitedBy::County) => county.map_or("Länet", |county| county.name),
        Some(LimitedBy::Organisation) => organisation,
        None => "Gruppen",
    };
    match why {
        Why::Full => format!("Alla {} platser är tagna.", seats.unwrap_or(0)),
        Why::GroupFull => format!("{whose} har redan alla platser som de kan få innan platserna släpps."),
        Why::Reserved => "De platser som är kvar är reserverade för andra tills platserna släpps.".to_owned(),
    }
}

fn view(
    event: Arc<Event>,
    shown: Vec<Registered>,
    organisations: Vec<(String, String)>,
    lines: Vec<String>,
    wanted: Wanted,
) -> impl IntoView {
    let head = head(&event, desk::REGISTERED, "Anmälda");
    let standings = Standing::ALL.map(|standing| (standing.as_str().to_owned(), capital(standing.swedish())));
    let tracks = event.plan.tracks.iter().map(|track| (track.id.clone(), track.name.clone()));
    let counties = COUNTIES.iter().map(|county| (county.slug.to_owned(), county.name.to_owned()));
    let items = event.plan.counted().map(|(item, _)| (item.clone(), item_name(&event.plan, &item)));
    let (standings, tracks, counties) = (or_all(standings), or_all(tracks), or_all(counties));
    let (items, organisations) = (or_all(items), or_all(organisations));
    let count = match shown.len() {
        0 => "Ingen. Ta bort något val.".to_owned(),
        1 => "1 person".to_owned(),
        many if many > AT_ONCE => format!("{many} personer. Här är de {AT_ONCE} första: sök för att hitta de andra."),
        many => format!("{many} personer"),
    };
    let rows: Vec<_> = shown.into_iter().take(AT_ONCE).map(|one| row(&event, one)).collect();
    let lines = (!lines.is_empty()).then(|| {
        let lines: Vec<_> = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect();
        view! { <section aria-labelledby="kon"><h2 id="kon">"Näst på tur"</h2><ul>{lines}</ul></section> }
    });
    let Wanted { words, standing, track, county, organisation, item } = wanted;
    view! {
        <Document head>
            <h1>"Anmälda"</h1>
            <p><a class="button" href=desk::of_event(desk::BY_PHONE, &event.id)>"Anmäl någon per telefon"</a></p>
            {lines}
            <h2>"Alla anmälda"</h2>
            <form class="narrow" action=desk::of_event(desk::REGISTERED, &event.id)>
                <div class="field">
                    <label for="q">"Namn, organisation eller nummer"</label>
                    <input type="search" id="q" name="q" value=words maxlength="200" autocomplete="off" />
                </div>
                <ChoiceField name="lage" label="Läge" chosen=standing choices=standings />
                <ChoiceField name="satt" label="Sätt att delta" chosen=track choices=tracks />
                <ChoiceField name="lan" label="Län" chosen=county choices=counties />
                <ChoiceField name="organisation" label="Organisation" chosen=organisation choices=organisations />
                <ChoiceField name="val" label="Workshop eller val" chosen=item choices=items />
                <button>"Visa"</button>
            </form>
            <p role="status">{count}</p>
            <TableBox about="anmälda">
                <table>
                    <thead><tr>
                        <th scope="col">"Nr"</th><th scope="col">"Namn"</th><th scope="col">"Organisation"</th>
                        <th scope="col">"Sätt att delta"</th><th scope="col">"Läge"</th><th scope="col">"Anteckning"</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </TableBox>
        </Document>
    }
}

fn or_all(choices: impl IntoIterator<Item = (String, String)>) -> Vec<(String, String)> {
    std::iter::once((String::new(), "Alla".to_owned())).chain(choices).collect()
}

fn row(event: &Event, one: Registered) -> impl IntoView + use<> {
    let to = desk::of_registration(desk::REGISTERED_ONE, &event.id, &one.id);
    let name = if one.name.is_empty() { "Namn kommer".to_owned() } else { one.name };
    let track = event.plan.track(&one.track).map_or_else(|| one.track.clone(), |track| track.name.clone());
    let standing = match one.why {
        Some(Why::GroupFull) => "står i kö: gruppen har fått sina platser",
        Some(Why::Reserved) => "står i kö: resten är reserverat",
        Some(Why::Full) | None => one.standing.swedish(),
    };
    let county = one.county.map(|county| format!(", {}", county.name)).unwrap_or_default();
    view! {
        <tr>
            <td>{one.number}</td>
            <th scope="row"><a href=to>{name}</a></th>
            <td>{format!("{}{county}", one.organisation)}</td>
            <td>{track}</td>
            <td>{standing}</td>
            <td>{one.note}</td>
        </tr>
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::counties;
    use crate::events::Kind;
    use crate::organising::template;
    use jiff::civil::date;

    pub(in crate::organising) fn one(number: i64, standing: Standing) -> Registered {
        Registered {
            id: format!("r{number}"),
            number,
            queued: number,
            standing,
            track: "pa-plats".into(),
            name: "Kim Karlsson".into(),
            email: "kim@kommun.example".into(),
            organisation: "Göteborgs Stad".into(),
            county: counties::find("vastra-gotaland"),
            role: "socialsekreterare".into(),
            items: vec!["workshop-a".into()],
            answers: Default::default(),
            note: String::new(),
            in_party: false,
            why: (standing == Standing::Waiting).then_some(Why::GroupFull),
            created_at: 0,
            came_at: None,
        }
    }

    #[test]
    fn the_list_is_narrowed_by_all_that_was_chosen() {
        let fits = |query: &str| Wanted::read(&Fields::decode(query.as_bytes())).fits(&one(7, Standing::Seated));
        for yes in [
            "",
            "q=karls+stad",
            "q=7",
            "lage=seated",
            "satt=pa-plats",
            "lan=vastra-gotaland",
            "organisation=g%C3%B6teborgs+stad",
            "val=workshop-a",
        ] {
            assert!(fits(yes), "{yes}");
        }
        for no in ["q=larsson", "q=kim%40", "lage=waiting", "satt=digitalt", "lan=skane", "organisation=x", "val=b"] {
            assert!(!fits(no), "{no}");
        }
    }

    #[test]
    fn it_is_told_why_the_next_in_line_has_no_place() {
        let mut plan = template::plan(Kind::Conference, "T", "Ort", date(2027, 3, 10), date(2027, 1, 1));
        plan.limited_by = Some(LimitedBy::Organisation);
        let all = [one(3, Standing::Offered), one(5, Standing::Waiting), one(4, Standing::Waiting)];
        let told = next_in_line(&plan, &all);
        assert_eq!(
            told,
            [
                "På plats: först i kön står nummer 4. Göteborgs Stad har redan alla platser som de kan få innan platserna \
              släpps. 1 har erbjudits plats och har inte svarat än."
            ]
        );
        assert_eq!(because(Why::Full, &plan, "", None, Some(300)), "Alla 300 platser är tagna.");
    }
}
