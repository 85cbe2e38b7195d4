//! `content/konferenser/{slug}.toml`: a conference, or a series of dialogue meetings or theme days. A conference is the
//! plan itself, with four fields before it that tell whose it is and when; a series has `[common]`, which holds for each of
//! its `[[events]]`.
//!
//! Such a file is taken in once and lives in the database from then on; it is no document of the library.

use super::Problem;
use super::event_times::{FirstDay, Wrong, resolve};
use super::front_matter::{line_at, told};
use app::counties::{self, County};
use app::events::calendar::Series;
use app::events::plan::Plan;
use app::events::sound::faults;
use app::events::{Address, Kind};
use app::text::slug::{is_slug, slug};
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use toml::de::{DeTable, DeValue, Deserializer};
use toml::{Spanned, de};

/// A file without faults. Its events have times when it is taken in.
#[derive(Debug, Clone)]
pub struct EventsSource {
    path: String,
    text: String,
}

/// What a file arranges.
#[derive(Debug, Clone, PartialEq)]
pub struct Arranged {
    pub county: Option<&'static County>,
    /// Nothing for a conference.
    pub series: Option<Series>,
    pub events: Vec<ArrangedEvent>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ArrangedEvent {
    pub address: Address,
    pub plan: Plan,
    /// Where the markdown of the plan begins in the file, and of its summary.
    pub text_line: usize,
    pub summary_line: usize,
}

impl EventsSource {
    /// The file, within `content/`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The events of the file, if it is taken in on that day.
    pub fn on(&self, day: Date) -> Result<Arranged, Vec<Problem>> {
        Reading::of(&self.path, &self.text).arranged(day)
    }
}

pub fn parse(path: &str, text: &str) -> Result<EventsSource, Vec<Problem>> {
    // Any day will do: whether a plan holds together does not hang on it.
    Reading::of(path, text).arranged(jiff::civil::date(2027, 1, 4))?;
    Ok(EventsSource { path: path.to_owned(), text: text.to_owned() })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    kind: Spanned<String>,
    county: Option<Spanned<String>>,
    series: Option<SeriesHead>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeriesHead {
    title: String,
    lead: String,
}

/// What stands beside an event's plan.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Own {
    slug: Option<Spanned<String>>,
    first_day: Option<FirstDay>,
}

/// What an event is, and the name of its file.
#[derive(Clone, Copy)]
struct Family<'a> {
    kind: Kind,
    file: &'a str,
}

struct Reading<'a> {
    path: &'a str,
    text: &'a str,
    problems: Vec<Problem>,
}

impl<'a> Reading<'a> {
    fn of(path: &'a str, text: &'a str) -> Self {
        Self { path, text, problems: Vec::new() }
    }

    fn arranged(mut self, day: Date) -> Result<Arranged, Vec<Problem>> {
        match self.try_arranged(day) {
            Ok(arranged) if self.problems.is_empty() => Ok(arranged),
            Ok(_) => Err(self.problems),
            // What was found before is told as well.
            Err(problem) => {
                self.problems.push(problem);
                Err(self.problems)
            }
        }
    }

    fn try_arranged(&mut self, day: Date) -> Result<Arranged, Problem> {
        let mut root = DeTable::parse(self.text).map_err(|error| self.told(&error))?.into_inner();
        let head = taken(&mut root, &["kind", "county", "series"]);
        let Head { kind, county, series } = self.read(Spanned::new(0..0, head))?;
        let kind = Kind::parse(kind.get_ref()).ok_or_else(|| {
            let known = Kind::ALL.map(Kind::as_str).join(", ");
            self.at(kind.span().start, format!("okänd `kind` {:?}; välj bland {known}", kind.get_ref()))
        })?;
        let county = county.and_then(|county| {
            let known = counties::find(county.get_ref());
            self.unless(known.is_some(), county.span().start, "okänt län; skriv till exempel vastra-gotaland");
            known
        });
        let own_slug = self.slug();
        let is_series = kind != Kind::Conference;
        if is_series != series.is_some() {
            let message = match is_series {
                true => "`[series]` saknas; dialogmöten och temadagar hör till en serie",
                false => "en konferens hör inte till någon serie; ta bort `[series]`",
            };
            return Err(self.at(0, message));
        }
        let events = match is_series {
            true => self.series_of(root, kind, &own_slug, day)?,
            false => vec![self.event(Spanned::new(0..0, root), Family { kind, file: &own_slug }, day)?],
        };
        let named = |head: SeriesHead| Series { kind, slug: own_slug, county, title: head.title, lead: head.lead };
        Ok(Arranged { county, series: series.map(named), events })
    }

    /// `[common]` and `[[events]]`.
    fn series_of(
        &mut self,
        mut root: DeTable<'a>,
        kind: Kind,
        series: &str,
        day: Date,
    ) -> Result<Vec<ArrangedEvent>, Problem> {
        let common = match root.remove("common").map(Spanned::into_inner) {
            Some(DeValue::Table(common)) => common,
            Some(_) => return Err(self.at(0, "`common` är en tabell: [common]")),
            None => DeTable::new(),
        };
        let Some(DeValue::Array(list)) = root.remove("events").map(Spanned::into_inner) else {
            return Err(self.at(0, "`[[events]]` saknas; skriv minst ett"));
        };
        if let Some((key, _)) = root.iter().next() {
            let message = format!("okänt fält `{}`; skriv det under [common] eller [[events]]", key.get_ref());
            return Err(self.at(key.span().start, message));
        }
        let (mut slugs, mut events) = (BTreeSet::new(), Vec::new());
        for one in list {
            let start = one.span().start;
            let DeValue::Table(own) = one.into_inner() else {
                return Err(self.at(start, "skriv varje arrangemang under [[events]]"));
            };
            let mut whole = common.clone();
            whole.extend(own);
            let event = self.event(Spanned::new(start..start, whole), Family { kind, file: series }, day)?;
            let is_new = slugs.insert(event.address.slug.clone());
            self.unless(is_new, start, format!("adressen {} finns redan i serien", event.address.slug));
            events.push(event);
        }
        Ok(events)
    }

    fn event(&mut self, table: Spanned<DeTable<'a>>, family: Family, day: Date) -> Result<ArrangedEvent, Problem> {
        let start = table.span().start;
        let mut table = table.into_inner();
        let own = match family.kind {
            Kind::Conference => taken(&mut table, &["first_day"]),
            Kind::DialogueMeeting | Kind::ThemeDay => taken(&mut table, &["first_day", "slug"]),
        };
        let Own { slug, first_day } = self.read(Spanned::new(start..start, own))?;
        let wrong = |(span, message): Wrong| self.at(span.start, message);
        let first_day = first_day.map(|first| first.on(day)).transpose().map_err(wrong)?;
        let mut found = Vec::new();
        resolve(&mut table, first_day, &mut found);
        let mut found = found.into_iter().map(wrong).collect::<Vec<_>>().into_iter();
        if let Some(first) = found.next() {
            self.problems.extend(found);
            return Err(first);
        }
        let plan: Plan = self.read(Spanned::new(start..start, table.clone()))?;
        for fault in faults(&plan) {
            let at = place(&table, &fault.field).unwrap_or(start);
            self.unless(false, at, fault.words.trim_end_matches('.'));
        }
        let slug = match (slug, family.kind) {
            (Some(slug), _) => {
                let message = "`slug` ska bestå av små bokstäver, siffror och bindestreck";
                self.unless(is_slug(slug.get_ref()), slug.span().start, message);
                slug.into_inner()
            }
            (None, Kind::Conference) => family.file.to_owned(),
            (None, Kind::ThemeDay) => plan.starts.year().to_string(),
            (None, Kind::DialogueMeeting) => return Err(self.at(start, "fältet `slug` saknas")),
        };
        let series = if family.kind == Kind::Conference { "" } else { family.file };
        Ok(ArrangedEvent {
            address: Address { kind: family.kind, series: series.to_owned(), slug },
            text_line: self.markdown_line(&table, "text"),
            summary_line: self.markdown_line(&table, "summary"),
            plan,
        })
    }

    /// The line on which a text begins: after its quotation marks, if those stand alone.
    fn markdown_line(&self, table: &DeTable, field: &str) -> usize {
        let Some(value) = table.get(field) else { return 1 };
        let start = value.span().start;
        let alone =
            ["\"\"\"\n", "\"\"\"\r\n", "'''\n", "'''\r\n"].iter().any(|mark| self.text[start..].starts_with(mark));
        line_at(self.text, 1, start) + usize::from(alone)
    }

    /// The file's name, which becomes the address.
    fn slug(&mut self) -> String {
        let name = self.path.rsplit('/').next().unwrap_or(self.path);
        let name = name.strip_suffix(".toml").unwrap_or(name);
        let message = format!("filnamnet blir adressen och ska heta `{}.toml`", slug(name));
        self.unless(is_slug(name), 0, message);
        name.to_owned()
    }

    fn read<T: DeserializeOwned>(&self, table: Spanned<DeTable<'a>>) -> Result<T, Problem> {
        T::deserialize(Deserializer::from(table)).map_err(|error| self.told(&error))
    }

    fn told(&self, error: &de::Error) -> Problem {
        told(self.path, self.text, 1, error)
    }

    fn at(&self, offset: usize, message: impl Into<String>) -> Problem {
        Problem::new(self.path, line_at(self.text, 1, offset), message)
    }

    fn unless(&mut self, sound: bool, offset: usize, message: impl Into<String>) {
        if !sound {
            let problem = self.at(offset, message);
            self.problems.push(problem);
        }
    }
}

/// Takes these fields out of a table.
fn taken<'i>(table: &mut DeTable<'i>, names: &[&str]) -> DeTable<'i> {
    let fields = names.iter().filter_map(|name| table.remove_entry(*name));
    fields.collect()
}

/// Where a field of a plan stands, `programme.2.ends`; where it does not, what it would stand in.
fn place(plan: &DeTable, field: &str) -> Option<usize> {
    let mut names = field.split('.');
    let mut found: &Spanned<DeValue> = plan.get(names.next()?)?;
    for name in names {
        let next = match name.parse::<usize>() {
            Ok(at) => found.get_ref().get(at),
            Err(_) => found.get_ref().get(name),
        };
        match next {
            Some(next) => found = next,
            None => break,
        }
    }
    Some(found.span().start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const PLAN: &str = "title = 'En dag'\nlead = 'Ingress.'\nstarts = '09:00'\nends = '16:00'\nopens = '-60 09:00'\ncloses = '-7 16:00'\n";
    const REST: &str = "[place]\nname = 'Salen'\ntown = 'Umeå'\n[[tracks]]\nid = 'plats'\nname = 'På plats'\n\
         attendance = 'on-site'\nseats = 10\n[contact]\nname = 'Funktionen'\nemail = 'x@lansstyrelsen.example'\n";

    fn conference() -> String {
        format!(
            "kind = 'konferens'\ncounty = 'vasterbotten'\nfirst_day = {{ in_days = 30, weekday = 'torsdag' }}\n{PLAN}text = \"\"\"\n## Om\n\"\"\"\n{REST}"
        )
    }

    fn tour() -> String {
        let rest = REST.replace("[place]", "[common.place]").replace("[[tracks]]", "[[common.tracks]]");
        let rest = rest.replace("[contact]", "[common.contact]");
        format!(
            "kind = 'dialogmote'\n[series]\ntitle = 'Turné'\nlead = 'Två orter.'\n[common]\n{PLAN}{rest}\
             [[events]]\nslug = 'a'\nfirst_day = {{ in_days = 1, weekday = 'onsdag' }}\n\
             [[events]]\nslug = 'b'\nfirst_day = {{ in_days = 9, weekday = 'onsdag' }}\ntitle = 'Andra'\n"
        )
    }

    #[test]
    fn a_conference_is_its_plan_with_times_from_the_day_it_is_taken_in() {
        let source = parse("konferenser/en-dag.toml", &conference()).unwrap();
        let arranged = source.on(date(2026, 11, 22)).unwrap();
        let event = &arranged.events[0];
        assert_eq!((arranged.county.unwrap().slug, arranged.series), ("vasterbotten", None));
        assert_eq!((event.address.slug.as_str(), event.plan.starts), ("en-dag", date(2027, 1, 7).at(9, 0, 0, 0)));
        assert_eq!((event.plan.text.as_str(), event.text_line), ("## Om\n", 11));
    }

    #[test]
    fn what_stands_in_common_holds_for_each_event_that_does_not_say_otherwise() {
        let arranged = parse("konferenser/turne.toml", &tour()).unwrap().on(date(2026, 11, 22)).unwrap();
        let told: Vec<_> = arranged.events.iter().map(|e| (e.address.slug.as_str(), e.plan.title.as_str())).collect();
        assert_eq!(told, [("a", "En dag"), ("b", "Andra")]);
        assert_eq!(arranged.series.unwrap().slug, "turne");
        assert!(arranged.events.iter().all(|event| event.address.series == "turne"));
    }

    #[test]
    fn a_theme_day_is_called_by_its_year() {
        let file = tour().replace("dialogmote", "temadag").replace("slug = 'a'\n", "");
        let file = &file[..file.rfind("[[events]]").unwrap()];
        let arranged = parse("konferenser/dagar.toml", file).unwrap().on(date(2026, 11, 22)).unwrap();
        assert_eq!(arranged.events[0].address.slug, "2026");
    }

    #[test]
    fn each_fault_is_named_with_its_line() {
        let (one, many) = (conference(), tour());
        for (file, line, message) in [
            (one.replace("'konferens'", "'fest'"), 1, "okänd `kind`"),
            (one.replace("'vasterbotten'", "'Umeå'"), 2, "okänt län"),
            (one.replace("'torsdag'", "'lördag'"), 3, "`weekday`"),
            (one.replace("first_day =", "dag ="), 6, "`first_day` saknas"),
            (one.replace("'09:00'", "'nio'"), 6, "skriv klockslaget"),
            (one.replace("'16:00'", "'08:00'"), 7, "Slutet ska vara efter början"),
            (one.replace("'-7 16:00'", "'+1 16:00'"), 9, "innan arrangemanget börjar"),
            (one.replace("town = 'Umeå'", "town = ''"), 15, "Skriv orten"),
            (one.replace("seats = 10", "seats = 0"), 20, "minst en plats"),
            (one.replace("seats = 10", "seats = 'tio'"), 20, "fel slags värde"),
            (one.replace("seats = 10", "platser = 10"), 20, "okänt fält `platser`"),
            (one.replace("title = 'En dag'\n", ""), 1, "fältet `title` saknas"),
            (format!("slug = 'x'\n{one}"), 1, "okänt fält `slug`"),
            (one.replace("seats = 10", "seats = "), 20, "TOML"),
            (many.replace("[series]\ntitle = 'Turné'\nlead = 'Två orter.'\n", ""), 1, "`[series]` saknas"),
            (many.replace("slug = 'b'\n", ""), 26, "fältet `slug` saknas"),
            (many.replace("'b'", "'a'"), 26, "finns redan"),
            (many.replace("'b'", "'Å b'"), 27, "`slug` ska bestå"),
            (format!("title = 'x'\n{many}"), 1, "okänt fält `title`"),
        ] {
            let problems = parse("konferenser/x.toml", &file).unwrap_err();
            let named = problems.iter().any(|problem| problem.line == line && problem.message.contains(message));
            assert!(named, "line {line}, {message:?}: {problems:?}");
        }
        assert!(parse("konferenser/En dag.toml", &one).unwrap_err()[0].message.contains("`en-dag.toml`"));
    }
}
