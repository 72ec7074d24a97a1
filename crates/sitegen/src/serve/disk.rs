//! Files that are published as they are, read when they are asked for.

use std::io;
use std::path::Path;

use crate::disk;

/// Reads a file, if it is still a regular one within one of some folders, whatever links have become of its path.
///
/// # Errors
///
/// It is not, or it cannot be read.
pub(super) fn read(path: &Path, folders: &[&Path]) -> io::Result<Vec<u8>> {
    let real = disk::canonicalize(path)?;
    let mut folders = folders.iter().filter_map(|folder| disk::canonicalize(folder).ok());
    if folders.any(|folder| real.starts_with(folder)) {
        disk::read(&real)
    } else {
        Err(io::ErrorKind::NotFound.into())
    }
}
