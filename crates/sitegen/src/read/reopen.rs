//! Opening a file that was read before once more, although its path may have become something else.

use std::io;
use std::path::{Path, PathBuf};

use sitegen_model::Content;

use crate::disk::{self, RegularFile};

use super::bounds::Bounds;
use super::trees::Trees;

/// Opens a file of a site or of one of its themes, if links may lead to it.
///
/// # Errors
///
/// The file is irregular, links may not lead to it, or it cannot be opened.
pub(crate) fn reopen(
    path: &Path,
    (site, content): (&Path, &Content),
    themes: impl Iterator<Item = PathBuf>,
) -> io::Result<RegularFile> {
    let real = disk::canonicalize(path)?;
    let themes = themes.map(|theme| (theme, Trees::of_theme()));
    for (base, trees) in std::iter::once((site.to_owned(), Trees::of_site(content))).chain(themes) {
        // A built-in theme has no folder on disk.
        if disk::follow(&base)?.is_some()
            && let Some((folder, below)) = Bounds::of(&base, trees)?.home(&real)
        {
            return disk::open_below(folder, below);
        }
    }
    Err(io::ErrorKind::NotFound.into())
}
