//! The findings of rendering: problems, and links that can be judged only once all pages are rendered.

use std::collections::BTreeMap;
use std::sync::Arc;

use sitegen_model::Route;
use sitegen_parser::{Diagnostic, Place};

/// The findings of rendering. They can be merged in any order, with the same result.
#[derive(Debug, Default)]
pub struct Findings {
    /// The problems, and the pages on which each showed.
    pub(crate) problems: BTreeMap<Diagnostic, AffectedPages>,
    /// The places that pages link to on other pages.
    pub(crate) anchors: BTreeMap<(Arc<str>, String), AffectedPages>,
    /// The links that lead nowhere or are forbidden.
    pub(crate) broken: BTreeMap<Broken, AffectedPages>,
    /// The parts of pages that are wrong in themselves, each with the template of the pages.
    pub(crate) faults: BTreeMap<(Arc<str>, PagePart), AffectedPages>,
    /// The texts with warnings that templates passed to the filter `markdown`.
    pub(crate) warned: BTreeMap<Warned, AffectedPages>,
    /// The missing places that pages link to on themselves, each with the id that was most likely meant.
    pub(crate) missing: BTreeMap<(Arc<str>, String), Option<String>>,
    /// The number of pages of HTML that were checked.
    pub(crate) pages: usize,
    /// The number of pages that could not be rendered to their end.
    pub(crate) unrendered: usize,
}

/// A part of a page with a problem.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum PagePart {
    /// A link, as it stands on the page.
    Link(String),
    /// A link to a place of a page: the page's path and the fragment.
    Anchor(Arc<str>, String),
    /// An id that stands there more than once.
    Id(String),
    /// A part that is not well-formed XML, with the reason.
    Xml(String),
}

/// A text with warnings about its Markdown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Warned {
    pub text: String,
    /// The template of the pages that show it.
    pub template: Arc<str>,
    /// The place of the filter that read the text, known only for the first such text of a page.
    pub filter: Option<Place>,
}

/// A link on pages that cannot stand there.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Broken {
    /// The template of the pages.
    pub template: Arc<str>,
    /// The link as it stands on them.
    pub link: String,
    pub fault: LinkFault,
    /// The place of the link in the source of the page's record, if it is there.
    pub said: Option<Place>,
}

impl Broken {
    /// Returns the link as a part of a page.
    pub(crate) fn part(&self) -> PagePart {
        PagePart::Link(self.link.clone())
    }
}

/// The reason why a link cannot stand on a page.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LinkFault {
    /// It could run a program.
    Forbidden,
    /// Links may not have its scheme, unless the site says so.
    Scheme,
    /// It leads nowhere. Holds the path of the site that it means, if it means one.
    Nowhere(Option<String>),
}

/// The pages on which something showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AffectedPages {
    /// The first by its path.
    pub first: Arc<str>,
    pub count: usize,
}

impl Findings {
    /// Adds a part of a page that is wrong in itself.
    pub(crate) fn fault(&mut self, route: &Route, template: Arc<str>, part: PagePart) {
        self.faults.insert((template, part), AffectedPages::one(&route.url));
    }

    /// Merges the findings of other routes.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        merge(&mut self.problems, other.problems);
        merge(&mut self.anchors, other.anchors);
        merge(&mut self.broken, other.broken);
        merge(&mut self.faults, other.faults);
        merge(&mut self.warned, other.warned);
        self.missing.extend(other.missing);
        self.pages += other.pages;
        self.unrendered += other.unrendered;
        self
    }
}

/// Adds the pages of `other` to those of the same keys.
pub(crate) fn merge<K: Ord>(into: &mut BTreeMap<K, AffectedPages>, other: BTreeMap<K, AffectedPages>) {
    for (key, pages) in other {
        let merged = match into.remove(&key) {
            Some(known) => known.and(pages),
            None => pages,
        };
        into.insert(key, merged);
    }
}

impl AffectedPages {
    pub(crate) fn one(url: &Arc<str>) -> Self {
        Self { first: Arc::clone(url), count: 1 }
    }

    fn and(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), count: self.count + other.count }
    }

    /// Describes the pages, such as "on /a/ and 3 other pages".
    pub(crate) fn describe(&self) -> String {
        match self.count {
            1 => format!("on {}", self.first),
            2 => format!("on {} and one other page", self.first),
            count => format!("on {} and {} other pages", self.first, count - 1),
        }
    }
}
