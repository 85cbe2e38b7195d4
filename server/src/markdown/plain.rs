//! Plain text: what the page says, without marks, for search and for labels.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::dialect::Step;
use super::{Heading, Section};

/// The text cut at its headings. `headings` are those of the same steps, in the same order.
///
/// Footnote marks and heading anchors are HTML events by now and are not text.
pub(super) fn sections(steps: &[Step], headings: &[Heading]) -> Vec<Section> {
    let mut headings = headings.iter();
    let mut sections = vec![Section { id: None, heading: None, text: String::new() }];
    let mut in_heading = false;
    for step in steps {
        match &step.event {
            Event::Start(Tag::Heading { .. }) => {
                in_heading = true;
                let heading = headings.next();
                sections.push(Section {
                    id: heading.map(|heading| heading.id.clone()),
                    heading: heading.map(|heading| heading.text.clone()),
                    text: String::new(),
                });
            }
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            event if !in_heading => {
                if let Some(section) = sections.last_mut() {
                    push_text(&mut section.text, event);
                }
            }
            _ => {}
        }
    }
    for section in &mut sections {
        section.text.truncate(section.text.trim_end().len());
    }
    sections.retain(|section| section.id.is_some() || !section.text.is_empty());
    sections
}

/// Words in headings and text. A lone dash or bullet is no word.
pub(super) fn words(sections: &[Section]) -> usize {
    let count = |text: &str| text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
    sections.iter().map(|section| section.heading.as_deref().map_or(0, count) + count(&section.text)).sum()
}

/// All the text of the steps on one line, single-spaced.
pub(super) fn one_line(steps: &[Step]) -> String {
    let mut text = String::new();
    for step in steps {
        push_text(&mut text, &step.event);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of the element that the first step opens, on one line. The element must not hold another of its kind.
pub(super) fn element(steps: &[Step]) -> String {
    let Some(Step { event: Event::Start(tag), .. }) = steps.first() else { return String::new() };
    let end = Event::End(tag.to_end());
    one_line(steps.split(|step| step.event == end).next().unwrap_or_default())
}

/// Adds what the event says: a line for each block, single spaces within it.
fn push_text(text: &mut String, event: &Event) {
    match event {
        Event::Text(more) | Event::Code(more) => {
            for c in more.chars() {
                if c.is_whitespace() { push_space(text) } else { text.push(c) }
            }
        }
        Event::HardBreak | Event::End(TagEnd::TableCell) => push_space(text),
        Event::End(
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::Item
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition,
        )
        // A nested list starts a line of its own after the text of its item.
        | Event::Start(Tag::List(_)) => {
            text.truncate(text.trim_end_matches(' ').len());
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
        }
        _ => {}
    }
}

fn push_space(text: &mut String) {
    if !text.is_empty() && !text.ends_with([' ', '\n']) {
        text.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Glossary, GlossaryEntry, Rendered, Section, render};

    fn page(markdown: &str) -> Rendered {
        render(markdown, 1, &Glossary::new([GlossaryEntry { id: "barn".into(), forms: vec!["barn".into()] }]))
    }

    fn section(id: Option<&str>, heading: Option<&str>, text: &str) -> Section {
        Section { id: id.map(str::to_owned), heading: heading.map(str::to_owned), text: text.to_owned() }
    }

    #[test]
    fn the_text_is_cut_at_its_headings() {
        assert_eq!(
            page("Först\nhär.\n\n## Ett *ord*\n\nText om **barn** & `kod`.\n\n### Tomt").sections,
            [
                section(None, None, "Först här."),
                section(Some("ett-ord"), Some("Ett ord"), "Text om barn & kod."),
                section(Some("tomt"), Some("Tomt"), ""),
            ]
        );
    }

    #[test]
    fn each_block_is_a_line() {
        assert_eq!(
            page("Ett.\n\n- a\n  - b\n- c\n\n|H|I|\n|---|---|\n|x|y|\n\nord\n: förklaring\n\n> [!NOTE]\n> Ruta.")
                .sections,
            [section(None, None, "Ett.\na\nb\nc\nH I\nx y\nord\nförklaring\nRuta.")]
        );
    }

    #[test]
    fn footnote_marks_are_left_out_and_notes_come_last() {
        assert_eq!(
            page("Text[^a] mer.\n\n[^a]: Källa\n    två.").sections,
            [section(None, None, "Text mer."), section(Some("noter"), Some("Noter"), "Källa två."),]
        );
    }

    #[test]
    fn words_are_counted_in_headings_and_text_but_not_in_notes() {
        assert_eq!(page("## En rubrik\n\nTvå ord – till[^a].\n\n[^a]: Källa.").words, 5);
        assert_eq!(page("").words, 0);
    }
}
