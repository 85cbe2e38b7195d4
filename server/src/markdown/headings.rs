//! Headings: a stable id for each, an unbroken outline, and a link to itself.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::dialect::Step;
use super::{Heading, Problem, plain};

/// Gives each heading its id and its self-link, and reports what breaks the outline.
///
/// The page title is the only h1, so a heading on level 1 moves to level 2. An empty heading is dropped.
pub(super) fn name<'a>(steps: Vec<Step<'a>>, problems: &mut Vec<Problem>) -> (Vec<Step<'a>>, Vec<Heading>) {
    let mut named = Vec::with_capacity(steps.len());
    let mut headings: Vec<Heading> = Vec::new();
    let mut ids = Ids::default();

    let mut steps = steps.into_iter();
    while let Some(step) = steps.next() {
        let Event::Start(Tag::Heading { level, .. }) = step.event else {
            named.push(step);
            continue;
        };
        let line = step.line;
        let inside: Vec<Step> =
            steps.by_ref().take_while(|step| !matches!(step.event, Event::End(TagEnd::Heading(_)))).collect();

        let text = plain::one_line(&inside);
        if text.is_empty() {
            problems.push(Problem::new(line, "Rubriken är tom. Skriv en rubrik eller ta bort raden."));
            if !inside.is_empty() {
                // A footnote mark alone, say: it stays, because its note leads back to it.
                named.push(Step { event: Event::Start(Tag::Paragraph), line });
                named.extend(inside);
                named.push(Step { event: Event::End(TagEnd::Paragraph), line });
            }
            continue;
        }

        let previous = headings.last().map_or(1, |heading| heading.level);
        let level = shown_level(level, previous, line, problems);
        let id = ids.take(&text);
        let (tag, end) = tags(level, &id);
        named.push(Step { event: tag, line });
        named.extend(linked_to_itself(inside, &id, line));
        named.push(Step { event: end, line });
        headings.push(Heading { level: level as u8, id, text });
    }
    (named, headings)
}

fn shown_level(level: HeadingLevel, previous: u8, line: usize, problems: &mut Vec<Problem>) -> HeadingLevel {
    if level == HeadingLevel::H1 {
        problems.push(Problem::new(
            line,
            "Rubriken står på nivå 1, som är sidans titel. Skriv den med två nummertecken: ##.",
        ));
        return HeadingLevel::H2;
    }
    let expected = previous + 1;
    if level as u8 > expected {
        problems.push(Problem::new(
            line,
            format!(
                "Rubriken hoppar från nivå {previous} till nivå {}. Skriv den med {}.",
                level as u8,
                "#".repeat(usize::from(expected)),
            ),
        ));
    }
    level
}

fn tags<'a>(level: HeadingLevel, id: &str) -> (Event<'a>, Event<'a>) {
    let start = Tag::Heading { level, id: Some(id.to_owned().into()), classes: Vec::new(), attrs: Vec::new() };
    let end = Event::End(start.to_end());
    (Event::Start(start), end)
}

/// The heading is its own link, so that a reader can copy the address of the section. A heading that holds a link
/// or a footnote mark of its own stays as it is: links do not stand inside links.
fn linked_to_itself<'a>(mut inside: Vec<Step<'a>>, id: &str, line: usize) -> Vec<Step<'a>> {
    let holds_link = inside.iter().any(|step| match &step.event {
        Event::Start(Tag::Link { .. }) => true,
        Event::InlineHtml(html) => html.contains("<a "),
        _ => false,
    });
    if !holds_link {
        let open = format!(r##"<a class="anchor" href="#{id}">"##);
        inside.insert(0, Step { event: Event::InlineHtml(open.into()), line });
        inside.push(Step { event: Event::InlineHtml("</a>".into()), line });
    }
    inside
}

/// The ids given so far on this page.
#[derive(Default)]
struct Ids {
    taken: HashSet<String>,
    /// The last number given after each id, so that a thousand equal headings do not each count from two.
    numbers: HashMap<String, u32>,
}

impl Ids {
    fn take(&mut self, text: &str) -> String {
        let base = slug(text);
        let number = self.numbers.entry(base.clone()).or_insert(1);
        let mut id = base.clone();
        while !self.taken.insert(id.clone()) {
            *number += 1;
            id = format!("{base}-{number}");
        }
        id
    }
}

/// Ids that the page around the text has already, and that of the notes.
const TAKEN: [&str; 6] = ["noter", "kallor", "innehall", "innehallsforteckning", "relaterat", "sok"];

/// `Så gör du på BVC` → `sa-gor-du-pa-bvc`. Never empty, never an id that footnotes or the page use.
fn slug(text: &str) -> String {
    let slug = app::text::slug::slug(text);
    let reserved = TAKEN.contains(&slug.as_str()) || slug.starts_with("fn-") || slug.starts_with("fnref-");
    match slug.as_str() {
        "" => "avsnitt".to_owned(),
        _ if reserved => format!("avsnitt-{slug}"),
        _ => slug,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Glossary, Rendered, render};
    use super::*;

    fn page(markdown: &str) -> Rendered {
        render(markdown, 1, &Glossary::empty())
    }

    #[test]
    fn a_heading_gets_a_swedish_id_and_a_link_to_itself() {
        let page = page("## Så gör du");
        assert_eq!(page.html, "<h2 id=\"sa-gor-du\"><a class=\"anchor\" href=\"#sa-gor-du\">Så gör du</a></h2>\n");
        assert_eq!(page.headings, [Heading { level: 2, id: "sa-gor-du".into(), text: "Så gör du".into() }]);
    }

    #[test]
    fn ids_follow_the_written_rule() {
        assert_eq!(slug("Åtgärder för idé & kafé (nr 2)"), "atgarder-for-ide-kafe-nr-2");
        assert_eq!(slug("19 kap. 1 § SoL"), "19-kap-1-sol");
        assert_eq!(slug("A\u{30a}tga\u{308}rd"), "atgard");
        assert_eq!(slug("…!"), "avsnitt");
    }

    #[test]
    fn the_same_heading_twice_gets_two_ids() {
        let ids: Vec<String> =
            page("## Barn\n\n## Barn 2\n\n## Barn\n\n## Barn").headings.into_iter().map(|h| h.id).collect();
        assert_eq!(ids, ["barn", "barn-2", "barn-3", "barn-4"]);
    }

    #[test]
    fn a_heading_never_takes_the_id_of_a_footnote() {
        assert_eq!(slug("Fn 1"), "avsnitt-fn-1");
        assert_eq!(slug("Fnref 1"), "avsnitt-fnref-1");
        assert_eq!(slug("Noter"), "avsnitt-noter");
    }

    #[test]
    fn a_heading_on_level_one_is_shown_on_level_two_and_reported() {
        let page = page("# Titel\n\n### Under");
        assert_eq!(page.headings.iter().map(|h| h.level).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(page.problems.len(), 1);
        assert_eq!(page.problems[0].line, 1);
    }

    #[test]
    fn a_jump_in_level_is_reported_with_the_mark_to_write() {
        let page = page("## Ett\n\n#### Två");
        assert_eq!(page.problems, [Problem::new(3, "Rubriken hoppar från nivå 2 till nivå 4. Skriv den med ###.")]);
    }

    #[test]
    fn the_first_heading_must_be_on_level_two() {
        assert_eq!(page("### Under").problems.len(), 1);
    }

    #[test]
    fn an_empty_heading_is_left_out_and_reported() {
        let page = page("##\n\nText");
        assert_eq!(page.html, "<p>Text</p>\n");
        assert_eq!(page.problems[0].line, 1);
    }

    #[test]
    fn a_heading_that_is_only_a_footnote_mark_keeps_the_mark() {
        let page = page("## [^1]\n\n[^1]: Not.");
        assert!(page.headings.is_empty() && page.html.contains("<p><sup><a id=\"fnref-1\""), "{}", page.html);
    }

    #[test]
    fn the_text_of_a_heading_cannot_break_out_of_its_link() {
        let page = page("## \"><img src=x onerror=alert(1)> `kod`");
        assert!(!page.html.contains("<img"));
        assert_eq!(page.headings[0].text, "\"> kod");
    }

    #[test]
    fn a_heading_with_a_link_or_a_footnote_of_its_own_is_no_link() {
        assert_eq!(page("## Se [om](/om/)").html, "<h2 id=\"se-om\">Se <a href=\"/om/\">om</a></h2>\n");
        assert!(!page("## Ett[^1]\n\n[^1]: Not.").html.contains("anchor"));
    }
}
