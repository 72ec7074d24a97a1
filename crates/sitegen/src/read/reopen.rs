//! Opening a file once more that was read before, whatever has become of its path.

use std::io;
use std::path::{Path, PathBuf};

use crate::disk::{self, Reader};

use super::FOLDERS;
use super::bounds::Bounds;

/// Opens a file of a site, or of one of its themes, if it is a regular one and where links may lead.
///
/// # Errors
///
/// It is not, or it cannot be opened.
pub(crate) fn reopen(path: &Path, site: &Path, themes: impl Iterator<Item = PathBuf>) -> io::Result<Reader> {
    let real = disk::canonicalize(path)?;
    let themes = themes.map(|theme| (theme, &FOLDERS[1..]));
    for (base, folders) in std::iter::once((site.to_owned(), &FOLDERS[..])).chain(themes) {
        // A theme may be one that the program carries.
        if disk::follow(&base)?.is_some()
            && let Some((folder, below)) = Bounds::of(&base, folders)?.home(&real)
        {
            return disk::open_below(folder, below);
        }
    }
    Err(io::ErrorKind::NotFound.into())
}
