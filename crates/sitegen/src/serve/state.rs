//! The state that is served: versions of the site, and the search for what is at a path.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use hyper::StatusCode;
use sitegen_model::{File, Headers, Route, Target, hash_bytes};
use sitegen_render::{Build, Findings, Output, conclude, draw, render};

use crate::read;
use crate::site::LoadedSite;

use super::fingerprint::{Fingerprint, StyleSheets};
use super::path::RequestPath;
use super::payload::Payload;
use super::{media, own};

/// The size up to which a file is read before it is sent.
const AT_ONCE: u64 = 1 << 20;

/// A version of the site: its inputs and its build.
pub(super) struct Version {
    pub site: Arc<LoadedSite>,
    pub build: Build,
    pub sheets: StyleSheets,
}

/// The newest version and, if it is broken, the last good one.
pub(super) struct State {
    pub latest: Arc<Version>,
    /// The last version without errors, if there was one since the start.
    pub good: Option<Arc<Version>>,
}

/// The result of looking up a path.
pub(super) enum Lookup {
    Here(Resource),
    /// It is at another path, which is given as in URLs.
    Moved(String),
}

/// The page or file to show at a path.
pub(super) struct Resource {
    pub status: StatusCode,
    pub media: &'static str,
    pub content: Payload,
    /// True if it is a page of the server and not of the site.
    pub own: bool,
    /// True if it is a file that has changed since the site was read.
    pub stale: bool,
}

impl Version {
    pub(super) fn new(site: Arc<LoadedSite>, build: Build) -> Self {
        let sheets = StyleSheets::of(&site.inputs, &build.model);
        Self { site, build, sheets }
    }

    /// Returns the headers that the site's hosts are to send without the content security policy, and the
    /// policy.
    pub(super) fn headers(&self) -> (Vec<(&'static str, &str)>, &str) {
        let headers = self.build.model.schema.reach.headers.as_ref();
        let lines = headers.into_iter().flat_map(Headers::lines);
        let others = lines.filter(|(name, _)| *name != Headers::POLICY);
        (others.collect(), headers.map_or("", |headers| &headers.policy))
    }

    /// Counts the pages.
    pub(super) fn pages(&self) -> usize {
        let routes = self.build.model.routes.iter();
        routes.filter(|route| matches!(route.target, Target::Page { .. })).count()
    }

    /// Returns a route's path as in URLs.
    pub(super) fn href(&self, path: &str) -> String {
        self.build.model.config.base_url.href(path)
    }

    /// Returns the part of a path that names a route of this site.
    pub(super) fn local<'p>(&self, path: &'p RequestPath) -> Option<&'p str> {
        path.below(&self.build.model.config.base_url.path)
    }

    /// Finds the route at a path, or the one whose file a host would find there.
    pub(super) fn route(&self, path: &RequestPath) -> Option<&Route> {
        self.build.model.routes.at(self.local(path)?)
    }

    /// Returns the URL to redirect to if the path lacks its final slash or the path of the base URL.
    fn elsewhere(&self, path: &RequestPath) -> Option<String> {
        match self.local(path) {
            Some(path) => Some(self.href(&self.build.model.routes.by_url(&format!("{path}/"))?.url)),
            None => {
                let home = self.href("/");
                (path.as_str() == "/" || format!("{}/", path.as_str()) == home).then_some(home)
            }
        }
    }

    /// Renders a route; returns none if it is broken.
    fn show(&self, route: &Route) -> Option<Resource> {
        let media = media::of(&route.output_path());
        let shown = |bytes| Resource::of_site(media, Payload::Bytes(bytes));
        match render(&self.build, route).output {
            Output::Bytes(bytes) if bytes.is_empty() && self.is_broken(route) => None,
            Output::Bytes(bytes) => Some(shown(bytes)),
            Output::Image(image) => Some(shown(draw(&self.build, &image))),
            Output::Input(path) => match self.site.inputs.file(&path)? {
                File::Loaded(bytes) => Some(shown(bytes.to_vec())),
                File::Stored { hash, .. } => {
                    Some(self.stored(&path, media, *hash).unwrap_or_else(|_| own::vanished()))
                }
                File::Unreadable(_) | File::Stray(_) | File::Doubled => None,
            },
        }
    }

    /// Opens a file that is published unchanged. A large one is read while it is sent.
    fn stored(&self, path: &str, media: &'static str, hash: u128) -> io::Result<Resource> {
        let themes = self.site.inputs.themes.iter().map(|theme| self.site.root.join(&*theme.path));
        let site = (self.site.root.as_path(), &self.site.inputs.folders);
        let file = read::reopen(&self.site.file(path)?, site, themes)?;
        if media != media::HTML && file.metadata.len() > AT_ONCE {
            return Ok(Resource::of_site(media, Payload::File(Box::new(file))));
        }
        let bytes = file.whole()?;
        let stale = hash_bytes(&bytes) != hash;
        Ok(Resource { stale, ..Resource::of_site(media, Payload::Bytes(bytes)) })
    }

    /// Returns true if an empty page is empty because of an error.
    fn is_broken(&self, route: &Route) -> bool {
        conclude(&self.build, render(&self.build, route).findings).diagnostics.has_errors()
    }
}

impl State {
    /// Returns the state at the start.
    pub(super) fn first(version: Arc<Version>) -> Self {
        let good = (!version.build.diagnostics.has_errors()).then(|| Arc::clone(&version));
        Self { latest: version, good }
    }

    /// Returns true if the newest version has no errors, as far as we know.
    pub(super) fn is_good(&self) -> bool {
        self.good.as_ref().is_some_and(|good| Arc::ptr_eq(good, &self.latest))
    }

    /// Finds what is at a path. A panic becomes a page that reports a bug.
    pub(super) fn find(&self, path: &RequestPath) -> Lookup {
        catch_unwind(AssertUnwindSafe(|| self.look_up(path))).unwrap_or_else(|_| Lookup::Here(own::bug()))
    }

    fn look_up(&self, path: &RequestPath) -> Lookup {
        let versions = || [Some(&self.latest), self.stand_in_for_missing()].into_iter().flatten();
        if versions().all(|version| version.route(path).is_none())
            && let Some(url) = versions().find_map(|version| version.elsewhere(path))
        {
            return Lookup::Moved(url);
        }
        Lookup::Here(self.show(path))
    }

    /// Returns the version that shows pages which are broken in the newest one.
    fn stand_in(&self) -> Option<&Arc<Version>> {
        self.good.as_ref().filter(|good| !Arc::ptr_eq(good, &self.latest))
    }

    /// Returns the version that shows pages which the newest one lacks, if an error may be the reason.
    fn stand_in_for_missing(&self) -> Option<&Arc<Version>> {
        self.stand_in().filter(|_| self.latest.build.diagnostics.has_errors())
    }

    fn show(&self, path: &RequestPath) -> Resource {
        let latest = &self.latest;
        let route = latest.route(path);
        if let Some(shown) = route.filter(|route| self.is_usable(route)).and_then(|route| latest.show(route))
        {
            return shown;
        }
        let stand_in = if route.is_some() { self.stand_in() } else { self.stand_in_for_missing() };
        if let Some(shown) = stand_in.and_then(|good| good.show(good.route(path)?)) {
            return shown;
        }
        let whole = if latest.build.model.sound { Some(latest) } else { stand_in };
        match whole {
            Some(version) if route.is_none() => own::not_found(version, path),
            _ => own::trouble(latest, self.findings(path)),
        }
    }

    /// Returns true if a route of the newest version can be shown. An unsound model does not tell which pages
    /// there really are.
    fn is_usable(&self, route: &Route) -> bool {
        let alone =
            matches!(route.target, Target::Redirect { .. } | Target::Asset { .. } | Target::File { .. });
        self.latest.build.model.sound || alone && self.good.is_none()
    }

    /// Returns the problems of a page in the newest version.
    pub(super) fn findings(&self, path: &RequestPath) -> Findings {
        let model = &self.latest.build.model;
        let Some(route) = self.latest.route(path).filter(|_| model.sound) else { return Findings::default() };
        let findings = || render(&self.latest.build, route).findings;
        catch_unwind(AssertUnwindSafe(findings)).unwrap_or_default()
    }

    /// Returns the fingerprint of the page at a path, if there is a page.
    pub(super) fn fingerprint(&self, path: &RequestPath) -> Option<Fingerprint> {
        match self.find(path) {
            Lookup::Here(shown) => shown.fingerprint(self),
            Lookup::Moved(_) => None,
        }
    }
}

impl Resource {
    fn of_site(media: &'static str, content: Payload) -> Self {
        Self { status: StatusCode::OK, media, content, own: false, stale: false }
    }

    /// Returns the fingerprint, if this is a page.
    pub(super) fn fingerprint(&self, state: &State) -> Option<Fingerprint> {
        let html = self.content.bytes().filter(|_| self.media == media::HTML)?;
        Some(Fingerprint::of(html, &state.latest.sheets))
    }
}
