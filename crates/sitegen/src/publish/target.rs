//! The check that a site may be published to a folder.

use std::io;
use std::path::{Path, PathBuf};

use crate::disk;
use crate::errors::{self, Failure};

/// Resolves the output folder's path through symbolic links, even if the folder does not exist yet.
///
/// # Errors
///
/// It is a file, cannot be reached, or overlaps with one of the `sources` or contains the `root`. Publishing
/// there would replace the author's files.
pub(crate) fn resolve(output: &Path, root: &Path, sources: &[PathBuf]) -> Result<PathBuf, Failure> {
    let target = full_path(output)?.ok_or_else(|| errors::output_is_dangling(output))?;
    let found = disk::find(&target).map_err(errors::cannot_read(&target))?;
    if found.is_some_and(|metadata| !metadata.is_dir()) {
        return Err(errors::output_is_file(output));
    }
    let root = full_path(root)?.ok_or_else(|| errors::no_root(root))?;
    if root.starts_with(&target) {
        return Err(errors::output_holds_source(output, &root));
    }
    for source in sources {
        let path = full_path(source)?.unwrap_or_else(|| source.clone());
        if target.starts_with(&path) {
            return Err(errors::output_in_source(output, source));
        }
        if path.starts_with(&target) {
            return Err(errors::output_holds_source(output, source));
        }
    }
    Ok(target)
}

/// Resolves the part of a path that exists, and appends the names that do not. Returns none if the path can
/// never be made.
fn full_path(path: &Path) -> Result<Option<PathBuf>, Failure> {
    canonical(path).map_err(errors::cannot_read(path))
}

fn canonical(path: &Path) -> io::Result<Option<PathBuf>> {
    let mut existing = std::path::absolute(path)?;
    let mut missing = Vec::new();
    loop {
        match disk::canonicalize(&existing) {
            Ok(found) => return Ok(Some(missing.iter().rev().fold(found, |path, name| path.join(name)))),
            Err(error) if !is_nowhere(&error) => return Err(error),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Ok(None),
            // It is a symbolic link that leads to nothing.
            Err(_) if disk::find(&existing)?.is_some() => return Ok(None),
            Err(_) => {
                let Some(name) = existing.file_name() else { return Ok(None) };
                missing.push(name.to_owned());
                existing.pop();
            }
        }
    }
}

/// Returns true if an error says that a path leads nowhere, and not only that it cannot be followed now.
fn is_nowhere(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidFilename, InvalidInput, NotADirectory, NotFound};

    disk::is_loop(error) || matches!(error.kind(), NotFound | NotADirectory | InvalidFilename | InvalidInput)
}
