//! What has sections but is no instrument that we know: agreements, statutes of a club, other countries' acts. A bare
//! provision beside one of these borrows nothing.

use super::instruments::{Names, is_act_word, is_short, suspended};
use super::text::Text;

/// Does something that looks like an instrument, but is none we know, follow? "3 § i hyresavtalet", "5 § ABL".
pub(super) fn follows(text: Text, at: usize) -> bool {
    let Some(mut next) = text.some_ws(at) else { return false };
    if let Some(open) = text.literal(next, "(") {
        next = text.ws(open);
    }
    let after_gap = text.one_of(next, &["i", "av", "enligt", "ur"]).and_then(|end| text.some_ws(end));
    let (start, gap) = after_gap.map_or((next, false), |start| (start, true));
    let skip = text.one_of(start, &["den", "det", "de", "en", "ett", "någon", "annan"]);
    let start = skip.map_or(start, |end| text.ws(end));
    let mut at = suspended(text, start).unwrap_or(start);
    // The noun may have words before it: "den norska barnvernsloven", "bolagets bolagsordning".
    for index in 0..4 {
        let end = text.word_end(at);
        let word = &text.0[at..end];
        if word.is_empty() {
            return false;
        }
        // Without "i" or "av" only the very next words can be its name.
        if !gap && index >= 1 {
            return index == 1 && is_document(word);
        }
        if is_short(word) || is_document(word) || (gap && is_publication(word)) {
            return true;
        }
        let Some(next) = text.literal(end, "-").map(|after| text.ws(after)).or_else(|| text.some_ws(end)) else {
            return false;
        };
        at = next;
    }
    false
}

/// "hyreslagen 5 §", "stadgarnas 5 §": the name of something else stands before.
pub(super) fn precedes(text: Text, at: usize) -> bool {
    let word = text.word_before(at);
    let stem = word.strip_suffix('s').unwrap_or(word);
    is_document(word)
        || is_document(stem)
        || (is_short(word) && word != "MOT")
        || matches!(word.to_lowercase().as_str(), "artikel" | "artiklarna" | "art")
}

/// "5 kap. 11 § sol": an abbreviation in the wrong case right after.
pub(super) fn misspelt_abbreviation_follows(names: &Names, text: Text, at: usize) -> bool {
    let next = text.ws(at);
    let word = text.word(next);
    !word.is_empty() && names.lexicon.short(word).is_none() && names.lexicon.is_short_in_other_case(word)
}

/// After an act that nobody knows, "samma lag" means that one.
pub(super) fn is_definite_act(word: &str) -> bool {
    ["lagen", "balken", "ordningen"].iter().any(|ending| word.ends_with(ending)) && word.len() > 7
}

/// Words for texts that have sections: acts, but also agreements, statutes of a club, plans.
fn is_document(word: &str) -> bool {
    const ENDINGS: [&str; 24] = [
        "avtalet",
        "avtal",
        "avtalets",
        "kontraktet",
        "kontrakt",
        "stadgarna",
        "stadgar",
        "stadga",
        "reglementet",
        "reglemente",
        "direktivet",
        "direktiv",
        "konventionen",
        "konvention",
        "fördraget",
        "protokollet",
        "instruktionen",
        "föreskrifterna",
        "föreskrifter",
        "ordningsregler",
        "loven",
        "villkoren",
        "policyn",
        "förordn",
    ];
    let lower = word.to_lowercase();
    (is_act_word(&lower) && lower.len() > 3)
        || ENDINGS.iter().any(|ending| lower.ends_with(ending))
        || matches!(lower.as_str(), "planen" | "lag" | "act" | "code")
}

/// Texts that have chapters but are no law: "3 kap. i handboken".
fn is_publication(word: &str) -> bool {
    const ENDINGS: [&str; 12] = [
        "boken",
        "handbok",
        "vägledningen",
        "rapporten",
        "manualen",
        "guiden",
        "broschyren",
        "planen",
        "betänkandet",
        "propositionen",
        "promemorian",
        "utredningen",
    ];
    let lower = word.to_lowercase();
    ENDINGS.iter().any(|ending| lower.ends_with(ending))
}
