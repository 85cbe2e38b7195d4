//! Who answers for a page.

use super::StoredEditing;
use crate::accounts::audit::{self, Line};
use crate::{clock, on, on_tx};
use anyhow::Result;
use app::accounts::Act;
use app::editor::Kind;
use app::editor::owners::{Colleague, Owners};
use app::viewer::Editor;
use std::collections::BTreeMap;

impl StoredEditing {
    /// Everybody who can be asked to answer for a page.
    pub(super) async fn colleagues(&self) -> Result<Vec<Colleague>> {
        const STAFF: &str =
            "SELECT id, name, email FROM accounts WHERE ended_at IS NULL AND name <> '' ORDER BY name, email";
        let rows: Vec<(String, String, String)> = on!(&self.db, pool => sqlx::query_as(STAFF).fetch_all(pool).await)?;
        Ok(rows.into_iter().map(|(account, name, email)| Colleague { account, name, email }).collect())
    }

    /// By the path of the page.
    pub(super) async fn owners(&self) -> Result<BTreeMap<String, Owners>> {
        const OWNERS: &str = "SELECT path, COALESCE(owner, ''), COALESCE(stand_in, '') FROM page_owners";
        let rows: Vec<(String, String, String)> = on!(&self.db, pool => sqlx::query_as(OWNERS).fetch_all(pool).await)?;
        let filled = |account: String| (!account.is_empty()).then_some(account);
        Ok(rows
            .into_iter()
            .map(|(path, owner, stand_in)| (path, Owners { owner: filled(owner), stand_in: filled(stand_in) }))
            .collect())
    }

    /// `false` if one of them has no account.
    pub(super) async fn entrust(&self, editor: &Editor, kind: Kind, slug: &str, owners: &Owners) -> Result<bool> {
        const ENTRUST: &str = "INSERT INTO page_owners (path, owner, stand_in) VALUES ($1, $2, $3) \
             ON CONFLICT (path) DO UPDATE SET owner = excluded.owner, stand_in = excluded.stand_in";
        let staff = self.colleagues().await?;
        let name = |account: &Option<String>| match account {
            None => Some("ingen".to_owned()),
            Some(id) => staff.iter().find(|one| one.account == *id).map(|one| one.name.clone()),
        };
        let (Some(owner), Some(stand_in)) = (name(&owners.owner), name(&owners.stand_in)) else { return Ok(false) };
        let path = self.library(kind, slug).await?.path;
        let mut tx = self.db.begin().await?;
        on_tx!(&mut tx, c => sqlx::query(ENTRUST).bind(&path).bind(&owners.owner).bind(&owners.stand_in).execute(c).await.map(drop))?;
        let subject = format!("{path}: {owner}, ersättare {stand_in}");
        let line = Line { account: Some(&editor.account), act: Act::Entrusted, subject: &subject };
        audit::write(&mut tx, clock::now(), line).await?;
        tx.commit().await?;
        Ok(true)
    }
}
