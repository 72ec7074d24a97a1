//! Resolves links in Markdown.

mod caseless;
mod elsewhere;
mod forms;

pub(crate) use self::caseless::Caseless;

use std::sync::Arc;

use sitegen_parser::{Among, Code, Diagnostic, Place, composed, is_odd_scheme, unknown_scheme};

use super::{Model, errors, wiki};
use crate::ground::url::{self, is_external, split};
use crate::ground::{RecordId, RelationId, suggest};
use crate::record::SlugState;
use crate::route::{Route, Shows, Target};

/// The target of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// Another site or scheme. The link is not changed.
    External,
    /// A place on the page with the text.
    Here {
        /// The fragment without its `#`, as it is written.
        fragment: String,
        /// The link as it is published.
        href: String,
    },
    /// A route of the site.
    Route {
        /// The route's path.
        url: Arc<str>,
        /// The record that the route shows, if the link leads to one.
        record: Option<RecordId>,
        /// The query and fragment after the path, with `?` or `#`.
        suffix: String,
    },
    /// A target that is not checked because the site's configuration makes an exception.
    Elsewhere {
        /// The number of the exception in the configuration.
        exception: usize,
        /// The link as it is published.
        href: String,
    },
    /// A target that is missing for a reason that is reported elsewhere.
    Nowhere,
}

impl Model {
    /// Resolves a link in a file's Markdown.
    ///
    /// # Errors
    ///
    /// `unknown-collection`, `unknown-reference`, `no-page` for `@collection/slug`; `broken-link` for paths; `ambiguous-link`
    /// for wiki links; `forbidden-link`.
    pub fn resolve(&self, to: &str, place: &Place) -> Result<Link, Diagnostic> {
        self.within(to, place).or_else(|problem| match problem.code {
            Code::BrokenLink => match self.in_any_case(to, place) {
                Some(found) => found,
                None => self.elsewhere(to, place).ok_or(problem),
            },
            _ => Err(problem),
        })
    }

    /// Resolves a link within the site.
    fn within(&self, to: &str, place: &Place) -> Result<Link, Diagnostic> {
        if let Some(path) = to.strip_prefix("@/") {
            let (path, suffix) = split(path);
            return self.file_link(to, path, suffix, place);
        }
        if let Some(key) = to.strip_prefix('@') {
            return self.record_link(key, place);
        }
        if let Some(parts) = wiki::parts(to) {
            return self.wiki_link(to, parts, place);
        }
        if to.is_empty() {
            return Ok(Link::Nowhere);
        }
        if let Some(own) = self.config.base_url.own(to) {
            let (path, suffix) = split(own);
            let path = url::decode(path).unwrap_or_default();
            return self.own_link(to, &composed(&url::without_dots(path)), suffix, place);
        }
        if is_external(to) && !self.config.links.allows_scheme(to) && !is_odd_scheme(to) {
            return Err(unknown_scheme(place.clone(), to));
        }
        if is_external(to) {
            return Ok(Link::External);
        }
        let (path, suffix) = split(to);
        if path.is_empty() {
            let href = url::suffix(suffix).into_owned();
            return Ok(Link::Here { fragment: fragment(&href).to_owned(), href });
        }
        let Some(path) = url::decode(path) else {
            return Err(errors::broken_link(to, Among::Names, to, place.clone()));
        };
        if path.starts_with('/') {
            return self.absolute_link(to, &url::without_dots(path), suffix, place);
        }
        self.relative_link(to, &path, suffix, place)
    }

    /// Returns the published form of a link to a route.
    pub fn href(&self, to: &str, url: &str, suffix: &str) -> String {
        let base = &self.config.base_url;
        if !is_external(to) {
            return format!("{}{suffix}", base.href(url));
        }
        // A whole URL stays whole, because the text may be read elsewhere, and stays as written if it is in
        // the published form.
        let path = base.own(to).and_then(|own| url::decode(split(own).0)).map(url::without_dots);
        let is_known = |path: &str| *path == *url || path.strip_suffix("index.html") == Some(url);
        if path.is_some_and(|path| is_known(&composed(&path))) {
            return to.to_owned();
        }
        format!("{}{suffix}", base.absolute(url))
    }

    /// Returns the record whose page a route is.
    pub fn record_of(&self, route: &Route) -> Option<RecordId> {
        match &route.target {
            Target::Page { family, shows: Shows::Row(row), .. } => match self.schema[*family].from? {
                RelationId::Collection(collection) => Some(RecordId { collection, row: *row }),
                _ => None,
            },
            _ => None,
        }
    }

    fn record_link(&self, key: &str, place: &Place) -> Result<Link, Diagnostic> {
        let (key, suffix) = split(key);
        let id = self.record(key, place)?;
        let Some(id) = id else { return Ok(Link::Nowhere) };
        self.page_of(id, suffix, place)
    }

    /// Finds the record of `collection/slug`; none if it may be one that could not be read.
    ///
    /// # Errors
    ///
    /// `unknown-collection`, `unknown-reference`, `reference-to-draft`.
    pub fn record(&self, key: &str, place: &Place) -> Result<Option<RecordId>, Diagnostic> {
        let (name, slug) = key.split_once('/').unwrap_or((key, ""));
        let Some(collection) = self.schema.collection(name) else {
            let names = self.schema.collections.iter().map(|collection| collection.name.as_str());
            return Err(errors::unknown_collection(name, suggest::nearest(name, names), place.clone()));
        };
        let singular = &self.schema[collection].singular;
        match self.records.catalog().standing(collection, slug) {
            Some(SlugState::Record(id)) => Ok(Some(id)),
            Some(SlugState::Unread) => Ok(None),
            Some(SlugState::Held(held)) => {
                Err(errors::reference_to_draft(singular, slug, held, place.clone()))
            }
            None => Err(errors::unknown_reference(&self.schema[collection], slug, place.clone())),
        }
    }

    pub(crate) fn page_of(&self, id: RecordId, suffix: &str, place: &Place) -> Result<Link, Diagnostic> {
        if let Some(route) = self.routes.of_record(id) {
            let mut suffix = url::suffix(suffix).into_owned();
            if !suffix.contains('#') {
                suffix.push_str(self.routes.fragment_of(id));
            }
            return Ok(Link::Route { url: Arc::clone(&route.url), record: Some(id), suffix });
        }
        let collection = &self.schema[id.collection];
        let home = self.schema.home(RelationId::Collection(id.collection));
        if home.is_some() || collection.anchored.is_some() {
            return Ok(Link::Nowhere);
        }
        Err(errors::no_page(&collection.singular, &self.records[id].slug, &collection.name, place.clone()))
    }

    /// Resolves a path from the site's root, of a link that begins with a slash.
    fn absolute_link(&self, to: &str, path: &str, suffix: &str, place: &Place) -> Result<Link, Diagnostic> {
        let path = &*composed(path);
        // Some authors write the site's path at its host in front.
        let below = path.strip_prefix(&*self.config.base_url.path).filter(|path| path.starts_with('/'));
        let paths = || std::iter::once(path).chain(below);
        if let Some(route) = paths().find_map(|path| self.page_at(path)) {
            return Ok(self.link_to(route, suffix));
        }
        if let Some(found) = paths().find_map(|path| self.file_from_a_root(path, suffix, place)) {
            return found;
        }
        if paths().any(|path| self.may_be_page_at(path)) {
            return Ok(Link::Nowhere);
        }
        Err(errors::broken_link(to, Among::Urls, path, place.clone()))
    }

    /// Resolves a path of the site from a whole URL.
    fn own_link(&self, to: &str, path: &str, suffix: &str, place: &Place) -> Result<Link, Diagnostic> {
        match self.page_at(path) {
            Some(route) => Ok(self.link_to(route, suffix)),
            None if self.may_be_page_at(path) => Ok(Link::Nowhere),
            None => Err(errors::broken_link(to, Among::Urls, path, place.clone())),
        }
    }

    /// Finds the page at a path, also in the forms of other hosts and tools.
    fn page_at(&self, path: &str) -> Option<&Route> {
        self.routes.by_any_name(path).or_else(|| {
            let pages = forms::pages(path);
            pages.iter().find_map(|path| self.routes.by_url(path))
        })
    }

    /// Returns true if a page that is not published or could not be read would have a path, in any of its
    /// forms.
    fn may_be_page_at(&self, path: &str) -> bool {
        forms::pages(path).iter().any(|path| self.may_be_page(path))
    }

    /// Resolves the path of a file from the content's folder, or from the site's folder as on GitHub.
    fn file_from_a_root(&self, path: &str, suffix: &str, place: &Place) -> Option<Result<Link, Diagnostic>> {
        let (name, is_folder) = (path[1..].trim_end_matches('/'), path.ends_with('/'));
        let roots: Vec<_> = self.config.content.folders.paths(name).chain([name.to_owned()]).collect();
        let files = roots.iter().flat_map(|path| forms::files(path.trim_end_matches('/'), is_folder));
        files.into_iter().find_map(|file| self.in_file(&file, suffix, place))
    }

    fn link_to(&self, route: &Route, suffix: &str) -> Link {
        let record = self.record_of(route);
        Link::Route { url: Arc::clone(&route.url), record, suffix: url::suffix(suffix).into() }
    }

    /// Returns true if a page that is not published or could not be read would have this path.
    fn may_be_page(&self, path: &str) -> bool {
        self.routes.is_unpublished(path) || self.may_be_missing(path)
    }

    /// Returns true if a page that is missing for a reported reason could have this path.
    pub fn may_be_missing(&self, path: &str) -> bool {
        let incomplete = || self.routes.incomplete().any(|family| self.schema[family].admits(path));
        self.may_be_unread(path) || self.routes.is_unfit(path) || incomplete()
    }

    /// Resolves a relative link: to a file from the text's file, or else to a page from the text's page.
    fn relative_link(&self, to: &str, path: &str, suffix: &str, place: &Place) -> Result<Link, Diagnostic> {
        let file = self.file_at(&place.path, path);
        if let Some(found) = file.as_ref().and_then(|file| self.beside(file, path, suffix, place)) {
            return found;
        }
        let url = self.url_of_text(place).and_then(|page| url::relative(page, &composed(path)));
        if let Some(route) = url.as_ref().and_then(|url| self.page_at(url)) {
            return Ok(self.link_to(route, suffix));
        }
        if url.as_ref().is_some_and(|url| self.may_be_page_at(url)) {
            return Ok(Link::Nowhere);
        }
        if let Some(list) = url.as_ref().and_then(|url| self.schema.list_at(url)) {
            let problem = errors::broken_link(to, Among::Names, to, place.clone());
            return Err(errors::leads_to_empty_list(problem, list));
        }
        let is_content = |path: &str| self.config.content.folders.name(path).is_some();
        Err(match file {
            Some(file) if is_content(&place.path) && !is_content(&file) => {
                errors::link_out_of_content(to, &file, place.clone())
            }
            Some(file) => errors::broken_link(to, Among::Files, &file, place.clone()),
            None => errors::broken_link(to, Among::Names, to, place.clone()),
        })
    }

    /// Returns the path of the file that a relative link means: from the text's file on disk or, if nothing
    /// is there, from its name in the content. None if the path leads out of the site.
    fn file_at(&self, from: &str, path: &str) -> Option<String> {
        let file = url::join(from, path);
        let content = &self.config.content.folders;
        if !content.has_names() || file.as_ref().is_some_and(|file| self.is_there(file)) {
            return file;
        }
        let named = content.name(from).and_then(|from| url::join(&from, path));
        let paths = named.iter().flat_map(|name| content.paths(name));
        paths.into_iter().find(|path| self.is_there(path)).or(file)
    }

    /// Returns true if links can lead to a file, or to a folder by its index file.
    fn is_there(&self, path: &str) -> bool {
        let is_file = |path: &String| {
            !self.records.by_file(path).is_empty()
                || self.unread.contains(path.as_str())
                || self.routes.of_file(path).is_some()
        };
        forms::files(path, false).iter().any(is_file)
    }

    /// Returns the path of the page with the text of a file, if the file holds exactly one record.
    fn url_of_text(&self, place: &Place) -> Option<&str> {
        let [id] = self.records.by_file(&place.path) else { return None };
        self.routes.of_record(*id).map(|page| &*page.url)
    }

    /// Resolves a relative link to a file, or to a folder by its index file; none if it does not exist.
    fn beside(
        &self,
        file: &str,
        path: &str,
        suffix: &str,
        place: &Place,
    ) -> Option<Result<Link, Diagnostic>> {
        let is_folder = path.ends_with('/') || matches!(path.rsplit('/').next(), Some("." | ".."));
        let mut files = forms::files(file, is_folder).into_iter();
        files.find_map(|file| self.in_file(&file, suffix, place))
    }

    /// Returns true if a path ends like that of a page whose file could not be read.
    fn may_be_unread(&self, path: &str) -> bool {
        let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        self.unread_names.contains(name)
    }

    /// Resolves the name of a file in the content to the page of its record.
    fn file_link(&self, to: &str, name: &str, suffix: &str, place: &Place) -> Result<Link, Diagnostic> {
        let content = &self.config.content.folders;
        let found = content.paths(name).find_map(|file| self.in_file(&file, suffix, place));
        found.unwrap_or_else(|| {
            Err(errors::broken_link(to, Among::Content, &content.path_of_new(name), place.clone()))
        })
    }

    /// Resolves a file to the page of its record, or to the file if it is published unchanged; none if it
    /// does not exist.
    fn in_file(&self, file: &str, suffix: &str, place: &Place) -> Option<Result<Link, Diagnostic>> {
        let file = &*composed(file);
        if let [id] = self.records.by_file(file) {
            return Some(self.page_of(*id, suffix, place));
        }
        let catalog = self.records.catalog();
        if let Some((collection, slug, held)) = catalog
            .held(file)
            .or_else(|| catalog.withheld(file, (&self.schema, &self.config.content.folders)))
        {
            let singular = &self.schema[*collection].singular;
            return Some(Err(errors::reference_to_draft(singular, slug, *held, place.clone())));
        }
        if self.unread.contains(file) {
            return Some(Ok(Link::Nowhere));
        }
        let link = |route: &Route| {
            Ok(Link::Route { url: Arc::clone(&route.url), record: None, suffix: url::suffix(suffix).into() })
        };
        self.routes.of_file(file).map(link)
    }
}

/// Returns the fragment in what follows a link's path, without its `#`.
fn fragment(suffix: &str) -> &str {
    suffix.split_once('#').map_or("", |(_, fragment)| fragment)
}
