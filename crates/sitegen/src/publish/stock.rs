//! The contents of an output folder: which files are ours, and which somebody else's.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::manifest::{self, Manifest};
use super::{in_place, stage::Stage};
use crate::console::Console;
use crate::disk::{self, EntryKind, Walk};
use crate::errors::{self, Failure};

/// The contents of an output folder, as paths below it.
#[derive(Debug, Default)]
pub(super) struct Stock {
    /// The files that a build wrote.
    pub owned: Vec<String>,
    /// The files that no build wrote.
    pub foreign: Vec<PathBuf>,
    /// The folders, itself first, outer ones before inner ones.
    pub folders: Vec<PathBuf>,
    /// The folders in which no build wrote anything.
    pub foreign_folders: Vec<PathBuf>,
    /// The folders that are the output of another site, such as that of another language.
    pub sites: Vec<PathBuf>,
}

impl Stock {
    /// Looks through an output folder, if it is there. Symbolic links count as files and are not followed.
    ///
    /// # Errors
    ///
    /// A folder cannot be read.
    pub(super) fn take(output: &Path, manifest: &Manifest) -> Result<Self, Failure> {
        let mut stock = Self::default();
        if disk::find(output).map_err(errors::cannot_read(output))?.is_none() {
            return Ok(stock);
        }
        stock.folders.push(PathBuf::new());
        let mut walk = Walk::below(output);
        while let Some(entry) = walk.next() {
            let entry = entry.map_err(|trouble| errors::cannot_read(&trouble.path)(trouble.error))?;
            let path = entry.path.strip_prefix(output).unwrap_or(&entry.path);
            if in_place::is_its_own(path, manifest) {
                if entry.kind == EntryKind::Folder {
                    walk.pass_by();
                }
            } else if entry.kind == EntryKind::Folder {
                if name(path).is_none_or(|name| !manifest.has_folder(&name)) {
                    stock.foreign_folders.push(path.to_owned());
                }
                stock.folders.push(path.to_owned());
            } else {
                stock.add(path, manifest);
            }
        }
        stock.sites = stock.sites_in(output)?;
        Ok(stock)
    }

    /// Finds the outputs of other sites within an output folder, by their own manifests.
    fn sites_in(&self, output: &Path) -> Result<Vec<PathBuf>, Failure> {
        let manifests = self.foreign.iter().filter(|path| path.ends_with(manifest::NAME));
        let mut sites = Vec::new();
        for folder in manifests.filter_map(|path| path.parent()) {
            let path = output.join(folder);
            if Manifest::read(&path).map_err(errors::cannot_read(&path))?.is_published() {
                sites.push(folder.to_owned());
            }
        }
        Ok(sites)
    }

    /// Returns the files that no build wrote and that are not in the output of another site.
    pub(super) fn strange(&self) -> impl Iterator<Item = &Path> {
        let files = self.foreign.iter().map(PathBuf::as_path);
        files.filter(|path| !self.sites.iter().any(|site| path.starts_with(site)))
    }

    /// Finds the folders that cannot be moved because something is mounted there.
    ///
    /// # Errors
    ///
    /// A folder cannot be looked at.
    pub(super) fn mounts(&self, output: &Path) -> Result<Vec<&Path>, Failure> {
        let mounted = self.folders.par_iter().map(|folder| {
            let path = output.join(folder);
            let is_mount = disk::is_mount(&path).map_err(errors::cannot_read(&path))?;
            Ok(is_mount.then_some(folder.as_path()))
        });
        Ok(mounted.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    fn add(&mut self, path: &Path, manifest: &Manifest) {
        match name(path).filter(|name| manifest.has(name)) {
            Some(name) => self.owned.push(name),
            None if path == Path::new(manifest::NAME) => {}
            None => self.foreign.push(path.to_owned()),
        }
    }
}

/// Returns a path as manifests write it; none if it is not UTF-8, which no build writes.
pub(super) fn name(path: &Path) -> Option<String> {
    let names: Option<Vec<_>> = path.iter().map(|name| name.to_str()).collect();
    Some(names?.join("/"))
}

/// Collects the folders that contain the files, at any depth.
pub(super) fn folders_of<'p>(paths: impl Iterator<Item = &'p str>) -> HashSet<&'p str> {
    let mut folders = HashSet::new();
    for path in paths {
        // We stop at a known folder, because the folders around it are known, too.
        let _known = parents(path).try_for_each(|folder| folders.insert(folder).then_some(()));
    }
    folders
}

/// Returns the folders that contain a path, inner ones first.
pub(super) fn parents(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/'), |(folder, _)| folder.rsplit_once('/'))
        .map(|(folder, _)| folder)
}

/// Deletes files below a folder, and the folders that this empties.
///
/// # Errors
///
/// A file or folder cannot be deleted.
pub(super) fn delete(folder: &Path, paths: &[&str]) -> Result<(), Failure> {
    for path in paths {
        let path = folder.join(path);
        disk::remove(&path).map_err(errors::cannot_delete(&path))?;
    }
    prune(folder, folders_of(paths.iter().copied()))
}

/// Deletes those of the named folders that are empty.
///
/// # Errors
///
/// A folder cannot be deleted.
pub(super) fn prune<'p>(folder: &Path, names: impl IntoIterator<Item = &'p str>) -> Result<(), Failure> {
    let mut names: Vec<_> = names.into_iter().collect();
    // Inner folders come before outer ones in this order, so an outer one is empty when its turn comes.
    names.sort_unstable_by(|one, other| other.cmp(one));
    for name in names {
        let path = folder.join(name);
        match disk::remove_folder(&path) {
            Err(error) if stays(&error) => {}
            removed => removed.map_err(errors::cannot_delete(&path))?,
        }
    }
    Ok(())
}

/// Returns true if a folder stays because it is not empty, is mounted, or is no folder.
fn stays(error: &io::Error) -> bool {
    use io::ErrorKind::{DirectoryNotEmpty, NotADirectory, ResourceBusy};

    matches!(error.kind(), DirectoryNotEmpty | NotADirectory | ResourceBusy)
}

/// Deletes what builds wrote to an output folder, and the folder itself if nothing else was there. Returns
/// the paths of the deleted files.
///
/// # Errors
///
/// Something cannot be read or deleted.
pub(crate) fn clean(output: &Path, console: &Console) -> Result<Vec<String>, Failure> {
    let Some(parent) = output.parent() else { return Ok(Vec::new()) };
    if disk::follow(parent).map_err(errors::cannot_read(parent))?.is_none() {
        return Ok(Vec::new());
    }
    let _alone = Stage::open(output, console)?;
    let manifest = Manifest::read(output).map_err(errors::cannot_read(output))?;
    let owned = Stock::take(output, &manifest)?.owned;
    delete(output, &owned.iter().map(String::as_str).collect::<Vec<_>>())?;
    if manifest.is_published() {
        delete(output, &[manifest::NAME])?;
    }
    in_place::clear(output, &manifest).map_err(errors::cannot_delete(output))?;
    if manifest.is_published() {
        prune(output, [""])?;
    }
    Ok(owned)
}
