//! What has changed since somebody took a course: the modules of an update ("uppdateringspass"). Pure.

use super::{Course, Module};
use std::collections::BTreeMap;

/// The modules that a certificate rests on, each with its version.
pub type Versions = BTreeMap<String, u32>;

pub fn versions(course: &Course) -> Versions {
    course.modules.iter().map(|module| (module.slug.clone(), module.version)).collect()
}

/// The modules that are newer than those the certificate rests on, and those that have come since.
pub fn changed<'c>(course: &'c Course, taken: &Versions) -> Vec<&'c Module> {
    let is_newer = |module: &&Module| taken.get(&module.slug).is_none_or(|version| *version < module.version);
    course.modules.iter().map(AsRef::as_ref).filter(is_newer).collect()
}
