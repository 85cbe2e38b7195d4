//! The 21 counties. Codes and names: Statistics Sweden's county codes.

#[derive(Debug, PartialEq, Eq)]
pub struct County {
    /// Two digits.
    pub code: &'static str,
    pub slug: &'static str,
    /// "Västra Götalands län"
    pub name: &'static str,
}

const fn county(code: &'static str, slug: &'static str, name: &'static str) -> County {
    County { code, slug, name }
}

pub static COUNTIES: [County; 21] = [
    county("01", "stockholm", "Stockholms län"),
    county("03", "uppsala", "Uppsala län"),
    county("04", "sodermanland", "Södermanlands län"),
    county("05", "ostergotland", "Östergötlands län"),
    county("06", "jonkoping", "Jönköpings län"),
    county("07", "kronoberg", "Kronobergs län"),
    county("08", "kalmar", "Kalmar län"),
    county("09", "gotland", "Gotlands län"),
    county("10", "blekinge", "Blekinge län"),
    county("12", "skane", "Skåne län"),
    county("13", "halland", "Hallands län"),
    county("14", "vastra-gotaland", "Västra Götalands län"),
    county("17", "varmland", "Värmlands län"),
    county("18", "orebro", "Örebro län"),
    county("19", "vastmanland", "Västmanlands län"),
    county("20", "dalarna", "Dalarnas län"),
    county("21", "gavleborg", "Gävleborgs län"),
    county("22", "vasternorrland", "Västernorrlands län"),
    county("23", "jamtland", "Jämtlands län"),
    county("24", "vasterbotten", "Västerbottens län"),
    county("25", "norrbotten", "Norrbottens län"),
];

/// By slug, as written in front matter and in addresses.
pub fn find(slug: &str) -> Option<&'static County> {
    COUNTIES.iter().find(|county| county.slug == slug)
}
