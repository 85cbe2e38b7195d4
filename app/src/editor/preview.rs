//! `/redaktion/utkast/{utkast}/forhandsvisa/`: the page as readers would meet it.

use super::write::draft;
use super::{Kind, Previewed};
use crate::desk::{Answer, Asked, Stop};
use crate::document::{Document, Head};
use crate::guidance::article::ArticlePage;
use crate::guidance::{Article, Found};
use crate::pages::StandingPage;
use crate::pages::page::StandingPageView;
use crate::routes::desk;
use crate::services::Services;
use crate::ui::crumbs::Crumb;
use leptos::prelude::*;
use leptos_router::components::Router;
use std::sync::Arc;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let draft = draft(&asked).await?;
    let Previewed { guidance, glossary, law, pages, .. } = asked.services.editing.preview(&draft).await?;
    let (article, standing) = match draft.kind {
        Kind::Guidance => (guidance.article(&draft.slug), None),
        Kind::Standing => (None, pages.page(&draft.slug)),
    };
    let services = Services { guidance, glossary, law, pages, ..asked.services };
    Ok(Answer::page(move || {
        provide_context(services);
        let back = desk::draft(&draft.id);
        provide_context(PreviewOf(back.clone()));
        // Pages read their address from a router.
        view! { <Router>{shown(article, standing, back)}</Router> }
    }))
}

fn shown(article: Option<Found<Arc<Article>>>, standing: Option<Arc<StandingPage>>, back: String) -> AnyView {
    match (article, standing) {
        (Some(Found::Here(article)), _) => view! { <ArticlePage article /> }.into_any(),
        (_, Some(page)) => view! { <StandingPageView page /> }.into_any(),
        _ => {
            let crumbs = vec![Crumb::new(desk::HOME, "Redaktionen")];
            let head = Head { path: back.clone(), crumbs, ..Head::of_staff("Förhandsvisning") };
            view! {
                <Document head>
                    <h1>"Sidan går inte att visa än"</h1>
                    <p class="lead">
                        "Något som måste finnas saknas, till exempel rubrik, ingress eller ämne. Kontrollen under utkastet säger vad."
                    </p>
                    <p><a href=back>"Tillbaka till utkastet"</a></p>
                </Document>
            }
            .into_any()
        }
    }
}

/// The page being shown is a preview, of the draft at this address.
#[derive(Clone)]
pub struct PreviewOf(pub String);

/// Above a preview: what it is, and the way back. Nothing on any other page.
#[component]
pub fn PreviewBar() -> impl IntoView {
    use_context::<PreviewOf>().map(|PreviewOf(back)| {
        view! {
            <aside class="preview-bar" aria-label="Förhandsvisning">
                <p>"Förhandsvisning. Så här ser sidan ut när den är publicerad. " <a href=back>"Tillbaka till utkastet"</a></p>
            </aside>
        }
    })
}
