//! Routes: every file that the site consists of, where it is and what it shows.

mod fill;
mod page;
mod plan;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use sitegen_parser::{Diagnostics, Place};

use crate::record::{RecordId, Records};
use crate::relation::Relations;
use crate::schema::{FamilyId, RelationId, Schema};
use crate::{Config, Inputs};

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Its path, not percent-encoded, without the base URL's: `/companies/amazon/`.
    pub url: Arc<str>,
    /// What is there.
    pub target: Target,
    /// What makes it, for diagnostics.
    pub place: Place,
}

/// What a route shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page of a family.
    Page {
        /// The family.
        family: FamilyId,
        /// The rows that it is made from.
        shows: Shows,
        /// Its title.
        title: Arc<str>,
        /// Whether search engines may list it.
        indexed: bool,
    },
    /// A page that leads to another.
    Redirect {
        /// The other's path.
        to: Arc<str>,
    },
    /// A file from `assets/`, under a name that changes with its bytes.
    Asset {
        /// Its path below `assets/`.
        name: Arc<str>,
        /// The path of its file among the inputs.
        path: Arc<str>,
    },
    /// A file that is published as it is.
    File {
        /// Its path among the inputs.
        path: Arc<str>,
    },
}

/// The rows of its family's relation that a page is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shows {
    /// None: it is a page of its own.
    Nothing,
    /// One, whose page it is.
    Row(usize),
    /// Several, some of a list.
    Part(Arc<Part>),
}

/// A part of a list that is so long that it has several pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its rows.
    pub rows: Vec<usize>,
    /// Which part it is, from 1.
    pub number: usize,
    /// The paths of all parts, in order.
    pub parts: Arc<[Arc<str>]>,
    /// How many rows the list has in all parts.
    pub total: usize,
}

/// What is known of routes before all of them are.
pub(crate) struct Site<'a> {
    pub inputs: &'a Inputs,
    pub config: &'a Config,
    pub schema: &'a Schema,
    pub records: &'a Records,
    pub relations: &'a Relations,
}

/// All routes of a site.
#[derive(Debug, Default)]
pub struct Routes {
    list: Vec<Route>,
    by_url: HashMap<Arc<str>, usize>,
    /// For each relation that has pages, the page of each row.
    homes: HashMap<RelationId, Vec<Option<u32>>>,
    /// The paths that pages would have that are not published.
    unpublished: HashSet<Arc<str>>,
    assets: HashMap<Arc<str>, usize>,
    by_file: HashMap<Arc<str>, usize>,
}

impl Routes {
    /// Plans every route, refusing those that cannot be files beside each other.
    pub(crate) fn plan(site: &Site) -> (Self, Diagnostics) {
        let mut diagnostics = Diagnostics::new();
        let (mut list, unpublished) = page::pages(site, &mut diagnostics);
        let homes = plan::homes(site.schema, &list);
        list.extend(plan::redirects(site, &homes, &mut diagnostics));
        list.extend(plan::assets(site.inputs));
        list.extend(plan::files(site, &homes, &mut diagnostics));
        let list = plan::without_collisions(list, site, &mut diagnostics);
        (Self::new(site, list, unpublished), diagnostics)
    }

    fn new(site: &Site, list: Vec<Route>, unpublished: HashSet<Arc<str>>) -> Self {
        let mut routes = Self { unpublished, ..Self::default() };
        routes.by_url.reserve(list.len());
        for (id, route) in list.iter().enumerate() {
            routes.by_url.insert(Arc::clone(&route.url), id);
            match &route.target {
                Target::File { path } => {
                    routes.by_file.insert(Arc::clone(path), id);
                }
                Target::Page { family, shows: Shows::Row(row), .. } => {
                    let Some(relation) = site.schema[*family].from else { continue };
                    if site.schema.home(relation) == Some(*family) {
                        let rows = || vec![None; site.relations.count(relation, site.records)];
                        let homes = routes.homes.entry(relation).or_insert_with(rows);
                        homes[*row] = u32::try_from(id).ok();
                    }
                }
                Target::Asset { name, .. } => {
                    routes.assets.insert(Arc::clone(name), id);
                }
                _ => {}
            }
        }
        routes.list = list;
        routes
    }

    /// All of them: pages by family and record, redirects, assets, files.
    pub fn as_slice(&self) -> &[Route] {
        &self.list
    }

    /// The route of a path.
    pub fn by_url(&self, url: &str) -> Option<&Route> {
        self.by_url.get(url).map(|id| &self.list[*id])
    }

    /// The page that shows a record: that of the first family made from its collection.
    pub fn of_record(&self, record: RecordId) -> Option<&Route> {
        self.of_row(RelationId::Collection(record.collection), record.row)
    }

    /// The page that shows a row: that of the first family made from its relation.
    pub fn of_row(&self, relation: RelationId, row: usize) -> Option<&Route> {
        let id = self.homes.get(&relation)?.get(row).copied()??;
        Some(&self.list[id as usize])
    }

    /// Whether a path would be that of a page that is not published.
    pub fn is_unpublished(&self, url: &str) -> bool {
        self.unpublished.contains(url)
    }

    /// The route of a file that is published as it is, by its path among the inputs.
    pub fn of_file(&self, path: &str) -> Option<&Route> {
        self.by_file.get(path).map(|id| &self.list[*id])
    }

    /// The route of an asset, by its path below `assets/`.
    pub fn asset(&self, name: &str) -> Option<&Route> {
        self.assets.get(name).map(|id| &self.list[*id])
    }

    /// The paths below `assets/` that have a route, in no order.
    pub fn asset_names(&self) -> impl Iterator<Item = &str> {
        self.assets.keys().map(|name| &**name)
    }
}

/// Whether an asset is a style sheet, by its name.
pub fn is_style_sheet(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| extension == "css")
}

impl Route {
    /// The path of its file in the output folder.
    pub fn output_path(&self) -> String {
        let path = &self.url[1..];
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
    }
}
