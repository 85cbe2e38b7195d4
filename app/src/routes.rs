//! Every URL of the portal's pages, on one line each.

use crate::accessibility::page::AccessibilityPage;
use crate::errors::NotFound;
use crate::glossary::page::GlossaryPage;
use crate::guidance::overview::OverviewPage;
use crate::guidance::place::GuidancePlace;
use crate::help_lines::page::HelpPage;
use crate::home::HomePage;
use crate::pages::page::StandingPagePlace;
use crate::search::page::SearchPage;
use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

#[component]
pub fn Portal() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=NotFound>
                <Route path=path!("/") view=HomePage />
                <Route path=path!("/vagledning") view=OverviewPage />
                <Route path=path!("/vagledning/:slug") view=GuidancePlace />
                <Route path=path!("/ordlista") view=GlossaryPage />
                <Route path=path!("/sok") view=SearchPage />
                <Route path=path!("/hjalp") view=HelpPage />
                <Route path=path!("/tillganglighet") view=AccessibilityPage />
                <Route path=path!("/:slug") view=StandingPagePlace />
            </Routes>
        </Router>
    }
}

/// The canonical spelling of each address. A place that holds others ends with a slash; a leaf does not.
pub mod paths {
    pub const HOME: &str = "/";
    pub const GUIDANCE: &str = "/vagledning/";
    pub const GLOSSARY: &str = "/ordlista/";
    pub const SEARCH: &str = "/sok";
    pub const HELP: &str = "/hjalp/";
    pub const ACCESSIBILITY: &str = "/tillganglighet/";
    pub const ABOUT: &str = "/om/";
    pub const CONTACT: &str = "/kontakt/";
    pub const PERSONAL_DATA: &str = "/personuppgifter/";
    pub const SAFE_SURFING: &str = "/surfa-sakert/";
    pub const FEED: &str = "/flode/vagledning.atom";

    /// Addresses that exist whatever is published; texts may link to them.
    pub const FIXED: &[&str] = &[HOME, GUIDANCE, GLOSSARY, SEARCH, HELP, ACCESSIBILITY, FEED];

    /// Is `/{slug}/` something else than a standing page? Help is: a page of its own around a standing text.
    pub fn is_taken_by_the_portal(slug: &str) -> bool {
        const OTHERS: [&str; 5] = ["flode", "healthz", "pkg", "favicon", "sitemap"];
        let fixed = FIXED.iter().any(|path| *path != HELP && path.trim_matches('/') == slug);
        fixed || OTHERS.contains(&slug)
    }

    pub fn article(slug: &str) -> String {
        format!("{GUIDANCE}{slug}")
    }

    pub fn subject(slug: &str) -> String {
        format!("{GUIDANCE}{slug}/")
    }

    /// The guidance that is written for one audience.
    pub fn for_audience(audience: crate::guidance::Audience) -> String {
        format!("{GUIDANCE}?malgrupp={}", audience.slug())
    }

    pub fn term(id: &str) -> String {
        format!("{GLOSSARY}#{id}")
    }

    pub fn standing(slug: &str) -> String {
        format!("/{slug}/")
    }

    /// The query that changes what a page shows, as `name=value`; everything else in a query is ignored,
    /// so that a link with somebody's tracking parameters shows the same page.
    pub fn meaningful_query(path: &str, query: &str) -> Option<String> {
        let name = if path.trim_end_matches('/') == GUIDANCE.trim_end_matches('/') { "malgrupp" } else { return None };
        let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
        crate::guidance::Audience::parse(value).map(|audience| format!("{name}={}", audience.slug()))
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn only_a_query_that_means_something_is_kept() {
            assert_eq!(
                meaningful_query("/vagledning/", "malgrupp=skola&utm_source=x").as_deref(),
                Some("malgrupp=skola")
            );
            assert_eq!(meaningful_query("/vagledning/", "malgrupp=alla"), None);
            assert_eq!(meaningful_query("/om/", "malgrupp=skola"), None);
        }

        #[test]
        fn a_standing_page_cannot_stand_where_something_else_does() {
            assert!(
                is_taken_by_the_portal("sok") && is_taken_by_the_portal("ordlista") && is_taken_by_the_portal("pkg")
            );
            assert!(!is_taken_by_the_portal("om") && !is_taken_by_the_portal("hjalp"));
        }
    }
}
