//! `content/kontakter.toml`: authorities and functions that texts refer to, never people.

use super::Problem;
use super::fields::{Checker, Day};
use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactSource {
    pub id: String,
    pub name: String,
    /// As people write it, and as a telephone dials it.
    pub phone: Option<(String, String)>,
    pub email: Option<String>,
    pub web: Option<String>,
    pub source: String,
    /// The day on which it was last held against the source.
    pub checked: Date,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    kontakt: Vec<Kontakt>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kontakt {
    id: Spanned<String>,
    namn: Spanned<String>,
    telefon: Option<Spanned<String>>,
    tel: Option<Spanned<String>>,
    epost: Option<Spanned<String>>,
    webb: Option<Spanned<String>>,
    kalla: Spanned<String>,
    kontrollerad: Day,
}

pub fn parse(path: &str, text: &str) -> Result<Vec<ContactSource>, Vec<Problem>> {
    let (file, mut check): (File, _) = Checker::read_file(path, text)?;
    let mut contacts = Vec::with_capacity(file.kontakt.len());
    for kontakt in &file.kontakt {
        let phone = match (&kontakt.telefon, &kontakt.tel) {
            (Some(phone), Some(dial)) => Some((check.text("telefon", phone), check.dial(dial))),
            (None, None) => None,
            (Some(one), None) | (None, Some(one)) => {
                check.fault(one.span().start, "`telefon` och `tel` hör ihop; skriv båda");
                None
            }
        };
        let email = kontakt.epost.as_ref().map(|email| check.text("epost", email));
        if let (Some(email), Some(written)) = (&kontakt.epost, &email)
            && !written.contains('@')
        {
            check.fault(email.span().start, format!("`epost` är ingen e-postadress: {written}"));
        }
        if phone.is_none() && email.is_none() && kontakt.webb.is_none() {
            check.fault(kontakt.id.span().start, "kontakten saknar väg dit; skriv telefon, epost eller webb");
        }
        contacts.push(ContactSource {
            id: check.slug("id", &kontakt.id),
            name: check.text("namn", &kontakt.namn),
            phone,
            email,
            web: check.https("webb", kontakt.webb.as_ref()),
            source: check.text("kalla", &kontakt.kalla),
            checked: kontakt.kontrollerad.0,
        });
    }
    check.finish(contacts)
}
