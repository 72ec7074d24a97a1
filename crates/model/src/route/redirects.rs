//! Redirects: pages at old paths that lead to the pages of records.

use std::borrow::Cow;
use std::collections::HashSet;

use sitegen_parser::{Diagnostics, Place};

use super::anchors::Anchors;
use super::html::html_file;
use super::pages::PageIndex;
use super::{Route, RouteInputs, Routes, Target, errors};
use crate::ground::{Reserved, url};

impl Routes {
    /// Lists all redirects.
    pub fn redirects(&self) -> impl Iterator<Item = &Route> {
        self.others.list.iter().filter(|route| route.is_redirect())
    }
}

impl Route {
    pub(crate) fn is_redirect(&self) -> bool {
        matches!(self.target, Target::Redirect { .. })
    }
}

/// Plans the redirects of all records, in the records' order.
pub(super) fn plan(
    site: &RouteInputs,
    (pages, anchors): (&PageIndex, &Anchors),
    diagnostics: &mut Diagnostics,
) -> Vec<Route> {
    let mut routes = Vec::new();
    for (id, record) in site.records.iter() {
        let mut urls = HashSet::new();
        for from in &record.redirect_from {
            let path = url::decode(&from.value).map(from_root);
            let objection = match &path {
                None => Some("its escapes are no text"),
                Some(_) if from.value.contains(['?', '#']) => {
                    Some("hosts do not look at what stands behind a path, from its `?` or `#` on")
                }
                Some(path) => url::objection(path),
            };
            let place = Place::new(&record.source.path, &from.span);
            if let (None, Some(reserved)) = (objection, path.as_deref().and_then(Reserved::of)) {
                diagnostics.push(errors::reserved_path(&from.value, reserved, place));
                continue;
            }
            let url = redirect_url(&path.unwrap_or_default());
            if !urls.insert(url.clone()) {
                continue;
            }
            match (anchors.destination(id, pages), objection) {
                (_, Some(objection)) => {
                    diagnostics.push(errors::invalid_redirect(&from.value, objection, place));
                }
                // The record's missing page or place is reported elsewhere.
                (None, None) if site.schema[id.collection].anchored.is_some() => {}
                (None, None) => {
                    let singular = &site.schema[id.collection].singular;
                    diagnostics.push(errors::redirect_to_nothing(singular, &record.slug, place));
                }
                (Some(target), None) => {
                    let route = Route { url: url.into(), target, place };
                    if is_own(&route, pages) {
                        diagnostics.push(errors::redirect_to_itself(&from.value, route.place));
                    } else {
                        routes.push(route);
                    }
                }
            }
        }
    }
    routes
}

/// Returns true if a redirect has the path of the page that it would lead to.
fn is_own(redirect: &Route, pages: &PageIndex) -> bool {
    let Target::Redirect { to, .. } = &redirect.target else { return false };
    let page = || pages.by_url(to).map(Route::output_path);
    redirect.forms().any(|form| *form == **to) || page().is_some_and(|file| file == redirect.output_path())
}

/// Makes a path absolute: without a slash at its start, it still counts from the site's root.
fn from_root(path: Cow<'_, str>) -> Cow<'_, str> {
    if path.is_empty() || path.starts_with('/') { path } else { format!("/{path}").into() }
}

/// Returns the URL of a redirect's page. A path without an HTML ending becomes a folder, because hosts would
/// serve the file as a download, and they redirect a folder's path without its slash anyway.
fn redirect_url(from: &str) -> String {
    if html_file(from).is_some() || from.ends_with('/') { from.to_owned() } else { format!("{from}/") }
}
