//! The form of a plan as somebody typed it: fields by name, and rows of what there may be several of. Nothing is lost
//! here and nothing judged; [`super::plan_read`] makes a plan of it.
//!
//! A row is named after its part and a number, `program-3`, and its fields after the row, `program-3-rubrik`. The field
//! `program` holds the numbers, in the order in which the rows stand. Rows may have rows: `fraga-0-val-2-text`.

use crate::counties;
use crate::desk::Fields;
use crate::events::plan::{Attendance, LimitedBy, Limits, Place, Plan, Session, Track};
use crate::events::questions::{Condition, Kind, Question};
use jiff::civil::DateTime;

/// So many rows of one part: more is a mistake, or mischief.
pub const MOST_ROWS: usize = 200;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanTyped {
    fields: Vec<(String, String)>,
}

/// What a button of the form asks for besides saving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Add {
        part: String,
    },
    Remove {
        row: String,
    },
    /// Before the row above it.
    Raise {
        row: String,
    },
}

impl Change {
    /// As a button's value: `ny:program`, `bort:program-3`, `upp:fraga-1`.
    pub fn parse(text: &str) -> Option<Self> {
        let (act, what) = text.split_once(':')?;
        let what = what.to_owned();
        match act {
            "ny" => Some(Self::Add { part: what }),
            "bort" => Some(Self::Remove { row: what }),
            "upp" => Some(Self::Raise { row: what }),
            _ => None,
        }
    }
}

impl PlanTyped {
    pub fn read(form: &Fields) -> Self {
        let fields = form.iter().map(|(name, value)| (name.to_owned(), value.replace("\r\n", "\n"))).collect();
        Self { fields }
    }

    /// Names and values, in the order in which they would be sent.
    pub fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// The first value of that name; empty if there is none.
    pub fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(known, _)| known == name)
    }

    /// The rows of a part by name, in their order.
    pub fn rows(&self, part: &str) -> Vec<String> {
        let mut rows = Vec::new();
        for number in self.numbers(part) {
            let row = format!("{part}-{number}");
            if !rows.contains(&row) && rows.len() < MOST_ROWS {
                rows.push(row);
            }
        }
        rows
    }

    fn numbers<'a>(&'a self, part: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.all(part).filter_map(|number| number.parse().ok())
    }

    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let (name, value) = (name.into(), value.into());
        match self.fields.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = value,
            None => self.fields.push((name, value)),
        }
    }

    /// The name of a new, empty row at the end of a part.
    pub fn add_row(&mut self, part: &str) -> String {
        let number = self.numbers(part).max().map_or(0, |last| last.saturating_add(1));
        self.fields.push((part.to_owned(), number.to_string()));
        format!("{part}-{number}")
    }

    /// Does what a button asked for, and tells where on the page that was.
    pub fn change(&mut self, change: &Change) -> String {
        match change {
            Change::Add { part } => {
                let row = self.add_row(part);
                // A question that is chosen from has two answers at least, and there may be many.
                if part.ends_with("-val") {
                    (self.rows(part).len()..2).for_each(|_| drop(self.add_row(part)));
                }
                row
            }
            Change::Remove { row } => {
                let Some((part, number)) = row.rsplit_once('-') else { return String::new() };
                let within = format!("{row}-");
                let goes = |name: &str, value: &str| (name == part && value == number) || name.starts_with(&within);
                self.fields.retain(|(name, value)| !goes(name, value));
                part.to_owned()
            }
            Change::Raise { row } => {
                let Some((part, number)) = row.rsplit_once('-') else { return String::new() };
                let places: Vec<usize> = (0..self.fields.len()).filter(|at| self.fields[*at].0 == part).collect();
                if let Some(at) = places.iter().position(|at| self.fields[*at].1 == number)
                    && at > 0
                {
                    self.fields.swap(places[at - 1], places[at]);
                }
                row.clone()
            }
        }
    }

    pub fn of(plan: &Plan) -> Self {
        let mut typed = Self::default();
        typed.write(plan);
        typed
    }

    fn write(&mut self, plan: &Plan) {
        self.set("titel", &plan.title);
        self.set("ingress", &plan.lead);
        self.set("text", &plan.text);
        let audiences = plan.audiences.iter().map(|audience| ("malgrupper".to_owned(), audience.slug().to_owned()));
        self.fields.extend(audiences);
        self.moment("borjar", plan.starts);
        self.moment("slutar", plan.ends);
        self.moment("oppnar", plan.opens);
        self.moment("stanger", plan.closes);
        if let Some(Place { name, address, town, map, travel }) = &plan.place {
            self.set("plats-namn", name);
            self.set("plats-adress", address);
            self.set("plats-ort", town);
            self.set("plats-karta", map.as_deref().unwrap_or_default());
            self.set("plats-resa", travel);
        }
        plan.programme.iter().for_each(|session| self.session(session));
        for speaker in &plan.speakers {
            let row = self.add_row("talare");
            self.set(format!("{row}-namn"), &speaker.name);
            self.set(format!("{row}-roll"), &speaker.role);
        }
        self.set("fordelas", plan.limited_by.map_or("", limited_by));
        plan.tracks.iter().for_each(|track| self.track(track, plan.limited_by));
        plan.questions.iter().for_each(|question| self.question(question));
        self.conditions(&plan.questions);
        self.tick("fragar-behov", plan.asks_needs);
        self.set("storsta-grupp", plan.largest_party.to_string());
        self.set("svarstid", plan.offer_hours.to_string());
        self.tick("bara-inbjudna", plan.by_invitation);
        if let Some(fee) = &plan.fee {
            self.set("avgift-belopp", fee.amount.to_string());
            self.moment("avgift", fee.free_until);
        }
        self.set("kontakt-namn", &plan.contact.name);
        self.set("kontakt-epost", &plan.contact.email);
        self.set("kontakt-telefon", &plan.contact.phone);
        self.tick("oppna-mejl", plan.open_mail);
        self.set("sammanfattning", &plan.summary);
        self.set("oppna-fragor", plan.open_questions.join("\n"));
    }

    fn session(&mut self, session: &Session) {
        let row = self.add_row("program");
        self.set(format!("{row}-id"), &session.id);
        self.moment(&row, session.starts);
        self.set(format!("{row}-till"), time(session.ends));
        self.set(format!("{row}-rubrik"), &session.title);
        self.set(format!("{row}-text"), &session.text);
        self.set(format!("{row}-talare"), session.speakers.join("\n"));
        self.set(format!("{row}-platser"), number(session.seats));
    }

    fn track(&mut self, track: &Track, by: Option<LimitedBy>) {
        let row = self.add_row("spar");
        let Limits { each, reserved, release } = &track.limits;
        self.set(format!("{row}-id"), &track.id);
        self.set(format!("{row}-namn"), &track.name);
        self.set(format!("{row}-deltar"), attendance(track.attendance));
        self.set(format!("{row}-platser"), number(track.seats));
        self.tick(&format!("{row}-godkanns"), track.approval);
        self.set(format!("{row}-pris"), track.price.to_string());
        self.set(format!("{row}-sandning"), &track.broadcast);
        self.set(format!("{row}-var"), number(*each));
        self.set(format!("{row}-slapps"), release.map(|day| day.to_string()).unwrap_or_default());
        for one in reserved {
            let county = counties::find(&one.group).filter(|_| by == Some(LimitedBy::County));
            let part = self.add_row(&format!("{row}-reserv"));
            self.set(format!("{part}-vem"), county.map_or(one.group.as_str(), |county| county.name));
            self.set(format!("{part}-platser"), one.seats.to_string());
        }
    }

    fn question(&mut self, question: &Question) {
        let row = self.add_row("fraga");
        self.set(format!("{row}-id"), &question.id);
        self.set(format!("{row}-fraga"), &question.label);
        self.set(format!("{row}-hjalp"), &question.help);
        self.set(format!("{row}-slag"), kind(question.kind));
        self.tick(&format!("{row}-maste"), question.required);
        for choice in &question.choices {
            let part = self.add_row(&format!("{row}-val"));
            self.set(format!("{part}-id"), &choice.id);
            self.set(format!("{part}-text"), &choice.label);
            self.set(format!("{part}-platser"), number(choice.seats));
        }
    }

    /// Conditions name the row of the answer that they wait for: what is new has no id yet.
    fn conditions(&mut self, questions: &[Question]) {
        for (at, question) in questions.iter().enumerate() {
            let Some(Condition { question: asked, choice }) = &question.only_if else { continue };
            let before = questions.iter().position(|question| question.id == *asked);
            let row = before.and_then(|before| {
                let chosen = questions[before].choices.iter().position(|known| known.id == *choice)?;
                Some(format!("fraga-{before}-val-{chosen}"))
            });
            self.set(format!("fraga-{at}-om"), row.unwrap_or_default());
        }
    }

    fn moment(&mut self, name: &str, at: DateTime) {
        self.set(format!("{name}-dag"), at.date().to_string());
        self.set(format!("{name}-tid"), time(at));
    }

    fn tick(&mut self, name: &str, is_so: bool) {
        if is_so {
            self.set(name, "ja");
        }
    }

    /// What somebody else has in a field where this has something else, as `(what the field is called, their value)`.
    pub fn differs_from(&self, theirs: &Self) -> Vec<(String, String)> {
        let mut seen = Vec::new();
        let mut told = Vec::new();
        let names = theirs.fields.iter().chain(&self.fields).map(|(name, _)| name.as_str());
        for name in names.filter(|name| !NOT_TOLD.iter().any(|part| name.ends_with(part))) {
            let (mine, other): (Vec<_>, Vec<_>) = (self.all(name).collect(), theirs.all(name).collect());
            if mine != other && !seen.contains(&name) {
                seen.push(name);
                told.push((theirs.called(name), other.join(", ")));
            }
        }
        told
    }

    /// What a field is called where its row is not seen: "Programpunkt 3: Rubrik".
    pub fn called(&self, name: &str) -> String {
        let mut told = String::new();
        let parts: Vec<&str> = name.split('-').collect();
        for at in 1..parts.len() {
            let (part, row) = (parts[..at].join("-"), parts[..=at].join("-"));
            if parts[at].parse::<usize>().is_ok() {
                let place = self.rows(&part).iter().position(|known| *known == row);
                told.push_str(&format!("{}: ", row_label(&row, place.unwrap_or(0))));
            }
        }
        format!("{told}{}", label(name))
    }
}

/// Fields that nobody types.
const NOT_TOLD: [&str; 3] = ["version", "gor", "-id"];

/// What each field is called, by its name without numbers.
const LABELS: [(&str, &str); 56] = [
    ("titel", "Rubrik"),
    ("ingress", "Ingress"),
    ("text", "Text"),
    ("malgrupper", "Vem är det för?"),
    ("borjar-dag", "Börjar, dag"),
    ("borjar-tid", "Börjar, klockan"),
    ("slutar-dag", "Slutar, dag"),
    ("slutar-tid", "Slutar, klockan"),
    ("plats-namn", "Lokal"),
    ("plats-adress", "Gatuadress"),
    ("plats-ort", "Ort"),
    ("plats-karta", "Länk till karta"),
    ("plats-resa", "Hitta hit, och lokalens tillgänglighet"),
    ("program", "Programpunkter"),
    ("program-dag", "Dag"),
    ("program-tid", "Från"),
    ("program-till", "Till"),
    ("program-rubrik", "Rubrik"),
    ("program-text", "Beskrivning"),
    ("program-talare", "Medverkande"),
    ("program-platser", "Platser, om punkten väljs"),
    ("talare", "Medverkande"),
    ("talare-namn", "Namn"),
    ("talare-roll", "Titel eller roll"),
    ("spar", "Sätt att delta"),
    ("spar-namn", "Namn"),
    ("spar-deltar", "Hur?"),
    ("spar-platser", "Antal platser"),
    ("spar-godkanns", "Vi godkänner varje anmälan"),
    ("spar-pris", "Pris i kronor"),
    ("spar-sandning", "Länk till sändningen"),
    ("spar-var", "Högst så många var"),
    ("spar-slapps", "Allas platser från och med"),
    ("spar-reserv", "Reserverade platser"),
    ("spar-reserv-vem", "Till vem?"),
    ("spar-reserv-platser", "Antal"),
    ("oppnar-dag", "Anmälan öppnar, dag"),
    ("oppnar-tid", "Anmälan öppnar, klockan"),
    ("stanger-dag", "Anmälan stänger, dag"),
    ("stanger-tid", "Anmälan stänger, klockan"),
    ("fordelas", "Fördela platserna på"),
    ("fraga", "Frågor"),
    ("fraga-fraga", "Fråga"),
    ("fraga-hjalp", "Hjälptext"),
    ("fraga-slag", "Svaret är"),
    ("fraga-maste", "Måste besvaras"),
    ("fraga-om", "Ställs bara till den som svarat"),
    ("fraga-val", "Svar att välja på"),
    ("fraga-val-text", "Svar"),
    ("fraga-val-platser", "Högst så många"),
    ("fragar-behov", "Fråga om kost och tillgänglighet"),
    ("storsta-grupp", "Så många får en person anmäla på en gång"),
    ("svarstid", "Arbetstimmar att svara på ett erbjudande om plats"),
    ("bara-inbjudna", "Bara den som har en personlig kod får anmäla sig"),
    ("sammanfattning", "Sammanfattning efteråt"),
    ("oppna-fragor", "Frågor som tas vidare"),
];

const MORE_LABELS: [(&str, &str); 7] = [
    ("avgift-belopp", "Avgift i kronor"),
    ("avgift-dag", "Avbokning utan avgift, till dag"),
    ("avgift-tid", "Avbokning utan avgift, till klockan"),
    ("kontakt-namn", "Funktion"),
    ("kontakt-epost", "E-post"),
    ("kontakt-telefon", "Telefon"),
    ("oppna-mejl", "Skriv ut rubriken i mejl och kalendrar"),
];

/// What one of several is called, by its part.
const ROWS: [(&str, &str); 6] = [
    ("program", "Programpunkt"),
    ("talare", "Medverkande"),
    ("spar", "Sätt att delta"),
    ("spar-reserv", "Reservation"),
    ("fraga", "Fråga"),
    ("fraga-val", "Svar"),
];

/// May there be several of what stands under this name without numbers?
pub fn has_rows(path: &str) -> bool {
    ROWS.iter().any(|(part, _)| *part == path)
}

fn without_numbers(name: &str) -> String {
    name.split('-').filter(|part| part.parse::<usize>().is_err()).collect::<Vec<_>>().join("-")
}

/// The label of a field, whatever row it stands in.
pub fn label(name: &str) -> &'static str {
    let path = without_numbers(name);
    LABELS.iter().chain(&MORE_LABELS).find(|(known, _)| *known == path).map_or("", |(_, label)| *label)
}

/// What a row is called: "Programpunkt 3".
pub fn row_label(row: &str, place: usize) -> String {
    let path = without_numbers(row);
    let called = ROWS.iter().find(|(known, _)| *known == path).map_or("", |(_, called)| *called);
    format!("{called} {}", place + 1)
}
fn number(count: Option<u32>) -> String {
    count.map(|count| count.to_string()).unwrap_or_default()
}

fn time(at: DateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

pub fn attendance(attendance: Attendance) -> &'static str {
    match attendance {
        Attendance::OnSite => "pa-plats",
        Attendance::Digital => "digitalt",
    }
}

pub fn limited_by(by: LimitedBy) -> &'static str {
    match by {
        LimitedBy::Organisation => "organisation",
        LimitedBy::County => "lan",
    }
}

pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::One => "ett",
        Kind::Several => "flera",
    }
}
