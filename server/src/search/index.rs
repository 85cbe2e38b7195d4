//! Where a portal keeps its index: in a folder of its own, brought up to each generation of the library. What lies
//! there is only ever a copy; damaged, missing or of an older program, it is built anew.

use super::SearchShelf;
use super::engine::{Engine, Index};
use crate::db::private_folder;
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tantivy::TantivyError;

/// One portal's index. Changes take turns; whoever asks is never held up by them.
#[derive(Debug)]
pub struct KeptIndex {
    /// `None` keeps it in memory alone.
    folder: Option<PathBuf>,
    index: Mutex<Option<Index>>,
}

impl KeptIndex {
    pub fn in_folder(folder: PathBuf) -> Self {
        Self { folder: Some(folder), index: Mutex::new(None) }
    }

    /// For one look, and for programs that leave nothing behind.
    pub fn in_memory() -> Self {
        Self { folder: None, index: Mutex::new(None) }
    }

    /// Brings the index up to this library, and the library to this index. Takes as long as what is new is large;
    /// until it is done, and should it fail, the library is searched without it.
    pub fn take_up(&self, shelf: &SearchShelf) {
        // A turn that ended in a panic has left nothing half-done: the index is committed in one step or not at all.
        let mut index = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        match self.bring_up(&mut index, shelf) {
            Ok(engine) => shelf.answer_from(engine),
            Err(error) => {
                *index = None;
                tracing::error!(error = format!("{error:#}"), "the search index could not be built; searching without");
            }
        }
    }

    /// The kept index, else one built anew in its place, else one in memory.
    fn bring_up(&self, kept: &mut Option<Index>, shelf: &SearchShelf) -> Result<Engine> {
        let Some(folder) = &self.folder else { return bring_up(kept.insert(Index::in_memory()?), shelf) };
        let index = match kept.take() {
            Some(index) => Ok(index),
            None => open(folder),
        };
        let error = match index.and_then(|index| Ok((bring_up(&index, shelf)?, index))) {
            Ok((engine, index)) => {
                *kept = Some(index);
                return Ok(engine);
            }
            Err(error) => error,
        };
        if !matches!(error.downcast_ref(), Some(TantivyError::LockFailure(..))) {
            tracing::warn!(error = format!("{error:#}"), "the search index is built anew");
            match anew(folder).and_then(|index| Ok((bring_up(&index, shelf)?, index))) {
                Ok((engine, index)) => {
                    *kept = Some(index);
                    return Ok(engine);
                }
                Err(error) => tracing::error!(error = format!("{error:#}"), "the search index is kept in memory"),
            }
        } else {
            tracing::error!("another Frid writes the search index in this data folder; it is kept in memory here");
        }
        bring_up(&Index::in_memory()?, shelf)
    }
}

fn open(folder: &Path) -> Result<Index> {
    private_folder(folder)?;
    Index::in_folder(folder)
}

fn anew(folder: &Path) -> Result<Index> {
    std::fs::remove_dir_all(folder)?;
    open(folder)
}

/// Takes out what the library no longer holds and in what is new.
fn bring_up(index: &Index, shelf: &SearchShelf) -> Result<Engine> {
    let held = index.ids()?;
    let gone = held.iter().copied().filter(|id| !shelf.holds(*id));
    index.change(gone, shelf.sections(|id| !held.contains(&id)), &shelf.language.forms)
}
