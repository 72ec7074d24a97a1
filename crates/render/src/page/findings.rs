//! What rendering found, put together from all routes.

use std::collections::BTreeMap;
use std::sync::Arc;

use sitegen_parser::{Diagnostic, Place};

/// What rendering found. Findings can be put together in any order, with the same result.
#[derive(Debug, Default)]
pub struct Findings {
    /// What is wrong, and on which pages it showed.
    pub(crate) problems: BTreeMap<Diagnostic, Pages>,
    /// The places on other pages that links of pages lead to.
    pub(crate) anchors: BTreeMap<(Arc<str>, String), Pages>,
    /// The links that lead nowhere, or must lead nowhere.
    pub(crate) broken: BTreeMap<Broken, Pages>,
    /// The texts that templates gave to Markdown and in which it warns of something.
    pub(crate) warned: BTreeMap<Warned, Pages>,
    /// The places on their own pages that links lead to and that are not there, with those most likely meant.
    pub(crate) missing: BTreeMap<(Arc<str>, String), Option<String>>,
    /// How many pages of HTML were looked at.
    pub(crate) pages: usize,
    /// How many pages could not be rendered to their end.
    pub(crate) unrendered: usize,
}

/// A text whose Markdown warns of something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Warned {
    pub text: String,
    /// The template of the pages that show it.
    pub template: Arc<str>,
    /// Where the filter stands that reads it: known of the first such text on a page.
    pub filter: Option<Place>,
}

/// A link on pages that cannot stand there.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Broken {
    /// The template of the pages.
    pub template: Arc<str>,
    /// The link as it stands on them.
    pub link: String,
    pub fault: Fault,
    /// Where the record says it whose page it is, if it does.
    pub said: Option<Place>,
}

/// Why a link cannot stand on a page.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// It could run a program.
    Forbidden,
    /// Links may not have its scheme, unless the site says so.
    Scheme,
    /// It leads nowhere. The path of the site that it means, if it means one.
    Nowhere(Option<String>),
}

/// Pages on which something showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pages {
    /// The first by its path.
    pub first: Arc<str>,
    pub count: usize,
}

impl Findings {
    /// Both together.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        merge(&mut self.problems, other.problems);
        merge(&mut self.anchors, other.anchors);
        merge(&mut self.broken, other.broken);
        merge(&mut self.warned, other.warned);
        self.missing.extend(other.missing);
        self.pages += other.pages;
        self.unrendered += other.unrendered;
        self
    }
}

/// Adds what was found on more pages.
pub(crate) fn merge<K: Ord>(into: &mut BTreeMap<K, Pages>, other: BTreeMap<K, Pages>) {
    for (key, pages) in other {
        let merged = match into.remove(&key) {
            Some(known) => known.and(pages),
            None => pages,
        };
        into.insert(key, merged);
    }
}

impl Pages {
    pub(crate) fn one(url: &Arc<str>) -> Self {
        Self { first: Arc::clone(url), count: 1 }
    }

    fn and(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), count: self.count + other.count }
    }

    /// Such as "on /a/ and 3 other pages".
    pub(crate) fn describe(&self) -> String {
        match self.count {
            1 => format!("on {}", self.first),
            2 => format!("on {} and one other page", self.first),
            count => format!("on {} and {} other pages", self.first, count - 1),
        }
    }
}
