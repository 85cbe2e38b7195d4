//! A plan out of a typed form, and what is wrong with it, beside each field.
//!
//! What cannot be read as a day, a time or a number is a fault of the form, and no plan comes of it. What a plan lacks
//! is told by [`sound`]: it may be saved so, but not published.

#[cfg(test)]
mod tests;

use super::plan_typed::{PlanTyped, attendance, kind, limited_by};
use crate::counties::{self, COUNTIES};
use crate::desk::Faults;
use crate::events::application::LARGEST_PARTY;
use crate::events::plan::{
    Attendance, Contact, Fee, LimitedBy, Limits, Place, Plan, Reserved, Session, Speaker, Track,
};
use crate::events::questions::{Choice, Condition, Kind, Question};
use crate::events::sound;
use crate::guidance::Audience;
use crate::text::slug::{is_slug, slug};
use crate::text::thousands::thousands;
use jiff::civil::{Date, DateTime, Time};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// The plan as it was typed, its rows in the order of the form's. What no form shows is kept from `before`.
pub fn plan(typed: &PlanTyped, before: &Plan) -> Result<Plan, Faults> {
    let reading = Reading { typed, faults: RefCell::default() };
    let plan = reading.plan(before);
    let faults = reading.faults.into_inner();
    if faults.is_empty() { Ok(plan) } else { Err(faults) }
}

/// What must be put right before anybody meets a plan that [`plan`] has made of the form.
pub fn unsound(typed: &PlanTyped, plan: &Plan) -> Faults {
    beside_fields(typed, sound::faults(plan))
}

/// Faults of the plan that was made of the form, beside the form's fields.
pub fn beside_fields(typed: &PlanTyped, faults: Vec<sound::Fault>) -> Faults {
    let mut beside = Faults::default();
    for fault in faults {
        beside.add(field(typed, &fault.field), fault.words);
    }
    beside
}

/// Each place of a plan (`programme.2.ends`) and the form's field (`program-2-till`); both without their rows.
const FIELDS: [(&str, &str); 40] = [
    ("title", "titel"),
    ("lead", "ingress"),
    ("starts", "borjar-dag"),
    ("ends", "slutar-dag"),
    ("opens", "oppnar-dag"),
    ("closes", "stanger-dag"),
    ("place", "plats-namn"),
    ("place.name", "plats-namn"),
    ("place.town", "plats-ort"),
    ("place.map", "plats-karta"),
    ("programme", "program"),
    ("programme.id", "program-rubrik"),
    ("programme.title", "program-rubrik"),
    ("programme.starts", "program-tid"),
    ("programme.ends", "program-till"),
    ("programme.seats", "program-platser"),
    ("speakers.name", "talare-namn"),
    ("tracks", "spar"),
    ("tracks.id", "spar-namn"),
    ("tracks.name", "spar-namn"),
    ("tracks.seats", "spar-platser"),
    ("tracks.broadcast", "spar-sandning"),
    ("tracks.limits.each", "spar-var"),
    ("tracks.limits.release", "spar-slapps"),
    ("tracks.limits.reserved", "spar-reserv"),
    ("tracks.limits.reserved.group", "spar-reserv-vem"),
    ("limited_by", "fordelas"),
    ("questions", "fraga"),
    ("questions.id", "fraga-fraga"),
    ("questions.label", "fraga-fraga"),
    ("questions.choices", "fraga-val"),
    ("questions.choices.id", "fraga-val-text"),
    ("questions.choices.label", "fraga-val-text"),
    ("questions.choices.seats", "fraga-val-platser"),
    ("questions.only_if.question", "fraga-om"),
    ("questions.only_if.choice", "fraga-om"),
    ("largest_party", "storsta-grupp"),
    ("fee.amount", "avgift-belopp"),
    ("fee.free_until", "avgift-dag"),
    ("contact.name", "kontakt-namn"),
];

/// The form's field for a place in the plan; the title, where the form has none.
fn field(typed: &PlanTyped, place: &str) -> String {
    let is_row = |part: &&str| part.parse::<usize>().is_ok();
    let path = place.split('.').filter(|part| !is_row(part)).collect::<Vec<_>>().join(".");
    if path == "contact.email" {
        return "kontakt-epost".to_owned();
    }
    let Some((_, called)) = FIELDS.iter().find(|(known, _)| *known == path) else { return "titel".to_owned() };
    let mut rows = place.split('.').filter(is_row).filter_map(|part| part.parse::<usize>().ok());
    let (mut name, mut last) = (String::new(), Vec::new());
    // A part that has rows takes the next of the place's numbers, in the form's own numbering.
    for word in called.split('-') {
        last.push(word);
        name = if name.is_empty() { word.to_owned() } else { format!("{name}-{word}") };
        if super::plan_typed::has_rows(&last.join("-"))
            && let Some(row) = rows.next().and_then(|at| typed.rows(&name).into_iter().nth(at))
        {
            name = row;
        }
    }
    name
}

struct Reading<'a> {
    typed: &'a PlanTyped,
    faults: RefCell<Faults>,
}

/// What stands where nothing could be read; there is a fault beside it.
const NOWHEN: DateTime = jiff::civil::datetime(2000, 1, 1, 0, 0, 0, 0);

impl Reading<'_> {
    fn plan(&self, before: &Plan) -> Plan {
        let limited_by = match self.get("fordelas") {
            "" => None,
            by if by == limited_by(LimitedBy::County) => Some(LimitedBy::County),
            _ => Some(LimitedBy::Organisation),
        };
        Plan {
            title: self.line("titel", 120),
            lead: self.line("ingress", 600),
            text: self.text("text"),
            audiences: Audience::ALL
                .into_iter()
                .filter(|audience| self.typed.all("malgrupper").any(|slug| slug == audience.slug()))
                .collect(),
            starts: self.moment("borjar"),
            ends: self.moment("slutar"),
            place: self.place(),
            programme: self.rows("program", |row, ids| self.session(row, ids)),
            speakers: self.rows("talare", |row, _| Speaker {
                name: self.line(&format!("{row}-namn"), 120),
                role: self.line(&format!("{row}-roll"), 200),
            }),
            tracks: self.rows("spar", |row, ids| self.track(row, ids, limited_by)),
            opens: self.moment("oppnar"),
            closes: self.moment("stanger"),
            limited_by,
            questions: self.questions(),
            asks_needs: self.typed.has("fragar-behov"),
            largest_party: self.at_most("storsta-grupp", LARGEST_PARTY).unwrap_or(1),
            offer_hours: self.at_most("svarstid", 400).unwrap_or(0),
            by_invitation: self.typed.has("bara-inbjudna"),
            fee: self.fee(),
            contact: Contact {
                name: self.line("kontakt-namn", 120),
                email: self.line("kontakt-epost", 254),
                phone: self.line("kontakt-telefon", 40),
            },
            open_mail: self.typed.has("oppna-mejl"),
            example: before.example,
            summary: self.text("sammanfattning"),
            open_questions: lines(self.get("oppna-fragor")),
            survey: before.survey.clone(),
        }
    }

    fn place(&self) -> Option<Place> {
        let place = Place {
            name: self.line("plats-namn", 120),
            address: self.line("plats-adress", 200),
            town: self.line("plats-ort", 80),
            map: Some(self.line("plats-karta", 1000)).filter(|link| !link.is_empty()),
            travel: self.text("plats-resa"),
        };
        (place != empty_place()).then_some(place)
    }

    fn session(&self, row: &str, ids: &mut Ids) -> Session {
        let starts = self.moment(row);
        let title = self.line(&format!("{row}-rubrik"), 200);
        Session {
            id: ids.of(self.get(&format!("{row}-id")), &title, "pass"),
            starts,
            ends: starts.date().to_datetime(self.time(&format!("{row}-till"))),
            title,
            text: self.text(&format!("{row}-text")),
            speakers: lines(self.get(&format!("{row}-talare"))),
            seats: self.count(&format!("{row}-platser")),
        }
    }

    fn track(&self, row: &str, ids: &mut Ids, by: Option<LimitedBy>) -> Track {
        let field = |field: &str| format!("{row}-{field}");
        let name = self.line(&field("namn"), 80);
        let is_digital = self.get(&field("deltar")) == attendance(Attendance::Digital);
        let released = Some(field("slapps")).filter(|name| !self.get(name).trim().is_empty());
        Track {
            id: ids.of(self.get(&field("id")), &name, "spar"),
            name,
            attendance: if is_digital { Attendance::Digital } else { Attendance::OnSite },
            seats: self.count(&field("platser")),
            approval: self.typed.has(&field("godkanns")),
            price: self.count(&field("pris")).unwrap_or(0),
            broadcast: self.line(&field("sandning"), 1000),
            limits: Limits {
                each: self.count(&field("var")),
                reserved: self.rows(&field("reserv"), |row, _| self.reserved(row, by)),
                release: released.map(|name| self.day(&name)),
            },
        }
    }

    /// A county is written by its name, or by the word of its addresses.
    fn reserved(&self, row: &str, by: Option<LimitedBy>) -> Reserved {
        let typed = self.line(&format!("{row}-vem"), 200);
        let asked = typed.to_lowercase();
        let county = COUNTIES.iter().find(|one| one.name.to_lowercase() == asked).or_else(|| counties::find(&asked));
        let group = match county.filter(|_| by == Some(LimitedBy::County)) {
            Some(county) => county.slug.to_owned(),
            None => typed,
        };
        Reserved { group, seats: self.count(&format!("{row}-platser")).unwrap_or(0) }
    }

    fn questions(&self) -> Vec<Question> {
        // Each answer by the row it stands in, for the questions that come after.
        let mut before: BTreeMap<String, Condition> = BTreeMap::new();
        self.rows("fraga", |row, ids| {
            let field = |field: &str| format!("{row}-{field}");
            let label = self.line(&field("fraga"), 300);
            let id = ids.of(self.get(&field("id")), &label, "fraga");
            let choices = self.choices(&field("val"));
            let only_if = match self.get(&field("om")) {
                "" => None,
                answer => {
                    if !before.contains_key(answer) {
                        self.fault(&field("om"), "Välj ett svar på en fråga som står före den här.");
                    }
                    before.get(answer).cloned()
                }
            };
            for (row, choice) in &choices {
                before.insert(row.clone(), Condition { question: id.clone(), choice: choice.id.clone() });
            }
            Question {
                id,
                label,
                help: self.line(&field("hjalp"), 400),
                kind: match self.get(&field("slag")) {
                    slag if slag == kind(Kind::One) => Kind::One,
                    slag if slag == kind(Kind::Several) => Kind::Several,
                    _ => Kind::Text,
                },
                required: self.typed.has(&field("maste")),
                choices: choices.into_iter().map(|(_, choice)| choice).collect(),
                only_if,
            }
        })
    }

    /// With the rows that they stand in.
    fn choices(&self, part: &str) -> Vec<(String, Choice)> {
        self.rows(part, |row, ids| {
            let label = self.line(&format!("{row}-text"), 200);
            let id = ids.of(self.get(&format!("{row}-id")), &label, "svar");
            (row.to_owned(), Choice { id, label, seats: self.count(&format!("{row}-platser")) })
        })
    }

    fn fee(&self) -> Option<Fee> {
        if ["avgift-belopp", "avgift-dag", "avgift-tid"].iter().all(|field| self.get(field).trim().is_empty()) {
            return None;
        }
        Some(Fee { amount: self.count("avgift-belopp").unwrap_or(0), free_until: self.moment("avgift") })
    }

    fn rows<T>(&self, part: &str, mut read: impl FnMut(&str, &mut Ids) -> T) -> Vec<T> {
        let rows = self.typed.rows(part);
        let mut ids = Ids::of_rows(self.typed, &rows);
        rows.iter().map(|row| read(row, &mut ids)).collect()
    }

    fn get(&self, name: &str) -> &str {
        self.typed.get(name)
    }

    /// Notes what is wrong; of several faults of a field the first is told.
    fn fault(&self, name: &str, told: &str) {
        self.faults.borrow_mut().add(name, told);
    }

    fn text(&self, name: &str) -> String {
        self.get(name).trim().to_owned()
    }

    /// One line of at most so many characters.
    fn line(&self, name: &str, longest: usize) -> String {
        let text = self.get(name).split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().count() > longest {
            self.fault(name, &format!("Korta ner till högst {longest} tecken."));
        }
        text
    }

    fn count(&self, name: &str) -> Option<u32> {
        self.at_most(name, 100_000)
    }

    /// Nothing where nothing was typed.
    fn at_most(&self, name: &str, most: u32) -> Option<u32> {
        let typed = self.get(name).replace([' ', '\u{a0}'], "");
        if typed.is_empty() {
            return None;
        }
        let count = typed.parse().ok().filter(|count| *count <= most);
        if count.is_none() {
            self.fault(name, &format!("Skriv ett helt tal, högst {}.", thousands(most)));
        }
        count
    }

    /// A day and a time in two fields.
    fn moment(&self, name: &str) -> DateTime {
        self.day(&format!("{name}-dag")).to_datetime(self.time(&format!("{name}-tid")))
    }

    fn day(&self, name: &str) -> Date {
        let read = self.get(name).trim().parse::<Date>().ok().filter(|day| (2000..2200).contains(&day.year()));
        read.unwrap_or_else(|| {
            self.fault(name, "Skriv dagen så här: 2027-05-21.");
            NOWHEN.date()
        })
    }

    fn time(&self, name: &str) -> Time {
        let typed = self.get(name).trim().replace('.', ":");
        let whole = if typed.find(':') == Some(1) { format!("0{typed}") } else { typed };
        whole.parse().unwrap_or_else(|_| {
            self.fault(name, "Skriv klockslaget så här: 09:00.");
            NOWHEN.time()
        })
    }
}

fn empty_place() -> Place {
    Place { name: String::new(), address: String::new(), town: String::new(), map: None, travel: String::new() }
}

/// Lines with something in them.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Ids of the rows of a part, each once. One that a row has already it keeps, whatever it is called now.
struct Ids {
    kept: BTreeSet<String>,
    given: BTreeSet<String>,
}

impl Ids {
    fn of_rows(typed: &PlanTyped, rows: &[String]) -> Self {
        let ids = rows.iter().map(|row| typed.get(&format!("{row}-id")));
        Self { kept: ids.filter(|id| is_slug(id)).map(str::to_owned).collect(), given: BTreeSet::new() }
    }

    fn of(&mut self, known: &str, called: &str, otherwise: &str) -> String {
        if self.kept.contains(known) && self.given.insert(known.to_owned()) {
            return known.to_owned();
        }
        let mut base = slug(called);
        base.truncate(40);
        let base = if base.is_empty() { otherwise } else { base.trim_end_matches('-') };
        let is_free = |id: &String| !self.kept.contains(id) && !self.given.contains(id);
        let mut id = base.to_owned();
        let mut number = 2;
        while !is_free(&id) {
            id = format!("{base}-{number}");
            number += 1;
        }
        self.given.insert(id.clone());
        id
    }
}
