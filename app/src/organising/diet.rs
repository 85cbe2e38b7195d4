//! What the kitchen and the house need to know, as counts: nobody's own words are shown, and few are as good as one.
//! Pure.

use super::masking::LEAST;
use crate::events::Needs;

/// A kind of need, by the beginnings of the words in which people ask for it.
struct Known {
    called: &'static str,
    words: &'static [&'static str],
}

const fn known(called: &'static str, words: &'static [&'static str]) -> Known {
    Known { called, words }
}

/// What a kitchen asks about: the allergens of regulation (EU) No 1169/2011, annex II, that people name, and ways of
/// eating.
const DIETS: [Known; 16] = [
    known("vegansk", &["vegan"]),
    known("vegetarisk", &["vegetar", "lakto-ovo", "laktoovo", "laktovegetar"]),
    known("glutenfri", &["gluten", "celiaki", "vete"]),
    known("laktosfri", &["laktosfri", "laktosinto", "laktos"]),
    known("utan mjölkprotein", &["mjölkprotein", "mjölkallerg", "komjölk", "mjölkfri"]),
    known("utan ägg", &["ägg"]),
    known("utan nötter", &["nöt", "mandel"]),
    known("utan jordnötter", &["jordnöt"]),
    known("utan fisk", &["fisk"]),
    known("utan skaldjur", &["skaldjur", "räk", "kräft"]),
    known("utan soja", &["soja"]),
    known("utan sesam", &["sesam"]),
    known("utan selleri eller senap", &["selleri", "senap"]),
    known("utan fläsk", &["fläsk", "gris", "griskött"]),
    known("halal", &["halal"]),
    known("kosher", &["kosher", "koscher"]),
];

const ACCESS: [Known; 9] = [
    known("plats för rullstol", &["rullstol", "permobil", "rullator"]),
    known("hörslinga", &["hörslinga", "hörselslinga", "hörsel", "hörapparat"]),
    known("teckenspråkstolk", &["teckenspråk", "teckentolk"]),
    known("skrivtolk", &["skrivtolk", "textning", "undertext"]),
    known("syntolkning eller stor stil", &["syntolk", "synskad", "synnedsätt", "storstil", "punktskrift", "blind"]),
    known("ledsagare eller assistent", &["ledsag", "assistent"]),
    known("ledarhund eller assistanshund", &["ledarhund", "assistanshund"]),
    known("vilrum", &["vilrum", "vila"]),
    known("parkering", &["parkering"]),
];

/// What is named in other words than the ones we know.
pub const OTHER: &str = "annat";

/// How many need what, the known ones first, each as it may be shown.
pub fn diets(needs: &[Needs]) -> Vec<(&'static str, String)> {
    counted(&DIETS, needs.iter().map(|needs| needs.diet.as_str()))
}

pub fn access(needs: &[Needs]) -> Vec<(&'static str, String)> {
    counted(&ACCESS, needs.iter().map(|needs| needs.access.as_str()))
}

/// A count that tells nobody's own.
pub fn told(count: u32) -> String {
    if count < LEAST { format!("färre än {LEAST}") } else { count.to_string() }
}

fn counted<'a>(known: &[Known], texts: impl Iterator<Item = &'a str>) -> Vec<(&'static str, String)> {
    let mut counts = vec![0; known.len()];
    let mut other = 0;
    for text in texts.filter(|text| !text.trim().is_empty()) {
        let found = named(known, text);
        found.iter().for_each(|at| counts[*at] += 1);
        if found.is_empty() {
            other += 1;
        }
    }
    let known = known.iter().zip(counts).map(|(known, count)| (known.called, count));
    known.chain([(OTHER, other)]).filter(|(_, count)| *count > 0).map(|(called, count)| (called, told(count))).collect()
}

/// Which of the known needs a text names.
fn named(known: &[Known], text: &str) -> Vec<usize> {
    let text = text.to_lowercase();
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty()).collect();
    let names = |known: &Known| words.iter().any(|word| known.words.iter().any(|start| word.starts_with(start)));
    (0..known.len()).filter(|at| names(&known[*at])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needs(diet: &str, access: &str) -> Needs {
        Needs { diet: diet.into(), access: access.into() }
    }

    #[test]
    fn needs_are_counted_and_few_are_not_told_from_one() {
        let all = [
            needs("Vegetarisk", ""),
            needs("vegetariskt, tack!", "Hörslinga"),
            needs("VEGETARIAN. Glutenfritt", ""),
            needs("", "kommer med permobil och ledarhund"),
            needs("Något alldeles eget KANARIE", "KANARIE"),
        ];
        assert_eq!(
            diets(&all),
            [
                ("vegetarisk", "3".to_owned()),
                ("glutenfri", "färre än 3".to_owned()),
                ("annat", "färre än 3".to_owned()),
            ]
        );
        let houses: Vec<_> = access(&all).into_iter().map(|(called, _)| called).collect();
        assert_eq!(houses, ["plats för rullstol", "hörslinga", "ledarhund eller assistanshund", "annat"]);
        assert!(!format!("{:?}{:?}", diets(&all), access(&all)).contains("KANARIE"));
    }

    #[test]
    fn a_nut_is_no_peanut_and_a_vegan_no_vegetarian() {
        let one = |text: &str| diets(&[needs(text, "")]).into_iter().map(|(called, _)| called).collect::<Vec<_>>();
        assert_eq!(one("jordnötter"), ["utan jordnötter"]);
        assert_eq!(one("Nötter och mandel"), ["utan nötter"]);
        assert_eq!(one("vegansk kost"), ["vegansk"]);
        assert_eq!(one("laktosintolerant"), ["laktosfri"]);
        assert!(one("   ").is_empty());
    }
}
