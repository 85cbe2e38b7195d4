//! Identity providers: the `[[provider]]` tables of the file. What has lists and secrets is no matter for variables.

use super::{ConfigError, Secret, without_default_port};
use app::counties::{self, County};
use app::text::slug::is_slug;
use app::viewer::Role;
use serde::{Deserialize, Deserializer, de};
use std::path::PathBuf;

/// A provider that vouches for staff, checked. The README explains each setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderSettings {
    /// As in addresses.
    pub id: String,
    /// As on the button.
    pub name: String,
    /// Exactly as the provider writes it: tokens are held against it byte by byte.
    pub issuer: String,
    pub client_id: String,
    /// None for a public client.
    pub client_secret: Option<Secret>,
    pub scopes: Vec<String>,
    /// One of these must be vouched for; empty if anything will do.
    pub acr: Vec<String>,
    pub email_claim: String,
    /// Whether an address counts although the provider does not say that it has checked it.
    pub trust_email: bool,
    /// Every origin that a browser passes on its way to the provider's page, the issuer's first.
    pub origins: Vec<String>,
    /// The first that matches decides.
    pub rules: Vec<Rule>,
}

/// Whoever has this value in this claim has this role, for this county or nationally.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub claim: String,
    pub value: String,
    pub role: Role,
    pub county: Option<&'static County>,
}

/// As it stands in the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProviderTable {
    id: String,
    name: String,
    issuer: String,
    client_id: String,
    #[serde(default, deserialize_with = "secret")]
    client_secret: Option<Secret>,
    client_secret_file: Option<PathBuf>,
    scopes: Option<Vec<String>>,
    #[serde(default)]
    acr: Vec<String>,
    email_claim: Option<String>,
    #[serde(default)]
    trust_email: bool,
    #[serde(default)]
    origins: Vec<String>,
    #[serde(default)]
    rule: Vec<RuleTable>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleTable {
    claim: String,
    value: String,
    role: String,
    county: Option<String>,
}

/// Checks them all.
pub(super) fn read(tables: Vec<ProviderTable>, file_name: &str) -> Result<Vec<ProviderSettings>, ConfigError> {
    let mut providers: Vec<ProviderSettings> = Vec::new();
    for table in tables {
        let place = Place { file_name, provider: table.id.clone() };
        if providers.iter().any(|known| known.id == table.id) {
            return Err(place.wrong("id", &shown(&table.id), "a name that no other provider has"));
        }
        providers.push(table.check(&place)?);
    }
    Ok(providers)
}

/// Where a wrong value stands, for the sentence about it.
struct Place<'a> {
    file_name: &'a str,
    provider: String,
}

impl Place<'_> {
    fn wrong(&self, setting: &str, shown: &str, expected: &str) -> ConfigError {
        let Self { file_name, provider } = self;
        ConfigError(format!(
            "provider.{setting} (of \"{provider}\" in {file_name}) is {shown}; expected is {expected}."
        ))
    }

    fn hold(&self, holds: bool, setting: &str, value: &str, expected: &str) -> Result<(), ConfigError> {
        if holds { Ok(()) } else { Err(self.wrong(setting, &shown(value), expected)) }
    }
}

fn shown(value: &str) -> String {
    format!("\"{value}\"")
}

impl ProviderTable {
    fn check(self, place: &Place) -> Result<ProviderSettings, ConfigError> {
        let issuer = "an https:// address without ? and #, as the provider writes it (http:// for this machine alone)";
        let claim = "the name of a claim, such as email";
        let line =
            |text: &str| !text.trim().is_empty() && text.chars().count() <= 60 && !text.chars().any(char::is_control);
        let id = is_slug(&self.id) && self.id.len() <= 40;
        place.hold(id, "id", &self.id, "a-z, 0-9 and -, at most 40 characters")?;
        place.hold(line(&self.name), "name", &self.name, "a name of at most 60 characters on one line")?;
        let origin = self::origin(&self.issuer).filter(|_| !self.issuer.contains(['?', '#']));
        let origin = origin.ok_or_else(|| place.wrong("issuer", &shown(&self.issuer), issuer))?;
        place.hold(!self.client_id.trim().is_empty(), "client_id", &self.client_id, "what the provider calls Frid")?;
        let scopes = self.scopes.unwrap_or_else(|| ["openid", "email", "profile"].map(str::to_owned).into());
        let listed = scopes.iter().any(|scope| scope == "openid") && scopes.iter().all(|scope| is_word(scope));
        place.hold(listed, "scopes", &scopes.join(", "), "a list of scopes with openid among them")?;
        place.hold(
            self.acr.iter().all(|acr| is_word(acr)),
            "acr",
            &self.acr.join(", "),
            "a list of values without spaces",
        )?;
        let email_claim = self.email_claim.unwrap_or_else(|| "email".into());
        place.hold(is_word(&email_claim), "email_claim", &email_claim, claim)?;
        // `email_verified` is about `email`, and about nothing else (OpenID Connect Core 1.0, 5.1).
        if email_claim != "email" && !self.trust_email {
            let expected =
                "true where email_claim is another than email, for no provider says whether it has checked it";
            return Err(place.wrong("trust_email", "false", expected));
        }
        let mut origins = vec![origin];
        for further in self.origins {
            let plain = self::origin(&further).filter(|_| is_bare(&further));
            let expected = "https:// with a host, and nothing after it";
            origins.push(plain.ok_or_else(|| place.wrong("origins", &shown(&further), expected))?);
        }
        Ok(ProviderSettings {
            client_secret: client_secret(self.client_secret, self.client_secret_file, place)?,
            rules: self.rule.into_iter().map(|rule| rule.check(place)).collect::<Result<_, _>>()?,
            id: self.id,
            name: self.name,
            issuer: self.issuer,
            client_id: self.client_id,
            scopes,
            acr: self.acr,
            email_claim,
            trust_email: self.trust_email,
            origins,
        })
    }
}

impl RuleTable {
    fn check(self, place: &Place) -> Result<Rule, ConfigError> {
        place.hold(is_word(&self.claim), "rule.claim", &self.claim, "the name of a claim, such as groups")?;
        place.hold(!self.value.is_empty(), "rule.value", &self.value, "the value that gives the role")?;
        let roles = "editor, reviewer or admin";
        let role = Role::parse(&self.role).ok_or_else(|| place.wrong("rule.role", &shown(&self.role), roles))?;
        let county = match &self.county {
            None => None,
            Some(slug) => {
                let expected = "a county as in addresses, such as vastra-gotaland";
                Some(counties::find(slug).ok_or_else(|| place.wrong("rule.county", &shown(slug), expected))?)
            }
        };
        Ok(Rule { claim: self.claim, value: self.value, role, county })
    }
}

/// The secret, from where it stands; neither is right for a public client. No sentence repeats it.
fn client_secret(written: Option<Secret>, file: Option<PathBuf>, place: &Place) -> Result<Option<Secret>, ConfigError> {
    let secret = match (written, file) {
        (Some(_), Some(_)) => {
            return Err(place.wrong("client_secret", "there beside client_secret_file", "one of them"));
        }
        (None, None) => return Ok(None),
        (Some(secret), None) => secret,
        (None, Some(file)) => match std::fs::read_to_string(&file) {
            Ok(text) => Secret::new(text.trim()),
            Err(error) => {
                let shown = format!("\"{}\", which cannot be read ({error})", file.display());
                return Err(place.wrong("client_secret_file", &shown, "a file that holds the secret"));
            }
        },
    };
    if secret.reveal().is_empty() {
        return Err(place.wrong("client_secret", "empty", "a secret, or no such setting for a public client"));
    }
    Ok(Some(secret))
}

/// The parser's own refusal of another type would repeat the value.
fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Secret>, D::Error> {
    match toml::Value::deserialize(deserializer)? {
        toml::Value::String(text) => Ok(Some(Secret::new(text))),
        _ => Err(de::Error::custom("provider.client_secret is no text; expected is text in quotes")),
    }
}

/// Nothing after the host but perhaps a slash.
fn is_bare(address: &str) -> bool {
    address.split_once("://").is_some_and(|(_, rest)| !rest.trim_end_matches('/').contains(['/', '?', '#']))
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// `https://host` or `https://host:port` of an address that may be asked; nothing that could end a header's directive.
pub fn origin(address: &str) -> Option<String> {
    let uri: http::Uri = address.parse().ok()?;
    let (scheme, authority) = (uri.scheme_str()?, uri.authority()?.as_str().to_ascii_lowercase());
    let plain = authority.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']'));
    (is_sealed(&uri) && plain).then(|| format!("{scheme}://{}", without_default_port(scheme, &authority)))
}

/// Whether nobody on the way can read or change what is said there: encrypted, or never leaving this machine.
pub fn is_sealed(uri: &http::Uri) -> bool {
    match (uri.scheme_str(), uri.host()) {
        (Some("https"), Some(host)) => !host.is_empty(),
        (Some("http"), Some(host)) => matches!(host, "localhost" | "127.0.0.1" | "[::1]"),
        _ => false,
    }
}
