//! What the index is given: every section of every page, under an id made of all that it can be found by. Text that
//! changes has another id, so an index that holds the same ids holds the same text.

use super::engine::Section;
use super::engine::words::Forms;
use super::{Page, PageSection};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};

/// Moves when words are cut or stemmed otherwise than before: every section is then taken up anew.
const ANALYSIS: u8 = 1;

/// Which page and which of its sections an id stands for.
pub type Places = HashMap<u64, (usize, usize)>;

pub fn places(pages: &[Page], forms: &Forms) -> Places {
    let analysis = analysis(forms);
    let mut places = Places::new();
    for (at, page) in pages.iter().enumerate() {
        places
            .extend(page.sections.iter().enumerate().map(|(section, text)| (id(page, text, &analysis), (at, section))));
    }
    places
}

/// A section as the index takes it in.
pub fn section(id: u64, page: &Page, section: &PageSection) -> Section {
    Section {
        id,
        title: page.title.clone(),
        heading: section.heading.clone(),
        keywords: keywords(page, section).to_owned(),
        body: section.text.clone(),
    }
}

/// Keywords belong to the page; its first section answers for it.
fn keywords<'a>(page: &'a Page, section: &PageSection) -> &'a str {
    if section.first { &page.keywords } else { "" }
}

/// Everything that decides how words become terms.
fn analysis(forms: &Forms) -> Sha256 {
    let mut hash = Sha256::new_with_prefix([ANALYSIS]);
    let sorted: BTreeMap<_, _> = forms.iter().collect();
    for (form, base) in sorted {
        part(&mut hash, form);
        part(&mut hash, base);
    }
    hash
}

fn id(page: &Page, section: &PageSection, analysis: &Sha256) -> u64 {
    let mut hash = analysis.clone();
    let anchor = section.anchor.as_deref().unwrap_or("");
    for text in [&page.path, anchor, &page.title, &section.heading, keywords(page, section), &section.text] {
        part(&mut hash, text);
    }
    // Eight bytes of it: among a million sections two share an id once in 37 million libraries.
    hash.finalize().iter().take(8).fold(0, |id, byte| id << 8 | u64::from(*byte))
}

/// With its length, so that no two lists of parts look the same.
fn part(hash: &mut Sha256, text: &str) {
    hash.update(text.len().to_be_bytes());
    hash.update(text);
}
