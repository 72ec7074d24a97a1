//! What is served now.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use hyper::StatusCode;
use sitegen_model::{File, Headers, Route, Target, hash_bytes};
use sitegen_render::{Build, Findings, Output, conclude, draw, render};

use crate::read;
use crate::site::Site;

use super::content::Content;
use super::fingerprint::{Fingerprint, Sheets};
use super::path::Path;
use super::{media, own};

/// How many bytes a file has at most that is read before it is sent.
const AT_ONCE: u64 = 1 << 20;

/// A site as it was at some moment.
pub(super) struct Version {
    pub site: Arc<Site>,
    pub build: Build,
    pub sheets: Sheets,
}

/// What is served: the newest version and, where that is broken, the last one that was not.
pub(super) struct State {
    pub latest: Arc<Version>,
    /// None as long as the site has had errors since the start.
    pub good: Option<Arc<Version>>,
}

/// What is at a path.
pub(super) enum Found {
    Here(Shown),
    /// It is at another path, which is given as it stands in a URL.
    Moved(String),
}

/// What is shown.
pub(super) struct Shown {
    pub status: StatusCode,
    pub media: &'static str,
    pub content: Content,
    /// Whether it is the server's own, and not the site's.
    pub own: bool,
    /// Whether it is a file that is not what it was when the site was read.
    pub stale: bool,
}

impl Version {
    pub(super) fn new(site: Arc<Site>, build: Build) -> Self {
        let sheets = Sheets::of(&site.inputs, &build.model);
        Self { site, build, sheets }
    }

    /// The headers that the site's hosts are to send, besides the policy; and the policy.
    pub(super) fn headers(&self) -> (Vec<(&'static str, &str)>, &str) {
        let headers = self.build.model.schema.reach.headers.as_ref();
        let lines = headers.into_iter().flat_map(Headers::lines);
        let others = lines.filter(|(name, _)| *name != Headers::POLICY);
        (others.collect(), headers.map_or("", |headers| &headers.policy))
    }

    /// How many pages there are.
    pub(super) fn pages(&self) -> usize {
        let routes = self.build.model.routes.iter();
        routes.filter(|route| matches!(route.target, Target::Page { .. })).count()
    }

    /// A route's path as it stands in URLs.
    pub(super) fn href(&self, path: &str) -> String {
        self.build.model.config.base_url.href(path)
    }

    /// What of a path names a route of this site.
    pub(super) fn local<'p>(&self, path: &'p Path) -> Option<&'p str> {
        path.below(&self.build.model.config.base_url.path)
    }

    /// The route at a path, or the one whose file a host would find there.
    pub(super) fn route(&self, path: &Path) -> Option<&Route> {
        self.build.model.routes.at(self.local(path)?)
    }

    /// Where a path leads that lacks its last slash, or that of the base URL.
    fn elsewhere(&self, path: &Path) -> Option<String> {
        match self.local(path) {
            Some(path) => Some(self.href(&self.build.model.routes.by_url(&format!("{path}/"))?.url)),
            None => {
                let home = self.href("/");
                (path.as_str() == "/" || format!("{}/", path.as_str()) == home).then_some(home)
            }
        }
    }

    /// Renders a route; none if it is broken.
    fn show(&self, route: &Route) -> Option<Shown> {
        let media = media::of(&route.output_path());
        let shown = |bytes| Shown::of_site(media, Content::Bytes(bytes));
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

    /// A file that is published as it is. A large one is read while it is sent.
    fn stored(&self, path: &str, media: &'static str, hash: u128) -> io::Result<Shown> {
        let themes = self.site.inputs.themes.iter().map(|theme| self.site.root.join(&*theme.path));
        let site = (self.site.root.as_path(), &self.site.inputs.folders);
        let file = read::reopen(&self.site.file(path)?, site, themes)?;
        if media != media::HTML && file.metadata.len() > AT_ONCE {
            return Ok(Shown::of_site(media, Content::File(Box::new(file))));
        }
        let bytes = file.whole()?;
        let stale = hash_bytes(&bytes) != hash;
        Ok(Shown { stale, ..Shown::of_site(media, Content::Bytes(bytes)) })
    }

    /// Whether a page that came out empty did so because of an error.
    fn is_broken(&self, route: &Route) -> bool {
        conclude(&self.build, render(&self.build, route).findings).diagnostics.has_errors()
    }
}

impl State {
    /// The state at the start.
    pub(super) fn first(version: Arc<Version>) -> Self {
        let good = (!version.build.diagnostics.has_errors()).then(|| Arc::clone(&version));
        Self { latest: version, good }
    }

    /// Whether the newest version is without errors, as far as is known.
    pub(super) fn is_good(&self) -> bool {
        self.good.as_ref().is_some_and(|good| Arc::ptr_eq(good, &self.latest))
    }

    /// What is at a path. If that cannot be said for a bug, which is reported, it is a page that says so.
    pub(super) fn find(&self, path: &Path) -> Found {
        catch_unwind(AssertUnwindSafe(|| self.look_up(path))).unwrap_or_else(|_| Found::Here(own::bug()))
    }

    fn look_up(&self, path: &Path) -> Found {
        let versions = || [Some(&self.latest), self.stand_in_for_missing()].into_iter().flatten();
        if versions().all(|version| version.route(path).is_none())
            && let Some(url) = versions().find_map(|version| version.elsewhere(path))
        {
            return Found::Moved(url);
        }
        Found::Here(self.show(path))
    }

    /// The version that shows what the newest one should have but cannot show.
    fn stand_in(&self) -> Option<&Arc<Version>> {
        self.good.as_ref().filter(|good| !Arc::ptr_eq(good, &self.latest))
    }

    /// The version that shows what the newest one lacks, if it may lack it because of an error.
    fn stand_in_for_missing(&self) -> Option<&Arc<Version>> {
        self.stand_in().filter(|_| self.latest.build.diagnostics.has_errors())
    }

    fn show(&self, path: &Path) -> Shown {
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

    /// Whether a route of the newest version can be shown. One that does not hold together has pages only by chance.
    fn is_usable(&self, route: &Route) -> bool {
        let alone =
            matches!(route.target, Target::Redirect { .. } | Target::Asset { .. } | Target::File { .. });
        self.latest.build.model.sound || alone && self.good.is_none()
    }

    /// What rendering the newest version of a page finds.
    pub(super) fn findings(&self, path: &Path) -> Findings {
        let model = &self.latest.build.model;
        let Some(route) = self.latest.route(path).filter(|_| model.sound) else { return Findings::default() };
        let findings = || render(&self.latest.build, route).findings;
        catch_unwind(AssertUnwindSafe(findings)).unwrap_or_default()
    }

    /// The fingerprint of a page; none if there is no page.
    pub(super) fn fingerprint(&self, path: &Path) -> Option<Fingerprint> {
        match self.find(path) {
            Found::Here(shown) => shown.fingerprint(self),
            Found::Moved(_) => None,
        }
    }
}

impl Shown {
    fn of_site(media: &'static str, content: Content) -> Self {
        Self { status: StatusCode::OK, media, content, own: false, stale: false }
    }

    /// Its fingerprint; none if it is no page.
    pub(super) fn fingerprint(&self, state: &State) -> Option<Fingerprint> {
        let html = self.content.bytes().filter(|_| self.media == media::HTML)?;
        Some(Fingerprint::of(html, &state.latest.sheets))
    }
}
