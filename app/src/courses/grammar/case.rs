//! A case: steps that lead from one to another by what one chooses, until it ends rightly or wrongly.

use super::block::Block;
use super::{Fault, Said, Step, Then};
use crate::text::slug::is_slug;
use std::collections::{BTreeMap, BTreeSet};

const MOST_STEPS: usize = 20;

/// Takes the steps, each of which begins with `== its-id`.
pub(super) fn read(block: &mut Block) -> Vec<Step> {
    let mut written: Vec<Written> = Vec::new();
    for (at, line) in block.from(|line| line.starts_with("== ")) {
        if let Some(id) = line.strip_prefix("== ") {
            if !is_slug(id.trim()) {
                block.fault(
                    at,
                    format!("steget `{}` ska heta något av små bokstäver, siffror och bindestreck", id.trim()),
                );
            }
            written.push(Written { id: id.trim().to_owned(), line: at, ..Written::default() });
        } else if let Some(step) = written.last_mut() {
            step.take(at, line, &mut block.faults);
        }
    }
    let places: BTreeMap<String, usize> = written.iter().enumerate().map(|(at, step)| (step.id.clone(), at)).collect();
    if places.len() < written.len() {
        block.fault(0, "två steg heter likadant");
    }
    let mut steps = Vec::new();
    for step in written {
        steps.push(step.finish(&places, &mut block.faults));
    }
    if steps.len() > MOST_STEPS {
        block.fault(0, format!("fallet har {} steg; skriv högst {MOST_STEPS}", steps.len()));
    }
    if let Some((text, step)) = back(&steps) {
        block
            .faults
            .push(Fault::new(text.line, format!("valet leder tillbaka till `{}`; varje väg ska ta slut", step.id)));
    }
    if !steps.iter().any(|step| step.then == Then::End { is_right: true }) {
        block.fault(0, "inget steg slutar rätt; skriv `Utfall: rätt` i ett av dem");
    }
    if !steps.iter().any(|step| step.then == Then::End { is_right: false }) {
        block.fault(0, "inget steg slutar fel; skriv `Utfall: fel` i ett av dem");
    }
    let reached: BTreeSet<usize> = steps
        .iter()
        .filter_map(|step| if let Then::Choose(choices) = &step.then { Some(choices) } else { None })
        .flat_map(|choices| choices.iter().map(|(_, to)| *to))
        .collect();
    for (at, step) in steps.iter().enumerate().skip(1) {
        if !reached.contains(&at) {
            block.faults.push(Fault::new(step.text.line, format!("inget val leder till steget `{}`", step.id)));
        }
    }
    steps
}

/// A step as it is being read.
#[derive(Default)]
struct Written {
    id: String,
    line: usize,
    text: Vec<(usize, String)>,
    choices: Vec<(Said, String)>,
    outcome: Option<bool>,
}

impl Written {
    fn take(&mut self, at: usize, line: &str, faults: &mut Vec<Fault>) {
        if let Some(outcome) = line.strip_prefix("Utfall:") {
            match outcome.trim() {
                "rätt" => self.outcome = Some(true),
                "fel" => self.outcome = Some(false),
                _ => faults.push(Fault::new(at, "ett utfall är `rätt` eller `fel`")),
            }
        } else if let Some(choice) = line.strip_prefix("- ") {
            match choice.rsplit_once(" -> ") {
                Some((text, to)) if !text.trim().is_empty() => {
                    self.choices.push((Said { text: text.trim().to_owned(), line: at }, to.trim().to_owned()));
                }
                _ => faults.push(Fault::new(at, "ett val skrivs `- text -> steg`")),
            }
        } else {
            self.text.push((at, line.trim().to_owned()));
        }
    }

    fn finish(self, places: &BTreeMap<String, usize>, faults: &mut Vec<Fault>) -> Step {
        let mut fault = |line: usize, message: String| faults.push(Fault { line, message });
        let line = self.text.first().map_or(self.line, |(line, _)| *line);
        let text = self.text.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n\n");
        if text.is_empty() {
            fault(self.line, format!("steget `{}` saknar text", self.id));
        }
        let then = match (self.outcome, self.choices.len()) {
            (Some(is_right), 0) => Then::End { is_right },
            (None, 2..=4) => {
                let mut choices = Vec::new();
                for (text, to) in self.choices {
                    match places.get(&to) {
                        Some(place) => choices.push((text, *place)),
                        None => fault(text.line, format!("valet leder till `{to}`, som inte finns")),
                    }
                }
                Then::Choose(choices)
            }
            (Some(_), _) => {
                fault(self.line, format!("steget `{}` har både val och utfall; behåll det ena", self.id));
                Then::End { is_right: false }
            }
            (None, count) => {
                fault(
                    self.line,
                    format!("steget `{}` har {count} val och inget utfall; skriv två till fyra val", self.id),
                );
                Then::End { is_right: false }
            }
        };
        Step { id: self.id, text: Said { text, line }, then }
    }
}

/// A choice that leads back to a step on its own way, if there is one.
fn back(steps: &[Step]) -> Option<(&Said, &Step)> {
    fn seek<'s>(
        steps: &'s [Step],
        at: usize,
        way: &mut Vec<usize>,
        ended: &mut BTreeSet<usize>,
    ) -> Option<(&'s Said, &'s Step)> {
        if ended.contains(&at) {
            return None;
        }
        way.push(at);
        if let Some(Step { then: Then::Choose(choices), .. }) = steps.get(at) {
            for (text, to) in choices {
                if way.contains(to) {
                    return Some((text, &steps[*to]));
                }
                if let Some(found) = seek(steps, *to, way, ended) {
                    return Some(found);
                }
            }
        }
        way.pop();
        ended.insert(at);
        None
    }
    seek(steps, 0, &mut Vec::new(), &mut BTreeSet::new())
}
