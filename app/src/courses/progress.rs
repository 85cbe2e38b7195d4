//! How far somebody has come in a course. Pure.
//!
//! A question may be answered again, and the last answer counts. A module is done when all its questions are answered and
//! enough of them are right; what is done stays done, whatever is answered or rewritten afterwards. A course is done when
//! all its modules are.

use super::grammar::Question;
use super::marking::Given;
use super::{Course, Module};
use std::collections::BTreeMap;

/// The last answers in a module, by question, as they are kept.
pub type Answers = BTreeMap<String, String>;

/// All that is kept of one way through a course.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// By module.
    pub answers: BTreeMap<String, Answers>,
    /// The modules that are done, each with the version in which it was done.
    pub done: BTreeMap<String, u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    NotBegun,
    Begun,
    /// All is answered, and not enough is right.
    NotPassed,
    Done,
}

/// What the answers in a module are worth.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    /// Questions that count.
    pub questions: usize,
    pub answered: usize,
    pub right: usize,
}

impl Score {
    pub fn of(module: &Module, answers: &Answers) -> Self {
        let mut score = Self::default();
        for question in module.questions().filter(|question| question.counts()) {
            score.questions += 1;
            if let Some(given) = whole(question, answers) {
                score.answered += 1;
                score.right += usize::from(given.is_right(question));
            }
        }
        score
    }

    /// How many must be right: so many percent, rounded up.
    pub fn needed(self, pass_mark: u32) -> usize {
        (self.questions * pass_mark as usize).div_ceil(100)
    }

    pub fn passes(self, pass_mark: u32) -> bool {
        self.answered == self.questions && self.right >= self.needed(pass_mark)
    }
}

/// The answer that the question can take, if it is whole.
fn whole(question: &Question, answers: &Answers) -> Option<Given> {
    let given = Given::parse(question, answers.get(&question.id)?)?;
    given.is_whole(question).then_some(given)
}

impl Progress {
    pub fn answers(&self, module: &str) -> &Answers {
        static NONE: Answers = Answers::new();
        self.answers.get(module).unwrap_or(&NONE)
    }

    /// Takes up an answer. Is the module done now that was not done in this version before?
    pub fn answer(&mut self, course: &Course, module: &Module, question: &Question, given: &Given) -> bool {
        let answers = self.answers.entry(module.slug.clone()).or_default();
        answers.insert(question.id.clone(), given.to_string());
        self.settle(course, module)
    }

    /// Writes down that the module is done, if it is.
    pub fn settle(&mut self, course: &Course, module: &Module) -> bool {
        let passes = Score::of(module, self.answers(&module.slug)).passes(course.pass_mark);
        let before = self.done.get(&module.slug).copied();
        let is_news = passes && before.is_none_or(|version| version < module.version);
        if is_news {
            self.done.insert(module.slug.clone(), module.version);
        }
        is_news
    }

    pub fn standing(&self, course: &Course, module: &Module) -> Standing {
        let score = Score::of(module, self.answers(&module.slug));
        if self.done.contains_key(&module.slug) {
            Standing::Done
        } else if score.answered == 0 {
            Standing::NotBegun
        } else if score.answered < score.questions || score.passes(course.pass_mark) {
            Standing::Begun
        } else {
            Standing::NotPassed
        }
    }

    /// Are all of these modules done? An update asks for those alone that have changed.
    pub fn is_done<'m>(&self, modules: impl IntoIterator<Item = &'m Module>) -> bool {
        modules.into_iter().all(|module| self.done.contains_key(&module.slug))
    }

    /// Where to go on: the first of these modules that is not done.
    pub fn next<'m>(&self, modules: impl IntoIterator<Item = &'m Module>) -> Option<&'m Module> {
        modules.into_iter().find(|module| !self.done.contains_key(&module.slug))
    }
}
