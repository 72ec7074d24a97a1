//! `sitegen add`: what a site or a theme can have besides, from what the program carries with it.

mod exercises;
mod python;

use std::io::Write as _;
use std::path::Path;

use crate::args::{Addition, Common};
use crate::console::Console;
use crate::disk;
use crate::errors::{self, Exit, Failure};

/// What becomes of files that are there and that the program would not have written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Others {
    /// They stay, and nothing is added.
    Keep,
    /// They are replaced.
    Replace,
}

/// Adds something to a site, or to a theme in its own folder.
///
/// # Errors
///
/// The folder is neither, what is to be added cannot be made, something is in the way, or a file cannot be written.
pub(crate) fn add(common: &Common, addition: &Addition, console: &Console) -> Result<Exit, Failure> {
    let root = &common.root;
    let mut is_home = false;
    for file in [common.config.as_path(), Path::new("theme.toml")] {
        let file = root.join(file);
        is_home |= disk::follow(&file).map_err(errors::cannot_read(&file))?.is_some();
    }
    if !is_home {
        return Err(errors::no_site_or_theme(root, &common.config));
    }
    match addition {
        Addition::Python { package, .. } => python::add(root, package, addition.others(), console),
        Addition::Exercises { .. } => exercises::add(root, addition.others(), console),
    }
}

/// Writes a file, whatever was there.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    disk::remove(path)
        .and_then(|()| disk::make_in(path, || disk::create(path)))
        .and_then(|mut file| file.write_all(bytes))
        .map_err(errors::cannot_write(path))
}
