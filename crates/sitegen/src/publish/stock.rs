//! What is in an output folder, and whose it is.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::manifest::{self, Manifest};
use super::stage::Stage;
use crate::console::Console;
use crate::errors::{self, Failure};

/// The files of an output folder, by paths below it.
#[derive(Debug, Default)]
pub(super) struct Stock {
    /// Those that a build wrote.
    pub owned: Vec<String>,
    /// Those that no build wrote.
    pub foreign: Vec<PathBuf>,
}

impl Stock {
    /// Looks through an output folder, which may not be there. Symbolic links are files, wherever they lead.
    ///
    /// # Errors
    ///
    /// A folder cannot be read.
    pub(super) fn take(output: &Path, manifest: &Manifest) -> Result<Self, Failure> {
        let mut stock = Self::default();
        if !output.exists() {
            return Ok(stock);
        }
        for entry in WalkDir::new(output).min_depth(1).sort_by_file_name() {
            let entry = entry.map_err(|error| {
                let path = error.path().unwrap_or(output).to_owned();
                errors::cannot_read(&path)(error.into())
            })?;
            if !entry.file_type().is_dir() {
                stock.add(&entry, output, manifest);
            }
        }
        Ok(stock)
    }

    fn add(&mut self, entry: &DirEntry, output: &Path, manifest: &Manifest) {
        let path = entry.path().strip_prefix(output).unwrap_or(entry.path());
        let names: Option<Vec<_>> = path.iter().map(|name| name.to_str()).collect();
        let name = names.map(|names| names.join("/")).unwrap_or_default();
        if manifest.files.contains_key(&name) {
            self.owned.push(name);
        } else if name != manifest::NAME {
            self.foreign.push(path.to_owned());
        }
    }
}

/// Deletes files below a folder, and the folders that are empty then.
///
/// # Errors
///
/// A file cannot be deleted.
pub(super) fn delete(folder: &Path, paths: &[String]) -> Result<(), Failure> {
    for path in paths {
        let path = folder.join(path);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(errors::cannot_delete(&path)(error));
            }
            _ => {}
        }
        let mut parents = path.ancestors().skip(1).take_while(|parent| *parent != folder);
        // The first that is not empty ends it.
        let _kept = parents.try_for_each(fs::remove_dir);
    }
    Ok(())
}

/// Deletes what builds wrote to an output folder, and the folder if that was all; gives the deleted files' paths.
///
/// # Errors
///
/// Something cannot be read or deleted.
pub(crate) fn clean(output: &Path, console: &Console) -> Result<Vec<String>, Failure> {
    if !output.parent().is_some_and(Path::exists) {
        return Ok(Vec::new());
    }
    let _alone = Stage::open(output, console).map_err(errors::cannot_write(output))?;
    let manifest = Manifest::read(output).map_err(errors::cannot_read(output))?;
    let mut paths = Stock::take(output, &manifest)?.owned;
    if manifest.is_published() {
        paths.push(manifest::NAME.to_owned());
    }
    delete(output, &paths)?;
    // It stays if there is anything else in it.
    let _kept = if manifest.is_published() { fs::remove_dir(output) } else { Ok(()) };
    paths.retain(|path| path != manifest::NAME);
    Ok(paths)
}
