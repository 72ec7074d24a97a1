//! What is remembered of exercises between runs of the program: the ids of those that hold.
//!
//! It is kept where the system keeps what can be made again, not in the site: what a stranger could send is not believed.

use std::collections::BTreeSet;
use std::env;
use std::io;
use std::path::{Path, PathBuf};

use sitegen_model::Id;

use crate::console::Console;
use crate::disk;

/// The ids that are remembered at most. A site has some hundred exercises.
const MOST: usize = 10_000;

/// What is remembered; nothing where it cannot be read, which only costs time.
pub(super) fn recall() -> BTreeSet<Id> {
    let text = file().and_then(|file| disk::read(&file).ok()).unwrap_or_default();
    String::from_utf8_lossy(&text).lines().filter_map(Id::parse).collect()
}

/// Remembers what holds now, beside what was known; alone, if that has become too much.
pub(super) fn keep(proved: &BTreeSet<Id>, known: &BTreeSet<Id>, console: &Console) {
    let Some(file) = file().filter(|_| !proved.is_subset(known)) else { return };
    let all: BTreeSet<_> = proved.union(known).collect();
    let ids = if all.len() > MOST { proved.iter().collect() } else { all };
    let lines: Vec<_> = ids.into_iter().map(|id| format!("{:032x}", id.number())).collect();
    if let Err(error) = write(&file, lines.join("\n").as_bytes()) {
        console.explain(format_args!("{} cannot be written: {error}", file.display()));
    }
}

/// The file of all sites' exercises; none where the system has no place for it.
fn file() -> Option<PathBuf> {
    Some(caches()?.join("sitegen").join("exercises.txt"))
}

/// Writes a file whole or not at all.
fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = file.with_extension(format!("{}.new", std::process::id()));
    let made = disk::make_in(&new, || disk::create(&new));
    made.and_then(|mut made| io::Write::write_all(&mut made, bytes))?;
    disk::rename(&new, file)
}

/// The folder in which the system keeps what can be made again.
fn caches() -> Option<PathBuf> {
    let named = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if cfg!(windows) {
        return named("LOCALAPPDATA");
    }
    let home = |below: &str| named("HOME").map(|home| home.join(below));
    named("XDG_CACHE_HOME")
        .or_else(|| home(if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" }))
}
