//! Going through folders.

use std::fs::FileType;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::fault;

/// What becomes of symbolic links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Links {
    /// A walk goes where they lead.
    Follow,
    /// They are entries like others.
    Keep,
}

/// A walk through a folder and all folders in it.
#[derive(Debug)]
pub(crate) struct Walk {
    entries: walkdir::IntoIter,
    /// The folders that the walk is in, outermost first: an error while one is listed says only how deep it is.
    folders: Vec<PathBuf>,
}

/// What a walk comes by.
#[derive(Debug)]
pub(crate) struct Entry {
    pub path: PathBuf,
    /// What it is, or, if links are followed, what it leads to.
    pub kind: FileType,
    /// Whether it is a symbolic link.
    pub linked: bool,
    /// How many folders below the beginning of the walk it is.
    pub depth: usize,
}

/// What a walk could not look at.
#[derive(Debug)]
pub(crate) struct Trouble {
    /// The entry, or the folder that could not be listed.
    pub path: PathBuf,
    pub error: io::Error,
    /// Whether it is a link to a folder that it is in.
    pub looped: bool,
}

impl Walk {
    /// Begins with the folder itself.
    pub(crate) fn of(folder: &Path, links: Links) -> Self {
        let entries = WalkDir::new(folder).follow_links(links == Links::Follow).into_iter();
        Self { entries, folders: vec![folder.to_owned()] }
    }

    /// Begins with what is in the folder, in the order of names.
    pub(crate) fn below(folder: &Path, links: Links) -> Self {
        let walk = WalkDir::new(folder).follow_links(links == Links::Follow);
        let entries = walk.min_depth(1).sort_by_file_name().into_iter();
        Self { entries, folders: vec![folder.to_owned()] }
    }

    /// Does not enter the folder that the walk came by last.
    pub(crate) fn pass_by(&mut self) {
        self.entries.skip_current_dir();
    }

    fn trouble(&self, error: walkdir::Error) -> Trouble {
        // A folder at depth n is listed for entries of depth n + 1, which is what the error knows.
        let listed = || self.folders.get(error.depth().saturating_sub(1)).or(self.folders.last());
        let path = error.path().map(Path::to_owned).or_else(|| listed().cloned()).unwrap_or_default();
        Trouble { path, looped: error.loop_ancestor().is_some(), error: error.into() }
    }
}

impl Iterator for Walk {
    type Item = Result<Entry, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        let entry = match self.entries.next()? {
            Ok(entry) => entry,
            Err(error) => return Some(Err(self.trouble(error))),
        };
        let (kind, depth) = (entry.file_type(), entry.depth());
        let linked = entry.path_is_symlink();
        let path = entry.into_path();
        if kind.is_dir() {
            self.folders.truncate(depth);
            self.folders.push(path.clone());
        }
        if let Err(error) = fault::touch(&path) {
            return Some(Err(Trouble { path, error, looped: false }));
        }
        Some(Ok(Entry { path, kind, linked, depth }))
    }
}
