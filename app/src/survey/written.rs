//! A survey as its organiser writes it: a question for each paragraph, and its answers as lines that begin with a hyphen.
//! Pure.
//!
//! ```text
//! Hur nöjd är du med dagen?
//! - Nöjd
//! - Inte nöjd
//!
//! Vad tar du med dig? (flera)
//! - Kunskap
//! - Kontakter
//!
//! Vad kunde vi ha gjort bättre?
//! ```
//!
//! A question without answers is answered in words; `(flera)` lets several be chosen. None has to be answered.

use crate::events::questions::{Choice, Kind, Question};
use crate::text::identity_number;

/// More than that nobody answers.
pub const MOST_QUESTIONS: usize = 20;
const MOST_CHOICES: usize = 20;
const LONGEST_LINE: usize = 300;
const SEVERAL: &str = "(flera)";

/// The questions, or a sentence on what to put right.
pub fn read(text: &str) -> Result<Vec<Question>, String> {
    let text = text.replace("\r\n", "\n");
    if identity_number::holds_one(&text) {
        return Err("Det ser ut som ett personnummer. Ta bort det.".to_owned());
    }
    let lines: Vec<&str> = text.split('\n').map(str::trim).collect();
    let paragraphs = lines.split(|line| line.is_empty()).filter(|lines| !lines.is_empty());
    let questions: Vec<Question> =
        paragraphs.enumerate().map(|(at, lines)| question(at + 1, lines)).collect::<Result<_, _>>()?;
    match questions.len() > MOST_QUESTIONS {
        true => Err(format!("Ställ högst {MOST_QUESTIONS} frågor.")),
        false => Ok(questions),
    }
}

fn question(number: usize, lines: &[&str]) -> Result<Question, String> {
    let (asked, answers) = lines.split_first().ok_or("Skriv en fråga.")?;
    if asked.starts_with('-') {
        return Err(format!("Fråga {number} börjar med ett svar. Skriv frågan på raden före svaren."));
    }
    if let Some(long) = lines.iter().find(|line| line.chars().count() > LONGEST_LINE) {
        let begins: String = long.chars().take(40).collect();
        return Err(format!("Korta ner raden ”{begins} …” till högst {LONGEST_LINE} tecken."));
    }
    let label =
        |line: &&str| line.strip_prefix('-').map(str::trim).filter(|label| !label.is_empty()).map(str::to_owned);
    let labels: Option<Vec<String>> = answers.iter().map(label).collect();
    let Some(labels) = labels else {
        return Err(format!(
            "Fråga {number} har en rad som varken är en fråga eller ett svar. Börja varje svar med ett bindestreck, och skilj frågor åt med en tom rad."
        ));
    };
    let same = labels.iter().enumerate().any(|(at, label)| labels[..at].contains(label));
    if labels.len() == 1 || labels.len() > MOST_CHOICES || same {
        return Err(format!("Fråga {number} behöver mellan 2 och {MOST_CHOICES} olika svar, eller inget."));
    }
    let several = asked.strip_suffix(SEVERAL).map(str::trim).filter(|_| !labels.is_empty());
    let kind = match (labels.is_empty(), several) {
        (true, _) => Kind::Text,
        (false, None) => Kind::One,
        (false, Some(_)) => Kind::Several,
    };
    let choices = labels.into_iter().enumerate();
    Ok(Question {
        id: format!("f{number}"),
        label: several.unwrap_or(asked).to_owned(),
        help: String::new(),
        kind,
        required: false,
        choices: choices.map(|(at, label)| Choice { id: format!("s{}", at + 1), label, seats: None }).collect(),
        only_if: None,
    })
}

/// As [`read`] would read them again.
pub fn write(questions: &[Question]) -> String {
    let paragraph = |question: &Question| {
        let several = if question.kind == Kind::Several { format!(" {SEVERAL}") } else { String::new() };
        let answers: String = question.choices.iter().map(|choice| format!("\n- {}", choice.label)).collect();
        format!("{}{several}{answers}", question.label)
    };
    questions.iter().map(paragraph).collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "Hur nöjd är du?\n- Nöjd\n- Inte nöjd\n\nVad tar du med dig? (flera)\n- Kunskap\n- Kontakter\n\nNågot mer?";

    #[test]
    fn what_is_written_is_read_back_the_same() {
        let questions = read(TEXT).unwrap();
        assert_eq!(questions.iter().map(|one| one.kind).collect::<Vec<_>>(), [Kind::One, Kind::Several, Kind::Text]);
        assert_eq!((questions[1].label.as_str(), questions[1].choices[1].id.as_str()), ("Vad tar du med dig?", "s2"));
        assert_eq!(write(&questions), TEXT);
        assert_eq!(read(&format!("\r\n{}\n\n \n", TEXT.replace('\n', "\r\n"))).unwrap(), questions);
        assert!(read("").unwrap().is_empty());
    }

    #[test]
    fn what_is_no_survey_is_told_why() {
        for (text, why) in [
            ("- Nöjd\n- Inte nöjd", "börjar med ett svar"),
            ("Nöjd?\n- Ja", "mellan 2 och"),
            ("Nöjd?\n- Ja\n- Ja", "olika svar"),
            ("Nöjd?\nVarför?", "bindestreck"),
            ("Nöjd?\n-", "bindestreck"),
            ("Är du 811218-9876?", "personnummer"),
        ] {
            assert!(read(text).unwrap_err().contains(why), "{text}");
        }
        assert!(read(&"Fråga?\n\n".repeat(21)).is_err() && read(&"x".repeat(301)).is_err());
    }
}
