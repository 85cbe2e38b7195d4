//! The canonical spelling of each address. A place that holds others ends with a slash; a leaf does not.

use crate::events::wanted::Wanted;

pub const HOME: &str = "/";
pub const GUIDANCE: &str = "/vagledning/";
pub const DUTIES: &str = "/vagledning/ansvar/";
pub const DUTIES_CSV: &str = "/vagledning/ansvar.csv";
pub const DUTIES_XLSX: &str = "/vagledning/ansvar.xlsx";
/// References as JSON, for programs: `?status=inaktuell`.
pub const API_REFERENCES: &str = "/api/v1/hanvisningar";
pub const REGULATIONS: &str = "/regler/";
pub const HANDBOOK: &str = "/handbok/";
pub const TRAINING: &str = "/utbildning/";
pub const MATERIALS: &str = "/utbildning/material/";
pub const COURSES: &str = "/utbildning/kurser/";
pub const GLOSSARY: &str = "/ordlista/";
pub const SEARCH: &str = "/sok";
pub const SEARCH_DESCRIPTION: &str = "/sok/opensearch.xml";
pub const API_SEARCH: &str = "/api/v1/sok";
pub const API_SUGGESTIONS: &str = "/api/v1/forslag";
/// What the addresses under `/api/v1/` answer, described for programs.
pub const API_DESCRIPTION: &str = "/api/v1/openapi.json";
pub const CALENDAR: &str = "/kalender/";
/// For calendars of one's own.
pub const CALENDAR_ICS: &str = "/kalender.ics";
pub const CALENDAR_FEED: &str = "/flode/kalender.atom";
pub const API_EVENTS: &str = "/api/v1/konferenser";
pub const API_EVENT: &str = "/api/v1/konferenser/{slug}";
pub const HELP: &str = "/hjalp/";
pub const ACCESSIBILITY: &str = "/tillganglighet/";
pub const ABOUT: &str = "/om/";
pub const CONTACT: &str = "/kontakt/";
pub const PERSONAL_DATA: &str = "/personuppgifter/";
pub const SAFE_SURFING: &str = "/surfa-sakert/";
/// Pictures and documents; each below its id.
pub const MEDIA: &str = "/media/";
/// Doors where people are let in; each below its key.
pub const DOORS: &str = "/incheckning/";
pub const FEED: &str = "/flode/vagledning.atom";

/// Addresses that exist whatever is published; texts may link to them.
pub const FIXED: &[&str] = &[
    HOME,
    GUIDANCE,
    DUTIES,
    REGULATIONS,
    HANDBOOK,
    TRAINING,
    MATERIALS,
    COURSES,
    GLOSSARY,
    SEARCH,
    CALENDAR,
    CALENDAR_ICS,
    CALENDAR_FEED,
    HELP,
    ACCESSIBILITY,
    FEED,
    API_DESCRIPTION,
];

/// Is `/{slug}/` something else than a standing page? Help is: a page of its own around a standing text.
pub fn is_taken_by_the_portal(slug: &str) -> bool {
    const OTHERS: [&str; 22] = [
        "anmalan",
        "api",
        "dialogmoten",
        "enkat",
        "flode",
        "healthz",
        "incheckning",
        "intyg",
        "konferenser",
        "lan",
        "media",
        "pkg",
        "favicon",
        "sitemap",
        "logga-in",
        "logga-ut",
        "utloggad",
        "inbjudan",
        "redaktion",
        "temadagar",
        "utbildning",
        "utkast",
    ];
    let fixed = FIXED.iter().any(|path| *path != HELP && path.trim_matches('/') == slug);
    fixed || OTHERS.contains(&slug)
}

pub fn article(slug: &str) -> String {
    format!("{GUIDANCE}{slug}")
}

pub fn subject(slug: &str) -> String {
    format!("{GUIDANCE}{slug}/")
}

/// The guidance that is written for one audience.
pub fn for_audience(audience: crate::guidance::Audience) -> String {
    format!("{GUIDANCE}?malgrupp={}", audience.slug())
}

/// The duties of one actor, as a page or as a file.
pub fn duties(address: &str, actor: crate::guidance::Audience) -> String {
    format!("{address}?roll={}", actor.slug())
}

pub fn regulation(slug: &str) -> String {
    format!("{REGULATIONS}{slug}/")
}

/// Who cites the regulation.
pub fn references(slug: &str) -> String {
    format!("{REGULATIONS}{slug}/hanvisningar/")
}

/// The page as it was read on a day.
pub fn on_day(path: &str, day: jiff::civil::Date) -> String {
    format!("{path}?datum={day}")
}

pub fn edition(slug: &str) -> String {
    format!("{HANDBOOK}{slug}/")
}

pub fn chapter(edition: &str, slug: &str) -> String {
    format!("{HANDBOOK}{edition}/{slug}/")
}

pub fn media(id: &str, name: &str) -> String {
    format!("{MEDIA}{id}/{name}")
}

pub fn material(slug: &str) -> String {
    format!("{MATERIALS}{slug}/")
}

pub fn course(slug: &str) -> String {
    format!("{COURSES}{slug}/")
}

pub fn module(course: &str, slug: &str) -> String {
    format!("{COURSES}{course}/{slug}/")
}

/// The whole course on paper.
pub fn course_print(slug: &str) -> String {
    format!("{COURSES}{slug}/utskrift/")
}

/// For whoever leads a group.
pub fn course_guide(slug: &str) -> String {
    format!("{COURSES}{slug}/handledning/")
}

pub fn term(id: &str) -> String {
    format!("{GLOSSARY}#{id}")
}

pub fn standing(slug: &str) -> String {
    format!("/{slug}/")
}

/// What a page may be asked in its address.
fn question(path: &str) -> Option<&'static str> {
    let place = path.trim_matches('/');
    match place.split('/').collect::<Vec<_>>().as_slice() {
        ["vagledning"] => Some("malgrupp"),
        ["vagledning", "ansvar"] => Some("roll"),
        ["vagledning" | "regler", _] => Some("datum"),
        _ => None,
    }
}

/// The query that changes what a page shows, as `name=value`; everything else in a query is ignored,
/// so that a link with somebody's tracking parameters shows the same page.
pub fn meaningful_query(path: &str, query: &str) -> Option<String> {
    if path.trim_matches('/') == CALENDAR.trim_matches('/') {
        return Wanted::of_query(query).query();
    }
    let name = question(path)?;
    let value = value_of(name, query)?;
    let meaning = match name {
        "datum" => value.parse::<jiff::civil::Date>().ok().filter(|day| day.to_string() == value)?.to_string(),
        _ => crate::guidance::Audience::parse(value)?.slug().to_owned(),
    };
    Some(format!("{name}={meaning}"))
}

/// Does the query hold a day that nobody could read? Such a page answers what was typed, and is never kept.
pub fn holds_unreadable_day(path: &str, query: &str) -> bool {
    question(path) == Some("datum")
        && value_of("datum", query).is_some_and(|value| !value.is_empty())
        && meaningful_query(path, query).is_none()
}

fn value_of<'a>(name: &str, query: &'a str) -> Option<&'a str> {
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_query_that_means_something_is_kept() {
        assert_eq!(meaningful_query("/vagledning/", "malgrupp=skola&utm_source=x").as_deref(), Some("malgrupp=skola"));
        assert_eq!(meaningful_query("/vagledning/", "malgrupp=alla"), None);
        assert_eq!(meaningful_query("/om/", "malgrupp=skola"), None);
        assert_eq!(
            meaningful_query("/kalender/", "manad=&x=1&lan=skane&typ=temadag").as_deref(),
            Some("typ=temadag&lan=skane")
        );
        assert_eq!(meaningful_query("/vagledning/ansvar/", "roll=tandvard").as_deref(), Some("roll=tandvard"));
        assert_eq!(
            meaningful_query("/regler/sosfs-2014-4/", "x=1&datum=2014-10-01").as_deref(),
            Some("datum=2014-10-01")
        );
        assert_eq!(meaningful_query("/regler/sosfs-2014-4/", "datum=2014-10-1"), None);
        assert!(holds_unreadable_day("/vagledning/freda", "datum=igar") && !holds_unreadable_day("/om/", "datum=igar"));
    }

    #[test]
    fn a_standing_page_cannot_stand_where_something_else_does() {
        assert!(is_taken_by_the_portal("sok") && is_taken_by_the_portal("ordlista") && is_taken_by_the_portal("pkg"));
        assert!(!is_taken_by_the_portal("om") && !is_taken_by_the_portal("hjalp"));
    }
}
