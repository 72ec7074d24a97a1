//! `sitegen add`: adds parts that the program carries to a site or a theme.

mod exercises;
mod python;

use std::io::Write as _;
use std::path::Path;

use crate::args::{Addition, Common};
use crate::console::Console;
use crate::disk;
use crate::errors::{self, Exit, Failure};

/// The policy for existing files that differ from those that the program would write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OverwritePolicy {
    /// They stay, and nothing is added.
    Keep,
    /// They are replaced.
    Replace,
}

impl OverwritePolicy {
    /// Returns the policy that `--force`, given or not, asks for.
    fn of(force: bool) -> Self {
        if force { Self::Replace } else { Self::Keep }
    }
}

/// Adds something to a site, or to a theme in its own folder.
///
/// # Errors
///
/// The folder is neither a site nor a theme, the addition cannot be made, a file is in the way, or one cannot
/// be written.
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
        Addition::Python { package, force } => {
            python::add(root, package, OverwritePolicy::of(*force), console)
        }
        Addition::Exercises { force } => exercises::add(root, OverwritePolicy::of(*force), console),
    }
}

/// Writes a file, and replaces the one that is there.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    disk::remove(path)
        .and_then(|()| disk::make_in(path, || disk::create(path)))
        .and_then(|mut file| file.write_all(bytes))
        .map_err(errors::cannot_write(path))
}
