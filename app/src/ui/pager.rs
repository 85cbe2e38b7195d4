//! The pages before and after this one.

use leptos::prelude::*;

/// Each an address and its title.
#[component]
pub fn Pager(previous: Option<(String, String)>, next: Option<(String, String)>) -> impl IntoView {
    let link = |(path, title): (String, String), rel: &'static str, word: &'static str| {
        view! { <a rel=rel href=path><span>{word}</span> " " {title}</a> }
    };
    (previous.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label="Fler sidor">
                {previous.map(|page| link(page, "prev", "Föregående"))}
                {next.map(|page| link(page, "next", "Nästa"))}
            </nav>
        }
    })
}
