//! What each word of a question may stand for: as typed, with its dots, corrected, in other words.

use super::Engine;
use super::question::Question;
use super::weights as w;
use super::words::{Word, is_stop_word};
use anyhow::Result;
use tantivy::{Searcher, Term};

/// A content word of the question with all it may stand for.
pub(super) struct Sought {
    pub word: Word,
    /// Other stems for it with their weight: corrections, synonyms of one word.
    pub others: Vec<(String, f32)>,
    /// Other ways of saying it, or what it is part of, in several words: all must stand near each other.
    pub phrases: Vec<Phrase>,
    /// How rare it is.
    pub idf: f32,
    /// It stands somewhere as typed.
    pub stands: bool,
    /// It stands nowhere, and neither does anything that it may be a slip for.
    pub unknown: bool,
    /// What it may be a slip for, the likeliest first.
    pub corrected: Vec<String>,
}

pub(super) struct Phrase {
    pub stems: Vec<String>,
    /// What it is worth beside the words as typed.
    pub weight: f32,
    /// Stands for several words of the question and is scored at another of them; here it only tells that the word is held.
    pub scored_elsewhere: bool,
}

impl Engine {
    /// The question as it was meant, and its words that say what is sought.
    pub(super) fn understand(&self, typed: &Question, searcher: &Searcher) -> Result<(Question, Vec<Sought>)> {
        let question = self.with_its_dots(typed, searcher)?;
        let dots_were_missing = is_ascii(typed) && question.words != typed.words;
        let sought = self.sought(&question, dots_were_missing, searcher)?;
        Ok((question, sought))
    }

    /// The question as a keyboard with å, ä and ö would have typed it: a word that stands nowhere without its dots and
    /// rings has them. If nothing that was typed has any, so has a form that stands nowhere though its stem does, and a
    /// small word that is commoner with them.
    fn with_its_dots(&self, typed: &Question, searcher: &Searcher) -> Result<Question> {
        let mut question = typed.clone();
        for word in &mut question.words {
            let stands = self.frequency(&word.stem, searcher)? > 0;
            let count = self.dictionary.count(&word.exact);
            let may_be_dotted = !stands || is_ascii(typed) && (count == 0 || is_stop_word(&word.exact));
            let dotted = self.dictionary.with_dots(&word.exact).into_iter().next().filter(|_| may_be_dotted);
            let meant = match dotted.filter(|dotted| self.dictionary.count(dotted) > count) {
                Some(exact) => Some((self.stem_of(&exact), exact)),
                None if !stands => self.dictionary.stems_with_dots(&word.stem).next().map(|stem| {
                    // Of a word that stands in other forms.
                    let base = stem.trim_end_matches('*');
                    let ending: String = word.exact.chars().skip(base.chars().count()).collect();
                    (stem.clone(), format!("{base}{ending}"))
                }),
                None => None,
            };
            if let Some((stem, exact)) = meant {
                let within_phrases = question.phrases.iter_mut().flatten().filter(|held| **held == word.stem);
                within_phrases.for_each(|held| held.clone_from(&stem));
                (word.stem, word.exact) = (stem, exact);
            }
        }
        Ok(question)
    }

    /// The words of the question that say what is sought. Where some had lost their dots, the others may have too.
    fn sought(&self, question: &Question, dots_were_missing: bool, searcher: &Searcher) -> Result<Vec<Sought>> {
        let sections = searcher.num_docs() as f32;
        let mut sought = Vec::new();
        for at in &question.content {
            let word = question.words[*at].clone();
            let mut df = self.frequency(&word.stem, searcher)?;
            let stands = df > 0;
            let (mut others, mut corrected) = (Vec::new(), Vec::new());
            if !stands {
                corrected = self.dictionary.near(&word.exact, searcher, self.fields.exact);
                for other in &corrected {
                    let stem = self.stem_of(other);
                    df = df.max(self.frequency(&stem, searcher)?);
                    others.push((stem, w::CORRECTED));
                }
            } else if dots_were_missing {
                for other in self.dictionary.with_dots(&word.exact) {
                    if self.dictionary.count(&other) * 2 > self.dictionary.count(&word.exact) {
                        others.push((self.stem_of(&other), w::CORRECTED));
                    }
                }
            }
            sought.push(Sought {
                word,
                others,
                phrases: Vec::new(),
                idf: idf(sections, df),
                stands,
                unknown: df == 0,
                corrected,
            });
        }
        for (places, way) in &question.synonyms {
            if let ([stem], [place]) = (way.as_slice(), places.as_slice()) {
                let said = sought.iter_mut().find(|one| one.word.position == *place);
                said.into_iter().for_each(|one| one.others.push((stem.clone(), w::SYNONYM)));
                continue;
            }
            // Scored once, at the first of the words that says anything; but it holds them all.
            let said = sought.iter_mut().filter(|one| places.contains(&one.word.position));
            for (at, one) in said.enumerate() {
                one.phrases.push(Phrase { stems: way.clone(), weight: w::SYNONYM, scored_elsewhere: at > 0 });
            }
        }
        self.join_split_compounds(&mut sought);
        for one in sought.iter_mut().filter(|one| one.unknown && one.others.is_empty() && one.phrases.is_empty()) {
            one.idf *= w::UNKNOWN;
        }
        Ok(sought)
    }

    /// "Utrese förbud" is also looked for as "utreseförbud", if there is such a word.
    fn join_split_compounds(&self, sought: &mut [Sought]) {
        for at in 1..sought.len() {
            let (first, second) = (&sought[at - 1], &sought[at]);
            if first.word.position + 1 != second.word.position {
                continue;
            }
            let joined = format!("{}{}", first.word.exact, second.word.exact);
            if self.dictionary.count(&joined) > 0 {
                let stems = vec![self.stem_of(&joined)];
                sought[at - 1].phrases.push(Phrase { stems: stems.clone(), weight: 1.0, scored_elsewhere: false });
                sought[at].phrases.push(Phrase { stems, weight: 1.0, scored_elsewhere: true });
            }
        }
    }

    fn stem_of(&self, word: &str) -> String {
        let mut stems = self.stems.clone();
        super::words::words_of(word, &mut stems, 1).pop().map_or_else(|| word.to_owned(), |word| word.stem)
    }

    /// Sections that hold the stem anywhere.
    fn frequency(&self, stem: &str, searcher: &Searcher) -> Result<u64> {
        let fields = [self.fields.stem, self.fields.title, self.fields.heading, self.fields.keywords];
        fields.iter().try_fold(0, |most, field| Ok(most.max(searcher.doc_freq(&Term::from_field_text(*field, stem))?)))
    }
}

fn is_ascii(question: &Question) -> bool {
    question.words.iter().all(|word| word.exact.is_ascii())
}

/// How much a word tells: the rarer, the more (Robertson and Spärck Jones).
fn idf(sections: f32, frequency: u64) -> f32 {
    let frequency = frequency as f32;
    (1.0 + (sections - frequency + 0.5) / (frequency + 0.5)).ln()
}
