//! `content/vagledning/**/{slug}.md`

use super::fields::{Checker, Day};
use super::{Problem, slug_of};
use app::counties::{self, County};
use app::guidance::{Audience, Source};
use app::routes::paths;
use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

/// One guidance page as its author wrote it; links to other pages are not resolved yet.
#[derive(Debug)]
pub struct ArticleSource {
    pub slug: String,
    pub title: String,
    pub short_title: String,
    pub lead: String,
    pub status: Status,
    pub audiences: Vec<Audience>,
    pub counties: Vec<&'static County>,
    pub published: Date,
    pub updated: Date,
    pub reviewed: Date,
    pub review_due: Date,
    pub legal_date: Date,
    pub keywords: Vec<String>,
    pub order: i64,
    pub sources: Vec<Source>,
    /// Slugs that must exist elsewhere, with the line that names them.
    pub subjects: Vec<(String, usize)>,
    pub related: Vec<(String, usize)>,
    pub body: String,
    pub body_line: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    Draft,
    Published,
    Archived,
    Moved { to: String, line: usize },
    Withdrawn { reason: String },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FrontMatter {
    titel: Spanned<String>,
    kort_titel: Option<Spanned<String>>,
    ingress: Spanned<String>,
    status: Option<Spanned<String>>,
    flyttad_till: Option<Spanned<String>>,
    orsak: Option<Spanned<String>>,
    amnen: Spanned<Vec<Spanned<String>>>,
    malgrupper: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    lan: Vec<Spanned<String>>,
    publicerad: Day,
    uppdaterad: Spanned<Day>,
    granskad: Spanned<Day>,
    granskas_senast: Option<Spanned<Day>>,
    lagrum_datum: Option<Day>,
    #[serde(default)]
    nyckelord: Vec<String>,
    #[serde(default)]
    relaterat: Vec<Spanned<String>>,
    #[serde(default)]
    ordning: i64,
    #[serde(default)]
    kallor: Vec<Kalla>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Kalla {
    titel: Spanned<String>,
    utgivare: Option<String>,
    url: Option<Spanned<String>>,
    last: Option<Day>,
}

pub fn parse(path: &str, text: &str) -> Result<ArticleSource, Vec<Problem>> {
    let (front, parts, mut check): (FrontMatter, _, _) = Checker::read_page(path, text)?;
    let slug = slug_of(path, &mut check.problems).to_owned();

    let title = check.text("titel", &front.titel);
    let short_title = check.short_title(front.kort_titel.as_ref(), &title);
    let lead = check.text("ingress", &front.ingress);
    let life = Life { status: &front.status, moved_to: &front.flyttad_till, reason: &front.orsak };
    let status = status(life, &paths::article(&slug), &mut check);
    let audiences = audiences(&front.malgrupper, &mut check);
    let counties = counties_of(&front.lan, &mut check);
    if front.amnen.get_ref().is_empty() {
        check.fault(front.amnen.span().start, "`amnen` är tomt; en sida hör till minst ett ämne");
    }
    let days = check.days(&front.publicerad, &front.uppdaterad, &front.granskad, front.granskas_senast.as_ref());
    let sources = front.kallor.iter().map(|kalla| source(kalla, &mut check)).collect();
    let named = |list: &[Spanned<String>], check: &Checker| {
        list.iter().map(|slug| (slug.get_ref().clone(), check.line_of(slug))).collect()
    };
    let subjects = named(front.amnen.get_ref(), &check);
    let related = named(&front.relaterat, &check);
    let article = ArticleSource {
        slug,
        title,
        short_title,
        lead,
        status,
        audiences,
        counties,
        published: days.published,
        updated: days.updated,
        reviewed: days.reviewed,
        review_due: days.review_due,
        legal_date: front.lagrum_datum.map_or(days.updated, |day| day.0),
        keywords: front.nyckelord,
        order: front.ordning,
        sources,
        subjects,
        related,
        body: parts.body.to_owned(),
        body_line: parts.body_line,
    };
    check.finish(article)
}

/// The fields that tell where a page stands in its life.
pub(super) struct Life<'a> {
    pub(super) status: &'a Option<Spanned<String>>,
    pub(super) moved_to: &'a Option<Spanned<String>>,
    pub(super) reason: &'a Option<Spanned<String>>,
}

/// `own` is the page's address.
pub(super) fn status(life: Life, own: &str, check: &mut Checker) -> Status {
    let Some(status) = life.status else { return Status::Published };
    let at = status.span().start;
    match (status.get_ref().as_str(), life.moved_to, life.reason) {
        ("publicerad", ..) => Status::Published,
        ("utkast", ..) => Status::Draft,
        ("arkiverad", ..) => Status::Archived,
        ("flyttad", Some(to), _) => {
            let line = check.line_of(to);
            let to_address = check.internal("flyttad_till", to);
            if to_address.trim_end_matches('/') == own.trim_end_matches('/') {
                check.fault(to.span().start, "`flyttad_till` är sidans egen adress");
            }
            Status::Moved { to: to_address, line }
        }
        ("borttagen", _, Some(reason)) => Status::Withdrawn { reason: check.text("orsak", reason) },
        ("flyttad", None, _) => {
            check.fault(at, "en flyttad sida behöver `flyttad_till` med den nya adressen");
            Status::Draft
        }
        ("borttagen", _, None) => {
            check.fault(at, "en borttagen sida behöver `orsak`, som läsaren får se");
            Status::Draft
        }
        (other, ..) => {
            check.fault(
                at,
                format!("okänd status `{other}`; välj utkast, publicerad, arkiverad, flyttad eller borttagen"),
            );
            Status::Draft
        }
    }
}

pub(super) fn audiences(list: &Spanned<Vec<Spanned<String>>>, check: &mut Checker) -> Vec<Audience> {
    if list.get_ref().is_empty() {
        check.fault(list.span().start, "`malgrupper` är tomt; skriv vem sidan är för");
    }
    let mut audiences = Vec::new();
    for slug in list.get_ref() {
        match Audience::parse(slug.get_ref()) {
            Some(audience) => audiences.push(audience),
            None => {
                let known = Audience::ALL.map(Audience::slug).join(", ");
                check.fault(slug.span().start, format!("okänd målgrupp `{}`; välj bland {known}", slug.get_ref()));
            }
        }
    }
    audiences
}

pub(super) fn counties_of(list: &[Spanned<String>], check: &mut Checker) -> Vec<&'static County> {
    let mut found = Vec::new();
    for slug in list {
        match counties::find(slug.get_ref()) {
            Some(county) => found.push(county),
            None => check.fault(slug.span().start, format!("okänt län `{}`; skriv till exempel skane", slug.get_ref())),
        }
    }
    found
}

pub(super) fn source(kalla: &Kalla, check: &mut Checker) -> Source {
    Source {
        title: check.text("titel", &kalla.titel),
        publisher: kalla.utgivare.clone().filter(|text| !text.trim().is_empty()),
        url: check.https("url", kalla.url.as_ref()),
        read: kalla.last.map(|day| day.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(front: &str) -> String {
        format!("+++\n{front}+++\nText\n")
    }

    const GOOD: &str = "titel = 'Orosanmälan'\ningress = 'Så gör du.'\namnen = ['anmala-oro']\nmalgrupper = ['skola']\n\
                        publicerad = 2026-01-10\nuppdaterad = 2026-03-02\ngranskad = 2026-06-01\n";

    #[test]
    fn a_page_needs_little_and_the_rest_follows() {
        let article = parse("vagledning/orosanmalan.md", &file(GOOD)).unwrap();
        assert_eq!((article.slug.as_str(), article.short_title.as_str()), ("orosanmalan", "Orosanmälan"));
        assert_eq!(article.legal_date, jiff::civil::date(2026, 3, 2));
        assert_eq!(article.review_due, jiff::civil::date(2027, 6, 1));
        assert_eq!(article.subjects, [("anmala-oro".to_owned(), 4)]);
        assert_eq!((article.body.as_str(), article.body_line), ("Text\n", 10));
    }

    #[test]
    fn each_fault_is_named_with_its_line() {
        let cases = [
            (GOOD.replace("'skola'", "'skolan'"), 5, "okänd målgrupp `skolan`"),
            (GOOD.replace("titel = 'Orosanmälan'", "titel = ' '"), 2, "`titel` är tomt"),
            (GOOD.replace("2026-03-02", "2025-03-02"), 7, "tidigare än `publicerad`"),
            (GOOD.replace("2026-03-02", "'igår'"), 7, "fel slags värde"),
            (GOOD.replace("['skola']", "[]"), 5, "`malgrupper` är tomt"),
            (format!("{GOOD}lan = ['skåne']\n"), 9, "okänt län"),
            (format!("{GOOD}status = 'borta'\n"), 9, "okänd status"),
            (format!("{GOOD}status = 'flyttad'\n"), 9, "flyttad_till"),
            (format!("{GOOD}status = 'flyttad'\nflyttad_till = '//ond.example/'\n"), 10, "en adress här"),
            (format!("{GOOD}status = 'flyttad'\nflyttad_till = 'https://ond.example/'\n"), 10, "en adress här"),
            (format!("{GOOD}status = 'flyttad'\nflyttad_till = \"/a\\nb\"\n"), 10, "en adress här"),
            (format!("{GOOD}status = 'flyttad'\nflyttad_till = '/vagledning/a'\n"), 10, "egen adress"),
            (format!("{GOOD}kort_titel = 'Fråga om våld'\n"), 9, "webbhistoriken"),
            (format!("{GOOD}[[kallor]]\ntitel = 'x'\nurl = 'http://x'\n"), 11, "https://"),
            (format!("{GOOD}typ = 'x'\n"), 9, "okänt fält `typ`"),
        ];
        for (front, line, message) in cases {
            let problems = parse("vagledning/a.md", &file(&front)).unwrap_err();
            assert!(
                problems.iter().any(|p| p.line == line && p.message.contains(message)),
                "expected line {line}, {message:?}; got {problems:?}"
            );
        }
    }

    #[test]
    fn a_file_name_that_is_no_address_is_told_the_right_one() {
        let problems = parse("vagledning/Oros Anmälan.md", &file(GOOD)).unwrap_err();
        assert!(problems[0].message.contains("oros-anmalan.md"));
    }
}
