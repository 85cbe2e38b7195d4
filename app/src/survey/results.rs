//! What was answered, as counts by which nobody can be told. Pure.

use super::LEAST;
use crate::events::questions::{Answers, Kind, Question};

/// One question, with what may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Result {
    pub question: String,
    pub shown: Shown,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// Fewer than [`LEAST`] have answered.
    TooFew,
    /// Each choice, and how often it was chosen; nothing stands for a number that is hidden.
    Counts(Vec<(String, Option<usize>)>),
    /// In alphabetical order.
    Texts(Vec<String>),
}

pub fn results(questions: &[Question], answers: &[Answers]) -> Vec<Result> {
    let shown = |question: &Question| {
        let given: Vec<&Vec<String>> = answers.iter().filter_map(|answers| answers.get(&question.id)).collect();
        if given.len() < LEAST {
            return Shown::TooFew;
        }
        if question.kind == Kind::Text {
            let mut texts: Vec<String> = given.into_iter().flatten().cloned().collect();
            texts.sort_by_key(|text| crate::text::collation::key(text));
            return Shown::Texts(texts);
        }
        let count = |id: &String| given.iter().filter(|chosen| chosen.contains(id)).count();
        let counts = question.choices.iter().map(|choice| count(&choice.id)).collect();
        let labels = question.choices.iter().map(|choice| choice.label.clone());
        Shown::Counts(labels.zip(hidden(counts)).collect())
    };
    questions.iter().map(|question| Result { question: question.label.clone(), shown: shown(question) }).collect()
}

/// Small numbers are hidden; one alone could be reckoned from the others, so the next smallest goes along.
fn hidden(counts: Vec<usize>) -> Vec<Option<usize>> {
    let is_small = |count: &usize| (1..LEAST).contains(count);
    let mut shown: Vec<Option<usize>> = counts.iter().map(|count| (!is_small(count)).then_some(*count)).collect();
    if counts.iter().filter(|count| is_small(count)).count() == 1 {
        let next =
            (0..counts.len()).filter(|at| !is_small(&counts[*at]) && counts[*at] > 0).min_by_key(|at| counts[*at]);
        if let Some(next) = next {
            shown[next] = None;
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::super::written::read;
    use super::*;

    fn answers(chosen: &[(&str, usize)]) -> Vec<Answers> {
        let one = |id: &str| Answers::from([("f1".to_owned(), vec![id.to_owned()])]);
        chosen.iter().flat_map(|(id, times)| vec![one(id); *times]).collect()
    }

    fn counts(chosen: &[(&str, usize)]) -> Shown {
        let questions = read("Nöjd?\n- Ja\n- Nej\n- Vet inte").unwrap();
        results(&questions, &answers(chosen)).remove(0).shown
    }

    #[test]
    fn few_answers_are_not_shown() {
        assert_eq!(counts(&[("s1", 4)]), Shown::TooFew);
        let shown = |ja, nej, vet| {
            Shown::Counts(vec![("Ja".to_owned(), ja), ("Nej".to_owned(), nej), ("Vet inte".to_owned(), vet)])
        };
        assert_eq!(counts(&[("s1", 5)]), shown(Some(5), Some(0), Some(0)));
        assert_eq!(counts(&[("s1", 20), ("s2", 6), ("s3", 5)]), shown(Some(20), Some(6), Some(5)));
        // One small number would be what is left of the whole.
        assert_eq!(counts(&[("s1", 20), ("s2", 6), ("s3", 1)]), shown(Some(20), None, None));
        assert_eq!(counts(&[("s1", 20), ("s2", 2), ("s3", 1)]), shown(Some(20), None, None));
    }

    #[test]
    fn texts_are_shown_in_an_order_that_tells_nothing() {
        let questions = read("Något mer?").unwrap();
        let mut given = answers(&[("c", 1), ("a", 1), ("e", 1), ("b", 1)]);
        assert_eq!(results(&questions, &given)[0].shown, Shown::TooFew);
        given.extend(answers(&[("d", 1)]));
        let texts = ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec();
        assert_eq!(results(&questions, &given)[0].shown, Shown::Texts(texts));
    }
}
