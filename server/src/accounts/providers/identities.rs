//! Whose account it is that a provider vouches for.
//!
//! The first time an account is found by its address, or made if a rule says so; from then on by what the provider calls
//! the person (OpenID Connect Core 1.0, 5.7). An address that is given to somebody else gives them nothing here.

use super::claims::Claims;
use super::source::Source;
use crate::accounts::audit::{self, Line};
use crate::accounts::{invitations, sessions};
use crate::config::providers::Rule;
use crate::db::Tx;
use crate::{clock, on_tx};
use anyhow::Result;
use app::accounts::Act;
use app::accounts::person::Email;

/// An account as it stands, with what somebody is to be let in by.
pub struct Vouched<'a> {
    pub source: &'a Source,
    pub subject: &'a str,
    pub email: &'a Email,
    pub claims: &'a Claims,
    pub now: i64,
}

impl Vouched<'_> {
    /// The account's id, with its role brought into line with the rules; none if nobody may be signed in.
    pub async fn account(&self, tx: &mut Tx) -> Result<Option<String>> {
        let rule = self.claims.rule(&self.source.settings.rules);
        let Some((account, by_rule)) = self.tied(tx, rule).await? else { return Ok(None) };
        if by_rule && rule.is_none() {
            // Nobody invited them, and the provider no longer says what let them in.
            sessions::end_all(tx, &account, "").await?;
            return Ok(None);
        }
        if let Some(rule) = rule {
            self.follow(tx, &account, rule).await?;
        }
        self.name(tx, &account).await?;
        Ok(Some(account))
    }

    /// The account tied to this person, tied now if it was not; and whether a rule gave it its role.
    async fn tied(&self, tx: &mut Tx, rule: Option<&Rule>) -> Result<Option<(String, bool)>> {
        const KNOWN: &str = "SELECT account_id, by_rule FROM provider_identities WHERE issuer = $1 AND subject = $2";
        const TIE: &str = "INSERT INTO provider_identities (issuer, subject, account_id, by_rule, created_at) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
        let issuer = &self.source.settings.issuer;
        let known: Option<(String, bool)> =
            on_tx!(tx, c => sqlx::query_as(KNOWN).bind(issuer).bind(self.subject).fetch_optional(c).await)?;
        if let Some((account, by_rule)) = known {
            return Ok(self.open(tx, &account).await?.then_some((account, by_rule)));
        }
        let Some((account, made)) = self.addressed(tx, rule).await? else { return Ok(None) };
        if !self.open(tx, &account).await? {
            return Ok(None);
        }
        on_tx!(tx, c => sqlx::query(TIE).bind(issuer).bind(self.subject).bind(&account).bind(made).bind(self.now)
            .execute(c).await.map(drop))?;
        // Refused by the table where the account is tied to somebody else at this provider.
        let tied: Option<(String, bool)> =
            on_tx!(tx, c => sqlx::query_as(KNOWN).bind(issuer).bind(self.subject).fetch_optional(c).await)?;
        Ok(tied.filter(|(tied, _)| *tied == account))
    }

    /// The account with that address; made if there is none, and a rule says so. Tells whether it was made.
    async fn addressed(&self, tx: &mut Tx, rule: Option<&Rule>) -> Result<Option<(String, bool)>> {
        const OF: &str = "SELECT id FROM accounts WHERE email = $1";
        const MAKE: &str = "INSERT INTO accounts (id, email, name, role, county, created_at) VALUES ($1, $2, '', $3, $4, $5) \
             ON CONFLICT (email) DO NOTHING";
        let email = self.email.as_str();
        let known: Option<String> = on_tx!(tx, c => sqlx::query_scalar(OF).bind(email).fetch_optional(c).await)?;
        let Some(rule) = rule.filter(|_| known.is_none()) else { return Ok(known.map(|account| (account, false))) };
        let id = clock::new_id();
        let made = on_tx!(tx, c => sqlx::query(MAKE).bind(&id).bind(email).bind(rule.role.as_str())
            .bind(rule.county.map(|county| county.slug)).bind(self.now).execute(c).await.map(|done| done.rows_affected()))?;
        if made == 0 {
            // Somebody else made it in the same moment.
            let known: Option<String> = on_tx!(tx, c => sqlx::query_scalar(OF).bind(email).fetch_optional(c).await)?;
            return Ok(known.map(|account| (account, false)));
        }
        let subject = self.described(rule);
        audit::write(tx, self.now, Line { account: Some(&id), act: Act::Admitted, subject: &subject }).await?;
        Ok(Some((id, true)))
    }

    /// Whether the account may be signed in to. Holds it until all is done.
    async fn open(&self, tx: &mut Tx, account: &str) -> Result<bool> {
        const HOLD: &str = "UPDATE accounts SET name = name WHERE id = $1 AND ended_at IS NULL";
        let held = on_tx!(tx, c => sqlx::query(HOLD).bind(account).execute(c).await.map(|done| done.rows_affected()))?;
        Ok(held == 1)
    }

    /// Whoever has chosen a name here keeps it.
    async fn name(&self, tx: &mut Tx, account: &str) -> Result<()> {
        const NAME: &str = "UPDATE accounts SET name = $1 WHERE id = $2 AND name = ''";
        let Some(name) = self.claims.name() else { return Ok(()) };
        on_tx!(tx, c => sqlx::query(NAME).bind(name.as_str()).bind(account).execute(c).await.map(drop))?;
        Ok(())
    }

    /// Gives the account what the rule says. What somebody was shown as an administrator they are not to go on with as
    /// an editor: other sessions end.
    async fn follow(&self, tx: &mut Tx, account: &str, rule: &Rule) -> Result<()> {
        const FOLLOW: &str = "UPDATE accounts SET role = $1, county = $2 \
             WHERE id = $3 AND (role <> $1 OR COALESCE(county, '') <> COALESCE($2, ''))";
        const BY_RULE: &str = "UPDATE provider_identities SET by_rule = TRUE WHERE issuer = $1 AND subject = $2";
        let county = rule.county.map(|county| county.slug);
        let changed = on_tx!(tx, c => sqlx::query(FOLLOW).bind(rule.role.as_str()).bind(county).bind(account)
            .execute(c).await.map(|done| done.rows_affected()))?;
        if changed == 0 {
            return Ok(());
        }
        on_tx!(tx, c => sqlx::query(BY_RULE).bind(&self.source.settings.issuer).bind(self.subject).execute(c).await.map(drop))?;
        sessions::end_all(tx, account, "").await?;
        let subject = format!("{} till {}", self.email, self.described(rule));
        audit::write(tx, self.now, Line { account: Some(account), act: Act::ChangedRole, subject: &subject }).await
    }

    fn described(&self, rule: &Rule) -> String {
        let place = invitations::place(rule.county.map(|county| county.slug));
        format!("{}, {place}, efter uppgift från {}", rule.role.swedish(), self.source.settings.name)
    }
}
