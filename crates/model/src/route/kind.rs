//! What a route is, and of which kinds routes are.

use std::ops::Range;
use std::sync::Arc;

use sitegen_parser::{ImageSize, Place};

use super::html::{html_stem, is_bare};
use crate::ground::FamilyId;
use crate::schema::Host;

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Its path, not percent-encoded, without the base URL's: `/companies/amazon/`.
    pub url: Arc<str>,
    /// What is there.
    pub target: Target,
    /// What makes it, for diagnostics.
    pub place: Place,
}

/// What a route shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page of a family.
    Page {
        /// The family.
        family: FamilyId,
        /// The rows that it is made from.
        shows: Shows,
        /// Its title.
        title: Arc<str>,
        /// Whether search engines may list it.
        indexed: bool,
    },
    /// A page that leads to another.
    Redirect {
        /// The other's path.
        to: Arc<str>,
        /// The place on it, from the `#` on; empty if there is none.
        fragment: Arc<str>,
    },
    /// An image that stands for a page where it is linked to.
    Card {
        /// The page's path.
        of: Arc<str>,
    },
    /// A file from `assets/`, under a name that changes with its bytes.
    Asset {
        /// Its path below `assets/`.
        name: Arc<str>,
        /// The path of its file among the inputs.
        path: Arc<str>,
        /// Its size, if it is an image that says it.
        size: Option<ImageSize>,
    },
    /// A file that is published as it is.
    File {
        /// Its path among the inputs.
        path: Arc<str>,
        /// Its size, if it is an image that says it.
        size: Option<ImageSize>,
    },
    /// A file of data from which a browser finds pages.
    Search(SearchFile),
    /// A page's text as Markdown.
    Twin {
        /// The page's path.
        of: Arc<str>,
    },
    /// A list of pages for search engines.
    Sitemap(Sitemap),
    /// What a host reads of how to serve the site.
    ForHost {
        /// The host.
        host: Host,
        /// What it reads there.
        tells: Tells,
    },
}

/// A file of the sitemap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sitemap {
    /// The list of the others.
    Index,
    /// A list of pages.
    Part {
        /// Their family.
        family: FamilyId,
        /// Where they stand among its pages. Those that are not indexed are not listed.
        pages: Range<usize>,
    },
}

/// The rows of its family's relation that a page is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shows {
    /// None: it is a page of its own.
    Nothing,
    /// One, whose page it is.
    Row(usize),
    /// Several, some of a list.
    Part(Arc<Part>),
}

/// A part of a list that is so long that it has several pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its rows.
    pub rows: Vec<usize>,
    /// Which part it is, from 1.
    pub number: usize,
    /// The paths of all parts, in order.
    pub parts: Arc<[Arc<str>]>,
    /// How many rows the list has in all parts.
    pub total: usize,
}

/// A file of data from which a browser finds pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchFile {
    /// All titles.
    Titles,
    /// The headings that templates make.
    Headings,
    /// A part of the words of all texts, from 0.
    Words(usize),
}

/// What a file for a host tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tells {
    /// All redirects.
    Redirects,
    /// The headers with which to send files.
    Headers,
    /// Both.
    Both,
}

impl Route {
    /// Its path in the forms that hosts tell apart: a folder's with the slash at its end, and without.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        [Some(&*self.url), without_slash(&self.url)].into_iter().flatten()
    }

    /// Whether it is a page of HTML.
    pub fn is_html(&self) -> bool {
        matches!(self.target, Target::Page { .. }) && html_stem(&self.url).is_some()
    }

    /// Whether it is a page for search engines: of HTML, and indexed.
    pub fn is_indexed(&self) -> bool {
        self.is_html() && matches!(self.target, Target::Page { indexed: true, .. })
    }

    /// Its size, if it is a file of the site that is an image and says it.
    pub fn image_size(&self) -> Option<ImageSize> {
        match self.target {
            Target::Asset { size, .. } | Target::File { size, .. } => size,
            _ => None,
        }
    }

    /// The path of its file in the output folder.
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

/// A folder's path without the slash at its end; none of the root, or of what is no folder.
pub(super) fn without_slash(url: &str) -> Option<&str> {
    url.strip_suffix('/').filter(|bare| !bare.is_empty())
}
