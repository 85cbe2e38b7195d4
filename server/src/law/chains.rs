//! Which instruments replaced each other.

use super::book::{Known, Sources};
use app::law::naming;
use app::law::standing::{Chain, Link, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Chains from `ersatter` and from the periods of names, joined where they share an instrument.
pub(super) fn chains(sources: &Sources, known: &BTreeMap<String, Known>) -> Vec<Chain> {
    let mut groups: Vec<BTreeSet<String>> = Vec::new();
    let mut join = |ids: BTreeSet<String>| {
        let (mut joined, rest): (Vec<_>, Vec<_>) = groups.drain(..).partition(|group| !group.is_disjoint(&ids));
        joined.push(ids);
        groups = rest;
        groups.push(joined.into_iter().flatten().collect());
    };
    for (_, source) in &sources.regulations {
        join(source.replaces.iter().cloned().chain([source.id.clone()]).collect());
    }
    for naming in &sources.names.namings {
        join(naming.periods.iter().map(|period| period.instrument.clone()).collect());
    }
    let chain = |group: &BTreeSet<String>| {
        let span = |id: &String| known.get(id).map(|known| known.span).unwrap_or_default();
        let mut links: Vec<Link> = group.iter().map(|id| link(known, id, span(id))).collect();
        links.sort_by_key(|link| link.span.from);
        // One that nobody knows the days of lasted until the next began.
        for at in 0..links.len().saturating_sub(1) {
            if links[at].span.until.is_none() {
                links[at].span.until = links[at + 1].span.from;
            }
        }
        Chain(links)
    };
    groups.iter().map(chain).collect()
}

/// A link without a name of its own is called by its number.
pub(super) fn link(known: &BTreeMap<String, Known>, instrument: &str, span: Span) -> Link {
    let found = known.get(instrument);
    Link {
        instrument: instrument.to_owned(),
        label: found.map_or_else(|| naming::by_number(instrument), |known| known.label.clone()),
        slug: found.and_then(|known| known.page.as_ref()).map(|page| page.slug.clone()),
        span,
    }
}
