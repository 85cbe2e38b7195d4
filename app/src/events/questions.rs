//! What organisers ask besides the usual, and whether an answer will do.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Longest answer in words, in characters.
pub const LONGEST_ANSWER: usize = 2_000;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub id: String,
    pub label: String,
    #[serde(default)]
    pub help: String,
    pub kind: Kind,
    #[serde(default)]
    pub required: bool,
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// Asked only of those who answered so.
    #[serde(default)]
    pub only_if: Option<Condition>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Text,
    One,
    Several,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub id: String,
    pub label: String,
    /// Only so many may choose it.
    #[serde(default)]
    pub seats: Option<u32>,
}

/// The answer to an earlier question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    pub question: String,
    pub choice: String,
}

/// By question: what was written, or the ids of what was chosen.
pub type Answers = BTreeMap<String, Vec<String>>;

/// Why an answer will not do. The words stand beside the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswered {
    Missing,
    Long,
    /// Something that was not among the choices.
    Unknown,
}

impl Unanswered {
    pub fn swedish(self, kind: Kind) -> &'static str {
        match (self, kind) {
            (Self::Missing, Kind::Text) => "Skriv ett svar.",
            (Self::Missing, Kind::One) => "Välj ett av svaren.",
            (Self::Missing, Kind::Several) => "Välj minst ett av svaren.",
            (Self::Long, _) => "Korta ner svaret till högst 2 000 tecken.",
            (Self::Unknown, _) => "Svaret finns inte längre bland dem som går att välja. Välj ett annat.",
        }
    }
}

impl Question {
    /// The name of the question's field in a form.
    pub fn field(&self) -> String {
        format!("fraga-{}", self.id)
    }

    /// Under what a choice with so many places is counted.
    pub fn counted(&self, choice: &str) -> String {
        format!("{}:{choice}", self.id)
    }

    /// Is the question put to somebody who has given these answers?
    pub fn is_asked(&self, answers: &Answers) -> bool {
        let given = |condition: &Condition| {
            answers.get(&condition.question).is_some_and(|chosen| chosen.contains(&condition.choice))
        };
        self.only_if.as_ref().is_none_or(given)
    }

    /// What was typed, as an answer; empty where nothing was, which may do.
    fn answer(&self, typed: &[&str]) -> Result<Vec<String>, Unanswered> {
        let given: Vec<String> =
            typed.iter().map(|value| value.trim()).filter(|value| !value.is_empty()).map(str::to_owned).collect();
        let is_known = |value: &String| self.choices.iter().any(|choice| choice.id == *value);
        match self.kind {
            _ if given.is_empty() => {
                if self.required {
                    return Err(Unanswered::Missing);
                }
            }
            Kind::Text if given.iter().any(|text| text.chars().count() > LONGEST_ANSWER) => {
                return Err(Unanswered::Long);
            }
            Kind::Text => {}
            Kind::One if given.len() > 1 => return Err(Unanswered::Unknown),
            Kind::One | Kind::Several if !given.iter().all(is_known) => return Err(Unanswered::Unknown),
            Kind::One | Kind::Several => {}
        }
        Ok(given)
    }
}

/// All answers to a form, `typed` giving the values of a field. A question that is not asked has none, whatever a
/// browser without scripts sent along. The faults name their questions.
pub fn answers<'a>(
    questions: &[Question],
    typed: impl Fn(&str) -> Vec<&'a str>,
) -> Result<Answers, Vec<(String, Unanswered)>> {
    let (mut answers, mut faults) = (Answers::new(), Vec::new());
    for question in questions {
        if !question.is_asked(&answers) {
            continue;
        }
        match question.answer(&typed(&question.field())) {
            Ok(given) if given.is_empty() => {}
            Ok(given) => drop(answers.insert(question.id.clone(), given)),
            Err(fault) => faults.push((question.id.clone(), fault)),
        }
    }
    if faults.is_empty() { Ok(answers) } else { Err(faults) }
}

/// What the answers take of which there are only so many.
pub fn counted(questions: &[Question], answers: &Answers) -> Vec<String> {
    let taken = |question: &Question| {
        let chosen = answers.get(&question.id).map(Vec::as_slice).unwrap_or_default();
        let limited = |id: &&String| question.choices.iter().any(|choice| choice.id == **id && choice.seats.is_some());
        chosen.iter().filter(limited).map(|id| question.counted(id)).collect::<Vec<_>>()
    };
    questions.iter().flat_map(taken).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(kind: Kind, required: bool) -> Question {
        let choice = |id: &str, seats| Choice { id: id.into(), label: id.into(), seats };
        Question {
            id: "resa".into(),
            label: "Hur reser du?".into(),
            help: String::new(),
            kind,
            required,
            choices: vec![choice("tag", None), choice("buss", Some(40))],
            only_if: None,
        }
    }

    fn one(question: Question, typed: &'static [&'static str]) -> Result<Answers, Vec<(String, Unanswered)>> {
        answers(&[question], |_| typed.to_vec())
    }

    #[test]
    fn an_answer_must_be_there_and_be_one_of_those_that_were_given() {
        assert_eq!(one(asked(Kind::One, true), &[]), Err(vec![("resa".into(), Unanswered::Missing)]));
        assert_eq!(one(asked(Kind::One, true), &["  "]), Err(vec![("resa".into(), Unanswered::Missing)]));
        assert_eq!(one(asked(Kind::One, false), &["bat"]), Err(vec![("resa".into(), Unanswered::Unknown)]));
        assert_eq!(one(asked(Kind::One, false), &["tag", "buss"]), Err(vec![("resa".into(), Unanswered::Unknown)]));
        assert!(one(asked(Kind::Several, true), &["tag", "buss"]).is_ok());
        assert_eq!(one(asked(Kind::Text, false), &[]), Ok(Answers::new()));
    }

    #[test]
    fn what_is_asked_only_of_some_is_required_only_of_them() {
        let first = asked(Kind::One, true);
        let mut second = asked(Kind::Text, true);
        second.id = "hallplats".into();
        second.only_if = Some(Condition { question: "resa".into(), choice: "buss".into() });
        let both = [first, second];
        let typed = |by: &'static str| move |field: &str| if field == "fraga-resa" { vec![by] } else { Vec::new() };
        assert!(answers(&both, typed("tag")).is_ok());
        assert_eq!(answers(&both, typed("buss")), Err(vec![("hallplats".into(), Unanswered::Missing)]));
    }

    #[test]
    fn a_choice_of_which_there_are_only_so_many_is_counted() {
        let both = [asked(Kind::Several, true)];
        let given = answers(&both, |_| vec!["tag", "buss"]).unwrap();
        assert_eq!(counted(&both, &given), ["resa:buss"]);
    }
}
