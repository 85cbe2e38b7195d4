//! Provisions that a page cites, as links with what has become of each.

use super::Cited;
use crate::text::dates::swedish;
use leptos::prelude::*;

/// The list at the end of a page.
#[component]
pub fn CitedList(cited: Vec<Cited>) -> impl IntoView {
    let items = cited.into_iter().map(|cited| {
        let replaced = cited.replaced.clone().map(|replaced| {
            let by = replaced.by.map(|by| format!(" Ersatt av {by}.")).filter(|_| replaced.today.is_empty());
            let today = replaced.today.into_iter().map(|spot| view! { " " <a href=spot.href>{spot.label}</a> }).collect::<Vec<_>>();
            let lead = (!today.is_empty()).then_some(" Motsvaras i dag av");
            view! { <span class="replaced-note">{format!(" Upphävd {}.", swedish(replaced.on))} {by} {lead} {today}</span> }
        });
        view! { <li><CitedLink cited /> {replaced}</li> }
    });
    view! { <ul class="cited-list">{items.collect_view()}</ul> }
}

/// One provision; a link that leads out of the portal says so.
#[component]
pub fn CitedLink(cited: Cited) -> impl IntoView {
    let (class, rel) = if cited.external { (Some("external"), Some("noreferrer")) } else { (None, None) };
    view! { <a class=class rel=rel href=cited.spot.href>{cited.spot.label}</a> }
}
