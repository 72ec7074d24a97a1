//! Walking through folders and all folders in them.

use std::io;
use std::path::{Path, PathBuf};
use std::vec;

use super::folder::{EntryKind, FolderEntry, list};

/// The treatment of symbolic links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LinkPolicy {
    /// The walk goes on at their targets.
    Follow,
    /// They are entries like others, and their targets are not visited.
    Keep,
}

/// A walk through a folder and all folders in it.
#[derive(Debug)]
pub(crate) struct Walk {
    links: LinkPolicy,
    /// The folder that the walk begins with, until it was visited.
    first: Option<PathBuf>,
    /// The folder that the walk enters next.
    ahead: Option<PathBuf>,
    /// The folders that the walk is in, outermost first.
    levels: Vec<OpenFolder>,
}

/// A folder that a walk is in.
#[derive(Debug)]
struct OpenFolder {
    folder: PathBuf,
    /// The entries that were not visited yet.
    left: vec::IntoIter<FolderEntry>,
}

/// An entry that a walk visits.
#[derive(Debug)]
pub(crate) struct Visit {
    pub path: PathBuf,
    /// The kind of the entry, or of its target if links are followed.
    pub kind: EntryKind,
    /// True if it is a symbolic link.
    pub linked: bool,
    /// The number of levels below the beginning of the walk, which is at 0 itself.
    pub depth: usize,
}

/// An entry that could not be looked at.
#[derive(Debug)]
pub(crate) struct Trouble {
    /// The path of the entry, or of the folder that could not be listed.
    pub path: PathBuf,
    pub error: io::Error,
    /// True if it is a link to one of the folders around it.
    pub looped: bool,
}

impl Walk {
    /// Begins with the folder itself and follows links, in no order.
    pub(crate) fn following(folder: &Path) -> Self {
        Self { links: LinkPolicy::Follow, first: Some(folder.to_owned()), ahead: None, levels: Vec::new() }
    }

    /// Begins with the entries of the folder, in the order of names, and follows no link.
    pub(crate) fn below(folder: &Path) -> Self {
        Self { links: LinkPolicy::Keep, first: None, ahead: Some(folder.to_owned()), levels: Vec::new() }
    }

    /// Keeps the walk from entering the folder that was visited last.
    pub(crate) fn pass_by(&mut self) {
        self.ahead = None;
    }

    fn enter(&mut self, folder: PathBuf) -> Result<(), Trouble> {
        let mut listed = list(&folder).map_err(at(&folder))?;
        if self.links == LinkPolicy::Keep {
            listed.sort_unstable_by(|one, other| one.name.cmp(&other.name));
        }
        self.levels.push(OpenFolder { folder, left: listed.into_iter() });
        Ok(())
    }

    fn begin(&mut self, path: PathBuf) -> Result<Visit, Trouble> {
        let found = super::find(&path).and_then(|found| found.ok_or(io::ErrorKind::NotFound.into()));
        let kind = found.map_err(at(&path))?.file_type().into();
        self.come_by(path, kind)
    }

    fn come_by(&mut self, path: PathBuf, kind: EntryKind) -> Result<Visit, Trouble> {
        let linked = kind == EntryKind::Link;
        let kind = if linked && self.links == LinkPolicy::Follow { self.target(&path)? } else { kind };
        if kind == EntryKind::Folder {
            self.ahead = Some(path.clone());
        }
        Ok(Visit { path, kind, linked, depth: self.levels.len() })
    }

    /// Returns the kind of a link's target. Links to folders that the walk is in are errors, because the walk
    /// would never end.
    fn target(&self, link: &Path) -> Result<EntryKind, Trouble> {
        let kind = super::metadata(link).map_err(at(link))?.file_type().into();
        if kind == EntryKind::Folder && self.is_in(link).map_err(at(link))? {
            let error = io::Error::other("it leads to a folder that it is in");
            return Err(Trouble { path: link.to_owned(), error, looped: true });
        }
        Ok(kind)
    }

    fn is_in(&self, link: &Path) -> io::Result<bool> {
        let target = super::canonicalize(link)?;
        for level in &self.levels {
            if super::canonicalize(&level.folder)? == target {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Makes the function that adds a path to an error.
fn at(path: &Path) -> impl FnOnce(io::Error) -> Trouble {
    |error| Trouble { path: path.to_owned(), error, looped: false }
}

impl Iterator for Walk {
    type Item = Result<Visit, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(first) = self.first.take() {
            return Some(self.begin(first));
        }
        if let Some(folder) = self.ahead.take()
            && let Err(trouble) = self.enter(folder)
        {
            return Some(Err(trouble));
        }
        loop {
            let level = self.levels.last_mut()?;
            if let Some(FolderEntry { name, kind }) = level.left.next() {
                let path = level.folder.join(name);
                return Some(self.come_by(path, kind));
            }
            self.levels.pop();
        }
    }
}
