//! Who belongs to the staff, and as what.

use super::audit::{self, Line};
use super::{StoredAccounts, invitations, sessions};
use crate::{clock, on, on_tx};
use anyhow::{Context, Result};
use app::accounts::{Account, AccountRefusal, Act};
use app::counties::{self, County};
use app::viewer::{Admin, Role};

impl StoredAccounts {
    pub(super) async fn accounts(&self) -> Result<Vec<Account>> {
        const ALL: &str = "SELECT a.id, a.email, a.name, a.role, a.county, a.ended_at, \
             (SELECT count(*) FROM passkeys p WHERE p.account_id = a.id), \
             (SELECT i.expires_at FROM invitations i WHERE i.account_id = a.id AND i.expires_at > $1) \
             FROM accounts a ORDER BY a.ended_at IS NOT NULL, a.email";
        type Row = (String, String, String, String, Option<String>, Option<i64>, i64, Option<i64>);
        let rows: Vec<Row> = on!(&self.db, pool => sqlx::query_as(ALL).bind(clock::now()).fetch_all(pool).await)?;
        rows.into_iter()
            .map(|(id, email, name, role, county, ended_at, passkeys, invited_until)| {
                let role = Role::parse(&role).with_context(|| format!("accounts.role holds `{role}`"))?;
                let county = county.as_deref().and_then(counties::find);
                Ok(Account { id, email, name, role, county, passkeys, ended_at, invited_until })
            })
            .collect()
    }

    pub(super) async fn change(
        &self,
        admin: &Admin,
        id: &str,
        role: Role,
        county: Option<&'static County>,
    ) -> Result<Result<(), AccountRefusal>> {
        const CHANGE: &str = "UPDATE accounts SET role = $1, county = $2 WHERE id = $3 RETURNING email";
        if id == admin.account {
            return Ok(Err(AccountRefusal::Yourself));
        }
        let slug = county.map(|county| county.slug);
        let mut tx = self.db.begin().await?;
        let email: Option<String> = on_tx!(&mut tx, c => sqlx::query_scalar(CHANGE).bind(role.as_str()).bind(slug).bind(id).fetch_optional(c).await)?;
        let Some(email) = email else { return Ok(Err(AccountRefusal::Missing)) };
        // What somebody was shown as an administrator they are not to go on with as an editor.
        sessions::end_all(&mut tx, id, "").await?;
        let subject = format!("{email} till {}, {}", role.swedish(), invitations::place(slug));
        let line = Line { account: Some(&admin.account), act: Act::ChangedRole, subject: &subject };
        audit::write(&mut tx, clock::now(), line).await?;
        tx.commit().await?;
        Ok(Ok(()))
    }

    pub(super) async fn end(&self, admin: &Admin, id: &str, end: bool) -> Result<Result<(), AccountRefusal>> {
        const END: &str = "UPDATE accounts SET ended_at = $1 WHERE id = $2 RETURNING email";
        const FORGET: &str = "DELETE FROM invitations WHERE account_id = $1";
        if id == admin.account {
            return Ok(Err(AccountRefusal::Yourself));
        }
        let now = clock::now();
        let mut tx = self.db.begin().await?;
        let email: Option<String> =
            on_tx!(&mut tx, c => sqlx::query_scalar(END).bind(end.then_some(now)).bind(id).fetch_optional(c).await)?;
        let Some(email) = email else { return Ok(Err(AccountRefusal::Missing)) };
        on_tx!(&mut tx, c => sqlx::query(FORGET).bind(id).execute(c).await.map(drop))?;
        sessions::end_all(&mut tx, id, "").await?;
        let act = if end { Act::EndedAccount } else { Act::ReopenedAccount };
        audit::write(&mut tx, now, Line { account: Some(&admin.account), act, subject: &email }).await?;
        tx.commit().await?;
        Ok(Ok(()))
    }
}
