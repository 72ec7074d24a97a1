//! The memory of exercises that passed, between runs of the program.
//!
//! It is a file of ids in the system's cache folder and not in the site, because a site may come from a
//! stranger, who could claim that exercises pass.

use std::collections::BTreeSet;
use std::env;
use std::io;
use std::path::{Path, PathBuf};

use sitegen_model::Id;

use crate::console::Console;
use crate::disk;

/// The largest number of ids to remember. A site has some hundred exercises.
const MOST: usize = 10_000;

/// Reads the ids that are remembered. If they cannot be read, exercises only run once more.
pub(super) fn recall() -> BTreeSet<Id> {
    let text = file().and_then(|file| disk::read(&file).ok()).unwrap_or_default();
    String::from_utf8_lossy(&text).lines().filter_map(Id::parse).collect()
}

/// Writes the ids of exercises that pass, together with known ones unless there are too many.
pub(super) fn keep(proved: &BTreeSet<Id>, known: &BTreeSet<Id>, console: &Console) {
    let Some(file) = file().filter(|_| !proved.is_subset(known)) else { return };
    let all: BTreeSet<_> = proved.union(known).collect();
    let ids = if all.len() > MOST { proved.iter().collect() } else { all };
    let lines: Vec<_> = ids.into_iter().map(|id| format!("{:032x}", id.number())).collect();
    if let Err(error) = write(&file, lines.join("\n").as_bytes()) {
        console.explain(format_args!("{} cannot be written: {error}", file.display()));
    }
}

/// Returns the path of the file, if the system has a cache folder.
fn file() -> Option<PathBuf> {
    Some(caches()?.join("sitegen").join("exercises.txt"))
}

/// Writes a file as a whole or not at all.
fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = file.with_extension(format!("{}.new", std::process::id()));
    let made = disk::make_in(&new, || disk::create(&new));
    made.and_then(|mut made| io::Write::write_all(&mut made, bytes))?;
    disk::rename(&new, file)
}

/// Returns the system's folder for files that can be made again.
fn caches() -> Option<PathBuf> {
    let named = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if cfg!(windows) {
        return named("LOCALAPPDATA");
    }
    let home = |below: &str| named("HOME").map(|home| home.join(below));
    named("XDG_CACHE_HOME")
        .or_else(|| home(if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" }))
}
