//! `content/stodlinjer.toml`

use super::Problem;
use super::fields::{Checker, Day};
use app::help_lines::{ForWhom, HelpLine};
use serde::Deserialize;
use toml::Spanned;

pub type HelpLineSource = HelpLine;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    linje: Vec<Linje>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Linje {
    id: Spanned<String>,
    namn: Spanned<String>,
    #[serde(rename = "for")]
    for_whom: Spanned<String>,
    telefon: Spanned<String>,
    tel: Spanned<String>,
    oppet: Option<String>,
    beskrivning: Spanned<String>,
    kalla: Spanned<String>,
    kontrollerad: Day,
    webb: Option<Spanned<String>>,
    #[serde(default)]
    strip: bool,
}

pub fn parse(path: &str, text: &str) -> Result<Vec<HelpLineSource>, Vec<Problem>> {
    let (file, mut check): (File, _) = Checker::read_file(path, text)?;
    let mut lines = Vec::new();
    for linje in &file.linje {
        let for_whom = match linje.for_whom.get_ref().as_str() {
            "akut" => ForWhom::Emergency,
            "utsatt" => ForWhom::Exposed,
            "yrkesverksam" => ForWhom::Professional,
            "utovare" => ForWhom::Using,
            other => {
                let message = format!("`for` är akut, utsatt, yrkesverksam eller utovare, inte {other}");
                check.fault(linje.for_whom.span().start, message);
                ForWhom::Exposed
            }
        };
        lines.push(HelpLine {
            id: check.slug("id", &linje.id),
            name: check.text("namn", &linje.namn),
            for_whom,
            phone: check.text("telefon", &linje.telefon),
            dial: check.dial(&linje.tel),
            hours: linje.oppet.clone(),
            description: check.text("beskrivning", &linje.beskrivning),
            source: check.text("kalla", &linje.kalla),
            checked: linje.kontrollerad.0,
            web: check.https("webb", linje.webb.as_ref()),
            in_strip: linje.strip,
        });
    }
    if !lines.iter().any(|line| line.in_strip && line.dial == "112") {
        check.problems.push(Problem::new(
            path,
            1,
            "112 ska finnas och ha `strip = true`, så att numret står på varje sida",
        ));
    }
    check.finish(lines)
}
