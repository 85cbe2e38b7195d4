//! Pictures: only those that were uploaded here, and none without a text for those who do not see it.

use app::media::address::Address;
use pulldown_cmark::{Event, Tag, TagEnd};

use super::Problem;
use super::dialect::Step;
use super::html::escape;

/// Writes each picture as the tag that shows it, and one that stands alone in its paragraph as a figure, with its title
/// as caption. What may not be shown is reduced to its text, with a problem.
///
/// Afterwards there is no image event; the caption is a paragraph, so that later stages read it like any other.
pub(super) fn place<'a>(steps: Vec<Step<'a>>, problems: &mut Vec<Problem>) -> Vec<Step<'a>> {
    let mut placed: Vec<Step<'a>> = Vec::with_capacity(steps.len());
    let mut steps = steps.into_iter().peekable();
    while let Some(Step { event, line }) = steps.next() {
        let Event::Start(Tag::Image { dest_url, title, .. }) = event else {
            push(&mut placed, Step { event, line });
            continue;
        };
        let text = text_until_end(&mut steps);
        let tag = match shown(&dest_url, &text) {
            Ok(tag) => tag,
            Err(why) => {
                problems.push(Problem::new(line, why));
                if !text.is_empty() {
                    push(&mut placed, Step { event: Event::Text(text.into()), line });
                }
                continue;
            }
        };
        let begins = matches!(placed.last(), Some(Step { event: Event::Start(Tag::Paragraph), .. }));
        let alone = begins && matches!(steps.peek(), Some(Step { event: Event::End(TagEnd::Paragraph), .. }));
        if !alone {
            placed.push(Step { event: Event::InlineHtml(tag.into()), line });
            continue;
        }
        placed.pop();
        steps.next();
        let mut add = |event| placed.push(Step { event, line });
        if title.trim().is_empty() {
            add(Event::Html(format!("<figure>\n{tag}\n</figure>\n").into()));
        } else {
            add(Event::Html(format!("<figure>\n{tag}\n<figcaption>\n").into()));
            add(Event::Start(Tag::Paragraph));
            add(Event::Text(title));
            add(Event::End(TagEnd::Paragraph));
            add(Event::Html("</figcaption>\n</figure>\n".into()));
        }
    }
    without_empty(placed)
}

/// Keeps adjacent texts one text, where a picture between them became text.
fn push<'a>(placed: &mut Vec<Step<'a>>, step: Step<'a>) {
    if let (Some(Step { event: Event::Text(before), .. }), Event::Text(more)) = (placed.last_mut(), &step.event) {
        let mut text = std::mem::replace(before, "".into()).into_string();
        text.push_str(more);
        *before = text.into();
    } else {
        placed.push(step);
    }
}

/// The picture's text, without marks and on one line; whatever else stood in it is left out.
fn text_until_end<'a>(steps: &mut impl Iterator<Item = Step<'a>>) -> String {
    let mut text = String::new();
    let mut open = 1;
    for step in steps {
        match step.event {
            Event::Start(Tag::Image { .. }) => open += 1,
            Event::End(TagEnd::Image) => {
                open -= 1;
                if open == 0 {
                    break;
                }
            }
            Event::Text(more) | Event::Code(more) => text.push_str(&more),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The tag that shows the picture, or what the writer should do.
fn shown(address: &str, text: &str) -> Result<String, String> {
    let Some(found) = Address::parse(address) else {
        return Err(
            "Bilden finns inte här och visas inte. Ladda upp den under Filer och klistra in raden som du får där."
                .into(),
        );
    };
    let Some((width, height)) = found.size else {
        return Err(
            "Det här är ingen bild utan en fil att ladda ner. Ta bort utropstecknet, så blir det en länk.".into()
        );
    };
    if text.is_empty() {
        return Err("Bilden saknar beskrivning och visas inte. Skriv inom hakparenteserna vad den visar, för den som inte ser den.".into());
    }
    // The size leaves room for the picture before it has come, so that nothing jumps.
    Ok(format!(
        "<img src=\"{}\" alt=\"{}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" decoding=\"async\">",
        escape(address),
        escape(text)
    ))
}

/// As the dialect leaves it: of what held a picture alone, and now holds nothing, nothing is left.
fn without_empty(steps: Vec<Step>) -> Vec<Step> {
    let mut kept: Vec<Step> = Vec::with_capacity(steps.len());
    for step in steps {
        let may_vanish = matches!(step.event, Event::End(TagEnd::Paragraph | TagEnd::Emphasis | TagEnd::Strong));
        let opened = match kept.last() {
            Some(Step { event: Event::Start(tag), .. }) => Some(Event::End(tag.to_end())),
            _ => None,
        };
        if may_vanish && opened.as_ref() == Some(&step.event) {
            kept.pop();
        } else {
            kept.push(step);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::super::{Glossary, GlossaryEntry, Rendered, render};

    const PICTURE: &str = "/media/0123456789abcdef-1200x800/karta.jpg";
    const TAG: &str = "<img src=\"/media/0123456789abcdef-1200x800/karta.jpg\" alt=\"En karta\" width=\"1200\" height=\"800\" loading=\"lazy\" decoding=\"async\">";

    fn page(markdown: &str) -> Rendered {
        render(markdown, 11, &Glossary::new([GlossaryEntry { id: "barn".into(), forms: vec!["barn".into()] }]))
    }

    #[test]
    fn a_picture_alone_is_a_figure_with_its_title_below() {
        let alone = page(&format!("![En karta]({PICTURE})"));
        assert_eq!(alone.html, format!("<figure>\n{TAG}\n</figure>\n"));
        assert_eq!(alone.problems, []);
        let titled = page(&format!("![En *karta*]({PICTURE} \"Vägen & barn\")"));
        assert_eq!(
            titled.html,
            format!(
                "<figure>\n{TAG}\n<figcaption>\n<p>Vägen &amp; <a class=\"term\" href=\"/ordlista/#barn\">barn</a></p>\n</figcaption>\n</figure>\n"
            )
        );
        assert_eq!(titled.sections[0].text, "Vägen & barn", "the caption is found by search");
    }

    #[test]
    fn a_picture_among_words_stays_there() {
        let page = page(&format!("Se ![En karta]({PICTURE}) här, eller [![En karta]({PICTURE})](/om/)."));
        assert_eq!(page.html, format!("<p>Se {TAG} här, eller <a href=\"/om/\">{TAG}</a>.</p>\n"));
        assert_eq!(page.problems, []);
    }

    #[test]
    fn a_picture_from_elsewhere_or_without_text_is_not_shown() {
        for (markdown, told) in [
            ("![En karta](https://ond.example/x.png)", "finns inte här"),
            ("![En karta](//ond.example/media/0123456789abcdef-1x1/a.jpg)", "finns inte här"),
            ("![En karta](javascript:alert(1))", "finns inte här"),
            ("![En karta](/media/0123456789abcdef-1x1/a.svg)", "finns inte här"),
            ("![En karta](/media/0123456789abcdef/rapport.pdf)", "ingen bild"),
        ] {
            let page = page(markdown);
            assert_eq!(page.html, "<p>En karta</p>\n", "{markdown}");
            assert!(
                page.problems.len() == 1 && page.problems[0].message.contains(told),
                "{markdown}: {:?}",
                page.problems
            );
            assert_eq!(page.problems[0].line, 11);
        }
        let silent = page(&format!("![ ]({PICTURE})"));
        assert_eq!(silent.html, "");
        assert!(silent.problems[0].message.contains("saknar beskrivning"));
        assert_eq!(page(&format!("***![]({PICTURE})***")).html, "");
    }

    #[test]
    fn a_text_cannot_leave_its_attribute() {
        let page = page(&format!("![\"><script>alert(1)</script> & å]({PICTURE} \"<b>x</b>\")"));
        super::super::tests::assert_harmless(&page.html);
        assert!(page.html.contains("&lt;b&gt;x&lt;/b&gt;"), "{}", page.html);
    }
}
