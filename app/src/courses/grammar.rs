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

mod block;
mod case;

use crate::text::slug::is_slug;
use block::Block;
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
        "fall" => Some(Task::Case(case::read(&mut block))),
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
