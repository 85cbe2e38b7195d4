//! `/redaktion/konferenser/{arrangemang}/forhandsvisa/`: the event as visitors would meet it.

use super::organised;
use crate::desk::{Answer, Asked, Stop};
use crate::editor::preview::PreviewOf;
use crate::events::event_page;
use crate::events::window::Window;
use crate::routes::desk;
use leptos::prelude::provide_context;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let (event, _) = organised(&asked).await?;
    let occupancy = asked.services.events.occupancy(&event).await?;
    let (today, window) = (asked.today, Window::of(&event, asked.now));
    let back = desk::of_event(desk::ORGANISED, &event.id);
    Ok(Answer::page(move || {
        provide_context(PreviewOf::Draft { back });
        event_page::shown(&event, occupancy, window, today)
    }))
}
