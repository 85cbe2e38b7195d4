//! `content/sokprov.toml`: the open exam of search.

use super::Problem;
use super::fields::Checker;
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::Spanned;

/// A question as somebody types it, and the pages that answer it. An address without an anchor is the whole page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExamQuestion {
    pub text: String,
    /// One of these must come first.
    pub first: Vec<String>,
    /// These are welcome after it.
    pub welcome: Vec<String>,
    /// What is hard about it: a misspelling, a split compound, an old section.
    pub sort: String,
    /// From 1.
    pub line: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    fraga: Vec<Fraga>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fraga {
    text: Spanned<String>,
    forst: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    bland: Vec<Spanned<String>>,
    #[serde(default)]
    slag: String,
}

pub fn parse(path: &str, text: &str) -> Result<Vec<ExamQuestion>, Vec<Problem>> {
    let (file, mut check): (File, _) = Checker::read_file(path, text)?;
    let mut known = BTreeSet::new();
    let mut questions = Vec::new();
    for fraga in &file.fraga {
        if !known.insert(fraga.text.get_ref().to_lowercase()) {
            check.fault(fraga.text.span().start, format!("frågan ”{}” finns två gånger", fraga.text.get_ref()));
        }
        if fraga.forst.get_ref().is_empty() {
            check.fault(fraga.forst.span().start, "`forst` är tom; skriv minst en sida som besvarar frågan");
        }
        let mut addresses = |list: &[Spanned<String>], field: &str| -> Vec<String> {
            list.iter().map(|address| check.internal(field, address)).collect()
        };
        let first = addresses(fraga.forst.get_ref(), "forst");
        let welcome = addresses(&fraga.bland, "bland");
        for address in fraga.bland.iter().filter(|address| first.contains(address.get_ref())) {
            check.fault(address.span().start, format!("{} står redan i `forst`", address.get_ref()));
        }
        let line = check.line_of(&fraga.text);
        questions.push(ExamQuestion {
            text: check.text("text", &fraga.text),
            first,
            welcome,
            sort: fraga.slag.clone(),
            line,
        });
    }
    check.finish(questions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_is_named_with_its_line() {
        let good = "[[fraga]]\ntext = 'orosanmälan'\nforst = ['/vagledning/orosanmalan']\n";
        let questions = parse("sokprov.toml", good).unwrap();
        assert_eq!((questions[0].line, questions[0].first.len(), questions[0].welcome.len()), (2, 1, 0));
        let bad = "[[fraga]]\ntext = 'Orosanmälan'\nforst = ['/a', 'b']\nbland = ['/a']\n\n[[fraga]]\ntext = ''\nforst = []\n";
        let problems = parse("sokprov.toml", &format!("{good}{bad}")).unwrap_err();
        let lines: Vec<usize> = problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [5, 6, 7, 11, 10], "{problems:?}");
    }

    #[test]
    fn a_field_that_is_not_known_is_named() {
        let problems = parse("sokprov.toml", "[[fraga]]\ntext = 'a'\nforst = ['/a']\nsvar = 'b'\n").unwrap_err();
        assert!(problems[0].line == 4 && problems[0].message.contains("okänt fält `svar`"), "{problems:?}");
    }
}
