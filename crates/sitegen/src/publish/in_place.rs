//! Publishing into a folder that cannot be renamed, such as a mounted one: file by file, each whole.
//!
//! No order of steps makes that atomic for readers. But nothing begins before all bytes are on the folder's disk, and a list of
//! what is under way lets the next build end what a killed one began.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use super::manifest::{self, Manifest};
use super::stock::{self, delete};
use super::{Durability, Outcome};
use crate::disk;
use crate::errors::{self, Failure};

/// Where files are in the output folder until they take their places.
const INCOMING: &str = ".sitegen-incoming";

/// Whether a path in an output folder is one that a build left there which did not come to its end.
pub(super) fn is_its_own(path: &Path, manifest: &Manifest) -> bool {
    manifest.unfinished && (path.starts_with(INCOMING) || path == Path::new(manifest::UNFINISHED))
}

/// Removes what such a build left, once its files are known to be builds' or are gone.
///
/// # Errors
///
/// It cannot be removed.
pub(super) fn clear(output: &Path, manifest: &Manifest) -> io::Result<()> {
    if !manifest.unfinished {
        return Ok(());
    }
    disk::remove_tree(&output.join(INCOMING))?;
    disk::remove(&output.join(manifest::UNFINISHED))
}

/// Moves what a build wrote from its tree to `target`, and deletes what is no part of the site now. `folders` are those in it.
///
/// # Errors
///
/// Something cannot be written or deleted. If not all bytes could be brought to the target's disk, nothing has changed.
pub(super) fn publish(
    tree: &Path,
    target: &Path,
    (previous, manifest): (&Manifest, &Manifest),
    (outcome, folders): (&Outcome, &[PathBuf]),
    durability: Durability,
) -> Result<(), Failure> {
    let incoming = target.join(INCOMING);
    let brought = announce(target, previous, manifest)
        .map_err(errors::cannot_write(target))
        .and_then(|()| bring(tree, &incoming, manifest, outcome))
        .and_then(|()| durability.ensure(target).map_err(errors::cannot_write(target)));
    if let Err(failure) = brought {
        // As it was: what an earlier build left unfinished stays so.
        let _nor_this = disk::remove_tree(&incoming);
        let _nor_that =
            if previous.unfinished { Ok(()) } else { disk::remove(&target.join(manifest::UNFINISHED)) };
        return Err(failure);
    }
    let (first, last) = in_order(outcome);
    delete(target, &first)?;
    for path in outcome.written.iter().map(String::as_str) {
        put(&incoming.join(path), &target.join(path))?;
    }
    delete(target, &last)?;
    // What a killed build emptied is no folder of the files that are deleted now.
    let folders = folders.iter().filter_map(|folder| stock::name(folder));
    let folders: Vec<_> =
        folders.filter(|folder| previous.has_folder(folder) && !manifest.has_folder(folder)).collect();
    stock::prune(target, folders.iter().map(String::as_str))?;
    put(&incoming.join(manifest::NAME), &target.join(manifest::NAME))?;
    durability.ensure(target).map_err(errors::cannot_write(target))?;
    disk::remove_tree(&incoming)
        .and_then(|()| disk::remove(&target.join(manifest::UNFINISHED)))
        .map_err(errors::cannot_delete(&incoming))
}

/// Leaves word of what is about to be written, beside what an earlier build left.
fn announce(target: &Path, previous: &Manifest, manifest: &Manifest) -> io::Result<()> {
    let (incoming, unfinished) = (target.join(INCOMING), target.join(manifest::UNFINISHED));
    if !previous.unfinished {
        disk::create_folders(target)?;
        manifest.write(&unfinished)?;
        return disk::create_folder(&incoming);
    }
    disk::remove_tree(&incoming)?;
    disk::create_folder(&incoming)?;
    previous.with(manifest).write(&incoming.join(manifest::UNFINISHED))?;
    disk::rename(&incoming.join(manifest::UNFINISHED), &unfinished)
}

/// Brings what was written to the target's disk. The manifest comes last, so that no file is younger.
fn bring(tree: &Path, incoming: &Path, manifest: &Manifest, outcome: &Outcome) -> Result<(), Failure> {
    for path in &outcome.written {
        let (from, to) = (tree.join(path), incoming.join(path));
        let moved = disk::make_in(&to, || match disk::rename(&from, &to) {
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => disk::copy(&from, &to).map(drop),
            moved => moved,
        });
        moved.map_err(errors::cannot_write(&to))?;
    }
    let to = incoming.join(manifest::NAME);
    manifest.write(&to).map_err(errors::cannot_write(&to))
}

/// What is to be deleted: first that in whose place something comes, as a folder for a file; last all else, so that
/// readers find what they look for as long as may be.
fn in_order(outcome: &Outcome) -> (Vec<&str>, Vec<&str>) {
    let written: HashSet<_> = outcome.written.iter().map(String::as_str).collect();
    let folders = stock::folders_of(outcome.written.iter().map(String::as_str));
    let is_in_the_way =
        |path: &&str| folders.contains(path) || stock::parents(path).any(|it| written.contains(it));
    outcome.deleted.iter().map(String::as_str).partition(is_in_the_way)
}

fn put(from: &Path, to: &Path) -> Result<(), Failure> {
    disk::make_in(to, || disk::rename(from, to)).map_err(errors::cannot_write(to))
}
