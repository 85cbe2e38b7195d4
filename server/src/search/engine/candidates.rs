//! The first stage: which sections are looked at closely.

use super::Engine;
use super::gathering::Gathering;
use super::question::Question;
use super::sought::Sought;
use super::weights as w;
use super::words::pieces;
use anyhow::Result;
use tantivy::query::{
    BooleanQuery, BoostQuery, DisjunctionMaxQuery, EnableScoring, Occur, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, Searcher, Term};

/// What may be looked for, with its weight.
type Part = (Field, String, f32);

/// Sections that are looked at closely.
pub(super) struct Candidates {
    /// In the order of the index, each with its score so far.
    pub scored: Vec<(f32, DocAddress)>,
    /// What chose none of them, and counts all the same: it stands in so many sections that it tells little.
    pub later: Vec<Box<dyn Query>>,
}

impl Engine {
    /// The sections that score best by their words alone, and some more of those that hold every word.
    pub(super) fn candidates(&self, question: &Question, sought: &[Sought], searcher: &Searcher) -> Result<Candidates> {
        let (root, later) = self.candidates_query(question, sought, searcher)?;
        let every = self.every_word(sought);
        let every = every.map(|every| every.weight(EnableScoring::disabled_from_searcher(searcher))).transpose()?;
        let scored = searcher.search(&root, &Gathering { every })?;
        let later = later.iter().map(|(field, text, weight)| term(*field, text, *weight)).collect();
        Ok(Candidates { scored, later })
    }

    /// One union of every word, in all its fields and pieces. With it the parts that stand in so many sections that they
    /// tell little: they are added to the candidates' scores later.
    fn candidates_query(
        &self,
        question: &Question,
        sought: &[Sought],
        searcher: &Searcher,
    ) -> Result<(BooleanQuery, Vec<Part>)> {
        let fields = self.fields;
        let in_fields = [
            (fields.stem, w::STEM),
            (fields.title, w::TITLE),
            (fields.heading, w::HEADING),
            (fields.keywords, w::KEYWORDS),
        ];
        let mut root: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let mut terms: Vec<Box<dyn Query>> = Vec::new();
        let mut later: Vec<Part> = Vec::new();
        let common = |(field, text, _): &Part| -> Result<bool> {
            Ok(searcher.doc_freq(&Term::from_field_text(*field, text))? > w::COMMON)
        };
        for (at, word) in question.words.iter().enumerate() {
            let one = sought.iter().find(|one| one.word.position == at);
            // A stop word is looked for in running text only: it stands in everything.
            let Some(one) = one else {
                let part = (fields.stem, word.stem.clone(), w::STOP_WORD);
                match common(&part)? {
                    true => later.push(part),
                    false => terms.push(term(part.0, &part.1, part.2)),
                }
                continue;
            };
            let mut own: Vec<_> = in_fields.map(|(field, weight)| term(field, &word.stem, weight)).into();
            let exact = (fields.exact, word.exact.clone(), w::EXACT);
            match common(&exact)? {
                true => later.push(exact),
                false => own.push(term(exact.0, &exact.1, exact.2)),
            }
            let mut ways: Vec<Box<dyn Query>> = Vec::new();
            for (stem, share) in &one.others {
                let way = in_fields.map(|(field, weight)| term(field, stem, weight * share));
                ways.push(Box::new(BooleanQuery::union(way.into())));
            }
            for phrase in one.phrases.iter().filter(|phrase| !phrase.scored_elsewhere) {
                let way = in_fields.map(|(field, weight)| -> Box<dyn Query> {
                    Box::new(BoostQuery::new(together(field, &phrase.stems), weight * phrase.weight))
                });
                ways.push(Box::new(BooleanQuery::union(way.into())));
            }
            if ways.is_empty() {
                terms.append(&mut own);
            } else {
                // The best of the ways counts, so that a word with many synonyms does not drown the others.
                ways.push(Box::new(BooleanQuery::union(own)));
                root.push((Occur::Should, Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, w::FURTHER_WAYS))));
            }
            if word.exact.chars().count() >= w::SHORTEST_FOR_PIECES {
                for spelling in std::iter::once(&word.exact).chain(&one.corrected).take(2) {
                    for piece in pieces(spelling) {
                        let part = (fields.pieces, piece, w::PIECES);
                        // A word that stands nowhere has nothing but its pieces to be found by.
                        match !one.unknown && common(&part)? {
                            true => later.push(part),
                            false => terms.push(term(part.0, &part.1, part.2)),
                        }
                    }
                }
            }
        }
        root.push((Occur::Should, Box::new(BooleanQuery::union(terms))));
        for phrase in &question.phrases {
            let anywhere =
                [fields.stem, fields.title].map(|field| -> Box<dyn Query> { Box::new(phrase_query(field, phrase, 0)) });
            root.push((Occur::Must, Box::new(BooleanQuery::union(anywhere.into()))));
        }
        for stem in &question.without {
            root.extend(in_fields.map(|(field, _)| (Occur::MustNot, term(field, stem, 1.0))));
        }
        Ok((BooleanQuery::new(root), later))
    }

    /// What holds every word of the question that stands anywhere; nothing for a question of one word.
    fn every_word(&self, sought: &[Sought]) -> Option<BooleanQuery> {
        let fields = [self.fields.stem, self.fields.title, self.fields.heading, self.fields.keywords];
        let every = sought.iter().filter(|one| !one.unknown).map(|one| -> Box<dyn Query> {
            let stems = std::iter::once(&one.word.stem).chain(one.others.iter().map(|(stem, _)| stem));
            let anywhere = stems.flat_map(|stem| {
                fields.map(|field| -> Box<dyn Query> {
                    Box::new(TermQuery::new(Term::from_field_text(field, stem), IndexRecordOption::Basic))
                })
            });
            Box::new(BooleanQuery::union(anywhere.collect()))
        });
        let every: Vec<_> = every.collect();
        (sought.len() > 1 && !every.is_empty()).then(|| BooleanQuery::intersection(every))
    }
}

fn term(field: Field, text: &str, weight: f32) -> Box<dyn Query> {
    let query = TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs);
    Box::new(BoostQuery::new(Box::new(query), weight))
}

/// A way of saying: its one word, or its words near each other.
pub(super) fn together(field: Field, way: &[String]) -> Box<dyn Query> {
    match way {
        [stem] => Box::new(TermQuery::new(Term::from_field_text(field, stem), IndexRecordOption::WithFreqs)),
        _ => Box::new(phrase_query(field, way, w::SLOP)),
    }
}

fn phrase_query(field: Field, stems: &[String], slop: u32) -> PhraseQuery {
    let terms = stems.iter().enumerate().map(|(at, stem)| (at, Term::from_field_text(field, stem))).collect();
    PhraseQuery::new_with_offset_and_slop(terms, slop)
}
