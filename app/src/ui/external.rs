//! A link that leads out of the portal.

use leptos::prelude::*;

/// Marked as such; the other site is not told where its visitor came from.
#[component]
pub fn External(href: String, #[prop(into)] text: String) -> impl IntoView {
    view! { <a class="external" rel="noreferrer" href=href>{text}</a> }
}
