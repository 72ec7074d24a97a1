//! Resolves broken links for which `[links]` makes an exception.

use std::borrow::Cow;

use percent_encoding::utf8_percent_encode;
use sitegen_parser::Place;

use super::Link;
use crate::ground::url::{self, split};
use crate::site::Model;

impl Model {
    /// Resolves a broken link by the site's exceptions; none if none covers it.
    pub(super) fn elsewhere(&self, to: &str, place: &Place) -> Option<Link> {
        if self.config.links.exceptions.is_empty() {
            return None;
        }
        let (written, suffix) = split(to);
        if let Some(found) = self.outside(written, suffix, place) {
            return Some(found);
        }
        let paths = self.at_host(written, place);
        let (exception, path) = self.config.links.exception(written, &paths, &self.config.base_url.path)?;
        let href = match (self.config.links.exceptions[exception].is_external(), path) {
            // The path from the file can differ from the path from the page, so the link is published with
            // the path that is excepted.
            (true, Some(path)) => format!("{}{suffix}", utf8_percent_encode(path, url::PATH)),
            (false, _) if written.starts_with('/') => format!("{}{suffix}", self.at_site(written)),
            _ => url::external(to),
        };
        Some(Link::Elsewhere { exception, href })
    }

    /// Resolves a relative link out of the site's folder, if the site gives its address.
    fn outside(&self, written: &str, suffix: &str, place: &Place) -> Option<Link> {
        let path = url::decode(written).filter(|path| !path.starts_with('/'))?;
        if url::join(&place.path, &path).is_some() {
            return None;
        }
        let (exception, url) = self.config.links.outside(&place.path, &path)?;
        Some(Link::Elsewhere { exception, href: format!("{url}{suffix}") })
    }

    /// Returns the published form of a path of the site, which may be written with the site's path at its
    /// host in front.
    fn at_site(&self, written: &str) -> String {
        let base = &self.config.base_url;
        let path = url::decode(written).unwrap_or(Cow::Borrowed(written));
        base.href(path.strip_prefix(&*base.path).filter(|path| path.starts_with('/')).unwrap_or(&path))
    }

    /// Finds the exception for a broken link on a page. `path` is the path of the site that the link means,
    /// if it means one.
    pub fn exception(&self, link: &str, path: Option<&str>) -> Option<usize> {
        let written = url::decode(split(link).0).unwrap_or_default();
        let base = &self.config.base_url.path;
        let paths: Vec<_> = path.iter().map(|path| format!("{base}{path}")).collect();
        self.config.links.exception(&written, &paths, base).map(|(number, _)| number)
    }

    /// Lists the paths at the site's host that a link in a file can mean: from the file's name in the
    /// content, and from its page.
    fn at_host(&self, written: &str, place: &Place) -> Vec<String> {
        let Some(path) = url::decode(written) else { return Vec::new() };
        let base = &self.config.base_url.path;
        if let Some(own) = self.config.base_url.own(&path) {
            return vec![format!("{base}{own}")];
        }
        if path.starts_with('/') {
            let path = url::without_dots(Cow::Borrowed(&path));
            return vec![path.to_string(), format!("{base}{path}")];
        }
        let file = self.config.content.folders.name(&place.path).map(|name| format!("/{name}"));
        let page = self.url_of_text(place);
        // Other tools may publish `/a.html` in place of `/a/`, from where relative links lead elsewhere.
        let flat = page.and_then(|page| page.strip_suffix('/')).map(str::to_owned);
        let page = page.map(str::to_owned);
        let seen_from = |from: String| {
            let folder = from.rfind('/').map_or("", |end| &from[..=end]);
            url::without_dots(format!("{base}{folder}{path}").into()).into_owned()
        };
        [file, page, flat].into_iter().flatten().map(seen_from).collect()
    }
}
