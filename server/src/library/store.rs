//! Documents and revisions in the database.

use super::authorship::{Author, Decision, Entry, decide};
use crate::db::{Db, Tx};
use crate::{clock, on, on_tx};
use anyhow::Result;
use sha2::{Digest, Sha256};

/// A published text, as the shelf needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    pub path: String,
    pub revision: String,
    pub body: String,
}

/// A row in the order of the queries below: path, revision, body.
type Row = (String, String, String);

impl From<Row> for Published {
    fn from((path, revision, body): Row) -> Self {
        Self { path, revision, body }
    }
}

/// The library's place in its own history: moves each time something is published.
pub async fn generation(db: &Db) -> Result<i64> {
    Ok(on!(db, pool => sqlx::query_scalar("SELECT generation FROM library WHERE id = 1").fetch_one(pool).await)?)
}

/// The newest published revision of every document, and the generation they belong to.
pub async fn published(db: &Db) -> Result<(i64, Vec<Published>)> {
    const NEWEST: &str = "SELECT d.path, r.id AS revision, r.body FROM documents d JOIN revisions r ON r.document_id = d.id \
         WHERE r.number = (SELECT max(number) FROM revisions WHERE document_id = d.id AND published_at IS NOT NULL) \
         ORDER BY d.path";
    // Read before the texts: if something is published in between, the next look sees a newer number.
    let generation = generation(db).await?;
    let texts: Vec<Row> = on!(db, pool => sqlx::query_as(NEWEST).fetch_all(pool).await)?;
    Ok((generation, texts.into_iter().map(Published::from).collect()))
}

/// All published texts of one document, newest first.
pub async fn published_before(db: &Db, path: &str) -> Result<Vec<Published>> {
    const HISTORY: &str = "SELECT d.path, r.id AS revision, r.body FROM documents d JOIN revisions r ON r.document_id = d.id \
         WHERE d.path = $1 AND r.published_at IS NOT NULL ORDER BY r.number DESC";
    let texts: Vec<Row> = on!(db, pool => sqlx::query_as(HISTORY).bind(path).fetch_all(pool).await)?;
    Ok(texts.into_iter().map(Published::from).collect())
}

/// The published text of one document that has this number.
pub async fn published_as(db: &Db, path: &str, number: i64) -> Result<Option<String>> {
    const TEXT: &str = "SELECT r.body FROM documents d JOIN revisions r ON r.document_id = d.id \
         WHERE d.path = $1 AND r.number = $2 AND r.published_at IS NOT NULL";
    Ok(on!(db, pool => sqlx::query_scalar(TEXT).bind(path).bind(number).fetch_optional(pool).await)?)
}

/// One author's text for one document, at `now` (unix seconds).
#[derive(Debug, Clone, Copy)]
pub struct Contribution<'a> {
    pub path: &'a str,
    pub body: &'a str,
    pub author: Author,
    pub now: i64,
}

/// Writes down all `contributions` in one transaction, each published or laid as a draft as
/// [`decide`] says. Two programs that do this at once wait for each other.
pub async fn contribute(db: &Db, contributions: &[Contribution<'_>]) -> Result<Vec<Decision>> {
    let mut tx = db.begin().await?;
    lock(&mut tx).await?;
    let mut decisions = Vec::with_capacity(contributions.len());
    for contribution in contributions {
        decisions.push(contribute_one(&mut tx, *contribution).await?);
    }
    if decisions.contains(&Decision::Publish) {
        move_generation(&mut tx).await?;
    }
    tx.commit().await?;
    Ok(decisions)
}

/// A revision written in the editor; published only if `publish`.
pub async fn edit(db: &Db, path: &str, body: &str, publish: bool, now: i64) -> Result<()> {
    let mut tx = db.begin().await?;
    lock(&mut tx).await?;
    let contribution = Contribution { path, body, author: Author::Editor, now };
    let document = document(&mut tx, path, now).await?;
    let number = history(&mut tx, &document).await?.len();
    insert(&mut tx, &document, number, contribution, publish).await?;
    if publish {
        move_generation(&mut tx).await?;
    }
    tx.commit().await
}

/// Publishes what somebody of the staff wrote, within a transaction that holds the library.
pub(crate) async fn publish(tx: &mut Tx, path: &str, body: &str, by: &str, note: Option<&str>, now: i64) -> Result<()> {
    const SIGN: &str = "UPDATE revisions SET account_id = $1, note = $2 WHERE document_id = $3 AND number = $4";
    let contribution = Contribution { path, body, author: Author::Editor, now };
    let document = document(tx, path, now).await?;
    let number = history(tx, &document).await?.len();
    insert(tx, &document, number, contribution, true).await?;
    let number = i64::try_from(number)? + 1;
    on_tx!(tx, c => sqlx::query(SIGN).bind(by).bind(note).bind(&document).bind(number).execute(c).await.map(drop))?;
    move_generation(tx).await
}

async fn contribute_one(tx: &mut Tx, contribution: Contribution<'_>) -> Result<Decision> {
    let document = document(tx, contribution.path, contribution.now).await?;
    let history = history(tx, &document).await?;
    let decision = decide(&history, contribution.author, &hash(contribution.body));
    if decision != Decision::Unchanged {
        insert(tx, &document, history.len(), contribution, decision == Decision::Publish).await?;
    }
    Ok(decision)
}

/// The library's one row stands for the library: whoever holds it writes, everyone else waits.
pub(crate) async fn lock(tx: &mut Tx) -> Result<()> {
    on_tx!(tx, c => sqlx::query("UPDATE library SET generation = generation WHERE id = 1").execute(c).await.map(drop))?;
    Ok(())
}

/// Every node takes up what was published, here or elsewhere, within two seconds.
pub(crate) async fn move_generation(tx: &mut Tx) -> Result<()> {
    on_tx!(tx, c => sqlx::query("UPDATE library SET generation = generation + 1 WHERE id = 1").execute(c).await.map(drop))?;
    Ok(())
}

/// The id of the document at `path`, made if it is new.
async fn document(tx: &mut Tx, path: &str, now: i64) -> Result<String> {
    let known: Option<String> = on_tx!(tx, c => sqlx::query_scalar("SELECT id FROM documents WHERE path = $1").bind(path).fetch_optional(c).await)?;
    if let Some(id) = known {
        return Ok(id);
    }
    let id = clock::new_id();
    on_tx!(tx, c => sqlx::query("INSERT INTO documents (id, path, created_at) VALUES ($1, $2, $3)")
        .bind(&id).bind(path).bind(now).execute(c).await.map(drop))?;
    Ok(id)
}

async fn history(tx: &mut Tx, document: &str) -> Result<Vec<Entry>> {
    const HISTORY: &str =
        "SELECT author, body_hash, published_at IS NOT NULL FROM revisions WHERE document_id = $1 ORDER BY number";
    let rows: Vec<(String, String, bool)> = on_tx!(tx, c => sqlx::query_as(HISTORY).bind(document).fetch_all(c).await)?;
    rows.into_iter()
        .map(|(author, hash, published)| {
            let author = Author::parse(&author).ok_or_else(|| anyhow::anyhow!("revisions.author holds `{author}`"))?;
            Ok(Entry { author, hash, published })
        })
        .collect()
}

async fn insert(tx: &mut Tx, document: &str, number: usize, text: Contribution<'_>, publish: bool) -> Result<()> {
    const INSERT: &str = "INSERT INTO revisions (id, document_id, number, author, body, body_hash, created_at, published_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    on_tx!(tx, c => sqlx::query(INSERT)
        .bind(clock::new_id())
        .bind(document)
        .bind(i64::try_from(number)? + 1)
        .bind(text.author.as_str())
        .bind(text.body)
        .bind(hash(text.body))
        .bind(text.now)
        .bind(publish.then_some(text.now))
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

fn hash(body: &str) -> String {
    Sha256::digest(body.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
