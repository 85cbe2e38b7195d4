//! The second stage: how well each candidate answers, by how its words stand together and how much of the question it
//! holds.

use super::candidates::together;
use super::index::Fields;
use super::question::Question;
use super::sought::Sought;
use super::walk::{ScoredWalk, Walk};
use super::weights as w;
use super::words::pieces;
use anyhow::Result;
use tantivy::postings::Postings;
use tantivy::query::{EnableScoring, PhraseQuery, Query, TermQuery, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, Searcher, SegmentReader, Term};

/// A candidate with its final score.
pub(super) struct Scored {
    pub score: f32,
    pub coverage: f32,
    pub address: DocAddress,
}

/// The candidates of one segment of the index, in its order, each with its score so far.
pub(super) struct Segment<'a> {
    fields: Fields,
    searcher: &'a Searcher,
    reader: &'a SegmentReader,
    candidates: &'a [(f32, DocAddress)],
}

impl<'a> Segment<'a> {
    /// `candidates` are of one segment, and not none.
    pub fn new(fields: Fields, searcher: &'a Searcher, candidates: &'a [(f32, DocAddress)]) -> Self {
        let reader = searcher.segment_reader(candidates[0].1.segment_ord);
        Self { fields, searcher, reader, candidates }
    }

    /// The final scores, in the order of the candidates.
    pub fn scored(&self, question: &Question, sought: &[Sought], later: &[Box<dyn Query>]) -> Result<Vec<Scored>> {
        let mut bonus = vec![0.0_f32; self.candidates.len()];
        for query in later {
            self.add(query.as_ref(), 1.0, &mut bonus)?;
        }
        for one in sought.iter().filter(|one| one.stands) {
            self.weigh_length_less(one, &mut bonus)?;
        }
        for (query, weight) in self.runs(question, sought) {
            self.add(&query, weight, &mut bonus)?;
        }
        let held = self.held(sought)?;
        let total: f32 = sought.iter().map(|one| one.idf).sum();
        let scored = self.candidates.iter().zip(bonus).zip(held).map(|(((score, address), bonus), held)| {
            let coverage = if total > 0.0 { held / total } else { 1.0 };
            let score = (score + bonus) * (1.0 + w::COVERAGE * coverage * coverage);
            Scored { score, coverage, address: *address }
        });
        Ok(scored.collect())
    }

    fn walk(&self, weight: &dyn Weight) -> tantivy::Result<ScoredWalk> {
        ScoredWalk::of(weight, self.reader, self.candidates[0].1.doc_id)
    }

    /// What the query gives to each candidate that it matches, so many times.
    fn add(&self, query: &dyn Query, weight: f32, bonus: &mut [f32]) -> Result<()> {
        let scoring = EnableScoring::enabled_from_searcher(self.searcher);
        let mut walk = self.walk(query.weight(scoring)?.as_ref())?;
        for ((_, address), bonus) in self.candidates.iter().zip(bonus) {
            if walk.reaches(address.doc_id) {
                *bonus += weight * walk.score();
            }
        }
        Ok(())
    }

    /// Words that stand together in the question, each with the weight of finding them so. Small words count beside what
    /// they belong to, and in running text only.
    fn runs(&self, question: &Question, sought: &[Sought]) -> Vec<(PhraseQuery, f32)> {
        let fields = self.fields;
        // Nothing for a word that stands nowhere, nor anything for it.
        let stems: Vec<Option<&str>> = (0..question.words.len())
            .map(|at| match sought.iter().find(|one| one.word.position == at) {
                Some(one) if one.stands => Some(one.word.stem.as_str()),
                Some(one) => one.others.first().map(|(stem, _)| stem.as_str()),
                None => Some(question.words[at].stem.as_str()),
            })
            .collect();
        let run = |field: Field, places: &[usize], slop: u32| {
            let stems: Vec<&str> = places.iter().map(|at| stems[*at]).collect::<Option<_>>()?;
            let repeats = (1..stems.len()).any(|at| stems[..at].contains(&stems[at]));
            let terms =
                places.iter().zip(&stems).map(|(at, stem)| (at - places[0], Term::from_field_text(field, stem)));
            (!repeats).then(|| PhraseQuery::new_with_offset_and_slop(terms.collect(), slop))
        };
        let is_content = |at: &usize| question.content.contains(at);
        let mut runs = Vec::new();
        for field in [fields.stem, fields.title, fields.keywords] {
            for (step, weight) in [(1, w::PAIR), (2, w::PAIR_APART)] {
                let pairs = question.content.windows(step + 1).map(|pair| [pair[0], pair[step]]);
                runs.extend(pairs.filter_map(|pair| Some((run(field, &pair, w::SLOP)?, weight))));
            }
        }
        let places: Vec<usize> = (0..question.words.len()).collect();
        let with_small = places.windows(2).filter(|pair| is_content(&pair[0]) != is_content(&pair[1]));
        runs.extend(with_small.filter_map(|pair| Some((run(fields.stem, pair, w::SLOP)?, w::PAIR_WITH_SMALL))));
        runs.extend(places.windows(3).filter_map(|three| Some((run(fields.stem, three, 0)?, w::THREE_IN_A_ROW))));
        runs
    }

    /// The library's BM25 makes little of a word in a long text. Where long texts stand among short ones that hides
    /// them: what a milder measure gives more (or less) for the word in running text.
    fn weigh_length_less(&self, one: &Sought, bonus: &mut [f32]) -> Result<()> {
        let field = self.fields.stem;
        let index = self.reader.inverted_index(field)?;
        let term = Term::from_field_text(field, &one.word.stem);
        let Some(postings) = index.read_postings(&term, IndexRecordOption::WithFreqs)? else { return Ok(()) };
        let mut walk = Walk::along(postings);
        let lengths = self.reader.get_fieldnorms_reader(field)?;
        let mean = index.total_num_tokens() as f32 / self.reader.max_doc().max(1) as f32;
        for (at, (_, address)) in self.candidates.iter().enumerate() {
            if walk.reaches(address.doc_id) {
                let length = lengths.fieldnorm(address.doc_id) as f32 / mean;
                let times = walk.postings().term_freq() as f32;
                let [ours, theirs] = [(w::SATURATION, w::LENGTH), (1.2, 0.75)]
                    .map(|(k, b)| (1.0 + k) * times / (times + k * (1.0 - b + b * length)));
                bonus[at] += w::STEM * one.idf * (ours - theirs);
            }
        }
        Ok(())
    }

    /// How much of the question each candidate holds: the words, each as rare as it is.
    fn held(&self, sought: &[Sought]) -> Result<Vec<f32>> {
        let mut held = vec![0.0_f32; self.candidates.len()];
        for one in sought {
            let mut ways = self.presence(one)?;
            let mut parts: Option<Vec<f32>> = None;
            for (at, (_, address)) in self.candidates.iter().enumerate() {
                // The ways that hold most of the word come first.
                let way = ways.iter_mut().find_map(|(walk, share)| walk.reaches(address.doc_id).then_some(*share));
                let share = match (way, &mut parts) {
                    (Some(share), _) => share,
                    (None, Some(parts)) => parts[at],
                    (None, none) => none.insert(self.parts_of(one)?)[at],
                };
                held[at] += one.idf * share;
            }
        }
        Ok(held)
    }

    /// What tells that a section holds the word, in one way or another, with how much of the word each way is; the
    /// fullest first.
    fn presence(&self, one: &Sought) -> Result<Vec<(ScoredWalk, f32)>> {
        let fields = [self.fields.stem, self.fields.title, self.fields.heading, self.fields.keywords];
        let mut ways = Vec::new();
        let mut add = |query: &dyn Query, share: f32| -> Result<()> {
            let weight = query.weight(EnableScoring::disabled_from_searcher(self.searcher))?;
            ways.push((self.walk(weight.as_ref())?, share));
            Ok(())
        };
        for exact in std::iter::once(&one.word.exact).chain(&one.corrected) {
            add(&TermQuery::new(Term::from_field_text(self.fields.exact, exact), IndexRecordOption::Basic), 1.0)?;
        }
        let others =
            one.others.iter().map(|(stem, share)| (stem, if *share == w::SYNONYM { *share } else { w::OTHER_FORM }));
        for (stem, share) in std::iter::once((&one.word.stem, w::OTHER_FORM)).chain(others) {
            for field in fields {
                add(&TermQuery::new(Term::from_field_text(field, stem), IndexRecordOption::Basic), share)?;
            }
        }
        for phrase in &one.phrases {
            for field in fields {
                add(together(field, &phrase.stems).as_ref(), phrase.weight)?;
            }
        }
        ways.sort_by(|(_, one): &(_, f32), (_, other)| other.total_cmp(one));
        Ok(ways)
    }

    /// The share of the word's pieces that each candidate holds, where that is a good part of it, else 0.
    fn parts_of(&self, one: &Sought) -> Result<Vec<f32>> {
        let mut counts = vec![0_usize; self.candidates.len()];
        if one.word.exact.chars().count() < w::SHORTEST_FOR_PIECES {
            return Ok(vec![0.0; counts.len()]);
        }
        let pieces = pieces(&one.word.exact);
        let index = self.reader.inverted_index(self.fields.pieces)?;
        for piece in &pieces {
            let term = Term::from_field_text(self.fields.pieces, piece);
            let Some(postings) = index.read_postings(&term, IndexRecordOption::Basic)? else { continue };
            let mut walk = Walk::along(postings);
            for ((_, address), count) in self.candidates.iter().zip(&mut counts) {
                *count += usize::from(walk.reaches(address.doc_id));
            }
        }
        let shares = counts.into_iter().map(|count| count as f32 / pieces.len() as f32);
        Ok(shares.map(|share| if share >= w::PART_OF_A_WORD { share } else { 0.0 }).collect())
    }
}
