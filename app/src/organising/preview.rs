//! `/redaktion/konferenser/{arrangemang}/forhandsvisa/`: the event as it would be met.

use super::event::{called, head};
use super::organised;
use crate::desk::{Answer, Asked, Stop};
use crate::document::Document;
use crate::events::when;
use crate::routes::desk;
use leptos::prelude::*;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let (event, _) = organised(&asked).await?;
    Ok(Answer::page(move || {
        let head = head(&event, desk::EVENT_PREVIEW, "Förhandsvisning");
        view! {
            <Document head>
                <h1>{called(&event.plan)}</h1>
                <p class="lead">{event.plan.lead.clone()}</p>
                <p>{when::span(event.plan.starts, event.plan.ends)}</p>
                <div class="text" inner_html=event.html.clone()></div>
            </Document>
        }
    }))
}
