//! What each published revision cites, written down beside it.

use super::store::lock;
use crate::db::{Db, Tx};
use crate::law::Reading;
use crate::{on, on_tx};
use anyhow::Result;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};

/// One reference as stored: target, heading it stands under, and the day on which it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub target: String,
    pub from_anchor: Option<String>,
    pub legal_date: String,
}

/// Writes down the readings of revisions that were not read before, or came out otherwise (a new name in the list of
/// abbreviations may do that). `revisions` are ids by path. Returns how many were written.
pub async fn keep(db: &Db, revisions: &BTreeMap<String, String>, readings: &[Reading]) -> Result<usize> {
    let known: HashMap<String, String> = on!(db, pool => sqlx::query_as::<_, (String, String)>("SELECT revision_id, fingerprint FROM citation_readings").fetch_all(pool).await)?.into_iter().collect();
    let mut by_revision: BTreeMap<&str, Vec<Stored>> = BTreeMap::new();
    for reading in readings {
        let Some(revision) = revisions.get(&reading.file) else { continue };
        by_revision.entry(revision).or_default().extend(reading.citations.iter().map(|citation| Stored {
            target: citation.target.clone(),
            from_anchor: citation.section.clone(),
            legal_date: citation.day.to_string(),
        }));
    }
    let changed: Vec<_> = by_revision
        .into_iter()
        .map(|(revision, citations)| (revision, fingerprint(&citations), citations))
        .filter(|(revision, fingerprint, _)| known.get(*revision) != Some(fingerprint))
        .collect();
    if changed.is_empty() {
        return Ok(0);
    }
    let mut tx = db.begin().await?;
    // Two nodes that read the same library write the same; they take turns.
    lock(&mut tx).await?;
    for (revision, fingerprint, citations) in &changed {
        write(&mut tx, revision, fingerprint, citations).await?;
    }
    tx.commit().await?;
    Ok(changed.len())
}

async fn write(tx: &mut Tx, revision: &str, fingerprint: &str, citations: &[Stored]) -> Result<()> {
    on_tx!(tx, c => sqlx::query("DELETE FROM citations WHERE revision_id = $1").bind(revision).execute(c).await.map(drop))?;
    on_tx!(tx, c => sqlx::query("DELETE FROM citation_readings WHERE revision_id = $1").bind(revision).execute(c).await.map(drop))?;
    for (position, citation) in (0_i64..).zip(citations) {
        const INSERT: &str = "INSERT INTO citations (revision_id, position, target, from_anchor, legal_date) VALUES ($1, $2, $3, $4, $5)";
        on_tx!(tx, c => sqlx::query(INSERT)
            .bind(revision)
            .bind(position)
            .bind(&citation.target)
            .bind(&citation.from_anchor)
            .bind(&citation.legal_date)
            .execute(c)
            .await
            .map(drop))?;
    }
    on_tx!(tx, c => sqlx::query("INSERT INTO citation_readings (revision_id, fingerprint) VALUES ($1, $2)")
        .bind(revision).bind(fingerprint).execute(c).await.map(drop))?;
    Ok(())
}

/// What a document's newest published revision cites, in order.
pub async fn of(db: &Db, path: &str) -> Result<Vec<Stored>> {
    const OF: &str = "SELECT c.target, c.from_anchor, c.legal_date FROM citations c \
         JOIN revisions r ON r.id = c.revision_id JOIN documents d ON d.id = r.document_id \
         WHERE d.path = $1 AND r.number = (SELECT max(number) FROM revisions WHERE document_id = d.id AND published_at IS NOT NULL) \
         ORDER BY c.position";
    let rows: Vec<(String, Option<String>, String)> =
        on!(db, pool => sqlx::query_as(OF).bind(path).fetch_all(pool).await)?;
    let stored = |(target, from_anchor, legal_date)| Stored { target, from_anchor, legal_date };
    Ok(rows.into_iter().map(stored).collect())
}

fn fingerprint(citations: &[Stored]) -> String {
    let mut hash = Sha256::new();
    for citation in citations {
        hash.update(format!(
            "{}\n{}\n{}\n",
            citation.target,
            citation.from_anchor.as_deref().unwrap_or(""),
            citation.legal_date
        ));
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
