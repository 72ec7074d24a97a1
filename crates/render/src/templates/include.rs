//! Bounds on includes: Tera follows them by recursion, and does not bound how often they fan out.

use std::collections::{BTreeMap, BTreeSet};

use sitegen_parser::{Diagnostics, Place};

use super::Sources;
use crate::syntax::{TemplateNode, TreePart};
use crate::templates::errors;

/// The most levels of includes: more than any sensible theme has, and few enough for the stack of a thread.
const MAX_DEPTH: usize = 32;

/// An include and its place.
struct TemplateInclude<'a> {
    name: &'a str,
    place: Place,
}

/// Returns the templates whose includes end within the bound, and reports the others.
pub(super) fn bounded<'a>(sources: &'a Sources, names: Vec<&'a str>) -> (Vec<&'a str>, Diagnostics) {
    let includes: BTreeMap<_, _> = names.iter().map(|name| (*name, includes(sources, name))).collect();
    let mut left: BTreeSet<_> = names.iter().copied().collect();
    let ends =
        |name: &str, left: &BTreeSet<&str>| includes[name].iter().all(|include| !left.contains(include.name));
    for _ in 0..MAX_DEPTH {
        let ended: Vec<_> = left.iter().copied().filter(|name| ends(name, &left)).collect();
        if ended.is_empty() {
            break;
        }
        left.retain(|name| !ended.contains(name));
    }
    let diagnostics = report(sources, &includes, &left);
    (names.into_iter().filter(|name| !left.contains(name)).collect(), diagnostics)
}

/// Reports why the remaining templates do not end: the first circle or too long chain.
fn report(
    sources: &Sources,
    includes: &BTreeMap<&str, Vec<TemplateInclude>>,
    left: &BTreeSet<&str>,
) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let Some(first) = left.first() else { return diagnostics };
    let mut chain: Vec<(&str, Place)> = Vec::new();
    let mut name = *first;
    while let Some(include) = includes[name].iter().find(|include| left.contains(include.name)) {
        if let Some(start) = chain.iter().position(|(seen, _)| *seen == name) {
            diagnostics.push(errors::include_cycle(&chain[start..], sources.below(name)));
            return diagnostics;
        }
        chain.push((name, include.place.clone()));
        name = include.name;
    }
    if let Some((name, place)) = chain.into_iter().next() {
        diagnostics.push(errors::includes_too_deep(name, MAX_DEPTH, place));
    }
    diagnostics
}

/// Lists the includes of a template, those of templates that exist.
fn includes<'a>(sources: &'a Sources, name: &str) -> Vec<TemplateInclude<'a>> {
    let parts = sources.templates[name].tree.walk();
    let includes = parts.filter_map(|part| match part {
        TreePart::Node(TemplateNode::Include(included)) => {
            let (known, _) = sources.get(&included.value)?;
            Some(TemplateInclude { name: known, place: sources.place(name, &included.span)? })
        }
        _ => None,
    });
    includes.collect()
}
