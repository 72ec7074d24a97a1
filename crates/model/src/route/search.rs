//! The files from which a browser finds pages, and which pages those are.
//!
//! How many files of words there are follows from the size of the content files, and which file holds a word follows from its first three
//! characters. So all routes are known before any text is read, each file is written when it is asked for, and nothing holds the whole
//! index.

use std::collections::HashSet;
use std::sync::Arc;

use sitegen_parser::Diagnostics;

use super::pages::Pages;
use super::{Route, SearchFile, Shows, Site, Target, errors};
use crate::ground::{FamilyId, RelationId};
use crate::schema::{Findable, Search};

/// What can be found.
#[derive(Debug)]
pub struct Searched {
    /// For each family, what of its pages.
    families: Vec<Findable>,
    /// In how many files the words of all texts are.
    pub parts: usize,
}

/// How many bytes of content files there are to a file of words. It has about a quarter of them.
const CONTENT: usize = 100_000;
/// More files do not make them small enough: the most frequent words fill some.
const MOST: usize = 1_000;

impl Searched {
    /// Decides which families' pages are searched; none if there is no search.
    pub(super) fn plan(site: &Site, pages: &Pages, diagnostics: &mut Diagnostics) -> Option<Self> {
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

    /// The files.
    pub(super) fn files(&self, site: &Site) -> Vec<Route> {
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

    /// What of a family's pages.
    pub fn of(&self, family: FamilyId) -> Findable {
        self.families.get(family.0).copied().unwrap_or(Findable::Nothing)
    }

    /// What of a route; nothing unless it is a page that search engines may list, and the first of its list.
    pub fn of_route(&self, route: &Route) -> Findable {
        match &route.target {
            Target::Page { shows: Shows::Part(part), .. } if part.number > 1 => Findable::Nothing,
            Target::Page { family, .. } if route.is_indexed() => self.of(*family),
            _ => Findable::Nothing,
        }
    }
}

/// How many bytes the files have whose text is searched.
fn content(site: &Site, families: &[Findable]) -> usize {
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
