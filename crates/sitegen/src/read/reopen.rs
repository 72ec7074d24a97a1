//! Opening a file once more that was read before, whatever has become of its path.

use std::io;
use std::path::{Path, PathBuf};

use sitegen_model::Content;

use crate::disk::{self, Reader};

use super::bounds::Bounds;
use super::trees::Trees;

/// Opens a file of a site, or of one of its themes, if it is a regular one and where links may lead.
///
/// # Errors
///
/// It is not, or it cannot be opened.
pub(crate) fn reopen(
    path: &Path,
    (site, content): (&Path, &Content),
    themes: impl Iterator<Item = PathBuf>,
) -> io::Result<Reader> {
    let real = disk::canonicalize(path)?;
    let themes = themes.map(|theme| (theme, Trees::of_theme()));
    for (base, trees) in std::iter::once((site.to_owned(), Trees::of_site(content))).chain(themes) {
        // A theme may be one that the program carries.
        if disk::follow(&base)?.is_some()
            && let Some((folder, below)) = Bounds::of(&base, trees)?.home(&real)
        {
            return disk::open_below(folder, below);
        }
    }
    Err(io::ErrorKind::NotFound.into())
}
