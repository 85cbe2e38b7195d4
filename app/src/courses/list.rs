//! `/utbildning/kurser/` and `/utbildning/`: what there is to learn.

use super::Course;
use crate::counties::COUNTIES;
use crate::document::{Document, Head};
use crate::routes::{desk, paths};
use crate::services::Services;
use crate::training::length;
use crate::ui::crumbs::Crumb;
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn CoursesPage() -> impl IntoView {
    let head = Head {
        title: "Kurser".into(),
        description: "Kurser att läsa själv eller i grupp, utan konto.".into(),
        path: paths::COURSES.into(),
        crumbs: vec![Crumb::new(paths::TRAINING, "Utbildning")],
        ..Head::default()
    };
    let courses = Services::current().courses.courses().to_vec();
    view! {
        <Document head>
            <h1>"Kurser"</h1>
            <p class="lead">"Läs själv eller i grupp. Du behöver inget konto, och inget sparas om du inte ber om det."</p>
            <h2>"Välj en kurs"</h2>
            {list(courses)}
            {ways_in()}
        </Document>
    }
}

#[component]
pub fn TrainingPage() -> impl IntoView {
    let head = Head {
        title: "Utbildning".into(),
        description: "Kurser och material att lära sig och lära andra med.".into(),
        path: paths::TRAINING.into(),
        ..Head::default()
    };
    let courses = Services::current().courses.courses().to_vec();
    view! {
        <Document head>
            <h1>"Utbildning"</h1>
            <p class="lead">"Kurser att läsa själv eller på arbetsplatsen, och material att lära andra med."</p>
            <h2>"Kurser"</h2>
            {list(courses)}
            {ways_in()}
            <h2>"Material"</h2>
            <p><a href=paths::MATERIALS>"Häften, filmer och presentationer"</a> " som länsstyrelserna har valt ut."</p>
            <h2>"Statistik"</h2>
            <p>"Hur många som har gått kurserna: " {counties()}</p>
            <h2>"Intyg"</h2>
            <p>"Har du fått ett intyg att kontrollera? " <a href=desk::CERTIFICATES>"Skriv koden här"</a> "."</p>
        </Document>
    }
}

fn list(courses: Vec<Arc<Course>>) -> impl IntoView {
    let items: Vec<_> = courses
        .into_iter()
        .map(|course| {
            let about = format!("{} moduler, {}.", course.modules.len(), length(course.minutes()));
            view! {
                <li>
                    <h3><a href=paths::course(&course.slug)>{course.title.clone()}</a></h3>
                    <p>{course.lead.clone()}</p>
                    <p class="aside">{about}</p>
                </li>
            }
        })
        .collect();
    view! { <ul class="list courses">{items}</ul> }
}

fn counties() -> Vec<AnyView> {
    let link = |(at, county): (usize, &'static crate::counties::County)| {
        view! { {(at > 0).then_some(", ")} <a href=desk::county_numbers(county)>{county.name}</a> }.into_any()
    };
    COUNTIES.iter().enumerate().map(link).collect()
}

/// Whoever has begun before, or is to take part in a group.
fn ways_in() -> impl IntoView {
    view! {
        <p class="side-by-side">
            <a href=desk::OWN_COURSES>"Fortsätt en kurs som du har sparat"</a>
            " "
            <a href=desk::GROUPS>"Delta i en grupp"</a>
        </p>
    }
}
