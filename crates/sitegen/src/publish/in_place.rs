//! Publishing to a folder that cannot be renamed, such as a mounted one: file by file, each whole.
//!
//! No order of steps makes this atomic for readers, but a killed build can always be ended by the next one.
//! First, `.sitegen-unfinished` is written, a manifest of the new files: they count as files of a build even
//! if it is killed. Then all bytes are copied to the folder's disk; if this fails, nothing has changed. Only
//! then do files take their places, by renames that need no more space. The real manifest is renamed after
//! them, and the marks of the unfinished build are removed last.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use super::manifest::{self, Manifest};
use super::stock::{self, delete};
use super::{Durability, PublishSummary};
use crate::disk;
use crate::errors::{self, Failure};

/// The folder in the output folder that holds new files until they take their places. It is there because
/// only renames within one disk are atomic.
const INCOMING: &str = ".sitegen-incoming";

/// Returns true if an unfinished build left this path in the output folder.
pub(super) fn is_its_own(path: &Path, manifest: &Manifest) -> bool {
    manifest.unfinished && (path.starts_with(INCOMING) || path == Path::new(manifest::UNFINISHED))
}

/// Removes what an unfinished build left. Its mark goes, too, without which its files count as somebody
/// else's: callers delete them before, or hold the manifest that lists them.
///
/// # Errors
///
/// Something cannot be removed.
pub(super) fn clear(output: &Path, manifest: &Manifest) -> io::Result<()> {
    if !manifest.unfinished {
        return Ok(());
    }
    disk::remove_tree(&output.join(INCOMING))?;
    disk::remove(&output.join(manifest::UNFINISHED))
}

/// Moves a build's files from its tree to `target`, and deletes files that the site no longer has. `folders`
/// are the folders in `target`.
///
/// # Errors
///
/// Something cannot be written or deleted. If not all bytes could be brought to the target's disk, nothing has changed.
pub(super) fn publish(
    tree: &Path,
    target: &Path,
    (previous, manifest): (&Manifest, &Manifest),
    (outcome, folders): (&PublishSummary, &[PathBuf]),
    durability: Durability,
) -> Result<(), Failure> {
    let incoming = target.join(INCOMING);
    let brought = announce(target, previous, manifest)
        .map_err(errors::cannot_write(target))
        .and_then(|()| bring(tree, &incoming, manifest, outcome))
        .and_then(|()| durability.ensure(target).map_err(errors::cannot_write(target)));
    if let Err(failure) = brought {
        // We restore the state before this build. The mark of an earlier unfinished build stays, because its
        // files are still there.
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
    // `delete` prunes only folders of the files it deleted itself. Folders that an unfinished build emptied
    // are pruned here.
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

/// Writes the mark of an unfinished build. If an earlier build left one, the new mark lists the files of
/// both, and replaces the old mark by a rename, so that there is one at any time.
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

/// Moves the new files to the target's disk. The manifest comes last, because files must not be younger than
/// the manifest.
fn bring(tree: &Path, incoming: &Path, manifest: &Manifest, outcome: &PublishSummary) -> Result<(), Failure> {
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

/// Splits the files to delete in two: those in the way of a new file or folder, which go first, and all
/// others, which go last because readers may still want them.
fn in_order(outcome: &PublishSummary) -> (Vec<&str>, Vec<&str>) {
    let written: HashSet<_> = outcome.written.iter().map(String::as_str).collect();
    let folders = stock::folders_of(outcome.written.iter().map(String::as_str));
    let is_in_the_way =
        |path: &&str| folders.contains(path) || stock::parents(path).any(|it| written.contains(it));
    outcome.deleted.iter().map(String::as_str).partition(is_in_the_way)
}

fn put(from: &Path, to: &Path) -> Result<(), Failure> {
    disk::make_in(to, || disk::rename(from, to)).map_err(errors::cannot_write(to))
}
