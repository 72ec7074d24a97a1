//! Routes: every file that the site consists of, where it is and what it shows.

mod plan;

use std::collections::HashMap;
use std::sync::Arc;

use sitegen_parser::{Diagnostics, Place};

use crate::record::{RecordId, Records};
use crate::schema::{FamilyId, Schema};
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
        /// The record whose page it is; none for a single page.
        row: Option<RecordId>,
        /// Its title.
        title: Arc<str>,
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

/// All routes of a site.
#[derive(Debug, Default)]
pub struct Routes {
    list: Vec<Route>,
    by_url: HashMap<Arc<str>, usize>,
    by_record: HashMap<RecordId, usize>,
    assets: HashMap<Arc<str>, usize>,
    by_file: HashMap<Arc<str>, usize>,
}

impl Routes {
    /// Plans every route, refusing those that cannot be files beside each other.
    pub fn plan(inputs: &Inputs, config: &Config, schema: &Schema, records: &Records) -> (Self, Diagnostics) {
        let mut diagnostics = Diagnostics::new();
        let mut list = plan::pages(config, schema, records, &mut diagnostics);
        let homes = plan::homes(schema, &list);
        list.extend(plan::redirects(schema, records, &homes, &mut diagnostics));
        list.extend(plan::assets(inputs));
        list.extend(plan::files(inputs, records, &homes, &mut diagnostics));
        let list = plan::without_collisions(list, &mut diagnostics);
        (Self::new(schema, list), diagnostics)
    }

    fn new(schema: &Schema, list: Vec<Route>) -> Self {
        let mut routes = Self { by_record: HashMap::new(), ..Self::default() };
        for (id, route) in list.iter().enumerate() {
            routes.by_url.insert(Arc::clone(&route.url), id);
            match &route.target {
                Target::File { path } => {
                    routes.by_file.insert(Arc::clone(path), id);
                }
                Target::Page { family, row: Some(row), .. }
                    if schema.home(row.collection) == Some(*family) =>
                {
                    routes.by_record.insert(*row, id);
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
        self.by_record.get(&record).map(|id| &self.list[*id])
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
