//! What programs are told of `/api/v1/`: every address, and nothing that is not so.

use crate::architecture::sources;
use crate::law::{dated, with_articles};
use crate::portal::{Answer, On, TestPortal, an_article, request};
use serde_json::Value;
use std::collections::BTreeSet;

async fn description(portal: &TestPortal) -> Value {
    let answer = portal.get("/api/v1/openapi.json").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"));
    serde_json::from_slice(&answer.bytes).unwrap()
}

/// A schema, wherever it stands.
fn resolved<'a>(whole: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(place) => {
            let found = place.strip_prefix('#').and_then(|pointer| whole.pointer(pointer));
            resolved(whole, found.unwrap_or_else(|| panic!("{place} leads nowhere")))
        }
        None => schema,
    }
}

/// What is said of an answer of an address: the schema of its JSON, if it is JSON.
fn answer_schema<'a>(whole: &'a Value, path: &str, status: u16) -> &'a Value {
    let answer = &whole["paths"][path]["get"]["responses"][status.to_string()];
    assert!(answer.is_object(), "{path} does not say that it may answer {status}");
    resolved(whole, &answer["content"]["application/json"]["schema"])
}

/// A value is what its schema says: type, required and no undescribed properties, choices, all the way down.
fn assert_fits(whole: &Value, schema: &Value, value: &Value, place: &str) {
    let schema = resolved(whole, schema);
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_u64() || number.is_i64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let types: Vec<&str> = match &schema["type"] {
        Value::Array(types) => types.iter().map(|one| one.as_str().unwrap()).collect(),
        one => vec![one.as_str().unwrap_or_else(|| panic!("{place} has no type"))],
    };
    assert!(
        types.contains(&kind) || (kind == "integer" && types.contains(&"number")),
        "{place}: {kind} is no {types:?}"
    );
    if let Some(choices) = schema["enum"].as_array() {
        assert!(choices.contains(value), "{place}: {value} is none of {choices:?}");
    }
    if let Some(items) = value.as_array() {
        items.iter().for_each(|item| assert_fits(whole, &schema["items"], item, &format!("{place}[]")));
    }
    if let Some(object) = value.as_object() {
        for name in schema["required"].as_array().into_iter().flatten() {
            assert!(object.contains_key(name.as_str().unwrap()), "{place} lacks {name}");
        }
        for (name, value) in object {
            let schema = schema["properties"].get(name).unwrap_or_else(|| panic!("{place}.{name} is not described"));
            assert_fits(whole, schema, value, &format!("{place}.{name}"));
        }
    }
}

fn assert_described(whole: &Value, path: &str, answer: &Answer) {
    assert_eq!(answer.header("content-type"), "application/json", "{path}");
    let value: Value = serde_json::from_slice(&answer.bytes).unwrap();
    assert_fits(whole, answer_schema(whole, path, answer.status), &value, path);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_answered_is_what_is_described() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let whole = description(&portal).await;
    for (path, query, status) in [
        ("/api/v1/sok", "q=barn", 200),
        ("/api/v1/sok", "q=barn&status=alla&typ=regler&limit=3&offset=2", 200),
        ("/api/v1/sok", "q=barn&status=gallande&malgrupp=skola&lan=skane", 200),
        ("/api/v1/sok", "q=zzzzzzzz", 200),
        ("/api/v1/sok", "", 400),
        ("/api/v1/sok", "q=barn&status=film", 400),
        ("/api/v1/sok", "q=barn&limit=film", 400),
        ("/api/v1/sok", "q=barn&limit=-1", 400),
        ("/api/v1/sok", "q=barn&q=vuxen", 400),
        ("/api/v1/forslag", "q=oros", 200),
        ("/api/v1/forslag", "", 200),
        ("/api/v1/forslag", "q=a&q=b", 400),
        ("/api/v1/hanvisningar", "status=inaktuell", 200),
        ("/api/v1/hanvisningar", "", 400),
        ("/api/v1/konferenser", "", 200),
        ("/api/v1/konferenser", "status=alla&typ=dialogmote&lan=vastra-gotaland", 200),
        ("/api/v1/konferenser", "manad=2031-01", 200),
        ("/api/v1/konferenser", "typ=fest", 400),
        ("/api/v1/konferenser", "lan=umea", 400),
        ("/api/v1/konferenser", "manad=2031-1", 400),
        ("/api/v1/konferenser", "status=film", 400),
        ("/api/v1/konferenser", "typ=konferens&typ=temadag", 400),
    ] {
        let answer = portal.get(&format!("{path}?{query}")).await;
        assert_eq!(answer.status, status, "{path}?{query}");
        assert_described(&whole, path, &answer);
    }
    for (event, status) in
        [("fran-oro-till-skydd", 200), ("dialogmoten.tillsammans-i-lanet.skovde", 200), ("finns-inte", 404)]
    {
        let answer = portal.get(&format!("/api/v1/konferenser/{event}")).await;
        let value: Value = serde_json::from_slice(&answer.bytes).unwrap();
        assert_eq!(answer.status, status, "{event}");
        assert_fits(&whole, answer_schema(&whole, "/api/v1/konferenser/{slug}", status), &value, event);
    }
    let found: Value = serde_json::from_slice(&portal.get("/api/v1/sok?q=barn").await.bytes).unwrap();
    assert!(found["took_ms"].as_f64().is_some_and(|took| took >= 0.0) && found["total"].as_u64() > Some(1), "{found}");
}

/// The shipped texts cite nothing that is out of date; these do.
#[tokio::test(flavor = "multi_thread")]
async fn a_stale_reference_is_as_described() {
    let silent = dated(an_article("tyst", "Tyst", "Enligt 14 kap. 1 a § SoL."), "2020-01-01");
    let portal = TestPortal::with(On::Sqlite, &with_articles([silent])).await;
    let whole = description(&portal).await;
    let answer = portal.get("/api/v1/hanvisningar?status=inaktuell").await;
    let list: Value = serde_json::from_slice(&answer.bytes).unwrap();
    assert!(list["hanvisningar"][0]["forslag"][0].is_object(), "{list}");
    assert_described(&whole, "/api/v1/hanvisningar", &answer);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_address_under_api_is_described_and_answered() {
    let portal = TestPortal::shipped(On::Sqlite).await;
    let whole = description(&portal).await;
    let described: BTreeSet<&str> = whole["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    // Addresses stand in one place, as `pub const NAME: &str = "/api/v1/…"`; the description does not describe itself.
    let routes: String = sources("app/src/routes").into_iter().map(|(_, text)| text).collect();
    let constants = routes.lines().filter_map(|line| line.trim().strip_prefix("pub const ")?.split_once(": &str = \""));
    let ours: Vec<(&str, &str)> = constants
        .map(|(name, rest)| (name, rest.trim_end_matches("\";")))
        .filter(|(_, path)| path.starts_with("/api/") && *path != "/api/v1/openapi.json")
        .collect();
    assert_eq!(described, ours.iter().map(|(_, path)| *path).collect());
    // And no route is made of anything else.
    let router = include_str!("../src/http/mod.rs");
    let routed = router.lines().filter_map(|line| line.trim().strip_prefix(".route(paths::")?.split_once(','));
    let routed: BTreeSet<&str> = routed.map(|(name, _)| name).filter(|name| name.starts_with("API_")).collect();
    let named = ours.iter().map(|(name, _)| *name).chain(["API_DESCRIPTION"]);
    assert_eq!(routed, named.collect());
    assert!(!router.contains("\"/api"), "a route without a name in routes/");
    for path in described {
        let path = &path.replace("{slug}", "finns-inte");
        assert!([200, 400, 404].contains(&portal.get(path).await.status), "{path}");
        let mut post = request("POST", path);
        post.headers_mut().insert("sec-fetch-site", "same-origin".parse().unwrap());
        assert_eq!(portal.send(post).await.status, 405, "{path} is described for GET only");
    }
}

/// The rules of OpenAPI 3.1.0 as far as our description has what they are about.
#[tokio::test(flavor = "multi_thread")]
async fn the_description_is_sound_openapi() {
    let portal = TestPortal::with(On::Sqlite, &[]).await;
    let whole = description(&portal).await;
    assert!(whole["openapi"].as_str().unwrap().starts_with("3.1."));
    let texts = ["title", "version", "description"].map(|name| whole["info"][name].as_str().unwrap());
    assert!(texts.iter().all(|text| !text.is_empty()) && !texts[2].contains("  "), "{texts:?}");
    let tags: Vec<&Value> = whole["tags"].as_array().unwrap().iter().map(|tag| &tag["name"]).collect();
    let mut operations = BTreeSet::new();
    for (path, item) in whole["paths"].as_object().unwrap() {
        assert!(path.starts_with('/') && item.as_object().unwrap().keys().all(|method| method == "get"), "{path}");
        let operation = &item["get"];
        assert!(operations.insert(operation["operationId"].as_str().unwrap()), "{path}: an id of its own");
        assert!(!operation["summary"].as_str().unwrap().is_empty(), "{path}");
        assert!(operation["tags"].as_array().unwrap().iter().all(|tag| tags.contains(&tag)), "{path}");
        let mut names = BTreeSet::new();
        for parameter in operation["parameters"].as_array().unwrap() {
            let name = parameter["name"].as_str().unwrap();
            let place = if path.contains(&format!("{{{name}}}")) { "path" } else { "query" };
            assert!(
                names.insert(name) && parameter["in"] == place && parameter["required"].is_boolean(),
                "{parameter}"
            );
            assert!(!parameter["description"].as_str().unwrap().is_empty(), "{path}: {name}");
            assert_schema(&whole, &parameter["schema"], &format!("{path}?{name}"));
        }
        for (status, answer) in operation["responses"].as_object().unwrap() {
            assert!(status.parse::<u16>().is_ok_and(|status| (200..600).contains(&status)), "{path}: {status}");
            assert!(!answer["description"].as_str().unwrap().is_empty(), "{path}: {status}");
            for (kind, content) in answer["content"].as_object().unwrap() {
                assert!(kind.contains('/'), "{path}: {kind}");
                assert_schema(&whole, &content["schema"], &format!("{path} {status}"));
            }
        }
        let answered = |status: &str| operation["responses"][status].is_object();
        assert!(answered("200") && (answered("400") || answered("404")), "{path}");
    }
    for (name, schema) in whole["components"]["schemas"].as_object().unwrap() {
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c)), "{name}");
        assert_schema(&whole, schema, name);
    }
}

/// A schema says its type; what it requires and gives as examples is described by it.
fn assert_schema(whole: &Value, schema: &Value, place: &str) {
    if schema["$ref"].is_string() {
        resolved(whole, schema);
        return;
    }
    let known = ["array", "boolean", "integer", "null", "number", "object", "string"];
    let types = schema["type"].as_array().cloned().unwrap_or_else(|| vec![schema["type"].clone()]);
    assert!(types.iter().all(|one| known.contains(&one.as_str().unwrap_or(""))), "{place}: {schema}");
    if types.contains(&Value::from("array")) {
        assert_schema(whole, &schema["items"], &format!("{place}[]"));
    }
    if types.contains(&Value::from("object")) {
        let properties = schema["properties"].as_object().unwrap();
        let required: Vec<&str> =
            schema["required"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        assert_eq!(
            required.iter().collect::<BTreeSet<_>>(),
            properties.keys().map(String::as_str).collect::<Vec<_>>().iter().collect(),
            "{place}: all is always there"
        );
        for (name, property) in properties {
            assert_schema(whole, property, &format!("{place}.{name}"));
        }
    }
    for example in
        [schema.get("example")].into_iter().flatten().chain(schema["examples"].as_array().into_iter().flatten())
    {
        assert_fits(whole, schema, example, place);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_description_is_fetched_once() {
    let portal = TestPortal::with(On::Sqlite, &[]).await;
    let first = portal.get("/api/v1/openapi.json").await;
    assert_eq!(first.header("cache-control"), "public, max-age=3600");
    let mut again = request("GET", "/api/v1/openapi.json");
    again.headers_mut().insert("if-none-match", first.header("etag").parse().unwrap());
    let again = portal.send(again).await;
    assert_eq!((again.status, again.bytes.len()), (304, 0));
    assert_eq!(again.header("etag"), first.header("etag"));
}
