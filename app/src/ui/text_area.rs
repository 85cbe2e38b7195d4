//! A field of several lines. The only place that writes one: Leptos puts the text of a `<textarea>` into the page as it
//! is, so that what somebody typed could end the field and begin a script.

use leptos::prelude::*;

#[component]
pub fn TextArea(
    id: &'static str,
    /// Left out for a text that is only to be read.
    #[prop(optional)]
    name: Option<&'static str>,
    #[prop(into, optional)] value: String,
    rows: u8,
    #[prop(default = 200_000)] longest: u32,
    #[prop(optional)] described_by: Option<&'static str>,
) -> impl IntoView {
    view! {
        <textarea
            id=id
            name=name
            rows=rows.to_string()
            maxlength=name.map(|_| longest.to_string())
            readonly=name.is_none()
            aria-describedby=described_by
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
