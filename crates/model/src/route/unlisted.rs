//! Pages that are never listed, whatever their families declare, because visitors do not look for them.

use super::Route;
use crate::schema::Schema;

/// The reason why a page is never listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unlisted {
    /// Hosts show the page in place of missing ones.
    NotFound,
    /// The page shows the results of the site's search.
    Search,
}

impl Unlisted {
    /// Recognizes such a page by its path: `404.html` in any folder, and the page of the search.
    pub(super) fn of(url: &str, schema: &Schema) -> Option<Self> {
        let is_search = || schema.search.as_ref().is_some_and(|search| *search.path == *url);
        match url.rsplit('/').next() {
            Some("404.html" | "404.htm") => Some(Self::NotFound),
            _ => is_search().then_some(Self::Search),
        }
    }

    /// Describes the page in a few words.
    pub fn describe(self) -> &'static str {
        match self {
            Self::NotFound => "the page for what is not there",
            Self::Search => "the page of the search",
        }
    }
}

impl Route {
    /// Returns the reason why the page is never listed; none if its family decides.
    pub fn unlisted(&self, schema: &Schema) -> Option<Unlisted> {
        Unlisted::of(&self.url, schema)
    }
}
