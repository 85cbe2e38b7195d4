//! `/intyg/` and `/intyg/{kod}/`: is a certificate genuine? What, when and who vouches for it; never whose it is.

use super::code::Code;
use super::{Vouched, issuer};
use crate::desk::{Answer, Asked, Stop};
use crate::document::{Document, Head};
use crate::events::when;
use crate::routes::desk;
use crate::text::capital::capital;
use crate::text::dates::{swedish, swedish_time};
use crate::ui::crumbs::Crumb;
use crate::ui::field::TextField;
use leptos::prelude::*;

pub async fn page(_: Asked) -> Result<Answer, Stop> {
    Ok(Answer::page(|| asking(String::new(), None)))
}

pub async fn typed(asked: Asked) -> Result<Answer, Stop> {
    let typed = asked.form.get("kod").to_owned();
    match Code::parse(&typed) {
        Some(code) => Ok(Answer::Redirect(desk::certificate(code.as_str()))),
        None => Ok(Answer::again(move || asking(typed, Some(MISTYPED)))),
    }
}

pub async fn certificate(asked: Asked) -> Result<Answer, Stop> {
    let typed = asked.part("kod").to_owned();
    let Some(code) = Code::parse(&typed) else {
        return Ok(Answer::page_with(404, move || asking(typed, Some(MISTYPED))));
    };
    if let Some(completed) = asked.services.learning.completed(&code).await? {
        return Ok(crate::courses::check::page(&asked, completed));
    }
    match asked.services.certificates.vouched(&code).await? {
        Some(vouched) => Ok(Answer::page(move || genuine(&vouched))),
        None => Ok(Answer::page_with(404, move || asking(code.to_string(), Some(UNKNOWN)))),
    }
}

const MISTYPED: &str = "Koden är inte rätt skriven. Den har tolv tecken, till exempel K7QM-2F4X-9AB3. Läs av den igen.";
const UNKNOWN: &str = "Det finns inget intyg med den koden. Är den rätt avläst är intyget inte utfärdat här.";

fn head(title: &str) -> Head {
    Head { title: title.into(), description: "Kontrollera ett intyg.".into(), hidden: true, ..Head::default() }
}

fn asking(typed: String, fault: Option<&'static str>) -> impl IntoView {
    view! {
        <Document head=head("Kontrollera ett intyg")>
            <h1>"Kontrollera ett intyg"</h1>
            <p class="lead">"Skriv koden som står på intyget. Du får veta vad det gäller, men inte vems det är."</p>
            <form method="post" action=desk::CERTIFICATES class="desk-form" novalidate>
                <TextField name="kod" label="Intygets kod" value=typed longest=40 fault=fault />
                <button>"Kontrollera"</button>
            </form>
        </Document>
    }
}

fn genuine(vouched: &Vouched) -> impl IntoView + use<> {
    let event = &vouched.event;
    let plan = &event.plan;
    let place = plan.place.as_ref().map(|place| format!("{}, {}", place.name, place.town));
    let place = place.map(|place| view! { <dt>"Var"</dt><dd>{place}</dd> });
    let when = capital(&when::span(plan.starts, plan.ends));
    let (issuer, issued) = (issuer(event), swedish(swedish_time(vouched.issued_at).date()));
    let facts = view! {
        <dt>"När"</dt>
        <dd>{when}</dd>
        {place}
        <dt>"Utfärdat av"</dt>
        <dd>{issuer}</dd>
        <dt>"Utfärdat"</dt>
        <dd>{issued}</dd>
    };
    view! {
        <Genuine title=plan.title.clone().into_any() code=vouched.code.clone() facts=facts.into_any()>
            <p>"Vems intyget är visas inte här. Namnet står på intyget självt."</p>
        </Genuine>
    }
}

/// The page of a certificate that is what it says, of an event or of a course: what it is for, what is known about it,
/// and below that whatever else should be said.
#[component]
pub(crate) fn Genuine(title: AnyView, code: Code, facts: AnyView, children: Children) -> impl IntoView {
    let crumbs = vec![Crumb::new(desk::CERTIFICATES, "Kontrollera ett intyg")];
    let code = code.to_string();
    view! {
        <Document head=Head { crumbs, ..head("Intyg") }>
            <article class="event">
                <header>
                    <h1>"Intyget är äkta"</h1>
                    <p class="lead">"Ett intyg med den här koden är utfärdat. Jämför det med uppgifterna här."</p>
                </header>
                <section class="glance" aria-labelledby="vad">
                    <h2 id="vad">{title}</h2>
                    <dl>
                        <dt>"Kod"</dt>
                        <dd>{code}</dd>
                        {facts}
                    </dl>
                </section>
                {children()}
            </article>
        </Document>
    }
}
