//! A list of people to be invited, pasted out of a table: a line for each. Pure.

use super::NewInvited;
use crate::accounts::person::{Email, PersonName};

/// So many at once.
pub const LONGEST: usize = 2_000;

/// A line that could not be read, by its number from 1, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    pub line: usize,
    pub why: &'static str,
}

/// Lines of `kommun; roll; namn; e-post`, with semicolons or tabs. Somebody who stands there twice is invited once. All
/// of it is read, or nothing.
pub fn read(text: &str) -> Result<Vec<NewInvited>, Vec<Unread>> {
    let (mut people, mut unread): (Vec<NewInvited>, Vec<Unread>) = (Vec::new(), Vec::new());
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match person(line) {
            Ok(person) if people.iter().any(|known| known.email == person.email) => {}
            Ok(person) => people.push(person),
            Err(why) => unread.push(Unread { line: at + 1, why }),
        }
        if people.len() > LONGEST {
            return Err(vec![Unread { line: at + 1, why: "Dela upp listan: den är för lång." }]);
        }
    }
    if unread.is_empty() { Ok(people) } else { Err(unread) }
}

fn person(line: &str) -> Result<NewInvited, &'static str> {
    let parts: Vec<String> =
        line.split([';', '\t']).map(|part| part.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let [municipality, role, name, email] = parts.as_slice() else {
        return Err("Det ska vara fyra delar: kommun; roll; namn; e-post.");
    };
    if municipality.is_empty() || municipality.chars().count() > 80 {
        return Err("Skriv kommunen först på raden.");
    }
    if role.is_empty() || role.chars().count() > 80 {
        return Err("Skriv rollen efter kommunen, till exempel politiker eller chef.");
    }
    Ok(NewInvited {
        municipality: municipality.clone(),
        role: role.to_lowercase(),
        name: PersonName::parse(name).ok_or("Skriv namnet efter rollen.")?,
        email: Email::parse(email).ok_or("E-postadressen går inte att använda.")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_list_is_read_a_line_each() {
        let read = read("Borås; Politiker; Åsa Ek; asa@boras.example\r\n\nAle\tchef\tBo  Berg\tbo@ale.example\nAle;chef;Bo Berg;BO@ale.example").unwrap();
        let told: Vec<_> =
            read.iter().map(|one| (one.municipality.as_str(), one.role.as_str(), one.name.as_str())).collect();
        assert_eq!(told, [("Borås", "politiker", "Åsa Ek"), ("Ale", "chef", "Bo Berg")]);
    }

    #[test]
    fn every_line_that_cannot_be_read_is_named() {
        let unread = read("Borås; politiker; Åsa Ek\nAle;chef;Bo;bo@ale.example\n;chef;Bo;b@a.example\nAle;chef;Bo;bo")
            .unwrap_err();
        assert_eq!(unread.iter().map(|one| one.line).collect::<Vec<_>>(), [1, 3, 4]);
    }
}
