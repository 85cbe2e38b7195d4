//! The glossary: the first use of each term on a page leads to its explanation.

use std::collections::{HashMap, HashSet};

use app::routes::paths;
use pulldown_cmark::{Event, Tag, TagEnd};

use super::dialect::Step;
use super::html::escape;

/// All terms, arranged for finding them in running text. Built once and used for every page.
#[derive(Debug, Clone, Default)]
pub struct Glossary {
    /// The forms by their first word (its first letter in lower case), the longest form first.
    by_first_word: HashMap<String, Vec<Form>>,
}

/// One term of the glossary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlossaryEntry {
    /// The term's id on the glossary page.
    pub id: String,
    /// All spoken forms: the term itself, synonyms and inflected forms. Each is found as a whole word, with the first
    /// letter in either case; a space matches any white space, also a line break. Blank forms are ignored.
    pub forms: Vec<String>,
}

#[derive(Debug, Clone)]
struct Form {
    text: String,
    id: String,
}

impl Glossary {
    /// A glossary of these entries. If two entries claim a form, the first one has it.
    pub fn new(entries: impl IntoIterator<Item = GlossaryEntry>) -> Self {
        let mut by_first_word: HashMap<String, Vec<Form>> = HashMap::new();
        for entry in entries {
            for form in entry.forms {
                let text = form.split_whitespace().collect::<Vec<_>>().join(" ");
                let first_word = first_word(&text);
                // A form that starts with no letter or digit has no beginning that can be found.
                if !first_word.is_empty() {
                    let id = entry.id.clone();
                    by_first_word.entry(lower_first(first_word)).or_default().push(Form { text, id });
                }
            }
        }
        for forms in by_first_word.values_mut() {
            // Stable: among equally long forms the first entry stays first.
            forms.sort_by_key(|form| std::cmp::Reverse(form.text.len()));
        }
        Self { by_first_word }
    }

    /// A glossary that links nothing.
    pub fn empty() -> Self {
        Self::default()
    }

    /// The longest form that starts exactly here, with its length in the text.
    fn find_at(&self, text: &str) -> Option<(&Form, usize)> {
        let forms = self.by_first_word.get(&lower_first(first_word(text)))?;
        forms.iter().find_map(|form| {
            let length = matched_length(text, &form.text)?;
            ends_word(&text[length..]).then_some((form, length))
        })
    }
}

/// Links the first use of each term in running text.
///
/// Headings, links, code, table headers and the term lines of definition lists are left alone, and so is a term that
/// the author has linked anywhere on the page: to the glossary, or by using a form of it as a link's whole text.
pub(super) fn link<'a>(steps: Vec<Step<'a>>, glossary: &Glossary) -> Vec<Step<'a>> {
    if glossary.by_first_word.is_empty() {
        return steps;
    }
    let mut linked = linked_by_author(&steps, glossary);
    let mut result = Vec::with_capacity(steps.len());
    let mut closed = 0_usize;
    for Step { event, line } in steps {
        match &event {
            Event::Start(tag) if is_closed(tag.to_end()) => closed += 1,
            Event::End(tag) if is_closed(*tag) => closed = closed.saturating_sub(1),
            Event::Text(text) if closed == 0 => {
                let parts = link_text(text, glossary, &mut linked);
                if !parts.is_empty() {
                    result.extend(parts.into_iter().map(|event| Step { event, line }));
                    continue;
                }
            }
            _ => {}
        }
        result.push(Step { event, line });
    }
    result
}

/// The text cut into parts around its new links; empty if it gets none.
fn link_text<'a>(text: &str, glossary: &Glossary, linked: &mut HashSet<String>) -> Vec<Event<'a>> {
    let mut parts = Vec::new();
    let mut written = 0;
    let mut at = 0;
    let mut previous = Previous::default();
    while let Some(c) = text[at..].chars().next() {
        let found = if previous.allows_word() && c.is_alphanumeric() { glossary.find_at(&text[at..]) } else { None };
        let Some((form, length)) = found else {
            previous.pass(c);
            at += c.len_utf8();
            continue;
        };
        // A form inside a longer one is never linked, whether or not the longer one is.
        if linked.insert(form.id.clone()) {
            let word = &text[at..at + length];
            parts.push(Event::Text(text[written..at].to_owned().into()));
            parts.push(Event::InlineHtml(
                format!("<a class=\"term\" href=\"{}\">", escape(&paths::term(&form.id))).into(),
            ));
            parts.push(Event::Text(word.to_owned().into()));
            parts.push(Event::InlineHtml("</a>".into()));
            written = at + length;
        }
        for c in text[at..at + length].chars() {
            previous.pass(c);
        }
        at += length;
    }
    if !parts.is_empty() {
        parts.push(Event::Text(text[written..].to_owned().into()));
    }
    parts
}

/// The two characters before the place in the text: enough to tell a new word from the rest of one.
#[derive(Default)]
struct Previous {
    last: Option<char>,
    before_last: Option<char>,
}

impl Previous {
    fn pass(&mut self, c: char) {
        self.before_last = self.last.replace(c);
    }

    /// No word starts within a word, nor after the hyphen of a compound ("jour-nätverk") or the colon of "LVU:s".
    fn allows_word(&self) -> bool {
        let joined = |c: char| c.is_alphanumeric();
        match self.last {
            Some('-' | ':' | '\u{2011}') => !self.before_last.is_some_and(joined),
            Some(c) => !joined(c),
            None => true,
        }
    }
}

/// Whether a word may end before this rest: "barn- och ungdom" and "LVU:s" are other words than "barn" and "LVU".
fn ends_word(rest: &str) -> bool {
    let mut rest = rest.chars();
    match rest.next() {
        Some('-' | '\u{2011}') => false,
        Some(':') => !rest.next().is_some_and(char::is_alphanumeric),
        Some(c) => !c.is_alphanumeric(),
        None => true,
    }
}

/// How much of the text the form takes, if the text starts with it.
fn matched_length(text: &str, form: &str) -> Option<usize> {
    let mut rest = text.char_indices().peekable();
    for (index, wanted) in form.chars().enumerate() {
        if wanted == ' ' {
            rest.next_if(|(_, c)| c.is_whitespace())?;
            while rest.next_if(|(_, c)| c.is_whitespace()).is_some() {}
            continue;
        }
        let (_, c) = rest.next()?;
        let same = c == wanted || (index == 0 && c.to_lowercase().eq(wanted.to_lowercase()));
        if !same {
            return None;
        }
    }
    Some(rest.peek().map_or(text.len(), |(at, _)| *at))
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

fn lower_first(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

fn linked_by_author(steps: &[Step], glossary: &Glossary) -> HashSet<String> {
    let mut linked = HashSet::new();
    for (index, step) in steps.iter().enumerate() {
        let Event::Start(Tag::Link { dest_url, .. }) = &step.event else { continue };
        if let Some(id) = dest_url.strip_prefix(paths::GLOSSARY).and_then(|rest| rest.strip_prefix('#')) {
            linked.insert(id.to_owned());
        }
        if let Some(Step { event: Event::Text(text), .. }) = steps.get(index + 1)
            && let Some((form, length)) = glossary.find_at(text)
            && length == text.len()
        {
            linked.insert(form.id.clone());
        }
    }
    linked
}

/// No term is looked for within.
fn is_closed(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Heading(_) | TagEnd::Link | TagEnd::CodeBlock | TagEnd::TableHead | TagEnd::DefinitionListTitle
    )
}

#[cfg(test)]
mod tests {
    use super::super::render;
    use super::*;

    fn glossary() -> Glossary {
        let entry = |id: &str, forms: &[&str]| GlossaryEntry {
            id: id.to_owned(),
            forms: forms.iter().map(|form| (*form).to_owned()).collect(),
        };
        Glossary::new([
            entry("boende", &["boende", "boendet"]),
            entry("skyddat-boende", &["skyddat boende", "skyddade boenden"]),
            entry("overgrepp", &["övergrepp", "övergreppet"]),
            entry("lvu", &["LVU"]),
            entry("barn", &["barn", "barnet"]),
        ])
    }

    /// The text with each term link as `[text→id]`.
    fn linked(markdown: &str) -> String {
        let html = render(markdown, 1, &glossary()).html;
        html.trim().replace("<a class=\"term\" href=\"/ordlista/#", "[").replace("\">", "→").replace("</a>", "]")
    }

    #[test]
    fn the_first_use_of_a_term_leads_to_the_glossary() {
        assert_eq!(
            render("Ett övergrepp. Ett övergrepp till.", 1, &glossary()).html,
            "<p>Ett <a class=\"term\" href=\"/ordlista/#overgrepp\">övergrepp</a>. Ett övergrepp till.</p>\n"
        );
    }

    #[test]
    fn one_term_in_two_forms_is_linked_once() {
        assert_eq!(linked("Barnet och barn."), "<p>[barn→Barnet] och barn.</p>");
    }

    #[test]
    fn the_longest_form_wins_and_its_parts_are_not_linked() {
        assert_eq!(
            linked("Skyddat boende. Ett skyddat boende är ett boende."),
            "<p>[skyddat-boende→Skyddat boende]. Ett skyddat boende är ett [boende→boende].</p>"
        );
    }

    #[test]
    fn a_form_may_run_over_a_line_break_or_a_fixed_space() {
        assert_eq!(linked("Ett skyddat\nboende."), "<p>Ett [skyddat-boende→skyddat\nboende].</p>");
        assert_eq!(linked("Ett skyddat\u{a0}boende."), "<p>Ett [skyddat-boende→skyddat&nbsp;boende].</p>");
    }

    #[test]
    fn swedish_letters_are_letters_of_a_word() {
        assert_eq!(linked("sexövergrepp övergreppsåtal åbarn barnö"), "<p>sexövergrepp övergreppsåtal åbarn barnö</p>");
    }

    #[test]
    fn compounds_and_genitives_with_colon_are_other_words() {
        assert_eq!(
            linked("barn- och ungdom, små-barn, LVU:s, LVU-vård"),
            "<p>barn- och ungdom, små-barn, LVU:s, LVU-vård</p>"
        );
        assert_eq!(linked("(LVU): – barn–"), "<p>([lvu→LVU]): – [barn→barn]–</p>");
    }

    #[test]
    fn only_the_first_letter_may_differ_in_case() {
        assert_eq!(linked("BARN lvu Lvu"), "<p>BARN lvu Lvu</p>");
        assert_eq!(linked("Övergrepp"), "<p>[overgrepp→Övergrepp]</p>");
    }

    #[test]
    fn headings_links_code_table_headers_and_term_lines_are_left_alone() {
        for markdown in [
            "## Barn",
            "[se barn](/om/)",
            "`barn`",
            "    barn",
            "|barn|\n|---|\n|x|",
            "barn\n: text",
            "Text[^a]\n\n[^a]: barn",
        ] {
            assert!(!linked(markdown).contains("[barn→"), "{markdown}");
        }
        assert!(linked("|x|\n|---|\n|barn|").contains("[barn→"));
        assert!(linked("x\n: barn").contains("[barn→"));
        assert!(linked("> [!NOTE]\n> Ett *barn*.").contains("[barn→"));
    }

    #[test]
    fn a_term_that_the_author_has_linked_is_not_linked_again() {
        assert!(!linked("Ett barn. [Se ordet](/ordlista/#barn).").contains("[barn→"));
        assert!(!linked("Ett barn. [Barnet](/vagledning/barn).").contains("[barn→"));
        assert!(linked("Ett barn. [Om barn i nöd](/vagledning/barn).").contains("[barn→"));
    }

    #[test]
    fn a_term_link_is_not_among_the_authors_links() {
        assert_eq!(render("Ett barn.", 1, &glossary()).links, []);
    }

    #[test]
    fn blank_forms_and_forms_without_a_first_letter_are_ignored() {
        let glossary =
            Glossary::new([GlossaryEntry { id: "x".into(), forms: vec![String::new(), "  ".into(), "§ 5".into()] }]);
        assert_eq!(render("Se § 5.", 1, &glossary).html, "<p>Se § 5.</p>\n");
    }

    #[test]
    fn an_odd_id_cannot_break_out_of_the_link() {
        let glossary = Glossary::new([GlossaryEntry { id: "\"><script>".into(), forms: vec!["ord".into()] }]);
        assert!(!render("Ett ord.", 1, &glossary).html.contains("<script"));
    }
}
