//! A field of several lines. The only place that writes one: Leptos puts the text of a `<textarea>` into the page as it
//! is, so that what somebody typed could end the field and begin a script.

use super::field::Words;
use leptos::prelude::*;

#[component]
pub fn TextArea(
    #[prop(into)] id: String,
    /// Left out for a text that is only to be read, or is sent nowhere.
    #[prop(optional, into)]
    name: Words,
    #[prop(into, optional)] value: String,
    rows: u8,
    #[prop(default = 200_000)] longest: usize,
    /// Ids, with a space between them.
    #[prop(optional, into)]
    described_by: Words,
    /// Without a name, but to be written in.
    #[prop(optional)]
    unsent: bool,
    #[prop(optional)] required: bool,
    #[prop(optional)] invalid: bool,
) -> impl IntoView {
    let Words(name) = name;
    let is_read = name.is_none() && !unsent;
    view! {
        <textarea
            id=id
            name=name
            rows=rows.to_string()
            maxlength=(!is_read).then(|| longest.to_string())
            readonly=is_read
            required=required
            aria-invalid=invalid.then_some("true")
            aria-describedby=described_by.0
            inner_html=escaped(&value)
        ></textarea>
    }
}

/// A first line break belongs to the element (HTML, 13.1.2.5), so one is given away.
fn escaped(text: &str) -> String {
    format!("\n{}", text.replace('&', "&amp;").replace('<', "&lt;"))
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_was_typed_cannot_end_the_field() {
        assert_eq!(escaped("</textarea><script>&lt;"), "\n&lt;/textarea>&lt;script>&amp;lt;");
    }
}
