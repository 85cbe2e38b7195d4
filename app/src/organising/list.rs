//! `/redaktion/konferenser/`: everything that is arranged, where it stands and how full it is.

use super::Listed;
use crate::counties::COUNTIES;
use crate::desk::{Answer, Asked, Fields, Stop};
use crate::document::{Document, Head};
use crate::events::Kind;
use crate::routes::desk;
use crate::text::capital::capital;
use crate::ui::crumbs::Crumb;
use crate::ui::field::ChoiceField;
use crate::ui::moment::Moment;
use crate::viewer::Viewer;
use leptos::prelude::*;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let member = asked.viewer.member()?;
    let all = asked.services.organising.list(&member).await?;
    let wanted = Wanted::read(&asked.query, member.county.map(|county| county.slug));
    let (viewer, now) = (asked.viewer.clone(), asked.now);
    let tours = tours(&all, &viewer);
    let mut shown: Vec<Listed> = all.into_iter().filter(|event| wanted.fits(event, now)).collect();
    if wanted.time == "genomforda" {
        shown.reverse();
    }
    Ok(Answer::page(move || view(&viewer, shown, tours, wanted, now)))
}

/// What the list is narrowed to. Empty fields narrow nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Wanted {
    kind: String,
    /// A county's slug, or [`NATIONAL`].
    county: String,
    time: String,
}

const NATIONAL: &str = "nationellt";
const TIMES: [(&str, &str); 3] = [("kommande", "Kommande"), ("genomforda", "Genomförda"), ("", "Alla")];

impl Wanted {
    /// An editor of a county begins with the county's own, and may look at all; everybody with what is to come.
    fn read(query: &Fields, own: Option<&str>) -> Self {
        let or = |name: &str, otherwise: &str| if query.has(name) { query.get(name) } else { otherwise }.to_owned();
        Self { kind: or("typ", ""), county: or("lan", own.unwrap_or_default()), time: or("tid", "kommande") }
    }

    fn fits(&self, event: &Listed, now: i64) -> bool {
        let county = match self.county.as_str() {
            "" => true,
            NATIONAL => event.county.is_none(),
            slug => event.county.is_some_and(|county| county.slug == slug),
        };
        let time = match self.time.as_str() {
            "kommande" => event.ends_at > now,
            "genomforda" => event.ends_at <= now,
            _ => true,
        };
        county && time && (self.kind.is_empty() || event.address.kind.as_str() == self.kind)
    }
}

/// The tours that somebody organises, each once.
fn tours(all: &[Listed], viewer: &Viewer) -> Vec<(String, String)> {
    let mut tours: Vec<(String, String)> = Vec::new();
    let stops = all.iter().filter(|event| event.address.kind == Kind::DialogueMeeting);
    for stop in stops.filter(|stop| viewer.editor(stop.county).is_ok()) {
        let slug = &stop.address.series;
        if !tours.iter().any(|(known, _)| known == slug) {
            tours.push((slug.clone(), stop.series_title.clone().unwrap_or_else(|| slug.clone())));
        }
    }
    tours
}

fn view(
    viewer: &Viewer,
    events: Vec<Listed>,
    tours: Vec<(String, String)>,
    wanted: Wanted,
    now: i64,
) -> impl IntoView + use<> {
    let head = Head {
        path: desk::EVENTS.into(),
        crumbs: vec![Crumb::new(desk::HOME, "Redaktionen")],
        ..Head::of_staff("Konferenser och möten")
    };
    let owned = |(value, name): (&str, &str)| (value.to_owned(), name.to_owned());
    let kinds = std::iter::once(owned(("", "Alla")))
        .chain(Kind::ALL.map(|kind| (kind.as_str().to_owned(), capital(kind.swedish()))))
        .collect();
    let counties = [("", "Alla"), (NATIONAL, "Nationella")]
        .into_iter()
        .chain(COUNTIES.iter().map(|county| (county.slug, county.name)))
        .map(owned)
        .collect();
    let times = TIMES.map(owned).into();
    let count = match events.len() {
        0 => "Inga arrangemang. Ta bort något val, eller skapa ett nytt.".to_owned(),
        1 => "1 arrangemang".to_owned(),
        count => format!("{count} arrangemang"),
    };
    let rows: Vec<_> = events.into_iter().map(|event| row(viewer, event, now)).collect();
    let tours = (!tours.is_empty()).then(|| {
        let links = tours.into_iter().map(|(slug, title)| {
            let to = desk::of_tour(desk::ORGANISED_TOUR, &slug);
            view! { <li><a href=to>{title}</a></li> }
        });
        view! {
            <h2>"Turnéer"</h2>
            <p>"Inbjudna, täckning och påminnelser för en hel turné."</p>
            <ul class="plain">{links.collect_view()}</ul>
        }
    });
    view! {
        <Document head>
            <h1>"Konferenser och möten"</h1>
            <p><a class="button" href=desk::NEW_EVENT>"Skapa ett arrangemang"</a></p>
            <form class="narrow" action=desk::EVENTS>
                <ChoiceField name="typ" label="Typ" chosen=wanted.kind choices=kinds />
                <ChoiceField name="lan" label="Län" chosen=wanted.county choices=counties />
                <ChoiceField name="tid" label="När" chosen=wanted.time choices=times />
                <button>"Visa"</button>
            </form>
            <p role="status">{count}</p>
            <ul class="rows">{rows}</ul>
            {tours}
        </Document>
    }
}

/// Where an event stands, in words.
pub(super) fn standing(event: &Listed, now: i64) -> &'static str {
    match () {
        () if event.is_cancelled => "inställd",
        () if !event.is_published => "inte publicerad",
        () if event.ends_at <= now => "genomförd",
        () => "publicerad",
    }
}

/// "312 av 340 platser, 12 i kö"
fn occupancy(event: &Listed) -> String {
    let mut told = match event.seats {
        0 => format!("{} platser tagna", event.unlimited),
        seats => format!("{} av {seats} platser", event.held),
    };
    let unlimited = if event.seats == 0 { 0 } else { event.unlimited };
    for (count, words) in [(unlimited, "utan gräns"), (event.waiting, "i kö"), (event.applied, "väntar på besked")]
    {
        if count > 0 {
            told.push_str(&format!(", {count} {words}"));
        }
    }
    told
}

fn row(viewer: &Viewer, event: Listed, now: i64) -> impl IntoView + use<> {
    let place = event.county.map_or("nationell", |county| county.name);
    let told = format!(
        "{}, {place}, {}. {}.",
        capital(event.address.kind.swedish()),
        standing(&event, now),
        occupancy(&event)
    );
    let example = event.is_example.then_some(" Exempel.");
    let title = if event.title.is_empty() { "Utan rubrik".to_owned() } else { event.title };
    let heading = if viewer.editor(event.county).is_ok() {
        view! { <a href=desk::of_event(desk::ORGANISED, &event.id)>{title}</a> }.into_any()
    } else if event.is_published {
        view! { <a href=desk::event(&event.address)>{title}</a> }.into_any()
    } else {
        view! { <strong>{title}</strong> }.into_any()
    };
    view! {
        <li>
            <div>
                {heading}
                <p class="aside"><Moment seconds=event.starts_at /> ". " {told} {example}</p>
            </div>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counties;
    use crate::events::Address;

    fn listed() -> Listed {
        Listed {
            id: "e".into(),
            address: Address { kind: Kind::Conference, series: String::new(), slug: "konferens".into() },
            title: "Konferens".into(),
            series_title: None,
            county: counties::find("skane"),
            starts_at: 1_000,
            ends_at: 2_000,
            is_published: true,
            is_cancelled: false,
            is_example: false,
            seats: 340,
            held: 312,
            unlimited: 0,
            waiting: 12,
            applied: 0,
        }
    }

    #[test]
    fn the_list_begins_with_what_is_to_come_in_the_own_county() {
        let fits = |query: &str, own: Option<&str>, now: i64| {
            Wanted::read(&Fields::decode(query.as_bytes()), own).fits(&listed(), now)
        };
        assert!(fits("", None, 1_999) && !fits("", None, 2_000));
        assert!(fits("tid=genomforda", None, 2_000) && fits("tid=", None, 2_000));
        assert!(fits("", Some("skane"), 0) && !fits("", Some("orebro"), 0) && fits("lan=", Some("orebro"), 0));
        assert!(fits("typ=konferens", None, 0) && !fits("typ=temadag", None, 0) && !fits("lan=nationellt", None, 0));
    }

    #[test]
    fn how_full_it_is_is_told_in_words() {
        assert_eq!(occupancy(&listed()), "312 av 340 platser, 12 i kö");
        let both = Listed { unlimited: 50, ..listed() };
        assert_eq!(occupancy(&both), "312 av 340 platser, 50 utan gräns, 12 i kö");
        let open = Listed { seats: 0, held: 0, unlimited: 50, waiting: 0, applied: 2, ..listed() };
        assert_eq!(occupancy(&open), "50 platser tagna, 2 väntar på besked");
        assert_eq!(standing(&Listed { is_cancelled: true, ..listed() }, 0), "inställd");
    }
}
