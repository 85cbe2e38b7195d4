//! Passkeys: WebAuthn with user verification, found by the device itself (discoverable), so that nobody has to say
//! who they are before they have shown it.

use super::StoredAccounts;
use crate::db::{Db, Tx};
use crate::{on, on_tx};
use anyhow::{Context, Result};
use app::accounts::Passkey;
use webauthn_rs::prelude::{
    CredentialID, DiscoverableAuthentication, Passkey as Credential, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Uuid, Webauthn, WebauthnBuilder,
};

/// The rules of one site: its name is part of every key.
pub struct Rules(Webauthn);

impl Rules {
    /// `staff_url` has a name, not a number: keys are tied to names (WebAuthn Level 3, 5.1.2).
    pub fn of_site(staff_url: &str, site_name: &str) -> Result<Self> {
        let url = Url::parse(staff_url).context("the address of the portal")?;
        let domain = url.domain().context("the portal's address has no name that a passkey could be tied to")?;
        Ok(Self(WebauthnBuilder::new(domain, &url)?.rp_name(site_name).build()?))
    }

    /// What the browser is asked for a new key, and what its answer is held against.
    pub fn begin_making(
        &self,
        account: &str,
        email: &str,
        name: &str,
        known: Vec<CredentialID>,
    ) -> Result<(String, PasskeyRegistration)> {
        let (asked, state) = self.0.start_passkey_registration(Uuid::parse_str(account)?, email, name, Some(known))?;
        let mut asked = serde_json::to_value(&asked)?;
        // A key that the device finds by itself; the library leaves that open.
        let wanted = &mut asked["publicKey"]["authenticatorSelection"];
        wanted["residentKey"] = "required".into();
        wanted["requireResidentKey"] = true.into();
        Ok((asked.to_string(), state))
    }

    /// The key, if the browser's answer holds.
    pub fn made(&self, credential: &str, state: &PasskeyRegistration) -> Option<Credential> {
        let answer: RegisterPublicKeyCredential = serde_json::from_str(credential).ok()?;
        self.0.finish_passkey_registration(&answer, state).ok()
    }

    pub fn begin_using(&self) -> Result<(String, DiscoverableAuthentication)> {
        let (mut asked, state) = self.0.start_discoverable_authentication()?;
        // Asked by a button, not while something is typed.
        asked.mediation = None;
        Ok((serde_json::to_string(&asked)?, state))
    }

    /// The account that the answer claims, and the key it was made with.
    pub fn claimed(&self, answer: &PublicKeyCredential) -> Option<(String, String)> {
        let (account, key) = self.0.identify_discoverable_authentication(answer).ok()?;
        Some((account.simple().to_string(), key_id(key)))
    }

    /// Whether the answer was made with the key; the key as it is to be kept from now on.
    pub fn used(
        &self,
        answer: &PublicKeyCredential,
        state: DiscoverableAuthentication,
        mut key: Credential,
    ) -> Option<Credential> {
        let result = self.0.finish_discoverable_authentication_v2(answer, state, &key).ok()?;
        if !result.user_verified() {
            return None;
        }
        key.update_credential(&result);
        Some(key)
    }
}

/// As the database knows it.
pub fn key_id(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub async fn of(db: &Db, account: &str) -> Result<Vec<Passkey>> {
    const OF: &str = "SELECT id, name, created_at, used_at FROM passkeys WHERE account_id = $1 ORDER BY created_at, id";
    let rows: Vec<(String, String, i64, Option<i64>)> =
        on!(db, pool => sqlx::query_as(OF).bind(account).fetch_all(pool).await)?;
    Ok(rows.into_iter().map(|(id, name, created_at, used_at)| Passkey { id, name, created_at, used_at }).collect())
}

/// The keys that the account has, so that a device does not make a second one.
pub async fn known(db: &Db, account: &str) -> Result<Vec<CredentialID>> {
    const KNOWN: &str = "SELECT credential FROM passkeys WHERE account_id = $1";
    let rows: Vec<String> = on!(db, pool => sqlx::query_scalar(KNOWN).bind(account).fetch_all(pool).await)?;
    rows.iter().map(|row| Ok(serde_json::from_str::<Credential>(row)?.cred_id().clone())).collect()
}

/// Keeps a new key. `false` if that very key is known already, with this or another account.
pub async fn keep(tx: &mut Tx, account: &str, name: &str, key: &Credential, now: i64) -> Result<bool> {
    const KEEP: &str = "INSERT INTO passkeys (id, account_id, name, credential, created_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (id) DO NOTHING";
    let (id, credential) = (key_id(key.cred_id().as_ref()), serde_json::to_string(key)?);
    let kept = on_tx!(tx, c => sqlx::query(KEEP).bind(&id).bind(account).bind(name).bind(&credential).bind(now)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(kept == 1)
}

impl StoredAccounts {
    /// The account's key of that id, if the account may be signed in to.
    pub(super) async fn key(&self, account: &str, id: &str) -> Result<Option<Credential>> {
        const KEY: &str = "SELECT p.credential FROM passkeys p JOIN accounts a ON a.id = p.account_id \
             WHERE p.id = $1 AND a.id = $2 AND a.ended_at IS NULL";
        let row: Option<String> =
            on!(&self.db, pool => sqlx::query_scalar(KEY).bind(id).bind(account).fetch_optional(pool).await)?;
        Ok(row.map(|row| serde_json::from_str(&row)).transpose()?)
    }
}
