//! Publishing into a folder that cannot be renamed, such as a mounted one: file by file, each whole.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::manifest;
use super::stock::delete;
use crate::errors::{self, Failure};

/// Copies the written files and the manifest of a tree into `target`, and deletes what is no part of the site now.
///
/// Renaming begins when all bytes are on the target's disk, so that a full one changes nothing.
///
/// # Errors
///
/// Something cannot be written or deleted.
pub(super) fn publish(
    tree: &Path,
    target: &Path,
    written: &[String],
    deleted: &[String],
) -> Result<(), Failure> {
    let paths: Vec<_> = written.iter().map(String::as_str).chain([manifest::NAME]).collect();
    let copied = paths.iter().try_for_each(|path| copy(&tree.join(path), &target.join(path)));
    if copied.is_err() {
        for path in &paths {
            let _was_not_copied = fs::remove_file(beside(&target.join(path)));
        }
    }
    copied?;
    for path in written {
        put(&target.join(path))?;
    }
    delete(target, deleted)?;
    // Last, so that no file is younger than the manifest.
    put(&target.join(manifest::NAME))
}

fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    let copied = to.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| {
        let (mut from, mut to) = (fs::File::open(from)?, fs::File::create(beside(to))?);
        io::copy(&mut from, &mut to)
    });
    copied.map(drop).map_err(errors::cannot_write(to))
}

fn put(to: &Path) -> Result<(), Failure> {
    fs::rename(beside(to), to).map_err(errors::cannot_write(to))
}

/// Where a file is until it takes its place.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.sitegen"))
}
