//! `content/sidor/{slug}.md`

use super::fields::{Checker, Day};
use super::{Problem, slug_of};
use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

#[derive(Debug)]
pub struct PageSource {
    pub slug: String,
    pub title: String,
    pub short_title: String,
    pub lead: String,
    /// Found by search, not shown.
    pub keywords: Vec<String>,
    pub updated: Date,
    pub reviewed: Option<Date>,
    pub body: String,
    pub body_line: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FrontMatter {
    titel: Spanned<String>,
    kort_titel: Option<Spanned<String>>,
    ingress: Spanned<String>,
    #[serde(default)]
    nyckelord: Vec<String>,
    uppdaterad: Day,
    granskad: Option<Day>,
}

pub fn parse(path: &str, text: &str) -> Result<PageSource, Vec<Problem>> {
    let (front, parts, mut check): (FrontMatter, _, _) = Checker::read_page(path, text)?;
    let slug = slug_of(path, &mut check.problems).to_owned();
    let title = check.text("titel", &front.titel);
    let page = PageSource {
        slug,
        short_title: check.short_title(front.kort_titel.as_ref(), &title),
        lead: check.text("ingress", &front.ingress),
        title,
        keywords: front.nyckelord,
        updated: front.uppdaterad.0,
        reviewed: front.granskad.map(|day| day.0),
        body: parts.body.to_owned(),
        body_line: parts.body_line,
    };
    check.finish(page)
}
