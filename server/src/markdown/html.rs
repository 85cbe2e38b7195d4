//! From events to HTML text. The parser's own writer does the work; here stands what we want written differently.

use pulldown_cmark::Event;

use super::dialect::Step;

/// Writes the steps as HTML, spelled the way the sanitiser spells it, so that it has nothing to change.
pub(super) fn write(steps: Vec<Step>) -> String {
    let events = steps.into_iter().map(|step| match step.event {
        Event::HardBreak => Event::InlineHtml("<br>\n".into()),
        Event::Rule => Event::Html("<hr>\n".into()),
        other => other,
    });
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, events);
    html
}

/// Text made safe inside a double-quoted attribute, and anywhere else in HTML.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{a0}' => escaped.push_str("&nbsp;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(event: Event<'_>) -> Step<'_> {
        Step { event, line: 1 }
    }

    #[test]
    fn an_attribute_cannot_be_left_by_its_text() {
        assert_eq!(escape("a\"><b>&\u{a0}å"), "a&quot;&gt;&lt;b&gt;&amp;&nbsp;å");
    }

    #[test]
    fn breaks_and_rules_are_spelled_as_the_sanitiser_spells_them() {
        let steps = vec![step(Event::Text("a < b".into())), step(Event::HardBreak), step(Event::Rule)];
        assert_eq!(write(steps), "a &lt; b<br>\n<hr>\n");
    }
}
