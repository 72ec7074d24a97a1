//! Finding the route for a URL that somebody typed or copied.

use sitegen_model::{Model, Route, decode};
use sitegen_parser::composed;

use crate::errors::{self, Failure};

/// Finds the route of a URL or path. A path may lack the path of the base URL and the slashes around it.
///
/// # Errors
///
/// There is no such route.
pub(super) fn route<'a>(url: &str, model: &'a Model) -> Result<&'a Route, Failure> {
    let base = &model.config.base_url;
    let path = url.strip_prefix(&*base.origin).unwrap_or(url);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = decode(path).unwrap_or(path.into());
    let path = composed(&path);
    let path = format!("/{}", path.trim_start_matches('/'));
    let below = path.strip_prefix(&*base.path).filter(|below| below.starts_with('/') || below.is_empty());
    let below = below.map(|below| format!("/{}", below.trim_start_matches('/')));
    let candidates: Vec<_> =
        below.into_iter().chain([path]).flat_map(|path| [format!("{path}/"), path]).collect();
    if let Some(route) = candidates.iter().rev().find_map(|path| model.routes.by_url(path)) {
        return Ok(route);
    }
    if let Some(path) = candidates.iter().find(|path| model.routes.is_unpublished(path)) {
        return Err(errors::unpublished_url(path));
    }
    let nearest = candidates.iter().rev().find_map(|path| model.nearest_url(path));
    Err(errors::unknown_url(url, nearest))
}
