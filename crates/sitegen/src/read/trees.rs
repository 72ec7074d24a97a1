//! The folders of a site or a theme, and the kind of files in each.

use std::borrow::Cow;

use sitegen_model::{Content, FOLDERS};

#[derive(Debug, Clone, Copy)]
pub(crate) struct Trees<'t> {
    /// The folders of a site's content; a theme has none.
    content: Option<&'t Content>,
}

/// The part of a site or theme that a file belongs to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Branch<'p> {
    /// The content, with the name of the file in it.
    Content(Cow<'p, str>),
    /// Another folder, by its name.
    Own(&'static str),
}

impl<'t> Trees<'t> {
    /// Returns the folders of a site.
    pub(crate) fn of_site(content: &'t Content) -> Self {
        Self { content: Some(content) }
    }

    /// Returns the folders of a theme.
    pub(crate) fn of_theme() -> Self {
        Self { content: None }
    }

    /// Returns the paths of the folders, some of which may be within others.
    pub(crate) fn folders(self) -> Vec<&'t str> {
        let own = self.others().filter(|folder| !self.is_content(folder)).map(|folder| -> &'t str { folder });
        let content = self.content.into_iter().flat_map(Content::folders);
        content.map(|folder| folder.trim_end_matches('/')).chain(own).collect()
    }

    /// Returns the part that a file or folder belongs to; none if it is beside all folders.
    pub(super) fn branch(self, path: &str) -> Option<Branch<'_>> {
        if let Some(name) = self.content.and_then(|content| content.name(path)) {
            return Some(Branch::Content(name));
        }
        let (first, _) = path.split_once('/')?;
        self.others().find(|folder| *folder == first).map(Branch::Own)
    }

    /// Returns the folders beside the content.
    fn others(self) -> impl Iterator<Item = &'static str> + use<'t> {
        let of_site = self.content.into_iter().flat_map(Content::others);
        of_site.chain(FOLDERS.into_iter().filter(move |_| self.content.is_none()))
    }

    /// Returns true if a folder is one of the content folders themselves.
    pub(super) fn is_content(self, folder: &str) -> bool {
        self.content.is_some_and(|content| content.is_folder(folder))
    }

    /// Returns true if a walk through the folder `from` enters a folder in it. It does not enter another
    /// content folder, which has a walk of its own, or one that the author excludes.
    pub(super) fn enters(self, from: &str, folder: &str) -> bool {
        let belongs = || self.content.is_some_and(|content| content.name(folder).is_some());
        !self.is_content(folder) && (!self.is_content(from) || belongs())
    }

    /// Returns true if a file of the content is published unchanged.
    pub(super) fn publishes(self, name: &str) -> bool {
        self.content.is_some_and(|content| content.publishes(name))
    }
}
