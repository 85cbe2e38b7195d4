//! Identity providers that vouch for the staff of a county board. OpenID Connect Core 1.0, code flow with PKCE.
//!
//! There and back: the browser is sent to the provider with a state, a nonce and a challenge that are kept here; what it
//! brings back is held against them (`answer`), and who it is against the accounts (`identities`).

mod answer;
mod claims;
mod http;
mod identities;
mod source;

use super::audit::{self, Line};
use super::{StoredAccounts, ceremonies, sessions, tokens};
use crate::clock;
use crate::config::Config;
use answer::Person;
use anyhow::Result;
use app::accounts::{Act, Provider, ProviderRefusal};
use app::desk::Fields;
use http::Http;
use identities::Vouched;
use openidconnect::core::CoreAuthenticationFlow;
use openidconnect::{
    AuthenticationContextClass, CsrfToken, LanguageTag, Nonce, PkceCodeChallenge, PkceCodeVerifier, Scope,
};
use serde::{Deserialize, Serialize};
use source::{Metadata, Source};

const PURPOSE: &str = "provider";

pub struct Providers {
    all: Vec<Source>,
    shown: Vec<Provider>,
}

/// What is kept of a sign-in until the browser comes back.
#[derive(Debug, Serialize, Deserialize)]
pub struct Started {
    provider: String,
    state: String,
    nonce: String,
    verifier: String,
    back_to: String,
}

impl Providers {
    pub fn new(config: &Config) -> Result<Self> {
        if config.providers.is_empty() {
            return Ok(Self { all: Vec::new(), shown: Vec::new() });
        }
        let http = Http::new()?;
        let all = config.providers.iter().map(|settings| Source::new(settings, config, &http));
        let shown = config.providers.iter().map(|settings| Provider {
            id: settings.id.clone(),
            name: settings.name.clone(),
            origins: settings.origins.clone(),
        });
        Ok(Self { all: all.collect::<Result<_>>()?, shown: shown.collect() })
    }

    pub fn all(&self) -> &[Provider] {
        &self.shown
    }

    fn find(&self, id: &str) -> Result<&Source, ProviderRefusal> {
        self.all.iter().find(|source| source.settings.id == id).ok_or(ProviderRefusal::Unknown)
    }
}

impl Source {
    /// Where the browser goes, and what its answer will be held against.
    fn departure(&self, metadata: &Metadata, back_to: &str) -> (String, Started) {
        let verifier = PkceCodeVerifier::new(tokens::new());
        let client = self.client(metadata);
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let (state, nonce) = (|| CsrfToken::new(tokens::new()), || Nonce::new(tokens::new()));
        // "openid" the library asks for itself.
        let scopes = self.settings.scopes.iter().filter(|scope| *scope != "openid").cloned().map(Scope::new);
        let mut request = client
            .authorize_url(flow, state, nonce)
            .add_scopes(scopes)
            .add_ui_locale(LanguageTag::new("sv".into()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        for acr in &self.settings.acr {
            request = request.add_auth_context_value(AuthenticationContextClass::new(acr.clone()));
        }
        let (address, state, nonce) = request.url();
        let started = Started {
            provider: self.settings.id.clone(),
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
            back_to: back_to.to_owned(),
        };
        (address.into(), started)
    }
}

impl StoredAccounts {
    pub(super) async fn go_to_provider(
        &self,
        provider: &str,
        back_to: &str,
    ) -> Result<Result<(String, String), ProviderRefusal>> {
        let source = match self.providers.find(provider) {
            Ok(source) => source,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let metadata = match source.metadata().await {
            Ok(metadata) => metadata,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let (address, started) = source.departure(&metadata, back_to);
        let errand = ceremonies::begin(&self.db, PURPOSE, &started, clock::now()).await?;
        Ok(Ok((address, errand)))
    }

    pub(super) async fn come_back(
        &self,
        provider: &str,
        answer: &Fields,
        errand: &str,
        browser: &str,
    ) -> Result<Result<(String, String), ProviderRefusal>> {
        let now = clock::now();
        let source = match self.providers.find(provider) {
            Ok(source) => source,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let started: Option<Started> = ceremonies::take(&self.db, PURPOSE, errand, now).await?;
        let Some(started) = started.filter(|started| started.provider == provider) else {
            return Ok(Err(
                source.refused(ProviderRefusal::NotOurs, "this browser was not sent there, or is back already")
            ));
        };
        let person = match source.vouched(&started, answer, now).await {
            Ok(person) => person,
            Err(refusal) => return Ok(Err(refusal)),
        };
        Ok(self.let_in(source, &person, browser, now).await?.map(|token| (token, started.back_to)))
    }

    /// The new session's token, if the person has an account here or is to have one.
    async fn let_in(
        &self,
        source: &Source,
        person: &Person,
        browser: &str,
        now: i64,
    ) -> Result<Result<String, ProviderRefusal>> {
        let Person { subject, claims } = person;
        let mut tx = self.db.begin().await?;
        let (refusal, why) = match claims.email(&source.settings) {
            None => (ProviderRefusal::NoAddress, "ingen bekräftad adress"),
            Some(email) => match (Vouched { source, subject, email: &email, claims, now }).account(&mut tx).await? {
                None => (ProviderRefusal::NoAccount, "inget konto"),
                Some(account) => {
                    let token = sessions::begin(&mut tx, &account, browser, now).await?;
                    let subject = format!("med {}", source.settings.name);
                    audit::write(&mut tx, now, Line { account: Some(&account), act: Act::SignedIn, subject: &subject })
                        .await?;
                    tx.commit().await?;
                    return Ok(Ok(token));
                }
            },
        };
        // Without the address: who has no account has nothing to do in a log that is kept for long.
        let subject = format!("genom {}: {why}", source.settings.name);
        audit::write(&mut tx, now, Line { account: None, act: Act::RefusedProvider, subject: &subject }).await?;
        tx.commit().await?;
        Ok(Err(refusal))
    }
}

impl Source {
    /// Whom the provider vouches for, if this is its answer.
    async fn vouched(&self, started: &Started, answer: &Fields, now: i64) -> Result<Person, ProviderRefusal> {
        let metadata = self.metadata().await?;
        let code = self.code(&metadata, started, answer)?;
        self.person(&metadata, started, code, now).await
    }
}
