//! Links between pages, judged when every page is known.

use super::Shelf;
use crate::content::Problem;
use crate::markdown::Rendered;
use app::guidance::Found;
use app::media::address::Address;
use app::routes::paths;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default)]
pub(super) struct Links {
    /// File, line, and where the link leads.
    wanted: Vec<(String, usize, String)>,
    /// The anchors of each address.
    anchors: BTreeMap<String, BTreeSet<String>>,
}

impl Links {
    /// What a rendered page links to, and where it can be linked.
    pub(super) fn add(&mut self, path: &str, address: &str, rendered: &Rendered) {
        for link in &rendered.links {
            let href = if link.href.starts_with('#') { format!("{address}{}", link.href) } else { link.href.clone() };
            self.require(path, link.line, &href);
        }
        let ids = rendered.headings.iter().map(|heading| heading.id.clone());
        self.anchors.entry(address.to_owned()).or_default().extend(ids);
    }

    /// An address that must exist; one outside the portal is not ours to judge. Files come and go beside the texts: the
    /// editor's check asks for them, and one that a text uses is not removed.
    pub(super) fn require(&mut self, path: &str, line: usize, href: &str) {
        if href.starts_with('/') && Address::parse(href).is_none() {
            self.wanted.push((path.to_owned(), line, href.to_owned()));
        }
    }

    /// The links that lead nowhere.
    pub(super) fn dead(mut self, shelf: &Shelf) -> Vec<Problem> {
        for (address, _) in shelf.addresses() {
            self.anchors.entry(address).or_default();
        }
        // What has moved leads on by itself.
        for (slug, _) in shelf.guidance.by_slug.iter().filter(|(_, found)| matches!(found, Found::Moved { .. })) {
            self.anchors.entry(paths::article(slug)).or_default();
        }
        for (slug, _) in shelf.training.by_slug.iter().filter(|(_, found)| matches!(found, Found::Moved { .. })) {
            self.anchors.entry(paths::material(slug)).or_default();
        }
        for fixed in paths::FIXED {
            self.anchors.entry((*fixed).to_owned()).or_default();
        }
        for regulation in &shelf.law.regulations {
            let anchors = self.anchors.entry(paths::regulation(&regulation.slug)).or_default();
            anchors.extend(regulation.parts.iter().map(|part| part.anchor.clone()));
            anchors
                .extend(regulation.parts.iter().flat_map(|part| &part.blocks).filter_map(|block| block.anchor.clone()));
        }
        self.anchors.entry(paths::GLOSSARY.to_owned()).or_default().extend(shelf.terms.iter().map(|t| t.id.clone()));
        let fault = |href: &str| {
            let (address, anchor) =
                href.split_once('#').map_or((href, None), |(address, anchor)| (address, Some(anchor)));
            let address = address.split('?').next().unwrap_or(address);
            match (self.anchors.get(address), anchor) {
                (None, _) => Some(format!("länken {href} leder ingenstans; sidan finns inte")),
                (Some(known), Some(anchor)) if !known.contains(anchor) => {
                    Some(format!("länken {href} leder fel; sidan har ingen rubrik #{anchor}"))
                }
                _ => None,
            }
        };
        let dead = self.wanted.iter().filter_map(|(path, line, href)| Some(Problem::new(path, *line, fault(href)?)));
        dead.collect()
    }
}
