//! Guidance that carries a page further.

use super::Reference;
use leptos::prelude::*;

#[component]
pub fn Related(title: &'static str, pages: Vec<Reference>) -> impl IntoView {
    (!pages.is_empty()).then(|| {
        let items = pages.into_iter().map(|page| view! { <li><a href=page.path>{page.title}</a></li> });
        view! {
            <nav class="related" aria-labelledby="relaterat">
                <h2 id="relaterat">{title}</h2>
                <ul>{items.collect_view()}</ul>
            </nav>
        }
    })
}
