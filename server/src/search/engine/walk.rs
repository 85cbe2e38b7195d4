//! A walk along the documents that a query finds, asked for one by one.

use tantivy::postings::SegmentPostings;
use tantivy::query::{Scorer, Weight};
use tantivy::{DocId, DocSet, SeekDangerResult, SegmentReader};

/// Never looks further than it is asked: in a phrase of two common words the next document that holds it may be far away.
pub(super) struct Walk<D> {
    documents: D,
    /// Nothing that was not asked for is before it.
    next: DocId,
    /// The documents stand at it. Elsewhere they may be asked for nothing but the way on.
    is_there: bool,
}

/// Along what a query finds, with scores.
pub(super) type ScoredWalk = Walk<Box<dyn Scorer>>;

impl ScoredWalk {
    /// What `weight` finds from that document on.
    pub fn of(weight: &dyn Weight, reader: &SegmentReader, first: DocId) -> tantivy::Result<Self> {
        let (found, documents) = weight.scorer_danger(reader, first, 1.0)?;
        let mut walk = Self { documents, next: first, is_there: false };
        walk.arrive(found, first);
        Ok(walk)
    }

    /// How well the document matches that was just reached.
    pub fn score(&mut self) -> f32 {
        self.documents.score()
    }
}

impl Walk<SegmentPostings> {
    pub fn along(documents: SegmentPostings) -> Self {
        Self { next: documents.doc(), is_there: true, documents }
    }

    /// The word's place among them, for how often it stands in the document that was just reached.
    pub fn postings(&self) -> &SegmentPostings {
        &self.documents
    }
}

impl<D: DocSet> Walk<D> {
    /// Is it there? No document may come before one that was asked for.
    pub fn reaches(&mut self, document: DocId) -> bool {
        if document > self.next || (document == self.next && !self.is_there) {
            let found = self.documents.seek_danger(document);
            self.arrive(found, document);
        }
        document == self.next && self.is_there
    }

    fn arrive(&mut self, found: SeekDangerResult, asked: DocId) {
        (self.next, self.is_there) = match found {
            SeekDangerResult::Found => (asked, true),
            SeekDangerResult::SeekLowerBound(next) => (next, false),
        };
    }
}
