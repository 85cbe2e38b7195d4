//! From an invitation to an account with a key.

use super::audit::{self, Line};
use super::{StoredAccounts, ceremonies, passkeys, sessions, tokens};
use crate::db::Tx;
use crate::{clock, on, on_tx};
use anyhow::Result;
use app::accounts::person::PersonName;
use app::accounts::{AccountRefusal, Act, Ceremony, Invitation, JoinRefusal, NewAccount};
use app::counties;
use app::viewer::Role;
use serde::{Deserialize, Serialize};
use webauthn_rs::prelude::PasskeyRegistration;

const PURPOSE: &str = "join";
/// In seconds.
const LASTS: i64 = 24 * 60 * 60;
/// What the first key is called; its owner may add others with names of their own.
const FIRST_KEY: &str = "Första nyckeln";

#[derive(Serialize, Deserialize)]
struct Making {
    account: String,
    registration: PasskeyRegistration,
}

impl StoredAccounts {
    /// Makes an account and the code of its invitation. `by` is nobody for the command line.
    pub async fn invite(&self, by: Option<&str>, new: &NewAccount) -> Result<Result<String, AccountRefusal>> {
        const ADD: &str = "INSERT INTO accounts (id, email, name, role, county, created_at) VALUES ($1, $2, '', $3, $4, $5) \
             ON CONFLICT (email) DO NOTHING";
        let (now, id) = (clock::now(), clock::new_id());
        let mut tx = self.db.begin().await?;
        let added = on_tx!(&mut tx, c => sqlx::query(ADD).bind(&id).bind(new.email.as_str()).bind(new.role.as_str())
            .bind(new.county.map(|county| county.slug)).bind(now).execute(c).await.map(|done| done.rows_affected()))?;
        if added == 0 {
            return Ok(Err(AccountRefusal::Exists));
        }
        let code = invitation(&mut tx, &id, now).await?;
        let subject = format!("{} som {}, {}", new.email, new.role.swedish(), place(new.county.map(|c| c.slug)));
        audit::write(&mut tx, now, Line { account: by, act: Act::Invited, subject: &subject }).await?;
        tx.commit().await?;
        Ok(Ok(code))
    }

    /// A new code for an account that is there: whoever uses it takes the place of the keys it had.
    pub async fn invite_again(&self, by: Option<&str>, id: &str) -> Result<Result<String, AccountRefusal>> {
        const WHOSE: &str = "SELECT email FROM accounts WHERE id = $1 AND ended_at IS NULL";
        let now = clock::now();
        let mut tx = self.db.begin().await?;
        let email: Option<String> = on_tx!(&mut tx, c => sqlx::query_scalar(WHOSE).bind(id).fetch_optional(c).await)?;
        let Some(email) = email else { return Ok(Err(AccountRefusal::Missing)) };
        let code = invitation(&mut tx, id, now).await?;
        audit::write(&mut tx, now, Line { account: by, act: Act::Invited, subject: &format!("{email} igen") }).await?;
        tx.commit().await?;
        Ok(Ok(code))
    }

    /// The id of the account with that address, if it is there and has not ended.
    pub async fn account_of(&self, email: &str) -> Result<Option<String>> {
        const OF: &str = "SELECT id FROM accounts WHERE email = $1 AND ended_at IS NULL";
        Ok(on!(&self.db, pool => sqlx::query_scalar(OF).bind(email).fetch_optional(pool).await)?)
    }

    pub(super) async fn invitation(&self, code: &str) -> Result<Option<Invitation>> {
        Ok(self.invited(code).await?.map(|(_, invitation)| invitation))
    }

    async fn invited(&self, code: &str) -> Result<Option<(String, Invitation)>> {
        const READ: &str = "SELECT a.id, a.email, a.name, a.role, a.county, \
             (SELECT count(*) FROM passkeys p WHERE p.account_id = a.id) \
             FROM invitations i JOIN accounts a ON a.id = i.account_id \
             WHERE i.code_hash = $1 AND i.expires_at > $2 AND a.ended_at IS NULL";
        type Row = (String, String, String, String, Option<String>, i64);
        let row: Option<Row> = on!(&self.db, pool => sqlx::query_as(READ).bind(tokens::hash(code)).bind(clock::now()).fetch_optional(pool).await)?;
        let Some((id, email, name, role, county, keys)) = row else { return Ok(None) };
        let Some(role) = Role::parse(&role) else { return Ok(None) };
        let county = county.as_deref().and_then(counties::find);
        Ok(Some((id, Invitation { email, name, role, county, replaces: keys > 0 })))
    }

    pub(super) async fn begin_joining(&self, code: &str, name: &PersonName) -> Result<Option<Ceremony>> {
        let Some((account, invitation)) = self.invited(code).await? else { return Ok(None) };
        // A device whose key is lost to the person may still hold it: it is replaced, not refused.
        let (options, registration) =
            self.rules.begin_making(&account, &invitation.email, name.as_str(), Vec::new())?;
        let id = ceremonies::begin(&self.db, PURPOSE, &Making { account, registration }, clock::now()).await?;
        Ok(Some(Ceremony { id, options }))
    }

    pub(super) async fn join(
        &self,
        code: &str,
        name: &PersonName,
        ceremony: &str,
        credential: &str,
        browser: &str,
    ) -> Result<Result<String, JoinRefusal>> {
        let now = clock::now();
        let making: Option<Making> = ceremonies::take(&self.db, PURPOSE, ceremony, now).await?;
        let made = making.and_then(|making| Some((self.rules.made(credential, &making.registration)?, making.account)));
        let Some((key, account)) = made else { return Ok(Err(JoinRefusal::KeyNotMade)) };

        // Whoever takes the invitation out of the table has used it; of two at once, one finds it gone.
        const TAKE: &str = "DELETE FROM invitations WHERE code_hash = $1 AND account_id = $2 AND expires_at > $3 \
             AND EXISTS (SELECT 1 FROM accounts WHERE id = $2 AND ended_at IS NULL)";
        const FORGET: &str = "DELETE FROM passkeys WHERE account_id = $1";
        const UNTIE: &str = "DELETE FROM provider_identities WHERE account_id = $1";
        const NAME: &str = "UPDATE accounts SET name = $1 WHERE id = $2";
        let mut tx = self.db.begin().await?;
        let taken = on_tx!(&mut tx, c => sqlx::query(TAKE).bind(tokens::hash(code)).bind(&account).bind(now)
            .execute(c).await.map(|done| done.rows_affected()))?;
        if taken == 0 {
            return Ok(Err(JoinRefusal::NoInvitation));
        }
        on_tx!(&mut tx, c => sqlx::query(FORGET).bind(&account).execute(c).await.map(drop))?;
        on_tx!(&mut tx, c => sqlx::query(UNTIE).bind(&account).execute(c).await.map(drop))?;
        if !passkeys::keep(&mut tx, &account, FIRST_KEY, &key, now).await? {
            return Ok(Err(JoinRefusal::KeyNotMade));
        }
        on_tx!(&mut tx, c => sqlx::query(NAME).bind(name.as_str()).bind(&account).execute(c).await.map(drop))?;
        sessions::end_all(&mut tx, &account, "").await?;
        let token = sessions::begin(&mut tx, &account, browser, now).await?;
        audit::write(&mut tx, now, Line { account: Some(&account), act: Act::Joined, subject: "" }).await?;
        tx.commit().await?;
        Ok(Ok(token))
    }
}

/// Lays a new invitation in the place of the one before; returns its code.
async fn invitation(tx: &mut Tx, account: &str, now: i64) -> Result<String> {
    const FORGET: &str = "DELETE FROM invitations WHERE account_id = $1";
    const ADD: &str = "INSERT INTO invitations (account_id, code_hash, expires_at) VALUES ($1, $2, $3)";
    let code = tokens::new();
    on_tx!(tx, c => sqlx::query(FORGET).bind(account).execute(c).await.map(drop))?;
    on_tx!(tx, c => sqlx::query(ADD).bind(account).bind(tokens::hash(&code)).bind(now + LASTS).execute(c).await.map(drop))?;
    Ok(code)
}

/// For the log: "Skåne län", or "nationellt".
pub(super) fn place(county: Option<&str>) -> &str {
    county.and_then(counties::find).map_or("nationellt", |county| county.name)
}
