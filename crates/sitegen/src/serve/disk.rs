//! Files that are published as they are, read when they are asked for.

use std::fs;
use std::io;
use std::path::Path;

/// Reads a file, if it is still a regular one within one of some folders, whatever links have become of its path.
///
/// # Errors
///
/// It is not, or it cannot be read.
pub(super) fn read(path: &Path, folders: &[&Path]) -> io::Result<Vec<u8>> {
    let real = path.canonicalize()?;
    let inside =
        folders.iter().filter_map(|folder| folder.canonicalize().ok()).any(|folder| real.starts_with(folder));
    if !inside || !real.metadata()?.is_file() {
        return Err(io::ErrorKind::NotFound.into());
    }
    fs::read(real)
}
