//! `sitegen add python`: makes the engine that runs exercises in Python from the package of Pyodide. The
//! engine appears as a whole or not at all.

use std::io;
use std::path::Path;

use sitegen_engine::{Bundle, PYODIDE};

use super::{OverwritePolicy, write};
use crate::console::Console;
use crate::disk::{self, EntryKind};
use crate::embed;
use crate::errors::{self, Exit, Failure};
use crate::phrase::count;
use crate::publish::exchange::{self, Old};

/// The folder of the engine in a site or theme.
const FOLDER: &str = "engines/python";

/// The folders beside it that are used meanwhile. They are hidden, because hidden folders are no part of a
/// site.
const NEW: &str = "engines/.python.new";
const OLD: &str = "engines/.python.old";

/// Makes the engine in the folder of a site or theme.
///
/// # Errors
///
/// The package is not the known version, something else is in the way, or a file cannot be read or written.
pub(super) fn add(
    root: &Path,
    package: &Path,
    others: OverwritePolicy,
    console: &Console,
) -> Result<Exit, Failure> {
    let target = root.join(FOLDER);
    let [new, old] = [NEW, OLD].map(|folder| root.join(folder));
    exchange::recover(&target, &old).map_err(errors::cannot_write(&target))?;
    if others == OverwritePolicy::Keep && !is_ours(&target).map_err(errors::cannot_read(&target))? {
        return Err(errors::engine_in_use(&target));
    }
    let taken = PYODIDE.take(|file| disk::read(&package.join(file)));
    let taken = taken.map_err(|unfit| errors::unfit_package(package, &PYODIDE, &unfit))?;
    let files = sitegen_engine::python(&taken, embed::python());
    let files = files.expect("an engine can be made of the files whose hashes are known");
    publish(&files, &target, &new, &old)?;
    console.say(format_args!(
        "{files} written to {target}: Python 3.14, by Pyodide {version}\n\n\
         Pages run it in the browser. A build runs it by Node 20 or later, if site.toml allows it:\n\n  \
           [engines]\n  \
           python = \"node\"",
        files = count(files.len(), "file"),
        target = target.display(),
        version = PYODIDE.version,
    ))?;
    Ok(Exit::Done)
}

/// Returns true if the engine's folder may be replaced: it is missing, or is an engine as this program made
/// it.
fn is_ours(target: &Path) -> io::Result<bool> {
    if disk::find(target)?.is_none() {
        return Ok(true);
    }
    if disk::follow(target)?.is_none_or(|found| !found.is_dir()) {
        return Ok(false);
    }
    let mut files = Bundle::new();
    for entry in disk::list(target)? {
        let (EntryKind::File, Some(name)) = (entry.kind, entry.name.to_str()) else { return Ok(false) };
        files.insert(name.to_owned(), disk::read(&target.join(name))?);
    }
    Ok(files.is_empty() || sitegen_engine::is_whole(&files))
}

/// Writes the files to a folder beside the engine's, and exchanges the two when all are written.
fn publish(files: &Bundle, target: &Path, new: &Path, old: &Path) -> Result<(), Failure> {
    for folder in [new, old] {
        disk::remove_tree(folder).map_err(errors::cannot_delete(folder))?;
    }
    for (name, bytes) in files {
        write(&new.join(name), bytes)?;
    }
    let replaced = exchange::exchange(new, target, old).map_err(errors::cannot_write(target))?;
    let rest = match replaced {
        Old::None => return Ok(()),
        Old::Swapped => new,
        Old::Aside => old,
    };
    disk::remove_tree(rest).map_err(errors::cannot_delete(rest))
}
