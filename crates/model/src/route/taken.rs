//! Detects collisions: no two routes may be one file, or a file and a folder, on any file system.

use std::collections::{BTreeMap, HashMap};

use sitegen_parser::{Diagnostic, Diagnostics};

use super::{Route, RouteInputs, Target, errors, page};
use crate::ground::{FamilyId, Id, url};

/// The files of routes and the folders that they are in, each with the number of the first route there.
#[derive(Debug, Default)]
pub(super) struct ClaimedPaths {
    files: HashMap<Id, u32>,
    folders: HashMap<Id, u32>,
}

impl ClaimedPaths {
    pub(super) fn with_capacity(routes: usize) -> Self {
        Self { files: HashMap::with_capacity(routes), ..Self::default() }
    }

    /// Finds the route that has the same file as a route.
    pub(super) fn by(&self, route: &Route) -> Option<usize> {
        self.files.get(&key(&url::collision_key(&route.output_path()))).map(|route| *route as usize)
    }

    /// Records a route's file and folders.
    pub(super) fn take(&mut self, route: &Route, number: usize) {
        let number = u32::try_from(number).expect("routes are counted in memory");
        let path = route.output_path();
        let path = url::collision_key(&path);
        for folder in folders(&path) {
            self.folders.entry(folder).or_insert(number);
        }
        self.files.insert(key(&path), number);
    }

    /// Finds the route whose file is a folder of a route's file.
    pub(super) fn above(&self, route: &Route) -> Option<usize> {
        let path = route.output_path();
        let path = url::collision_key(&path);
        folders(&path).find_map(|folder| self.files.get(&folder)).map(|route| *route as usize)
    }

    /// Finds the first route for which a route's file would be a folder.
    pub(super) fn below(&self, route: &Route) -> Option<usize> {
        let path = route.output_path();
        let path = url::collision_key(&path);
        self.folders.get(&key(&path)).map(|route| *route as usize)
    }
}

fn key(path: &str) -> Id {
    Id::of(path)
}

fn folders(path: &str) -> impl Iterator<Item = Id> {
    path.match_indices('/').map(|(at, _)| key(&path[..at]))
}

/// Routes with the URL of another route. Those made from rows are counted, because one mistake causes many.
#[derive(Default)]
pub(super) struct Duplicates {
    single: Vec<Diagnostic>,
    rows: BTreeMap<(FamilyId, FamilyId), (Diagnostic, usize)>,
}

impl Duplicates {
    pub(super) fn add(&mut self, route: &Route, taken: &Route, site: &RouteInputs) {
        let problem = || {
            let problem = errors::duplicate_url(route, taken);
            match &taken.target {
                Target::Page { .. } if route.is_redirect() => {
                    site.config.links.weighed_of_redirect(problem, "the page counts")
                }
                Target::Redirect { .. } if route.is_redirect() => {
                    site.config.links.weighed_of_redirect(problem, "the first counts")
                }
                _ => problem,
            }
        };
        match (page::row_of(route, site), page::row_of(taken, site)) {
            (Some((family, row)), Some((other, other_row))) => {
                let (_, count) = self.rows.entry((family, other)).or_insert_with(|| {
                    let rows = [(family, row), (other, other_row)];
                    let rows = rows.map(|(family, row)| page::describe_row(family, row, site));
                    (errors::equal_in_urls(problem()).note(rows.join(" and ")), 0)
                });
                *count += 1;
            }
            _ => self.single.push(problem()),
        }
    }

    pub(super) fn report(self) -> Diagnostics {
        let rows = self.rows.into_values().map(|(problem, count)| errors::with_more(problem, count - 1));
        self.single.into_iter().chain(rows).collect()
    }
}
