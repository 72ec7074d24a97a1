//! The types of routes: pages, redirects, assets and all other files of the output.

use std::ops::Range;
use std::sync::Arc;

use sitegen_parser::{ImageSize, Place};

use super::html::{html_stem, is_bare};
use crate::ground::FamilyId;
use crate::schema::Host;

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The path, not percent-encoded and without that of the base URL: `/companies/amazon/`.
    pub url: Arc<str>,
    /// The contents of the file.
    pub target: Target,
    /// The source of the route, for diagnostics.
    pub place: Place,
}

/// The contents of a route's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page of a family.
    Page {
        /// The family.
        family: FamilyId,
        /// The rows that the page shows.
        shows: Shows,
        /// The page's title.
        title: Arc<str>,
        /// True if search engines may list the page.
        indexed: bool,
    },
    /// A page that leads to another.
    Redirect {
        /// The path of the other page.
        to: Arc<str>,
        /// The fragment of a place on it, with its `#`, or empty.
        fragment: Arc<str>,
    },
    /// An image that other sites show in links to a page.
    Card {
        /// The page's path.
        of: Arc<str>,
    },
    /// A file from `assets/`, under a name that changes with its bytes.
    Asset {
        /// The path below `assets/`.
        name: Arc<str>,
        /// The path of its file among the inputs.
        path: Arc<str>,
        /// The size in pixels, if the file is an image that tells its size.
        size: Option<ImageSize>,
    },
    /// A file that is published unchanged.
    File {
        /// The path among the inputs.
        path: Arc<str>,
        /// The size in pixels, if the file is an image that tells its size.
        size: Option<ImageSize>,
    },
    /// A file of data with which a browser searches pages.
    Search(SearchFile),
    /// A page's text as Markdown.
    Twin {
        /// The page's path.
        of: Arc<str>,
    },
    /// A list of pages for search engines.
    Sitemap(Sitemap),
    /// A configuration file for a host.
    ForHost {
        /// The host.
        host: Host,
        /// The settings in the file.
        tells: Tells,
    },
}

/// A file of the sitemap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sitemap {
    /// The list of the sitemap's other files.
    Index,
    /// A list of pages.
    Part {
        /// The family of the pages.
        family: FamilyId,
        /// The range of the family's pages. Those that are not indexed are skipped.
        pages: Range<usize>,
    },
}

/// The rows of its family's relation that a page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shows {
    /// No rows: the page stands for itself.
    Nothing,
    /// One row.
    Row(usize),
    /// Several rows: a part of a list.
    Part(Arc<ListPage>),
}

/// A part of a list that is spread over several pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListPage {
    /// The rows of this part.
    pub rows: Vec<usize>,
    /// The number of this part, from 1.
    pub number: usize,
    /// The paths of all parts, in order.
    pub parts: Arc<[Arc<str>]>,
    /// The number of rows in all parts.
    pub total: usize,
}

/// A file of data with which a browser searches pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchFile {
    /// All titles.
    Titles,
    /// The headings that templates make.
    Headings,
    /// A part of the words of all texts, numbered from 0.
    Words(usize),
}

/// The settings in a file for a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tells {
    /// All redirects.
    Redirects,
    /// The headers of files.
    Headers,
    /// Both.
    Both,
}

impl Route {
    /// Lists the forms of the path that hosts tell apart: a folder's path with the slash at its end, and
    /// without.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        [Some(&*self.url), without_slash(&self.url)].into_iter().flatten()
    }

    /// Returns true if the route is an HTML page.
    pub fn is_html(&self) -> bool {
        matches!(self.target, Target::Page { .. }) && html_stem(&self.url).is_some()
    }

    /// Returns true if the route is an HTML page that search engines may list.
    pub fn is_indexed(&self) -> bool {
        self.is_html() && matches!(self.target, Target::Page { indexed: true, .. })
    }

    /// Returns the size of an image among assets and files.
    pub fn image_size(&self) -> Option<ImageSize> {
        match self.target {
            Target::Asset { size, .. } | Target::File { size, .. } => size,
            _ => None,
        }
    }

    /// Returns the path of the file in the output folder.
    pub fn output_path(&self) -> String {
        let path = &self.url[1..];
        let is_page = matches!(self.target, Target::Page { .. });
        match () {
            () if path.is_empty() || path.ends_with('/') => format!("{path}index.html"),
            () if is_page && is_bare(&self.url) => format!("{path}.html"),
            () => path.to_owned(),
        }
    }
}

/// Removes the slash at the end of a folder's path; none for the root, and for paths of files.
pub(super) fn without_slash(url: &str) -> Option<&str> {
    url.strip_suffix('/').filter(|bare| !bare.is_empty())
}
