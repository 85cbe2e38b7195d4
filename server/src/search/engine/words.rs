//! From text to words: the same for what is indexed and what is asked.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock};
use tantivy::tokenizer::{Language, Stemmer, TextAnalyzer, Token, TokenFilter, TokenStream, Tokenizer};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Words longer than this are no words.
const LONGEST: usize = 64;

/// Composed letters, nothing invisible: text pasted from a Mac or a PDF is like any other.
pub fn prepare(text: &str) -> String {
    let hidden = |c: &char| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    let shown = text.chars().filter(hidden).map(|c| if c == '\0' { ' ' } else { c });
    if is_nfc(text) { shown.collect() } else { shown.nfc().collect() }
}

/// Without å ä ö é: for finding what was typed on another keyboard, never for ranking.
pub fn folded(word: &str) -> String {
    word.chars().map(plain).collect()
}

fn plain(letter: char) -> char {
    match letter {
        'å' | 'ä' | 'á' | 'à' => 'a',
        'ö' | 'ø' => 'o',
        'é' | 'è' | 'ë' => 'e',
        'ü' => 'u',
        other => other,
    }
}

/// Whether this word was typed, with or without its dots and rings.
pub fn is_typed(typed: &str, word: &str) -> bool {
    typed == word || typed.chars().eq(word.chars().map(plain))
}

/// Swedish inflection that a stemmer does not join, as data: each form leads to its base.
pub type Forms = HashMap<String, String>;

/// The words of a text as they stand, in lower case.
#[derive(Clone, Default)]
pub struct Words;

#[derive(Default)]
pub struct WordStream<'a> {
    text: &'a str,
    at: usize,
    token: Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        WordStream { text, at: 0, token: Token::default() }
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            let rest = &self.text[self.at..];
            let Some(start) = rest.find(char::is_alphanumeric) else { return false };
            let start = self.at + start;
            let length = self.text[start..].find(|c: char| !c.is_alphanumeric()).unwrap_or(self.text.len() - start);
            self.at = start + length;
            if length > LONGEST {
                continue;
            }
            self.token.position = self.token.position.wrapping_add(1);
            (self.token.offset_from, self.token.offset_to) = (start, self.at);
            self.token.text.clear();
            self.token.text.extend(self.text[start..self.at].chars().flat_map(char::to_lowercase));
            return true;
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Joins short definite forms to their base before the stemmer, which leaves våld and våldet apart.
#[derive(Clone)]
pub struct Definite(pub Arc<Forms>);

impl TokenFilter for Definite {
    type Tokenizer<T: Tokenizer> = DefiniteTokenizer<T>;

    fn transform<T: Tokenizer>(self, tokenizer: T) -> DefiniteTokenizer<T> {
        DefiniteTokenizer { forms: self.0, tokenizer }
    }
}

#[derive(Clone)]
pub struct DefiniteTokenizer<T> {
    forms: Arc<Forms>,
    tokenizer: T,
}

impl<T: Tokenizer> Tokenizer for DefiniteTokenizer<T> {
    type TokenStream<'a> = DefiniteStream<'a, T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        DefiniteStream { forms: &self.forms, inner: self.tokenizer.token_stream(text) }
    }
}

pub struct DefiniteStream<'a, T> {
    forms: &'a Forms,
    inner: T,
}

impl<T: TokenStream> TokenStream for DefiniteStream<'_, T> {
    fn advance(&mut self) -> bool {
        if !self.inner.advance() {
            return false;
        }
        let token = self.inner.token_mut();
        if let Some(base) = self.forms.get(&token.text) {
            // A mark that no word holds keeps the stemmer from cutting what is already a base.
            token.text.clone_from(base);
            token.text.push('*');
        } else if let Some(length) = base_length(&token.text) {
            token.text.truncate(length);
        }
        true
    }

    fn token(&self) -> &Token {
        self.inner.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.inner.token_mut()
    }
}

/// The length of `våld` in `våldet`, `våldets`: short neuters, whose ending Snowball takes only after longer stems.
fn base_length(word: &str) -> Option<usize> {
    const KEPT: [&str; 16] = [
        "mycket", "inget", "något", "vilket", "litet", "enhet", "nyhet", "paket", "planet", "magnet", "budget",
        "privat", "sekret", "internet", "ticket", "markt",
    ];
    let stem = word.strip_suffix("ets").or_else(|| word.strip_suffix("et"))?;
    let letters = stem.chars().count();
    let last = stem.chars().next_back()?;
    let abstract_noun = stem.ends_with('h') || stem.ends_with("it");
    ((3..=9).contains(&letters) && !is_vowel(last) && !abstract_noun && !KEPT.contains(&word)).then_some(stem.len())
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'å' | 'ä' | 'ö')
}

/// Each word as `_word_`, cut into pieces of five letters: what joins compounds and inflections that no rule knows.
#[derive(Clone, Default)]
pub struct Pieces;

pub struct PieceStream<'a> {
    words: WordStream<'a>,
    letters: Vec<char>,
    next: usize,
    token: Token,
}

pub const PIECE: usize = 5;

impl Tokenizer for Pieces {
    type TokenStream<'a> = PieceStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PieceStream<'a> {
        PieceStream {
            words: WordStream { text, at: 0, token: Token::default() },
            letters: Vec::new(),
            next: 0,
            token: Token::default(),
        }
    }
}

impl TokenStream for PieceStream<'_> {
    fn advance(&mut self) -> bool {
        while self.next + PIECE > self.letters.len() {
            if !self.words.advance() {
                return false;
            }
            self.letters.clear();
            self.letters.push('_');
            self.letters.extend(self.words.token().text.chars());
            self.letters.push('_');
            self.next = 0;
        }
        self.token.position = 0;
        self.token.offset_from = self.words.token().offset_from;
        self.token.offset_to = self.words.token().offset_to;
        self.token.text.clear();
        self.token.text.extend(&self.letters[self.next..self.next + PIECE]);
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// The pieces of one word, as they are indexed.
pub fn pieces(word: &str) -> Vec<String> {
    let letters: Vec<char> = std::iter::once('_').chain(word.chars()).chain(std::iter::once('_')).collect();
    letters.windows(PIECE).map(|piece| piece.iter().collect()).collect()
}

pub fn exact() -> TextAnalyzer {
    TextAnalyzer::from(Words)
}

pub fn stems(forms: &Arc<Forms>) -> TextAnalyzer {
    TextAnalyzer::builder(Words).filter(Definite(Arc::clone(forms))).filter(Stemmer::new(Language::Swedish)).build()
}

pub fn cut() -> TextAnalyzer {
    TextAnalyzer::from(Pieces)
}

/// A word of a question, both as typed and as indexed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Lower case, composed.
    pub exact: String,
    pub stem: String,
    /// Its place among the words, stop words counted.
    pub position: usize,
}

/// The words of a question, at most `most`.
pub fn words_of(text: &str, stems: &mut TextAnalyzer, most: usize) -> Vec<Word> {
    let mut found = Vec::new();
    let mut stream = stems.token_stream(text);
    while found.len() < most && stream.advance() {
        let token = stream.token();
        let exact = text[token.offset_from..token.offset_to].to_lowercase();
        found.push(Word { exact, stem: token.text.clone(), position: found.len() });
    }
    found
}

/// Words that say nothing of what is sought, one line for each sort. "Hjälp", "fråga" and "man" are not among them:
/// in this field they are what people look for.
const STOP_WORDS: &str = "
    och eller men utan samt att som om när medan eftersom därför fast fastän för så än både varken inte ej icke
    i på av till från med utan under över vid hos mot mellan genom enligt efter före innan inom utom åt per kring runt
    ut upp ner ned in fram bort tillbaka hit dit här där
    en ett den det de dem dom denna denne detta dessa sådan sådant sådana samma annan annat andra någon något några nån
    nåt nåra ingen inget inga varje varenda vilken vilket vilka all allt alla båda
    jag mig mej min mitt mina du dig dej din ditt dina han honom hans hon henne hennes hen vi oss vår vårt våra ni er
    ert era deras dess sig sej sin sitt sina själv själva
    vad va hur var vart vem vems vars varför varifrån hurdan hurdana ifall huruvida
    är vara var varit blir bli blev blivit har ha hade haft finns finnas fanns ska skall skulle kan kunna kunde får få
    fick fått måste bör borde vill vilja ville gör göra gjorde gjort gäller gälla gällde behöver behöva brukar tänker
    säger säga sa står stå ge ger gav ta tar tog kommer komma kom gå går gick låta låter lät verkar tror veta vet visste
    menas betyder innebär heter hette ser se
    nu då sedan sen redan ännu alltid aldrig ofta ibland igen också även bara endast ju nog väl mer mest mycket väldigt
    ganska lite kanske egentligen först dvs t ex bl a mm osv tips info information
";

/// Words that say nothing of what is sought. Typed without dots and rings too ("nar", "ar"), but for `far`,
/// which is a father.
pub fn is_stop_word(word: &str) -> bool {
    static STOP: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let typed = STOP_WORDS.split_whitespace().map(str::to_owned);
        let folded = STOP_WORDS.split_whitespace().map(folded).filter(|word| word != "far");
        typed.chain(folded).collect()
    });
    STOP.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stem(word: &str) -> String {
        let forms =
            Arc::new(Forms::from([("kurs".to_owned(), "kurs".to_owned()), ("kurser".to_owned(), "kurs".to_owned())]));
        words_of(word, &mut stems(&forms), 5).remove(0).stem
    }

    #[test]
    fn inflections_that_the_stemmer_leaves_apart_are_joined() {
        for (one, other) in
            [("våld", "våldet"), ("barn", "barnets"), ("nätverk", "nätverket"), ("kurs", "kurser"), ("jour", "jourer")]
        {
            assert_eq!(stem(one), stem(other), "{one} {other}");
        }
        assert_ne!(stem("våld"), stem("vald"));
        assert_ne!(stem("råd"), stem("rad"));
    }

    #[test]
    fn small_words_say_nothing_with_or_without_dots() {
        for word in ["när", "nar", "är", "ar", "jag", "får", "vad"] {
            assert!(is_stop_word(word), "{word}");
        }
        for word in ["far", "våld", "vald", "hjälp", "fråga", "man", "män"] {
            assert!(!is_stop_word(word), "{word}");
        }
    }

    #[test]
    fn a_word_is_cut_into_pieces() {
        assert_eq!(pieces("våld"), ["_våld", "våld_"]);
        assert_eq!(pieces("å"), [""; 0]);
    }

    #[test]
    fn text_from_elsewhere_is_made_ordinary() {
        assert_eq!(prepare("fo\u{308}ra\u{308}lder va\u{ad}ld"), "förälder vald");
    }
}
