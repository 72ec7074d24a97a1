//! The folders that a site or a theme is made of, and what the files in each are.

use std::borrow::Cow;

use sitegen_model::{Content, FOLDERS};

/// The folders that a site or a theme is made of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Trees<'t> {
    /// Where a site's content is; a theme has none.
    content: Option<&'t Content>,
}

/// What a file is part of.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'p> {
    /// The content, by the name by which it counts there.
    Content(Cow<'p, str>),
    /// One of the other folders.
    Own(&'static str),
}

impl<'t> Trees<'t> {
    /// Those of a site.
    pub(crate) fn of_site(content: &'t Content) -> Self {
        Self { content: Some(content) }
    }

    /// Those of a theme.
    pub(crate) fn of_theme() -> Self {
        Self { content: None }
    }

    /// The paths of the folders, of which some may be in others.
    pub(crate) fn folders(self) -> Vec<&'t str> {
        let own = self.others().filter(|folder| !self.is_content(folder)).map(|folder| -> &'t str { folder });
        let content = self.content.into_iter().flat_map(Content::folders);
        content.map(|folder| folder.trim_end_matches('/')).chain(own).collect()
    }

    /// What a file or folder is part of; none if it stands beside the folders.
    pub(super) fn part(self, path: &str) -> Option<Part<'_>> {
        if let Some(name) = self.content.and_then(|content| content.name(path)) {
            return Some(Part::Content(name));
        }
        let (first, _) = path.split_once('/')?;
        self.others().find(|folder| *folder == first).map(Part::Own)
    }

    /// The folders beside the content.
    fn others(self) -> impl Iterator<Item = &'static str> + use<'t> {
        let of_site = self.content.into_iter().flat_map(Content::others);
        of_site.chain(FOLDERS.into_iter().filter(move |_| self.content.is_none()))
    }

    /// Whether a folder is that of content itself.
    pub(super) fn is_content(self, folder: &str) -> bool {
        self.content.is_some_and(|content| content.is_folder(folder))
    }

    /// Whether who goes through one of the folders enters another in it: no tree of its own, and nothing that is left alone.
    pub(super) fn enters(self, from: &str, folder: &str) -> bool {
        let belongs = || self.content.is_some_and(|content| content.name(folder).is_some());
        !self.is_content(folder) && (!self.is_content(from) || belongs())
    }

    /// Whether a file of the content is published as it is.
    pub(super) fn publishes(self, name: &str) -> bool {
        self.content.is_some_and(|content| content.publishes(name))
    }
}
