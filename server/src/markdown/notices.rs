//! Notices: `> [!NOTE]` and its four siblings become boxes with a visible Swedish title.

use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd};

use super::Problem;
use super::dialect::Step;

/// Turns each notice into a `<div class="notice notice-…" role="note">` that begins with its title.
pub(super) fn mark(steps: Vec<Step>) -> Vec<Step> {
    steps
        .into_iter()
        .map(|Step { event, line }| {
            let event = match event {
                Event::Start(Tag::BlockQuote(Some(kind))) => Event::Html(opening(kind).into()),
                Event::End(TagEnd::BlockQuote(Some(_))) => Event::Html("</div>\n".into()),
                other => other,
            };
            Step { event, line }
        })
        .collect()
}

/// Reports a quote that begins like a notice but is none: a misspelt kind, or text on the line of the mark.
pub(super) fn find_unknown(steps: &[Step], problems: &mut Vec<Problem>) {
    for window in steps.windows(3) {
        if let [
            Step { event: Event::Start(Tag::BlockQuote(None)), line },
            Step { event: Event::Start(Tag::Paragraph), .. },
            Step { event: Event::Text(text), .. },
        ] = window
            && text.starts_with("[!")
        {
            problems.push(Problem::new(
                *line,
                "Rutan känns inte igen. Skriv [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] eller [!CAUTION] ensamt på \
                 första raden.",
            ));
        }
    }
}

fn opening(kind: BlockQuoteKind) -> String {
    let (name, title) = match kind {
        BlockQuoteKind::Note => ("note", "Bra att veta"),
        BlockQuoteKind::Tip => ("tip", "Råd"),
        BlockQuoteKind::Important => ("important", "Viktigt"),
        BlockQuoteKind::Warning => ("warning", "Varning"),
        BlockQuoteKind::Caution => ("caution", "Akut"),
    };
    format!(
        "<div class=\"notice notice-{name}\" role=\"note\" aria-label=\"{title}\">\n\
         <p class=\"notice-title\">{title}</p>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::super::{Glossary, Rendered, render};

    fn page(markdown: &str) -> Rendered {
        render(markdown, 1, &Glossary::empty())
    }

    #[test]
    fn a_note_becomes_a_box_with_its_title() {
        assert_eq!(
            page("> [!NOTE]\n> Ring först.").html,
            "<div class=\"notice notice-note\" role=\"note\" aria-label=\"Bra att veta\">\n\
             <p class=\"notice-title\">Bra att veta</p>\n<p>Ring först.</p>\n</div>\n"
        );
    }

    #[test]
    fn each_kind_has_its_title() {
        for (mark, class, title) in [
            ("NOTE", "notice-note", "Bra att veta"),
            ("TIP", "notice-tip", "Råd"),
            ("IMPORTANT", "notice-important", "Viktigt"),
            ("WARNING", "notice-warning", "Varning"),
            ("CAUTION", "notice-caution", "Akut"),
        ] {
            let html = page(&format!("> [!{mark}]\n> Text.")).html;
            assert!(html.contains(class) && html.contains(&format!("<p class=\"notice-title\">{title}</p>")), "{html}");
        }
    }

    #[test]
    fn an_ordinary_quote_stays_a_quote() {
        let page = page("> Citat.");
        assert_eq!(page.html, "<blockquote>\n<p>Citat.</p>\n</blockquote>\n");
        assert_eq!(page.problems, []);
    }

    #[test]
    fn an_unknown_kind_is_reported() {
        let page = page("Före\n\n> [!INFO]\n> Text.");
        assert_eq!(page.problems.len(), 1);
        assert_eq!(page.problems[0].line, 3);
    }

    #[test]
    fn text_on_the_line_of_the_mark_is_reported() {
        assert_eq!(page("> [!NOTE] Text.").problems.len(), 1);
    }
}
