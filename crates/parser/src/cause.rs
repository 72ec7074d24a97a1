//! Causes of problems, by which problems that one change mends are shown as one.

use std::sync::Arc;

/// The cause of a problem: a name that stands for nothing, or the like.
///
/// Problems with the same code and cause are mended by one change, or each in the same way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cause {
    /// The set of names in which the name was expected.
    pub among: Among,
    /// The name.
    pub name: Arc<str>,
}

/// A set of names that is searched for a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Among {
    /// Names of a kind that the diagnostic's code implies, such as languages of code.
    Names,
    /// The names that one thing has, such as the fields of a collection.
    Of(Arc<str>),
    /// The paths of the content files, for a link that is relative to the folder of its file.
    Files,
    /// The paths of the content files, for a link that is relative to `content/`, after `@/`.
    Content,
    /// The paths of the site.
    Urls,
    /// The paths of the site, relative to that of its base URL.
    Hrefs,
    /// The records of a collection, by its name.
    Records(Arc<str>),
    /// The names by which wiki links call records.
    Wiki,
    /// The keys of the site's words.
    Words,
    /// The files in `assets/`.
    Assets,
    /// The files in `assets/`, for a reference that is relative to the folder of its own file.
    Referred,
}
