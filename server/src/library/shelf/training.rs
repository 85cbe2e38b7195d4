//! Training material, and what stands where some once was.

use super::renderer::{Renderer, Text};
use super::sources::Sources;
use crate::content::{MaterialSource, Status};
use crate::law::PageKind;
use crate::search::Page;
use app::guidance::{Found, Standing};
use app::routes::paths;
use app::text::collation;
use app::training::Material;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The material of one library.
#[derive(Debug, Default)]
pub(super) struct TrainingShelf {
    pub(super) materials: Vec<Arc<Material>>,
    pub(super) by_slug: BTreeMap<String, Found<Arc<Material>>>,
}

pub(super) fn training(sources: &Sources, renderer: &mut Renderer) -> TrainingShelf {
    let mut shelf = TrainingShelf::default();
    for (file, source) in &sources.materials {
        let found = match &source.status {
            Status::Draft => continue,
            Status::Published | Status::Archived => {
                let material = Arc::new(material(file, source, renderer));
                shelf.materials.push(Arc::clone(&material));
                Found::Here(material)
            }
            Status::Moved { to, line } => {
                renderer.require(file, *line, to);
                Found::Moved { to: to.clone() }
            }
            Status::Withdrawn { reason } => Found::Gone { title: source.title.clone(), reason: reason.clone() },
        };
        shelf.by_slug.insert(source.slug.clone(), found);
    }
    shelf.materials.sort_by_cached_key(|material| collation::key(&material.title));
    shelf
}

fn material(file: &str, source: &MaterialSource, renderer: &mut Renderer) -> Material {
    let archived = source.status == Status::Archived;
    let text = Text {
        file,
        address: paths::material(&source.slug),
        title: &source.title,
        // What a booklet says of the law is the booklet's; the page about it is no guidance.
        kind: PageKind::Standing,
        legal_date: source.updated,
        body: &source.body,
        body_line: source.body_line,
    };
    let rendered = renderer.render(text, |rendered| Page::material(source, rendered));
    if let Some((instead, line)) = &source.instead {
        renderer.require(file, *line, instead);
    }
    Material {
        slug: source.slug.clone(),
        title: source.title.clone(),
        short_title: source.short_title.clone(),
        lead: source.lead.clone(),
        standing: if archived { Standing::Archived } else { Standing::InForce },
        groups: source.groups.clone(),
        format: source.format,
        minutes: source.minutes,
        publisher: source.publisher.clone(),
        item_number: source.item_number.clone(),
        accessibility: source.accessibility.clone(),
        place: source.place.clone(),
        instead: source.instead.as_ref().map(|(instead, _)| instead.clone()),
        audiences: source.audiences.clone(),
        counties: source.counties.clone(),
        updated: source.updated,
        reviewed: source.reviewed,
        html: rendered.html,
    }
}
