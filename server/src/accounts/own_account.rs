//! One's own keys and sessions.

use super::audit::{self, Line};
use super::{StoredAccounts, ceremonies, passkeys, sessions};
use crate::{clock, on_tx};
use anyhow::Result;
use app::accounts::{Act, Ceremony, PasskeyRefusal};
use app::viewer::Member;
use serde::{Deserialize, Serialize};
use webauthn_rs::prelude::PasskeyRegistration;

const PURPOSE: &str = "add";
const LONGEST_NAME: usize = 60;

#[derive(Serialize, Deserialize)]
struct Adding {
    account: String,
    registration: PasskeyRegistration,
}

impl StoredAccounts {
    pub(super) async fn begin_adding(&self, member: &Member) -> Result<Ceremony> {
        let known = passkeys::known(&self.db, &member.account).await?;
        let (options, registration) = self.rules.begin_making(&member.account, &member.email, &member.name, known)?;
        let adding = Adding { account: member.account.clone(), registration };
        let id = ceremonies::begin(&self.db, PURPOSE, &adding, clock::now()).await?;
        Ok(Ceremony { id, options })
    }

    pub(super) async fn add_passkey(
        &self,
        member: &Member,
        name: &str,
        ceremony: &str,
        credential: &str,
    ) -> Result<Result<(), PasskeyRefusal>> {
        let now = clock::now();
        let adding: Option<Adding> = ceremonies::take(&self.db, PURPOSE, ceremony, now).await?;
        let made = adding
            .filter(|adding| adding.account == member.account)
            .and_then(|adding| self.rules.made(credential, &adding.registration));
        let Some(key) = made else { return Ok(Err(PasskeyRefusal::KeyNotMade)) };
        let name: String = name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
        let name = if name.is_empty() { "Nyckel" } else { &name };
        let mut tx = self.db.begin().await?;
        if !passkeys::keep(&mut tx, &member.account, name, &key, now).await? {
            return Ok(Err(PasskeyRefusal::KeyNotMade));
        }
        let line = Line { account: Some(&member.account), act: Act::AddedPasskey, subject: name };
        audit::write(&mut tx, now, line).await?;
        tx.commit().await?;
        Ok(Ok(()))
    }

    pub(super) async fn remove_passkey(&self, member: &Member, id: &str) -> Result<Result<(), PasskeyRefusal>> {
        // Holding the account: two removals at once would each see the other's key.
        const HOLD: &str = "UPDATE accounts SET name = name WHERE id = $1";
        const REMOVE: &str = "DELETE FROM passkeys WHERE id = $1 AND account_id = $2 RETURNING name";
        const LEFT: &str = "SELECT count(*) FROM passkeys WHERE account_id = $1";
        let mut tx = self.db.begin().await?;
        on_tx!(&mut tx, c => sqlx::query(HOLD).bind(&member.account).execute(c).await.map(drop))?;
        let removed: Option<String> =
            on_tx!(&mut tx, c => sqlx::query_scalar(REMOVE).bind(id).bind(&member.account).fetch_optional(c).await)?;
        // Gone already: that is what was wanted.
        let Some(name) = removed else { return Ok(Ok(())) };
        let left: i64 = on_tx!(&mut tx, c => sqlx::query_scalar(LEFT).bind(&member.account).fetch_one(c).await)?;
        if left == 0 {
            return Ok(Err(PasskeyRefusal::TheOnlyOne));
        }
        let line = Line { account: Some(&member.account), act: Act::RemovedPasskey, subject: &name };
        audit::write(&mut tx, clock::now(), line).await?;
        tx.commit().await?;
        Ok(Ok(()))
    }

    pub(super) async fn end_session(&self, member: &Member, id: Option<&str>) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let subject = match id {
            Some(id) => {
                if !sessions::end(&mut tx, &member.account, id).await? {
                    return Ok(());
                }
                "en annan inloggning"
            }
            None => {
                sessions::end_all(&mut tx, &member.account, &member.session).await?;
                "alla andra inloggningar"
            }
        };
        let line = Line { account: Some(&member.account), act: Act::EndedSession, subject };
        audit::write(&mut tx, clock::now(), line).await?;
        tx.commit().await
    }
}
