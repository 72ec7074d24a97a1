//! The bounds of symbolic links: they may lead to the folders of a site or a theme, but not to hidden files
//! in them, and not to files that would be published under another name than their own.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use sitegen_model::{CONTENT, File, INDEXES, Stray, is_record};

use super::file;
use super::trees::{Branch, Trees};
use super::walk::{is_hidden_or_backup, parent};
use crate::disk;
use crate::publish;

/// The folders of a site or a theme, and their real paths.
#[derive(Debug)]
pub(super) struct Bounds<'t> {
    pub(super) trees: Trees<'t>,
    /// The folder of the site or theme, as the paths of links begin.
    base: PathBuf,
    /// The same folder after links are resolved.
    real: PathBuf,
    /// The folders and their real paths, since a folder may be a link itself. Inner folders come before outer
    /// ones.
    folders: Vec<(&'t str, PathBuf)>,
}

/// The purpose of a file or of the files in a folder.
#[derive(Debug, PartialEq, Eq)]
enum Purpose {
    /// It is published as it is.
    Published,
    /// It is published beside the record that it belongs to, if the record is published.
    Media,
    /// It holds records.
    Record,
    /// The build reads it together with the other files of the named folder.
    Source(&'static str),
}

impl<'t> Bounds<'t> {
    /// Finds the folders of a site or a theme in `base`.
    ///
    /// # Errors
    ///
    /// The real path of `base` or of a folder cannot be found.
    pub(super) fn of(base: &Path, trees: Trees<'t>) -> io::Result<Self> {
        let root = disk::canonicalize(base)?;
        let mut folders = Vec::new();
        for name in trees.folders() {
            let folder = base.join(name);
            if disk::follow(&folder)?.is_some() {
                folders.push((name, disk::canonicalize(&folder)?));
            }
        }
        // A link at the usual folder of content may lead out of the site, because the author put it there. A
        // folder that the configuration names may be a link that somebody else made.
        folders.retain(|(name, real)| !trees.is_content(name) || *name == CONTENT || real.starts_with(&root));
        folders.sort_by_key(|(_, real)| Reverse(real.components().count()));
        Ok(Self { trees, base: base.to_owned(), real: root, folders })
    }

    /// Returns the folder of the site or theme, as the paths of links begin.
    pub(super) fn base(&self) -> &Path {
        &self.base
    }

    /// Returns true if an existing folder of the site leads out of it.
    pub(super) fn leads_out(&self, folder: &str) -> bool {
        !self.folders.iter().any(|(name, _)| *name == folder)
    }

    /// Returns true if a folder is the output or cache of a program. Only a site whose own folder is its
    /// content asks, because such folders are among its content.
    pub(super) fn is_made(&self, folder: &Path) -> bool {
        const SIGNS: [&str; 2] = ["CACHEDIR.TAG", publish::MANIFEST];
        self.trees.is_content("")
            && SIGNS.iter().any(|sign| disk::find(&folder.join(sign)).is_ok_and(|found| found.is_some()))
    }

    /// Returns the problem of a link; none if the link can be followed.
    pub(super) fn refuse(&self, link: &Path) -> Option<File> {
        let resolved =
            disk::canonicalize(link).and_then(|target| Ok((target, disk::canonicalize(parent(link))?)));
        match resolved {
            Ok((target, home)) if home.starts_with(&target) => Some(File::Stray(Stray::Loop)),
            Ok((target, home)) => match self.stray(&target) {
                Some(stray) => Some(File::Stray(stray)),
                None => self
                    .reveal(link, (&target, &home))
                    .unwrap_or_else(|error| Some(File::Unreadable(file::reason(&error)))),
            },
            Err(error) => Some(File::Unreadable(file::reason(&error))),
        }
    }

    /// Returns the folder that contains a file, and the path of the file from there; none if no link may lead
    /// to it. The file's path must be free of links.
    pub(super) fn home<'b>(&'b self, file: &'b Path) -> Option<(&'b Path, &'b Path)> {
        let (folder, below, _) = self.place(file)?;
        (!below.iter().any(is_hidden_or_backup)).then_some((folder, below))
    }

    /// Returns the folder that contains a path, the path from there, and the path as if no folder were a
    /// link. The given path must be free of links.
    fn place<'b>(&'b self, path: &'b Path) -> Option<(&'b Path, &'b Path, String)> {
        let mut folders = self.folders.iter();
        let (name, folder, below) = folders
            .find_map(|(name, folder)| Some((*name, folder.as_path(), path.strip_prefix(folder).ok()?)))?;
        let parts = std::iter::once(name).chain(below.iter().filter_map(OsStr::to_str));
        let plain = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
        // In a site whose own folder is its content, folders such as `themes` are not part of the content.
        let is_part = below.as_os_str().is_empty() || self.trees.branch(&plain).is_some();
        is_part.then_some((folder, below, plain))
    }

    fn stray(&self, target: &Path) -> Option<Stray> {
        let is_known = self.place(target).is_some();
        match target.strip_prefix(&self.real) {
            Ok(below) if below.iter().any(is_hidden_or_backup) => Some(Stray::Hidden),
            // The target is a declaration of the site or theme, or another file of a theme.
            Ok(below) if !is_known && (below.starts_with("themes") || below.iter().count() == 1) => {
                Some(Stray::Source)
            }
            _ if is_known => None,
            _ => Some(Stray::Outside),
        }
    }

    /// Refuses a link that would publish something that is not published, or not under that name.
    fn reveal(&self, link: &Path, (target, home): (&Path, &Path)) -> io::Result<Option<File>> {
        let name = link.strip_prefix(&self.base).unwrap_or(link).iter();
        let name = name.filter_map(OsStr::to_str).collect::<Vec<_>>().join("/");
        let Some((root, _, other)) = self.place(target) else { return Ok(None) };
        let is_folder = disk::follow(target)?.is_some_and(|metadata| metadata.is_dir());
        let (own, other) = (self.purpose(&name, is_folder), self.purpose(&other, is_folder));
        let is_revealed = match (own, other) {
            (_, Purpose::Published) => false,
            (Purpose::Media, Purpose::Media) => owner(parent(target), root)? != owner(home, root)?,
            (own, other) => own != other,
        };
        Ok(is_revealed.then_some(File::Stray(Stray::Source)))
    }

    /// Returns the purpose of a path of a site. Folders of the content may hold records.
    fn purpose(&self, path: &str, is_folder: bool) -> Purpose {
        // The final slash makes the purpose of a folder that of the files in it.
        let path = if is_folder { Cow::Owned(format!("{path}/")) } else { Cow::Borrowed(path) };
        match self.trees.branch(&path) {
            Some(Branch::Own("assets" | "static")) => Purpose::Published,
            Some(Branch::Own(other)) => Purpose::Source(other),
            Some(Branch::Content(name)) if Path::new(&*name).starts_with("data") => Purpose::Source("data"),
            Some(Branch::Content(name)) if !is_folder && is_record(&name) => Purpose::Record,
            Some(Branch::Content(_)) => Purpose::Media,
            None => Purpose::Source(""),
        }
    }
}

/// Finds the nearest folder, at most up to the content folder, that belongs to a single record.
fn owner<'p>(folder: &'p Path, content: &Path) -> io::Result<Option<&'p Path>> {
    for folder in folder.ancestors().take_while(|folder| folder.starts_with(content)) {
        for index in INDEXES {
            if disk::find(&folder.join(index))?.is_some() {
                return Ok(Some(folder));
            }
        }
    }
    Ok(None)
}
