//! One pass over the index gathers both kinds of candidates: the sections that score best, and beside them the best of
//! those that hold every word. It weighs every section that holds anything of the question: to leave out what cannot be
//! among the best, as the library's own collector does, costs more than it saves where a question has dozens of parts.

use super::walk::ScoredWalk;
use super::weights as w;
use tantivy::collector::sort_key::NaturalComparator;
use tantivy::collector::{Collector, SegmentCollector, TopNComputer};
use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

type Scores = Vec<(Score, DocAddress)>;
type Best = TopNComputer<Score, DocId, NaturalComparator>;

fn best(most: usize) -> Best {
    TopNComputer::new_with_comparator(most, NaturalComparator)
}

/// Gives the candidates in the order of the index, each with its score. `every` finds what holds every word.
pub(super) struct Gathering {
    pub every: Option<Box<dyn Weight>>,
}

pub(super) struct GatheringOfSegment {
    segment: SegmentOrdinal,
    best: Best,
    fullest: Option<(ScoredWalk, Best)>,
}

impl Collector for Gathering {
    type Fruit = Scores;
    type Child = GatheringOfSegment;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<GatheringOfSegment> {
        let every = self.every.as_ref().map(|every| ScoredWalk::of(every.as_ref(), reader, 0)).transpose()?;
        Ok(GatheringOfSegment {
            segment,
            best: best(w::CANDIDATES),
            fullest: every.map(|every| (every, best(w::CANDIDATES_WITH_EVERY_WORD))),
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, segments: Vec<(Scores, Scores)>) -> tantivy::Result<Scores> {
        let (best, fullest): (Vec<_>, Vec<_>) = segments.into_iter().unzip();
        let mut gathered = first(best, w::CANDIDATES);
        gathered.extend(first(fullest, w::CANDIDATES_WITH_EVERY_WORD));
        gathered.sort_by_key(|(_, address)| *address);
        gathered.dedup_by_key(|(_, address)| *address);
        Ok(gathered)
    }
}

/// The best of all segments; of equals the one that was there first.
fn first(segments: Vec<Scores>, most: usize) -> Scores {
    let mut all: Scores = segments.into_iter().flatten().collect();
    all.sort_by(|(one, first), (other, second)| other.total_cmp(one).then(first.cmp(second)));
    all.truncate(most);
    all
}

impl SegmentCollector for GatheringOfSegment {
    type Fruit = (Scores, Scores);

    fn collect(&mut self, document: DocId, score: Score) {
        self.best.push(score, document);
        if let Some((every, fullest)) = &mut self.fullest
            && fullest.threshold.is_none_or(|lowest| score > lowest)
            && every.reaches(document)
        {
            fullest.push(score, document);
        }
    }

    fn harvest(self) -> (Scores, Scores) {
        let scores = |best: Best| {
            best.into_vec().into_iter().map(|one| (one.sort_key, DocAddress::new(self.segment, one.doc))).collect()
        };
        (scores(self.best), self.fullest.map(|(_, fullest)| scores(fullest)).unwrap_or_default())
    }
}
