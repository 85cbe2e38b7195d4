//! `content/material/{slug}.md`: training material, ours or somebody else's, with what one needs to know to choose it.

use super::fields::{Checker, Day};
use super::guidance::{Life, Status, audiences, counties_of, status};
use super::{Problem, slug_of};
use app::counties::County;
use app::guidance::Audience;
use app::media::address::Address;
use app::routes::paths;
use app::training::{Format, Group, Place};
use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

#[derive(Debug)]
pub struct MaterialSource {
    pub slug: String,
    pub title: String,
    pub short_title: String,
    pub lead: String,
    pub status: Status,
    pub groups: Vec<Group>,
    pub format: Format,
    pub minutes: Option<u16>,
    pub publisher: String,
    pub item_number: Option<String>,
    pub accessibility: Option<String>,
    pub place: Option<Place>,
    /// Being revised: what to read meanwhile, with the line that names it.
    pub instead: Option<(String, usize)>,
    pub audiences: Vec<Audience>,
    pub counties: Vec<&'static County>,
    pub published: Date,
    pub updated: Date,
    pub reviewed: Date,
    pub review_due: Date,
    pub keywords: Vec<String>,
    pub body: String,
    pub body_line: usize,
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
    #[serde(default)]
    grupper: Vec<Spanned<String>>,
    format: Spanned<String>,
    langd_min: Option<Spanned<i64>>,
    utgivare: Spanned<String>,
    artikelnummer: Option<Spanned<String>>,
    tillganglighet: Option<Spanned<String>>,
    lank: Option<Spanned<String>>,
    fil: Option<Spanned<String>>,
    hanvisa_till: Option<Spanned<String>>,
    malgrupper: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    lan: Vec<Spanned<String>>,
    publicerad: Day,
    uppdaterad: Spanned<Day>,
    granskad: Spanned<Day>,
    granskas_senast: Option<Spanned<Day>>,
    #[serde(default)]
    nyckelord: Vec<String>,
}

pub fn parse(path: &str, text: &str) -> Result<MaterialSource, Vec<Problem>> {
    let (front, parts, mut check): (FrontMatter, _, _) = Checker::read_page(path, text)?;
    let slug = slug_of(path, &mut check.problems).to_owned();
    let title = check.text("titel", &front.titel);
    let life = Life { status: &front.status, moved_to: &front.flyttad_till, reason: &front.orsak };
    let status = status(life, &paths::material(&slug), &mut check);
    let days = check.days(&front.publicerad, &front.uppdaterad, &front.granskad, front.granskas_senast.as_ref());
    let instead = front.hanvisa_till.as_ref().map(|to| (check.internal("hanvisa_till", to), check.line_of(to)));
    let place = place(&front, &mut check);
    if place.is_none() && instead.is_none() {
        check.fault(
            front.format.span().start,
            "materialet finns ingenstans; skriv `lank`, eller `hanvisa_till` om det uppdateras",
        );
    }
    let mut optional =
        |field: &str, value: &Option<Spanned<String>>| value.as_ref().map(|value| check.text(field, value));
    let (item_number, accessibility) =
        (optional("artikelnummer", &front.artikelnummer), optional("tillganglighet", &front.tillganglighet));
    let material = MaterialSource {
        slug,
        short_title: check.short_title(front.kort_titel.as_ref(), &title),
        title,
        lead: check.text("ingress", &front.ingress),
        status,
        groups: groups(&front.grupper, &mut check),
        format: format(&front.format, &mut check),
        minutes: front.langd_min.as_ref().and_then(|minutes| length(minutes, &mut check)),
        publisher: check.text("utgivare", &front.utgivare),
        item_number,
        accessibility,
        place,
        instead,
        audiences: audiences(&front.malgrupper, &mut check),
        counties: counties_of(&front.lan, &mut check),
        published: days.published,
        updated: days.updated,
        reviewed: days.reviewed,
        review_due: days.review_due,
        keywords: front.nyckelord,
        body: parts.body.to_owned(),
        body_line: parts.body_line,
    };
    check.finish(material)
}

fn place(front: &FrontMatter, check: &mut Checker) -> Option<Place> {
    match (&front.lank, &front.fil) {
        (Some(link), Some(_)) => {
            check.fault(link.span().start, "`lank` och `fil` utesluter varandra; behåll den ena");
            None
        }
        (link @ Some(_), None) => check.https("lank", link.as_ref()).map(Place::Elsewhere),
        (None, Some(file)) => {
            let address = check.internal("fil", file);
            if Address::parse(&address).is_none() {
                check.fault(file.span().start, format!("`fil` är en uppladdad fil, /media/…, inte {address}"));
            }
            Some(Place::File(address))
        }
        (None, None) => None,
    }
}

fn groups(slugs: &[Spanned<String>], check: &mut Checker) -> Vec<Group> {
    let mut groups = Vec::with_capacity(slugs.len());
    for slug in slugs {
        match Group::parse(slug.get_ref()) {
            Some(group) => groups.push(group),
            None => {
                let known = Group::ALL.map(Group::slug).join(", ");
                check.fault(slug.span().start, format!("okänd grupp `{}`; välj bland {known}", slug.get_ref()));
            }
        }
    }
    groups
}

fn format(slug: &Spanned<String>, check: &mut Checker) -> Format {
    Format::parse(slug.get_ref()).unwrap_or_else(|| {
        let known = Format::ALL.map(Format::slug).join(", ");
        check.fault(slug.span().start, format!("okänt `format` {:?}; välj bland {known}", slug.get_ref()));
        Format::Booklet
    })
}

/// In minutes.
fn length(minutes: &Spanned<i64>, check: &mut Checker) -> Option<u16> {
    let length = u16::try_from(*minutes.get_ref()).ok().filter(|length| (1..=6000).contains(length));
    if length.is_none() {
        check.fault(minutes.span().start, "`langd_min` är minuter, från 1 till 6000");
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "titel = 'Film om oro'\ningress = 'En film.'\nformat = 'film'\nlangd_min = 12\nutgivare = 'Länsstyrelsen Skåne'\n\
                        lank = 'https://example.org/film'\nmalgrupper = ['skola']\npublicerad = 2026-01-10\nuppdaterad = 2026-03-02\ngranskad = 2026-06-01\n";

    fn read(front: &str) -> Result<MaterialSource, Vec<Problem>> {
        parse("material/film.md", &format!("+++\n{front}+++\nText\n"))
    }

    #[test]
    fn a_material_needs_little_and_the_rest_follows() {
        let film = read(GOOD).unwrap();
        assert_eq!((film.format, film.minutes), (Format::Film, Some(12)));
        assert_eq!(film.place, Some(Place::Elsewhere("https://example.org/film".into())));
        assert_eq!(film.review_due, jiff::civil::date(2027, 6, 1));
    }

    #[test]
    fn one_that_is_being_revised_says_what_to_read_meanwhile() {
        let film = read(&GOOD.replace("lank = 'https://example.org/film'", "hanvisa_till = '/handbok/'")).unwrap();
        assert_eq!((film.place, film.instead), (None, Some(("/handbok/".to_owned(), 7))));
    }

    #[test]
    fn each_fault_is_named() {
        for (front, message) in [
            (GOOD.replace("'film'\n", "'bok'\n"), "okänt `format`"),
            (GOOD.replace("= 12", "= 0"), "`langd_min` är minuter"),
            (GOOD.replace("https://", "http://"), "https://"),
            (GOOD.replace("lank = 'https://example.org/film'\n", ""), "finns ingenstans"),
            (format!("{GOOD}fil = '/om/'\n"), "utesluter varandra"),
            (GOOD.replace("lank = 'https://example.org/film'", "fil = '/om/'"), "uppladdad fil"),
            (format!("{GOOD}grupper = ['alla']\n"), "okänd grupp"),
        ] {
            let problems = read(&front).unwrap_err();
            assert!(problems.iter().any(|p| p.message.contains(message)), "{message}: {problems:?}");
        }
    }
}
