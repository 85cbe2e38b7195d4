//! Filters the glossary while one types. The terms themselves are not part of the island: they stand in the
//! page as the server wrote them, and are only hidden and shown.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, NodeList};

/// An ordinary search form; awake, it answers each keystroke and needs no button.
#[island]
pub fn TermFilter(typed: String, action: String) -> impl IntoView {
    let (text, set_text) = signal(typed);
    let filter = move |typed: String| {
        set_text.set(typed.clone());
        show_matching(&typed.trim().to_lowercase());
    };
    view! {
        <form class="filter" action=action on:submit=move |event| event.prevent_default()>
            <label for="filter">"Filtrera ord"</label>
            <input
                id="filter"
                type="search"
                name="q"
                maxlength="200"
                autocomplete="off"
                prop:value=text
                value=text.get_untracked()
                on:input=move |event| filter(event_target_value(&event))
            />
            <button>"Filtrera"</button>
        </form>
    }
}

fn show_matching(wanted: &str) {
    let mut shown = 0;
    for section in elements(&document().query_selector_all(".letter")) {
        let mut any = false;
        for term in elements(&section.query_selector_all("[data-words]")) {
            let matches = term.get_attribute("data-words").is_some_and(|words| words.contains(wanted));
            hide(&term, !matches);
            any |= matches;
            shown += u32::from(matches);
        }
        hide(&section, !any);
        let letter = section.get_attribute("aria-labelledby").unwrap_or_default();
        if let Ok(Some(link)) = document().query_selector(&format!(".letters a[href='#{letter}']"))
            && let Some(item) = link.parent_element()
        {
            hide(&item, !any);
        }
    }
    if let Ok(Some(status)) = document().query_selector("[data-count]") {
        let text = match (wanted, shown) {
            ("", _) => String::new(),
            (_, 0) => format!("Inget ord matchar ”{wanted}”."),
            (_, 1) => format!("1 ord matchar ”{wanted}”."),
            (_, many) => format!("{many} ord matchar ”{wanted}”."),
        };
        status.set_text_content(Some(&text));
    }
}

fn hide(element: &Element, hidden: bool) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        element.set_hidden(hidden);
    }
}

fn elements<E>(found: &Result<NodeList, E>) -> Vec<Element> {
    let Ok(found) = found else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}
