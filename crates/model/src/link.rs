//! What a link in Markdown leads to.

use std::sync::Arc;

use sitegen_parser::{Among, Diagnostic, Place};

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
        /// The id of the place.
        fragment: String,
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
    /// `unknown-collection`, `unknown-reference`, `no-page` for `@collection/slug`; `broken-link` for paths.
    pub fn resolve(&self, to: &str, place: &Place) -> Result<Link, Diagnostic> {
        if let Some(path) = to.strip_prefix("@/") {
            let (path, suffix) = split(path);
            return self.file_link(to, (Among::Content, &format!("content/{path}")), suffix, place);
        }
        if let Some(key) = to.strip_prefix('@') {
            return self.record_link(key, place);
        }
        if to.is_empty() {
            return Ok(Link::Nowhere);
        }
        if is_external(to) {
            return Ok(Link::External);
        }
        if let Some(fragment) = to.strip_prefix('#') {
            return Ok(Link::Here { fragment: url::decode(fragment).unwrap_or_default().into_owned() });
        }
        let (path, suffix) = split(to);
        let broken = || errors::broken_link(to, Among::Names, to, place.clone());
        let Some(path) = url::decode(path) else { return Err(broken()) };
        if path.starts_with('/') {
            return self.absolute_link(&path, suffix, place);
        }
        match url::join(&place.path, &path) {
            Some(file) => self.file_link(to, (Among::Files, &file), suffix, place),
            None => Err(broken()),
        }
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
            let (url, suffix) = (Arc::clone(&route.url), suffix.to_owned());
            return Ok(Link::Route { url, record: Some(id), suffix });
        }
        let collection = &self.schema[id.collection];
        if self.schema.home(RelationId::Collection(id.collection)).is_some() {
            return Ok(Link::Nowhere);
        }
        Err(errors::no_page(&collection.singular, &self.records[id].slug, &collection.name, place.clone()))
    }

    fn absolute_link(&self, path: &str, suffix: &str, place: &Place) -> Result<Link, Diagnostic> {
        match self.routes.by_url(path) {
            Some(route) => {
                let record = self.record_of(route);
                Ok(Link::Route { url: Arc::clone(&route.url), record, suffix: suffix.to_owned() })
            }
            None if self.routes.is_unpublished(path) || self.may_be_missing(path) => Ok(Link::Nowhere),
            None => Err(errors::broken_link(path, Among::Urls, path, place.clone())),
        }
    }

    /// Whether a path could be that of a page that is not there for a reason that is reported.
    pub fn may_be_missing(&self, path: &str) -> bool {
        let incomplete = || self.routes.incomplete().any(|family| self.schema[family].path.admits(path));
        self.may_be_unread(path) || self.routes.is_unfit(path) || incomplete()
    }

    /// Whether a path ends as that of a page could whose file could not be read.
    fn may_be_unread(&self, path: &str) -> bool {
        let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        self.unread_names.contains(name)
    }

    /// The page of the record in a file, or a file that is published as it is.
    fn file_link(
        &self,
        to: &str,
        (among, file): (Among, &str),
        suffix: &str,
        place: &Place,
    ) -> Result<Link, Diagnostic> {
        if let [id] = self.records.by_file(file) {
            return self.page_of(*id, suffix, place);
        }
        if let Some((collection, slug, held)) = self.records.catalog().held(file) {
            let singular = &self.schema[*collection].singular;
            return Err(errors::reference_to_draft(singular, slug, *held, place.clone()));
        }
        if self.unread.contains(file) {
            return Ok(Link::Nowhere);
        }
        match self.routes.of_file(file) {
            Some(route) => {
                Ok(Link::Route { url: Arc::clone(&route.url), record: None, suffix: suffix.to_owned() })
            }
            None => Err(errors::broken_link(to, among, file, place.clone())),
        }
    }
}

/// A link's path, and what follows it.
fn split(to: &str) -> (&str, &str) {
    to.split_at(to.find(['?', '#']).unwrap_or(to.len()))
}

/// Whether a link leaves the site or names no file: it has a scheme, or begins with two slashes.
pub fn is_external(to: &str) -> bool {
    let scheme = to.split([':', '/', '?', '#']).next().unwrap_or_default();
    let has_scheme = to[scheme.len()..].starts_with(':')
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    has_scheme || to.starts_with("//")
}
