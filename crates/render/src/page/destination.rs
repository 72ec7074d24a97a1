//! The destinations of a rendered page's links.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use sitegen_model::{Route, decode, is_external, relative, without_dots};

use super::output::Output;
use crate::build::Build;
use crate::ground::scan::{PageLink, Scan, scan};

/// The destination of a link on a page.
pub(crate) enum Destination<'a> {
    /// Another site, or no page at all, such as a mail address.
    Away,
    /// No route. Holds the path that the route would have, if the link is one within the site.
    Nowhere(Option<Cow<'a, str>>),
    /// A route, and the fragment as it is written.
    Route(&'a Route, Option<&'a str>),
}

/// Returns the path that a page's links are relative to: its own, or that of its `<base>`; none if that is on
/// another site.
pub(crate) fn base<'p>(build: &'p Build, route: &'p Route, scan: &'p Scan) -> Option<Cow<'p, str>> {
    let Some(base) = &scan.base else { return Some(Cow::Borrowed(&route.url)) };
    match build.model.config.base_url.own(base) {
        Some(own) => decode(path_of(own)),
        None if is_external(base) => None,
        None => site_path(build, &route.url, path_of(base)),
    }
}

/// Resolves a link that is relative to `base`, a path of the site, or to another site if there is no base.
pub(crate) fn follow<'l>(build: &'l Build, base: Option<&'l str>, link: &'l str) -> Destination<'l> {
    let own = build.model.config.base_url.own(link);
    if link.is_empty() || own.is_none() && is_external(link) {
        return Destination::Away;
    }
    let (path, fragment) = split(own.unwrap_or(link));
    let path = match (own, base) {
        (Some(_), _) => decode(path).map(without_dots),
        (None, Some(base)) => site_path(build, base, path),
        (None, None) if path.starts_with('/') => site_path(build, "/", path),
        (None, None) => return Destination::Away,
    };
    let Some(path) = path else { return Destination::Nowhere(None) };
    match build.model.routes.at(&path) {
        Some(target) => Destination::Route(target, sitegen_model::anchor(fragment)),
        None => Destination::Nowhere(Some(path)),
    }
}

/// Lists the paths of the routes that a rendered page links to, without its own.
pub fn links(build: &Build, route: &Route, output: &Output) -> BTreeSet<Arc<str>> {
    let Output::Bytes(bytes) = output else { return BTreeSet::new() };
    if !route.is_html() {
        return BTreeSet::new();
    }
    let html = String::from_utf8_lossy(bytes);
    let scan = scan(&html);
    let base = base(build, route, &scan);
    let destination = |link: &PageLink| match follow(build, base.as_deref(), &link.to) {
        Destination::Route(target, _) if target.url != route.url => Some(Arc::clone(&target.url)),
        _ => None,
    };
    scan.links.iter().filter_map(destination).collect()
}

/// Resolves a path on a page to one within the site; there is none if it leaves the site.
fn site_path<'l>(build: &Build, base: &'l str, path: &'l str) -> Option<Cow<'l, str>> {
    if path.is_empty() {
        return Some(Cow::Borrowed(base));
    }
    let path = decode(path)?;
    if path.starts_with('/') {
        return below(without_dots(path), &build.model.config.base_url.path);
    }
    relative(base, &path).map(Cow::Owned)
}

/// Splits a link into its path and its fragment, and leaves out the query.
fn split(link: &str) -> (&str, &str) {
    let path = path_of(link);
    (path, link[path.len()..].split_once('#').map_or("", |(_, fragment)| fragment))
}

fn path_of(link: &str) -> &str {
    let end = memchr::memchr2(b'?', b'#', link.as_bytes());
    &link[..end.unwrap_or(link.len())]
}

/// Returns the rest of a path below a folder.
fn below<'p>(path: Cow<'p, str>, folder: &str) -> Option<Cow<'p, str>> {
    let rest = match path {
        Cow::Borrowed(path) => Cow::Borrowed(path.strip_prefix(folder)?),
        Cow::Owned(path) => Cow::Owned(path.strip_prefix(folder)?.to_owned()),
    };
    Some(rest).filter(|rest| rest.starts_with('/'))
}
