//! `content/tillganglighet.toml`: a missing part is a missing field, so a statement that is shown is complete.

use super::Problem;
use super::fields::{Checker, Day};
use app::accessibility::{Compliance, Exemption, Method, Shortcoming, Statement};
use serde::Deserialize;
use toml::Spanned;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    ingress: Option<String>,
    aktor: Spanned<String>,
    tjanst: Spanned<String>,
    forenlighet: Spanned<String>,
    forenlighet_beskrivning: Option<String>,
    standard: Spanned<String>,
    standard_beskrivning: Option<String>,
    bedomd: Day,
    uppdaterad: Day,
    metod: Spanned<String>,
    metod_beskrivning: Spanned<String>,
    brist: Option<Vec<Brist>>,
    anmalan: Anmalan,
    tillsyn: Tillsyn,
    undantag_betungande: Vec<Undantag>,
    utanfor_lagen: Vec<Undantag>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Brist {
    innehall: Spanned<String>,
    skal: Spanned<String>,
    atgardas: Option<Day>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Anmalan {
    text: Spanned<String>,
    sida: Spanned<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tillsyn {
    text: Spanned<String>,
    url: Spanned<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Undantag {
    innehall: Spanned<String>,
    skal: Spanned<String>,
}

pub fn parse(path: &str, text: &str) -> Result<Statement, Vec<Problem>> {
    let (file, mut check): (File, _) = Checker::read_file(path, text)?;
    let compliance = match file.forenlighet.get_ref().as_str() {
        "helt" => Compliance::Full,
        "delvis" => Compliance::Partial,
        "inte" => Compliance::None,
        other => {
            check.fault(
                file.forenlighet.span().start,
                format!("`forenlighet` är helt, delvis eller inte, inte {other}"),
            );
            Compliance::None
        }
    };
    let method = match file.metod.get_ref().as_str() {
        "sjalvskattning" => Method::SelfAssessment,
        "extern" => Method::External,
        other => {
            check.fault(file.metod.span().start, format!("`metod` är sjalvskattning eller extern, inte {other}"));
            Method::SelfAssessment
        }
    };
    let shortcomings: Vec<Shortcoming> = file
        .brist
        .unwrap_or_default()
        .iter()
        .map(|brist| Shortcoming {
            content: check.text("innehall", &brist.innehall),
            reason: check.text("skal", &brist.skal),
            mended_by: brist.atgardas.map(|day| day.0),
        })
        .collect();
    if compliance != Compliance::Full && shortcomings.is_empty() {
        check
            .fault(file.forenlighet.span().start, "en webbplats som inte är helt förenlig ska ha minst en `[[brist]]`");
    }
    let statement = Statement {
        actor: check.text("aktor", &file.aktor),
        service: check.text("tjanst", &file.tjanst),
        compliance,
        compliance_description: file.forenlighet_beskrivning,
        standard: check.text("standard", &file.standard),
        standard_description: file.standard_beskrivning,
        lead: file.ingress,
        shortcomings,
        assessed: file.bedomd.0,
        updated: file.uppdaterad.0,
        method,
        method_description: check.text("metod_beskrivning", &file.metod_beskrivning),
        report: (check.text("text", &file.anmalan.text), check.internal("sida", &file.anmalan.sida)),
        supervision: (
            check.text("text", &file.tillsyn.text),
            check.https("url", Some(&file.tillsyn.url)).unwrap_or_default(),
        ),
        burdensome: exemptions(&file.undantag_betungande, &mut check),
        outside: exemptions(&file.utanfor_lagen, &mut check),
    };
    check.finish(statement)
}

fn exemptions(list: &[Undantag], check: &mut Checker) -> Vec<Exemption> {
    list.iter()
        .map(|undantag| Exemption {
            content: check.text("innehall", &undantag.innehall),
            reason: check.text("skal", &undantag.skal),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../../content/tillganglighet.toml");

    #[test]
    fn a_statement_without_one_of_its_mandatory_parts_is_refused() {
        assert!(parse("tillganglighet.toml", SHIPPED).is_ok());
        for part in
            ["aktor", "tjanst", "forenlighet", "bedomd", "uppdaterad", "metod", "undantag_betungande", "utanfor_lagen"]
        {
            let without: String = SHIPPED
                .lines()
                .filter(|line| !line.starts_with(&format!("{part} ")))
                .map(|line| format!("{line}\n"))
                .collect();
            let problems = parse("tillganglighet.toml", &without).expect_err(part);
            assert!(problems[0].message.contains(part), "{problems:?}");
        }
        for table in ["[anmalan]", "[tillsyn]"] {
            let renamed = SHIPPED.replace(table, "[annat]");
            assert!(parse("tillganglighet.toml", &renamed).is_err(), "{table}");
        }
    }
}
