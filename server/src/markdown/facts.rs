//! Facts by reference: `<stodlinje:kvinnofridslinjen>` in a text becomes the name, number and hours that the data holds,
//! so that a number which changes is changed in one place.

use super::Problem;
use super::dialect::Step;
use crate::content::{ContactSource, StatisticSource};
use app::help_lines::HelpLine;
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use std::collections::BTreeMap;

/// What a text may refer to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// By the reference as it is written: `stodlinje:kvinnofridslinjen`.
    by_reference: BTreeMap<String, Vec<Piece>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Link { href: String, text: String },
}

/// Of what kind a reference is, as it is written.
const KINDS: [&str; 3] = ["stodlinje", "kontakt", "statistik"];

impl Facts {
    pub const NONE: Self = Self { by_reference: BTreeMap::new() };

    pub fn new(lines: &[HelpLine], contacts: &[ContactSource], figures: &[StatisticSource]) -> Self {
        let lines = lines.iter().map(|line| (format!("stodlinje:{}", line.id), help_line(line)));
        let contacts = contacts.iter().map(|one| (format!("kontakt:{}", one.id), contact(one)));
        let figures = figures.iter().map(|one| (format!("statistik:{}", one.id), figure(one)));
        Self { by_reference: lines.chain(contacts).chain(figures).collect() }
    }

    /// Every reference with what it becomes, as plain text.
    pub fn all(&self) -> impl Iterator<Item = (&str, String)> {
        self.by_reference.iter().map(|(reference, pieces)| (reference.as_str(), plain(pieces)))
    }
}

fn plain(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) | Piece::Link { text, .. } => text.as_str(),
        })
        .collect()
}

fn text(text: impl Into<String>) -> Piece {
    Piece::Text(text.into())
}

fn link(href: impl Into<String>, text: impl Into<String>) -> Piece {
    Piece::Link { href: href.into(), text: text.into() }
}

fn help_line(line: &HelpLine) -> Vec<Piece> {
    let mut pieces = Vec::new();
    if line.name != line.phone {
        pieces.push(text(format!("{}, ", line.name)));
    }
    pieces.push(link(format!("tel:{}", line.dial), &line.phone));
    if let Some(hours) = &line.hours {
        pieces.push(text(format!(" ({})", lower_first(hours))));
    }
    pieces
}

fn contact(contact: &ContactSource) -> Vec<Piece> {
    let mut pieces = vec![text(contact.name.as_str())];
    let phone = contact.phone.as_ref().map(|(phone, dial)| link(format!("tel:{dial}"), phone));
    let email = contact.email.as_ref().map(|email| link(format!("mailto:{email}"), email));
    let web = contact.web.as_ref().map(|web| link(web, web.trim_start_matches("https://").trim_end_matches('/')));
    for piece in [phone, email, web].into_iter().flatten() {
        pieces.extend([text(", "), piece]);
    }
    pieces
}

fn figure(figure: &StatisticSource) -> Vec<Piece> {
    let source = match &figure.web {
        Some(web) => link(web, &figure.source),
        None => text(figure.source.as_str()),
    };
    vec![text(format!("{} (", figure.text)), source, text(format!(", avser {})", figure.years))]
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Puts the facts in the place of their references. One that is unknown is left out and reported.
pub(super) fn fill<'a>(steps: Vec<Step<'a>>, facts: &Facts, problems: &mut Vec<Problem>) -> Vec<Step<'a>> {
    let mut filled = Vec::with_capacity(steps.len());
    // Within the reference: its own text is not shown.
    let mut inside = false;
    for Step { event, line } in steps {
        match event {
            Event::Start(Tag::Link { link_type: LinkType::Autolink, ref dest_url, .. }) if is_reference(dest_url) => {
                inside = true;
                match facts.by_reference.get(dest_url.as_ref()) {
                    Some(pieces) => pieces.iter().flat_map(events).for_each(|event| push(&mut filled, event, line)),
                    None => problems.push(Problem::new(line, unknown(dest_url))),
                }
            }
            Event::End(TagEnd::Link) if inside => inside = false,
            _ if inside => {}
            event => push(&mut filled, event, line),
        }
    }
    filled
}

/// Adjacent texts stay one text: later stages look for words that reach from one into the next.
fn push<'a>(steps: &mut Vec<Step<'a>>, event: Event<'a>, line: usize) {
    if let (Some(Step { event: Event::Text(before), .. }), Event::Text(text)) = (steps.last_mut(), &event) {
        *before = format!("{before}{text}").into();
    } else {
        steps.push(Step { event, line });
    }
}

fn unknown(reference: &str) -> String {
    format!("Det finns ingen uppgift som heter ”{reference}”. Välj en ur redaktionens lista över uppgifter.")
}

fn is_reference(href: &str) -> bool {
    href.split_once(':').is_some_and(|(kind, _)| KINDS.contains(&kind))
}

fn events(piece: &Piece) -> Vec<Event<'static>> {
    match piece {
        Piece::Text(text) => vec![Event::Text(text.clone().into())],
        Piece::Link { href, text } => {
            let (dest_url, none) = (href.clone().into(), || "".into());
            let tag = Tag::Link { link_type: LinkType::Inline, dest_url, title: none(), id: none() };
            vec![Event::Start(tag), Event::Text(text.clone().into()), Event::End(TagEnd::Link)]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Glossary, Setting, render};
    use app::help_lines::ForWhom;
    use jiff::civil::date;

    fn facts() -> Facts {
        let line = HelpLine {
            id: "kvinnofridslinjen".into(),
            name: "Kvinnofridslinjen".into(),
            for_whom: ForWhom::Exposed,
            phone: "020-50 50 50".into(),
            dial: "+4620505050".into(),
            hours: Some("Dygnet runt".into()),
            description: String::new(),
            source: "NCK".into(),
            checked: date(2026, 1, 1),
            web: None,
            in_strip: false,
        };
        let contact = ContactSource {
            id: "polisen".into(),
            name: "Polisen".into(),
            phone: Some(("114 14".into(), "11414".into())),
            email: None,
            web: Some("https://polisen.se/".into()),
            source: "Polisen".into(),
            checked: date(2026, 1, 1),
        };
        let figure = StatisticSource {
            id: "fall".into(),
            text: "19 fall <av> våld".into(),
            years: "2021".into(),
            source: "Brå".into(),
            web: Some("https://bra.se/".into()),
        };
        Facts::new(&[line], &[contact], &[figure])
    }

    fn html(text: &str) -> (String, Vec<String>) {
        let (facts, glossary) = (facts(), Glossary::empty());
        let rendered = render(text, 1, Setting { glossary: &glossary, facts: &facts, law: None });
        (rendered.html, rendered.problems.into_iter().map(|problem| problem.message).collect())
    }

    #[test]
    fn a_reference_becomes_what_the_data_holds() {
        assert_eq!(
            html("Ring <stodlinje:kvinnofridslinjen> i dag.").0.trim(),
            "<p>Ring Kvinnofridslinjen, <a href=\"tel:+4620505050\">020-50 50 50</a> (dygnet runt) i dag.</p>"
        );
        let polisen = html("<kontakt:polisen>").0;
        assert!(
            polisen.contains("Polisen, <a href=\"tel:11414\">114 14</a>, <a ") && polisen.contains(">polisen.se</a>")
        );
        let fall = html("Brå räknade <statistik:fall>.").0;
        assert!(fall.contains("19 fall &lt;av&gt; våld (<a ") && fall.contains(">Brå</a>, avser 2021)."), "{fall}");
    }

    #[test]
    fn search_finds_the_number_and_not_the_reference() {
        let (facts, glossary) = (facts(), Glossary::empty());
        let setting = Setting { glossary: &glossary, facts: &facts, law: None };
        let sections = render("Ring <stodlinje:kvinnofridslinjen>.", 1, setting).sections;
        assert_eq!(sections[0].text, "Ring Kvinnofridslinjen, 020-50 50 50 (dygnet runt).");
    }

    #[test]
    fn what_nobody_knows_is_told_and_what_only_looks_alike_is_left_alone() {
        let (shown, problems) = html("Ring <stodlinje:finns-inte>.");
        assert_eq!(shown.trim(), "<p>Ring .</p>");
        assert!(problems[0].contains("ingen uppgift som heter ”stodlinje:finns-inte”"), "{problems:?}");
        assert!(html("`<kontakt:polisen>`").0.contains("&lt;kontakt:polisen&gt;"), "as code it is what it is");
        assert!(html("<https://polisen.se/>").0.contains("https://polisen.se/</a>"));
    }

    #[test]
    fn each_is_listed_with_what_it_becomes() {
        let all: Vec<_> = facts().all().map(|(reference, shown)| format!("{reference} = {shown}")).collect();
        assert_eq!(all[2], "stodlinje:kvinnofridslinjen = Kvinnofridslinjen, 020-50 50 50 (dygnet runt)");
    }
}
