//! Reads a form field by field, and notes what has to be put right.

use crate::accounts::person::{Email, PersonName};
use crate::desk::{Faults, Fields};
use crate::text::identity_number;

pub struct Reader<'a> {
    form: &'a Fields,
    pub faults: Faults,
    /// Whose fields are being read, where there are several people: "Person 2". Stands before what is wrong with them.
    pub whose: String,
}

impl<'a> Reader<'a> {
    pub fn new(form: &'a Fields) -> Self {
        Self { form, faults: Faults::default(), whose: String::new() }
    }

    /// Notes what has to be put right. The sentence can be understood far from its field.
    pub fn fault(&mut self, field: &str, sentence: impl Into<String>) {
        let sentence = sentence.into();
        let whole = if self.whose.is_empty() { sentence } else { format!("{}: {sentence}", self.whose) };
        self.faults.add(field, whole);
    }

    pub fn get(&self, field: &str) -> &'a str {
        self.form.get(field).trim()
    }

    /// Every value of a field but the empty ones, each once.
    pub fn all(&self, field: &str) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for value in self.form.all(field).map(str::trim).filter(|value| !value.is_empty()) {
            if !all.iter().any(|known| known == value) {
                all.push(value.to_owned());
            }
        }
        all
    }

    /// One line, which may be empty.
    pub fn line(&mut self, field: &str, longest: usize) -> String {
        let line = self.get(field).split_whitespace().collect::<Vec<_>>().join(" ");
        self.looked_at(field, line, longest)
    }

    /// One line that must be there; `missing` asks for it.
    pub fn needed(&mut self, field: &str, longest: usize, missing: &str) -> String {
        let line = self.line(field, longest);
        if line.is_empty() {
            self.fault(field, missing);
        }
        line
    }

    /// Several lines, which may be empty.
    pub fn text(&mut self, field: &str, longest: usize) -> String {
        // Browsers send each line break as two signs (HTML, 4.10.21.4), and count it as one.
        let text = self.get(field).replace("\r\n", "\n");
        self.looked_at(field, text, longest)
    }

    fn looked_at(&mut self, field: &str, text: String, longest: usize) -> String {
        let called = called(field);
        if identity_number::holds_one(&text) {
            self.fault(
                field,
                format!(
                    "Ta bort personnumret {called}: vi tar inte emot några. Är det ett annat nummer, skriv det med mellanslag."
                ),
            );
        }
        if text.chars().count() > longest {
            self.fault(field, format!("Korta ner texten {called} till högst {longest} tecken."));
        }
        text
    }

    /// `missing` asks for a name that must be there; without it the field may be empty.
    pub fn name(&mut self, field: &str, missing: Option<&str>) -> Option<PersonName> {
        let line = self.line(field, 120);
        let name = PersonName::parse(&line);
        match missing {
            Some(missing) if line.is_empty() => self.fault(field, missing),
            _ if name.is_none() && !line.is_empty() => {
                self.fault(field, "Skriv namnet med bokstäver, utan < och >.");
            }
            _ => {}
        }
        name
    }

    /// `missing` asks for an address that must be there; without it the field may be empty.
    pub fn email(&mut self, field: &str, missing: Option<&str>) -> Option<Email> {
        let line = self.line(field, 254);
        let email = Email::parse(&line);
        match missing {
            Some(missing) if line.is_empty() => self.fault(field, missing),
            _ if email.is_none() && !line.is_empty() => {
                self.fault(field, "Skriv en e-postadress, till exempel namn@exempel.se.");
            }
            _ => {}
        }
        email
    }
}

/// Where a field is, as its label has it: "under ”Kost”".
fn called(field: &str) -> &'static str {
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let name = field.rsplit_once('-').filter(|(_, person)| is_number(person)).map_or(field, |(name, _)| name);
    match name {
        "namn" | "kontakt-namn" => "i namnet",
        "epost" | "kontakt-epost" => "i e-postadressen",
        "roll" => "under ”Yrke eller uppdrag”",
        "organisation" => "under ”Organisation”",
        "alias" => "i namnet som andra får se",
        "kontaktvag" => "i det du har skrivit om hur arrangören når dig",
        "kost" => "under ”Kost”",
        "tillganglighet" => "under ”Tillgänglighet”",
        "kod" => "i koden",
        "orgnr" => "under ”Organisationsnummer”",
        "gln" => "under ”GLN”",
        "referens" => "under ”Er referens”",
        "fakturaadress" => "i fakturaadressen",
        _ => "i svaret",
    }
}
