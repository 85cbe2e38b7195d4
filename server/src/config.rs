//! What the operator decides: `FRID_*` variables over an optional `frid.toml`, checked before anything starts.

pub mod providers;
#[cfg(test)]
mod tests;

use providers::{ProviderSettings, ProviderTable};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

/// The checked configuration. Every field has a default that serves one machine without a setting made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// `FRID_ADDR`: where to listen.
    pub addr: SocketAddr,
    /// `FRID_DATA`: the folder for the database and the mail of the file transport.
    pub data: PathBuf,
    /// `FRID_DATABASE_URL`: `sqlite:` or `postgres:`; SQLite in the data folder unless set.
    pub database_url: DatabaseUrl,
    /// `FRID_BASE_URL`: the address that visitors use: canonical links, feeds, the only host answered.
    pub base_url: BaseUrl,
    /// `FRID_SITE_NAME`: the name in the header and in titles. Keep it neutral: it stands in browser histories.
    pub site_name: String,
    /// `FRID_EXIT_URL`: the neutral site that "Lämna sidan snabbt" goes to.
    pub exit_url: String,
    /// `FRID_SMTP_URL`: `smtp:` or `smtps:`; unset, mail is written as files to `<data>/mail`.
    pub smtp_url: Option<Secret>,
    /// `FRID_MAIL_FROM`: the sender of every mail.
    pub mail_from: String,
    /// `FRID_METRICS_ADDR`: where Prometheus metrics are answered; nowhere unless set.
    pub metrics_addr: Option<SocketAddr>,
    /// `FRID_TRUSTED_PROXIES`: whose `X-Forwarded-Host` is believed; nobody's unless set.
    pub trusted_proxies: Vec<IpNet>,
    /// `FRID_KEY_FILE`: the secret that protects sensitive answers and makes links; `key` in the data folder unless set.
    pub key_file: PathBuf,
    /// `FRID_DELETION_DECISION`: the decision by which what was told for an event is deleted ("gallringsbeslut").
    pub deletion_decision: String,
    /// `FRID_LOG`: what is logged, as `tracing` filters are written.
    pub log: String,
    /// `FRID_MEDIA_QUOTA`: how many bytes of pictures and documents each county may keep.
    pub media_quota: i64,
    /// `[[provider]]`, in the file alone: who else vouches for staff.
    pub providers: Vec<ProviderSettings>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    Sqlite(String),
    Postgres(Secret),
}

/// A value that may hold a password: never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

/// `https://frid.example` without a trailing slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    authority: String,
}

impl BaseUrl {
    pub fn parse(text: &str) -> Option<Self> {
        let uri: http::Uri = text.trim_end_matches('/').parse().ok()?;
        let scheme = uri.scheme_str().filter(|scheme| matches!(*scheme, "http" | "https"))?;
        let authority = uri.authority()?;
        let bad_port = authority.as_str() != authority.host() && authority.port_u16().is_none();
        if bad_port || authority.as_str().contains('@') {
            return None;
        }
        let authority = without_default_port(scheme, &authority.as_str().to_ascii_lowercase()).to_owned();
        let plain = matches!(uri.path(), "" | "/") && uri.query().is_none();
        plain.then(|| Self { text: format!("{scheme}://{authority}"), authority })
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the host is a name; passkeys cannot be tied to a number.
    pub fn has_name(&self) -> bool {
        let host = self.authority.rsplit_once(':').map_or(self.authority.as_str(), |(host, _)| host);
        !host.starts_with('[') && host.parse::<IpAddr>().is_err()
    }

    /// Whether browsers reach us encrypted.
    pub fn is_secure(&self) -> bool {
        self.text.starts_with("https:")
    }

    /// Is this what a browser sends as `Host` when it asks for us?
    pub fn is_host(&self, host: &str) -> bool {
        let scheme = self.text.split(':').next().unwrap_or("");
        without_default_port(scheme, &host.to_ascii_lowercase()) == self.authority
    }
}

fn without_default_port<'a>(scheme: &str, authority: &'a str) -> &'a str {
    let default = if scheme == "https" { ":443" } else { ":80" };
    authority.strip_suffix(default).unwrap_or(authority)
}

/// A network in CIDR notation, or a single address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IpNet {
    address: IpAddr,
    prefix: u32,
}

impl IpNet {
    pub fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address.parse().ok()?, Some(prefix.parse().ok()?)),
            None => (text.parse().ok()?, None),
        };
        let widest = match address {
            IpAddr::V4(_) => 32,
            IpAddr::V6(_) => 128,
        };
        let prefix = prefix.unwrap_or(widest);
        (prefix <= widest).then_some(Self { address, prefix })
    }

    pub fn contains(&self, address: IpAddr) -> bool {
        let bits = |ip: IpAddr| match ip {
            IpAddr::V4(v4) => (u128::from(v4.to_bits()) << 96, true),
            IpAddr::V6(v6) => (v6.to_bits(), false),
        };
        let ((net, net_is_v4), (candidate, is_v4)) = (bits(self.address), bits(address.to_canonical()));
        net_is_v4 == is_v4 && (self.prefix == 0 || (net ^ candidate) >> (128 - self.prefix) == 0)
    }
}

/// One sentence: which setting, what was read, what is expected.
#[derive(Debug, PartialEq, Eq)]
pub struct ConfigError(String);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}

/// The optional file: the same names as the variables, in lower case and without `FRID_`; and the providers.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    addr: Option<String>,
    data: Option<String>,
    database_url: Option<String>,
    base_url: Option<String>,
    site_name: Option<String>,
    exit_url: Option<String>,
    smtp_url: Option<String>,
    mail_from: Option<String>,
    metrics_addr: Option<String>,
    trusted_proxies: Option<Vec<String>>,
    key_file: Option<String>,
    deletion_decision: Option<String>,
    log: Option<String>,
    media_quota: Option<String>,
    #[serde(default)]
    provider: Vec<ProviderTable>,
}

const VARIABLES: [&str; 14] = [
    "FRID_ADDR",
    "FRID_DATA",
    "FRID_DATABASE_URL",
    "FRID_BASE_URL",
    "FRID_SITE_NAME",
    "FRID_EXIT_URL",
    "FRID_SMTP_URL",
    "FRID_MAIL_FROM",
    "FRID_METRICS_ADDR",
    "FRID_TRUSTED_PROXIES",
    "FRID_LOG",
    "FRID_MEDIA_QUOTA",
    "FRID_KEY_FILE",
    "FRID_DELETION_DECISION",
];

/// Set by scripts and tests for themselves; the program does not read them as settings.
const NOT_SETTINGS: [&str; 5] =
    ["FRID_CACHE", "FRID_BIN", "FRID_TEST_POSTGRES", "FRID_TEST_PYTHON", "FRID_FUZZ_MINUTES"];

impl Config {
    /// Where the staff signs in: our own address, or this machine by name where it has only a number.
    pub fn staff_url(&self) -> String {
        if self.base_url.has_name() {
            self.base_url.as_str().to_owned()
        } else {
            format!("http://localhost:{}", self.addr.port())
        }
    }

    /// Reads the file and the given environment, of which only `FRID_*` is looked at.
    /// `frid.toml` may be missing; a file that somebody named may not.
    pub fn read(
        named: Option<&Path>,
        environment: impl Iterator<Item = (OsString, OsString)>,
    ) -> Result<Self, ConfigError> {
        let file = named.unwrap_or(Path::new("frid.toml"));
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(ConfigError(format!("{} cannot be read: {error}.", file.display()))),
        };
        let ours = environment.filter(|(name, _)| name.to_string_lossy().starts_with("FRID_"));
        let readable = ours.map(|(name, value)| match (name.into_string(), value.into_string()) {
            (Ok(name), Ok(value)) => Ok((name, value)),
            (Ok(name), Err(_)) | (Err(_), Ok(name)) => {
                Err(ConfigError(format!("{name} is no UTF-8; expected is text.")))
            }
            (Err(_), Err(_)) => Err(ConfigError("a variable FRID_… is no UTF-8; expected is text.".into())),
        });
        let environment = readable.collect::<Result<Vec<_>, _>>()?;
        Self::from_parts(&file.display().to_string(), &text, environment.into_iter())
    }

    fn from_parts(
        file_name: &str,
        file: &str,
        environment: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let file: File = toml::from_str(file).map_err(|error| {
            let line = error.span().map_or(1, |span| 1 + file[..span.start].matches('\n').count());
            ConfigError(format!("{file_name}, line {line}: {}.", error.message()))
        })?;
        let environment: BTreeMap<String, String> = environment.collect();
        refuse_misspelt(&environment)?;
        let from = |variable: &'static str, in_file: Option<String>| {
            debug_assert!(VARIABLES.contains(&variable), "{variable} would be refused as misspelt");
            let value = environment.get(variable).cloned().or(in_file).filter(|value| !value.is_empty());
            Setting { variable, file_name: file_name.to_owned(), value }
        };

        let addr = from("FRID_ADDR", file.addr)
            .parse("an address and port such as 127.0.0.1:3000", |text| text.parse().ok())?
            .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 3000)));
        let data = PathBuf::from(from("FRID_DATA", file.data).value.unwrap_or_else(|| "data".into()));
        let database_url = from("FRID_DATABASE_URL", file.database_url)
            .parse_secret("sqlite:PATH or postgres://USER:PASSWORD@HOST/DATABASE", DatabaseUrl::parse)?
            .unwrap_or_else(|| DatabaseUrl::Sqlite(data.join("frid.db").display().to_string()));
        // An address that means "all of them" is none that a visitor could ask for.
        let own_address = || BaseUrl::parse(&format!("http://{addr}")).filter(|_| !addr.ip().is_unspecified());
        let base_url = from("FRID_BASE_URL", file.base_url)
            .parse("http://HOST or https://HOST without a path", BaseUrl::parse)?
            .or_else(own_address)
            .ok_or_else(|| {
                let message = format!(
                    "FRID_ADDR is \"{addr}\", which visitors cannot ask for; expected is FRID_BASE_URL beside it."
                );
                ConfigError(message)
            })?;
        let exit_url = from("FRID_EXIT_URL", file.exit_url)
            .parse("the https:// (or http://) address of a neutral site", |text| {
                let uri: http::Uri = text.parse().ok()?;
                matches!(uri.scheme_str(), Some("https" | "http")).then(|| text.to_owned())
            })?
            .unwrap_or_else(|| "https://www.smhi.se/".into());
        let smtp_url = from("FRID_SMTP_URL", file.smtp_url)
            .parse_secret("smtp://HOST:PORT or smtps://USER:PASSWORD@HOST", |text| {
                (text.starts_with("smtp://") || text.starts_with("smtps://")).then(|| Secret::new(text))
            })?;
        let mail_from = from("FRID_MAIL_FROM", file.mail_from)
            .parse("a sender such as frid@lansstyrelsen.example", |text| {
                text.parse::<lettre::message::Mailbox>().ok().map(|_| text.to_owned())
            })?
            .unwrap_or_else(|| "frid@localhost".into());
        let metrics_addr = from("FRID_METRICS_ADDR", file.metrics_addr)
            .parse("an address and port such as 127.0.0.1:9090", |text| text.parse().ok())?;
        let trusted_proxies = from("FRID_TRUSTED_PROXIES", file.trusted_proxies.map(|list| list.join(",")))
            .parse("addresses or networks with commas between, such as 10.0.0.1,192.168.0.0/16", |text| {
                text.split(',').map(|net| IpNet::parse(net.trim())).collect()
            })?
            .unwrap_or_default();
        let site_name = from("FRID_SITE_NAME", file.site_name)
            .parse("a name of at most 60 characters on one line", |text| {
                (text.chars().count() <= 60 && !text.chars().any(char::is_control)).then(|| text.to_owned())
            })?
            .unwrap_or_else(|| "Frid".into());

        let log = from("FRID_LOG", file.log)
            .parse("off, error, warn, info, debug or trace, or filters such as info,sqlx=warn", |text| {
                // A misspelt level would be taken for the name of a module, and turn everything else off.
                let levels = ["off", "error", "warn", "info", "debug", "trace"];
                let known = |filter: &str| levels.contains(&filter.rsplit('=').next().unwrap_or(filter).trim());
                text.split(',').all(known).then(|| text.to_owned())
            })?
            .unwrap_or_else(|| "info".into());
        let media_quota = from("FRID_MEDIA_QUOTA", file.media_quota)
            .parse("a size such as 500 MB or 2 GB", parse_size)?
            .unwrap_or(500_000_000);
        let key_file = from("FRID_KEY_FILE", file.key_file)
            .parse("the path of a file", |text| Some(PathBuf::from(text)))?
            .unwrap_or_else(|| data.join("key"));
        let deletion_decision = from("FRID_DELETION_DECISION", file.deletion_decision)
            .parse("the name of a decision on one line, at most 200 characters", |text| {
                (text.chars().count() <= 200 && !text.chars().any(char::is_control)).then(|| text.to_owned())
            })?
            .unwrap_or_else(|| "inget gallringsbeslut är angivet".into());
        let providers = providers::read(file.provider, file_name)?;

        Ok(Self {
            addr,
            data,
            database_url,
            base_url,
            site_name,
            exit_url,
            smtp_url,
            mail_from,
            metrics_addr,
            trusted_proxies,
            key_file,
            deletion_decision,
            log,
            media_quota,
            providers,
        })
    }
}

impl DatabaseUrl {
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            // A database in memory would be another one for each connection; options are ours to choose.
            let plain = !path.is_empty() && !path.contains(":memory:") && !path.contains('?');
            return plain.then(|| Self::Sqlite(path.to_owned()));
        }
        let postgres = text.starts_with("postgres://") || text.starts_with("postgresql://");
        postgres.then(|| Self::Postgres(Secret::new(text)))
    }
}

/// 500 MB, 2 GB, or bytes without a unit; in thousands, as disks are sold.
fn parse_size(text: &str) -> Option<i64> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let unit = match unit.trim().to_ascii_uppercase().as_str() {
        "" => 1,
        "KB" => 1_000,
        "MB" => 1_000_000,
        "GB" => 1_000_000_000,
        "TB" => 1_000_000_000_000,
        _ => return None,
    };
    number.parse::<i64>().ok()?.checked_mul(unit)
}

/// One value on its way from text to type, with the names that a refusal must mention.
struct Setting {
    variable: &'static str,
    file_name: String,
    value: Option<String>,
}

impl Setting {
    fn parse<T>(self, expected: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, ConfigError> {
        let shown = self.value.as_ref().map(|value| format!("\"{value}\""));
        self.parse_showing(expected, shown, parse)
    }

    /// Like [`Setting::parse`], but the refusal does not repeat a value that may hold a password.
    fn parse_secret<T>(self, expected: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, ConfigError> {
        let shown = self.value.as_ref().map(|value| {
            let scheme = value.split_once("://").map(|(scheme, _)| scheme).filter(|scheme| scheme.len() <= 12);
            scheme.map_or("a value without a scheme".into(), |scheme| format!("a value that begins with \"{scheme}\""))
        });
        self.parse_showing(expected, shown, parse)
    }

    fn parse_showing<T>(
        self,
        expected: &str,
        shown: Option<String>,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, ConfigError> {
        let (Some(value), Some(shown)) = (self.value, shown) else { return Ok(None) };
        let in_file = self.variable.trim_start_matches("FRID_").to_lowercase();
        parse(&value).map(Some).ok_or_else(|| {
            ConfigError(format!(
                "{} (or {in_file} in {}) is {shown}; expected is {expected}.",
                self.variable, self.file_name
            ))
        })
    }
}

/// A misspelt variable would silently do nothing; better to say so. Test and build variables pass.
fn refuse_misspelt(environment: &BTreeMap<String, String>) -> Result<(), ConfigError> {
    let known = |name: &str| VARIABLES.contains(&name) || NOT_SETTINGS.contains(&name);
    match environment.keys().find(|name| !known(name)) {
        Some(name) => {
            Err(ConfigError(format!("{name} is not a setting of Frid; expected is one of {}.", VARIABLES.join(", "))))
        }
        None => Ok(()),
    }
}
