//! `/redaktion/sidor/ny/`: what the page is, before it is written.

use super::written::Written;
use super::{BeginRefusal, Kind, OF_COURSE};
use crate::counties::{self, COUNTIES, County};
use crate::courses::Course;
use crate::desk::{Answer, Asked, Stop};
use crate::document::{Document, Head};
use crate::routes::desk;
use crate::text::slug::slug;
use crate::ui::crumbs::Crumb;
use crate::ui::field::{ChoiceField, Fault, TextField};
use crate::viewer::{Role, Viewer};
use leptos::prelude::*;
use std::sync::Arc;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    asked.viewer.member()?;
    let viewer = asked.viewer.clone();
    let courses = asked.services.courses.courses().to_vec();
    Ok(Answer::page(move || view(&viewer, &courses, &Typed::default(), None)))
}

pub async fn begin(asked: Asked) -> Result<Answer, Stop> {
    let typed = Typed {
        title: asked.form.get("titel").trim().to_owned(),
        kind: asked.form.get("typ").to_owned(),
        county: asked.form.get("lan").to_owned(),
        course: asked.form.get("kurs").to_owned(),
    };
    let courses = asked.services.courses.courses().to_vec();
    let county = counties::find(&typed.county);
    let editor = asked.viewer.editor(county)?;
    let (Some(kind), mut address) = (Kind::parse(&typed.kind), slug(&typed.title)) else { return Err(Stop::Missing) };
    let viewer = asked.viewer.clone();
    if address.is_empty() {
        return Ok(Answer::again(move || {
            view(&viewer, &courses, &typed, Some("Skriv en rubrik med minst en bokstav."))
        }));
    }
    if kind == Kind::Module {
        // It has a place in a course before it has a text.
        let Some(course) = courses.iter().find(|course| course.slug == typed.course) else {
            let told = "Välj kursen som modulen hör till, längst ned.";
            return Ok(Answer::again(move || view(&viewer, &courses, &typed, Some(told))));
        };
        address = format!("{}{OF_COURSE}{address}", course.slug);
    }
    let written = Written { title: typed.title.clone(), county: typed.county.clone(), ..Written::default() };
    match asked.services.editing.begin(&editor, kind, &address, &written).await? {
        Ok(id) => Ok(Answer::Redirect(desk::draft(&id))),
        Err(refusal) => {
            let told = match refusal {
                BeginRefusal::Taken => {
                    "Det finns redan en sida med den rubriken. Leta upp den i listan, eller välj en annan rubrik."
                }
                BeginRefusal::Reserved => {
                    "Adressen som rubriken ger är upptagen av portalen själv. Välj en annan rubrik."
                }
            };
            Ok(Answer::again(move || view(&viewer, &courses, &typed, Some(told))))
        }
    }
}

#[derive(Debug, Clone, Default)]
struct Typed {
    title: String,
    kind: String,
    county: String,
    /// Of a module.
    course: String,
}

/// The counties that somebody may write for; an empty slug is the whole country.
pub(crate) fn places(viewer: &Viewer) -> Vec<(String, String)> {
    let national = (String::new(), "Nationell sida".to_owned());
    let one = |county: &County| (county.slug.to_owned(), county.name.to_owned());
    match viewer.member() {
        Ok(member) if member.role == Role::Editor => vec![member.county.map_or(national, one)],
        Ok(_) => std::iter::once(national).chain(COUNTIES.iter().map(one)).collect(),
        Err(_) => Vec::new(),
    }
}

fn view(viewer: &Viewer, courses: &[Arc<Course>], typed: &Typed, fault: Option<&'static str>) -> impl IntoView + use<> {
    let head = Head {
        path: desk::NEW_PAGE.into(),
        crumbs: vec![Crumb::new(desk::HOME, "Redaktionen"), Crumb::new(desk::PAGES, "Sidor")],
        ..Head::of_staff("Ny sida")
    };
    let kinds = Kind::ALL.map(|kind| (kind.slug().to_owned(), crate::text::capital::capital(kind.swedish()))).into();
    let (title, kind, county, places) = (typed.title.clone(), typed.kind.clone(), typed.county.clone(), places(viewer));
    let own = std::iter::once((String::new(), "Ingen".to_owned()));
    let courses = own.chain(courses.iter().map(|course| (course.slug.clone(), course.title.clone()))).collect();
    let course = typed.course.clone();
    view! {
        <Document head>
            <h1>"Skriv en ny sida"</h1>
            {fault.map(|_| view! { <Fault><p>"Rätta det som står vid fältet och försök igen."</p></Fault> })}
            <form method="post" action=desk::NEW_PAGE class="desk-form">
                <TextField name="titel" label="Rubrik" help="Sidans adress görs av rubriken. Rubriken kan du ändra sedan, adressen inte." value=title longest=120 fault=fault />
                <ChoiceField name="typ" id="typ" label="Slag" chosen=kind choices=kinds help="Vägledning hör till ett ämne. Utbildningsmaterial är en film, ett häfte eller en länk. En kursmodul har text och frågor. En fast sida är till exempel kontakt." />
                <ChoiceField name="lan" id="lan" label="Vems sida?" chosen=county choices=places />
                <ChoiceField name="kurs" id="kurs" label="Kurs, för en modul" chosen=course choices=courses />
                <button>"Börja skriva"</button>
            </form>
        </Document>
    }
}
