//! From the form on which somebody registers to an [`Application`], or to what has to be put right.

use super::invoice::{self, Invoice};
use super::plan::{Plan, Track};
use super::questions::{self, Answers, Kind};
use super::reader::Reader;
use super::{Application, ContactPerson, Needs, Participant, Protected};
use crate::accounts::person::PersonName;
use crate::counties::{self, County};
use crate::desk::{Faults, Fields};

/// More is never asked for at once, whatever a plan says.
pub const LARGEST_PARTY: u32 = 30;
pub const LONGEST_LINE: usize = 200;
pub const LONGEST_NEED: usize = 1_000;
pub const LONGEST_ROLE: usize = 120;
/// What stands in `lan` for whoever works in no county.
pub const NO_COUNTY: &str = "inget";

/// The form as it was typed, to be shown again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// The same form sent twice brings the same key.
    pub key: String,
    form: Fields,
}

impl Typed {
    /// `new_key` is for a form that brings none, or one that somebody could guess: the key opens what came of the form.
    pub fn read(form: Fields, new_key: impl FnOnce() -> String) -> Self {
        let key = form.get("nyckel");
        let is_key = (22..=64).contains(&key.len())
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        let key = if is_key { key.to_owned() } else { new_key() };
        Self { key, form }
    }

    pub fn get(&self, field: &str) -> &str {
        self.form.get(field)
    }

    pub fn all(&self, field: &str) -> Vec<String> {
        self.form.all(field).map(str::to_owned).collect()
    }

    pub fn has(&self, field: &str, value: &str) -> bool {
        self.form.all(field).any(|chosen| chosen == value)
    }

    /// How many people the form is for.
    pub fn persons(&self) -> u32 {
        self.get("antal").parse().map_or(1, |persons: u32| persons.clamp(1, LARGEST_PARTY))
    }

    pub fn is_protected(&self) -> bool {
        !self.get("skyddad").is_empty()
    }
}

/// The name of a field of the first person, or of one that follows: `namn`, `namn-2`.
pub fn of_person(field: &str, person: u32) -> String {
    if person <= 1 { field.to_owned() } else { format!("{field}-{person}") }
}

/// Must whoever takes part so say where a bill goes?
pub fn needs_invoice(plan: &Plan, track: &Track) -> bool {
    track.price > 0 || plan.fee.is_some()
}

/// In the order of the form, so that what has to be put right is told in that order.
pub fn parse(plan: &Plan, typed: &Typed) -> Result<Application, Faults> {
    let mut read = Reader::new(&typed.form);
    let persons = typed.persons();
    if persons > plan.largest_party.max(1) {
        read.fault("", format!("Ni kan vara högst {} i samma anmälan. Dela upp er på flera.", plan.largest_party));
    }
    let code = code(&mut read, plan);
    let track = track(&mut read, plan);
    let who = if persons == 1 { alone(&mut read, plan, typed) } else { several(&mut read, plan, persons) };
    let answers = answers(&mut read, plan, typed);
    let invoice = track.filter(|track| needs_invoice(plan, track)).map(|_| invoice(&mut read));
    match track {
        Some(track) if read.faults.is_empty() => Ok(Application {
            form_key: typed.key.clone(),
            track: track.id.clone(),
            people: who.people,
            contact: who.contact,
            organisation: who.organisation,
            county: who.county,
            answers,
            invoice,
            code,
        }),
        _ => Err(read.faults),
    }
}

struct Who {
    people: Vec<Participant>,
    contact: Option<ContactPerson>,
    organisation: String,
    county: Option<&'static County>,
}

fn code(read: &mut Reader, plan: &Plan) -> Option<String> {
    let code = if plan.by_invitation {
        read.needed("kod", LONGEST_LINE, "Skriv koden som står i din inbjudan.")
    } else {
        read.line("kod", LONGEST_LINE)
    };
    (!code.is_empty()).then_some(code)
}

fn track<'p>(read: &mut Reader, plan: &'p Plan) -> Option<&'p Track> {
    let chosen = match (read.get("deltagande"), plan.tracks.as_slice()) {
        // Where there is one way only, nothing is asked.
        ("", [only]) => Some(only),
        (id, _) => plan.track(id),
    };
    if chosen.is_none() {
        read.fault("deltagande", "Välj hur du vill delta.");
    }
    chosen
}

fn alone(read: &mut Reader, plan: &Plan, typed: &Typed) -> Who {
    let is_protected = typed.is_protected();
    let name = read.name("namn", Some("Skriv ditt namn."));
    // With protected identity the way to be reached may be another one.
    let email = read.email("epost", (!is_protected).then_some("Skriv din e-postadress: dit kommer bekräftelsen."));
    let role = read.line("roll", LONGEST_ROLE);
    let organisation = organisation(read);
    let county = county(read);
    let hidden = is_protected.then(|| protected(read, email.is_some()));
    let workshops = workshops(read, plan, "pass");
    let needs = if plan.asks_needs { needs(read) } else { Needs::default() };
    let (name, protected) = match hidden {
        Some((alias, channel)) => {
            let real_name = name.map(String::from).unwrap_or_default();
            (alias, Some(Protected { real_name, channel }))
        }
        None => (name, None),
    };
    let person = Participant { name, email, role, workshops, needs, protected };
    Who { people: vec![person], contact: None, organisation, county }
}

/// Names and addresses may come later. Needs are told by each on a page of their own, and to nobody who registers others.
fn several(read: &mut Reader, plan: &Plan, persons: u32) -> Who {
    let name = read.name("kontakt-namn", Some("Skriv ditt namn, så att arrangören vet vem som har anmält er."));
    let email = read.email("kontakt-epost", Some("Skriv din e-postadress: dit kommer bekräftelsen."));
    let contact = name.zip(email).map(|(name, email)| ContactPerson { name, email });
    let organisation = organisation(read);
    let county = county(read);
    let people = (1..=persons).map(|person| {
        read.whose = format!("Person {person}");
        Participant {
            name: read.name(&of_person("namn", person), None),
            email: read.email(&of_person("epost", person), None),
            role: read.line(&of_person("roll", person), LONGEST_ROLE),
            workshops: workshops(read, plan, &of_person("pass", person)),
            needs: Needs::default(),
            protected: None,
        }
    });
    let people = people.collect();
    read.whose.clear();
    Who { people, contact, organisation, county }
}

pub fn organisation(read: &mut Reader) -> String {
    read.needed("organisation", LONGEST_LINE, "Skriv var du arbetar eller vilka du företräder.")
}

fn county(read: &mut Reader) -> Option<&'static County> {
    let chosen = read.get("lan");
    let county = counties::find(chosen);
    if county.is_none() && chosen != NO_COUNTY {
        read.fault("lan", "Välj länet som du arbetar i, eller att du inte arbetar i något särskilt län.");
    }
    county
}

/// The name that others see, and how the person wants to be reached.
fn protected(read: &mut Reader, has_email: bool) -> (Option<PersonName>, String) {
    let alias = read.name("alias", Some("Skriv namnet som ska stå på namnskylt och listor. Det får vara påhittat."));
    let channel = read.text("kontaktvag", LONGEST_NEED);
    if channel.is_empty() && !has_email {
        read.fault("kontaktvag", "Skriv hur arrangören når dig, eller fyll i en e-postadress.");
    }
    (alias, channel)
}

/// What somebody needs to take part, as the registration and its own page ask for it.
pub fn needs(read: &mut Reader) -> Needs {
    Needs { diet: read.text("kost", LONGEST_NEED), access: read.text("tillganglighet", LONGEST_NEED) }
}

/// Ids of the workshops that were ticked: those that there are, and no two at the same time.
pub fn workshops(read: &mut Reader, plan: &Plan, field: &str) -> Vec<String> {
    let chosen = read.all(field);
    let sessions: Vec<_> = plan.workshops().filter(|session| chosen.contains(&session.id)).collect();
    if sessions.len() < chosen.len() {
        read.fault(field, "Ett av passen finns inte längre. Välj bland dem som finns nu.");
    }
    for (at, one) in sessions.iter().enumerate() {
        if let Some(other) = sessions[at + 1..].iter().find(|other| one.overlaps(other)) {
            read.fault(field, format!("”{}” och ”{}” är samtidigt. Välj ett av dem.", one.title, other.title));
        }
    }
    chosen
}

fn answers(read: &mut Reader, plan: &Plan, typed: &Typed) -> Answers {
    // Written answers are looked at as all other text is; which of them count is decided below.
    let answers = questions::answers(&plan.questions, |field| typed.form.all(field).collect());
    let asked = |id: &str| plan.questions.iter().find(|question| question.id == id);
    match answers {
        Ok(answers) => {
            for question in answers.keys().filter_map(|id| asked(id)).filter(|question| question.kind == Kind::Text) {
                read.text(&question.field(), questions::LONGEST_ANSWER);
            }
            answers
        }
        Err(faults) => {
            for (id, fault) in faults {
                if let Some(question) = asked(&id) {
                    read.fault(&question.field(), format!("”{}” {}", question.label, fault.swedish(question.kind)));
                }
            }
            Answers::new()
        }
    }
}

fn invoice(read: &mut Reader) -> Invoice {
    let typed = read.needed("orgnr", LONGEST_LINE, "Skriv organisationsnumret för den som betalar.");
    let organisation_number = invoice::organisation_number(&typed).unwrap_or_default();
    if organisation_number.is_empty() {
        read.fault(
            "orgnr",
            "Läs av organisationsnumret igen: det har tio siffror, och den sista stämmer inte med de andra.",
        );
    }
    let typed = read.line("gln", LONGEST_LINE);
    let gln = invoice::gln(&typed).unwrap_or_default();
    if gln.is_empty() && !typed.is_empty() {
        read.fault(
            "gln",
            "Läs av GLN igen: det har tretton siffror, och den sista stämmer inte med de andra. Lämna fältet tomt om ni inte har något.",
        );
    }
    let reference = read.needed("referens", LONGEST_LINE, "Skriv referensen som ska stå på fakturan.");
    let address = read.text("fakturaadress", LONGEST_NEED);
    if address.is_empty() && gln.is_empty() {
        read.fault("fakturaadress", "Skriv adressen dit fakturan ska, eller fyll i GLN.");
    }
    Invoice { organisation_number, gln, reference, address }
}

#[cfg(test)]
mod tests {
    use super::super::samples::a_plan;
    use super::*;

    const WHOLE: [(&str, &str); 6] = [
        ("nyckel", "0123456789abcdef0123456789abcdef"),
        ("deltagande", "plats"),
        ("namn", "Åsa  Ek"),
        ("epost", "Asa.Ek@kommun.example"),
        ("organisation", "Exempelby kommun"),
        ("lan", "skane"),
    ];

    /// The whole form, with other values for some fields; several for one field stand one after the other.
    fn typed(changes: &[(&str, &str)]) -> Typed {
        let kept = WHOLE.iter().filter(|(field, _)| !changes.iter().any(|(changed, _)| changed == field));
        let pairs = kept.chain(changes).map(|(field, value)| ((*field).to_owned(), (*value).to_owned()));
        Typed::read(Fields::new(pairs), || "new".into())
    }

    fn parsed(changes: &[(&str, &str)]) -> Result<Application, Faults> {
        parse(&a_plan(), &typed(changes))
    }

    /// The fields that have to be put right.
    fn at_fault(changes: &[(&str, &str)]) -> Vec<String> {
        parsed(changes).map_or_else(|faults| faults.iter().map(|(field, _)| field.to_owned()).collect(), |_| vec![])
    }

    #[test]
    fn a_form_that_is_filled_in_is_an_application() {
        let application = parsed(&[("pass", "samtal"), ("pass", "barn"), ("kost", "vegan\r\nutan nötter")]).unwrap();
        let person = &application.people[0];
        assert_eq!(application.form_key, "0123456789abcdef0123456789abcdef");
        assert_eq!(person.name.as_ref().unwrap().as_str(), "Åsa Ek");
        assert_eq!(person.email.as_ref().unwrap().as_str(), "asa.ek@kommun.example");
        assert_eq!(person.workshops, ["samtal", "barn"]);
        assert_eq!(person.needs.diet, "vegan\nutan nötter");
        assert_eq!(application.county.unwrap().name, "Skåne län");
        assert_eq!((application.contact, application.invoice, application.code), (None, None, None));
    }

    #[test]
    fn what_is_missing_is_told_in_the_order_of_the_form() {
        let empty = Typed::read(Fields::default(), || "new".into());
        let faults = parse(&a_plan(), &empty).unwrap_err();
        let fields: Vec<_> = faults.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["deltagande", "namn", "epost", "organisation", "lan"]);
        assert_eq!(at_fault(&[("epost", "åsa"), ("namn", "<b>")]), ["namn", "epost"]);
        assert_eq!(at_fault(&[("lan", "mordor")]), ["lan"]);
        assert!(parsed(&[("lan", NO_COUNTY)]).unwrap().county.is_none());
    }

    #[test]
    fn where_there_is_one_way_to_take_part_nothing_is_asked() {
        let mut plan = a_plan();
        plan.tracks.truncate(1);
        assert_eq!(parse(&plan, &typed(&[("deltagande", "")])).unwrap().track, "plats");
        assert!(parse(&plan, &typed(&[("deltagande", "hem")])).is_err());
    }

    #[test]
    fn two_workshops_at_the_same_time_are_named() {
        let faults = parsed(&[("pass", "samtal"), ("pass", "skydd")]).unwrap_err();
        assert_eq!(faults.of("pass").unwrap(), "”Samtalet” och ”Skyddet” är samtidigt. Välj ett av dem.");
        assert!(parsed(&[("pass", "skydd"), ("pass", "barn"), ("pass", "barn")]).is_ok());
        assert_eq!(at_fault(&[("pass", "inledning")]), ["pass"]);
    }

    #[test]
    fn whoever_has_protected_identity_is_called_by_the_alias() {
        let hidden = [("skyddad", "ja"), ("namn", "Riktiga Namnet"), ("alias", "Kim"), ("epost", "")];
        let with = |channel: &'static str| [&hidden[..], &[("kontaktvag", channel)]].concat();
        let application = parsed(&with("Ring min chef, 010-000 00 00.")).unwrap();
        let person = &application.people[0];
        assert_eq!(person.name.as_ref().unwrap().as_str(), "Kim");
        assert_eq!(person.protected.as_ref().unwrap().real_name, "Riktiga Namnet");
        assert_eq!(at_fault(&with("")), ["kontaktvag"]);
        assert_eq!(at_fault(&[("skyddad", "ja")]), ["alias"]);
        // Who has not ticked the box has no alias.
        let plain = parsed(&[("alias", "Kim"), ("kontaktvag", "Ring")]).unwrap();
        assert_eq!((plain.people[0].name.as_ref().unwrap().as_str(), &plain.people[0].protected), ("Åsa Ek", &None));
    }

    #[test]
    fn personal_identity_numbers_are_refused_wherever_they_are_typed() {
        for field in ["namn", "organisation", "roll", "kost", "tillganglighet"] {
            assert_eq!(at_fault(&[(field, "Åsa 811218-9876")]), [field]);
        }
        assert_eq!(at_fault(&[("fraga-resa", "buss"), ("fraga-hallplats", "198112189876")]), ["fraga-hallplats"]);
        assert_eq!(at_fault(&[("roll", &"x".repeat(121))]), ["roll"]);
    }

    #[test]
    fn questions_that_are_not_asked_are_not_answered() {
        assert_eq!(at_fault(&[("fraga-resa", "buss")]), ["fraga-hallplats"]);
        let application = parsed(&[("fraga-resa", "tag"), ("fraga-hallplats", "811218-9876")]).unwrap();
        assert_eq!(application.answers.keys().collect::<Vec<_>>(), ["resa"]);
    }

    #[test]
    fn who_pays_is_asked_where_something_costs() {
        assert_eq!(at_fault(&[("deltagande", "hem")]), ["orgnr", "referens", "fakturaadress"]);
        let bill = [("deltagande", "hem"), ("orgnr", "5560000001"), ("referens", "R 1")];
        let with = |more: &[(&'static str, &'static str)]| [&bill[..], more].concat();
        assert_eq!(at_fault(&with(&[])), ["fakturaadress"]);
        assert_eq!(at_fault(&with(&[("gln", "4012345000008"), ("fakturaadress", "Box 1")])), ["gln"]);
        let person = [("deltagande", "hem"), ("orgnr", "811218-9876"), ("referens", "R 1"), ("fakturaadress", "Box 1")];
        assert_eq!(at_fault(&person), ["orgnr"]);
        let invoice = parsed(&with(&[("gln", "4012345000009")])).unwrap().invoice.unwrap();
        assert_eq!((invoice.organisation_number.as_str(), invoice.gln.as_str()), ("556000-0001", "4012345000009"));
        let mut plan = a_plan();
        plan.fee = Some(super::super::plan::Fee { amount: 500, free_until: plan.opens });
        assert!(parse(&plan, &typed(&[])).is_err(), "a place that is given back late costs something");
    }

    #[test]
    fn only_who_is_invited_needs_a_code() {
        let mut plan = a_plan();
        assert_eq!(parse(&plan, &typed(&[("kod", " abc ")])).unwrap().code.as_deref(), Some("abc"));
        plan.by_invitation = true;
        assert_eq!(parse(&plan, &typed(&[])).unwrap_err().of("kod").unwrap(), "Skriv koden som står i din inbjudan.");
    }

    #[test]
    fn one_registers_several_and_their_names_may_come_later() {
        let party = [
            ("antal", "3"),
            ("kontakt-namn", "Åsa Ek"),
            ("kontakt-epost", "asa@kommun.example"),
            ("namn", "Bo Berg"),
            ("epost", "bo@kommun.example"),
            ("namn-3", "Di Dahl"),
            ("pass-3", "barn"),
            ("kost-3", "told by nobody but Di"),
        ];
        let application = parsed(&party).unwrap();
        let names: Vec<_> = application.people.iter().map(|person| person.name.clone().map(String::from)).collect();
        assert_eq!(names, [Some("Bo Berg".to_owned()), None, Some("Di Dahl".to_owned())]);
        assert_eq!(application.contact.unwrap().email.as_str(), "asa@kommun.example");
        assert!(application.people.iter().all(|person| person.needs.is_empty()));
        assert_eq!(at_fault(&[("antal", "3")]), ["kontakt-namn", "kontakt-epost"]);
        assert_eq!(at_fault(&[&party[1..], &[("antal", "6")]].concat()), [""]);
        let faults = parsed(&[&party[..], &[("epost-2", "bo")]].concat()).unwrap_err();
        assert_eq!(faults.of("epost-2").unwrap(), "Person 2: Skriv en e-postadress, till exempel namn@exempel.se.");
    }

    #[test]
    fn a_key_that_could_be_guessed_is_not_taken() {
        for weak in ["", "1", "abcdefghijklmnopqrstu", "0123456789abcdef0123456789abcde\""] {
            assert_eq!(typed(&[("nyckel", weak)]).key, "new");
        }
    }
}
