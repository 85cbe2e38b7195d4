//! `content/motsvarigheter/*.toml`: old section → new section.

use super::Problem;
use super::fields::{Checker, Day};
use app::law::CorrespondenceKind;
use app::law::place::Place;
use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

/// One table, from one instrument to the one that replaced it.
#[derive(Debug, Clone)]
pub struct CorrespondenceTable {
    pub from: String,
    pub to: String,
    pub checked_by: String,
    pub checked: Date,
    pub basis: String,
    pub rows: Vec<CorrespondenceRow>,
}

#[derive(Debug, Clone)]
pub struct CorrespondenceRow {
    pub from: Option<Place>,
    pub to: Vec<Place>,
    pub kind: CorrespondenceKind,
    pub about: String,
    pub line: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    fran: Spanned<String>,
    till: Spanned<String>,
    kontrollerad_av: Spanned<String>,
    datum: Day,
    underlag: Spanned<String>,
    #[serde(default)]
    rad: Vec<Rad>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rad {
    fran: Option<Spanned<String>>,
    #[serde(default)]
    till: Vec<Spanned<String>>,
    slag: Spanned<String>,
    #[serde(default)]
    om: String,
}

pub fn parse(path: &str, text: &str) -> Result<CorrespondenceTable, Vec<Problem>> {
    let (file, mut check): (File, _) = Checker::read_file(path, text)?;
    let rows = file.rad.iter().map(|row| read_row(row, &mut check)).collect();
    let table = CorrespondenceTable {
        from: check.instrument("fran", &file.fran),
        to: check.instrument("till", &file.till),
        checked_by: check.text("kontrollerad_av", &file.kontrollerad_av),
        checked: file.datum.0,
        basis: check.text("underlag", &file.underlag),
        rows,
    };
    check.finish(table)
}

fn read_row(row: &Rad, check: &mut Checker) -> CorrespondenceRow {
    let at = row.slag.span().start;
    let kind = CorrespondenceKind::parse(row.slag.get_ref());
    match (kind, &row.fran, row.till.is_empty()) {
        (None, ..) => {
            let known = CorrespondenceKind::ALL.map(|(_, name)| name).join(", ");
            check.fault(at, format!("okänt slag `{}`; välj bland {known}", row.slag.get_ref()));
        }
        (Some(CorrespondenceKind::New), Some(_), _) => {
            check.fault(at, "det som är nytt har ingen äldre plats; ta bort `fran`")
        }
        (Some(CorrespondenceKind::Gone), _, false) => {
            check.fault(at, "det som upphört har ingen ny plats; ta bort `till`")
        }
        (Some(kind), None, _) if kind != CorrespondenceKind::New => check.fault(at, "raden saknar `fran`"),
        (Some(kind), _, true) if kind != CorrespondenceKind::Gone => check.fault(at, "raden saknar `till`"),
        _ => {}
    }
    let line = check.line_of(&row.slag);
    let mut place = |value: &Spanned<String>| {
        let place = value.get_ref().parse::<Place>();
        if place.is_err() {
            check
                .fault(value.span().start, format!("`{}` är ingen plats; skriv till exempel K5P11S1", value.get_ref()));
        }
        place.ok()
    };
    CorrespondenceRow {
        from: row.fran.as_ref().and_then(&mut place),
        to: row.till.iter().filter_map(&mut place).collect(),
        kind: kind.unwrap_or(CorrespondenceKind::Changed),
        about: row.om.trim().to_owned(),
        line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "fran = 'sfs/2001:453'\ntill = 'sfs/2025:400'\nkontrollerad_av = 'Redaktionen'\ndatum = 2026-11-21\nunderlag = 'Lagtexten.'\n";

    #[test]
    fn a_row_leads_from_old_to_new() {
        let table = parse(
            "motsvarigheter/a.toml",
            &format!("{HEAD}[[rad]]\nfran = 'K5P11S1'\ntill = ['K13P1S1']\nslag = 'ändrad'\nom = 'x'\n"),
        )
        .unwrap();
        assert_eq!(table.rows[0].from.unwrap().to_string(), "K5P11S1");
        assert_eq!(table.rows[0].to[0].to_string(), "K13P1S1");
    }

    #[test]
    fn each_fault_is_named_with_its_line() {
        for (row, line, message) in [
            ("fran = 'K5P11'\nslag = 'ändrad'\n", 8, "saknar `till`"),
            ("till = ['K5P11']\nslag = 'lika'\n", 8, "saknar `fran`"),
            ("fran = '5:11'\ntill = ['K1']\nslag = 'lika'\n", 7, "ingen plats"),
            ("fran = 'K1'\ntill = ['K1']\nslag = 'ny'\n", 9, "ta bort `fran`"),
            ("fran = 'K1'\ntill = ['K1']\nslag = 'upphörd'\n", 9, "ta bort `till`"),
            ("fran = 'K1'\ntill = ['K1']\nslag = 'x'\n", 9, "okänt slag"),
        ] {
            let problems = parse("motsvarigheter/a.toml", &format!("{HEAD}[[rad]]\n{row}")).unwrap_err();
            assert!(problems.iter().any(|p| p.line == line && p.message.contains(message)), "{row}\n{problems:?}");
        }
    }
}
