//! What a question says, beside the words that are sought, of the page that should answer it.

use super::Page;
use super::engine::words::is_typed;
use super::engine::{Question, weights};
use app::routes::paths;
use app::search::Kind;
use jiff::civil::Date;

/// Read from the words of a question; nothing of it is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wish {
    /// "Vad betyder …": the glossary answers.
    meaning: bool,
    /// "Är det förbjudet …", "… straff": the law answers.
    law: bool,
    handbook: bool,
    /// "Konferens om …": where one can go.
    event: bool,
    /// "Kurs om …": what one can learn by.
    training: bool,
    /// "Gamla lagen", "2014": what no longer applies is welcome.
    past: bool,
    /// "Han slår mig": somebody who is exposed, not somebody at work.
    own: bool,
}

impl Wish {
    pub fn read(question: &Question) -> Self {
        let words: Vec<&str> = question.words.iter().map(|word| word.exact.as_str()).collect();
        let any = |sought: &[&str]| words.iter().any(|word| sought.iter().any(|sought| is_typed(word, sought)));
        let asks_what = |rest: &[&str]| {
            words.first() == Some(&"vad")
                && words.get(1).is_some_and(|word| rest.iter().any(|sought| is_typed(word, sought)))
        };
        let now = any(&["nu", "idag", "dag", "nya", "ny"]);
        Self {
            meaning: (asks_what(&["är", "betyder", "menas", "innebär"]) && question.content.len() <= 2)
                || any(&["betyder", "betydelse", "definition", "begrepp", "begreppet", "innebörd"]),
            law: any(LAW),
            handbook: words.iter().any(|word| word.starts_with("handbok")),
            event: any(EVENTS),
            training: any(TRAINING),
            past: !now && any(&["gamla", "gammal", "förra", "upphävd", "upphävda", "2001", "2009", "2014", "2016"]),
            own: speaks_of_oneself(&words) && !any(WORK),
        }
    }

    /// What a page is worth where the words decide nothing.
    pub fn weight(self, page: &Page, today: Date) -> f32 {
        let kind = match page.kind {
            Kind::Term if self.meaning => weights::WISHED,
            Kind::Regulation if self.law => weights::WISHED,
            Kind::Handbook if self.handbook => weights::WISHED,
            Kind::Event(_) if self.event => weights::WISHED,
            Kind::Page if self.own && page.path == paths::HELP => weights::WISHED,
            Kind::Guidance => weights::GUIDANCE,
            Kind::Regulation => weights::REGULATION,
            Kind::Term => weights::TERM,
            Kind::Handbook => weights::HANDBOOK,
            Kind::Event(_) => weights::EVENT,
            Kind::Training if self.training => weights::WISHED,
            Kind::Training | Kind::Page => weights::OTHER,
        };
        let standing = match (page.repealed, self.past) {
            (false, _) => 1.0,
            (true, true) => weights::REPEALED_BUT_WISHED,
            (true, false) => weights::REPEALED,
        };
        let held = if page.past { weights::PAST } else { 1.0 };
        let cited = page.cited.min(10) as f32 / 10.0;
        kind * standing * held * (1.0 + weights::CITED * cited + weights::FRESH * freshness(page, today))
    }
}

/// 1 for what was changed today, 0 for what has lain untouched since [`weights::STALE_AFTER`] or longer.
fn freshness(page: &Page, today: Date) -> f32 {
    let days = page.updated.and_then(|updated| today.since(updated).ok()).map(|age| age.get_days());
    days.map_or(0.0, |days| 1.0 - (days as f32 / weights::STALE_AFTER).clamp(0.0, 1.0))
}

/// "Min man", "jag är 15", "jag vågar inte", "slår mig".
fn speaks_of_oneself(words: &[&str]) -> bool {
    let one_of = |word: &str, list: &[&str]| list.iter().any(|known| is_typed(word, known));
    let pair = |said: &[&str]| match said {
        ["min" | "mitt" | "mina", who] => who.starts_with("ex") || one_of(who, CLOSE),
        ["jag", does] => one_of(does, OWN),
        _ => false,
    };
    let age = |said: &[&str]| matches!(said, ["jag", "är" | "ar", age] if age.parse::<u8>().is_ok());
    words.iter().any(|word| matches!(*word, "mig" | "mej")) || words.windows(2).any(pair) || words.windows(3).any(age)
}

const LAW: &[&str] = &[
    "lag",
    "lagen",
    "lagar",
    "lagrum",
    "paragraf",
    "paragrafen",
    "straff",
    "straffet",
    "förbjudet",
    "olagligt",
    "olaglig",
    "tillåtet",
    "lagligt",
];

const TRAINING: &[&str] = &[
    "kurs",
    "kursen",
    "kurser",
    "webbkurs",
    "webbkursen",
    "utbildning",
    "utbildningar",
    "utbildningen",
    "intyg",
    "kursintyg",
];

const EVENTS: &[&str] = &[
    "konferens",
    "konferensen",
    "konferenser",
    "dialogmöte",
    "dialogmöten",
    "dialogmötet",
    "temadag",
    "temadagen",
    "temadagar",
    "seminarium",
    "seminarier",
    "nätverksträff",
];

/// What one does oneself when one is exposed.
const OWN: &[&str] = &["blir", "blev", "vågar", "törs", "orkar", "flydde", "rymde"];

/// Those with whom one lives or has lived.
const CLOSE: &[&str] = &[
    "man",
    "fru",
    "kille",
    "tjej",
    "pojkvän",
    "flickvän",
    "sambo",
    "partner",
    "make",
    "maka",
    "pappa",
    "mamma",
    "far",
    "mor",
    "bror",
    "brorsa",
    "syster",
    "son",
    "dotter",
    "familj",
    "släkt",
    "vän",
    "kompis",
    "granne",
    "väninna",
    "styvpappa",
    "föräldrar",
    "farbror",
    "mormor",
    "svärmor",
    "bonuspappa",
];

/// Those whom one meets at work: then "mig" is not the one who is exposed.
const WORK: &[&str] = &[
    "patient",
    "patienten",
    "patientens",
    "klient",
    "klienten",
    "elev",
    "eleven",
    "elevens",
    "rektor",
    "rektorn",
    "chef",
    "chefen",
    "kollega",
    "kollegan",
    "brukare",
    "brukaren",
    "ärende",
    "ärendet",
    "volontär",
    "handläggare",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::engine::Lexis;
    use crate::search::engine::words::{Forms, stems};
    use jiff::civil::date;
    use std::sync::Arc;

    fn wish(typed: &str) -> Wish {
        Wish::read(&Question::read(typed, &mut stems(&Arc::new(Forms::new())), &Lexis::default()))
    }

    #[test]
    fn who_is_exposed_is_told_from_who_asks_at_work() {
        for typed in ["min pojkvän slår mig", "jag är 15 och pappa slår", "jag vagar inte lamna honom", "min syster"]
        {
            assert!(wish(typed).own, "{typed}");
        }
        for typed in ["min patient är slagen", "en elev har berättat för mig", "får jag ringa polisen", "min klient"]
        {
            assert!(!wish(typed).own, "{typed}");
        }
    }

    #[test]
    fn what_was_changed_lately_and_is_cited_weighs_a_little_more() {
        let today = date(2026, 6, 1);
        let weight = |updated, cited| {
            let page = Page::fixed("/sida", "Sida", "", "");
            Wish::default().weight(&Page { updated, cited, ..page }, today)
        };
        let ages = [date(2026, 6, 2), date(2026, 1, 1), date(2025, 6, 1), date(2020, 1, 1)].map(Some);
        let weights = ages.map(|updated| weight(updated, 0));
        assert!(weights.is_sorted_by(|newer, older| newer > older), "{weights:?}");
        assert!(weights[0] < weights[3] * 1.1, "mildly: the words decide");
        assert_eq!(weight(Some(date(2020, 1, 1)), 0), weight(None, 0));
        assert!(weight(None, 3) > weight(None, 0) && weight(None, 10) == weight(None, 500));
    }

    #[test]
    fn the_kind_of_page_is_read_from_the_words() {
        assert!(wish("vad är eftervåld").meaning && wish("vad betyder SIP").meaning);
        assert!(!wish("vad är kommunen skyldig att göra för misshandlade kvinnor").meaning);
        assert!(wish("är det förbjudet att aga").law && wish("straff för stalkning").law);
        assert!(wish("vad säger handboken").handbook);
        assert!(wish("konferens om heder").event && !wish("orosanmälan").event);
        assert!(wish("gamla socialtjänstlagen").past && !wish("vad heter gamla lagen nu").past);
        assert_eq!(wish("orosanmälan skola"), Wish::default());
    }
}
