//! What a provider says of a person: claims of any name, and what follows from them here.

use crate::config::providers::{ProviderSettings, Rule};
use app::accounts::person::{Email, PersonName};
use openidconnect::AdditionalClaims;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Claims(Map<String, Value>);

impl AdditionalClaims for Claims {}

impl Claims {
    /// All that was said, the well-known claims with the others.
    pub fn of(said: &impl Serialize) -> Self {
        match serde_json::to_value(said) {
            Ok(Value::Object(claims)) => Self(claims),
            _ => Self(Map::new()),
        }
    }

    /// Whether anything is missing that an account here is found or made by.
    pub fn lack(&self, settings: &ProviderSettings) -> bool {
        let checked = (!settings.trust_email).then_some("email_verified");
        let of_rules = settings.rules.iter().map(|rule| rule.claim.as_str());
        let mut wanted = [settings.email_claim.as_str(), "name"].into_iter().chain(checked).chain(of_rules);
        wanted.any(|claim| !self.0.contains_key(claim))
    }

    /// Adds what was not said before; nothing that was is changed. That another address was checked says nothing.
    pub fn and(mut self, further: Self) -> Self {
        let of_another = self.0.get("email").is_some_and(|email| further.0.get("email") != Some(email));
        for (claim, value) in further.0.into_iter().filter(|(claim, _)| !(of_another && claim == "email_verified")) {
            self.0.entry(claim).or_insert(value);
        }
        self
    }

    /// The person's address, if the provider has checked it or is trusted all the same.
    pub fn email(&self, settings: &ProviderSettings) -> Option<Email> {
        let counts = settings.trust_email || self.0.get("email_verified") == Some(&Value::Bool(true));
        let email = self.0.get(&settings.email_claim).filter(|_| counts)?.as_str()?;
        Email::parse(email)
    }

    pub fn name(&self) -> Option<PersonName> {
        PersonName::parse(self.0.get("name")?.as_str()?)
    }

    /// The first rule that the person meets.
    pub fn rule<'r>(&self, rules: &'r [Rule]) -> Option<&'r Rule> {
        rules.iter().find(|rule| self.0.get(&rule.claim).is_some_and(|value| is_among(&rule.value, value)))
    }
}

/// A text must be the same; of a list, one of its texts.
fn is_among(wanted: &str, value: &Value) -> bool {
    match value {
        Value::String(text) => text == wanted,
        Value::Array(values) => values.iter().any(|value| value.as_str() == Some(wanted)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::viewer::Role;
    use serde_json::json;

    fn settings() -> ProviderSettings {
        ProviderSettings {
            id: "p".into(),
            name: "P".into(),
            issuer: "https://p.example".into(),
            client_id: "frid".into(),
            client_secret: None,
            scopes: vec!["openid".into()],
            acr: vec![],
            email_claim: "email".into(),
            trust_email: false,
            origins: vec!["https://p.example".into()],
            rules: vec![],
        }
    }

    fn rule(claim: &str, value: &str, role: Role) -> Rule {
        Rule { claim: claim.into(), value: value.into(), role, county: None }
    }

    #[test]
    fn the_first_rule_that_is_met_decides() {
        let rules = [
            rule("groups", "granskare", Role::Reviewer),
            rule("groups", "redaktion", Role::Editor),
            rule("title", "Chef", Role::Admin),
        ];
        let role = |said: Value| Claims::of(&said).rule(&rules).map(|rule| rule.role);
        assert_eq!(role(json!({ "groups": ["redaktion", "granskare"] })), Some(Role::Reviewer));
        assert_eq!(role(json!({ "groups": "redaktion", "title": "Chef" })), Some(Role::Editor));
        assert_eq!(role(json!({ "title": "Chef" })), Some(Role::Admin));
        for nobody in
            [json!({}), json!({ "groups": ["Redaktion", "redaktion2", 1] }), json!({ "groups": { "redaktion": true } })]
        {
            assert_eq!(role(nobody.clone()), None, "{nobody}");
        }
    }

    #[test]
    fn an_address_counts_if_the_provider_has_checked_it_or_is_trusted() {
        let (careful, mut trusting) = (settings(), settings());
        trusting.trust_email = true;
        let email = |settings: &ProviderSettings, said: Value| Claims::of(&said).email(settings).map(String::from);
        let checked = json!({ "email": "Eva.Ek@lst.example", "email_verified": true });
        assert_eq!(email(&careful, checked).as_deref(), Some("eva.ek@lst.example"));
        for unchecked in [json!(false), json!("true"), json!(1), Value::Null] {
            let said = json!({ "email": "eva.ek@lst.example", "email_verified": unchecked });
            assert_eq!(email(&careful, said.clone()), None);
            assert_eq!(email(&trusting, said).as_deref(), Some("eva.ek@lst.example"));
        }
        assert_eq!(email(&trusting, json!({ "email": "eva" })), None);
    }

    #[test]
    fn what_is_said_later_changes_nothing_that_was_said_before() {
        let token = Claims::of(&json!({ "email": "eva@lst.example", "name": "Eva" }));
        assert!(token.lack(&settings()));
        let both = token
            .clone()
            .and(Claims::of(&json!({ "email": "eva@lst.example", "email_verified": true, "name": "Ola" })));
        assert!(!both.lack(&settings()));
        assert_eq!(both.email(&settings()).map(String::from).as_deref(), Some("eva@lst.example"));
        assert_eq!(both.name().map(String::from).as_deref(), Some("Eva"));
        let another = token.and(Claims::of(&json!({ "email": "ola@lst.example", "email_verified": true })));
        assert_eq!(another.email(&settings()), None);
    }
}
