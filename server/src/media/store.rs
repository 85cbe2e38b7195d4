//! Files and their bytes in the database, and the room that each county has.

use super::used::used_in;
use super::{Judged, StoredMedia};
use crate::accounts::audit::{self, Line};
use crate::db::{Db, Tx};
use crate::library::store;
use crate::{clock, on, on_tx};
use anyhow::{Context, Result};
use app::accounts::Act;
use app::counties::{self, County};
use app::media::refusal::UploadRefusal;
use app::media::{Description, Kind, NewFile, Room, Stored, UsedIn, address};
use app::viewer::Editor;

/// Who keeps a file that is no county's.
const NATIONAL: &str = "nationellt";

fn owner(county: Option<&County>) -> &str {
    county.map_or(NATIONAL, |county| county.slug)
}

/// A file for a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    pub kind: Kind,
    pub name: String,
    pub called: String,
    /// Nothing for a file that has been removed.
    pub bytes: Option<Vec<u8>>,
}

/// The file of that id, for whoever asks.
pub async fn served(db: &Db, id: &str) -> Result<Option<Served>> {
    const SERVED: &str = "SELECT m.kind, m.name, m.called, b.bytes FROM media m \
         LEFT JOIN media_bytes b ON b.media_id = m.id WHERE m.id = $1";
    let row: Option<(String, String, String, Option<Vec<u8>>)> =
        on!(db, pool => sqlx::query_as(SERVED).bind(id).fetch_optional(pool).await)?;
    let Some((kind, name, called, bytes)) = row else { return Ok(None) };
    Ok(Some(Served { kind: kind_of(&kind)?, name, called, bytes }))
}

fn kind_of(stored: &str) -> Result<Kind> {
    Kind::of_extension(stored).with_context(|| format!("media.kind holds `{stored}`"))
}

/// A row in the order of the queries below.
type Row = (String, String, String, String, String, Option<String>, i64, i64, String);

fn read((id, kind, name, called, owner, description, size, uploaded_at, uploaded_by): Row) -> Result<Stored> {
    let kind = kind_of(&kind)?;
    let description = match description {
        text if kind.is_picture() => Description::Picture(text.unwrap_or_default()),
        alternative => Description::Document { alternative },
    };
    Ok(Stored { id, kind, name, called, county: counties::find(&owner), description, size, uploaded_at, uploaded_by })
}

impl StoredMedia {
    pub(super) async fn list(&self) -> Result<Vec<Stored>> {
        const LIST: &str = "SELECT m.id, m.kind, m.name, m.called, m.owner, m.description, m.size, m.uploaded_at, a.name \
             FROM media m JOIN accounts a ON a.id = m.account_id WHERE m.removed_at IS NULL ORDER BY m.uploaded_at DESC, m.id";
        let rows: Vec<Row> = on!(&self.db, pool => sqlx::query_as(LIST).fetch_all(pool).await)?;
        rows.into_iter().map(read).collect()
    }

    pub(super) async fn find(&self, id: &str) -> Result<Option<Stored>> {
        const FIND: &str = "SELECT m.id, m.kind, m.name, m.called, m.owner, m.description, m.size, m.uploaded_at, a.name \
             FROM media m JOIN accounts a ON a.id = m.account_id WHERE m.removed_at IS NULL AND m.id = $1";
        let row: Option<Row> = on!(&self.db, pool => sqlx::query_as(FIND).bind(id).fetch_optional(pool).await)?;
        row.map(read).transpose()
    }

    pub(super) async fn room(&self, county: Option<&County>) -> Result<Room> {
        const USED: &str = "SELECT used FROM media_usage WHERE owner = $1";
        let used: Option<i64> =
            on!(&self.db, pool => sqlx::query_scalar(USED).bind(owner(county)).fetch_optional(pool).await)?;
        Ok(Room { used: used.unwrap_or(0), quota: self.quota })
    }

    /// Writes down the file, if the county has room for it and does not keep it already.
    pub(super) async fn keep(
        &self,
        editor: &Editor,
        new: &NewFile,
        judged: &Judged,
    ) -> Result<Result<String, UploadRefusal>> {
        const ADD: &str = "INSERT INTO media (id, kind, name, called, owner, description, hash, size, account_id, uploaded_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING";
        const BYTES: &str = "INSERT INTO media_bytes (media_id, bytes) VALUES ($1, $2)";
        let owner = owner(new.county);
        let id = address::id(&clock::new_id(), judged.size);
        let name = format!("{}.{}", judged.name.slug, judged.kind.extension());
        let description = match &new.description {
            Description::Picture(text) => Some(text.as_str()),
            Description::Document { alternative } => alternative.as_deref(),
        };
        let (now, size) = (clock::now(), i64::try_from(judged.bytes.len())?);

        let mut tx = self.db.begin().await?;
        if !claim(&mut tx, owner, size, self.quota).await? {
            drop(tx);
            // The same file again needs no room: say that rather than that it is full.
            return Ok(Err(match self.same(owner, &judged.hash).await? {
                Some(id) => UploadRefusal::Same(id),
                None => {
                    let room = self.room(new.county).await?;
                    UploadRefusal::Full { left: room.quota - room.used }
                }
            }));
        }
        let added = on_tx!(&mut tx, c => sqlx::query(ADD).bind(&id).bind(judged.kind.extension()).bind(&name)
            .bind(&judged.name.called).bind(owner).bind(description).bind(&judged.hash).bind(size).bind(&editor.account)
            .bind(now).execute(c).await.map(|done| done.rows_affected()))?;
        if added == 0 {
            drop(tx);
            let same = self.same(owner, &judged.hash).await?;
            return Ok(Err(UploadRefusal::Same(same.context("a file that could not be added twice is not there")?)));
        }
        on_tx!(&mut tx, c => sqlx::query(BYTES).bind(&id).bind(judged.bytes.as_slice()).execute(c).await.map(drop))?;
        let line = Line { account: Some(&editor.account), act: Act::UploadedFile, subject: &format!("{id} {name}") };
        audit::write(&mut tx, now, line).await?;
        tx.commit().await?;
        Ok(Ok(id))
    }

    async fn same(&self, owner: &str, hash: &str) -> Result<Option<String>> {
        const SAME: &str = "SELECT id FROM media WHERE owner = $1 AND hash = $2 AND removed_at IS NULL";
        Ok(on!(&self.db, pool => sqlx::query_scalar(SAME).bind(owner).bind(hash).fetch_optional(pool).await)?)
    }

    pub(super) async fn describe(&self, editor: &Editor, id: &str, text: &str) -> Result<()> {
        const DESCRIBE: &str = "UPDATE media SET description = $1 WHERE id = $2 AND removed_at IS NULL AND description <> $1 RETURNING name";
        let now = clock::now();
        let mut tx = self.db.begin().await?;
        let name: Option<String> =
            on_tx!(&mut tx, c => sqlx::query_scalar(DESCRIBE).bind(text).bind(id).fetch_optional(c).await)?;
        if let Some(name) = name {
            let line =
                Line { account: Some(&editor.account), act: Act::DescribedFile, subject: &format!("{id} {name}") };
            audit::write(&mut tx, now, line).await?;
        }
        tx.commit().await
    }

    pub(super) async fn remove(&self, editor: &Editor, id: &str) -> Result<Result<(), Vec<UsedIn>>> {
        const REMOVE: &str =
            "UPDATE media SET removed_at = $1 WHERE id = $2 AND removed_at IS NULL RETURNING owner, size, name";
        const BYTES: &str = "DELETE FROM media_bytes WHERE media_id = $1";
        const FREE: &str = "UPDATE media_usage SET used = used - $1 WHERE owner = $2";
        let now = clock::now();
        let mut tx = self.db.begin().await?;
        // Nobody publishes a page with the file while we look whether one has it.
        store::lock(&mut tx).await?;
        let used_in = used_in(&mut tx, id).await?;
        if !used_in.is_empty() {
            return Ok(Err(used_in));
        }
        let removed: Option<(String, i64, String)> =
            on_tx!(&mut tx, c => sqlx::query_as(REMOVE).bind(now).bind(id).fetch_optional(c).await)?;
        if let Some((owner, size, name)) = removed {
            on_tx!(&mut tx, c => sqlx::query(BYTES).bind(id).execute(c).await.map(drop))?;
            on_tx!(&mut tx, c => sqlx::query(FREE).bind(size).bind(&owner).execute(c).await.map(drop))?;
            let line = Line { account: Some(&editor.account), act: Act::RemovedFile, subject: &format!("{id} {name}") };
            audit::write(&mut tx, now, line).await?;
        }
        tx.commit().await?;
        Ok(Ok(()))
    }
}

/// Takes `size` bytes of the owner's room, if there is so much: the database judges it where it moves it.
async fn claim(tx: &mut Tx, owner: &str, size: i64, quota: i64) -> Result<bool> {
    const OPEN: &str = "INSERT INTO media_usage (owner, used) VALUES ($1, 0) ON CONFLICT DO NOTHING";
    const CLAIM: &str = "UPDATE media_usage SET used = used + $1 WHERE owner = $2 AND used + $1 <= $3";
    on_tx!(tx, c => sqlx::query(OPEN).bind(owner).execute(c).await.map(drop))?;
    let claimed = on_tx!(tx, c => sqlx::query(CLAIM).bind(size).bind(owner).bind(quota).execute(c).await
        .map(|done| done.rows_affected()))?;
    Ok(claimed > 0)
}
