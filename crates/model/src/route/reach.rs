//! Routes that follow from other routes: the sitemap, Markdown twins of pages, and configuration files for
//! hosts.

use std::ops::Range;
use std::sync::Arc;

use sitegen_parser::{Diagnostics, Place, slugify};

use super::html::html_stem;
use super::pages::PageIndex;
use super::{Route, RouteInputs, Sitemap, Target, Tells, errors};
use crate::ground::FamilyId;
use crate::ground::url::BaseUrl;
use crate::schema::Host;

/// The most URLs that a file of a sitemap may hold.
const MAX_URLS: usize = 50_000;

/// The most bytes that a file of a sitemap may hold: 50 MB, less some for its head and foot.
const MAX_BYTES: usize = 52_428_800 - 1000;

/// The number of redirects of single paths that Cloudflare Pages reads.
const CLOUDFLARE_LINES: usize = 2000;

/// The most bytes around a URL in a sitemap.
const AROUND_URL: usize = 100;

/// Plans the sitemap and the twins.
pub(super) fn plan(site: &RouteInputs, pages: &PageIndex) -> Vec<Route> {
    let mut routes = sitemap(site, pages);
    routes.extend(twins(site, pages));
    routes
}

/// Plans the files for the declared hosts: redirects, if there are any, and headers.
pub(super) fn for_hosts(site: &RouteInputs, others: &[Route]) -> Vec<Route> {
    let reach = &site.schema.reach;
    let redirected = others.iter().any(|route| matches!(route.target, Target::Redirect { .. }));
    let redirects = reach.hosts.iter().filter(|_| redirected);
    let mut routes: Vec<_> =
        redirects.map(|(host, place)| for_host(host.redirects(), *host, Tells::Redirects, place)).collect();
    for (host, place) in reach.headers.iter().flat_map(|headers| &headers.hosts) {
        let route = for_host(host.headers(), *host, Tells::Headers, place);
        // Some hosts read both from one file, and some share the file of headers.
        match routes.iter_mut().find(|other| other.url == route.url).map(|other| &mut other.target) {
            Some(Target::ForHost { tells: tells @ Tells::Redirects, .. }) => *tells = Tells::Both,
            Some(_) => {}
            None => routes.push(route),
        }
    }
    routes
}

/// Warns if there are more redirects than a host reads.
pub(super) fn measure(site: &RouteInputs, others: &[Route], diagnostics: &mut Diagnostics) {
    let Some(place) = site.schema.reach.hosts.get(&Host::Cloudflare) else { return };
    let redirects = others.iter().filter(|route| matches!(route.target, Target::Redirect { .. }));
    let lines = redirects.map(|route| route.forms().count()).sum();
    if lines > CLOUDFLARE_LINES {
        diagnostics.push(errors::too_many_redirects(lines, CLOUDFLARE_LINES, place.clone()));
    }
}

fn for_host(url: &str, host: Host, tells: Tells, place: &Place) -> Route {
    Route { url: url.into(), target: Target::ForHost { host, tells }, place: place.clone() }
}

/// Plans the sitemap's index and its parts; nothing if no page is indexed. Each part has pages of one family,
/// so that an edit changes one part.
fn sitemap(site: &RouteInputs, pages: &PageIndex) -> Vec<Route> {
    let Some((path, place)) = &site.schema.reach.sitemap else { return Vec::new() };
    let stem = path.strip_suffix(".xml").unwrap_or(path);
    let route =
        |url: String, file| Route { url: url.into(), target: Target::Sitemap(file), place: place.clone() };
    let mut routes = Vec::new();
    for (index, family) in site.schema.families.iter().enumerate() {
        let id = FamilyId(index);
        let parts = parts(pages.of_family(id), &site.config.base_url, MAX_URLS, MAX_BYTES);
        for (number, pages) in parts.into_iter().enumerate() {
            // The parts are next to the index, because a sitemap may only list URLs below its own folder.
            let url = format!("{stem}-{}-{}.xml", slugify(&family.name), number + 1);
            routes.push(route(url, Sitemap::Part { family: id, pages }));
        }
    }
    if !routes.is_empty() {
        routes.insert(0, route(path.clone(), Sitemap::Index));
    }
    routes
}

/// Splits the pages of a family into ranges whose indexed pages fit into one file each.
fn parts(pages: &[Route], base: &BaseUrl, max_urls: usize, max_bytes: usize) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let (mut urls, mut bytes) = (0, 0);
    for (place, page) in pages.iter().enumerate().filter(|(_, page)| page.is_indexed()) {
        let size = size(page, base);
        match parts.last_mut().filter(|_| urls < max_urls && bytes + size <= max_bytes) {
            Some(part) => {
                part.end = place + 1;
                urls += 1;
                bytes += size;
            }
            None => {
                parts.push(place..place + 1);
                (urls, bytes) = (1, size);
            }
        }
    }
    parts
}

/// Returns the most bytes that a page takes in a sitemap.
fn size(page: &Route, base: &BaseUrl) -> usize {
    let url = base.absolute(&page.url);
    let escaped = url.bytes().filter(|byte| matches!(byte, b'&' | b'\'' | b'"' | b'<' | b'>')).count();
    url.len() + escaped * "&quot;".len() + AROUND_URL
}

fn twins(site: &RouteInputs, pages: &PageIndex) -> Vec<Route> {
    let Some(limit) = site.schema.reach.twins else { return Vec::new() };
    let mut routes = Vec::new();
    for (index, family) in site.schema.families.iter().enumerate() {
        let indexed = || pages.indexed(FamilyId(index));
        if family.twin.unwrap_or_else(|| indexed().count() <= limit) {
            let twins = indexed().filter_map(|page| {
                let target = Target::Twin { of: Arc::clone(&page.url) };
                Some(Route { url: twin_of(&page.url)?.into(), target, place: page.place.clone() })
            });
            routes.extend(twins);
        }
    }
    routes
}

/// Returns the path of a page's twin; none if the page is not HTML.
pub(super) fn twin_of(url: &str) -> Option<String> {
    let stem = html_stem(url)?;
    Some(format!("{stem}{}", if stem.ends_with('/') { "index.md" } else { "md" }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::Shows;

    fn page(url: &str, indexed: bool) -> Route {
        let target = Target::Page { family: FamilyId(0), shows: Shows::Nothing, title: "".into(), indexed };
        Route { url: url.into(), target, place: Place::file(&"theme.toml".into()) }
    }

    #[test]
    fn files_of_a_sitemap_are_cut_by_urls_and_by_bytes() {
        let base = BaseUrl::parse("https://example.com").expect("is a URL");
        let pages: Vec<_> = (0..100_001).map(|number| page(&format!("/{number}/"), true)).collect();
        assert_eq!(parts(&pages, &base, MAX_URLS, MAX_BYTES), [0..50_000, 50_000..100_000, 100_000..100_001]);
        let two = size(&pages[0], &base) * 2;
        assert_eq!(parts(&pages[..5], &base, MAX_URLS, two), [0..2, 2..4, 4..5]);
    }

    #[test]
    fn pages_that_are_not_listed_do_not_count() {
        let base = BaseUrl::default();
        let pages = [page("/a/", false), page("/b/", true), page("/c.txt", true), page("/d/", true)];
        assert_eq!(parts(&pages, &base, 2, MAX_BYTES), vec![1..4; 1]);
        assert_eq!(parts(&pages, &base, 1, MAX_BYTES), [1..2, 3..4]);
        assert!(parts(&pages[..1], &base, 1, MAX_BYTES).is_empty());
    }

    #[test]
    fn twins_are_beside_their_pages() {
        assert_eq!(twin_of("/").as_deref(), Some("/index.md"));
        assert_eq!(twin_of("/a/b.html").as_deref(), Some("/a/b.md"));
        assert_eq!(twin_of("/feed.xml"), None);
    }
}
