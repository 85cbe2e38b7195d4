//! Files in the database: keeps what [`app::media::Media`] promises.

mod captions;
mod judge;
mod name;
mod office;
mod pdf;
mod picture;
mod store;
mod used;

use crate::db::Db;
use crate::pending::pending;
use anyhow::Result;
use app::counties::County;
use app::desk::Pending;
use app::media::refusal::UploadRefusal;
use app::media::{Media, NewFile, Room, Stored, UsedIn};
use app::viewer::{Editor, Member};
use judge::{Judged, judge};
use std::sync::Arc;
use tokio::sync::Semaphore;

pub use store::{Served, served};
pub use used::missing_in;

pub struct StoredMedia {
    db: Db,
    /// What each county may keep, in bytes.
    quota: i64,
}

/// A decoded picture takes hundreds of megabytes and a processor for seconds: one at a time, so that readers are
/// answered meanwhile however many files come in.
static JUDGING: Semaphore = Semaphore::const_new(1);

impl StoredMedia {
    pub fn new(db: Db, quota: i64) -> Self {
        Self { db, quota }
    }

    /// Judged, made anew if it is a picture, and kept if there is room.
    async fn take_in(&self, editor: &Editor, new: &NewFile) -> Result<Result<String, UploadRefusal>> {
        let (typed, bytes) = (new.typed_name.clone(), Arc::clone(&new.bytes));
        let turn = JUDGING.acquire().await?;
        let judged = match tokio::task::spawn_blocking(move || judge(&typed, &bytes)).await {
            Ok(judged) => judged,
            // A file that not even the decoder was ready for. Where it fell is in the log.
            Err(stopped) if stopped.is_panic() => Err(UploadRefusal::Unreadable),
            Err(stopped) => return Err(stopped.into()),
        };
        drop(turn);
        match judged {
            Ok(judged)
                if judged.kind.is_picture() != matches!(new.description, app::media::Description::Picture(_)) =>
            {
                Ok(Err(UploadRefusal::WrongForm { is_picture: judged.kind.is_picture() }))
            }
            Ok(judged) => self.keep(editor, new, &judged).await,
            Err(refusal) => Ok(Err(refusal)),
        }
    }
}

impl Media for StoredMedia {
    fn list<'a>(&'a self, _member: &'a Member) -> Pending<'a, Vec<Stored>> {
        pending(self.list())
    }

    fn file<'a>(&'a self, _member: &'a Member, id: &'a str) -> Pending<'a, Option<Stored>> {
        pending(self.find(id))
    }

    fn room<'a>(&'a self, _member: &'a Member, county: Option<&'static County>) -> Pending<'a, Room> {
        pending(self.room(county))
    }

    fn add<'a>(&'a self, editor: &'a Editor, new: &'a NewFile) -> Pending<'a, Result<String, UploadRefusal>> {
        pending(self.take_in(editor, new))
    }

    fn describe<'a>(&'a self, editor: &'a Editor, id: &'a str, text: &'a str) -> Pending<'a, ()> {
        pending(self.describe(editor, id, text))
    }

    fn remove<'a>(&'a self, editor: &'a Editor, id: &'a str) -> Pending<'a, Result<(), Vec<UsedIn>>> {
        pending(self.remove(editor, id))
    }
}
