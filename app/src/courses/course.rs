//! `/utbildning/kurser/{kurs}/`: what a course is, its modules, and the ways to take it.

use super::{Course, Module};
use crate::document::{Document, Head};
use crate::errors::NotFound;
use crate::routes::{desk, paths};
use crate::services::Services;
use crate::training::length;
use crate::ui::crumbs::Crumb;
use crate::ui::day::Day;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde_json::json;
use std::sync::Arc;

#[component]
pub fn CoursePlace() -> impl IntoView {
    let slug = use_params_map().with_untracked(|params| params.get("kurs").unwrap_or_default());
    match Services::current().courses.course(&slug) {
        Some(course) => view! { <CoursePage course /> }.into_any(),
        None => NotFound().into_any(),
    }
}

pub fn crumbs(course: Option<&Course>) -> Vec<Crumb> {
    let mut crumbs = vec![Crumb::new(paths::TRAINING, "Utbildning"), Crumb::new(paths::COURSES, "Kurser")];
    crumbs.extend(course.map(|course| Crumb::new(paths::course(&course.slug), &course.short_title)));
    crumbs
}

#[component]
pub fn CoursePage(course: Arc<Course>) -> impl IntoView {
    let services = Services::current();
    let head = Head {
        title: course.short_title.clone(),
        description: course.lead.clone(),
        path: paths::course(&course.slug),
        crumbs: crumbs(None),
        version: Some(course.updated),
        data: Some(data(&course, &services.site.name, &services.site.base_url)),
        ..Head::default()
    };
    let audiences: Vec<&str> = course.audiences.iter().map(|audience| audience.name()).collect();
    let builds_on: Vec<_> = course
        .builds_on
        .iter()
        .map(|id| {
            let cited = services.law.cited(id);
            view! { <li><a href=cited.spot.href>{cited.spot.label}</a></li> }
        })
        .collect();
    let first = course.modules.first().map(|module| {
        view! { <a class="button" href=paths::module(&course.slug, &module.slug)>"Börja läsa"</a> }
    });
    let package = desk::course_package(&course.slug);
    let guide = course.guide.is_some().then(|| {
        view! { <p><a href=paths::course_guide(&course.slug)>"Handledning för dig som leder en grupp"</a></p> }
    });
    let slug = course.slug.clone();
    view! {
        <Document head>
            <article class="course">
                <header>
                    <h1>{course.title.clone()}</h1>
                    <p class="lead">{course.lead.clone()}</p>
                    <p class="side-by-side">{first} " " <a href=desk::OWN_COURSES>"Fortsätt där du var"</a></p>
                </header>
                <h2>"Moduler"</h2>
                <ol class="modules">{course.modules.iter().map(|module| line(&course, module)).collect_view()}</ol>
                <h2>"Så fungerar kursen"</h2>
                <ul>
                    <li>{format!("Du svarar på frågor medan du läser. En modul är klar när du har svarat på alla och minst {} procent är rätt. Du får svara om.", course.pass_mark)}</li>
                    <li>"Inget sparas förrän du ber om det. Då får du en kod att fortsätta med, även på en annan dator eller telefon."</li>
                    <li>"När alla moduler är klara kan du hämta ett intyg. Ditt namn står bara i din egen kopia."</li>
                </ul>
                <h2>"På arbetsplatsen"</h2>
                <p>"Gör en modul tillsammans: du visar en kod, deltagarna svarar anonymt i sina telefoner och ni ser hur svaren fördelar sig."</p>
                {guide}
                <form method="post" action=desk::GROUPS class="desk-form">
                    <input type="hidden" name="kurs" value=slug />
                    <div class="field">
                        <label for="modul">"Modul"</label>
                        <select id="modul" name="modul">
                            {course.modules.iter().map(|module| view! { <option value=module.slug.clone()>{module.title.clone()}</option> }).collect_view()}
                        </select>
                    </div>
                    <button class="quiet">"Starta en grupp"</button>
                </form>
                <h2>"Ta med kursen"</h2>
                <ul>
                    <li><a href=paths::course_print(&course.slug)>"Hela kursen för utskrift"</a> ", med svaren sist"</li>
                    <li><a href=package download>"SCORM 1.2-paket (zip)"</a> " till kommunens eller regionens egen lärplattform"</li>
                </ul>
                <h2>"Om kursen"</h2>
                <dl class="meta">
                    <dt>"Version"</dt><dd>{course.version}</dd>
                    <dt>"Längd"</dt><dd>{length(course.minutes())}</dd>
                    <dt>"För"</dt><dd>{audiences.join(", ")}</dd>
                    <dt>"Senast uppdaterad"</dt><dd><Day day=course.updated /></dd>
                    <dt>"Granskad"</dt><dd><Day day=course.reviewed /></dd>
                    <dt>"Bygger på"</dt><dd><ul class="plain">{builds_on}</ul></dd>
                </dl>
            </article>
        </Document>
    }
}

fn line(course: &Course, module: &Module) -> impl IntoView + use<> {
    view! {
        <li>
            <a href=paths::module(&course.slug, &module.slug)>{module.title.clone()}</a>
            <p>{module.lead.clone()}</p>
            <p class="aside">{length(module.minutes)}</p>
        </li>
    }
}

/// For search engines (schema.org, Course).
fn data(course: &Course, site: &str, base_url: &str) -> String {
    json!({
        "@context": "https://schema.org", "@type": "Course", "name": course.title, "description": course.lead,
        "inLanguage": "sv", "isAccessibleForFree": true, "url": format!("{base_url}{}", paths::course(&course.slug)),
        "provider": { "@type": "GovernmentOrganization", "name": site },
        "hasCourseInstance": { "@type": "CourseInstance", "courseMode": "online", "courseWorkload": format!("PT{}M", course.minutes()) },
    })
    .to_string()
    .replace('<', "\\u003c")
}

/// For whoever leads a group.
#[component]
pub fn GuidePage() -> impl IntoView {
    let slug = use_params_map().with_untracked(|params| params.get("kurs").unwrap_or_default());
    let course = Services::current().courses.course(&slug);
    let Some((course, guide)) = course.and_then(|course| course.guide.clone().map(|guide| (course, guide))) else {
        return NotFound().into_any();
    };
    let head = Head {
        title: "Handledning".into(),
        description: "För dig som leder en grupp genom kursen.".into(),
        path: paths::course_guide(&course.slug),
        crumbs: crumbs(Some(&course)),
        version: Some(course.updated),
        ..Head::default()
    };
    let talk: Vec<_> = course
        .modules
        .iter()
        .filter(|module| !module.talk.is_empty())
        .map(|module| {
            let questions: Vec<_> = module.talk.iter().map(|question| view! { <li>{question.clone()}</li> }).collect();
            view! { <h3>{module.title.clone()}</h3> <ul>{questions}</ul> }
        })
        .collect();
    view! {
        <Document head>
            <article class="guide">
                <header>
                    <h1>"Handledning"</h1>
                    <p class="lead">{format!("För dig som leder en grupp genom ”{}”.", course.title)}</p>
                </header>
                <div class="text" inner_html=guide></div>
                <section class="text" aria-labelledby="samtal">
                    <h2 id="samtal">"Att samtala om"</h2>
                    {talk}
                </section>
            </article>
        </Document>
    }
    .into_any()
}
