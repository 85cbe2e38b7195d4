//! Where am I: the trail above a page, for people and (schema.org BreadcrumbList) for programs.

use leptos::prelude::*;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crumb {
    pub path: String,
    pub name: String,
}

impl Crumb {
    pub fn new(path: impl Into<String>, name: impl Into<String>) -> Self {
        Self { path: path.into(), name: name.into() }
    }
}

#[component]
pub fn Crumbs(crumbs: Vec<Crumb>, here: String) -> impl IntoView {
    let links = crumbs.into_iter().map(|crumb| view! { <li><a href=crumb.path>{crumb.name}</a></li> });
    view! {
        <nav class="crumbs" aria-label="Länkstig">
            <ol>{links.collect_view()} <li aria-current="page">{here}</li></ol>
        </nav>
    }
}

/// The same trail as JSON-LD. `<` is escaped, so that no name can close the script element.
pub fn crumbs_json(crumbs: &[Crumb], here: &str, base_url: &str) -> String {
    let mut items: Vec<ListItem> = crumbs
        .iter()
        .map(|crumb| (crumb.name.as_str(), Some(format!("{base_url}{}", crumb.path))))
        .chain(std::iter::once((here, None)))
        .enumerate()
        .map(|(index, (name, item))| ListItem { kind: "ListItem", position: index + 1, name, item })
        .collect();
    items.retain(|item| !item.name.is_empty());
    let list = BreadcrumbList { context: "https://schema.org", kind: "BreadcrumbList", item_list_element: items };
    serde_json::to_string(&list).unwrap_or_default().replace('<', "\\u003c")
}

#[derive(Serialize)]
struct BreadcrumbList<'a> {
    #[serde(rename = "@context")]
    context: &'a str,
    #[serde(rename = "@type")]
    kind: &'a str,
    #[serde(rename = "itemListElement")]
    item_list_element: Vec<ListItem<'a>>,
}

#[derive(Serialize)]
struct ListItem<'a> {
    #[serde(rename = "@type")]
    kind: &'a str,
    position: usize,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_trail_is_numbered_and_cannot_leave_its_script() {
        let json = crumbs_json(&[Crumb::new("/", "Start")], "</script>", "https://frid.example");
        assert!(json.contains(r#""position":1,"name":"Start","item":"https://frid.example/""#), "{json}");
        assert!(json.contains(r#""position":2"#) && !json.contains("</script>"), "{json}");
    }
}
