//! The order of answers: candidates by their words, then pairs of words and coverage of the question.

use super::question::Question;
use super::weights as w;
use super::words::{Word, is_stop_word, pieces};
use super::{Engine, Found};
use anyhow::Result;
use std::collections::HashMap;
use tantivy::collector::TopDocs;
use tantivy::postings::Postings;
use tantivy::query::{
    BooleanQuery, BoostQuery, DisjunctionMaxQuery, EnableScoring, Occur, PhraseQuery, Query, Scorer, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, Term};

/// A content word of the question with all it may stand for.
struct Sought {
    word: Word,
    /// Other stems for it with their weight: corrections, synonyms of one word.
    others: Vec<(String, f32)>,
    /// Other ways of saying it, or what it is part of, in several words: all must stand near each other.
    phrases: Vec<Phrase>,
    /// How rare it is.
    idf: f32,
    /// It stands somewhere as typed.
    stands: bool,
    /// It stands nowhere, and neither does anything that it may be a slip for.
    unknown: bool,
    /// What it may be a slip for, the likeliest first.
    corrected: Vec<String>,
}

struct Phrase {
    stems: Vec<String>,
    /// What it is worth beside the words as typed.
    weight: f32,
    /// Stands for several words of the question and is scored at another of them; here it only tells that the word is held.
    scored_elsewhere: bool,
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
    /// At most [`w::CANDIDATES`] sections and [`w::CANDIDATES_WITH_EVERY_WORD`] more, best first.
    pub fn answer(&self, typed: &Question) -> Result<Answer> {
        let searcher = self.searcher.clone();
        if typed.is_empty() || searcher.num_docs() == 0 {
            return Ok(Answer::default());
        }
        let question = &self.with_its_dots(typed, &searcher)?;
        let dots_were_missing = is_ascii(typed) && question.words != typed.words;
        let sought = self.sought(question, dots_were_missing, &searcher)?;
        let (root, later) = self.candidates_query(question, &sought, &searcher)?;
        let later: Vec<Box<dyn Query>> =
            later.iter().map(|(field, text, weight)| term(*field, text, *weight)).collect();
        let collector = TopDocs::with_limit(w::CANDIDATES).order_by_score();
        let mut candidates: Vec<(f32, DocAddress)> = searcher.search(&root, &collector)?;
        if sought.len() > 1 && candidates.len() == w::CANDIDATES {
            let collector = TopDocs::with_limit(w::CANDIDATES_WITH_EVERY_WORD).order_by_score();
            candidates.extend(searcher.search(&self.with_every_word(root, &sought), &collector)?);
        }
        candidates.sort_by_key(|(_, address)| *address);
        candidates.dedup_by_key(|(_, address)| *address);
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
                .chain(one.phrases.iter().flat_map(|phrase| phrase.stems.iter().cloned()))
        });
        let corrected = sought.iter().filter_map(|one| {
            let typed = &typed.words[one.word.position].exact;
            let meant = one.corrected.first().or(Some(&one.word.exact).filter(|meant| *meant != typed))?;
            Some((typed.clone(), meant.clone()))
        });
        Ok(Answer {
            // "Anmälan om oro" is no reason to mark every "om".
            marks: marks.filter(|stem| !is_stop_word(stem)).collect(),
            corrected: corrected.collect(),
            found,
        })
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
                let part = (fields.stem, word.stem.clone(), w::STOP_WORD);
                match common(&part)? {
                    true => later.push(part),
                    false => root.push((Occur::Should, term(part.0, &part.1, part.2))),
                }
                continue;
            };
            union.extend(in_fields.map(|(field, weight)| term(field, &word.stem, weight)));
            let exact = (fields.exact, word.exact.clone(), w::EXACT);
            match common(&exact)? {
                true => later.push(exact),
                false => union.push(term(exact.0, &exact.1, exact.2)),
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
            if !ways.is_empty() {
                // The best of the ways counts, so that a word with many synonyms does not drown the others.
                ways.push(Box::new(BooleanQuery::union(std::mem::take(&mut union))));
                union.push(Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, w::FURTHER_WAYS)));
            }
            if word.exact.chars().count() >= w::SHORTEST_FOR_PIECES {
                for spelling in std::iter::once(&word.exact).chain(&one.corrected).take(2) {
                    for piece in pieces(spelling) {
                        let part = (fields.pieces, piece, w::PIECES);
                        // A word that stands nowhere has nothing but its pieces to be found by.
                        match !one.unknown && common(&part)? {
                            true => later.push(part),
                            false => union.push(term(part.0, &part.1, part.2)),
                        }
                    }
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

    /// Those candidates that hold every word of the question that stands anywhere, scored as all are.
    fn with_every_word(&self, candidates: BooleanQuery, sought: &[Sought]) -> BooleanQuery {
        let fields = [self.fields.stem, self.fields.title, self.fields.heading, self.fields.keywords];
        let held = sought.iter().filter(|one| !one.unknown).map(|one| -> Box<dyn Query> {
            let stems = std::iter::once(&one.word.stem).chain(one.others.iter().map(|(stem, _)| stem));
            let anywhere = stems.flat_map(|stem| {
                fields.map(|field| -> Box<dyn Query> {
                    Box::new(TermQuery::new(Term::from_field_text(field, stem), IndexRecordOption::Basic))
                })
            });
            Box::new(BoostQuery::new(Box::new(BooleanQuery::union(anywhere.collect())), 0.0))
        });
        BooleanQuery::intersection(std::iter::once::<Box<dyn Query>>(Box::new(candidates)).chain(held).collect())
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
        for one in sought.iter().filter(|one| one.stands) {
            self.weigh_length_less(one, searcher, segment, candidates, &mut bonus)?;
        }
        let fields = [self.fields.stem, self.fields.title, self.fields.keywords];
        for (first, second, weight) in fields.into_iter().flat_map(|field| self.pairs(question, sought, field)) {
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
                // The ways that hold most of the word come first.
                let way = scorers
                    .iter_mut()
                    .find_map(|(scorer, share)| reaches(scorer.as_mut(), address.doc_id).then_some(*share));
                let share = match (way, &parts) {
                    (Some(share), _) => share,
                    (None, Some(parts)) => parts.get(&at).copied().unwrap_or(0.0),
                    (None, None) => {
                        let found = parts.insert(self.parts_of(one, searcher, segment, candidates)?);
                        found.get(&at).copied().unwrap_or(0.0)
                    }
                };
                held[at] += one.idf * share;
            }
        }
        let scored = candidates.iter().enumerate().map(|(at, (score, address))| {
            let coverage = if total > 0.0 { held[at] / total } else { 1.0 };
            let score = (score + bonus[at]) * (1.0 + w::COVERAGE * coverage * coverage);
            Scored { score, coverage, address: *address }
        });
        Ok(scored.collect())
    }

    /// Neighbouring words, with how far apart they stood, and the weight of finding them together. Small words count
    /// beside what they belong to, and in running text only.
    fn pairs(&self, question: &Question, sought: &[Sought], field: Field) -> Vec<((Term, usize), Term, f32)> {
        let stem = |at: usize| {
            let stem = match sought.iter().find(|one| one.word.position == at) {
                Some(one) if one.stands => one.word.stem.clone(),
                Some(one) => one.others.first()?.0.clone(),
                None => question.words[at].stem.clone(),
            };
            Some(Term::from_field_text(field, &stem))
        };
        let content = [(1, w::PAIR), (2, w::PAIR_APART)].into_iter().flat_map(|(step, weight)| {
            question.content.windows(step + 1).map(move |pair| (pair[0], pair[step], weight))
        });
        let is_content = |at: &usize| question.content.contains(at);
        let with_small = (1..question.words.len())
            .map(|at| (at - 1, at, w::PAIR_WITH_SMALL))
            .filter(|(one, other, _)| field == self.fields.stem && is_content(one) != is_content(other));
        let pairs = content.chain(with_small).filter_map(|(first, last, weight)| {
            let (one, other) = (stem(first)?, stem(last)?);
            (one != other).then_some(((one, last - first), other, weight))
        });
        pairs.collect()
    }

    /// The library's BM25 makes little of a word in a long text. Where long texts stand among short ones that hides
    /// them: what a milder measure gives more (or less) for the word in running text.
    fn weigh_length_less(
        &self,
        one: &Sought,
        searcher: &Searcher,
        segment: u32,
        candidates: &[(f32, DocAddress)],
        bonus: &mut [f32],
    ) -> Result<()> {
        let field = self.fields.stem;
        let reader = searcher.segment_reader(segment);
        let index = reader.inverted_index(field)?;
        let term = Term::from_field_text(field, &one.word.stem);
        let Some(mut postings) = index.read_postings(&term, IndexRecordOption::WithFreqs)? else { return Ok(()) };
        let lengths = reader.get_fieldnorms_reader(field)?;
        let mean = index.total_num_tokens() as f32 / reader.max_doc().max(1) as f32;
        for (at, (_, address)) in candidates.iter().enumerate() {
            if reaches(&mut postings, address.doc_id) {
                let length = lengths.fieldnorm(address.doc_id) as f32 / mean;
                let times = postings.term_freq() as f32;
                let [ours, theirs] = [(w::SATURATION, w::LENGTH), (1.2, 0.75)]
                    .map(|(k, b)| (1.0 + k) * times / (times + k * (1.0 - b + b * length)));
                bonus[at] += w::STEM * one.idf * (ours - theirs);
            }
        }
        Ok(())
    }

    /// What tells that a section holds the word, in one way or another, with how much of the word each way is; the
    /// fullest first.
    fn presence(&self, one: &Sought, searcher: &Searcher, segment: u32) -> Result<Vec<(Box<dyn Scorer>, f32)>> {
        let reader = searcher.segment_reader(segment);
        let fields = [self.fields.stem, self.fields.title, self.fields.heading, self.fields.keywords];
        let mut scorers: Vec<(Box<dyn Scorer>, f32)> = Vec::new();
        let mut add = |query: &dyn Query, share: f32| -> Result<()> {
            let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
            scorers.push((weight.scorer(reader, 1.0)?, share));
            Ok(())
        };
        let others = one.others.iter().map(|(stem, share)| (stem, if *share == w::SYNONYM { *share } else { 1.0 }));
        for (stem, share) in std::iter::once((&one.word.stem, 1.0)).chain(others) {
            for field in fields {
                add(&TermQuery::new(Term::from_field_text(field, stem), IndexRecordOption::Basic), share)?;
            }
        }
        for phrase in &one.phrases {
            for field in fields {
                add(together(field, &phrase.stems).as_ref(), phrase.weight)?;
            }
        }
        scorers.sort_by(|one, other| other.1.total_cmp(&one.1));
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

fn is_ascii(question: &Question) -> bool {
    question.words.iter().all(|word| word.exact.is_ascii())
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
