//! A table that may be wider than the page.

use leptos::prelude::*;

/// A box that scrolls sideways, by keyboard too; markdown's tables stand in the same. `about` names the table to those
/// who don't see it.
#[component]
pub fn TableBox(#[prop(into)] about: String, children: Children) -> impl IntoView {
    view! {
        <div class="table-scroll" role="region" aria-label=format!("Tabell: {about}") tabindex="0">
            {children()}
        </div>
    }
}
