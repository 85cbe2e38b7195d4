//! `/vagledning/{x}`: a subject, a page, or something that stood here once.

use super::Found;
use super::article::ArticlePage;
use super::subject::SubjectPage;
use crate::errors::{Gone, NotFound};
use crate::services::Services;
use crate::status;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn GuidancePlace() -> impl IntoView {
    let slug = use_params_map().with_untracked(|params| params.get("slug").unwrap_or_default());
    let guidance = Services::current().guidance;
    if let Some(subject) = guidance.subjects().iter().find(|subject| subject.slug == slug) {
        return view! { <SubjectPage subject=subject.clone() /> }.into_any();
    }
    match guidance.article(&slug) {
        Some(Found::Here(article)) => view! { <ArticlePage article /> }.into_any(),
        Some(Found::Gone { title, reason }) => view! { <Gone title reason /> }.into_any(),
        Some(Found::Moved { to }) => {
            status::set_moved(&to);
            NotFound().into_any()
        }
        None => NotFound().into_any(),
    }
}
