//! The order of answers: candidates by their words, then by a closer look at each.

use super::question::Question;
use super::second_stage::{Scored, Segment};
use super::words::is_stop_word;
use super::{Engine, Found};
use anyhow::Result;

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
        let (question, sought) = self.understand(typed, &searcher)?;
        let candidates = self.candidates(&question, &sought, &searcher)?;
        let mut scored: Vec<Scored> = Vec::with_capacity(candidates.scored.len());
        for candidates_of_one in candidates.scored.chunk_by(|(_, one), (_, other)| one.segment_ord == other.segment_ord)
        {
            let segment = Segment::new(self.fields, &searcher, candidates_of_one);
            scored.extend(segment.scored(&question, &sought, &candidates.later)?);
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
}
