//! `content/handbok/utgavor.toml` and `content/handbok/{utgava}/{kapitel}.md`

use super::fields::{Checker, Day};
use super::{Problem, slug_of};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::Spanned;

/// One edition of the handbook.
#[derive(Debug)]
pub struct EditionSource {
    pub slug: String,
    pub title: String,
    pub short_title: String,
    pub publisher: String,
    pub year: Option<i16>,
    pub article_number: Option<String>,
    pub isbn: Option<String>,
    /// The regulation that it explains: `sosfs/2014:4`.
    pub instrument: String,
    pub link: String,
    pub about: String,
}

/// One chapter page, in our own words.
#[derive(Debug)]
pub struct ChapterSource {
    pub edition: String,
    pub slug: String,
    pub title: String,
    pub short_title: String,
    pub lead: String,
    /// Found by search, not shown.
    pub keywords: Vec<String>,
    pub order: i64,
    /// Citations with their instruments.
    pub provisions: Vec<String>,
    /// Slugs of guidance pages that carry the chapter further, with their lines.
    pub guidance: Vec<(String, usize)>,
    pub updated: Date,
    pub reviewed: Date,
    pub body: String,
    pub body_line: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    utgava: Vec<Utgava>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Utgava {
    slug: Spanned<String>,
    titel: Spanned<String>,
    kort_titel: Spanned<String>,
    utgivare: Spanned<String>,
    ar: Option<i16>,
    artikelnummer: Option<Spanned<String>>,
    isbn: Option<Spanned<String>>,
    bygger_pa: Spanned<String>,
    lank: Spanned<String>,
    om: Spanned<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FrontMatter {
    titel: Spanned<String>,
    kort_titel: Option<Spanned<String>>,
    ingress: Spanned<String>,
    #[serde(default)]
    nyckelord: Vec<String>,
    #[serde(default)]
    ordning: i64,
    lagrum: Vec<Spanned<String>>,
    #[serde(default)]
    vagledning: Vec<Spanned<String>>,
    uppdaterad: Day,
    granskad: Day,
}

pub fn parse_editions(path: &str, text: &str) -> Result<Vec<EditionSource>, Vec<Problem>> {
    let (file, mut check): (File, _) = Checker::read_file(path, text)?;
    let mut seen = BTreeSet::new();
    let mut editions = Vec::new();
    for entry in &file.utgava {
        let slug = entry.slug.get_ref().clone();
        if !app::text::slug::is_slug(&slug) {
            check.fault(entry.slug.span().start, format!("`{slug}` är ingen adress; skriv a–z, 0–9 och bindestreck"));
        }
        if !seen.insert(slug.clone()) {
            check.fault(entry.slug.span().start, format!("utgåvan `{slug}` finns två gånger"));
        }
        let title = check.text("titel", &entry.titel);
        editions.push(EditionSource {
            slug,
            short_title: check.short_title(Some(&entry.kort_titel), &title),
            title,
            publisher: check.text("utgivare", &entry.utgivare),
            year: entry.ar,
            article_number: entry.artikelnummer.as_ref().map(|text| check.text("artikelnummer", text)),
            isbn: entry.isbn.as_ref().map(|text| check.text("isbn", text)),
            instrument: check.instrument("bygger_pa", &entry.bygger_pa),
            link: check.https("lank", Some(&entry.lank)).unwrap_or_default(),
            about: check.text("om", &entry.om),
        });
    }
    check.finish(editions)
}

pub fn parse_chapter(path: &str, text: &str) -> Result<ChapterSource, Vec<Problem>> {
    let (front, parts, mut check): (FrontMatter, _, _) = Checker::read_page(path, text)?;
    let slug = slug_of(path, &mut check.problems).to_owned();
    let edition = match path.split('/').collect::<Vec<_>>().as_slice() {
        [_, edition, _] => (*edition).to_owned(),
        _ => {
            check.fault(0, "kapitlet ska ligga i handbok/{utgåva}/");
            String::new()
        }
    };
    let title = check.text("titel", &front.titel);
    let chapter = ChapterSource {
        edition,
        slug,
        short_title: check.short_title(front.kort_titel.as_ref(), &title),
        title,
        lead: check.text("ingress", &front.ingress),
        keywords: front.nyckelord,
        order: front.ordning,
        provisions: front.lagrum.iter().map(|text| check.text("lagrum", text)).collect(),
        guidance: front.vagledning.iter().map(|slug| (slug.get_ref().clone(), check.line_of(slug))).collect(),
        updated: front.uppdaterad.0,
        reviewed: front.granskad.0,
        body: parts.body.to_owned(),
        body_line: parts.body_line,
    };
    check.finish(chapter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_is_named_with_its_line() {
        let chapter = "+++\ntitel = 'A'\ningress = 'B'\nlagrum = ['']\nuppdaterad = 2026-11-22\ngranskad = 2026-11-22\n+++\nText\n";
        let problems = parse_chapter("handbok/2016/a.md", chapter).unwrap_err();
        assert!(problems.iter().any(|p| p.line == 4 && p.message.contains("`lagrum` är tomt")), "{problems:?}");
        let problems = parse_chapter("handbok/a.md", &chapter.replace("''", "'x'")).unwrap_err();
        assert!(problems[0].message.contains("handbok/{utgåva}/"));
        let edition = "[[utgava]]\nslug = 'A b'\ntitel = 't'\nkort_titel = 'k'\nutgivare = 'u'\nbygger_pa = 'sosfs/2014:4'\nlank = 'https://x.se/'\nom = 'o'\n";
        let problems = parse_editions("handbok/utgavor.toml", edition).unwrap_err();
        assert!(problems[0].line == 2 && problems[0].message.contains("ingen adress"));
    }
}
