//! Duties: `:::plikt aktor=… slag=… lagrum="…"`, a sentence, `:::` become a box, and a row of the duty matrix.

use super::Problem;
use super::dialect::{FENCE, Step};
use super::html::escape;
use app::guidance::Audience;
use app::law::Force;
use app::text::capital::capital;
use pulldown_cmark::{Event, Tag, TagEnd};

/// One duty as its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyFound {
    pub actors: Vec<Audience>,
    pub force: Force,
    /// Citations, as written: "13 kap. 1 § SoL; 9 kap. 5 § SoL".
    pub provisions: String,
    pub text: String,
    pub line: usize,
}

/// Finds the fences, which stand in paragraphs of their own, and puts the box around what lies between them.
pub(super) fn mark<'a>(steps: Vec<Step<'a>>, problems: &mut Vec<Problem>) -> (Vec<Step<'a>>, Vec<DutyFound>) {
    let mut marked = Vec::with_capacity(steps.len());
    let mut duties = Vec::new();
    // What the opening fence said, its line, and where it stood.
    let mut open: Option<(Result<DutyFound, String>, usize, usize)> = None;
    let mut depth = 0_usize;
    let mut steps = steps.into_iter().peekable();
    while let Some(step) = steps.next() {
        let fence = match (&step.event, steps.peek().map(|next| &next.event)) {
            (Event::Start(Tag::Paragraph), Some(Event::Text(text))) => text.strip_prefix(FENCE).map(str::to_owned),
            _ => None,
        };
        let Some(fence) = fence else {
            match step.event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
            marked.push(step);
            continue;
        };
        let line = step.line;
        // The paragraph's text and its end go with it.
        steps.by_ref().find(|step| step.event == Event::End(TagEnd::Paragraph));
        let fence = fence.trim();
        match (open.take(), fence.is_empty()) {
            (None, false) if depth > 0 => {
                problems.push(Problem::new(line, "En plikt kan inte stå i en lista, en tabell eller ett citat."))
            }
            (None, false) => open = Some((read(fence, line), line, marked.len())),
            (None, true) => problems.push(Problem::new(line, "Raden ::: avslutar ingenting. Ta bort den.")),
            (Some(still), false) => {
                problems.push(Problem::new(
                    line,
                    "En plikt börjar innan den förra är slut. Avsluta den med ::: på en egen rad.",
                ));
                open = Some(still);
            }
            (Some((duty, opened, at)), true) => {
                let mut inside = marked.split_off(at);
                let text = super::plain::one_line(&inside);
                match duty {
                    Ok(_) if text.is_empty() => {
                        problems.push(Problem::new(line, "Plikten saknar text. Skriv en mening."))
                    }
                    Ok(duty) => {
                        // The citation stage links them like any others.
                        let provisions = Event::Text(format!(" ({})", duty.provisions).into());
                        inside.insert(inside.len() - 1, Step { event: provisions, line: opened });
                        marked.push(ours(opening(&duty), opened));
                        marked.extend(inside);
                        marked.push(ours("</div>\n".to_owned(), line));
                        duties.push(DutyFound { text, ..duty });
                    }
                    Err(message) => {
                        problems.push(Problem::new(opened, message));
                        marked.extend(inside);
                    }
                }
            }
        }
    }
    if let Some((_, line, _)) = open {
        problems.push(Problem::new(line, "Plikten har inget slut. Avsluta den med ::: på en egen rad."));
    }
    (marked, duties)
}

fn ours<'a>(html: String, line: usize) -> Step<'a> {
    Step { event: Event::Html(html.into()), line }
}

fn opening(duty: &DutyFound) -> String {
    let (name, label) = match duty.force {
        Force::Must => ("must", "Skyldighet"),
        Force::Should => ("should", "Rekommendation"),
    };
    let actors: Vec<&str> = duty.actors.iter().map(|actor| actor.name()).collect();
    format!(
        "<div class=\"duty duty-{name}\" role=\"note\" aria-label=\"{label}\">\n<p class=\"notice-title\">{} · {}</p>\n",
        capital(duty.force.name()),
        escape(&actors.join(", "))
    )
}

/// `plikt aktor="tandvard skola" slag=ska lagrum="…"`
fn read(fence: &str, line: usize) -> Result<DutyFound, String> {
    let rest =
        fence.strip_prefix("plikt").ok_or_else(|| format!("Blocket ”{fence}” känns inte igen. Skriv :::plikt."))?;
    let (mut actors, mut force, mut provisions) = (Vec::new(), None, None);
    for (name, value) in attributes(rest)? {
        match name.as_str() {
            "aktor" => {
                for slug in value.split_whitespace() {
                    let known = || Audience::ALL.map(Audience::slug).join(", ");
                    actors.push(
                        Audience::parse(slug)
                            .ok_or_else(|| format!("Aktören ”{slug}” finns inte. Välj bland {}.", known()))?,
                    );
                }
            }
            "slag" => {
                force = Some(match value.as_str() {
                    "ska" => Force::Must,
                    "bor" | "bör" => Force::Should,
                    _ => return Err(format!("Slaget ”{value}” finns inte. Skriv slag=ska eller slag=bor.")),
                });
            }
            "lagrum" => provisions = Some(value).filter(|value| !value.trim().is_empty()),
            _ => return Err(format!("Uppgiften ”{name}” känns inte igen. En plikt har aktor, slag och lagrum.")),
        }
    }
    let missing = |name: &str| {
        format!("Plikten saknar {name}. Skriv till exempel aktor=tandvard slag=ska lagrum=\"19 kap. 1 § SoL\".")
    };
    if actors.is_empty() {
        return Err(missing("aktor"));
    }
    let force = force.ok_or_else(|| missing("slag"))?;
    let provisions = provisions.ok_or_else(|| missing("lagrum"))?;
    Ok(DutyFound { actors, force, provisions, text: String::new(), line })
}

/// `name=value name="value with spaces"`; the parser may have made the quotes typographic.
fn attributes(text: &str) -> Result<Vec<(String, String)>, String> {
    let mut rest = text.trim();
    let mut found = Vec::new();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=').ok_or_else(|| format!("”{rest}” ska skrivas som namn=värde."))?;
        let quote = |c: char| matches!(c, '"' | '”' | '“');
        let (value, left) = match after.strip_prefix(quote) {
            Some(quoted) => {
                quoted.split_once(quote).ok_or_else(|| format!("Citattecknet efter {name}= har inget slut."))?
            }
            None => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        found.push((name.trim().to_owned(), value.to_owned()));
        rest = left.trim_start();
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::super::{Glossary, render};
    use super::*;

    const DUTY: &str =
        "Före\n:::plikt aktor=\"tandvard skola\" slag=ska lagrum=\"19 kap. 1 § SoL\"\nAnmäl oro för barn.\n:::\nEfter";

    #[test]
    fn a_duty_is_a_box_and_a_row() {
        let page = render(DUTY, 1, &Glossary::empty());
        assert_eq!(page.problems, []);
        let duty = &page.duties[0];
        assert_eq!(duty.actors, [Audience::Dental, Audience::School]);
        assert_eq!(
            (duty.force, duty.text.as_str(), duty.provisions.as_str(), duty.line),
            (Force::Must, "Anmäl oro för barn.", "19 kap. 1 § SoL", 2)
        );
        assert!(page.html.starts_with("<p>Före</p>\n<div class=\"duty duty-must\""), "{}", page.html);
        assert!(
            page.html.contains("<p>Anmäl oro för barn. (19 kap. 1 § SoL)</p>\n</div>\n<p>Efter</p>"),
            "{}",
            page.html
        );
    }

    #[test]
    fn each_fault_is_named_with_its_line() {
        for (markdown, line, message) in [
            (":::plikt slag=ska lagrum=x\nText.\n:::", 1, "saknar aktor"),
            (":::plikt aktor=polisen slag=ska lagrum=x\nText.\n:::", 1, "finns inte"),
            (":::plikt aktor=skola slag=kan lagrum=x\nText.\n:::", 1, "slag=ska"),
            (":::plikt aktor=skola slag=ska lagrum=x\nText.", 1, "inget slut"),
            (":::ruta\nText.\n:::", 1, "känns inte igen"),
            ("Text.\n\n:::", 3, "avslutar ingenting"),
        ] {
            let problems = render(markdown, 1, &Glossary::empty()).problems;
            assert!(problems.iter().any(|p| p.line == line && p.message.contains(message)), "{markdown}: {problems:?}");
        }
    }
}
