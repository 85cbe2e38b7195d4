//! `content/amnen.toml`: the subjects of the guidance, in the order in which they are shown.

use super::Problem;
use super::fields::Checker;
use app::guidance::Subject;
use serde::Deserialize;
use toml::Spanned;

pub type SubjectSource = Subject;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    amne: Vec<Amne>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Amne {
    slug: Spanned<String>,
    titel: Spanned<String>,
    beskrivning: Spanned<String>,
    #[serde(default)]
    ordning: i64,
}

pub fn parse(path: &str, text: &str) -> Result<Vec<SubjectSource>, Vec<Problem>> {
    let (mut file, mut check): (File, _) = Checker::read_file(path, text)?;
    file.amne.sort_by_key(|amne| amne.ordning);
    let mut subjects: Vec<Subject> = Vec::new();
    for amne in &file.amne {
        let slug = amne.slug.get_ref().clone();
        if !app::text::slug::is_slug(&slug) || subjects.iter().any(|subject| subject.slug == slug) {
            check.fault(amne.slug.span().start, format!("`{slug}` är ingen adress, eller står två gånger"));
        }
        let title = check.text("titel", &amne.titel);
        let description = check.text("beskrivning", &amne.beskrivning);
        subjects.push(Subject { slug, title, description });
    }
    check.finish(subjects)
}
