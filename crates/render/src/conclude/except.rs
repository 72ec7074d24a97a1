//! Exceptions in the configuration: links of pages that may lead nowhere.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use sitegen_parser::Diagnostic;

use crate::build::Build;
use crate::page::findings::{AffectedPages, Broken, LinkFault};

/// Removes the links that may lead nowhere, and returns the numbers of the exceptions that were needed, in
/// Markdown or on pages.
pub(crate) fn excepted(build: &Build, broken: &mut BTreeMap<Broken, AffectedPages>) -> BTreeSet<usize> {
    if build.model.config.links.exceptions.is_empty() {
        return BTreeSet::new();
    }
    let mut used: BTreeSet<_> = build.texts.elsewhere().map(|link| link.exception).collect();
    let written: HashSet<_> = build.texts.elsewhere().map(|link| link.href.as_str()).collect();
    broken.retain(|broken, _| {
        let LinkFault::Nowhere(path) = &broken.fault else { return true };
        let exception = build.model.exception(&broken.link, path.as_deref());
        used.extend(exception);
        exception.is_none() && !written.contains(broken.link.as_str())
    });
    used
}

/// Reports the exceptions that no link needs, unless only some of the pages were checked; `pages` is their
/// number.
pub(crate) fn unused(
    build: &Build,
    used: &BTreeSet<usize>,
    pages: usize,
) -> impl Iterator<Item = Diagnostic> {
    let exceptions = build.model.config.links.exceptions.iter().enumerate();
    let is_known = !build.model.config.links.exceptions.is_empty()
        && build.model.is_whole()
        && pages == build.model.routes.iter().filter(|route| route.is_html()).count();
    exceptions
        .filter(move |(number, _)| is_known && !used.contains(number))
        .map(|(_, exception)| exception.unused())
}
