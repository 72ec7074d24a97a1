//! Plans the files with which a browser searches pages, and decides which pages can be found.
//!
//! The number of files of words follows from the size of the content, and a word's file from its first three
//! characters. So all routes are known before any text is read, each file is written when it is requested,
//! and nothing holds the whole index.

use std::collections::HashSet;
use std::sync::Arc;

use sitegen_parser::Diagnostics;

use super::pages::PageIndex;
use super::{Route, RouteInputs, SearchFile, Shows, Target, errors};
use crate::ground::{FamilyId, RelationId};
use crate::schema::{Findable, Search};

/// The scope of the site's search.
#[derive(Debug)]
pub struct Searched {
    /// For each family, the part of its pages that can be found.
    families: Vec<Findable>,
    /// The number of files of words.
    pub parts: usize,
}

/// The bytes of content for each file of words, which takes about a quarter of that.
const CONTENT: usize = 100_000;
/// The most files of words. More would not help, because the most frequent words fill files of their own.
const MOST: usize = 1_000;

impl Searched {
    /// Decides which families' pages can be found; none if the site has no search.
    pub(super) fn plan(site: &RouteInputs, pages: &PageIndex, diagnostics: &mut Diagnostics) -> Option<Self> {
        let search = site.schema.search.as_ref()?;
        let mut families = Vec::new();
        for (index, family) in site.schema.families.iter().enumerate() {
            let count = pages.indexed(FamilyId(index)).count();
            let left_out = family.findable.is_none() && count > search.limit;
            if left_out {
                let place = family.place.clone();
                diagnostics.push(errors::left_out_of_search(&family.name, count, search.limit, place));
            }
            families.push(if left_out { Findable::Nothing } else { family.findable() });
        }
        let parts = content(site, &families).div_ceil(CONTENT).min(MOST);
        Some(Self { families, parts })
    }

    /// Plans the files of the search.
    pub(super) fn files(&self, site: &RouteInputs) -> Vec<Route> {
        let Some(search) = &site.schema.search else { return Vec::new() };
        let file = |name: &str, file| Route {
            url: search.file(name).into(),
            target: Target::Search(file),
            place: search.place.clone(),
        };
        let words = (0..self.parts).map(|part| file(&format!("words-{part}"), SearchFile::Words(part)));
        let first = [file(Search::TITLES, SearchFile::Titles), file(Search::HEADINGS, SearchFile::Headings)];
        first.into_iter().chain(words).collect()
    }

    /// Returns the part of a family's pages that can be found.
    pub fn of(&self, family: FamilyId) -> Findable {
        self.families.get(family.0).copied().unwrap_or(Findable::Nothing)
    }

    /// Returns the part of a route that can be found: nothing unless it is an indexed page, and the first of
    /// its list.
    pub fn of_route(&self, route: &Route) -> Findable {
        match &route.target {
            Target::Page { shows: Shows::Part(part), .. } if part.number > 1 => Findable::Nothing,
            Target::Page { family, .. } if route.is_indexed() => self.of(*family),
            _ => Findable::Nothing,
        }
    }
}

/// Counts the bytes of files whose texts are searched.
fn content(site: &RouteInputs, families: &[Findable]) -> usize {
    let families = site.schema.families.iter().zip(families);
    let searched = families.filter(|(_, findable)| **findable == Findable::Text);
    let collections: HashSet<_> = searched.filter_map(|(family, _)| family.from).collect();
    let records = collections.into_iter().flat_map(|relation| match relation {
        RelationId::Collection(collection) => site.records.of(collection),
        _ => &[],
    });
    let mut seen: HashSet<&Arc<str>> = HashSet::new();
    let sources = records.map(|record| &record.source).filter(|source| seen.insert(&source.path));
    sources.map(|source| source.text.len()).sum()
}
