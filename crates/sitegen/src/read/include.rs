//! Files from which texts include code: any file of the site's folder that is not hidden.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use sitegen_model::{File, Files, Stray, wanted_includes};

use super::cache::{CachedFile, FileState, Shelf};
use super::file;
use super::walk::{self, is_hidden_or_backup, parent};
use crate::disk;

/// The files from which texts include code.
#[derive(Debug, Default)]
pub(super) struct Included {
    pub(super) shelf: Shelf,
    /// The paths that each text includes, as far as it may include some.
    wanted: BTreeMap<Arc<str>, Vec<String>>,
}

/// The size limit of a file, because longer files are no examples.
const MOST: u64 = 1 << 20;

/// The number of names to remember of a folder in which a file is missing.
const NAMES: usize = 1000;

/// Reads the files that the texts of a site include, and adds their folders to `watched`. Texts that have not
/// changed are not parsed again.
pub(super) fn read(
    root: &Path,
    site: &Files,
    (known, before): (&Files, &Included),
    watched: &mut Vec<PathBuf>,
) -> Included {
    let mut included = Included::default();
    for (path, file) in site.iter().filter(|(path, _)| path.ends_with(".md") || path.ends_with(".markdown")) {
        let File::Loaded(bytes) = file else { continue };
        let wanted = if known.get(path).is_some_and(|known| known.is_same(file)) {
            before.wanted.get(path).cloned().unwrap_or_default()
        } else {
            wanted_includes(path, &String::from_utf8_lossy(bytes))
        };
        if !wanted.is_empty() {
            included.wanted.insert(Arc::clone(path), wanted);
        }
    }
    let names: BTreeSet<&String> = included.wanted.values().flatten().collect();
    let mut found = Vec::new();
    for name in names {
        found.extend(see(root, name, &before.shelf, watched));
    }
    for (name, kept) in found {
        // A file that was read takes precedence over one that is known only by its name.
        if included.shelf.get(&name).is_none() || !matches!(kept.file, File::Stored { .. }) {
            included.shelf.put(name, kept);
        }
    }
    included
}

/// Reads a file, or lists its folder if the file is missing: the names are for suggestions.
fn see(root: &Path, name: &str, before: &Shelf, watched: &mut Vec<PathBuf>) -> Vec<(Arc<str>, CachedFile)> {
    let found = match locate(root, name) {
        Ok(Some((path, real))) => {
            watched.push(parent(&path).to_owned());
            watched.push(root.join(parent(&real)));
            read_file(root, &path, &real, before.get(name).map(|(_, kept)| kept))
        }
        Ok(None) => return names_beside(root, name, watched),
        Err(file) => CachedFile { state: None, file },
    };
    vec![(name.into(), found)]
}

/// Finds a file on disk, and its path from the site's folder after links are resolved; returns none if it is
/// missing.
///
/// # Errors
///
/// The file must not be read, or cannot be looked at.
fn locate(root: &Path, name: &str) -> Result<Option<(PathBuf, PathBuf)>, File> {
    let unreadable = |error: io::Error| File::Unreadable(file::reason(&error));
    let path = walk::locate(root, name).map_err(unreadable)?;
    let Some(metadata) = disk::follow(&path).map_err(unreadable)? else { return Ok(None) };
    if metadata.is_dir() {
        return Err(File::Unreadable("it is a folder".to_owned()));
    }
    let base = disk::canonicalize(root).map_err(unreadable)?;
    let real = disk::canonicalize(&path).map_err(unreadable)?;
    let below = real.strip_prefix(&base).map_err(|_| File::Stray(Stray::Outside))?;
    if below.iter().any(is_hidden_or_backup) {
        return Err(File::Stray(Stray::Hidden));
    }
    Ok(Some((path, below.to_owned())))
}

fn read_file(root: &Path, path: &Path, real: &Path, before: Option<&CachedFile>) -> CachedFile {
    if let Some(before) = before.filter(|before| file::is_same(path, before)) {
        return before.clone();
    }
    let moment = SystemTime::now();
    match bytes(root, real) {
        Ok((state, file)) => CachedFile::or(before, state.settled(moment), file),
        Err(error) => CachedFile { state: None, file: File::Unreadable(file::reason(&error)) },
    }
}

fn bytes(root: &Path, real: &Path) -> io::Result<(FileState, File)> {
    let file = disk::open_below(&disk::canonicalize(root)?, real)?;
    let state = FileState::of(&file.metadata);
    if file.metadata.len() > MOST {
        return Ok((state, File::Unreadable("it is larger than 1 MB".to_owned())));
    }
    Ok((state, File::Loaded(file.whole()?.into())))
}

/// Lists the names in the nearest existing folder above a missing path.
fn names_beside(root: &Path, name: &str, watched: &mut Vec<PathBuf>) -> Vec<(Arc<str>, CachedFile)> {
    let above = Path::new(name).ancestors().skip(1);
    let folder = above.map(|folder| root.join(folder)).find(|folder| {
        disk::follow(folder).is_ok_and(|found| found.is_some_and(|metadata| metadata.is_dir()))
    });
    let Some(folder) = folder else { return Vec::new() };
    let is_inside = disk::canonicalize(root)
        .and_then(|base| Ok(disk::canonicalize(&folder)?.starts_with(base)))
        .unwrap_or_default();
    let entries = if is_inside { disk::list(&folder).unwrap_or_default() } else { Vec::new() };
    let names = entries.into_iter().filter(|entry| !is_hidden_or_backup(&entry.name)).take(NAMES);
    let names = names.filter_map(|entry| {
        let path = folder.join(&entry.name);
        let name = walk::name(&path, root).ok()?;
        Some((Arc::from(&*name), CachedFile { state: None, file: File::Stored { hash: 0, size: None } }))
    });
    let found = names.collect();
    watched.push(folder);
    found
}
