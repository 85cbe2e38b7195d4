//! What an address of the search page asks, and the address that asks it.

use super::{Kind, Query, Request};
use crate::counties;
use crate::guidance::Audience;
use crate::routes::paths;
use form_urlencoded::Serializer;

/// Pages of hits that can be leafed through: who has read a hundred hits needs other words.
pub const MOST_PAGES: usize = Request::MOST / Request::PAGE;

/// The question in an address, and the page of its answer, from 1. `value` gives the value of a name in the query.
pub fn asked(value: impl Fn(&str) -> Option<String>) -> (Option<Request>, usize) {
    let page = value("sida").and_then(|page| page.parse().ok()).filter(|page| (1..=MOST_PAGES).contains(page));
    let page = page.unwrap_or(1);
    let request = value("q").as_deref().and_then(Query::parse).map(|query| Request {
        kind: value("typ").as_deref().and_then(Kind::parse),
        audience: value("malgrupp").as_deref().and_then(Audience::parse),
        county: value("lan").as_deref().and_then(counties::find),
        also_repealed: value("status").as_deref() == Some("alla"),
        offset: (page - 1) * Request::PAGE,
        ..Request::new(query)
    });
    (request, page)
}

/// The address of one page of the answer.
pub fn address(request: &Request, page: usize) -> String {
    let page = page.to_string();
    let narrowing = [
        ("typ", request.kind.map(Kind::slug)),
        ("malgrupp", request.audience.map(Audience::slug)),
        ("lan", request.county.map(|county| county.slug)),
        ("status", request.also_repealed.then_some("alla")),
        ("sida", (page != "1").then_some(page.as_str())),
    ];
    let narrowing = narrowing.into_iter().filter_map(|(name, value)| Some((name, value?)));
    query(paths::SEARCH, std::iter::once(("q", request.query.as_str())).chain(narrowing))
}

/// `path?name=value&…`, encoded as forms are.
pub fn query<'a>(path: &str, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let start = format!("{path}?");
    let length = start.len();
    Serializer::for_suffix(start, length).extend_pairs(pairs).finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_asks_what_it_was_made_from() {
        let request = Request {
            kind: Some(Kind::Regulation),
            audience: Some(Audience::School),
            county: counties::find("skane"),
            also_repealed: true,
            offset: 20,
            ..Request::new(Query::parse("5 kap. 1 § ”å&q=+%”").unwrap())
        };
        let written = address(&request, 3);
        assert!(written.starts_with("/sok?q=5+kap.+1+%C2%A7+"), "{written}");
        let pairs: Vec<(String, String)> =
            form_urlencoded::parse(written.split_once('?').unwrap().1.as_bytes()).into_owned().collect();
        let value = |name: &str| pairs.iter().find(|(one, _)| one == name).map(|(_, value)| value.clone());
        assert_eq!(asked(value), (Some(request), 3));
    }

    #[test]
    fn what_an_address_asks_without_meaning_is_left_out() {
        let value = |name: &str| match name {
            "q" => Some("oro".to_owned()),
            _ => Some("999".to_owned()),
        };
        assert_eq!(asked(value), (Some(Request::new(Query::parse("oro").unwrap())), 1));
        assert_eq!(address(&Request::new(Query::parse("oro").unwrap()), 1), "/sok?q=oro");
    }
}
