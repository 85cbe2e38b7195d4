//! `content/forkortningar.toml`: what instruments are called, and when.

use super::Problem;
use super::fields::{Checker, Day};
use crate::citations::{Naming, Period, Series};
use serde::Deserialize;
use toml::Spanned;

/// The whole file.
#[derive(Debug, Default)]
pub struct InstrumentNames {
    pub namings: Vec<Naming>,
    pub series: Vec<Series>,
    pub outside: Vec<Outside>,
}

/// Where references of one series lead when the portal has no page for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    pub series: String,
    /// With `{nummer}` in it.
    pub address: String,
    /// With `{plats}` in it; none if places have no addresses there.
    pub place: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    serie: Vec<Serie>,
    #[serde(default)]
    forkortning: Vec<Forkortning>,
    #[serde(default)]
    utlank: Vec<Utlank>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Utlank {
    serie: Spanned<String>,
    adress: Spanned<String>,
    plats: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Serie {
    kort: Spanned<String>,
    id: Spanned<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Forkortning {
    #[serde(default)]
    namn: Vec<Spanned<String>>,
    #[serde(default)]
    kort: Vec<Spanned<String>>,
    giltighet: Spanned<Vec<Giltighet>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Giltighet {
    mal: Spanned<String>,
    fran: Day,
    till: Option<Day>,
    kapitel: Option<bool>,
}

pub fn parse(path: &str, text: &str) -> Result<InstrumentNames, Vec<Problem>> {
    let (file, mut check): (File, _) = Checker::read_file(path, text)?;
    let mut taken = std::collections::BTreeSet::new();
    let mut namings = Vec::new();
    for entry in file.forkortning {
        for name in entry.namn.iter().chain(&entry.kort) {
            check.text("namn", name);
            if !taken.insert(name.get_ref().clone()) {
                check.fault(
                    name.span().start,
                    format!("`{}` står på två ställen; ett namn har en lista", name.get_ref()),
                );
            }
        }
        if entry.giltighet.get_ref().is_empty() {
            check.fault(entry.giltighet.span().start, "`giltighet` är tom; skriv vilken författning namnet avser");
        }
        let mut last = None;
        for period in entry.giltighet.get_ref() {
            check.instrument("mal", &period.mal);
            let overlaps =
                last.is_some_and(|last: Option<jiff::civil::Date>| last.is_none_or(|until| period.fran.0 < until));
            if overlaps || period.till.is_some_and(|until| until.0 <= period.fran.0) {
                check.fault(period.mal.span().start, "tiderna ska följa på varandra, äldst först, utan att överlappa");
            }
            last = Some(period.till.map(|day| day.0));
        }
        let plain = |list: Vec<Spanned<String>>| list.into_iter().map(Spanned::into_inner).collect();
        namings.push(Naming {
            names: plain(entry.namn),
            short: plain(entry.kort),
            periods: entry
                .giltighet
                .into_inner()
                .into_iter()
                .map(|period| Period {
                    instrument: period.mal.into_inner(),
                    from: period.fran.0,
                    until: period.till.map(|day| day.0),
                    chapters: period.kapitel,
                })
                .collect(),
        });
    }
    let series = file
        .serie
        .into_iter()
        .map(|serie| Series { short: check.text("kort", &serie.kort), id: check.text("id", &serie.id) })
        .collect();
    let outside = file
        .utlank
        .into_iter()
        .map(|link| Outside {
            series: check.text("serie", &link.serie),
            address: check.https("adress", Some(&link.adress)).unwrap_or_default(),
            place: link.plats,
        })
        .collect();
    check.finish(InstrumentNames { namings, series, outside })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_is_named_with_its_line() {
        let cases = [
            ("[[forkortning]]\nnamn = ['a']\ngiltighet = []\n", 3, "är tom"),
            (
                "[[forkortning]]\nnamn = ['a']\ngiltighet = [{ mal = '2001:453', fran = 2002-01-01 }]\n",
                3,
                "sfs/2001:453",
            ),
            (
                "[[forkortning]]\nnamn = ['a']\ngiltighet = [\n{ mal = 'sfs/1:1', fran = 2002-01-01 }]\n",
                4,
                "sfs/2001:453",
            ),
            (
                "[[forkortning]]\nkort = ['A', 'A']\ngiltighet = [{ mal = 'sfs/2001:1', fran = 2002-01-01 }]\n",
                2,
                "två ställen",
            ),
            (
                "[[forkortning]]\nkort = ['A']\ngiltighet = [\n{ mal = 'sfs/2001:1', fran = 2002-01-01 },\n\
                 { mal = 'sfs/2002:1', fran = 2003-01-01 }]\n",
                5,
                "följa på varandra",
            ),
        ];
        for (text, line, message) in cases {
            let problems = parse("forkortningar.toml", text).unwrap_err();
            assert!(problems.iter().any(|p| p.line == line && p.message.contains(message)), "{text}\n{problems:?}");
        }
    }
}
