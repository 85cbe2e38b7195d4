//! Whose text replaces whose. Pure.

/// Who wrote a revision, weakest first: what the program ships with gives way to what an operator
/// imported, and both to what somebody wrote in the editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Author {
    Shipped,
    Imported,
    Editor,
}

impl Author {
    /// As stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Shipped => "shipped",
            Self::Imported => "imported",
            Self::Editor => "editor",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Shipped, Self::Imported, Self::Editor].into_iter().find(|author| author.as_str() == text)
    }
}

/// One revision in a document's history, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub author: Author,
    pub hash: String,
    pub published: bool,
}

/// What to do with a file that an author brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The author's last text is this very one; or, for what the program ships with, an earlier one was: an older
    /// program that starts beside a newer one takes nothing back.
    Unchanged,
    /// Nobody stronger has written since the author's last published text.
    Publish,
    /// Somebody stronger has: the text waits as a draft to be merged by an editor.
    Draft,
}

pub fn decide(history: &[Entry], author: Author, hash: &str) -> Decision {
    let mut own = history.iter().rev().filter(|entry| entry.author == author);
    let brought_before = match author {
        Author::Shipped => own.any(|entry| entry.hash == hash),
        Author::Imported | Author::Editor => own.next().is_some_and(|entry| entry.hash == hash),
    };
    if brought_before {
        return Decision::Unchanged;
    }
    let since_own = history.iter().rposition(|entry| entry.author == author && entry.published).map_or(0, |at| at + 1);
    match history[since_own..].iter().any(|entry| entry.author > author) {
        true => Decision::Draft,
        false => Decision::Publish,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Author::{Editor, Imported, Shipped};
    use proptest::prelude::*;

    fn entry(author: Author, hash: &str, published: bool) -> Entry {
        Entry { author, hash: hash.into(), published }
    }

    #[test]
    fn a_new_file_is_published() {
        assert_eq!(decide(&[], Shipped, "a"), Decision::Publish);
    }

    #[test]
    fn the_same_file_again_is_nothing_new() {
        assert_eq!(decide(&[entry(Shipped, "a", true)], Shipped, "a"), Decision::Unchanged);
        let edited = [entry(Shipped, "a", true), entry(Editor, "b", true)];
        assert_eq!(decide(&edited, Shipped, "a"), Decision::Unchanged);
    }

    #[test]
    fn a_changed_file_replaces_its_authors_own_text_only() {
        assert_eq!(decide(&[entry(Shipped, "a", true)], Shipped, "b"), Decision::Publish);
        let edited = [entry(Shipped, "a", true), entry(Editor, "x", true)];
        assert_eq!(decide(&edited, Shipped, "b"), Decision::Draft);
        assert_eq!(decide(&edited, Imported, "b"), Decision::Draft);
        let operators = [entry(Shipped, "a", true), entry(Imported, "x", true)];
        assert_eq!(decide(&operators, Shipped, "b"), Decision::Draft);
        assert_eq!(decide(&operators, Imported, "b"), Decision::Publish);
    }

    #[test]
    fn an_older_program_takes_nothing_back_but_an_operator_may() {
        let shipped = [entry(Shipped, "a", true), entry(Shipped, "b", true)];
        assert_eq!(decide(&shipped, Shipped, "a"), Decision::Unchanged);
        let imported = [entry(Imported, "a", true), entry(Imported, "b", true)];
        assert_eq!(decide(&imported, Imported, "a"), Decision::Publish);
    }

    #[test]
    fn an_editors_unfinished_draft_is_protected_too() {
        assert_eq!(decide(&[entry(Shipped, "a", true), entry(Editor, "x", false)], Shipped, "b"), Decision::Draft);
    }

    #[test]
    fn a_draft_that_was_laid_aside_does_not_open_the_way() {
        let history = [entry(Shipped, "a", true), entry(Editor, "x", true), entry(Shipped, "b", false)];
        assert_eq!(decide(&history, Shipped, "c"), Decision::Draft);
    }

    proptest! {
        #[test]
        fn what_somebody_stronger_published_last_is_never_replaced(
            authors in prop::collection::vec((0..3_usize, any::<bool>()), 0..8)
        ) {
            let history: Vec<Entry> = authors
                .iter()
                .enumerate()
                .map(|(n, (a, published))| entry([Shipped, Imported, Editor][*a], &n.to_string(), *published))
                .collect();
            let live = history.iter().rfind(|entry| entry.published);
            if live.is_some_and(|live| live.author == Editor) {
                prop_assert_ne!(decide(&history, Shipped, "new"), Decision::Publish);
                prop_assert_ne!(decide(&history, Imported, "new"), Decision::Publish);
            }
        }
    }
}
