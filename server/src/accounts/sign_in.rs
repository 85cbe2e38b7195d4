//! Signing in with a passkey, and out again.

use super::audit::{self, Line};
use super::{StoredAccounts, ceremonies, passkeys, sessions};
use crate::{clock, on_tx};
use anyhow::Result;
use app::accounts::{Act, Ceremony, NotSignedIn};
use app::viewer::Member;
use webauthn_rs::prelude::{DiscoverableAuthentication, PublicKeyCredential};

const PURPOSE: &str = "sign-in";

impl StoredAccounts {
    pub(super) async fn begin_sign_in(&self) -> Result<Ceremony> {
        let (options, state) = self.rules.begin_using()?;
        let id = ceremonies::begin(&self.db, PURPOSE, &state, clock::now()).await?;
        Ok(Ceremony { id, options })
    }

    pub(super) async fn sign_in(
        &self,
        ceremony: &str,
        credential: &str,
        browser: &str,
    ) -> Result<Result<String, NotSignedIn>> {
        let now = clock::now();
        let state: Option<DiscoverableAuthentication> = ceremonies::take(&self.db, PURPOSE, ceremony, now).await?;
        let answer = serde_json::from_str::<PublicKeyCredential>(credential).ok();
        let (Some(state), Some(answer)) = (state, answer) else { return Ok(Err(NotSignedIn)) };
        let Some((account, key_id)) = self.rules.claimed(&answer) else { return Ok(Err(NotSignedIn)) };
        let Some(key) = self.key(&account, &key_id).await? else { return Ok(Err(NotSignedIn)) };
        let Some(key) = self.rules.used(&answer, state, key) else { return Ok(Err(NotSignedIn)) };

        // The key may have been taken away, or the account ended, since it was looked up.
        const USED: &str = "UPDATE passkeys SET credential = $1, used_at = $2 WHERE id = $3 AND account_id = $4 \
             AND EXISTS (SELECT 1 FROM accounts WHERE id = $4 AND ended_at IS NULL)";
        let credential = serde_json::to_string(&key)?;
        let mut tx = self.db.begin().await?;
        let used = on_tx!(&mut tx, c => sqlx::query(USED).bind(&credential).bind(now).bind(passkeys::key_id(key.cred_id().as_ref()))
            .bind(&account).execute(c).await.map(|done| done.rows_affected()))?;
        if used == 0 {
            return Ok(Err(NotSignedIn));
        }
        let token = sessions::begin(&mut tx, &account, browser, now).await?;
        audit::write(&mut tx, now, Line { account: Some(&account), act: Act::SignedIn, subject: "med nyckel" }).await?;
        tx.commit().await?;
        Ok(Ok(token))
    }

    pub(super) async fn sign_out(&self, member: &Member) -> Result<()> {
        let mut tx = self.db.begin().await?;
        if sessions::end(&mut tx, &member.account, &member.session).await? {
            let line = Line { account: Some(&member.account), act: Act::SignedOut, subject: "" };
            audit::write(&mut tx, clock::now(), line).await?;
        }
        tx.commit().await
    }
}
