//! Whom to ask about an event, at the end of what a page tells; [`super::words::ask`] says it where nothing can be pressed.

use super::plan::Contact;
use crate::ui::phone::Phone;
use leptos::prelude::*;

/// The number, or the address where there is none, can be pressed.
#[component]
pub fn Ask(contact: Contact) -> impl IntoView {
    let Contact { name, email, phone } = contact;
    let address = format!("mailto:{email}");
    match phone.as_str() {
        "" => view! { "Skriv till " {name} ", " <a href=address>{email}</a> "." }.into_any(),
        _ => view! { "Ring " {name} ", " <Phone number=phone /> "." }.into_any(),
    }
}
