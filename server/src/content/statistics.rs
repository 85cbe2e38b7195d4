//! `content/statistik.toml`: figures with what was counted, whom, when and by whom.

use super::Problem;
use super::fields::Checker;
use serde::Deserialize;
use toml::Spanned;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatisticSource {
    pub id: String,
    /// The figure with what was counted and among whom: the beginning or the end of a sentence.
    pub text: String,
    /// The year or years that it is about: "2012", "2017–2018".
    pub years: String,
    pub source: String,
    pub web: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    tal: Vec<Tal>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tal {
    id: Spanned<String>,
    text: Spanned<String>,
    avser: Spanned<String>,
    kalla: Spanned<String>,
    webb: Option<Spanned<String>>,
}

pub fn parse(path: &str, text: &str) -> Result<Vec<StatisticSource>, Vec<Problem>> {
    let (file, mut check): (File, _) = Checker::read_file(path, text)?;
    let mut figures = Vec::with_capacity(file.tal.len());
    for tal in &file.tal {
        let years = check.text("avser", &tal.avser);
        if !years.contains(|c: char| c.is_ascii_digit()) {
            check.fault(tal.avser.span().start, format!("`avser` är det år siffran gäller, inte {years}"));
        }
        figures.push(StatisticSource {
            id: check.slug("id", &tal.id),
            text: check.text("text", &tal.text),
            years,
            source: check.text("kalla", &tal.kalla),
            web: check.https("webb", tal.webb.as_ref()),
        });
    }
    check.finish(figures)
}
