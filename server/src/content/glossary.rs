//! `content/ordlista.toml`

use super::Problem;
use super::fields::Checker;
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::Spanned;

#[derive(Debug)]
pub struct TermSource {
    pub id: String,
    pub term: String,
    pub synonyms: Vec<String>,
    pub forms: Vec<String>,
    pub definition: String,
    pub source: Option<String>,
    /// Slug of a guidance page, with its line.
    pub guidance: Option<(String, usize)>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    begrepp: Vec<Begrepp>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Begrepp {
    id: Spanned<String>,
    term: Spanned<String>,
    #[serde(default)]
    synonymer: Vec<String>,
    #[serde(default)]
    boj: Vec<String>,
    definition: Spanned<String>,
    kalla: Option<String>,
    vagledning: Option<Spanned<String>>,
}

pub fn parse(path: &str, text: &str) -> Result<Vec<TermSource>, Vec<Problem>> {
    let (file, mut check): (File, _) = Checker::read_file(path, text)?;
    let mut seen = BTreeSet::new();
    let mut terms = Vec::new();
    for begrepp in file.begrepp {
        let id = begrepp.id.get_ref().clone();
        if !app::text::slug::is_slug(&id) {
            check.fault(begrepp.id.span().start, format!("`{id}` är inget ankare; skriv a–z, 0–9 och bindestreck"));
        }
        if !seen.insert(id.clone()) {
            check.fault(begrepp.id.span().start, format!("begreppet `{id}` finns två gånger"));
        }
        terms.push(TermSource {
            term: check.text("term", &begrepp.term),
            definition: check.text("definition", &begrepp.definition),
            guidance: begrepp.vagledning.map(|slug| {
                let line = check.line_of(&slug);
                (slug.into_inner(), line)
            }),
            id,
            synonyms: begrepp.synonymer,
            forms: begrepp.boj,
            source: begrepp.kalla,
        });
    }
    check.finish(terms)
}
