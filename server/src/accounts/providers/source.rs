//! One provider, and what it says of itself: where it signs people in, with which keys it signs.

use super::claims::Claims;
use super::http::Http;
use crate::config::Config;
use crate::config::providers::{ProviderSettings, origin};
use anyhow::{Context, Error, Result};
use app::accounts::ProviderRefusal;
use app::routes::desk;
use moka::future::Cache;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreErrorResponseType,
    CoreGenderClaim, CoreGrantType, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm,
    CoreJwsSigningAlgorithm, CoreResponseMode, CoreResponseType, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreSubjectIdentifierType, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AdditionalProviderMetadata, AuthType, ClientId, ClientSecret, EmptyExtraTokenFields, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, IdTokenFields, IssuerUrl, ProviderMetadata, RedirectUrl, StandardErrorResponse,
    StandardTokenResponse,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;

/// Providers change their keys over days, and tell of the new one before they use it.
const LASTS: Duration = Duration::from_secs(60 * 60);

/// Of the libraries' many types those that are in use here: claims of any name, and metadata with RFC 9207.
pub type Metadata = ProviderMetadata<
    Announced,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;
pub type Tokens = StandardTokenResponse<
    IdTokenFields<
        Claims,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;
pub type Client = openidconnect::Client<
    Claims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What a provider may announce beyond OpenID Connect Discovery 1.0.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Announced {
    /// Whether each of its answers names it (RFC 9207, 3).
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for Announced {}

pub struct Source {
    pub settings: ProviderSettings,
    pub http: Http,
    issuer: IssuerUrl,
    back: RedirectUrl,
    told: Cache<(), Arc<Metadata>>,
}

impl Source {
    pub fn new(settings: &ProviderSettings, config: &Config, http: &Http) -> Result<Self> {
        let back = format!("{}{}", config.staff_url(), desk::from_provider(&settings.id));
        Ok(Self {
            issuer: IssuerUrl::new(settings.issuer.clone()).context("provider.issuer")?,
            back: RedirectUrl::new(back).context("the address that a provider sends people back to")?,
            settings: settings.clone(),
            http: http.clone(),
            told: Cache::builder().max_capacity(1).time_to_live(LASTS).build(),
        })
    }

    /// What the provider says of itself: asked once an hour, and by one of those who wait for it.
    pub async fn metadata(&self) -> Result<Arc<Metadata>, ProviderRefusal> {
        let asked = async { Metadata::discover_async(self.issuer.clone(), &self.http).await.map(Arc::new) };
        let told = self.told.try_get_with((), asked).await;
        let metadata = told.map_err(|error| {
            let error = format!("{:#}", Error::new(error));
            tracing::error!(provider = self.settings.id, error, "a provider does not say where it signs people in");
            ProviderRefusal::Down
        })?;
        // Browsers would refuse to go there without a word, for no page of ours may lead there.
        let address = origin(metadata.authorization_endpoint().as_str());
        if address.is_none_or(|address| !self.settings.origins.contains(&address)) {
            let address = metadata.authorization_endpoint().as_str();
            tracing::error!(
                provider = self.settings.id,
                address,
                "a provider signs people in elsewhere: add it to provider.origins"
            );
            return Err(ProviderRefusal::Down);
        }
        Ok(metadata)
    }

    /// The same, asked anew: a token was signed with a key that was not there before.
    pub async fn metadata_anew(&self) -> Result<Arc<Metadata>, ProviderRefusal> {
        self.told.invalidate(&()).await;
        self.metadata().await
    }

    /// Frid as the provider knows it.
    pub fn client(&self, metadata: &Metadata) -> Client {
        let secret = self.settings.client_secret.as_ref().map(|secret| ClientSecret::new(secret.reveal().to_owned()));
        let id = ClientId::new(self.settings.client_id.clone());
        // In a header unless the provider takes it in the form alone; saying nothing means the header (Discovery, 3).
        let in_form = metadata.token_endpoint_auth_methods_supported().is_some_and(|methods| {
            methods.contains(&CoreClientAuthMethod::ClientSecretPost)
                && !methods.contains(&CoreClientAuthMethod::ClientSecretBasic)
        });
        let auth_type = if in_form { AuthType::RequestBody } else { AuthType::BasicAuth };
        Client::from_provider_metadata(metadata.clone(), id, secret)
            .set_redirect_uri(self.back.clone())
            .set_auth_type(auth_type)
    }
}
