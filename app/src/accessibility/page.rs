//! `/tillganglighet/`: the statement that the act asks for, part by part.

use super::{Compliance, Exemption, Method, Statement};
use crate::document::{Document, Head};
use crate::errors::NotFound;
use crate::routes::paths;
use crate::services::Services;
use crate::ui::day::Day;
use crate::ui::external::External;
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn AccessibilityPage() -> impl IntoView {
    match Services::current().accessibility.statement() {
        Some(statement) => complete(&statement).into_any(),
        None => NotFound().into_any(),
    }
}

fn complete(statement: &Arc<Statement>) -> impl IntoView + use<> {
    let head = Head {
        title: "Tillgänglighet".into(),
        description: "Hur webbplatsen uppfyller lagen om tillgänglighet till digital offentlig service.".into(),
        path: paths::ACCESSIBILITY.into(),
        version: Some(statement.updated),
        ..Head::default()
    };
    let compliance = match statement.compliance {
        Compliance::Full => "Helt förenlig",
        Compliance::Partial => "Delvis förenlig",
        Compliance::None => "Inte förenlig",
    };
    let method = match statement.method {
        Method::SelfAssessment => "Självskattning",
        Method::External => "Granskning av en extern part",
    };
    let shortcomings = statement
        .shortcomings
        .iter()
        .map(|shortcoming| {
            let mended = shortcoming.mended_by.map(|day| view! { " Ska vara åtgärdat " <Day day /> "." });
            view! { <li>{shortcoming.content.clone()} " " {shortcoming.reason.clone()} {mended}</li> }
        })
        .collect_view();
    let none = statement.shortcomings.is_empty().then(|| view! { <p>"Vi känner inte till några brister."</p> });
    let (burdensome, outside) = (exemptions(&statement.burdensome), exemptions(&statement.outside));
    let (report, report_page) = statement.report.clone();
    let (supervision, supervision_url) = statement.supervision.clone();
    let s = Arc::clone(statement);
    view! {
        <Document head>
            <article class="guide">
                <header>
                    <h1>"Tillgänglighets\u{ad}redogörelse"</h1>
                    {s.lead.clone().map(|lead| view! { <p class="lead">{lead}</p> })}
                </header>
                <dl class="meta">
                    <dt>"Ansvarig aktör"</dt>
                    <dd>{s.actor.clone()}</dd>
                    <dt>"Webbplats"</dt>
                    <dd>{s.service.clone()}</dd>
                    <dt>"Förenlighet med lagen"</dt>
                    <dd>{compliance}</dd>
                    <dt>"Standard"</dt>
                    <dd>{s.standard.clone()}</dd>
                    <dt>"Bedömd"</dt>
                    <dd><Day day=s.assessed /></dd>
                    <dt>"Redogörelsen uppdaterad"</dt>
                    <dd><Day day=s.updated /></dd>
                    <dt>"Metod"</dt>
                    <dd>{method}</dd>
                </dl>
                <div class="text">
                    {s.compliance_description.clone().map(|text| view! { <p>{text}</p> })}
                    {s.standard_description.clone().map(|text| view! { <p>{text}</p> })}
                    <h2 id="brister">"Det som inte är tillgängligt"</h2>
                    {none}
                    <ul>{shortcomings}</ul>
                    <h2 id="undantag">"Undantag som oskäligt betungande (12 §)"</h2>
                    {burdensome}
                    <h2 id="utanfor">"Innehåll som inte omfattas av lagen (9 §)"</h2>
                    {outside}
                    <h2 id="metod">"Så har vi testat"</h2>
                    <p>{s.method_description.clone()}</p>
                    <h2 id="anmal">"Säg till oss om brister"</h2>
                    <p>{report} " " <a href=report_page>"Kontakta oss"</a> "."</p>
                    <h2 id="tillsyn">"Tillsyn"</h2>
                    <p>{supervision} " " <External href=supervision_url text="Anmäl till Digg" /> "."</p>
                </div>
            </article>
        </Document>
    }
}

fn exemptions(list: &[Exemption]) -> impl IntoView + use<> {
    if list.is_empty() {
        return view! { <p>"Inget innehåll."</p> }.into_any();
    }
    let items = list.iter().map(|item| view! { <li>{item.content.clone()} " " {item.reason.clone()}</li> });
    view! { <ul>{items.collect_view()}</ul> }.into_any()
}
