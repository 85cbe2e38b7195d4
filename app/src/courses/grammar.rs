//! The small grammar of questions, as they stand in a module's text between fences. Pure.
//!
//! ```text
//! fraga enval misstanke-racker      the info string: type and id
//! Elsa, 15, … Vad gör läraren?      the question, in paragraphs
//!
//! - [ ] Väntar.                     an answer,
//!   > Nej. Misstanke räcker.        and what is said to whoever chose it
//! - [x] Anmäler genast.
//!   > Ja.
//!
//! Grund: 19 kap. 1 § SoL
//! ```
//!
//! What is read and printed again is the same question; anything else is refused with its line.

use crate::text::slug::is_slug;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write};

/// What stands after the fence of a question.
pub const WORD: &str = "fraga";

/// A question as its author wrote it. Texts are inline Markdown, each with the line on which it stands in the block,
/// counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// A slug that no other question of the module has.
    pub id: String,
    pub text: Said,
    pub task: Task,
    /// The law or the source on which the right answer rests; of reflections none.
    pub ground: Option<Said>,
}

/// A text and its line. Two that say the same are the same, wherever they stand.
#[derive(Debug, Clone, Default, Eq)]
pub struct Said {
    pub text: String,
    pub line: usize,
}

impl PartialEq for Said {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

/// What is asked for. Numbers in answers are places in the order in which the author wrote, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// One of the choices is right.
    One(Vec<Choice>),
    /// Some of the choices are right, and not all.
    Several(Vec<Choice>),
    /// Written in the right order.
    Order { parts: Vec<Said>, told: Told },
    /// Each left side with the right side that belongs to it.
    Match { pairs: Vec<(Said, Said)>, told: Told },
    /// Thought about, never sent and never counted.
    Reflect { hint: Option<Said> },
    /// Steps, the first of which is the beginning.
    Case(Vec<Step>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub text: Said,
    pub is_right: bool,
    pub feedback: Said,
}

/// What is said to whoever was right, and to whoever was not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    pub right: Said,
    pub wrong: Said,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub id: String,
    pub text: Said,
    pub then: Then,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    /// Each leads to another step, by its place among the steps. No way comes back to where it has been.
    Choose(Vec<(Said, usize)>),
    End {
        is_right: bool,
    },
}

/// One fault: the line of the block (0 is the fence) and a Swedish sentence without a full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub line: usize,
    pub message: String,
}

impl Question {
    /// Is it a part of the score?
    pub fn counts(&self) -> bool {
        !matches!(self.task, Task::Reflect { .. })
    }

    /// As in the info string.
    pub fn kind(&self) -> &'static str {
        match self.task {
            Task::One(_) => "enval",
            Task::Several(_) => "flerval",
            Task::Order { .. } => "ordning",
            Task::Match { .. } => "para",
            Task::Reflect { .. } => "reflektion",
            Task::Case(_) => "fall",
        }
    }

    /// Every text in it.
    pub fn texts(&self) -> Vec<&Said> {
        let mut texts = vec![&self.text];
        match &self.task {
            Task::One(choices) | Task::Several(choices) => {
                texts.extend(choices.iter().flat_map(|choice| [&choice.text, &choice.feedback]));
            }
            Task::Order { parts, told } => texts.extend(parts.iter().chain([&told.right, &told.wrong])),
            Task::Match { pairs, told } => {
                texts.extend(pairs.iter().flat_map(|(left, right)| [left, right]).chain([&told.right, &told.wrong]));
            }
            Task::Reflect { hint } => texts.extend(hint),
            Task::Case(steps) => {
                for step in steps {
                    texts.push(&step.text);
                    if let Then::Choose(choices) = &step.then {
                        texts.extend(choices.iter().map(|(text, _)| text));
                    }
                }
            }
        }
        texts.extend(&self.ground);
        texts
    }
}

/// Reads one block: what stands after the fence's ticks, and the lines below it.
pub fn parse(info: &str, lines: &[&str]) -> Result<Question, Vec<Fault>> {
    let words: Vec<&str> = info.split_whitespace().collect();
    let &[WORD, kind, id] = words.as_slice() else {
        return Err(vec![Fault::new(
            0,
            "efter ``` står `fraga`, frågans typ och ett id, till exempel `fraga enval misstanke-racker`",
        )]);
    };
    let mut block = Block::new(lines);
    if !is_slug(id) {
        block.fault(0, format!("id:t `{id}` ska bestå av små bokstäver utan prickar, siffror och bindestreck"));
    }
    let ground = block.labelled("Grund");
    let task = match kind {
        "enval" => block.choices(true).map(Task::One),
        "flerval" => block.choices(false).map(Task::Several),
        "ordning" => block.order(),
        "para" => block.matching(),
        "reflektion" => Some(Task::Reflect { hint: block.labelled("Tips") }),
        "fall" => block.case(),
        _ => {
            let known = "enval, flerval, ordning, para, reflektion eller fall";
            block.fault(0, format!("okänd frågetyp `{kind}`; välj {known}"));
            None
        }
    };
    let text = block.question();
    if ground.is_none() && kind != "reflektion" {
        block.fault(0, "frågan saknar grund; skriv en rad `Grund:` med lagrummet eller källan");
    }
    match (task, text) {
        (Some(task), Some(text)) if block.faults.is_empty() => Ok(Question { id: id.to_owned(), text, task, ground }),
        _ => {
            block.faults.sort_by_key(|fault| fault.line);
            Err(block.faults)
        }
    }
}

impl Fault {
    fn new(line: usize, message: impl Into<String>) -> Self {
        Self { line, message: message.into() }
    }
}

/// The lines that are left to read, each with its number.
struct Block<'a> {
    lines: Vec<(usize, &'a str)>,
    faults: Vec<Fault>,
}

const FEWEST_PARTS: usize = 3;
const MOST: usize = 6;
const MOST_STEPS: usize = 20;

impl<'a> Block<'a> {
    fn new(lines: &[&'a str]) -> Self {
        Self { lines: lines.iter().enumerate().map(|(at, line)| (at + 1, line.trim_end())).collect(), faults: vec![] }
    }

    fn fault(&mut self, line: usize, message: impl Into<String>) {
        self.faults.push(Fault::new(line, message));
    }

    /// Takes the line that begins with `label:`; of two the second is a fault.
    fn labelled(&mut self, label: &str) -> Option<Said> {
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
    fn question(&mut self) -> Option<Said> {
        let text = paragraphs(&self.lines);
        let first = self.lines.iter().find(|(_, line)| !line.is_empty()).map_or(1, |(at, _)| *at);
        if text.is_empty() {
            self.fault(0, "frågan saknar text; skriv vad som frågas på raden under");
            return None;
        }
        Some(Said { text, line: first })
    }

    /// Takes all lines from the first that `begins`.
    fn from(&mut self, begins: impl Fn(&str) -> bool) -> Vec<(usize, &'a str)> {
        let at = self.lines.iter().position(|(_, line)| begins(line)).unwrap_or(self.lines.len());
        self.lines.split_off(at).into_iter().filter(|(_, line)| !line.is_empty()).collect()
    }

    fn choices(&mut self, only_one: bool) -> Option<Vec<Choice>> {
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

    fn order(&mut self) -> Option<Task> {
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

    fn matching(&mut self) -> Option<Task> {
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

    fn case(&mut self) -> Option<Task> {
        let mut written: Vec<Written> = Vec::new();
        for (at, line) in self.from(|line| line.starts_with("== ")) {
            if let Some(id) = line.strip_prefix("== ") {
                if !is_slug(id.trim()) {
                    self.fault(
                        at,
                        format!("steget `{}` ska heta något av små bokstäver, siffror och bindestreck", id.trim()),
                    );
                }
                written.push(Written { id: id.trim().to_owned(), line: at, ..Written::default() });
            } else if let Some(step) = written.last_mut() {
                step.take(at, line, &mut self.faults);
            }
        }
        let places: BTreeMap<String, usize> =
            written.iter().enumerate().map(|(at, step)| (step.id.clone(), at)).collect();
        if places.len() < written.len() {
            self.fault(0, "två steg heter likadant");
        }
        let mut steps = Vec::new();
        for step in written {
            steps.push(step.finish(&places, &mut self.faults));
        }
        if steps.len() > MOST_STEPS {
            self.fault(0, format!("fallet har {} steg; skriv högst {MOST_STEPS}", steps.len()));
        }
        if let Some((text, step)) = back(&steps) {
            self.faults
                .push(Fault::new(text.line, format!("valet leder tillbaka till `{}`; varje väg ska ta slut", step.id)));
        }
        if !steps.iter().any(|step| step.then == Then::End { is_right: true }) {
            self.fault(0, "inget steg slutar rätt; skriv `Utfall: rätt` i ett av dem");
        }
        if !steps.iter().any(|step| step.then == Then::End { is_right: false }) {
            self.fault(0, "inget steg slutar fel; skriv `Utfall: fel` i ett av dem");
        }
        let reached: BTreeSet<usize> = steps
            .iter()
            .filter_map(|step| if let Then::Choose(choices) = &step.then { Some(choices) } else { None })
            .flat_map(|choices| choices.iter().map(|(_, to)| *to))
            .collect();
        for (at, step) in steps.iter().enumerate().skip(1) {
            if !reached.contains(&at) {
                self.faults.push(Fault::new(step.text.line, format!("inget val leder till steget `{}`", step.id)));
            }
        }
        Some(Task::Case(steps))
    }
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

/// As it is written between fences, the fences included.
impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "```{WORD} {} {}\n{}\n", self.kind(), self.id, self.text.text)?;
        let mut told = None;
        match &self.task {
            Task::One(choices) | Task::Several(choices) => {
                for choice in choices {
                    let mark = if choice.is_right { 'x' } else { ' ' };
                    writeln!(f, "- [{mark}] {}\n  > {}", choice.text.text, choice.feedback.text)?;
                }
            }
            Task::Order { parts, told: said } => {
                for (at, part) in parts.iter().enumerate() {
                    writeln!(f, "{}. {}", at + 1, part.text)?;
                }
                told = Some(said);
            }
            Task::Match { pairs, told: said } => {
                for (left, right) in pairs {
                    writeln!(f, "- {} = {}", left.text, right.text)?;
                }
                told = Some(said);
            }
            Task::Reflect { hint } => {
                if let Some(hint) = hint {
                    writeln!(f, "Tips: {}", hint.text)?;
                }
            }
            Task::Case(steps) => f.write_str(&written(steps))?,
        }
        if let Some(told) = told {
            writeln!(f, "\nRätt: {}\nFel: {}", told.right.text, told.wrong.text)?;
        }
        if let Some(ground) = &self.ground {
            writeln!(f, "\nGrund: {}", ground.text)?;
        }
        f.write_str("```\n")
    }
}

fn written(steps: &[Step]) -> String {
    let mut all = String::new();
    for step in steps {
        let _ = writeln!(all, "== {}\n{}", step.id, step.text.text);
        match &step.then {
            Then::Choose(choices) => {
                for (text, to) in choices {
                    let _ = writeln!(all, "- {} -> {}", text.text, steps[*to].id);
                }
            }
            Then::End { is_right } => {
                let _ = writeln!(all, "Utfall: {}", if *is_right { "rätt" } else { "fel" });
            }
        }
        all.push('\n');
    }
    all
}
