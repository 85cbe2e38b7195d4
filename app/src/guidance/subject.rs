//! `/vagledning/{amne}/`: the pages of one subject.

use super::overview::ArticleList;
use super::{Subject, in_subject};
use crate::document::{Document, Head};
use crate::routes::paths;
use crate::services::Services;
use crate::ui::crumbs::Crumb;
use leptos::prelude::*;

#[component]
pub fn SubjectPage(subject: Subject) -> impl IntoView {
    let guidance = Services::current().guidance;
    let articles: Vec<_> = in_subject(guidance.articles(), &subject.slug).into_iter().cloned().collect();
    let head = Head {
        title: subject.title.clone(),
        description: subject.description.clone(),
        path: paths::subject(&subject.slug),
        crumbs: vec![Crumb::new(paths::GUIDANCE, "Vägledning")],
        version: articles.iter().map(|article| article.updated).max(),
        ..Head::default()
    };
    view! {
        <Document head>
            <h1>{subject.title}</h1>
            <p class="lead">{subject.description}</p>
            <ArticleList articles />
        </Document>
    }
}
