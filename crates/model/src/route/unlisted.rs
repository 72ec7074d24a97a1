//! Pages that are never listed, whatever their families declare: visitors do not look for them.

use super::Route;
use crate::schema::Schema;

/// Why a page is in no list of pages, whatever its family declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unlisted {
    /// Hosts show it in place of what is not there.
    NotFound,
    /// It shows what the site's search finds.
    Search,
}

impl Unlisted {
    /// Whether a page at a path is one of these: `404.html` in any folder, and the page in the folder of the search.
    pub(super) fn of(url: &str, schema: &Schema) -> Option<Self> {
        let is_search = || schema.search.as_ref().is_some_and(|search| *search.path == *url);
        match url.rsplit('/').next() {
            Some("404.html" | "404.htm") => Some(Self::NotFound),
            _ => is_search().then_some(Self::Search),
        }
    }

    /// What the page is, in a few words.
    pub fn describe(self) -> &'static str {
        match self {
            Self::NotFound => "the page for what is not there",
            Self::Search => "the page of the search",
        }
    }
}

impl Route {
    /// Why it is in no list of pages, whatever its family declares; none if that decides.
    pub fn unlisted(&self, schema: &Schema) -> Option<Unlisted> {
        Unlisted::of(&self.url, schema)
    }
}
