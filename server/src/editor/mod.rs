//! The editor in the database: keeps what [`app::editor::Editing`] promises.

mod check;
mod discarded;
mod drafts;
mod ending;
mod facts;
pub mod file;
mod language;
mod library;
pub(crate) mod listing;
mod owners;
mod publishing;
pub mod reminders;
mod renaming;
mod review;
mod sharing;
mod versions;

use crate::clock;
use crate::db::Db;
use crate::media;
use crate::pending::pending;
use anyhow::Result;
use app::counties::County;
use app::desk::Pending;
use app::editor::check::Remark;
use app::editor::facts::Fact;
use app::editor::owners::{Colleague, Owners};
use app::editor::steps::Publisher;
use app::editor::versions::{Version, VersionId};
use app::editor::written::Written;
use app::editor::{
    BeginRefusal, Discarded, Draft, Editing, Ending, Kind, Listed, Previewed, PublishRefusal, SaveRefusal, Step,
};
use app::viewer::{Editor, Member};

pub struct StoredEditing {
    db: Db,
}

impl StoredEditing {
    pub fn new(db: Db) -> Self {
        Self { db }
    }

    async fn preview(&self, draft: &Draft) -> Result<Previewed> {
        let library = self.library(draft.kind, &draft.slug).await?;
        let (draft, today) = (draft.clone(), clock::today());
        let missing = media::missing_in(&self.db, &draft.written.body).await?;
        let mut previewed = tokio::task::spawn_blocking(move || check::preview(&library, &draft, today)).await?;
        previewed.remarks.extend(missing.into_iter().map(|(line, address)| {
            let told =
                format!("Filen {address} finns inte. Ta bort den ur texten, eller ladda upp den igen under Filer.");
            Remark::fault(Some(line), told)
        }));
        previewed.remarks.sort();
        Ok(previewed)
    }
}

impl Editing for StoredEditing {
    fn list<'a>(&'a self, _member: &'a Member) -> Pending<'a, Vec<Listed>> {
        pending(self.list())
    }

    fn draft<'a>(&'a self, _member: &'a Member, id: &'a str) -> Pending<'a, Option<Draft>> {
        pending(self.draft(id))
    }

    fn whose<'a>(&'a self, kind: Kind, slug: &'a str) -> Pending<'a, Option<Option<&'static County>>> {
        pending(self.whose(kind, slug))
    }

    fn open<'a>(&'a self, editor: &'a Editor, kind: Kind, slug: &'a str) -> Pending<'a, Option<String>> {
        pending(self.open(editor, kind, slug))
    }

    fn begin<'a>(
        &'a self,
        editor: &'a Editor,
        kind: Kind,
        slug: &'a str,
        written: &'a Written,
    ) -> Pending<'a, Result<String, BeginRefusal>> {
        pending(self.begin(editor, kind, slug, written))
    }

    fn save<'a>(
        &'a self,
        editor: &'a Editor,
        id: &'a str,
        version: i64,
        written: &'a Written,
        step: Step,
    ) -> Pending<'a, Result<i64, SaveRefusal>> {
        pending(self.save(editor, id, version, written, step))
    }

    fn preview<'a>(&'a self, draft: &'a Draft) -> Pending<'a, Previewed> {
        pending(self.preview(draft))
    }

    fn submit<'a>(&'a self, editor: &'a Editor, id: &'a str) -> Pending<'a, ()> {
        pending(self.submit(editor, id))
    }

    fn send_back<'a>(&'a self, editor: &'a Editor, id: &'a str, comment: &'a str) -> Pending<'a, ()> {
        pending(self.send_back(editor, id, comment))
    }

    fn comment<'a>(&'a self, member: &'a Member, id: &'a str, comment: &'a str) -> Pending<'a, ()> {
        pending(self.comment(&member.account, id, comment))
    }

    fn publish<'a>(
        &'a self,
        publisher: &'a Publisher,
        id: &'a str,
        version: i64,
        note: Option<&'a str>,
    ) -> Pending<'a, Result<(), PublishRefusal>> {
        pending(self.publish(publisher, id, version, note))
    }

    fn schedule<'a>(
        &'a self,
        publisher: &'a Publisher,
        id: &'a str,
        version: i64,
        at: i64,
        note: Option<&'a str>,
    ) -> Pending<'a, Result<(), PublishRefusal>> {
        pending(self.schedule(publisher, id, version, at, note))
    }

    fn unschedule<'a>(&'a self, editor: &'a Editor, id: &'a str) -> Pending<'a, ()> {
        pending(self.unschedule(editor, id))
    }

    fn discard<'a>(&'a self, editor: &'a Editor, id: &'a str) -> Pending<'a, ()> {
        pending(self.discard(editor, id))
    }

    fn discarded<'a>(&'a self, _member: &'a Member) -> Pending<'a, Vec<Discarded>> {
        pending(self.discarded())
    }

    fn take_back<'a>(&'a self, editor: &'a Editor, id: &'a str) -> Pending<'a, bool> {
        pending(self.take_back(editor, id))
    }

    fn share<'a>(&'a self, editor: &'a Editor, id: &'a str) -> Pending<'a, Option<String>> {
        pending(self.share(editor, id))
    }

    fn unshare<'a>(&'a self, editor: &'a Editor, id: &'a str) -> Pending<'a, ()> {
        pending(self.unshare(editor, id))
    }

    fn shared<'a>(&'a self, token: &'a str) -> Pending<'a, Option<Draft>> {
        pending(self.shared(token, clock::now()))
    }

    fn versions<'a>(&'a self, _member: &'a Member, kind: Kind, slug: &'a str) -> Pending<'a, Vec<Version>> {
        pending(self.versions(kind, slug))
    }

    fn text_of<'a>(
        &'a self,
        _member: &'a Member,
        kind: Kind,
        slug: &'a str,
        id: &'a VersionId,
    ) -> Pending<'a, Option<Written>> {
        pending(self.text_of(kind, slug, id))
    }

    fn name_version<'a>(
        &'a self,
        _editor: &'a Editor,
        kind: Kind,
        slug: &'a str,
        id: &'a VersionId,
        name: &'a str,
    ) -> Pending<'a, bool> {
        pending(self.name_version(kind, slug, id, name))
    }

    fn facts<'a>(&'a self, _member: &'a Member) -> Pending<'a, Vec<Fact>> {
        pending(self.facts())
    }

    fn colleagues<'a>(&'a self, _member: &'a Member) -> Pending<'a, Vec<Colleague>> {
        pending(self.colleagues())
    }

    fn entrust<'a>(&'a self, editor: &'a Editor, kind: Kind, slug: &'a str, owners: &'a Owners) -> Pending<'a, bool> {
        pending(self.entrust(editor, kind, slug, owners))
    }

    fn end<'a>(&'a self, publisher: &'a Publisher, kind: Kind, slug: &'a str, ending: &'a Ending) -> Pending<'a, bool> {
        pending(self.end(publisher, kind, slug, ending))
    }

    fn rename<'a>(
        &'a self,
        publisher: &'a Publisher,
        kind: Kind,
        slug: &'a str,
        to: &'a str,
    ) -> Pending<'a, Result<(), BeginRefusal>> {
        pending(self.rename(publisher, kind, slug, to))
    }

    fn still_right<'a>(&'a self, publisher: &'a Publisher, kind: Kind, slug: &'a str) -> Pending<'a, bool> {
        pending(self.still_right(publisher, kind, slug))
    }
}
