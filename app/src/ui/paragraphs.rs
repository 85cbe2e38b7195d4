//! Text that somebody typed in plain paragraphs.

use leptos::prelude::*;

/// A blank line begins a new one; other breaks are kept by the style sheet.
#[component]
pub fn Paragraphs(text: String) -> impl IntoView {
    let paragraphs = text.replace("\r\n", "\n");
    let paragraphs = paragraphs.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
    paragraphs.map(|paragraph| view! { <p class="as-typed">{paragraph.to_owned()}</p> }).collect_view()
}
