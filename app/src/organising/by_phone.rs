//! `/redaktion/konferenser/{arrangemang}/anmalda/ny/`: somebody has called. The same form and the same way as visitors
//! have.

use super::event::head;
use super::organised;
use crate::desk::{Answer, Asked, Stop};
use crate::document::Document;
use crate::routes::desk;
use leptos::prelude::*;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let (event, _) = organised(&asked).await?;
    Ok(Answer::page(move || {
        let head = head(&event, desk::BY_PHONE, "Anmäl någon per telefon");
        view! { <Document head><h1>"Anmäl någon per telefon"</h1></Document> }
    }))
}

pub async fn register(asked: Asked) -> Result<Answer, Stop> {
    let (_, _) = organised(&asked).await?;
    Err(Stop::Missing)
}
