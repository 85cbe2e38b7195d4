//! The dialect: which markdown we read, and what is dropped before any other stage sees it.
//!
//! CommonMark with tables, footnotes, notices (GFM alerts) and definition lists. Raw HTML is dropped here
//! with a [`Problem`], and nesting is bounded, so that the later stages and the HTML parser behind the sanitiser
//! only ever meet well-formed, shallow text.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::Problem;

/// Stands for the `:::` that begins a line: to the parser a colon may be the start of a definition.
pub(super) const FENCE: char = '\u{e000}';

/// One parser event with the 1-based line of the file on which it starts.
///
/// After this stage: adjacent texts are one text, a soft line break is a `\n` inside the text, no paragraph or
/// emphasis is empty, and there is no `Html` or `InlineHtml`. HTML found later is therefore always our own.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Step<'a> {
    pub(super) event: Event<'a>,
    pub(super) line: usize,
}

/// Containers (quotes, lists) that one line may open. Real texts need three.
const CONTAINERS_PER_LINE: usize = 16;

/// Elements that may stand inside each other. Real texts need eight. The HTML parser behind the sanitiser walks its
/// stack of open elements for every new one, so unbounded depth would be quadratic time.
const OPEN_ELEMENTS: usize = 48;

/// A text made ready for the parser, which remembers where its lines start.
#[derive(Debug)]
pub(super) struct Source {
    text: String,
    line_starts: Vec<usize>,
    first_line: usize,
}

impl Source {
    /// Makes line ends `\n`, drops a byte order mark, replaces control characters and bounds nesting on each line.
    pub(super) fn prepare(source: &str, first_line: usize, problems: &mut Vec<Problem>) -> Self {
        let source = source.strip_prefix('\u{feff}').unwrap_or(source);
        let source = source.replace("\r\n", "\n").replace('\r', "\n");

        let mut text = String::with_capacity(source.len());
        let mut line_starts = Vec::new();
        for (index, line) in source.split('\n').enumerate() {
            if index > 0 {
                text.push('\n');
            }
            line_starts.push(text.len());

            // A fence is a paragraph of its own, also tight against the text. The blank lines are no lines of the file.
            let fence = line.strip_prefix(":::");
            if fence.is_some() {
                text.push('\n');
                text.push(FENCE);
            }
            let line = fence.unwrap_or(line);
            let bound = end_of_allowed_containers(line);
            if bound < line.len() {
                problems.push(Problem::new(first_line + index, TOO_DEEP));
            }
            let (containers, rest) = line.split_at(bound);
            push_visible(&mut text, containers);
            if !rest.is_empty() {
                // A backslash makes the next mark an ordinary character.
                text.push('\\');
                push_visible(&mut text, rest);
            }
            if fence.is_some() {
                text.push('\n');
            }
            if line.chars().any(is_control) {
                problems.push(Problem::new(
                    first_line + index,
                    "Raden innehåller ett osynligt styrtecken. Ta bort det eller skriv om raden.",
                ));
            }
        }
        Self { text, line_starts, first_line }
    }

    /// The events of the text, as [`Step`] promises.
    pub(super) fn read(&self, problems: &mut Vec<Problem>) -> Vec<Step<'_>> {
        let options =
            Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_GFM | Options::ENABLE_DEFINITION_LIST;
        let mut reading = Reading {
            source: self,
            problems,
            steps: Vec::new(),
            text: String::new(),
            text_range: 0..0,
            open: 0,
            flattened: 0,
            in_code: false,
            html_reported: 0,
            depth_reported: false,
        };
        for (event, range) in Parser::new_ext(&self.text, options).into_offset_iter() {
            reading.take(event, range);
        }
        reading.flush_text();
        reading.steps
    }

    fn line_at(&self, offset: usize) -> usize {
        let lines_before = self.line_starts.partition_point(|start| *start <= offset);
        self.first_line + lines_before.saturating_sub(1)
    }
}

const TOO_DEEP: &str = "Texten har för många nivåer av listor eller citat i varandra. Gör uppställningen enklare.";

/// Collects events into steps.
struct Reading<'a, 'p> {
    source: &'a Source,
    problems: &'p mut Vec<Problem>,
    steps: Vec<Step<'a>>,
    /// Text being merged, and its place in the source.
    text: String,
    text_range: Range<usize>,
    /// Elements open in `steps`.
    open: usize,
    /// Elements open below [`OPEN_ELEMENTS`], of which only the text is kept.
    flattened: usize,
    in_code: bool,
    html_reported: usize,
    depth_reported: bool,
}

impl<'a> Reading<'a, '_> {
    fn take(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Text(text) => self.merge(&text, &range),
            Event::SoftBreak => self.merge("\n", &range),

            Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => self.refuse_html(&range),
            Event::End(TagEnd::HtmlBlock) => {}

            // Dropping an empty header or cell would break its table, so only those that hold text by choice go.
            Event::Start(tag) if self.flattened > 0 || (self.open >= OPEN_ELEMENTS && holds_own_text(&tag)) => {
                if self.flattened == 0 {
                    self.refuse_depth(&range);
                }
                self.flattened += 1;
                self.merge(" ", &range);
            }
            Event::End(_) if self.flattened > 0 => self.flattened -= 1,
            Event::Rule if self.flattened > 0 => {}

            Event::Start(tag) => self.start(tag, &range),
            Event::End(tag) => self.end(tag, &range),
            other => {
                self.flush_text();
                self.push(other, &range);
            }
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: &Range<usize>) {
        self.flush_text();
        self.open += 1;
        // The language of a code block has no use here and would be a class that the author chooses.
        let tag = match tag {
            Tag::CodeBlock(_) => {
                self.in_code = true;
                Tag::CodeBlock(CodeBlockKind::Indented)
            }
            other => other,
        };
        self.push(Event::Start(tag), range);
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        self.flush_text();
        self.open = self.open.saturating_sub(1);
        if tag == TagEnd::CodeBlock {
            self.in_code = false;
        }
        let may_vanish = matches!(tag, TagEnd::Paragraph | TagEnd::Emphasis | TagEnd::Strong);
        if may_vanish
            && matches!(self.steps.last(), Some(Step { event: Event::Start(start), .. }) if start.to_end() == tag)
        {
            self.steps.pop();
            return;
        }
        self.push(Event::End(tag), range);
    }

    fn push(&mut self, event: Event<'a>, range: &Range<usize>) {
        self.steps.push(Step { event, line: self.source.line_at(range.start) });
    }

    fn merge(&mut self, text: &str, range: &Range<usize>) {
        if self.text.is_empty() {
            self.text_range = range.clone();
        }
        self.text_range.end = self.text_range.end.max(range.end);
        self.text.push_str(text);
    }

    fn flush_text(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let mut text = std::mem::take(&mut self.text);
        let range = self.text_range.clone();
        if self.in_code {
            text = text.replace(FENCE, ":::");
        } else {
            self.report_undefined_footnotes(&range);
        }
        self.push(Event::Text(text.into()), &range);
    }

    /// The parser leaves a reference to a missing footnote as text. The source tells it from an escaped `\[^1]`.
    fn report_undefined_footnotes(&mut self, range: &Range<usize>) {
        let source = self.source.text.get(range.clone()).unwrap_or_default();
        for (at, _) in source.match_indices("[^") {
            let Some((label, _)) = source[at + 2..].split_once(']') else { break };
            let escaped = source[..at].ends_with('\\');
            if !escaped && !label.is_empty() && !label.contains(char::is_whitespace) && label.len() <= 40 {
                let line = self.source.line_at(range.start + at);
                self.problems.push(Problem::new(
                    line,
                    format!("Fotnoten [^{label}] saknas. Skriv den på en egen rad: [^{label}]: följt av texten."),
                ));
            }
        }
    }

    fn refuse_html(&mut self, range: &Range<usize>) {
        let line = self.source.line_at(range.start);
        // A block is one event for each of its lines, and a pair of tags is two: once a line is enough.
        if self.html_reported != line {
            self.html_reported = line;
            self.problems.push(Problem::new(line, "HTML-kod visas inte. Ta bort den och skriv med markdown."));
        }
    }

    fn refuse_depth(&mut self, range: &Range<usize>) {
        if !self.depth_reported {
            self.depth_reported = true;
            self.problems.push(Problem::new(self.source.line_at(range.start), TOO_DEEP));
        }
    }
}

/// Whether the element can be replaced by its own text where it stands.
fn holds_own_text(tag: &Tag) -> bool {
    !matches!(
        tag,
        Tag::Item
            | Tag::TableHead
            | Tag::TableRow
            | Tag::TableCell
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
    )
}

/// The byte at which the line has opened as many containers as it may, or its length.
fn end_of_allowed_containers(line: &str) -> usize {
    let mut rest = line;
    for _ in 0..CONTAINERS_PER_LINE {
        let trimmed = rest.trim_start_matches([' ', '\t']);
        match container_mark(trimmed) {
            Some(length) => rest = &trimmed[length..],
            None => return line.len(),
        }
    }
    let trimmed = rest.trim_start_matches([' ', '\t']);
    match container_mark(trimmed) {
        Some(_) => line.len() - trimmed.len(),
        None => line.len(),
    }
}

/// The length of the quote, list or definition mark with which the text starts.
fn container_mark(text: &str) -> Option<usize> {
    let mark = text.chars().next()?;
    let ends_mark = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    match mark {
        '>' => Some(1),
        '-' | '*' if text.chars().all(|c| c == mark || c == ' ' || c == '\t') => None, // a rule, not a list
        '-' | '*' | '+' | ':' => ends_mark(&text[1..]).then_some(1),
        '0'..='9' => {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let rest = text[digits..].strip_prefix(['.', ')'])?;
            (digits <= 9 && ends_mark(rest)).then_some(digits + 1)
        }
        _ => None,
    }
}

fn push_visible(text: &mut String, line: &str) {
    text.extend(line.chars().map(|c| if is_control(c) { char::REPLACEMENT_CHARACTER } else { c }));
}

/// Control characters have no place in HTML, and none in the feeds made of the same text.
fn is_control(c: char) -> bool {
    (c.is_control() && c != '\t') || c == FENCE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(markdown: &str) -> (Vec<(String, usize)>, Vec<Problem>) {
        let mut problems = Vec::new();
        let source = Source::prepare(markdown, 1, &mut problems);
        let steps = source.read(&mut problems);
        let steps = steps.into_iter().map(|step| (format!("{:?}", step.event), step.line)).collect();
        (steps, problems)
    }

    fn texts(markdown: &str) -> String {
        let mut problems = Vec::new();
        let source = Source::prepare(markdown, 1, &mut problems);
        let steps = source.read(&mut problems);
        steps
            .iter()
            .filter_map(|step| if let Event::Text(text) = &step.event { Some(text.as_ref()) } else { None })
            .collect()
    }

    fn lines(problems: &[Problem]) -> Vec<usize> {
        problems.iter().map(|problem| problem.line).collect()
    }

    #[test]
    fn texts_on_both_sides_of_a_soft_break_are_one_text() {
        assert_eq!(texts("ett & [två\ntre"), "ett & [två\ntre");
        assert_eq!(read("ett\ntvå").0.len(), 3);
    }

    #[test]
    fn an_html_block_is_dropped_and_its_line_is_named() {
        let (steps, problems) = read("Före\n\n<div onclick=x>\nhej\n</div>\n\nEfter");
        assert_eq!(steps.len(), 6);
        assert_eq!(lines(&problems), [3, 4, 5]);
    }

    #[test]
    fn inline_html_is_dropped_and_its_text_is_kept() {
        assert_eq!(texts("ett <b>fett</b> ord"), "ett fett ord");
        assert_eq!(lines(&read("rad\nett <b>fett</b> ord").1), [2]);
    }

    #[test]
    fn a_paragraph_of_only_html_is_not_an_empty_paragraph() {
        assert_eq!(read("*<b></b>*").0, []);
    }

    #[test]
    fn windows_and_old_mac_line_ends_count_as_lines() {
        let (_, problems) = read("ett\r\n\r\n<a>\r\r<b>");
        assert_eq!(lines(&problems), [3, 5]);
    }

    #[test]
    fn a_byte_order_mark_does_not_hide_the_first_heading() {
        assert!(read("\u{feff}## Rubrik").0[0].0.contains("Heading"));
    }

    #[test]
    fn a_control_character_is_made_visible_and_reported() {
        assert_eq!(texts("a\0b\u{1b}c"), "a\u{fffd}b\u{fffd}c");
        assert_eq!(lines(&read("ok\n\na\0b").1), [3]);
    }

    #[test]
    fn a_reference_to_a_missing_footnote_is_reported_on_its_line() {
        let (_, problems) = read("Ett\ntvå[^a] och \\[^b] och `[^c]`");
        assert_eq!(lines(&problems), [2]);
        assert!(problems[0].message.contains("[^a]"));
    }

    #[test]
    fn a_footnote_mark_in_a_code_block_is_not_a_footnote() {
        assert_eq!(read("    kod [^a]\n").1, []);
    }

    #[test]
    fn containers_on_a_line_are_bounded() {
        assert_eq!(read(&format!("{} a", "> ".repeat(16))).1, []);
        let (steps, problems) = read(&format!("{} a", ">".repeat(5000)));
        assert_eq!(lines(&problems), [1]);
        assert!(steps.len() < 50);
        assert_eq!(lines(&read(&"1. ".repeat(300)).1), [1]);
    }

    #[test]
    fn a_long_rule_is_a_rule() {
        assert_eq!(read(&"- ".repeat(40)).1, []);
        assert_eq!(read(&format!("> {}", "* ".repeat(40))).1, []);
    }

    #[test]
    fn elements_deeper_than_the_bound_keep_their_text() {
        let mut markdown = String::new();
        for level in 0..60 {
            markdown.push_str(&format!("{}- nivå{level}\n", "  ".repeat(level)));
        }
        let (steps, problems) = read(&markdown);
        let mut depth = 0;
        for (event, _) in &steps {
            depth += i32::from(event.starts_with("Start")) - i32::from(event.starts_with("End"));
            assert!(depth <= 50);
        }
        assert_eq!(depth, 0);
        assert_eq!(problems.len(), 1);
        assert!(texts(&markdown).contains("nivå59"));
    }
}
