//! The pages of all families, found by URL and by row.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;
use sitegen_parser::Diagnostics;

use super::page;
use super::page::Planned;
use super::taken::{ClaimedPaths, Duplicates};
use super::{Route, RouteInputs, Shows, Target};
use crate::ground::{By, FamilyId, Id, Kept, RecordId, RelationId};

/// The pages of all families.
#[derive(Debug, Default)]
pub(super) struct PageIndex {
    /// For each family, its pages.
    families: Vec<Arc<Vec<Route>>>,
    /// For each family, the number of its first page.
    starts: Vec<usize>,
    by_url: FxHashMap<Arc<str>, u32>,
    /// For each relation that has pages, the page of each row.
    homes: HashMap<RelationId, Vec<Option<u32>>>,
    /// The paths of pages that are not published.
    unpublished: HashSet<Arc<str>>,
    pub(super) taken: ClaimedPaths,
    /// The id of the paths and of the rows that pages show.
    pub(super) paths: Id,
}

impl PageIndex {
    /// Joins the families' pages, unless all are unchanged.
    pub(super) fn of(site: &RouteInputs, families: &[Kept<Planned>], previous: &Kept<Self>) -> Kept<Self> {
        let id = Id::of_all(families.iter().map(|planned| planned.id));
        let from = Id::of_all(families.iter().map(|planned| planned.from));
        let seen = By(from, (site, families));
        // Problems show whole rows, which are not part of the id, so a result with problems is made again.
        let pages = Kept::or_make(previous.without_problems(), seen, |By(_, (site, families))| {
            Self::join(site, families)
        });
        pages.known_by(id)
    }

    fn join(site: &RouteInputs, families: &[Kept<Planned>]) -> (Self, Diagnostics) {
        let count = families.iter().map(|planned| planned.pages.len()).sum();
        let mut pages = Self { taken: ClaimedPaths::with_capacity(count), ..Self::default() };
        pages.by_url.reserve(count);
        let mut duplicates = Duplicates::default();
        for planned in families {
            pages.unpublished.extend(planned.unpublished.iter().cloned());
            pages.starts.push(pages.by_url.len());
            pages.families.push(Arc::clone(&planned.pages));
            let refused = pages.take_last(site);
            if !refused.is_empty() {
                let kept = planned.pages.iter().enumerate().filter(|(place, _)| !refused.contains_key(place));
                let kept = kept.map(|(_, route)| route.clone()).collect();
                *pages.families.last_mut().expect("one was just added") = Arc::new(kept);
            }
            for (place, other) in refused {
                duplicates.add(&planned.pages[place], pages.get(other), site);
            }
        }
        let shown = pages.iter().map(|route| match &route.target {
            Target::Page { family, shows: Shows::Row(row), .. } => (&route.url, Some((*family, *row))),
            _ => (&route.url, None),
        });
        pages.paths = Id::of(&(Id::of_all(shown), pages.unpublished.iter().collect::<BTreeSet<_>>()));
        let mut diagnostics = duplicates.report();
        diagnostics.extend(pages.iter().filter_map(|route| {
            let file = pages.get(pages.taken.above(route)?);
            Some(crate::route::errors::file_and_folder(route, file))
        }));
        (pages, diagnostics)
    }

    /// Claims the paths of the last family's pages. Returns those that another page has already, with that
    /// page's number.
    fn take_last(&mut self, site: &RouteInputs) -> BTreeMap<usize, usize> {
        let mut refused = BTreeMap::new();
        let family = Arc::clone(self.families.last().expect("one was just added"));
        for (place, route) in family.iter().enumerate() {
            if let Some(other) = self.taken.by(route) {
                refused.insert(place, other);
                continue;
            }
            let number = self.by_url.len();
            self.taken.take(route, number);
            self.by_url.insert(Arc::clone(&route.url), u32::try_from(number).expect("as taken"));
            self.add_home(route, number, site);
        }
        refused
    }

    fn add_home(&mut self, route: &Route, number: usize, site: &RouteInputs) {
        let Target::Page { family, shows: Shows::Row(row), .. } = route.target else { return };
        let Some(relation) = site.schema[family].from else { return };
        if site.schema.home(relation) == Some(family) {
            let rows = || vec![None; site.relations.count(relation, site.records)];
            self.homes.entry(relation).or_insert_with(rows)[row] = u32::try_from(number).ok();
        }
    }

    pub(super) fn len(&self) -> usize {
        self.by_url.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Route> {
        self.families.iter().flat_map(|family| family.iter())
    }

    /// Returns the pages of a family.
    pub(super) fn of_family(&self, family: FamilyId) -> &[Route] {
        self.families.get(family.0).map_or(&[], |pages| pages.as_slice())
    }

    /// Returns a page by its number.
    pub(super) fn get(&self, number: usize) -> &Route {
        let (family, place) = self.locate(number);
        &self.families[family][place]
    }

    /// Returns the family of a page and its place there, by the page's number.
    fn locate(&self, number: usize) -> (usize, usize) {
        let family = self.starts.partition_point(|start| *start <= number) - 1;
        (family, number - self.starts[family])
    }

    pub(super) fn by_url(&self, url: &str) -> Option<&Route> {
        self.by_url.get(url).map(|number| self.get(*number as usize))
    }

    pub(super) fn of_row(&self, relation: RelationId, row: usize) -> Option<&Route> {
        let number = self.homes.get(&relation)?.get(row).copied()??;
        Some(self.get(number as usize))
    }

    pub(super) fn of_record(&self, record: RecordId) -> Option<&Route> {
        self.of_row(RelationId::Collection(record.collection), record.row)
    }

    /// Lists the pages of a family that search engines may list.
    pub(super) fn indexed(&self, family: FamilyId) -> impl Iterator<Item = &Route> {
        self.of_family(family).iter().filter(|page| page.is_indexed())
    }

    /// Returns the pages before and after a page in its family.
    pub(super) fn neighbours(&self, url: &str) -> [Option<&Route>; 2] {
        let Some(number) = self.by_url.get(url) else { return [None; 2] };
        let (family, place) = self.locate(*number as usize);
        let before = place.checked_sub(1);
        [before, Some(place + 1)].map(|place| self.families[family].get(place?))
    }

    pub(super) fn is_unpublished(&self, url: &str) -> bool {
        self.unpublished.contains(url)
    }
}

/// Plans the pages of each family, unless they are unchanged.
pub(super) fn plan(site: &RouteInputs, facts: &[Id], previous: &[Kept<Planned>]) -> Vec<Kept<Planned>> {
    let families = (0..site.schema.families.len()).map(|index| {
        let family = FamilyId(index);
        let id = page::depends_on(family, site, facts);
        // Routes have the place of their family's declaration, but no later stage depends on it, so it is not
        // part of `id`.
        let seen = By(Id::of(&(id, &site.schema[family].place)), (family, site));
        // Problems show whole rows, which are not part of the id, so a result with problems is made again.
        let known = previous.get(index).and_then(Kept::without_problems);
        Kept::or_make(known, seen, |By(_, (family, site))| page::plan(family, site)).known_by(id)
    });
    families.collect()
}
