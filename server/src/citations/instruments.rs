//! Instruments: what a statute or regulation is called in running text.

use super::lexicon::{Age, Lexicon};
use super::text::Text;
use jiff::civil::Date;
use std::collections::HashMap;

/// The name of an instrument as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) end: usize,
    pub(super) kind: Kind,
    /// `sfs/2001:453`; `None` if the name means nothing we know, or nothing on that day.
    pub(super) id: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// With its number: `SOSFS 2014:4`, `lagen (2024:79)`. Means the same on every day.
    Number,
    /// By a name: `socialtjänstlagen`.
    Name,
    /// By an abbreviation, which alone never links.
    Short,
    /// "samma lag": the one named last.
    Same,
    /// "denna lag", "dessa föreskrifter": the page's own.
    Own,
}

/// What is needed to understand names, and what has been learnt on the way.
pub(super) struct Names<'l> {
    pub(super) lexicon: &'l Lexicon,
    pub(super) day: Date,
    pub(super) own: Option<String>,
    /// "namn (nr)" and "namn (nr), FÖRK" teach what the name means in the rest of the text.
    learnt: HashMap<String, String>,
    /// What "samma lag" means; `None` after an act that nobody knows.
    last: Option<String>,
    /// The one whose provisions were cited last.
    last_cited: Option<String>,
}

impl<'l> Names<'l> {
    pub(super) fn new(lexicon: &'l Lexicon, day: Date, own: Option<String>) -> Self {
        Self { lexicon, day, own, learnt: HashMap::new(), last: None, last_cited: None }
    }

    pub(super) fn named(&mut self, id: Option<&str>) {
        self.last = id.map(str::to_owned);
    }

    pub(super) fn cited(&mut self, id: &str) {
        self.last_cited = Some(id.to_owned());
    }

    /// "samma lag": the one named last, if no other one's provisions were cited before it.
    fn same(&self) -> Option<String> {
        self.last.clone().filter(|last| self.last_cited.as_ref().is_none_or(|cited| cited == last))
    }

    /// The instrument that is named right here.
    pub(super) fn at(&mut self, text: Text, at: usize) -> Option<Named> {
        let first = text.char_at(at)?;
        if !first.is_alphabetic() || !text.starts_word(at) {
            return None;
        }
        // Most words are none of these, so each reading is only tried where its first letter allows it.
        let capital = first.is_uppercase();
        let series = if capital { self.by_series(text, at) } else { None };
        let named = series.or_else(|| self.by_name(text, at)).or_else(|| self.by_number(text, at));
        named.or_else(|| if capital { self.by_short(text, at) } else { None }).or_else(|| {
            if matches!(first, 's' | 'n' | 'd' | 'f' | 'S' | 'N' | 'D' | 'F') {
                self.pointed_at(text, at)
            } else {
                None
            }
        })
    }

    /// `SFS 2022:257`, `HSLF-FS 2022:39`.
    fn by_series(&self, text: Text, at: usize) -> Option<Named> {
        let end = series_end(text, at)?;
        let word = &text.0[at..end];
        let next = text.ws(end);
        let next = text.phrase(next, "nr").map_or(next, |after| text.ws(after));
        let (number, end) = year_number(text, next)?;
        let id = self.lexicon.series(word).map(|series| format!("{series}/{number}"));
        Some(Named { end, kind: Kind::Number, id })
    }

    /// A name of the lexicon or one learnt; its number, if it stands there, decides.
    fn by_name(&mut self, text: Text, at: usize) -> Option<Named> {
        let first = text.word(at);
        let names = self.lexicon.names_from(first);
        let (naming, end) = names
            .iter()
            .find_map(|(name, naming)| {
                let after = text.phrase_start(at, name)?;
                // Genitive: "socialtjänstlagens".
                let after = text.literal(after, "s").filter(|end| text.ends_word(*end)).unwrap_or(after);
                text.ends_word(after).then_some((Some(*naming), after))
            })
            .or_else(|| {
                if self.learnt.is_empty() || !is_act_word(first) {
                    return None;
                }
                let word = first.to_lowercase();
                let stem = word.strip_suffix('s').filter(|_| !self.learnt.contains_key(&word)).unwrap_or(&word);
                (self.learnt.contains_key(stem) && text.ends_word(at + first.len())).then_some((None, at + first.len()))
            })?;
        let bare =
            || text.some_ws(end).and_then(|next| year_number(text, next)).map(|(number, end)| (number, end, None));
        if let Some((number, after, short)) = number_in_parentheses(text, end).or_else(bare) {
            let id = format!("sfs/{number}");
            let called = text.0[at..end].trim_end_matches('s').to_lowercase();
            self.learn(called, &id);
            let end = self.learn_short(text, after, short, &id);
            return Some(Named { end, kind: Kind::Number, id: Some(id) });
        }
        if is_foreign(text, at, end) {
            return Some(Named { end, kind: Kind::Name, id: None });
        }
        let called = text.0[at..end].trim_end_matches('s').to_lowercase();
        let age = age(text.word_before(at));
        let id = match self.learnt.get(&called).filter(|_| age == Age::Current) {
            Some(id) => Some(id.clone()),
            None => self.lexicon.meaning(naming?, self.day, age).map(str::to_owned),
        };
        // "socialtjänstlagen, SoL," and "socialtjänstlagen (SoL)" are one name.
        let apposition = text.literal(text.ws(end), ",").or_else(|| text.literal(text.ws(end), "("));
        let end = apposition.map_or(end, |after| {
            let short_at = text.ws(after);
            let word = text.word(short_at);
            let same = !word.is_empty() && self.lexicon.short(word).is_some_and(|short| Some(short) == naming);
            let short_end = short_at + word.len();
            if !same || !text.ends_word(short_end) {
                return end;
            }
            let opened = text.0[..after].ends_with('(');
            text.literal(short_end, ")").filter(|_| opened).unwrap_or(short_end)
        });
        Some(Named { end, kind: Kind::Name, id })
    }

    /// `lagen (2024:79)`, `Alkohollag (2010:1622)`: any word for an act with its number.
    fn by_number(&mut self, text: Text, at: usize) -> Option<Named> {
        let first = text.word(at);
        let end = at + first.len();
        if !is_act_word(first) {
            return None;
        }
        let (number, after, short) = number_in_parentheses(text, end)?;
        let id = format!("sfs/{number}");
        let word = first.to_lowercase();
        let definite = match word.strip_suffix("lag").or(word.strip_suffix("balk")).or(word.strip_suffix("förordning"))
        {
            Some(stem) if !stem.is_empty() => format!("{word}en"),
            _ => word,
        };
        if !matches!(
            definite.as_str(),
            "lag" | "lagen" | "balk" | "balken" | "förordning" | "förordningen" | "lagens" | "förordningens"
        ) {
            self.learn(definite.trim_end_matches('s').to_owned(), &id);
        }
        let end = self.learn_short(text, after, short, &id);
        Some(Named { end, kind: Kind::Number, id: Some(id) })
    }

    fn by_short(&self, text: Text, at: usize) -> Option<Named> {
        let word = text.word(at);
        let end = at + word.len();
        let end = text.literal(end, ":s").filter(|end| text.ends_word(*end)).unwrap_or(end);
        if !text.ends_word(end) {
            return None;
        }
        let age = age(text.word_before(at));
        let learnt = self.learnt.get(word).filter(|_| age == Age::Current);
        let naming = self.lexicon.short(word);
        if learnt.is_none() && naming.is_none() {
            return None;
        }
        // "SoL (2001:453)", "SoL 2001:453": a number always decides.
        let bare =
            || text.some_ws(end).and_then(|next| year_number(text, next)).map(|(number, end)| (number, end, None));
        if let Some((number, end, _)) = number_in_parentheses(text, end).or_else(bare) {
            return Some(Named { end, kind: Kind::Number, id: Some(format!("sfs/{number}")) });
        }
        let id = match (learnt, naming) {
            (Some(id), _) => Some(id.clone()),
            (None, Some(naming)) => self.lexicon.meaning(naming, self.day, age).map(str::to_owned),
            (None, None) => None,
        };
        Some(Named { end, kind: Kind::Short, id })
    }

    /// "samma lag", "nämnda förordning"; "denna lag", "dessa föreskrifter".
    fn pointed_at(&self, text: Text, at: usize) -> Option<Named> {
        const NOUNS: [&str; 14] = [
            "lag",
            "lagen",
            "lagens",
            "balk",
            "balken",
            "balks",
            "förordning",
            "förordningen",
            "författning",
            "föreskrifter",
            "föreskrifterna",
            "lags",
            "förordnings",
            "kungörelse",
        ];
        let noun = |from: usize| text.some_ws(from).and_then(|next| text.one_of(next, &NOUNS));
        if let Some(end) =
            text.one_of(at, &["samma", "nämnda", "sagda", "sistnämnda", "den lagen", "den balken", "den förordningen"])
        {
            let end = if text.phrase_start(at, "den ").is_some() { end } else { noun(end)? };
            return Some(Named { end, kind: Kind::Same, id: self.same() });
        }
        let end = text.one_of(at, &["denna", "dessa", "den här", "de här", "föreliggande"])?;
        let end = noun(end)?;
        let end = text.phrase(text.ws(end), "och allmänna råd").unwrap_or(end);
        Some(Named { end, kind: Kind::Own, id: self.own.clone() })
    }

    fn learn(&mut self, name: String, id: &str) {
        self.learnt.insert(name, id.to_owned());
    }

    /// An abbreviation within the parentheses, or after them and the rest of the title: "(1990:52) med särskilda
    /// bestämmelser om vård av unga, LVU". Returns where the name ends.
    fn learn_short(&mut self, text: Text, end: usize, inside: Option<String>, id: &str) -> usize {
        if let Some(short) = inside {
            self.learn(short, id);
            return end;
        }
        let mut at = end;
        for words in 0..16 {
            let next = text.ws(at);
            let mark = text.literal(next, ",").or_else(|| text.literal(next, "("));
            if let Some(after) = mark {
                let short_at = text.ws(after);
                let word = text.word(short_at);
                if is_short(word) && text.ends_word(short_at + word.len()) {
                    self.learn(word.to_owned(), id);
                    let opened = text.0[next..].starts_with('(');
                    let short_end = short_at + word.len();
                    // Its own parenthesis belongs to the name, one that was open before does not.
                    let closed = text.literal(short_end, ")").filter(|_| opened).unwrap_or(short_end);
                    return if words == 0 { closed } else { end };
                }
                return end;
            }
            let word_end = text.word_end(next);
            // Only the words of a title: no full stop, no sign.
            if word_end == next || words == 0 && text.one_of(next, &["om", "med", "för", "angående"]).is_none() {
                return end;
            }
            at = text.literal(word_end, "-").unwrap_or(word_end);
        }
        end
    }
}

/// "finska förvaltningslagen (434/2003)": another country has an act of the same name.
fn is_foreign(text: Text, at: usize, end: usize) -> bool {
    const COUNTRIES: [&str; 16] = [
        "finska",
        "finländska",
        "norska",
        "danska",
        "isländska",
        "åländska",
        "färöiska",
        "tyska",
        "franska",
        "engelska",
        "brittiska",
        "skotska",
        "amerikanska",
        "polska",
        "nederländska",
        "estniska",
    ];
    let numbered = text
        .literal(text.ws(end), "(")
        .and_then(|open| text.digits(open, 4))
        .is_some_and(|(_, end)| text.literal(end, "/").is_some());
    numbered || COUNTRIES.contains(&text.word_before(at).to_lowercase().as_str())
}

fn age(word_before: &str) -> Age {
    match word_before.to_lowercase().as_str() {
        "gamla" | "äldre" | "förra" | "tidigare" | "dåvarande" | "upphävda" | "föregående" => Age::Former,
        "nya" | "kommande" => Age::New,
        _ => Age::Current,
    }
}

/// `SOSFS`, `HSLF-FS`: capitals that end in FS, followed by a number.
pub(super) fn series_end(text: Text, at: usize) -> Option<usize> {
    let rest = text.rest(at);
    let end = rest.find(|c: char| !c.is_uppercase() && c != '-').unwrap_or(rest.len());
    (end >= 3 && rest[..end].ends_with("FS")).then_some(at + end)
}

/// `2014:4`, also with a space after the colon: the number and its end.
pub(super) fn year_number(text: Text, at: usize) -> Option<(String, usize)> {
    let (year, after) = text.digits(at, 4)?;
    if !(1600..2200).contains(&year) {
        return None;
    }
    let colon = text.literal(after, ":")?;
    let (number, end) = text.digits(text.ws(colon), 5)?;
    let end_of_number = !text.char_at(end).is_some_and(char::is_alphanumeric);
    (end_of_number && number > 0).then(|| (format!("{year}:{number}"), end))
}

/// " (2001:453)" or " (2009:400, OSL)".
fn number_in_parentheses(text: Text, at: usize) -> Option<(String, usize, Option<String>)> {
    let next = text.some_ws(at)?;
    let open = text.literal(next, "(").or_else(|| text.literal(next, "["))?;
    let start = text.ws(open);
    let start = text.phrase(start, "SFS").map_or(start, |after| text.ws(after));
    let (number, end) = year_number(text, start)?;
    if let Some(end) = text.literal(text.ws(end), ")").or_else(|| text.literal(text.ws(end), "]")) {
        return Some((number, end, None));
    }
    let short_at = text.ws(text.literal(text.ws(end), ",")?);
    let word = text.word(short_at);
    let end = text.literal(text.ws(short_at + word.len()), ")")?;
    is_short(word).then(|| (number, end, Some(word.to_owned())))
}

/// Two capitals at least: `OSL`, `SoL`, `ÄktB`.
pub(super) fn is_short(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() >= 2
        && word.chars().count() <= 7
        && word.chars().all(char::is_alphabetic)
}

/// Does the word end as acts do? `socialtjänstlagen`, `brottsbalken`, `underlagen` too: a name alone proves nothing.
pub(super) fn is_act_word(word: &str) -> bool {
    const ENDINGS: [&str; 18] = [
        "lag",
        "lagen",
        "lagens",
        "lagar",
        "lagarna",
        "balk",
        "balken",
        "balkens",
        "förordning",
        "förordningen",
        "förordningens",
        "förordningar",
        "ordningen",
        "ordning",
        "formen",
        "kungörelsen",
        "kungörelse",
        "stadgan",
    ];
    let same_but_for_a_capital = |ending: &str| {
        let (mut word, mut ending) = (word.chars(), ending.chars());
        let (first, wanted) = (word.next(), ending.next());
        word.as_str() == ending.as_str() && first.map(|c| c.to_lowercase().next()) == wanted.map(Some)
    };
    // The last two bytes tell nearly every word from an act's, at the cost of one comparison.
    let last_two = |word: &str| word.as_bytes().last_chunk::<2>().copied();
    let these = last_two(word);
    ENDINGS
        .iter()
        .filter(|ending| last_two(ending) == these)
        .any(|ending| word.ends_with(ending) || (word.len() == ending.len() && same_but_for_a_capital(ending)))
}

/// Over "plan- och " of "plan- och bygglagen", "radio- och " of "radio- och tv-lagen".
pub(super) fn suspended(text: Text, at: usize) -> Option<usize> {
    let hyphen = text.literal(text.word_end(at), "-")?;
    let word = text.some_ws(hyphen)?;
    text.some_ws(text.one_of(word, &["och", "eller", "samt"])?)
}
