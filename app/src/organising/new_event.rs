//! `/redaktion/konferenser/ny/`: something new, from a template or from an earlier time.

use super::{BeginRefusal, Listed, NewEvents, template};
use crate::counties;
use crate::desk::{Answer, Asked, Faults, Fields, Stop};
use crate::document::{Document, Head};
use crate::editor::new_page::places;
use crate::events::{Address, Kind};
use crate::routes::desk;
use crate::text::slug::slug;
use crate::ui::crumbs::Crumb;
use crate::ui::field::{BoxesField, Choice, ChoiceField, FaultList, LongTextField, Pick, TextField};
use crate::viewer::Viewer;
use jiff::civil::Date;
use leptos::prelude::*;

/// What a copy is called among the templates.
const COPY: &str = "kopia";
const TOUR: &str = "turne";

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    asked.viewer.member()?;
    let typed = Fields::new([("mall".to_owned(), Kind::Conference.as_str().to_owned())]);
    shown(&asked, 200, typed, Faults::default()).await
}

pub async fn begin(asked: Asked) -> Result<Answer, Stop> {
    let county = counties::find(asked.form.get("lan"));
    let editor = asked.viewer.editor(county)?;
    let typed = asked.form.clone();
    let new = match asked.form.get("mall") {
        COPY => copy(&asked).await?,
        TOUR => tour(&asked.form, asked.today),
        kind => {
            let kind = Kind::parse(kind).filter(|kind| *kind != Kind::DialogueMeeting).ok_or(Stop::Missing)?;
            single(kind, &asked.form, asked.today)
        }
    };
    let new = match new {
        Ok((kind, series_title, events)) => NewEvents { kind, county, series_title, events },
        Err(faults) => return shown(&asked, 422, typed, faults).await,
    };
    match asked.services.organising.begin(&editor, &new).await? {
        Ok(id) if new.events.len() == 1 => Ok(Answer::Redirect(desk::of_event(desk::PLAN, &id))),
        Ok(_) => {
            let series = new.events.first().map_or("", |(address, _)| address.series.as_str());
            Ok(Answer::Redirect(desk::of_tour(desk::ORGANISED_TOUR, series)))
        }
        Err(BeginRefusal::Taken(address)) => {
            let told = format!("Det finns redan något på {}. Välj en annan rubrik eller ort.", desk::event(&address));
            let field = if address.kind == Kind::DialogueMeeting { "stopp" } else { "titel" };
            shown(&asked, 422, typed, Faults::one(field, told)).await
        }
        Err(BeginRefusal::Anothers) => {
            let told = "Den serien hör till ett annat län. Välj en annan rubrik.";
            shown(&asked, 422, typed, Faults::one("titel", told)).await
        }
    }
}

type Begun = Result<(Kind, Option<String>, Vec<(Address, crate::events::plan::Plan)>), Faults>;

fn single(kind: Kind, form: &Fields, today: Date) -> Begun {
    let mut faults = Faults::default();
    let (title, day) = (title(form, &mut faults), day(form, &mut faults));
    let Some(day) = day.filter(|_| faults.is_empty()) else { return Err(faults) };
    let plan = template::plan(kind, &title, form.get("ort").trim(), day, today);
    let (series, address) = match kind {
        Kind::ThemeDay => {
            let address = Address { kind, series: slug(&title), slug: day.year().to_string() };
            (Some(title), address)
        }
        Kind::Conference | Kind::DialogueMeeting => (None, Address { kind, series: String::new(), slug: slug(&title) }),
    };
    Ok((kind, series, vec![(address, plan)]))
}

fn tour(form: &Fields, today: Date) -> Begun {
    let kind = Kind::DialogueMeeting;
    let mut faults = Faults::default();
    let title = title(form, &mut faults);
    let stops = template::stops(form.get("stopp")).unwrap_or_else(|line| {
        faults.add("stopp", format!("Raden ”{line}” går inte att läsa. Skriv ort och dag: Borås 2027-03-10."));
        Vec::new()
    });
    if stops.is_empty() {
        faults.add("stopp", "Skriv minst ett stopp: ort och dag.");
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let series = slug(&title);
    let stop = |(town, day): (String, Date)| {
        let address = Address { kind, series: series.clone(), slug: slug(&town) };
        (address, template::plan(kind, &format!("{title}: {town}"), &town, day, today))
    };
    let events = stops.into_iter().map(stop).collect();
    Ok((kind, Some(title), events))
}

async fn copy(asked: &Asked) -> Result<Begun, Stop> {
    let member = asked.viewer.member()?;
    let mut faults = Faults::default();
    let (title, day) = (title(&asked.form, &mut faults), day(&asked.form, &mut faults));
    let earlier = asked.services.organising.event(&member, asked.form.get("tidigare")).await?;
    // What another county has not shown yet is theirs.
    let earlier = earlier.filter(|event| event.published_at.is_some() || asked.viewer.editor(event.county).is_ok());
    if earlier.is_none() {
        faults.add("tidigare", "Välj vad som ska kopieras.");
    }
    let (Some(day), Some(earlier), true) = (day, earlier, faults.is_empty()) else { return Ok(Err(faults)) };
    let address = template::address_of_copy(&earlier.address, &title, day);
    Ok(Ok((address.kind, None, vec![(address, template::copy(&earlier.plan, &title, day))])))
}

fn title(form: &Fields, faults: &mut Faults) -> String {
    let title = form.get("titel").split_whitespace().collect::<Vec<_>>().join(" ");
    if slug(&title).is_empty() {
        faults.add("titel", "Skriv en rubrik med minst en bokstav.");
    }
    if title.chars().count() > 120 {
        faults.add("titel", "Korta ner rubriken till högst 120 tecken.");
    }
    title
}

fn day(form: &Fields, faults: &mut Faults) -> Option<Date> {
    let day = form.get("dag").trim().parse().ok().filter(|day: &Date| (2000..2200).contains(&day.year()));
    if day.is_none() {
        faults.add("dag", "Skriv dagen så här: 2027-05-21.");
    }
    day
}

async fn shown(asked: &Asked, status: u16, typed: Fields, faults: Faults) -> Result<Answer, Stop> {
    let member = asked.viewer.member()?;
    let mut earlier = asked.services.organising.list(&member).await?;
    earlier.retain(|event| event.is_published || asked.viewer.editor(event.county).is_ok());
    let viewer = asked.viewer.clone();
    Ok(Answer::page_with(status, move || view(&viewer, earlier, typed, faults)))
}

fn view(viewer: &Viewer, earlier: Vec<Listed>, typed: Fields, faults: Faults) -> impl IntoView + use<> {
    let head = Head {
        path: desk::NEW_EVENT.into(),
        crumbs: vec![Crumb::new(desk::HOME, "Redaktionen"), Crumb::new(desk::EVENTS, "Konferenser och möten")],
        ..Head::of_staff("Nytt arrangemang")
    };
    let template = |value: &str, label: &str, about: &str| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        about: about.to_owned(),
        is_chosen: typed.get("mall") == value,
    };
    let templates = vec![
        template(
            Kind::Conference.as_str(),
            "Konferens",
            "Föreläsningar, valbara workshoppar, på plats, digitalt och press.",
        ),
        template(TOUR, "Dialogturné", "Ett möte i varje ort, bara för inbjudna. En inbjudningslista för hela turnén."),
        template(Kind::ThemeDay.as_str(), "Temadag eller nätverksmöte", "En dag i en serie, till exempel varje år."),
        template(
            COPY,
            "Kopia av något tidigare",
            "Alla uppgifter följer med och datumen flyttas. Anmälda följer inte med.",
        ),
    ];
    let earlier: Vec<(String, String)> = std::iter::once((String::new(), "Välj".to_owned()))
        .chain(earlier.into_iter().rev().map(|event| {
            let day = crate::text::dates::swedish_time(event.starts_at).date();
            (event.id, format!("{} ({day})", event.title))
        }))
        .collect();
    let get = |name: &str| typed.get(name).to_owned();
    let nationally =
        |(slug, name): (String, String)| if slug.is_empty() { (slug, "Nationellt".into()) } else { (slug, name) };
    let places = places(viewer).into_iter().map(nationally).collect();
    let (title, day, town, stops) = (get("titel"), get("dag"), get("ort"), get("stopp"));
    let (county, copied) = (get("lan"), get("tidigare"));
    view! {
        <Document head>
            <h1>"Skapa ett arrangemang"</h1>
            <FaultList faults=faults.clone() />
            <form method="post" action=desk::NEW_EVENT class="desk-form">
                <BoxesField name="mall" legend="Börja med" pick=Pick::One choices=templates />
                <TextField name="titel" label="Rubrik" help="Adressen görs av rubriken och kan inte ändras sedan. För ett nytt stopp i en turné som kopieras: skriv orten." value=title longest=120 fault=faults.of("titel") />
                <ChoiceField name="lan" label="Vem arrangerar?" chosen=county choices=places />
                <TextField name="dag" kind="date" label="Dag" help="Behövs inte för en dialogturné." value=day longest=10 required=false fault=faults.of("dag") />
                <TextField name="ort" label="Ort" value=town longest=80 required=false />
                <LongTextField name="stopp" label="Turnéns stopp" rows=5 longest=4_000 help="Ett per rad, ort och dag: Borås 2027-03-10." value=stops fault=faults.of("stopp") />
                <ChoiceField name="tidigare" label="Kopiera" chosen=copied choices=earlier help="Bara om du börjar med en kopia." fault=faults.of("tidigare") />
                <button>"Skapa"</button>
            </form>
        </Document>
    }
}
