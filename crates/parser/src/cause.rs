//! What problems come from, so that those of one cause can be shown as one.

use std::sync::Arc;

/// What a problem comes from: a name behind which there is nothing, or the like.
///
/// Problems of one code and one cause are mended by one change, or each in the same way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cause {
    /// Which name this is.
    pub among: Among,
    /// The name.
    pub name: Arc<str>,
}

/// What a name should be one of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Among {
    /// The names of a kind that the code says, such as languages of code.
    Names,
    /// Those of one thing, such as the fields of a collection.
    Of(Arc<str>),
    /// The content files, by their paths; a link says them as seen from the folder of its file.
    Files,
    /// The content files, by their paths; a link says them as seen from `content/`, after `@/`.
    Content,
    /// The paths of the site.
    Urls,
    /// The paths of the site, below that of its base URL.
    Hrefs,
    /// The records of a collection, by its name.
    Records(Arc<str>),
    /// What wiki links can call records by.
    Wiki,
    /// What the site's words are asked for by.
    Words,
    /// The files in `assets/`.
    Assets,
    /// The files in `assets/`; one of them refers to another as seen from its folder.
    Referred,
}
