//! Whether what came back is the provider's answer to what this browser was sent there with.

use super::Started;
use super::claims::Claims;
use super::source::{Client, Metadata, Source, Tokens};
use app::accounts::ProviderRefusal;
use app::desk::Fields;
use chrono::{DateTime, Utc};
use openidconnect::core::{CoreErrorResponseType, CoreGenderClaim, CoreJwsSigningAlgorithm};
use openidconnect::{
    AuthorizationCode, ClaimsVerificationError, JwsSigningAlgorithm, Nonce, OAuth2TokenResponse, PkceCodeVerifier,
    RequestTokenError, SignatureVerificationError, SubjectIdentifier, TokenResponse, UserInfoClaims, UserInfoError,
};

/// Somebody whom the provider vouches for.
pub struct Person {
    /// What the provider calls them, and nobody else ever.
    pub subject: String,
    pub claims: Claims,
}

type Checked<T> = Result<T, ProviderRefusal>;

impl Source {
    /// The code of an answer that is one to what was asked.
    pub fn code(&self, metadata: &Metadata, started: &Started, answer: &Fields) -> Checked<AuthorizationCode> {
        if answer.get("state") != started.state {
            return Err(self.refused(ProviderRefusal::NotOurs, "another state than was sent"));
        }
        let announced = metadata.additional_metadata().authorization_response_iss_parameter_supported;
        if !is_from(metadata.issuer().as_str(), answer.get("iss"), announced) {
            return Err(self.refused(ProviderRefusal::NotOurs, "the answer names another provider, or none"));
        }
        match (answer.get("error"), answer.get("code")) {
            ("", "") => Err(self.refused(ProviderRefusal::NotOurs, "neither a code nor an error")),
            ("", code) => Ok(AuthorizationCode::new(code.to_owned())),
            (error, _) => {
                let (refusal, why) = told(error);
                Err(self.refused(refusal, why))
            }
        }
    }

    /// Who it is, asked of the provider with the code.
    pub async fn person(
        &self,
        metadata: &Metadata,
        started: &Started,
        code: AuthorizationCode,
        now: i64,
    ) -> Checked<Person> {
        let client = self.client(metadata);
        let tokens = self.exchange(&client, started, code).await?;
        let (subject, mut claims) = match self.verified(&client, metadata, &tokens, started, now) {
            Err(ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey)) => {
                let metadata = self.metadata_anew().await?;
                self.verified(&self.client(&metadata), &metadata, &tokens, started, now)
            }
            verified => verified,
        }
        .map_err(|error| {
            let (refusal, why) = wrong(&error);
            self.refused(refusal, why)
        })?;
        if claims.lack(&self.settings) && metadata.userinfo_endpoint().is_some() {
            claims = claims.and(self.further(&client, &tokens, subject.clone()).await?);
        }
        Ok(Person { subject: subject.to_string(), claims })
    }

    async fn exchange(&self, client: &Client, started: &Started, code: AuthorizationCode) -> Checked<Tokens> {
        let request = client
            .exchange_code(code)
            .map_err(|_| self.refused(ProviderRefusal::Down, "it names no place to exchange a code"))?
            .set_pkce_verifier(PkceCodeVerifier::new(started.verifier.clone()));
        request.request_async(&self.http).await.map_err(|error| match error {
            // A code that is used, too old or somebody else's (RFC 6749, 5.2).
            RequestTokenError::ServerResponse(said) if *said.error() == CoreErrorResponseType::InvalidGrant => {
                self.refused(ProviderRefusal::NotOurs, "it does not know the code")
            }
            RequestTokenError::ServerResponse(said) if *said.error() == CoreErrorResponseType::InvalidClient => {
                self.refused(ProviderRefusal::Down, "it does not know our client_id and client_secret")
            }
            RequestTokenError::ServerResponse(_) => {
                self.refused(ProviderRefusal::Down, "it gives no token for the code")
            }
            RequestTokenError::Request(error) => {
                tracing::warn!(provider = self.settings.id, %error, "a provider does not answer");
                ProviderRefusal::Down
            }
            _ => self.refused(ProviderRefusal::NotOurs, "its answer to the code cannot be read"),
        })
    }

    /// OpenID Connect Core 1.0, 3.1.3.7: signature, issuer, audience, time, nonce and level.
    fn verified(
        &self,
        client: &Client,
        metadata: &Metadata,
        tokens: &Tokens,
        started: &Started,
        now: i64,
    ) -> Result<(SubjectIdentifier, Claims), ClaimsVerificationError> {
        // Signed with the provider's own keys: whoever has a shared secret could write a token, and "none" is anybody.
        let signed = |algorithm: &&CoreJwsSigningAlgorithm| {
            !algorithm.uses_shared_secret() && **algorithm != CoreJwsSigningAlgorithm::None
        };
        let algorithms: Vec<_> =
            metadata.id_token_signing_alg_values_supported().iter().filter(signed).cloned().collect();
        let verifier = client
            .id_token_verifier()
            .set_allowed_algs(algorithms)
            .set_time_fn(move || DateTime::<Utc>::from_timestamp(now, 0).unwrap_or(DateTime::<Utc>::MAX_UTC))
            .set_auth_context_verifier_fn(|acr| match acr {
                _ if self.settings.acr.is_empty() => Ok(()),
                Some(acr) if self.settings.acr.contains(acr) => Ok(()),
                _ => Err(String::new()),
            });
        let token = tokens.id_token().ok_or_else(|| ClaimsVerificationError::Other("no ID token".into()))?;
        let claims = token.claims(&verifier, &Nonce::new(started.nonce.clone()))?;
        Ok((claims.subject().clone(), Claims::of(claims)))
    }

    /// What the provider tells of the person where it is asked for it alone, as the standard has it for mail addresses
    /// (OpenID Connect Core 1.0, 5.4).
    async fn further(&self, client: &Client, tokens: &Tokens, subject: SubjectIdentifier) -> Checked<Claims> {
        let request = client
            .user_info(tokens.access_token().clone(), Some(subject))
            .map_err(|_| self.refused(ProviderRefusal::Down, "it names no place to ask about a person"))?;
        let said: Result<UserInfoClaims<Claims, CoreGenderClaim>, _> = request.request_async(&self.http).await;
        match said {
            Ok(said) => Ok(Claims::of(&said)),
            Err(UserInfoError::ClaimsVerification(_)) => {
                Err(self.refused(ProviderRefusal::NotOurs, "it tells about another person than was asked"))
            }
            Err(_) => Err(self.refused(ProviderRefusal::Down, "it tells nothing about the person")),
        }
    }

    /// For the operator: which provider and why. Neither who, nor anything of what they brought.
    pub fn refused(&self, refusal: ProviderRefusal, why: &'static str) -> ProviderRefusal {
        tracing::warn!(provider = self.settings.id, ?refusal, why, "nobody was signed in by a provider");
        refusal
    }
}

/// An answer that names a provider must name this one; one that should and does not is another's (RFC 9207, 2.4).
fn is_from(issuer: &str, named: &str, announced: bool) -> bool {
    named == issuer || (named.is_empty() && !announced)
}

/// What an error code of the provider means. RFC 6749, 4.1.2.1; OpenID Connect Core 1.0, 3.1.2.6; Unmet Authentication
/// Requirements 1.0.
fn told(error: &str) -> (ProviderRefusal, &'static str) {
    match error {
        "access_denied" => (ProviderRefusal::BrokenOff, "the person broke off, or may not"),
        "unmet_authentication_requirements" => (ProviderRefusal::TooWeak, "it cannot vouch for the level asked for"),
        "server_error" | "temporarily_unavailable" => (ProviderRefusal::Down, "it has an error of its own"),
        "invalid_request" | "invalid_scope" | "unauthorized_client" | "unsupported_response_type" => (
            ProviderRefusal::BrokenOff,
            "it does not accept how it was asked; look at client_id, scopes and its own settings",
        ),
        _ => (ProviderRefusal::BrokenOff, "it signed nobody in"),
    }
}

/// Why a token was not believed, without what it said.
fn wrong(error: &ClaimsVerificationError) -> (ProviderRefusal, &'static str) {
    use ClaimsVerificationError as E;
    match error {
        E::InvalidAuthContext(_) => (ProviderRefusal::TooWeak, "another acr than is accepted"),
        E::Expired(_) => (ProviderRefusal::NotOurs, "the token is too old"),
        E::InvalidAudience(_) => (ProviderRefusal::NotOurs, "the token is for somebody else"),
        E::InvalidIssuer(_) => (ProviderRefusal::NotOurs, "the token is another provider's"),
        E::InvalidNonce(_) => (ProviderRefusal::NotOurs, "the token is the answer to another sign-in"),
        E::SignatureVerification(SignatureVerificationError::NoSignature) => {
            (ProviderRefusal::NotOurs, "the token is not signed")
        }
        E::SignatureVerification(_) => (ProviderRefusal::NotOurs, "the token's signature does not hold"),
        _ => (ProviderRefusal::NotOurs, "the token is none that is understood"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_comes_from_the_provider_that_was_asked() {
        let issuer = "https://id.example/a";
        assert!(is_from(issuer, issuer, true) && is_from(issuer, issuer, false));
        assert!(is_from(issuer, "", false), "older providers do not name themselves");
        assert!(!is_from(issuer, "", true), "one that always does would have");
        for other in ["https://id.example/b", "https://id.example/a/", "https://ID.example/a"] {
            assert!(!is_from(issuer, other, false), "{other}");
        }
    }

    #[test]
    fn each_error_of_a_provider_is_told_as_what_it_is() {
        for (error, refusal) in [
            ("access_denied", ProviderRefusal::BrokenOff),
            ("temporarily_unavailable", ProviderRefusal::Down),
            ("unmet_authentication_requirements", ProviderRefusal::TooWeak),
            ("what_nobody_has_heard_of", ProviderRefusal::BrokenOff),
        ] {
            assert_eq!(told(error).0, refusal, "{error}");
        }
    }
}
