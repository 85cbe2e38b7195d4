//! Suggestions while one types, after the pattern "editable combobox with list autocomplete" of the ARIA Authoring
//! Practices. An ordinary search form until the island is awake, and without JavaScript for ever.

use super::address::query;
use super::suggestions::Suggestions;
use crate::routes::paths;
use leptos::html::{Form, Input};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use serde::Deserialize;
use web_sys::js_sys::futures::JsFuture;
use web_sys::{AbortSignal, KeyboardEvent, RequestInit, Response, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Milliseconds that one question may take: on a link that is slower, suggestions come too late to be of use.
const PATIENCE: u32 = 10_000;

#[island]
pub fn SearchBox(typed: String) -> impl IntoView {
    let list = RwSignal::new(Suggestions::default());
    let field = NodeRef::<Input>::new();
    let form = NodeRef::<Form>::new();
    // A field that cannot yet suggest anything does not say that it will.
    let awake = RwSignal::new(false);
    Effect::new(move |_| awake.set(true));
    Effect::new(move |_| show(list.with(Suggestions::active)));

    let typed_now = move || field.get_untracked().map(|field| field.value()).unwrap_or_default();
    let open = Memo::new(move |_| list.with(Suggestions::is_open));
    let look_up = move |text: &str| {
        if let Some(asked) = list.try_update(|list| list.typed(text)).flatten() {
            spawn_local(answer(list, asked));
        }
    };
    let choose = move |offer: &str| {
        if let Some(field) = field.get_untracked() {
            field.set_value(offer);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        // Somebody composes a letter out of several keys.
        if event.is_composing() {
            return;
        }
        match event.key().as_str() {
            arrow @ ("ArrowDown" | "ArrowUp") => {
                event.prevent_default();
                if open.get_untracked() {
                    list.update(|list| list.step(arrow == "ArrowDown"));
                } else {
                    look_up(&typed_now());
                }
            }
            // The form that Enter sends then holds the suggestion.
            "Enter" => {
                if let Some(offer) = list.with_untracked(|list| list.chosen().map(str::to_owned)) {
                    choose(&offer);
                }
            }
            // Stopped from emptying the field only; whoever counts keys to leave the site hears this one too.
            "Escape" if open.get_untracked() => {
                event.prevent_default();
                list.update(Suggestions::close);
            }
            "ArrowLeft" | "ArrowRight" | "Home" | "End" => list.update(Suggestions::leave),
            _ => (),
        }
    };

    let offers = Memo::new(move |_| list.with(|list| list.offers().to_vec()));
    let options = move || {
        let option = |(at, offer): (usize, String)| {
            let text = offer.clone();
            let take = move |_| {
                choose(&offer);
                if let Some(form) = form.get_untracked() {
                    // Refused only if the form is no longer in the page.
                    let _gone = form.request_submit();
                }
            };
            let selected = move || list.with(|list| list.active() == Some(at)).to_string();
            view! { <li id=option_id(at) role="option" aria-selected=selected on:click=take>{text}</li> }
        };
        offers.get().into_iter().enumerate().map(option).collect_view()
    };
    view! {
        <form
            class="search"
            role="search"
            action=paths::SEARCH
            aria-label="Sök i vägledning, regler och ordlista"
            node_ref=form
            on:submit=move |_| list.update(Suggestions::close)
        >
            <label for="sok-text">"Vad söker du?"</label>
            <input
                type="search"
                id="sok-text"
                name="q"
                value=typed
                maxlength="200"
                autocomplete="off"
                role=move || awake.get().then_some("combobox")
                aria-autocomplete=move || awake.get().then_some("list")
                aria-controls=move || awake.get().then_some("forslag")
                aria-expanded=move || awake.get().then(|| open.get().to_string())
                aria-activedescendant=move || list.with(Suggestions::active).map(option_id)
                node_ref=field
                on:input=move |_| look_up(&typed_now())
                on:keydown=on_key
                on:blur=move |_| list.update(Suggestions::close)
            />
            <button>"Sök"</button>
            // A press on a suggestion must not take the focus from the field: the list would close under the finger.
            <ul
                class="offers"
                id="forslag"
                role="listbox"
                aria-label="Förslag"
                hidden=move || !open.get()
                on:mousedown=move |event| event.prevent_default()
            >
                {options}
            </ul>
            <p class="sr" role="status">{move || list.with(|list| list.said().to_owned())}</p>
        </form>
    }
}

fn option_id(at: usize) -> String {
    format!("forslag-{at}")
}

/// Brings a suggestion that the arrow keys stand on into the window.
fn show(active: Option<usize>) {
    let Some(option) = active.and_then(|at| document().get_element_by_id(&option_id(at))) else { return };
    let nearest = ScrollIntoViewOptions::new();
    nearest.set_block(ScrollLogicalPosition::Nearest);
    option.scroll_into_view_with_scroll_into_view_options(&nearest);
}

/// Asks, and asks on while newer text waits.
async fn answer(list: RwSignal<Suggestions>, asked: String) {
    let mut next = Some(asked);
    while let Some(text) = next {
        let offers = suggested(&text).await.unwrap_or_default();
        next = list.try_update(|list| list.answered(offers)).flatten();
    }
}

#[derive(Deserialize)]
struct Suggested {
    forslag: Vec<String>,
}

/// Nothing if the answer fails to come or cannot be read: whoever types goes on without suggestions.
async fn suggested(text: &str) -> Option<Vec<String>> {
    let options = RequestInit::new();
    options.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE)));
    let address = query(paths::API_SUGGESTIONS, [("q", text)]);
    let response = JsFuture::from(window().fetch_with_str_and_init(&address, &options)).await.ok()?;
    let response = response.dyn_into::<Response>().ok().filter(Response::ok)?;
    let body = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    Some(serde_json::from_str::<Suggested>(&body).ok()?.forslag)
}
