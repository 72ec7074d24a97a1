//! What a link in Markdown leads to.

use std::sync::Arc;

use sitegen_parser::{Among, Diagnostic, Place, composed, is_odd_scheme, scheme, unknown_scheme};

use crate::record::{RecordId, Standing};
use crate::route::{Route, Shows, Target};
use crate::schema::RelationId;
use crate::{Model, errors, suggest, url};

/// What a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// Another site, or what is not a page. Left as it is.
    External,
    /// A place on the page that shows the text.
    Here {
        /// What names the place, as it is written.
        fragment: String,
        /// The link as it is published.
        href: String,
    },
    /// A route of the site.
    Route {
        /// Its path.
        url: Arc<str>,
        /// The record that it shows, if the link named one.
        record: Option<RecordId>,
        /// What follows the path, `?` or `#` included.
        suffix: String,
    },
    /// Nothing, for a reason that is reported elsewhere.
    Nowhere,
}

impl Model {
    /// Finds what a link leads to that stands in a file's Markdown.
    ///
    /// # Errors
    ///
    /// `unknown-collection`, `unknown-reference`, `no-page` for `@collection/slug`; `broken-link` for paths; `forbidden-link`.
    pub fn resolve(&self, to: &str, place: &Place) -> Result<Link, Diagnostic> {
        if let Some(path) = to.strip_prefix("@/") {
            let (path, suffix) = split(path);
            return self.file_link(to, &format!("content/{path}"), suffix, place);
        }
        if let Some(key) = to.strip_prefix('@') {
            return self.record_link(key, place);
        }
        if to.is_empty() {
            return Ok(Link::Nowhere);
        }
        if let Some(own) = self.config.base_url.own(to) {
            let (path, suffix) = split(own);
            let path = url::decode(path).unwrap_or_default();
            return self.absolute_link(to, &url::without_dots(path), suffix, place);
        }
        if is_external(to) && !self.config.allows_scheme(to) && !is_odd_scheme(to) {
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

    /// The record whose page a route is.
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

    /// The record of `collection/slug`; none if it is there but something else is wrong with it.
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
            Some(Standing::Record(id)) => Ok(Some(id)),
            Some(Standing::Unread) => Ok(None),
            Some(Standing::Held(held)) => {
                Err(errors::reference_to_draft(singular, slug, held, place.clone()))
            }
            None => Err(errors::unknown_reference(&self.schema[collection], slug, place.clone())),
        }
    }

    fn page_of(&self, id: RecordId, suffix: &str, place: &Place) -> Result<Link, Diagnostic> {
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

    fn absolute_link(&self, to: &str, path: &str, suffix: &str, place: &Place) -> Result<Link, Diagnostic> {
        let path = &*composed(path);
        match self.routes.by_any_name(path) {
            Some(route) => Ok(self.link_to(route, suffix)),
            None if self.may_be_page(path) => Ok(Link::Nowhere),
            None => {
                // Many write the path of a file as if its folder were the root of the site.
                let file = Some(format!("@{to}")).filter(|_| self.is_record(&format!("content{path}")));
                Err(errors::broken_link(to, Among::Urls, path, place.clone()).suggest(file.as_deref()))
            }
        }
    }

    /// Whether a file holds records.
    fn is_record(&self, file: &str) -> bool {
        !self.records.by_file(file).is_empty()
    }

    fn link_to(&self, route: &Route, suffix: &str) -> Link {
        let record = self.record_of(route);
        Link::Route { url: Arc::clone(&route.url), record, suffix: url::suffix(suffix).into() }
    }

    /// Whether a path would be that of a page which is not published, or could not be read.
    fn may_be_page(&self, path: &str) -> bool {
        self.routes.is_unpublished(path) || self.may_be_missing(path)
    }

    /// Whether a path could be that of a page that is not there for a reason that is reported.
    pub fn may_be_missing(&self, path: &str) -> bool {
        let incomplete = || self.routes.incomplete().any(|family| self.schema[family].admits(path));
        self.may_be_unread(path) || self.routes.is_unfit(path) || incomplete()
    }

    /// A file beside the text, or else what is at this path from the page that shows the text.
    fn relative_link(&self, to: &str, path: &str, suffix: &str, place: &Place) -> Result<Link, Diagnostic> {
        let file = url::join(&place.path, path);
        if let Some(found) = file.as_ref().and_then(|file| self.beside(file, path, suffix, place)) {
            return found;
        }
        let url = self.url_of_text(place).and_then(|page| url::relative(page, &composed(path)));
        match url.as_ref().and_then(|url| self.routes.by_any_name(url)) {
            Some(route) => Ok(self.link_to(route, suffix)),
            None if url.as_ref().is_some_and(|url| self.may_be_page(url)) => Ok(Link::Nowhere),
            None => {
                let (among, name) = file.as_deref().map_or((Among::Names, to), |file| (Among::Files, file));
                let problem = errors::broken_link(to, among, name, place.clone());
                if let Some(list) = url.as_ref().and_then(|url| self.schema.list_at(url)) {
                    return Err(errors::leads_to_empty_list(problem, list));
                }
                Err(problem.suggest(self.meant(to, file.as_deref(), url.as_deref()).as_deref()))
            }
        }
    }

    /// The path of the page of the one record that a file holds.
    fn url_of_text(&self, place: &Place) -> Option<&str> {
        let [id] = self.records.by_file(&place.path) else { return None };
        self.routes.of_record(*id).map(|page| &*page.url)
    }

    /// What a relative link to a file leads to, or one to a folder by the file that stands for it; none if it is not there.
    fn beside(
        &self,
        file: &str,
        path: &str,
        suffix: &str,
        place: &Place,
    ) -> Option<Result<Link, Diagnostic>> {
        if !path.ends_with(['/', '.']) {
            return self.in_file(file, suffix, place);
        }
        INDEXES.iter().find_map(|index| self.in_file(&format!("{file}/{index}"), suffix, place))
    }

    /// What was most likely meant by a relative link: the file with its ending, or a page with the slash at its end.
    fn meant(&self, to: &str, file: Option<&str>, url: Option<&str>) -> Option<String> {
        let (path, suffix) = split(to);
        let stem = |path: &str| {
            let path = path.trim_end_matches('/');
            path.strip_suffix(".html").unwrap_or(path).to_owned()
        };
        if file.is_some_and(|file| self.is_record(&format!("{}.md", stem(file)))) {
            return Some(format!("{}.md{suffix}", stem(path)));
        }
        let slash = url.and_then(|url| self.routes.by_url(&format!("{url}/")));
        slash.map(|_| format!("{path}/{suffix}"))
    }

    /// Whether a path ends as that of a page could whose file could not be read.
    fn may_be_unread(&self, path: &str) -> bool {
        let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        self.unread_names.contains(name)
    }

    fn file_link(&self, to: &str, file: &str, suffix: &str, place: &Place) -> Result<Link, Diagnostic> {
        let found = self.in_file(file, suffix, place);
        found.unwrap_or_else(|| Err(errors::broken_link(to, Among::Content, file, place.clone())))
    }

    /// The page of the record in a file, or a file that is published as it is; none if there is no such file.
    fn in_file(&self, file: &str, suffix: &str, place: &Place) -> Option<Result<Link, Diagnostic>> {
        let file = &*composed(file);
        if let [id] = self.records.by_file(file) {
            return Some(self.page_of(*id, suffix, place));
        }
        let catalog = self.records.catalog();
        if let Some((collection, slug, held)) = catalog.held(file).or_else(|| catalog.withheld(file)) {
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

/// The files that stand for the folder that they are in, the first that is there.
pub const INDEXES: [&str; 3] = ["index.md", "_index.md", "README.md"];

/// A link's path, and what follows it.
pub(crate) fn split(to: &str) -> (&str, &str) {
    to.split_at(to.find(['?', '#']).unwrap_or(to.len()))
}

/// The fragment of what follows a link's path.
fn fragment(suffix: &str) -> &str {
    suffix.split_once('#').map_or("", |(_, fragment)| fragment)
}

/// Whether a link says another host or is no path: it has a scheme, or begins with two slashes, for which browsers
/// also take backslashes.
pub fn is_external(to: &str) -> bool {
    scheme(to).is_some()
        || to.trim_start().as_bytes().get(..2).is_some_and(|start| start.iter().all(|c| b"/\\".contains(c)))
}
