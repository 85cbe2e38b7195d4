//! The two cookies that there are, both for the staff alone: who is signed in, and who has gone to sign in elsewhere.

use crate::config::Config;
use axum::http::header::{self, HeaderMap, HeaderValue, InvalidHeaderValue};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cookie {
    Session,
    Errand,
}

impl Cookie {
    /// With the prefix that ties a cookie to this very host and to encryption (RFC 6265bis, 4.1.3.2); without it where
    /// there is none, on this machine.
    fn name(self, config: &Config) -> &'static str {
        match (self, config.base_url.is_secure()) {
            (Self::Session, true) => "__Host-frid",
            (Self::Session, false) => "frid",
            (Self::Errand, true) => "__Host-frid-arende",
            (Self::Errand, false) => "frid-arende",
        }
    }

    pub fn read(self, config: &Config, headers: &HeaderMap) -> Option<String> {
        let name = self.name(config);
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        cookies.flat_map(|value| value.split(';')).find_map(|pair| {
            let (known, value) = pair.trim().split_once('=')?;
            (known == name && !value.is_empty()).then(|| value.to_owned())
        })
    }

    /// Gone when the browser closes, out of scripts' reach, and sent from other sites only where somebody follows a link.
    pub fn lay(self, config: &Config, headers: &mut HeaderMap, value: &str) -> Result<(), InvalidHeaderValue> {
        let secure = if config.base_url.is_secure() { "; Secure" } else { "" };
        let age = match self {
            Self::Session => "",
            Self::Errand => "; Max-Age=600",
        };
        let cookie = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}", self.name(config));
        headers.append(header::SET_COOKIE, HeaderValue::from_str(&cookie)?);
        Ok(())
    }

    pub fn remove(self, config: &Config, headers: &mut HeaderMap) -> Result<(), InvalidHeaderValue> {
        let secure = if config.base_url.is_secure() { "; Secure" } else { "" };
        let cookie = format!("{}=; Path=/; HttpOnly; SameSite=Lax{secure}; Max-Age=0", self.name(config));
        headers.append(header::SET_COOKIE, HeaderValue::from_str(&cookie)?);
        Ok(())
    }
}
