//! What somebody answered, how it is kept, and whether it is right. Pure.
//!
//! An answer is kept as numbers with commas between, each the place of a part in the order in which its author wrote, from
//! 1: the choice (`2`), the choices (`1,3`), the place or the right side given to each part (`1,3,2`), the way through a
//! case (`2,1`).

use super::grammar::{Choice, Question, Step, Task, Then};
use crate::desk::Fields;

/// What was answered, in a form that the question can take.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Given(Vec<usize>);

/// Why a form holds no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswered {
    /// Nothing was chosen.
    Nothing,
    /// Some parts have no place yet.
    Parts,
    /// Two parts have the same place.
    Twice,
}

impl Unanswered {
    pub fn swedish(self) -> &'static str {
        match self {
            Self::Nothing => "Välj ett svar först.",
            Self::Parts => "Välj för varje rad.",
            Self::Twice => "Samma val står på två rader. Varje val används en gång.",
        }
    }
}

impl Given {
    /// As kept; nothing if the question cannot take it, because it has been rewritten since.
    pub fn parse(question: &Question, kept: &str) -> Option<Self> {
        let numbers: Option<Vec<usize>> = kept.split(',').take(MOST).map(|number| number.parse().ok()).collect();
        let given = Self(numbers?);
        given.fits(question).then_some(given)
    }

    /// From the form of a question. A case is answered a step at a time: `before` is the way so far.
    pub fn read(question: &Question, form: &Fields, before: Option<&Self>) -> Result<Self, Unanswered> {
        let numbers = |name: &str| form.all(name).filter_map(|value| value.parse().ok()).collect::<Vec<usize>>();
        let given = match &question.task {
            Task::One(_) => Self(numbers("svar").into_iter().take(1).collect()),
            Task::Several(_) => {
                let mut chosen = numbers("svar");
                chosen.sort_unstable();
                chosen.dedup();
                Self(chosen)
            }
            Task::Order { parts, .. } => Self::of_parts(parts.len(), numbers)?,
            Task::Match { pairs, .. } => Self::of_parts(pairs.len(), numbers)?,
            Task::Case(_) => {
                let mut way = before.map(|given| given.0.clone()).unwrap_or_default();
                way.extend(numbers("svar").into_iter().take(1));
                Self(way)
            }
            Task::Reflect { .. } => return Err(Unanswered::Nothing),
        };
        if given.fits(question) { Ok(given) } else { Err(Unanswered::Nothing) }
    }

    fn of_parts(parts: usize, numbers: impl Fn(&str) -> Vec<usize>) -> Result<Self, Unanswered> {
        let chosen: Vec<usize> =
            (1..=parts).filter_map(|part| numbers(&format!("del-{part}")).first().copied()).collect();
        let mut different = chosen.clone();
        different.sort_unstable();
        different.dedup();
        match (chosen.len() < parts, different.len() < chosen.len()) {
            (true, _) => Err(if chosen.is_empty() { Unanswered::Nothing } else { Unanswered::Parts }),
            (_, true) => Err(Unanswered::Twice),
            _ => Ok(Self(chosen)),
        }
    }

    fn fits(&self, question: &Question) -> bool {
        let within = |most: usize| self.0.iter().all(|number| (1..=most).contains(number));
        let different = |most: usize| {
            let mut seen = vec![false; most];
            self.0.iter().all(|number| !std::mem::replace(&mut seen[number - 1], true))
        };
        match &question.task {
            Task::One(choices) => self.0.len() == 1 && within(choices.len()),
            Task::Several(choices) => {
                !self.0.is_empty() && within(choices.len()) && self.0.windows(2).all(|pair| pair[0] < pair[1])
            }
            Task::Order { parts, .. } => self.0.len() == parts.len() && within(parts.len()) && different(parts.len()),
            Task::Match { pairs, .. } => self.0.len() == pairs.len() && within(pairs.len()) && different(pairs.len()),
            Task::Case(steps) => !self.0.is_empty() && walk(steps, &self.0).is_some(),
            Task::Reflect { .. } => false,
        }
    }

    /// Was this choice made, or what was given to the part with this number?
    pub fn numbers(&self) -> &[usize] {
        &self.0
    }

    /// The way that leads to the end of a case is an answer; one that stops before is the beginning of one.
    pub fn is_whole(&self, question: &Question) -> bool {
        match &question.task {
            Task::Case(steps) => end(steps, &self.0).is_some(),
            _ => true,
        }
    }

    pub fn is_right(&self, question: &Question) -> bool {
        let counting_up = || self.0.iter().enumerate().all(|(at, number)| at + 1 == *number);
        match &question.task {
            Task::One(choices) | Task::Several(choices) => {
                let chosen = |at: usize| self.0.contains(&(at + 1));
                choices.iter().enumerate().all(|(at, Choice { is_right, .. })| *is_right == chosen(at))
            }
            Task::Order { .. } | Task::Match { .. } => counting_up(),
            Task::Case(steps) => end(steps, &self.0) == Some(true),
            Task::Reflect { .. } => false,
        }
    }
}

/// As it is kept.
impl std::fmt::Display for Given {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.iter().map(ToString::to_string).collect::<Vec<_>>().join(","))
    }
}

/// No answer has more numbers: a case has no more steps than there is room to write.
const MOST: usize = 32;

/// The steps on the way, the beginning first; nothing if a choice on the way does not exist.
pub fn walk<'s>(steps: &'s [Step], way: &[usize]) -> Option<Vec<&'s Step>> {
    let mut passed = vec![steps.first()?];
    for choice in way {
        let Some(Step { then: Then::Choose(choices), .. }) = passed.last() else { return None };
        let (_, to) = choices.get(choice.checked_sub(1)?)?;
        passed.push(steps.get(*to)?);
    }
    Some(passed)
}

/// How the way ends, if it does.
fn end(steps: &[Step], way: &[usize]) -> Option<bool> {
    match walk(steps, way)?.last()?.then {
        Then::End { is_right } => Some(is_right),
        Then::Choose(_) => None,
    }
}

/// The right answer; of a case the shortest way to a right end.
pub fn right_answer(question: &Question) -> Option<Given> {
    let right = match &question.task {
        Task::One(choices) | Task::Several(choices) => {
            choices.iter().enumerate().filter(|(_, choice)| choice.is_right).map(|(at, _)| at + 1).collect()
        }
        Task::Order { parts, .. } => (1..=parts.len()).collect(),
        Task::Match { pairs, .. } => (1..=pairs.len()).collect(),
        Task::Case(steps) => shortest(steps)?,
        Task::Reflect { .. } => return None,
    };
    Some(Given(right))
}

fn shortest(steps: &[Step]) -> Option<Vec<usize>> {
    let mut ways: std::collections::VecDeque<(usize, Vec<usize>)> = [(0, Vec::new())].into();
    while let Some((at, way)) = ways.pop_front() {
        match &steps.get(at)?.then {
            Then::End { is_right: true } => return Some(way),
            Then::End { is_right: false } => {}
            Then::Choose(choices) => {
                for (number, (_, to)) in choices.iter().enumerate() {
                    ways.push_back((*to, way.iter().copied().chain([number + 1]).collect()));
                }
            }
        }
    }
    None
}

/// The order in which parts are shown: never the right one, and the same each time the page is read. Places from 0.
pub fn shuffled(question: &Question, parts: usize) -> Vec<usize> {
    // FNV-1a: not a secret, only another order for each question.
    let mut state = question
        .id
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let mut order: Vec<usize> = (0..parts).collect();
    for at in (1..parts).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let with = usize::try_from((state >> 33) % (at as u64 + 1)).unwrap_or(0);
        order.swap(at, with);
    }
    if order.iter().enumerate().all(|(at, part)| at == *part) {
        order.rotate_left(1);
    }
    order
}
