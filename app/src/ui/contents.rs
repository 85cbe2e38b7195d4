//! What stands on the page: its main headings as links.

use leptos::prelude::*;

/// `headings` are anchors and their texts; a page with fewer than three needs no list.
#[component]
pub fn Contents(headings: Vec<(String, String)>) -> impl IntoView {
    (headings.len() >= 3).then(|| {
        let items = headings.into_iter().map(|(id, text)| view! { <li><a href=format!("#{id}")>{text}</a></li> });
        view! {
            <nav class="contents" aria-labelledby="innehallsforteckning">
                <h2 id="innehallsforteckning">"På sidan"</h2>
                <ol>{items.collect_view()}</ol>
            </nav>
        }
    })
}
