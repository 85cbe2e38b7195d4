//! Reads a form field by field, and notes what has to be put right.

use crate::accounts::person::{Email, PersonName};
use crate::desk::{Faults, Fields};
use crate::text::identity_number;

pub struct Reader<'a> {
    form: &'a Fields,
    pub faults: Faults,
}

impl<'a> Reader<'a> {
    pub fn new(form: &'a Fields) -> Self {
        Self { form, faults: Faults::default() }
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
            self.faults.add(field, missing);
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
        if identity_number::holds_one(&text) {
            self.faults.add(
                field,
                "Det ser ut som ett personnummer. Ta bort det: vi tar inte emot några personnummer. \
                 Ett telefonnummer kan du skriva med mellanslag.",
            );
        }
        if text.chars().count() > longest {
            self.faults.add(field, format!("Korta ner texten till högst {longest} tecken."));
        }
        text
    }

    /// `missing` asks for a name that must be there; without it the field may be empty.
    pub fn name(&mut self, field: &str, missing: Option<&str>) -> Option<PersonName> {
        let line = self.line(field, 120);
        let name = PersonName::parse(&line);
        match missing {
            Some(missing) if line.is_empty() => self.faults.add(field, missing),
            _ if name.is_none() && !line.is_empty() => {
                self.faults.add(field, "Skriv namnet med bokstäver, utan < och >.");
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
            Some(missing) if line.is_empty() => self.faults.add(field, missing),
            _ if email.is_none() && !line.is_empty() => {
                self.faults.add(field, "Skriv en e-postadress, till exempel namn@exempel.se.");
            }
            _ => {}
        }
        email
    }
}
