//! `/redaktion/utkast/{utkast}/forhandsvisa/`: the page as readers would meet it.

use super::write::draft;
use super::written::Written;
use super::{Draft, Kind, OF_COURSE, Previewed};
use crate::courses::course::CoursePage;
use crate::courses::module::ModulePage;
use crate::courses::progress::Answers;
use crate::courses::{Course, Module};
use crate::desk::{Answer, Asked, Stop};
use crate::document::{Document, Head};
use crate::guidance::article::ArticlePage;
use crate::guidance::{Article, Audience, Found, Subject};
use crate::pages::StandingPage;
use crate::pages::page::StandingPageView;
use crate::routes::desk;
use crate::services::Services;
use crate::training::material::MaterialPage;
use crate::training::{Format, Material};
use crate::ui::crumbs::Crumb;
use crate::ui::moment::Moment;
use leptos::prelude::*;
use leptos_router::components::Router;
use std::sync::Arc;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let draft = draft(&asked).await?;
    let back = desk::draft(&draft.id);
    as_readers_see(asked, draft, PreviewOf::Draft { back }).await
}

/// What stands in the form, as HTML for a script of ours; nothing is saved.
pub async fn live(asked: Asked) -> Result<Answer, Stop> {
    let written = presentable(Written::read(&asked.form), asked.services.guidance.subjects());
    let draft = Draft { written, ..draft(&asked).await? };
    let html = asked.services.editing.preview(&draft).await?.html;
    Ok(Answer::Json(serde_json::json!({ "html": html }).to_string()))
}

/// With all that a page must have: what is not filled in yet does not keep the text from being shown.
fn presentable(mut written: Written, subjects: &[Subject]) -> Written {
    for line in [&mut written.title, &mut written.lead] {
        if line.trim().is_empty() {
            "…".clone_into(line);
        }
    }
    if written.subjects.is_empty() {
        written.subjects = subjects.first().map(|subject| subject.slug.clone()).into_iter().collect();
    }
    if written.audiences.is_empty() {
        written.audiences = Audience::ALL.first().map(|audience| audience.slug().to_owned()).into_iter().collect();
    }
    for day in [&mut written.review_due, &mut written.legal_date] {
        if day.trim().parse::<jiff::civil::Date>().is_err() {
            day.clear();
        }
    }
    if Format::parse(&written.format).is_none() {
        Format::Booklet.slug().clone_into(&mut written.format);
    }
    if written.publisher.trim().is_empty() {
        "…".clone_into(&mut written.publisher);
    }
    "10".clone_into(&mut written.minutes);
    if written.goals.trim().is_empty() {
        "…".clone_into(&mut written.goals);
    }
    "https://exempel.se/".clone_into(&mut written.place);
    written.instead.clear();
    written.related.clear();
    written.sources.clear();
    written
}

/// The draft, in the place that it would have among what is published.
pub(super) async fn as_readers_see(asked: Asked, draft: Draft, of: PreviewOf) -> Result<Answer, Stop> {
    let Previewed { guidance, glossary, law, pages, training, courses, .. } =
        asked.services.editing.preview(&draft).await?;
    let shown = match draft.kind {
        Kind::Guidance => match guidance.article(&draft.slug) {
            Some(Found::Here(article)) => Shown::Article(article),
            _ => Shown::NotYet,
        },
        Kind::Material => match training.material(&draft.slug) {
            Some(Found::Here(material)) => Shown::Material(material),
            _ => Shown::NotYet,
        },
        Kind::Course => courses.course(&draft.slug).map_or(Shown::NotYet, Shown::Course),
        Kind::Module => {
            let (course, module) = draft.slug.split_once(OF_COURSE).unwrap_or_default();
            let course = courses.course(course);
            let found = course.and_then(|course| course.module(module).cloned().map(|module| (course, module)));
            found.map_or(Shown::NotYet, |(course, module)| Shown::Module(course, module))
        }
        Kind::Standing => pages.page(&draft.slug).map_or(Shown::NotYet, Shown::Standing),
    };
    let services = Services { guidance, glossary, law, pages, training, courses, ..asked.services };
    Ok(Answer::page(move || {
        provide_context(services);
        provide_context(of.clone());
        // Pages read their address from a router.
        view! { <Router>{view(shown, of)}</Router> }
    }))
}

enum Shown {
    Article(Arc<Article>),
    Material(Arc<Material>),
    Course(Arc<Course>),
    Module(Arc<Course>, Arc<Module>),
    Standing(Arc<StandingPage>),
    /// Something is missing that a page must have.
    NotYet,
}

fn view(shown: Shown, of: PreviewOf) -> AnyView {
    match shown {
        Shown::Article(article) => view! { <ArticlePage article /> }.into_any(),
        Shown::Material(material) => view! { <MaterialPage material /> }.into_any(),
        Shown::Course(course) => view! { <CoursePage course /> }.into_any(),
        Shown::Module(course, module) => ModulePage(course, module, Answers::new(), None).into_any(),
        Shown::Standing(page) => view! { <StandingPageView page /> }.into_any(),
        Shown::NotYet => {
            let (path, crumbs, back) = match of {
                PreviewOf::Draft { back } => (back.clone(), vec![Crumb::new(desk::HOME, "Redaktionen")], Some(back)),
                PreviewOf::Shared { .. } => (String::new(), Vec::new(), None),
            };
            let head = Head { path, crumbs, ..Head::of_staff("Förhandsvisning") };
            view! {
                <Document head>
                    <h1>"Sidan går inte att visa än"</h1>
                    <p class="lead">
                        "Något som måste finnas saknas, till exempel rubrik, ingress eller ämne. Kontrollen under utkastet säger vad. 
                         En modul visas när den står i sin kurs."
                    </p>
                    {back.map(|back| view! { <p><a href=back>"Tillbaka till utkastet"</a></p> })}
                </Document>
            }
            .into_any()
        }
    }
}

/// The page being shown is a preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PreviewOf {
    /// For somebody of the staff, who goes back to the draft.
    Draft { back: String },
    /// For whoever has the link, until then (unix seconds).
    Shared { until: i64 },
}

/// Above a preview: what it is, and the way back. Nothing on any other page.
#[component]
pub fn PreviewBar() -> impl IntoView {
    use_context::<PreviewOf>().map(|of| {
        let told = match of {
            PreviewOf::Draft { back } => view! {
                "Förhandsvisning. Så här ser sidan ut när den är publicerad. " <a href=back>"Tillbaka till utkastet"</a>
            }
            .into_any(),
            PreviewOf::Shared { until } => view! {
                "Utkast. Texten är inte publicerad och kan ändras. Länken gäller till " <Moment seconds=until /> "."
            }
            .into_any(),
        };
        view! { <aside class="preview-bar" aria-label="Förhandsvisning"><p>{told}</p></aside> }
    })
}
