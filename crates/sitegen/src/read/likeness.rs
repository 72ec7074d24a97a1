//! Folders with nearly the name of a folder that is read, such as `contents/`.

use std::io;
use std::path::Path;

use sitegen_model::MeantFolder;

use super::bounds::Bounds;
use super::walk::{self, Admission};
use crate::disk;

/// The number of files to look at in such a folder.
const MOST: usize = 10_000;

/// Finds folders in `base` that nearly have the name of a folder that is read, and contain files that belong
/// there. Returns the first such file of each; the build warns of it.
///
/// # Errors
///
/// `base` cannot be listed.
pub(super) fn find(base: &Path, bounds: &Bounds) -> io::Result<Vec<String>> {
    if disk::follow(base)?.is_none() {
        return Ok(Vec::new());
    }
    let entries = disk::list(base)?;
    let names: Vec<_> = entries.into_iter().filter_map(|entry| entry.name.into_string().ok()).collect();
    let mut found = Vec::new();
    let is_read = |name: &str| {
        bounds.trees.is_content(name) || bounds.trees.enters("", name) && bounds.trees.is_content("")
    };
    let unread = names.iter().filter(|name| !is_read(name));
    for (name, meant) in unread.filter_map(|name| Some((name, MeantFolder::of(name)?))) {
        // If the file system ignores case, the folder is found by its right name and is no mistake.
        if names.iter().any(|name| name == meant.name()) || disk::follow(&base.join(meant.name()))?.is_none()
        {
            found.extend(first(base, name, meant, bounds)?);
        }
    }
    Ok(found)
}

fn first(base: &Path, folder: &str, meant: MeantFolder, bounds: &Bounds) -> io::Result<Option<String>> {
    let entries = walk::walk(base, folder, bounds)?;
    let files = entries.take(MOST).filter(|found| matches!(found.entry, Admission::File));
    let names =
        files.filter_map(|found| walk::name(&found.path, base).ok().map(std::borrow::Cow::into_owned));
    Ok(names.filter(|name| meant.admits(name)).min())
}
