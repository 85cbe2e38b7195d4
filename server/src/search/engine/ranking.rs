//! The order of answers: candidates by their words, then pairs of words and coverage of the question.

use super::question::Question;
use super::weights as w;
use super::words::{Word, is_stop_word, pieces};
use super::{Engine, Found};
use anyhow::Result;
use std::collections::HashMap;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, EnableScoring, Occur, PhraseQuery, Query, Scorer, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, Term};

/// A content word of the question with all it may stand for.
struct Sought {
    word: Word,
    /// Other stems for it with their weight: corrections, synonyms of one word.
    others: Vec<(String, f32)>,
    /// Synonyms of several words: all must stand near each other.
    phrases: Vec<Vec<String>>,
    /// How rare it is.
    idf: f32,
    corrected: Vec<String>,
    /// It, or what it was corrected to, stands in the index.
    known: bool,
}

/// What may be looked for, with its weight.
type Part = (Field, String, f32);

/// A candidate with its final score.
struct Scored {
    score: f32,
    coverage: f32,
    address: DocAddress,
}

/// What the engine made of a question, for pages to say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// Best first.
    pub found: Vec<Found>,
    /// Stems that were looked for, to be marked in excerpts.
    pub marks: Vec<String>,
    /// Words that stand nowhere, each with what was looked for instead.
    pub corrected: Vec<(String, String)>,
}

impl Engine {
    /// At most [`w::CANDIDATES`] sections, best first.
    pub fn answer(&self, question: &Question) -> Result<Answer> {
        let searcher = self.reader.searcher();
        if question.is_empty() || searcher.num_docs() == 0 {
            return Ok(Answer::default());
        }
        let sought = self.sought(question, &searcher)?;
        let (root, later) = self.candidates_query(question, &sought, &searcher)?;
        let later: Vec<Box<dyn Query>> =
            later.iter().map(|(field, text, weight)| term(*field, text, *weight)).collect();
        let collector = TopDocs::with_limit(w::CANDIDATES).order_by_score();
        let mut candidates: Vec<(f32, DocAddress)> = searcher.search(&root, &collector)?;
        candidates.sort_by_key(|(_, address)| *address);
        let mut scored: Vec<Scored> = Vec::with_capacity(candidates.len());
        let mut rest = candidates.as_slice();
        while let Some((_, first)) = rest.first() {
            let end =
                rest.iter().position(|(_, address)| address.segment_ord != first.segment_ord).unwrap_or(rest.len());
            let segment = first.segment_ord;
            scored.extend(self.second_stage(&searcher, segment, &rest[..end], question, &sought, &later)?);
            rest = &rest[end..];
        }
        scored.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.address.cmp(&other.address)));
        // Opening a column costs more than reading it.
        let ids = searcher.segment_readers().iter().map(|segment| segment.fast_fields().u64("id"));
        let ids = ids.collect::<Result<Vec<_>, _>>()?;
        let found = scored.into_iter().filter_map(|Scored { score, coverage, address }| {
            let id = ids.get(address.segment_ord as usize)?.first(address.doc_id)?;
            Some(Found { id, score, coverage })
        });
        let found = found.collect();
        let marks = sought.iter().flat_map(|one| {
            std::iter::once(one.word.stem.clone())
                .chain(one.others.iter().map(|(stem, _)| stem.clone()))
                .chain(one.phrases.iter().flatten().cloned())
        });
        let corrected = sought.iter().filter_map(|one| Some((one.word.exact.clone(), one.corrected.first()?.clone())));
        Ok(Answer {
            // "Anmälan om oro" is no reason to mark every "om".
            marks: marks.filter(|stem| !is_stop_word(stem)).collect(),
            corrected: corrected.collect(),
            found,
        })
    }

    fn sought(&self, question: &Question, searcher: &Searcher) -> Result<Vec<Sought>> {
        let sections = searcher.num_docs() as f32;
        let all_ascii = question.words.iter().all(|word| word.exact.is_ascii());
        let mut some_dots_were_missing = false;
        let mut sought = Vec::new();
        for at in &question.content {
            let word = question.words[*at].clone();
            let mut df = self.frequency(&word.stem, searcher)?;
            let (mut others, mut corrected) = (Vec::new(), Vec::new());
            if df == 0 {
                corrected = self.dictionary.with_dots(&word.exact);
                some_dots_were_missing |= !corrected.is_empty();
                if corrected.is_empty() {
                    corrected = self.dictionary.near(&word.exact, searcher, self.fields.exact);
                }
                for other in &corrected {
                    let stem = self.stem_of(other);
                    df = df.max(self.frequency(&stem, searcher)?);
                    others.push((stem, w::CORRECTED));
                }
            }
            sought.push(Sought { word, others, phrases: Vec::new(), idf: idf(sections, df), corrected, known: df > 0 });
        }
        if all_ascii && some_dots_were_missing {
            // Typed on a keyboard without å ä ö: words that exist may be meant with dots too.
            for one in sought.iter_mut().filter(|one| one.corrected.is_empty()) {
                for other in self.dictionary.with_dots(&one.word.exact) {
                    if self.dictionary.count(&other) * 2 > self.dictionary.count(&one.word.exact) {
                        one.others.push((self.stem_of(&other), w::CORRECTED));
                    }
                }
            }
        }
        for (places, way) in &question.synonyms {
            // A way of saying several words hangs on the first of them that says anything.
            let Some(one) = sought.iter_mut().find(|one| places.contains(&one.word.position)) else { continue };
            match way.as_slice() {
                [stem] if places.len() == 1 => one.others.push((stem.clone(), w::SYNONYM)),
                _ => one.phrases.push(way.clone()),
            }
        }
        Ok(sought)
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

    /// One nested union for each word: nested on purpose, so that the whole question is weighed at once. With it the
    /// parts that stand in so many sections that they tell little: they are added to the candidates' scores later.
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
        let mut later: Vec<Part> = Vec::new();
        let common = |(field, text, _): &Part| -> Result<bool> {
            Ok(searcher.doc_freq(&Term::from_field_text(*field, text))? > w::COMMON)
        };
        for (at, word) in question.words.iter().enumerate() {
            let one = sought.iter().find(|one| one.word.position == at);
            let mut union: Vec<Box<dyn Query>> = Vec::new();
            // A stop word is looked for in running text only: it stands in everything.
            let Some(one) = one else {
                let part = (fields.stem, word.stem.clone(), w::STEM);
                match common(&part)? {
                    true => later.push(part),
                    false => root.push((Occur::Should, term(part.0, &part.1, part.2))),
                }
                continue;
            };
            union.extend(in_fields.map(|(field, weight)| term(field, &word.stem, weight)));
            let mut parts = vec![(fields.exact, word.exact.clone(), w::EXACT)];
            for (stem, share) in &one.others {
                union.extend(in_fields.map(|(field, weight)| term(field, stem, weight * share)));
            }
            for way in &one.phrases {
                for (field, weight) in [(fields.stem, w::STEM), (fields.title, w::TITLE)] {
                    union.push(Box::new(BoostQuery::new(together(field, way), weight * w::SYNONYM)));
                }
            }
            if word.exact.chars().count() >= w::SHORTEST_FOR_PIECES {
                for corrected in std::iter::once(&word.exact).chain(&one.corrected).take(2) {
                    parts.extend(pieces(corrected).into_iter().map(|piece| (fields.pieces, piece, w::PIECES)));
                }
            }
            for part in parts {
                // A word that stands nowhere has nothing but its pieces to be found by.
                match one.known && common(&part)? {
                    true => later.push(part),
                    false => union.push(term(part.0, &part.1, part.2)),
                }
            }
            root.push((Occur::Should, Box::new(BooleanQuery::union(union))));
        }
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

    /// The final scores of one segment's candidates, which stand in the order of the index.
    fn second_stage(
        &self,
        searcher: &Searcher,
        segment: u32,
        candidates: &[(f32, DocAddress)],
        question: &Question,
        sought: &[Sought],
        later: &[Box<dyn Query>],
    ) -> Result<Vec<Scored>> {
        let reader = searcher.segment_reader(segment);
        let mut bonus = vec![0.0_f32; candidates.len()];
        for query in later {
            let mut scorer = query.weight(EnableScoring::enabled_from_searcher(searcher))?.scorer(reader, 1.0)?;
            for (at, (_, address)) in candidates.iter().enumerate() {
                if reaches(scorer.as_mut(), address.doc_id) {
                    bonus[at] += scorer.score();
                }
            }
        }
        for (first, second, weight) in self.pairs(question, sought) {
            let query = PhraseQuery::new_with_offset_and_slop(vec![(0, first.0), (first.1, second)], w::SLOP);
            let mut scorer = query.weight(EnableScoring::enabled_from_searcher(searcher))?.scorer(reader, 1.0)?;
            for (at, (_, address)) in candidates.iter().enumerate() {
                if reaches(scorer.as_mut(), address.doc_id) {
                    bonus[at] += weight * scorer.score();
                }
            }
        }
        let total: f32 = sought.iter().map(|one| one.idf).sum();
        let mut held = vec![0.0_f32; candidates.len()];
        for one in sought {
            let mut scorers = self.presence(one, searcher, segment)?;
            let mut parts: Option<HashMap<usize, f32>> = None;
            for (at, (_, address)) in candidates.iter().enumerate() {
                if scorers.iter_mut().any(|scorer| reaches(scorer.as_mut(), address.doc_id)) {
                    held[at] += one.idf;
                } else {
                    let parts = match &parts {
                        Some(parts) => parts,
                        None => parts.insert(self.parts_of(one, searcher, segment, candidates)?),
                    };
                    held[at] += one.idf * parts.get(&at).copied().unwrap_or(0.0);
                }
            }
        }
        let scored = candidates.iter().enumerate().map(|(at, (score, address))| {
            let coverage = if total > 0.0 { held[at] / total } else { 1.0 };
            let score = (score + bonus[at]) * (1.0 + w::COVERAGE * coverage * coverage);
            Scored { score, coverage, address: *address }
        });
        Ok(scored.collect())
    }

    /// Neighbouring content words, with how far apart they stood, and the weight of finding them together.
    fn pairs(&self, question: &Question, sought: &[Sought]) -> Vec<((Term, usize), Term, f32)> {
        let stem = |at: usize| {
            let one = sought.iter().find(|one| one.word.position == at)?;
            let stem = if one.corrected.is_empty() { &one.word.stem } else { &one.others.first()?.0 };
            Some(Term::from_field_text(self.fields.stem, stem))
        };
        let mut pairs = Vec::new();
        for (step, weight) in [(1, w::PAIR), (2, w::PAIR_APART)] {
            for pair in question.content.windows(step + 1) {
                let (first, last) = (pair[0], pair[step]);
                if let (Some(one), Some(other)) = (stem(first), stem(last))
                    && one != other
                {
                    pairs.push(((one, last - first), other, weight));
                }
            }
        }
        pairs
    }

    /// What tells that a section holds the word, in one way or another.
    fn presence(&self, one: &Sought, searcher: &Searcher, segment: u32) -> Result<Vec<Box<dyn Scorer>>> {
        let reader = searcher.segment_reader(segment);
        let fields = [self.fields.stem, self.fields.title, self.fields.heading, self.fields.keywords];
        let mut scorers: Vec<Box<dyn Scorer>> = Vec::new();
        let stems = std::iter::once(&one.word.stem).chain(one.others.iter().map(|(stem, _)| stem));
        for stem in stems {
            for field in fields {
                let query = TermQuery::new(Term::from_field_text(field, stem), IndexRecordOption::Basic);
                scorers.push(query.weight(EnableScoring::disabled_from_searcher(searcher))?.scorer(reader, 1.0)?);
            }
        }
        for way in &one.phrases {
            for field in [self.fields.stem, self.fields.title] {
                let query = together(field, way);
                scorers.push(query.weight(EnableScoring::disabled_from_searcher(searcher))?.scorer(reader, 1.0)?);
            }
        }
        Ok(scorers)
    }

    /// For candidates without the word: the share of its pieces that they hold, where that is a good part of it.
    fn parts_of(
        &self,
        one: &Sought,
        searcher: &Searcher,
        segment: u32,
        candidates: &[(f32, DocAddress)],
    ) -> Result<HashMap<usize, f32>> {
        let mut counts: HashMap<usize, usize> = HashMap::new();
        if one.word.exact.chars().count() < w::SHORTEST_FOR_PIECES {
            return Ok(HashMap::new());
        }
        let pieces = pieces(&one.word.exact);
        let index = searcher.segment_reader(segment).inverted_index(self.fields.pieces)?;
        for piece in &pieces {
            let Some(mut postings) =
                index.read_postings(&Term::from_field_text(self.fields.pieces, piece), IndexRecordOption::Basic)?
            else {
                continue;
            };
            for (at, (_, address)) in candidates.iter().enumerate() {
                if reaches(&mut postings, address.doc_id) {
                    *counts.entry(at).or_default() += 1;
                }
            }
        }
        let share = |count: usize| count as f32 / pieces.len() as f32;
        Ok(counts
            .into_iter()
            .map(|(at, count)| (at, share(count)))
            .filter(|(_, share)| *share >= w::PART_OF_A_WORD)
            .collect())
    }
}

/// Moves on to the document; is it there? Documents must be asked for in order.
fn reaches(documents: &mut (impl DocSet + ?Sized), document: u32) -> bool {
    if documents.doc() == TERMINATED {
        return false;
    }
    let at = if documents.doc() < document { documents.seek(document) } else { documents.doc() };
    at == document
}

fn term(field: Field, text: &str, weight: f32) -> Box<dyn Query> {
    let query = TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs);
    Box::new(BoostQuery::new(Box::new(query), weight))
}

/// A way of saying: its one word, or its words near each other.
fn together(field: Field, way: &[String]) -> Box<dyn Query> {
    match way {
        [stem] => Box::new(TermQuery::new(Term::from_field_text(field, stem), IndexRecordOption::WithFreqs)),
        _ => Box::new(phrase_query(field, way, w::SLOP)),
    }
}

fn phrase_query(field: Field, stems: &[String], slop: u32) -> PhraseQuery {
    let terms = stems.iter().enumerate().map(|(at, stem)| (at, Term::from_field_text(field, stem))).collect();
    PhraseQuery::new_with_offset_and_slop(terms, slop)
}

/// How much a word tells: the rarer, the more (Robertson and Spärck Jones).
fn idf(sections: f32, frequency: u64) -> f32 {
    let frequency = frequency as f32;
    (1.0 + (sections - frequency + 0.5) / (frequency + 0.5)).ln()
}
