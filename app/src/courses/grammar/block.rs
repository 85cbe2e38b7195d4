//! A question's lines as they are read: each part takes those that are its own.

use super::{Choice, Fault, Said, Task, Told};
use std::collections::BTreeSet;

/// The lines that are left to read, each with its number.
pub(super) struct Block<'a> {
    lines: Vec<(usize, &'a str)>,
    pub(super) faults: Vec<Fault>,
}

const FEWEST_PARTS: usize = 3;
const MOST: usize = 6;

impl<'a> Block<'a> {
    pub(super) fn new(lines: &[&'a str]) -> Self {
        Self { lines: lines.iter().enumerate().map(|(at, line)| (at + 1, line.trim_end())).collect(), faults: vec![] }
    }

    pub(super) fn fault(&mut self, line: usize, message: impl Into<String>) {
        self.faults.push(Fault::new(line, message));
    }

    /// Takes the line that begins with `label:`; of two the second is a fault.
    pub(super) fn labelled(&mut self, label: &str) -> Option<Said> {
        let text_of = |line: &str| line.strip_prefix(label)?.strip_prefix(':').map(|text| text.trim().to_owned());
        let mut found: Option<Said> = None;
        let mut faults = Vec::new();
        self.lines.retain(|(at, line)| match text_of(line) {
            Some(text) => {
                match (&found, text.is_empty()) {
                    (_, true) => faults.push(Fault::new(*at, format!("efter `{label}:` saknas text"))),
                    (Some(_), _) => faults.push(Fault::new(*at, format!("`{label}:` står två gånger; behåll en"))),
                    (None, false) => found = Some(Said { text, line: *at }),
                }
                false
            }
            None => true,
        });
        self.faults.extend(faults);
        found
    }

    /// Takes the lines before the first that begins a part, as paragraphs.
    pub(super) fn question(&mut self) -> Option<Said> {
        let text = paragraphs(&self.lines);
        let first = self.lines.iter().find(|(_, line)| !line.is_empty()).map_or(1, |(at, _)| *at);
        if text.is_empty() {
            self.fault(0, "frågan saknar text; skriv vad som frågas på raden under");
            return None;
        }
        Some(Said { text, line: first })
    }

    /// Takes all lines from the first that `begins`.
    pub(super) fn from(&mut self, begins: impl Fn(&str) -> bool) -> Vec<(usize, &'a str)> {
        let at = self.lines.iter().position(|(_, line)| begins(line)).unwrap_or(self.lines.len());
        self.lines.split_off(at).into_iter().filter(|(_, line)| !line.is_empty()).collect()
    }

    pub(super) fn choices(&mut self, only_one: bool) -> Option<Vec<Choice>> {
        let mut choices: Vec<Choice> = Vec::new();
        for (at, line) in self.from(|line| line.starts_with("- [")) {
            if let Some((is_right, text)) = mark(line) {
                let text = Said { text: text.to_owned(), line: at };
                choices.push(Choice { text, is_right, feedback: Said::default() });
            } else if let (Some(feedback), Some(last)) = (line.trim_start().strip_prefix('>'), choices.last_mut()) {
                let said = std::mem::take(&mut last.feedback);
                let text = if said.text.is_empty() {
                    feedback.trim().to_owned()
                } else {
                    format!("{} {}", said.text, feedback.trim())
                };
                last.feedback = Said { text, line: if said.line == 0 { at } else { said.line } };
            } else {
                self.fault(at, "raden är varken ett svar (`- [ ] …`) eller en återkoppling (`> …`)");
            }
        }
        for choice in &choices {
            if choice.text.text.is_empty() {
                self.faults.push(Fault::new(choice.text.line, "svaret saknar text"));
            }
            if choice.feedback.text.is_empty() {
                self.faults.push(Fault::new(
                    choice.text.line,
                    "svaret saknar återkoppling; skriv en rad under som börjar med `>`",
                ));
            }
        }
        if !(2..=MOST).contains(&choices.len()) {
            self.fault(0, format!("frågan har {} svar; skriv två till sex", choices.len()));
        }
        let right = choices.iter().filter(|choice| choice.is_right).count();
        match (only_one, right) {
            (_, 0) => self.fault(0, "inget svar är rätt; skriv `[x]` vid det rätta"),
            (true, 2..) => {
                self.fault(0, format!("{right} svar är rätta, men i `enval` är ett rätt; byt till `flerval`"))
            }
            (false, right) if right == choices.len() => self.fault(0, "alla svar är rätta; då finns inget att välja"),
            _ => {}
        }
        Some(choices)
    }

    fn told(&mut self) -> Told {
        let [right, wrong] = ["Rätt", "Fel"].map(|label| {
            let said = self.labelled(label);
            if said.is_none() {
                self.fault(0, format!("frågan saknar en rad `{label}:` med återkoppling"));
            }
            said.unwrap_or_default()
        });
        Told { right, wrong }
    }

    pub(super) fn order(&mut self) -> Option<Task> {
        let told = self.told();
        let mut parts = Vec::new();
        for (at, line) in self.from(|line| numbered(line).is_some()) {
            match numbered(line) {
                Some(text) => parts.push(Said { text: text.to_owned(), line: at }),
                None => self.fault(at, "raden är ingen del att ordna; skriv `1. …`"),
            }
        }
        self.parts(parts.len());
        self.all_different(&parts);
        Some(Task::Order { parts, told })
    }

    pub(super) fn matching(&mut self) -> Option<Task> {
        let told = self.told();
        let mut pairs = Vec::new();
        for (at, line) in self.from(|line| line.starts_with("- ")) {
            let pair = line.strip_prefix("- ").and_then(|line| line.split_once(" = "));
            match pair.map(|(left, right)| (left.trim(), right.trim())) {
                Some((left, right)) if !left.is_empty() && !right.is_empty() => {
                    let said = |text: &str| Said { text: text.to_owned(), line: at };
                    pairs.push((said(left), said(right)));
                }
                _ => self.fault(at, "raden är inget par; skriv `- vänster = höger`"),
            }
        }
        self.parts(pairs.len());
        let (left, right): (Vec<Said>, Vec<Said>) = pairs.iter().cloned().unzip();
        self.all_different(&left);
        self.all_different(&right);
        Some(Task::Match { pairs, told })
    }

    fn parts(&mut self, count: usize) {
        if !(FEWEST_PARTS..=MOST).contains(&count) {
            self.fault(0, format!("frågan har {count} delar; skriv tre till sex"));
        }
    }

    fn all_different(&mut self, parts: &[Said]) {
        let mut seen = BTreeSet::new();
        for part in parts {
            if !seen.insert(part.text.as_str()) {
                self.faults.push(Fault::new(
                    part.line,
                    format!("”{}” står två gånger; då går det inte att säga vad som är rätt", part.text),
                ));
            }
        }
    }
}

/// `- [x] text`
fn mark(line: &str) -> Option<(bool, &str)> {
    let rest = line.strip_prefix("- [")?;
    let (mark, text) = rest.split_once(']')?;
    match mark {
        " " => Some((false, text.trim())),
        "x" | "X" => Some((true, text.trim())),
        _ => None,
    }
}

/// `1. text`
fn numbered(line: &str) -> Option<&str> {
    let (number, text) = line.split_once(". ")?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && !text.trim().is_empty()).then(|| text.trim())
}

/// Lines that follow each other are a paragraph.
fn paragraphs(lines: &[(usize, &str)]) -> String {
    let mut text = String::new();
    let mut ended = false;
    for (_, line) in lines {
        let line = line.trim();
        if line.is_empty() {
            ended = !text.is_empty();
            continue;
        }
        if !text.is_empty() {
            text.push_str(if ended { "\n\n" } else { " " });
        }
        ended = false;
        text.push_str(line);
    }
    text
}
