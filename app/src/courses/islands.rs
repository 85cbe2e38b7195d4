//! Answers without a new page. The forms of the questions are ordinary ones; the island sends them and takes the question,
//! and how it goes, out of the page that comes back.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use web_sys::js_sys::futures::JsFuture;
use web_sys::{
    Document, DomParser, Element, FormData, HtmlElement, HtmlFormElement, HtmlInputElement, RequestInit, Response,
    SupportedType, UrlSearchParams,
};

#[island]
pub fn Answering(children: Children) -> impl IntoView {
    let on_submit = move |event: SubmitEvent| {
        let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        let Some(form) = form.filter(|form| question_of(form).is_some()) else { return };
        event.prevent_default();
        spawn_local(async move {
            if send(&form).await.is_none() {
                // As without a script: the browser sends it, and tells what is wrong.
                drop(form.submit());
            }
        });
    };
    view! { <div class="answering" on:submit=on_submit>{children()}</div> }
}

fn question_of(form: &HtmlFormElement) -> Option<Element> {
    form.closest(".question").ok().flatten()
}

/// Nothing if the answer could not be sent or the page that came is another than was expected.
async fn send(form: &HtmlFormElement) -> Option<()> {
    let fields = FormData::new_with_form(form).ok()?;
    let body = UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?;
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(&body);
    let action = form.action();
    let address = action.split('#').next().unwrap_or(&action);
    let sent = window().fetch_with_str_and_init(address, &request);
    let response: Response = JsFuture::from(sent).await.ok()?.dyn_into().ok()?;
    if !response.ok() && response.status() != 422 {
        return None;
    }
    let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    let page = DomParser::new().ok()?.parse_from_string(&text, SupportedType::TextHtml).ok()?;
    take_up(form, &page)
}

fn take_up(form: &HtmlFormElement, page: &Document) -> Option<()> {
    let here = question_of(form)?;
    let new = page.get_element_by_id(&here.id())?;
    let document = document();
    here.replace_with_with_node_1(&document.import_node_with_deep(&new, true).ok()?).ok()?;
    for id in ["framsteg", "spara"] {
        if let (Some(old), Some(new)) = (document.get_element_by_id(id), page.get_element_by_id(id)) {
            old.set_inner_html(&new.inner_html());
        }
    }
    // What has been answered goes along with every form.
    if let Some(so_far) = page.query_selector("input[name=hittills]").ok().flatten() {
        let value = so_far.get_attribute("value").unwrap_or_default();
        let fields = document.query_selector_all("input[name=hittills]").ok()?;
        for at in 0..fields.length() {
            if let Some(field) = fields.get(at).and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
                field.set_value(&value);
            }
        }
    }
    focus(&document.get_element_by_id(&new.id())?);
    Some(())
}

/// To what is said about the answer, so that it is read out; in a case that goes on, to the question.
fn focus(question: &Element) {
    let places = ["[data-feedback][data-answered]", ".fault", "fieldset input"];
    let said = places.into_iter().find_map(|place| question.query_selector(place).ok().flatten());
    if let Some(said) = said.and_then(|said| said.dyn_into::<HtmlElement>().ok()) {
        if said.tag_name() == "P" {
            drop(said.set_attribute("tabindex", "-1"));
        }
        drop(said.focus());
    }
}
