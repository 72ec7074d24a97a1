//! Where a site may be published to.

use std::io;
use std::path::{Path, PathBuf};

use crate::errors::{self, Failure};

/// The output folder's own path, through symbolic links, whether it is there or not.
///
/// # Errors
///
/// It is a file, it cannot be reached, or it would hold, be or be part of one of the `sources` or hold the `root`.
pub(crate) fn resolve(output: &Path, root: &Path, sources: &[PathBuf]) -> Result<PathBuf, Failure> {
    let target = full_path(output).ok_or_else(|| errors::output_is_dangling(output))?;
    if target.exists() && !target.is_dir() {
        return Err(errors::output_is_file(output));
    }
    let root = full_path(root).ok_or_else(|| errors::no_root(root))?;
    if root.starts_with(&target) {
        return Err(errors::output_holds_source(output, &root));
    }
    for source in sources {
        let path = full_path(source).unwrap_or_else(|| source.clone());
        if target.starts_with(&path) {
            return Err(errors::output_in_source(output, source));
        }
        if path.starts_with(&target) {
            return Err(errors::output_holds_source(output, source));
        }
    }
    Ok(target)
}

/// A path's canonical form, as far as it is there, and the names of what is not. None for what never can be.
fn full_path(path: &Path) -> Option<PathBuf> {
    let mut existing = std::path::absolute(path).ok()?;
    let mut missing = Vec::new();
    loop {
        match existing.canonicalize() {
            Ok(found) => return Some(missing.iter().rev().fold(found, |path, name| path.join(name))),
            Err(error) if error.kind() == io::ErrorKind::NotFound && !existing.is_symlink() => {
                missing.push(existing.file_name()?.to_owned());
                existing.pop();
            }
            Err(_) => return None,
        }
    }
}
