//! A box that says what a reader must know of the whole page.

use leptos::prelude::*;

/// How much it matters, as in markdown's notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Note,
    Important,
    Warning,
}

#[component]
pub fn Notice(weight: Weight, title: &'static str, children: Children) -> impl IntoView {
    let class = match weight {
        Weight::Note => "notice notice-note",
        Weight::Important => "notice notice-important",
        Weight::Warning => "notice notice-warning",
    };
    view! {
        <div class=class role="note" aria-label=title>
            <p class="notice-title">{title}</p>
            {children()}
        </div>
    }
}
