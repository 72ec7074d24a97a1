//! Opening a file once more that was read before, whatever has become of its path.

use std::io;
use std::path::Path;

use crate::disk::{self, Reader};

use super::FOLDERS;
use super::bounds::Bounds;

/// Opens a file of a site, or of a theme in one of its folders, if it is a regular one and where links may lead.
///
/// # Errors
///
/// It is not, or it cannot be opened.
pub(crate) fn reopen(path: &Path, site: &Path, theme: &Path) -> io::Result<Reader> {
    let real = disk::canonicalize(path)?;
    for (base, folders) in [(site, &FOLDERS[..]), (theme, &FOLDERS[1..])] {
        // The theme may be the one that the program carries.
        if disk::follow(base)?.is_some()
            && let Some((folder, below)) = Bounds::of(base, folders)?.home(&real)
        {
            return disk::open_below(folder, below);
        }
    }
    Err(io::ErrorKind::NotFound.into())
}
