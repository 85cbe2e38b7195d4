//! The words of the field: as the glossary shows them, and as other pages link them.

use super::renderer::Renderer;
use super::sources::Sources;
use crate::content::TermSource;
use crate::markdown::{Glossary, GlossaryEntry};
use app::glossary::Term;
use app::text::collation;

/// What running text is searched for.
pub(super) fn linked(terms: &[TermSource]) -> Glossary {
    Glossary::new(terms.iter().map(|term| {
        let forms = std::iter::once(&term.term).chain(&term.synonyms).chain(&term.forms).cloned().collect();
        GlossaryEntry { id: term.id.clone(), forms }
    }))
}

/// In Swedish alphabetical order.
pub(super) fn terms(sources: &Sources, renderer: &mut Renderer) -> Vec<Term> {
    let mut terms: Vec<Term> = sources.terms.iter().map(|source| term(source, renderer)).collect();
    terms.sort_by_key(|term| collation::key(&term.term));
    terms
}

fn term(source: &TermSource, renderer: &mut Renderer) -> Term {
    let guidance = source.guidance.as_ref().and_then(|(slug, line)| {
        let found = renderer.reference(slug);
        if found.is_none() {
            renderer.fault("ordlista.toml", *line, format!("vägledningen `{slug}` finns inte"));
        }
        found
    });
    Term {
        id: source.id.clone(),
        term: source.term.clone(),
        synonyms: source.synonyms.clone(),
        forms: source.forms.clone(),
        definition: source.definition.clone(),
        source: source.source.clone(),
        guidance,
    }
}
