//! Footnotes: numbered in reading order, gathered last on the page, with a way back from each note.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::dialect::Step;
use super::{Problem, Section, plain};

/// Takes the notes out of the text and turns each reference into a numbered link.
///
/// Notes are numbered in the order in which the reader meets them; the author's labels are not shown.
pub(super) fn number<'a>(steps: Vec<Step<'a>>, problems: &mut Vec<Problem>) -> (Vec<Step<'a>>, Notes<'a>) {
    let (body, mut definitions) = take_definitions(steps, problems);

    let mut numbering = Numbering::default();
    let body = numbering.link(body, &definitions, problems);

    // A note may refer to further notes, so the list can grow while it is worked through.
    let mut notes = Vec::new();
    while let Some(label) = numbering.labels.get(notes.len()) {
        let steps = definitions.get_mut(label).map(|definition| std::mem::take(&mut definition.steps));
        notes.push(numbering.link(steps.unwrap_or_default(), &definitions, problems));
    }

    definitions.retain(|label, _| !numbering.labels.contains(label));
    for unused in definitions.into_values() {
        problems.push(Problem::new(
            unused.line,
            "Ingen text hänvisar till fotnoten, så den visas inte. Lägg till en hänvisning eller ta bort noten.",
        ));
    }
    let notes =
        notes.into_iter().zip(numbering.references).map(|(steps, references)| Note { steps, references }).collect();
    (body, Notes { notes })
}

/// The notes of a page in the order of their numbers.
#[derive(Debug)]
pub(super) struct Notes<'a> {
    notes: Vec<Note<'a>>,
}

#[derive(Debug)]
struct Note<'a> {
    steps: Vec<Step<'a>>,
    /// How many places refer to the note: at least one.
    references: usize,
}

impl<'a> Notes<'a> {
    /// The notes as a section for search, if there are any.
    pub(super) fn section(&self) -> Option<Section> {
        let text: Vec<String> = self.notes.iter().map(|note| plain::one_line(&note.steps)).collect();
        (!text.is_empty()).then(|| Section {
            id: Some("noter".to_owned()),
            heading: Some("Noter".to_owned()),
            text: text.join("\n"),
        })
    }

    /// The closing section of the page; nothing for a page without notes.
    pub(super) fn into_steps(self) -> Vec<Step<'a>> {
        if self.notes.is_empty() {
            return Vec::new();
        }
        let mut steps = vec![ours(
            "<section class=\"footnotes\" role=\"doc-endnotes\">\n<h2 id=\"noter\">Noter</h2>\n<ol>\n".to_owned(),
        )];
        for (index, note) in self.notes.into_iter().enumerate() {
            let number = index + 1;
            steps.push(ours(format!("<li id=\"fn-{number}\">")));
            steps.extend(with_way_back(note, number));
            steps.push(ours("</li>\n".to_owned()));
        }
        steps.push(ours("</ol>\n</section>\n".to_owned()));
        steps
    }
}

/// The links back stand last in the note's last paragraph, or in one of their own after a list or a table.
fn with_way_back(note: Note<'_>, number: usize) -> Vec<Step<'_>> {
    let links: String = (1..=note.references)
        .map(|place| {
            let label = match (note.references, place) {
                (1, _) => format!("Tillbaka till texten vid fotnot {number}"),
                (_, place) => format!("Tillbaka till texten vid fotnot {number}, plats {place}"),
            };
            let id = reference_id(number, place);
            format!(" <a href=\"#{id}\" role=\"doc-backlink\" aria-label=\"{label}\">↩</a>")
        })
        .collect();

    let mut steps = note.steps;
    match steps.pop() {
        Some(end @ Step { event: Event::End(TagEnd::Paragraph), .. }) => {
            steps.push(ours(links));
            steps.push(end);
        }
        last => {
            steps.extend(last);
            steps.push(ours(format!("<p>{}</p>\n", links.trim_start())));
        }
    }
    steps
}

/// A note as written.
struct Definition<'a> {
    steps: Vec<Step<'a>>,
    line: usize,
}

/// Labels are compared as the parser compares them: without regard to case.
fn key(label: &str) -> String {
    label.to_lowercase()
}

fn take_definitions<'a>(
    steps: Vec<Step<'a>>,
    problems: &mut Vec<Problem>,
) -> (Vec<Step<'a>>, HashMap<String, Definition<'a>>) {
    let mut body = Vec::with_capacity(steps.len());
    let mut definitions: HashMap<String, Definition> = HashMap::new();
    // Definitions being read, the innermost last: one may stand inside another.
    let mut open: Vec<(String, Definition)> = Vec::new();

    for step in steps {
        match step.event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                open.push((key(&label), Definition { steps: Vec::new(), line: step.line }));
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                let Some((label, definition)) = open.pop() else { continue };
                match definitions.entry(label) {
                    Entry::Vacant(free) => {
                        free.insert(definition);
                    }
                    Entry::Occupied(taken) => problems.push(Problem::new(
                        definition.line,
                        format!("Fotnoten [^{}] finns två gånger. Ge den ena ett annat namn.", taken.key()),
                    )),
                }
            }
            event => {
                let line = step.line;
                match open.last_mut() {
                    Some((_, definition)) => {
                        definition.steps.push(Step { event: without_heading(event, line, problems), line });
                    }
                    None => body.push(Step { event, line }),
                }
            }
        }
    }
    (body, definitions)
}

/// A heading inside a note would stand in the table of contents, so it becomes a paragraph.
fn without_heading<'a>(event: Event<'a>, line: usize, problems: &mut Vec<Problem>) -> Event<'a> {
    match event {
        Event::Start(Tag::Heading { .. }) => {
            problems.push(Problem::new(line, "En fotnot kan inte innehålla en rubrik. Skriv den som vanlig text."));
            Event::Start(Tag::Paragraph)
        }
        Event::End(TagEnd::Heading(_)) => Event::End(TagEnd::Paragraph),
        other => other,
    }
}

/// The numbers given so far.
#[derive(Default)]
struct Numbering {
    /// The label of note 1, 2, …
    labels: Vec<String>,
    /// How many places refer to note 1, 2, …
    references: Vec<usize>,
}

impl Numbering {
    fn link<'a>(
        &mut self,
        steps: Vec<Step<'a>>,
        definitions: &HashMap<String, Definition>,
        problems: &mut Vec<Problem>,
    ) -> Vec<Step<'a>> {
        steps
            .into_iter()
            .map(|Step { event, line }| {
                let Event::FootnoteReference(label) = event else { return Step { event, line } };
                let known = key(&label);
                if !definitions.contains_key(&known) {
                    problems.push(Problem::new(
                        line,
                        format!("Fotnoten [^{label}] saknas. Skriv den eller ta bort hänvisningen."),
                    ));
                    return Step { event: Event::Text(format!("[^{label}]").into()), line };
                }
                Step { event: self.reference(&known), line }
            })
            .collect()
    }

    fn reference<'a>(&mut self, label: &str) -> Event<'a> {
        let index = self.labels.iter().position(|known| known == label).unwrap_or_else(|| {
            self.labels.push(label.to_owned());
            self.references.push(0);
            self.labels.len() - 1
        });
        self.references[index] += 1;
        let number = index + 1;
        let id = reference_id(number, self.references[index]);
        Event::InlineHtml(
            format!(
                "<sup><a id=\"{id}\" href=\"#fn-{number}\" role=\"doc-noteref\" aria-label=\"Fotnot {number}\">\
                 {number}</a></sup>"
            )
            .into(),
        )
    }
}

/// `fnref-1` for the first reference to note 1, `fnref-1-2` for the second.
fn reference_id(number: usize, place: usize) -> String {
    if place == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{place}") }
}

fn ours<'a>(html: String) -> Step<'a> {
    Step { event: Event::InlineHtml(html.into()), line: 0 }
}

#[cfg(test)]
mod tests {
    use super::super::{Glossary, Rendered, render};

    fn page(markdown: &str) -> Rendered {
        render(markdown, 1, &Glossary::empty())
    }

    fn lines(page: &Rendered) -> Vec<usize> {
        page.problems.iter().map(|problem| problem.line).collect()
    }

    #[test]
    fn a_reference_and_its_note_lead_to_each_other() {
        assert_eq!(
            page("Text.[^a]\n\n[^a]: Källa.").html,
            "<p>Text.<sup><a id=\"fnref-1\" href=\"#fn-1\" role=\"doc-noteref\" aria-label=\"Fotnot 1\">1</a></sup></p>\n\
             <section class=\"footnotes\" role=\"doc-endnotes\">\n<h2 id=\"noter\">Noter</h2>\n<ol>\n\
             <li id=\"fn-1\">\n<p>Källa. <a href=\"#fnref-1\" role=\"doc-backlink\" \
             aria-label=\"Tillbaka till texten vid fotnot 1\">↩</a></p>\n</li>\n</ol>\n</section>\n"
        );
    }

    #[test]
    fn notes_are_numbered_as_the_reader_meets_them() {
        let html = page("En[^b] och två[^a].\n\n[^a]: Alfa.\n[^b]: Beta.").html;
        assert!(html.find("Beta").unwrap() < html.find("Alfa").unwrap());
    }

    #[test]
    fn several_references_to_one_note_get_several_ways_back() {
        let html = page("Ett[^a] två[^A].\n\n[^a]: Källa.").html;
        for part in [
            "id=\"fnref-1\"",
            "id=\"fnref-1-2\"",
            "href=\"#fnref-1\" role=\"doc-backlink\" aria-label=\"Tillbaka till texten vid fotnot 1, plats 1\"",
            "href=\"#fnref-1-2\" role=\"doc-backlink\" aria-label=\"Tillbaka till texten vid fotnot 1, plats 2\"",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert_eq!(html.matches("<li id=").count(), 1);
    }

    #[test]
    fn a_note_may_refer_to_another_note_and_to_itself() {
        let page = page("Text[^a].\n\n[^a]: Se även[^b].\n[^b]: Källa, se[^a] och[^b].");
        assert_eq!(page.problems, []);
        for id in ["fn-1", "fn-2", "fnref-1", "fnref-1-2", "fnref-2", "fnref-2-2"] {
            assert_eq!(page.html.matches(&format!(" id=\"{id}\"")).count(), 1, "{id} in {}", page.html);
        }
    }

    #[test]
    fn an_undefined_footnote_is_reported_where_it_stands() {
        assert_eq!(lines(&page("Rad\nText[^a].")), [2]);
    }

    #[test]
    fn an_unused_note_is_reported_and_not_shown() {
        let page = page("Text.\n\n[^a]: Källa.");
        assert_eq!(lines(&page), [3]);
        assert_eq!(page.html, "<p>Text.</p>\n");
    }

    #[test]
    fn a_note_written_twice_is_reported() {
        assert_eq!(lines(&page("Text[^a].\n\n[^a]: Ett.\n\n[^a]: Två.")), [5]);
    }

    #[test]
    fn a_note_that_ends_in_a_list_gets_its_way_back_below() {
        let html = page("Text[^a].\n\n[^a]: Källor:\n\n    - ett\n    - två").html;
        assert!(html.contains("</ul>\n<p><a href=\"#fnref-1\""), "{html}");
    }

    #[test]
    fn a_heading_in_a_note_is_reported_and_stays_out_of_the_contents() {
        let page = page("Text[^a].\n\n[^a]: Källa.\n\n    ## Rubrik");
        assert_eq!(page.headings, []);
        assert_eq!(page.problems.len(), 1);
    }

    #[test]
    fn a_footnote_mark_never_stands_within_a_link() {
        let html = page("[Sida[^a]](/om/) mer.\n\n[^a]: Källa.").html;
        assert!(!html.contains("<a href=\"/om/\">"), "{html}");
        assert!(html.contains("id=\"fnref-1\""), "{html}");
    }
}
