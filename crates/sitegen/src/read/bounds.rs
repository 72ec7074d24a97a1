//! Where symbolic links may lead: into the folders that a site or a theme is made of, to nothing hidden there, and to nothing
//! that would be published by another name than its own.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use sitegen_model::{CONTENT, File, INDEXES, Stray, is_record};

use super::file;
use super::trees::{Part, Trees};
use super::walk::{is_hidden_or_backup, parent};
use crate::disk;
use crate::publish;

/// The folders of a site or a theme, and where they are.
#[derive(Debug)]
pub(super) struct Bounds<'t> {
    pub(super) trees: Trees<'t>,
    /// Where the site or the theme is, as paths of links begin.
    base: PathBuf,
    /// The same without links.
    real: PathBuf,
    /// The folders, and where they are, since they may be links themselves; those in others first.
    folders: Vec<(&'t str, PathBuf)>,
}

/// What becomes of a file, or of those in a folder.
#[derive(Debug, PartialEq, Eq)]
enum Role {
    /// It is published as it is.
    Published,
    /// It is published beside the record that it belongs to, if that is.
    Media,
    /// It holds records.
    Record,
    /// Something is made of it, with the others of its folder.
    Source(&'static str),
}

impl<'t> Bounds<'t> {
    /// Those of a site or a theme in `base`.
    ///
    /// # Errors
    ///
    /// Where it is, or where a folder is, cannot be seen.
    pub(super) fn of(base: &Path, trees: Trees<'t>) -> io::Result<Self> {
        let root = disk::canonicalize(base)?;
        let mut folders = Vec::new();
        for name in trees.folders() {
            let folder = base.join(name);
            if disk::follow(&folder)?.is_some() {
                folders.push((name, disk::canonicalize(&folder)?));
            }
        }
        // Whoever has a folder of the usual name lead elsewhere means that; a path that is named may be another's link.
        folders.retain(|(name, real)| !trees.is_content(name) || *name == CONTENT || real.starts_with(&root));
        folders.sort_by_key(|(_, real)| Reverse(real.components().count()));
        Ok(Self { trees, base: base.to_owned(), real: root, folders })
    }

    /// Where the site or the theme is, as paths of links begin.
    pub(super) fn base(&self) -> &Path {
        &self.base
    }

    /// Whether one of the folders, which is there, is not where it may be.
    pub(super) fn leads_out(&self, folder: &str) -> bool {
        !self.folders.iter().any(|(name, _)| *name == folder)
    }

    /// Whether a folder is one in which a program keeps what it makes, in a site whose own folder is its content.
    pub(super) fn is_made(&self, folder: &Path) -> bool {
        const SIGNS: [&str; 2] = ["CACHEDIR.TAG", publish::MANIFEST];
        self.trees.is_content("")
            && SIGNS.iter().any(|sign| disk::find(&folder.join(sign)).is_ok_and(|found| found.is_some()))
    }

    /// What is wrong with a link; none if it can be followed.
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

    /// The folder that a file without links on its way is in, and its path from there; none if no link may lead to it.
    pub(super) fn home<'b>(&'b self, file: &'b Path) -> Option<(&'b Path, &'b Path)> {
        let (folder, below, _) = self.place(file)?;
        (!below.iter().any(is_hidden_or_backup)).then_some((folder, below))
    }

    /// The folder that a path without links is in, the path from there, and the path as if no folder were a link.
    fn place<'b>(&'b self, path: &'b Path) -> Option<(&'b Path, &'b Path, String)> {
        let mut folders = self.folders.iter();
        let (name, folder, below) = folders
            .find_map(|(name, folder)| Some((*name, folder.as_path(), path.strip_prefix(folder).ok()?)))?;
        let parts = std::iter::once(name).chain(below.iter().filter_map(OsStr::to_str));
        let plain = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
        // What the site is made of may stand among its content.
        let is_part = below.as_os_str().is_empty() || self.trees.part(&plain).is_some();
        is_part.then_some((folder, below, plain))
    }

    fn stray(&self, target: &Path) -> Option<Stray> {
        let is_known = self.place(target).is_some();
        match target.strip_prefix(&self.real) {
            Ok(below) if below.iter().any(is_hidden_or_backup) => Some(Stray::Hidden),
            // What declares the site or the theme, and all other parts of themes.
            Ok(below) if !is_known && (below.starts_with("themes") || below.iter().count() == 1) => {
                Some(Stray::Source)
            }
            _ if is_known => None,
            _ => Some(Stray::Outside),
        }
    }

    /// Whether a link would make readers see what is not published, or not by that name.
    fn reveal(&self, link: &Path, (target, home): (&Path, &Path)) -> io::Result<Option<File>> {
        let name = link.strip_prefix(&self.base).unwrap_or(link).iter();
        let name = name.filter_map(OsStr::to_str).collect::<Vec<_>>().join("/");
        let Some((root, _, other)) = self.place(target) else { return Ok(None) };
        let is_folder = disk::follow(target)?.is_some_and(|metadata| metadata.is_dir());
        let (own, other) = (self.role(&name, is_folder), self.role(&other, is_folder));
        let is_revealed = match (own, other) {
            (_, Role::Published) => false,
            (Role::Media, Role::Media) => owner(parent(target), root)? != owner(home, root)?,
            (own, other) => own != other,
        };
        Ok(is_revealed.then_some(File::Stray(Stray::Source)))
    }

    /// What becomes of a path of a site. Folders of the content may hold records.
    fn role(&self, path: &str, is_folder: bool) -> Role {
        // What is in a folder is what counts, also in one of those that the site is made of.
        let path = if is_folder { Cow::Owned(format!("{path}/")) } else { Cow::Borrowed(path) };
        match self.trees.part(&path) {
            Some(Part::Own("assets" | "static")) => Role::Published,
            Some(Part::Own(other)) => Role::Source(other),
            Some(Part::Content(name)) if Path::new(&*name).starts_with("data") => Role::Source("data"),
            Some(Part::Content(name)) if !is_folder && is_record(&name) => Role::Record,
            Some(Part::Content(_)) => Role::Media,
            None => Role::Source(""),
        }
    }
}

/// The nearest folder, from one up to the content's, that is a record's own.
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
