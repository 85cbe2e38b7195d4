//! Between the fields of the form and the file that the library keeps: TOML between `+++` lines, then Markdown. Fields
//! that the form does not know stay as they were.

use crate::content::split;
use app::editor::Kind;
use app::editor::written::Written;
use jiff::civil::Date;
use toml::{Table, Value};

/// The days of a page that follow from what is done with it, not from what is typed.
#[derive(Debug, Clone, Copy)]
pub struct Days {
    pub today: Date,
    /// Is the change one that readers need to know of?
    pub larger: bool,
}

/// The file that `written` makes, over the published one if there is one.
pub fn compose(kind: Kind, written: &Written, published: Option<&str>, days: Days) -> String {
    let mut front = published.and_then(front_of).unwrap_or_default();
    let is_new = published.is_none();
    text(&mut front, "titel", &one_line(&written.title), true);
    text(&mut front, "kort_titel", &one_line(&written.short_title), false);
    text(&mut front, "ingress", &one_line(&written.lead), true);
    list(&mut front, "nyckelord", words(&written.keywords), false);
    match kind {
        Kind::Guidance => {
            list(&mut front, "amnen", written.subjects.clone(), true);
            list(&mut front, "relaterat", words(&written.related), false);
            day(&mut front, "lagrum_datum", &written.legal_date);
            sources(&mut front, &written.sources);
        }
        Kind::Material => material(&mut front, written),
        Kind::Course => course(&mut front, written),
        Kind::Module => module(&mut front, written),
        Kind::Standing => {}
    }
    if matches!(kind, Kind::Course | Kind::Module) && (is_new || days.larger || !front.contains_key("version")) {
        // Whoever has taken it meets a larger change as a new version.
        let before = front.get("version").and_then(Value::as_integer).unwrap_or(0);
        front.insert("version".to_owned(), (before + 1).into());
    }
    if kind == Kind::Course && (is_new || !front.contains_key("publicerad")) {
        set_day(&mut front, "publicerad", days.today);
    }
    if kind.has_a_life() {
        list(&mut front, "malgrupper", written.audiences.clone(), true);
        counties(&mut front, &written.county);
        day(&mut front, "granskas_senast", &written.review_due);
        for field in ["status", "flyttad_till", "orsak"] {
            front.remove(field);
        }
        if is_new || !front.contains_key("publicerad") {
            set_day(&mut front, "publicerad", days.today);
        }
    }
    if is_new || days.larger || !front.contains_key("uppdaterad") {
        set_day(&mut front, "uppdaterad", days.today);
        set_day(&mut front, "granskad", days.today);
    }
    file(&front, (kind != Kind::Course).then_some(&written.body))
}

/// The fields of a published file, for the form; `None` if it cannot be read at all.
pub fn decompose(file: &str) -> Option<Written> {
    let front = front_of(file)?;
    let body = split("", file).map_or("", |parts| parts.body).trim_start_matches(['\r', '\n']).replace("\r\n", "\n");
    let get = |name: &str| front.get(name).and_then(Value::as_str).unwrap_or("").to_owned();
    let all = |name: &str| -> Vec<String> {
        let values = front.get(name).and_then(Value::as_array).into_iter().flatten();
        values.filter_map(|value| value.as_str().map(str::to_owned)).collect()
    };
    let number = |name: &str| front.get(name).and_then(Value::as_integer).map_or_else(String::new, |n| n.to_string());
    let date = |name: &str| front.get(name).and_then(Value::as_datetime).map_or_else(String::new, ToString::to_string);
    Some(Written {
        title: get("titel"),
        short_title: get("kort_titel"),
        lead: get("ingress"),
        subjects: all("amnen"),
        audiences: all("malgrupper"),
        county: match all("lan").as_slice() {
            [one] => one.clone(),
            _ => String::new(),
        },
        keywords: all("nyckelord").join(", "),
        related: all("relaterat").join(", "),
        review_due: date("granskas_senast"),
        legal_date: date("lagrum_datum"),
        sources: source_lines(&front),
        groups: all("grupper"),
        format: get("format"),
        minutes: [number("langd_min"), number("minuter")].concat(),
        publisher: get("utgivare"),
        item_number: get("artikelnummer"),
        accessibility: get("tillganglighet"),
        place: ["lank", "fil"].map(get).into_iter().find(|place| !place.is_empty()).unwrap_or_default(),
        instead: get("hanvisa_till"),
        goals: all("mal").join("\n"),
        talk: all("samtal").join("\n"),
        modules: all("moduler").join("\n"),
        builds_on: all("bygger_pa").join("\n"),
        pass_mark: number("godkant"),
        body,
    })
}

/// The published file with some fields of its front set, its text untouched.
pub fn with_fields(published: &str, fields: &[(&str, Value)]) -> Option<String> {
    let mut front = front_of(published)?;
    for (name, value) in fields {
        front.insert((*name).to_owned(), value.clone());
    }
    Some(file(&front, split("", published).ok().map(|parts| parts.body.trim_start_matches(['\r', '\n']))))
}

pub fn as_value(day: Date) -> Value {
    // A day written as TOML writes it is one.
    day.to_string().parse().map_or_else(|_| Value::String(day.to_string()), Value::Datetime)
}

fn front_of(file: &str) -> Option<Table> {
    let file = file.strip_prefix('\u{feff}').unwrap_or(file);
    // A course is all front.
    split("", file).map_or(file, |parts| parts.toml).parse().ok()
}

fn file(front: &Table, body: Option<&str>) -> String {
    match body {
        Some(body) => format!("+++\n{front}+++\n\n{}\n", body.trim_end()),
        None => front.to_string(),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn words(text: &str) -> Vec<String> {
    text.split([',', '\n']).map(one_line).filter(|word| !word.is_empty()).collect()
}

/// A field that must be there is there even when it is empty, so that the check can say so.
fn text(front: &mut Table, name: &str, value: &str, must: bool) {
    if value.is_empty() && !must {
        front.remove(name);
    } else {
        front.insert(name.to_owned(), value.into());
    }
}

fn list(front: &mut Table, name: &str, values: Vec<String>, must: bool) {
    if values.is_empty() && !must {
        front.remove(name);
    } else {
        front.insert(name.to_owned(), Value::Array(values.into_iter().map(Value::String).collect()));
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(one_line).filter(|line| !line.is_empty()).collect()
}

/// What is no number stays in the form; the check says so.
fn number(front: &mut Table, name: &str, typed: &str) {
    match typed.trim().parse::<u16>() {
        Ok(number) => drop(front.insert(name.to_owned(), i64::from(number).into())),
        Err(_) => drop(front.remove(name)),
    }
}

fn course(front: &mut Table, written: &Written) {
    list(front, "moduler", lines(&written.modules), true);
    list(front, "bygger_pa", lines(&written.builds_on), false);
    list(front, "malgrupper", written.audiences.clone(), true);
    day(front, "granskas_senast", &written.review_due);
    number(front, "godkant", &written.pass_mark);
}

fn module(front: &mut Table, written: &Written) {
    list(front, "mal", lines(&written.goals), true);
    list(front, "samtal", lines(&written.talk), false);
    number(front, "minuter", &written.minutes);
    day(front, "lagrum_datum", &written.legal_date);
    sources(front, &written.sources);
}

fn material(front: &mut Table, written: &Written) {
    text(front, "format", &one_line(&written.format), true);
    text(front, "utgivare", &one_line(&written.publisher), true);
    text(front, "artikelnummer", &one_line(&written.item_number), false);
    text(front, "tillganglighet", &one_line(&written.accessibility), false);
    text(front, "hanvisa_till", written.instead.trim(), false);
    list(front, "grupper", written.groups.clone(), false);
    let place = written.place.trim();
    let is_file = place.starts_with('/');
    text(front, "fil", if is_file { place } else { "" }, false);
    text(front, "lank", if is_file { "" } else { place }, false);
    number(front, "langd_min", &written.minutes);
}

/// A page of several counties, which the form cannot say, stays theirs.
fn counties(front: &mut Table, county: &str) {
    let several = front.get("lan").and_then(Value::as_array).is_some_and(|counties| counties.len() > 1);
    if !(several && county.is_empty()) {
        list(front, "lan", words(county), false);
    }
}

fn day(front: &mut Table, name: &str, typed: &str) {
    // What is no day stays in the form; the check says so.
    match typed.trim().parse::<Date>() {
        Ok(day) => set_day(front, name, day),
        Err(_) => {
            front.remove(name);
        }
    }
}

fn set_day(front: &mut Table, name: &str, day: Date) {
    front.insert(name.to_owned(), as_value(day));
}

/// "Titel | Utgivare | https://… | 2026-07-09", what is missing left out.
fn sources(front: &mut Table, lines: &str) {
    let sources: Vec<Value> = lines
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let mut source = Table::new();
            for (index, part) in line.split('|').map(one_line).enumerate().filter(|(_, part)| !part.is_empty()) {
                let looks_like_day = part.parse::<Date>().is_ok();
                match index {
                    0 => text(&mut source, "titel", &part, true),
                    _ if part.contains("://") => text(&mut source, "url", &part, true),
                    _ if looks_like_day => day(&mut source, "last", &part),
                    _ => text(&mut source, "utgivare", &part, true),
                }
            }
            Value::Table(source)
        })
        .collect();
    if sources.is_empty() {
        front.remove("kallor");
    } else {
        front.insert("kallor".to_owned(), Value::Array(sources));
    }
}

fn source_lines(front: &Table) -> String {
    let sources = front.get("kallor").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_table);
    let lines = sources.map(|source| {
        let parts = ["titel", "utgivare", "url", "last"].into_iter().filter_map(|name| match source.get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Datetime(day) => Some(day.to_string()),
            _ => None,
        });
        parts.collect::<Vec<_>>().join(" | ")
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content;
    use jiff::civil::date;
    use proptest::prelude::*;

    const TODAY: Days = Days { today: date(2026, 11, 22), larger: true };

    #[test]
    fn every_shipped_page_comes_through_the_form_unchanged() {
        let mut seen = 0;
        for (path, file) in crate::assets::SHIPPED {
            let Some((kind, _)) = Kind::of_path(path) else { continue };
            let written = decompose(file).unwrap();
            let again = compose(kind, &written, Some(file), Days { larger: false, ..TODAY });
            assert_eq!(decompose(&again).unwrap(), written, "{path}");
            let (before, after) = (content::parse(path, file).unwrap(), content::parse(path, &again).unwrap());
            let told = |content: &content::Content| match content {
                content::Content::Article(article) => {
                    let mut article = format!("{:?}", ArticleWithoutLines(article));
                    article.retain(|c| c != '\n');
                    article
                }
                content::Content::Module(module) => {
                    let mut module =
                        format!("{:?}", (&module.title, &module.goals, &module.talk, &module.version, &module.body));
                    module.retain(|c| c != '\n');
                    module
                }
                content::Content::Course(course) => {
                    let names: Vec<_> = course.modules.iter().map(|(slug, _)| slug).collect();
                    format!("{:?}", (&course.title, names, course.version, course.pass_mark, course.reviewed))
                }
                other => {
                    // Fields come back in another order: on other lines.
                    let line = match other {
                        content::Content::Material(material) => material.instead.as_ref().map(|(_, line)| *line),
                        _ => None,
                    };
                    let told = format!("{other:?}").split("body").next().unwrap_or_default().to_owned();
                    line.map_or(told.clone(), |line| told.replace(&format!(", {line}))"), "))"))
                }
            };
            assert_eq!(told(&before), told(&after), "{path}");
            seen += 1;
        }
        assert!(seen > 10);
    }

    /// All of an article but where in the file its parts stand.
    struct ArticleWithoutLines<'a>(&'a content::ArticleSource);

    impl std::fmt::Debug for ArticleWithoutLines<'_> {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            let a = self.0;
            let names = |list: &[(String, usize)]| list.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
            f.debug_list()
                .entries([&a.slug, &a.title, &a.short_title, &a.lead])
                .entries(names(&a.subjects))
                .entries(names(&a.related))
                .entries(&a.keywords)
                .entry(&(a.published, a.updated, a.reviewed, a.review_due, a.legal_date, a.order))
                .entries(&a.sources)
                .entry(&a.body.trim())
                .finish()
        }
    }

    #[test]
    fn a_new_page_has_its_days_and_a_smaller_change_keeps_them() {
        let written =
            Written { title: "Ny".into(), lead: "Ingress.".into(), body: "Text".into(), ..Written::default() };
        let new = compose(Kind::Guidance, &written, None, TODAY);
        for field in ["publicerad = 2026-11-22", "uppdaterad = 2026-11-22", "granskad = 2026-11-22"] {
            assert!(new.contains(field), "{new}");
        }
        let later = Days { today: date(2027, 1, 1), larger: false };
        assert_eq!(compose(Kind::Guidance, &written, Some(&new), later), new);
        let larger = compose(Kind::Guidance, &written, Some(&new), Days { larger: true, ..later });
        assert!(larger.contains("uppdaterad = 2027-01-01") && larger.contains("publicerad = 2026-11-22"));
    }

    #[test]
    fn publishing_brings_a_withdrawn_page_back() {
        let published = "+++\ntitel = 'A'\nstatus = 'borttagen'\norsak = 'x'\nordning = 7\n+++\n\nText\n";
        let file = compose(Kind::Guidance, &decompose(published).unwrap(), Some(published), TODAY);
        assert!(!file.contains("borttagen") && !file.contains("orsak") && file.contains("ordning = 7"));
    }

    proptest! {
        #[test]
        fn whatever_is_typed_comes_back(title in any::<String>(), body in "[^\r]*", keywords in any::<String>()) {
            let written = Written { title, body, keywords, ..Written::default() };
            let again = decompose(&compose(Kind::Standing, &written, None, TODAY)).unwrap();
            prop_assert_eq!(again.title, one_line(&written.title));
            prop_assert_eq!(again.body.trim(), written.body.trim());
            prop_assert_eq!(words(&again.keywords), words(&written.keywords));
        }
    }
}
