//! All routes besides pages: redirects, cards, assets, files, and those that follow from other routes.

use std::collections::HashMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use sitegen_parser::{Diagnostics, ImageSize, composed};

use super::anchors::Anchors;
use super::pages::PageIndex;
use super::search::Searched;
use super::taken::{ClaimedPaths, Duplicates};
use super::{Route, RouteInputs, Target, errors, files, reach, redirects, without_slash};
use crate::dataset;
use crate::ground::{By, Id, Kept, url};

/// All routes besides pages.
#[derive(Debug, Default)]
pub(super) struct OtherRoutes {
    pub(super) list: Vec<Route>,
    by_url: FxHashMap<Arc<str>, usize>,
    assets: HashMap<Arc<str>, usize>,
    /// Assets by the paths of their files.
    by_asset_file: HashMap<Arc<str>, usize>,
    by_file: HashMap<Arc<str>, usize>,
    /// The id of the paths that authors can link to.
    pub(super) linked: Id,
    /// The id of all paths.
    pub(super) paths: Id,
}

impl OtherRoutes {
    /// Plans the routes besides pages. The list is put together only if one of them changed.
    pub(super) fn plan(
        site: &RouteInputs,
        (pages, anchors): (&Kept<PageIndex>, &Anchors),
        (cards, assets, searched): (&[Route], &[Route], Option<&Searched>),
        previous: &Kept<Self>,
    ) -> (Kept<Self>, Diagnostics) {
        let mut diagnostics = Diagnostics::new();
        let mut list = redirects::plan(site, (pages, anchors), &mut diagnostics);
        list.extend_from_slice(cards);
        list.extend_from_slice(assets);
        list.extend(files::plan(site, pages, &mut diagnostics));
        list.extend(downloads(site, &mut diagnostics));
        list.extend(searched.iter().flat_map(|searched| searched.files(site)));
        let all = Id::of_all(list.iter().map(|route| (&route.url, destination(route), &route.place)));
        // Routes of the sitemap and of hosts have the places of their declarations, so `from` counts here and
        // not `id`.
        let from = Id::of(&(all, site.schema.from, pages.from, pages.paths, &site.config.base_url));
        // Problems show whole rows, which are not part of the id, so a result with problems is made again.
        let previous = previous.without_problems().filter(|_| pages.diagnostics.is_empty());
        let seen = By(from, (site, pages, list));
        let others = Kept::or_make(previous, seen, |By(_, (site, pages, mut list))| {
            list.extend(reach::for_hosts(site, &list));
            list.extend(reach::plan(site, pages));
            let mut found = Diagnostics::new();
            let list = without_collisions(list, site, pages, &mut found);
            reach::measure(site, &list, &mut found);
            (Self::of(list), found)
        });
        diagnostics.extend(others.diagnostics.iter().cloned());
        (others, diagnostics)
    }

    fn of(list: Vec<Route>) -> Self {
        let mut others = Self::default();
        for (number, route) in list.iter().enumerate() {
            others.by_url.insert(Arc::clone(&route.url), number);
            if let (Target::Redirect { .. }, Some(bare)) = (&route.target, without_slash(&route.url)) {
                others.by_url.entry(bare.into()).or_insert(number);
            }
            match &route.target {
                Target::File { path, .. } => others.by_file.insert(Arc::clone(path), number),
                Target::Asset { name, path, .. } => {
                    others.by_asset_file.insert(Arc::clone(path), number);
                    others.assets.insert(Arc::clone(name), number)
                }
                _ => None,
            };
        }
        // Authors do not link to the published names of assets, because these contain hashes.
        let linked = list.iter().filter(|route| !matches!(route.target, Target::Asset { .. }));
        others.linked = Id::of_all(linked.map(|route| (&route.url, &route.place.path, route.image_size())));
        others.paths = Id::of_all(list.iter().map(|route| &route.url));
        Self { list, ..others }
    }

    pub(super) fn by_url(&self, url: &str) -> Option<&Route> {
        self.by_url.get(url).map(|number| &self.list[*number])
    }

    pub(super) fn of_file(&self, path: &str) -> Option<&Route> {
        self.by_file.get(path).map(|number| &self.list[*number])
    }

    pub(super) fn asset(&self, name: &str) -> Option<&Route> {
        let name = composed(name);
        let number = self.assets.get(&*name).or_else(|| self.by_asset_file.get(&*name));
        number.map(|number| &self.list[*number])
    }

    pub(super) fn asset_names(&self) -> impl Iterator<Item = &str> {
        self.assets.keys().map(|name| &**name)
    }
}

/// Returns the target of a redirect, or the file that is copied with the size of its image.
fn destination(route: &Route) -> Option<(&str, &str, Option<ImageSize>)> {
    match &route.target {
        Target::Redirect { to, fragment } => Some((to, fragment, None)),
        Target::Asset { path, .. } | Target::File { path, .. } => Some((path, "", route.image_size())),
        _ => None,
    }
}

/// Plans the files of datasets that readers can download.
fn downloads(site: &RouteInputs, diagnostics: &mut Diagnostics) -> Vec<Route> {
    let mut routes = Vec::new();
    for dataset in &site.schema.datasets {
        let Some((url, place)) = &dataset.publish else { continue };
        let Some((path, _)) = dataset::find(dataset, site.inputs) else { continue };
        match url::objection(url) {
            Some(objection) => diagnostics.push(errors::invalid_path(url, objection, place, place)),
            None => routes.push(Route {
                url: Arc::clone(url),
                place: place.clone(),
                target: Target::File { path: Arc::clone(path), size: None },
            }),
        }
    }
    routes
}

/// Returns the routes whose files fit beside each other and the pages on any file system, and reports the
/// others.
fn without_collisions(
    routes: Vec<Route>,
    site: &RouteInputs,
    pages: &PageIndex,
    diagnostics: &mut Diagnostics,
) -> Vec<Route> {
    let mut taken = ClaimedPaths::default();
    let mut kept: Vec<Route> = Vec::with_capacity(routes.len());
    let mut duplicates = Duplicates::default();
    for route in routes {
        let page = || pages.taken.by(&route).map(|page| pages.get(page));
        // Hosts apply a redirect to its path with and without the slash.
        let bare = without_slash(&route.url).filter(|_| route.is_redirect());
        let bare = || bare.and_then(|bare| pages.by_url(bare));
        match taken.by(&route).map(|other| &kept[other]).or_else(page).or_else(bare) {
            Some(other) => duplicates.add(&route, other, site),
            None => {
                taken.take(&route, kept.len());
                kept.push(route);
            }
        }
    }
    diagnostics.extend(duplicates.report());
    for route in &kept {
        let file = taken.above(route).map(|other| &kept[other]);
        let file = file.or_else(|| pages.taken.above(route).map(|page| pages.get(page)));
        diagnostics.extend(file.map(|file| errors::file_and_folder(route, file)));
        let below = pages.taken.below(route).map(|page| pages.get(page));
        diagnostics.extend(below.map(|page| errors::file_and_folder(page, route)));
    }
    kept
}
