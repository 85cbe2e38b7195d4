//! `content/sokord.toml`: synonyms and inflections that search must know.

use super::Problem;
use super::fields::Checker;
use serde::Deserialize;
use toml::Spanned;

/// The whole file.
#[derive(Debug, Default)]
pub struct SearchWords {
    /// Each group means the same.
    pub synonyms: Vec<Vec<String>>,
    /// A word, and what else whoever says it may mean; not the other way round.
    pub hints: Vec<(String, Vec<String>)>,
    /// A form and the word it is a form of, in lower case.
    pub forms: Vec<(String, String)>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    synonym: Vec<Synonym>,
    #[serde(default)]
    kanske: Vec<Kanske>,
    #[serde(default)]
    bojning: Vec<Bojning>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Synonym {
    ord: Spanned<Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kanske {
    sagt: Spanned<Vec<String>>,
    menat: Spanned<Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bojning {
    grund: Spanned<String>,
    former: Vec<String>,
}

pub fn parse(path: &str, text: &str) -> Result<SearchWords, Vec<Problem>> {
    let (file, mut check): (File, _) = Checker::read_file(path, text)?;
    let mut words = SearchWords::default();
    for group in file.synonym {
        if group.ord.get_ref().len() < 2 {
            check.fault(group.ord.span().start, "en grupp behöver minst två ord");
        }
        words.synonyms.push(group.ord.into_inner());
    }
    for hint in file.kanske {
        for list in [&hint.sagt, &hint.menat] {
            if list.get_ref().is_empty() {
                check.fault(list.span().start, "listan är tom; skriv minst ett ord");
            }
        }
        let said = hint.sagt.into_inner().into_iter();
        words.hints.extend(said.map(|said| (said, hint.menat.get_ref().clone())));
    }
    for entry in file.bojning {
        let base = check.text("grund", &entry.grund).to_lowercase();
        let forms = entry.former.iter().map(|form| form.to_lowercase());
        words.forms.extend(forms.map(|form| (form, base.clone())));
        words.forms.push((base.clone(), base));
    }
    check.finish(words)
}
