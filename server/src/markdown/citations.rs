//! Citations of law: each reference becomes a link to what it meant on the page's legal date, with a preview.

use super::dialect::Step;
use super::html::escape;
use super::plain;
use crate::citations::{Doubt, Lexicon, Reader};
use app::law::place::Place;
use jiff::civil::Date;
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use std::collections::HashSet;
use std::ops::Range;

/// How the law that a text cites is to be read and shown.
#[derive(Clone, Copy)]
pub struct LawSetting<'a> {
    pub lexicon: &'a Lexicon,
    /// The day on which names of acts are understood.
    pub day: Date,
    /// The instrument that the text is about.
    pub own: Option<&'a str>,
    /// Where in it the text stands.
    pub place: Place,
    pub targets: &'a dyn Targets,
}

/// Knows where a citation leads and what to say about it.
pub trait Targets {
    /// `target` as the reader found it: `sfs/2001:453#K5P11`.
    fn shown(&self, target: &str) -> Shown;
}

/// What a link to a target says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    pub href: String,
    pub external: bool,
    /// "5 kap. 11 § socialtjänstlagen (2001:453)"
    pub label: String,
    /// "Gäller sedan …", "Upphävd …. Motsvaras i dag av …"
    pub standing: String,
    /// What the provision says, in a sentence or two.
    pub summary: Option<String>,
    pub replaced: bool,
}

/// One reference that was linked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitationFound {
    pub target: String,
    /// The day on which it was read.
    pub day: Date,
    /// 1-based line of the file on which its text starts.
    pub line: usize,
    /// As the author wrote it.
    pub text: String,
    /// The heading it stands under.
    pub section: Option<String>,
    /// The words around it say that it is no longer in force.
    pub told: bool,
}

/// Something that looks like a reference and was left alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubtFound {
    pub line: usize,
    pub text: String,
    pub reason: crate::citations::Reason,
}

/// What the stage found on a page.
#[derive(Debug, Default)]
pub(super) struct FoundOnPage {
    pub(super) citations: Vec<CitationFound>,
    pub(super) doubts: Vec<DoubtFound>,
}

/// Goes through a page: first its text, then its notes, with what was learnt on the way.
pub(super) struct Linking<'a> {
    law: LawSetting<'a>,
    reader: Reader<'a>,
    first_line: usize,
    /// Acts named as a whole: linked where they are first named.
    named: HashSet<String>,
    shown: usize,
    pub(super) found: FoundOnPage,
}

/// Texts of one block, to be read as one.
#[derive(Default)]
struct Run {
    text: String,
    /// Index of the step and its place in `text`.
    pieces: Vec<(usize, Range<usize>)>,
}

/// Stands for what is not running text: no reference reaches over it.
const GAP: char = '\u{fffc}';

impl<'a> Linking<'a> {
    pub(super) fn new(law: LawSetting<'a>, first_line: usize) -> Self {
        let mut reader = Reader::new(law.lexicon, law.day, law.own);
        reader.stand_in(law.place);
        Self { law, reader, first_line, named: HashSet::new(), shown: 0, found: FoundOnPage::default() }
    }

    /// Links the references in running text. Headings, links and code are left alone.
    pub(super) fn link<'s>(&mut self, steps: Vec<Step<'s>>) -> Vec<Step<'s>> {
        let mut changes: Vec<(usize, Vec<Event<'static>>)> = Vec::new();
        let mut run = Run::default();
        let (mut closed, mut context) = (0_usize, Context::default());
        for (index, step) in steps.iter().enumerate() {
            match &step.event {
                Event::Start(tag) if is_closed(tag.to_end()) => {
                    closed += 1;
                    // Linked before: named before.
                    if let Tag::Link { id, title, .. } = tag
                        && &**id == OURS
                    {
                        self.named.insert(title.to_string());
                    }
                    if let Tag::Heading { id, .. } = tag {
                        changes.extend(self.flush(&mut run, &steps, &context));
                        context.heading = plain::element(&steps[index..]);
                        context.section = id.as_ref().map(ToString::to_string);
                    } else {
                        run.text.push(GAP);
                    }
                }
                Event::End(tag) if is_closed(*tag) => closed = closed.saturating_sub(1),
                Event::Text(text) if closed == 0 => {
                    // "s. 3**5 kap.**": two numbers, however close they stand.
                    if run.text.ends_with(char::is_alphanumeric) && text.starts_with(char::is_alphanumeric) {
                        run.text.push(GAP);
                    }
                    let start = run.text.len();
                    run.text.push_str(text);
                    run.pieces.push((index, start..run.text.len()));
                }
                Event::Start(Tag::Emphasis | Tag::Strong) | Event::End(TagEnd::Emphasis | TagEnd::Strong) => {}
                Event::Start(Tag::Table(_)) => {
                    changes.extend(self.flush(&mut run, &steps, &context));
                    context.table = plain::element(&steps[index..]);
                }
                Event::Start(_) | Event::End(_) => {
                    changes.extend(self.flush(&mut run, &steps, &context));
                    if step.event == Event::End(TagEnd::Table) {
                        context.table.clear();
                    }
                }
                Event::HardBreak => run.text.push('\n'),
                _ => run.text.push(GAP),
            }
        }
        changes.extend(self.flush(&mut run, &steps, &context));

        let mut changes = changes.into_iter().peekable();
        let mut linked = Vec::with_capacity(steps.len());
        for (index, step) in steps.into_iter().enumerate() {
            match changes.next_if(|(changed, _)| *changed == index) {
                Some((_, events)) => linked.extend(events.into_iter().map(|event| Step { event, line: step.line })),
                None => linked.push(step),
            }
        }
        linked
    }

    /// Reads what has been gathered, and tells which steps become which events.
    fn flush(&mut self, run: &mut Run, steps: &[Step], context: &Context) -> Vec<(usize, Vec<Event<'static>>)> {
        let Run { text, pieces } = std::mem::take(run);
        if pieces.is_empty() {
            return Vec::new();
        }
        let line_of = |at: usize| {
            let piece = pieces.iter().find(|(_, range)| range.end > at).or(pieces.last());
            piece.map_or(0, |(index, range)| steps[*index].line + text[range.start.min(at)..at].matches('\n').count())
        };
        let found = self.reader.read(&text);
        for Doubt { range, reason } in found.doubts {
            let text = text[range.clone()].to_owned();
            self.found.doubts.push(DoubtFound { line: line_of(range.start), text, reason });
        }
        let told = says_so(&text) || says_so(&context.heading) || says_so(&context.table);
        // The part of each reference that lies in its first piece is what gets linked.
        let mut links: Vec<(Range<usize>, String)> = Vec::new();
        for citation in found.citations {
            self.found.citations.push(CitationFound {
                target: citation.target.clone(),
                day: citation.day,
                line: line_of(citation.range.start),
                text: text[citation.range.clone()].split_whitespace().collect::<Vec<_>>().join(" "),
                section: context.section.clone(),
                told,
            });
            let whole_act = !citation.target.contains('#');
            if !whole_act || self.named.insert(citation.target.clone()) {
                links.push((citation.range, citation.target));
            }
        }
        let mut links = links.into_iter().peekable();
        let mut changes = Vec::new();
        for (index, piece) in &pieces {
            let mut events = Vec::new();
            let mut written = piece.start;
            while let Some((range, target)) = links.next_if(|(range, _)| range.start < piece.end) {
                let end = range.end.min(piece.end);
                if range.start < written || text[range.start..end].trim().is_empty() {
                    continue;
                }
                events.push(Event::Text(text[written..range.start].to_owned().into()));
                let (open, close) = self.written(&target, &text[range.start..end]);
                // A link of the parser's kind, so that no later stage puts another into it.
                let (dest_url, title, id) = (open.into(), target.into(), OURS.into());
                let tag = Tag::Link { link_type: LinkType::Inline, dest_url, title, id };
                events.push(Event::Start(tag));
                events.push(Event::Text(text[range.start..end].to_owned().into()));
                events.push(Event::End(TagEnd::Link));
                events.push(Event::InlineHtml(close.into()));
                written = end;
            }
            if !events.is_empty() {
                events.push(Event::Text(text[written..piece.end].to_owned().into()));
                changes.push((*index, events));
            }
        }
        changes
    }

    /// The opening of a link, and what stands behind it: the preview, which is seen on hover and on focus.
    fn written(&mut self, target: &str, text: &str) -> (String, String) {
        let shown = self.law.targets.shown(target);
        self.shown += 1;
        let id = format!("lagrum-{}-{}", self.first_line, self.shown);
        let mut class = "lagrum".to_owned();
        for (more, holds) in
            [(" external", shown.external), (" replaced", shown.replaced), (" short", text.chars().count() <= 24)]
        {
            class.push_str(if holds { more } else { "" });
        }
        let rel = if shown.external { " rel=\"noreferrer\"" } else { "" };
        let open = format!(
            "<span class=\"cited\"><a class=\"{class}\" href=\"{}\"{rel} aria-describedby=\"{id}\">",
            escape(&shown.href)
        );
        let summary = shown.summary.map(|text| format!(" <span>{}</span>", escape(&text))).unwrap_or_default();
        let close = format!(
            "<span class=\"preview\" role=\"tooltip\" id=\"{id}\"><strong>{}</strong> {}{summary}</span></span>",
            escape(&shown.label),
            escape(&shown.standing)
        );
        (open, close)
    }
}

/// Marks a link that this stage made: its address is the whole opening tag, its title the target. No author's link has an id of ours:
/// the id of a reference link is its label, and a label cannot hold a control character.
pub(super) const OURS: &str = "\u{1}lagrum";

/// What stands around a run of text.
#[derive(Default)]
struct Context {
    section: Option<String>,
    heading: String,
    table: String,
}

/// No reference is looked for within.
fn is_closed(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Heading(_) | TagEnd::Link | TagEnd::CodeBlock)
}

/// Do the words say that a rule is an old one?
fn says_so(text: &str) -> bool {
    const WORDS: [&str; 16] = [
        "gamla",
        "äldre",
        "tidigare",
        "dåvarande",
        "upphäv",
        "upphör",
        "ersatt",
        "ersätt",
        "inte längre",
        "gällde",
        "motsvar",
        "numera",
        "före den",
        "till och med",
        "då gällande",
        "sedan dess",
    ];
    let text = text.to_lowercase();
    WORDS.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::super::{Glossary, Rendered, Setting, render};
    use super::*;
    use crate::citations::{Naming, Period, Series};
    use jiff::civil::date;
    use proptest::prelude::*;

    struct Plain;

    impl Targets for Plain {
        fn shown(&self, target: &str) -> Shown {
            Shown {
                href: format!("/regler/{}", target.replace(['/', ':'], "-")),
                label: target.to_owned(),
                ..Shown::default()
            }
        }
    }

    fn lexicon() -> Lexicon {
        let naming = |short: &str, id: &str, chapters| Naming {
            names: Vec::new(),
            short: vec![short.to_owned()],
            periods: vec![Period {
                instrument: id.to_owned(),
                from: date(1990, 1, 1),
                until: None,
                chapters: Some(chapters),
            }],
        };
        let series = [Series { short: "SOSFS".to_owned(), id: "sosfs".to_owned() }];
        Lexicon::new(vec![naming("SoL", "sfs/2025:400", true), naming("LVU", "sfs/1990:52", false)], &series)
    }

    fn page(markdown: &str) -> Rendered {
        let (glossary, lexicon) = (Glossary::empty(), lexicon());
        let law = LawSetting {
            lexicon: &lexicon,
            day: date(2026, 1, 1),
            own: None,
            place: Place::default(),
            targets: &Plain,
        };
        render(markdown, 1, Setting { law: Some(law), ..Setting::from(&glossary) })
    }

    fn targets(markdown: &str) -> Vec<String> {
        page(markdown).citations.into_iter().map(|citation| citation.target).collect()
    }

    #[test]
    fn a_reference_becomes_a_link_with_a_preview() {
        assert_eq!(
            page("Se 5 § LVU.").html,
            "<p>Se <span class=\"cited\"><a class=\"lagrum short\" href=\"/regler/sfs-1990-52#P5\" aria-describedby=\"lagrum-1-1\">5 § LVU</a>\
             <span class=\"preview\" role=\"tooltip\" id=\"lagrum-1-1\"><strong>sfs/1990:52#P5</strong> </span></span>.</p>\n"
        );
    }

    #[test]
    fn a_reference_over_emphasis_and_line_breaks_is_one() {
        assert_eq!(targets("Se **5 kap.** 11 §\nSoL."), ["sfs/2025:400#K5P11"]);
        assert!(page("Se **5 kap. 11 §** SoL.").html.contains(">5 kap. 11 §</a>"));
    }

    #[test]
    fn headings_links_and_code_are_left_alone() {
        for markdown in ["## 5 § LVU", "[5 § LVU](/om/)", "`5 § LVU`", "    5 § LVU", "5 § `x` LVU"] {
            assert_eq!(targets(markdown), [""; 0], "{markdown}");
        }
    }

    #[test]
    fn notes_and_tables_are_read_and_lines_are_told() {
        let page = page("Text.[^a]\n\n|Lag|\n|---|\n|5 § LVU|\n\n[^a]: Se\n    6 § LVU.");
        let found: Vec<_> = page.citations.iter().map(|c| (c.target.as_str(), c.line)).collect();
        assert_eq!(found, [("sfs/1990:52#P5", 5), ("sfs/1990:52#P6", 8)]);
    }

    #[test]
    fn an_act_named_again_is_linked_once_but_counted_each_time() {
        let page = page("SOSFS 2014:4 och SOSFS 2014:4.");
        assert_eq!((page.html.matches("<a ").count(), page.citations.len()), (1, 2));
    }

    #[test]
    fn words_around_tell_that_a_rule_is_old() {
        assert!(page("Den gamla regeln i 5 § LVU.").citations[0].told);
        assert!(!page("Enligt 5 § LVU.").citations[0].told);
    }

    /// What a reader sees: the text without tags, previews left out.
    fn visible(html: &str) -> String {
        let mut seen = html.to_owned();
        while let Some((before, rest)) = seen.split_once("<span class=\"preview\"") {
            let (_, after) = rest.split_once("</span></span>").unwrap_or((rest, ""));
            seen = format!("{before}{after}");
        }
        seen.split('<')
            .enumerate()
            .map(|(index, piece)| if index == 0 { piece } else { piece.split_once('>').map_or("", |(_, text)| text) })
            .collect()
    }

    fn markdown() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "5 kap. 11 § SoL",
            "5 § LVU",
            "3 §",
            "SOSFS 2014:4",
            "**",
            "*",
            "`",
            "[",
            "](/om/)",
            "\n",
            "\n\n",
            "|",
            "> ",
            "- ",
            "## ",
            " ",
            "och",
            "samma lag",
            "[^a]",
            "\n\n[^a]: ",
            ":::",
            "plikt",
            "\u{a0}",
            "prop. 2024/25:89 s. 3",
            "<b>",
            "å",
        ]);
        prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn linking_changes_no_visible_text_and_never_puts_a_link_into_another(text in prop_oneof![any::<String>(), markdown()]) {
            let linked = page(&text);
            let plain = render(&text, 1, &Glossary::empty());
            prop_assert_eq!(visible(&linked.html), visible(&plain.html));
            let mut open = 0;
            for tag in linked.html.split('<').skip(1) {
                open += i32::from(tag.starts_with("a ")) - i32::from(tag.starts_with("/a>"));
                prop_assert!((0..=1).contains(&open), "{}", linked.html);
            }
        }

        #[test]
        fn linking_what_is_linked_changes_nothing(text in markdown()) {
            let lexicon = lexicon();
            let law = LawSetting { lexicon: &lexicon, day: date(2026, 1, 1), own: None, place: Place::default(), targets: &Plain };
            let source = super::super::dialect::Source::prepare(&text, 1, &mut Vec::new());
            let once = Linking::new(law, 1).link(source.read(&mut Vec::new()));
            let twice = Linking::new(law, 1).link(once.clone());
            prop_assert_eq!(once, twice);
        }
    }
}
