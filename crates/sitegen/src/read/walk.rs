//! Finding the files of a folder: which there are, and where symbolic links may lead.

use std::ffi::OsStr;
use std::io;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;

use sitegen_model::{File, Stray};
use walkdir::{DirEntry, WalkDir};

use super::file;

/// What stands under a name.
#[derive(Debug)]
pub(super) enum Found {
    /// A file, to be read from here.
    File(PathBuf),
    /// Something that is not read, and why.
    Refused(File),
}

/// What there is below a folder.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// The files, by path from the base. No order.
    pub found: Vec<(Arc<str>, Found)>,
    /// The folders that hold them, also those that links to files lead to.
    pub folders: Vec<PathBuf>,
}

/// What there is below `base/folder`.
///
/// Symbolic links are followed as long as they stay below `base`.
pub(super) fn walk(base: &Path, folder: &str) -> Walk {
    let start = base.join(folder);
    let mut walk = Walk::default();
    if start.symlink_metadata().is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
        return walk;
    }
    let Ok(boundary) = base.canonicalize() else { return walk };
    let mut entries = WalkDir::new(start).follow_links(true).into_iter();
    while let Some(entry) = entries.next() {
        let (path, seen) = match entry {
            Ok(entry) if is_ignored(&entry) => {
                skip(&entry, &mut entries);
                continue;
            }
            Ok(entry) => {
                let seen = look_at(&entry, &boundary);
                walk.folders.extend(home(&entry, seen.as_ref()));
                if matches!(seen, Some(Found::Refused(_))) {
                    skip(&entry, &mut entries);
                }
                (entry.into_path(), seen)
            }
            Err(error) => match refuse(&error) {
                Some(refused) => refused,
                None => continue,
            },
        };
        walk.found.extend(seen.map(|seen| named(&path, base, seen)));
    }
    walk
}

/// The folder that an entry makes one to watch: itself, or where the link leads that it is.
fn home(entry: &DirEntry, seen: Option<&Found>) -> Option<PathBuf> {
    match seen {
        None => Some(entry.path().to_owned()),
        Some(Found::File(path)) if entry.path_is_symlink() => {
            Some(parent(&path.canonicalize().ok()?).to_owned())
        }
        Some(_) => None,
    }
}

/// Does not enter a folder.
fn skip(entry: &DirEntry, entries: &mut walkdir::IntoIter) {
    if entry.file_type().is_dir() {
        entries.skip_current_dir();
    }
}

/// What an entry is; nothing for a folder to enter.
fn look_at(entry: &DirEntry, boundary: &Path) -> Option<Found> {
    if entry.path_is_symlink()
        && let Some(file) = stray(entry.path(), boundary)
    {
        return Some(Found::Refused(file));
    }
    let kind = entry.file_type();
    match (kind.is_dir(), kind.is_file()) {
        (true, _) => None,
        (_, true) => Some(Found::File(entry.path().to_owned())),
        _ => Some(Found::Refused(File::Unreadable("it is not a regular file".to_owned()))),
    }
}

/// What is wrong with a link that leads somewhere; none if it can be followed.
fn stray(link: &Path, boundary: &Path) -> Option<File> {
    let resolved = link.canonicalize().and_then(|target| Ok((target, parent(link).canonicalize()?)));
    match resolved {
        Ok((target, home)) if home.starts_with(&target) => Some(File::Stray(Stray::Loop)),
        Ok((target, _)) if !target.starts_with(boundary) => Some(File::Stray(Stray::Outside)),
        Ok(_) => None,
        Err(error) => Some(File::Unreadable(file::reason(&error))),
    }
}

fn parent(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}

/// Why an entry could not be looked at; none if nobody wants it.
fn refuse(error: &walkdir::Error) -> Option<(PathBuf, Option<Found>)> {
    let path = error.path()?;
    if path.file_name().is_some_and(is_hidden_or_backup) {
        return None;
    }
    let file = match error.io_error() {
        _ if error.loop_ancestor().is_some() => File::Stray(Stray::Loop),
        Some(error) if error.kind() == io::ErrorKind::NotFound => {
            File::Unreadable("the symbolic link leads to nothing".to_owned())
        }
        Some(error) => File::Unreadable(file::reason(error)),
        None => File::Unreadable(error.to_string()),
    };
    Some((path.to_owned(), Some(Found::Refused(file))))
}

fn named(path: &Path, base: &Path, seen: Found) -> (Arc<str>, Found) {
    let below = path.strip_prefix(base).unwrap_or(path);
    match below.to_str() {
        Some(name) if MAIN_SEPARATOR == '/' => (name.into(), seen),
        Some(name) => (name.replace(MAIN_SEPARATOR, "/").into(), seen),
        None => {
            let names: Vec<_> = below.iter().map(OsStr::to_string_lossy).collect();
            let refused = File::Unreadable("its name is not UTF-8".to_owned());
            (names.join("/").into(), Found::Refused(refused))
        }
    }
}

fn is_ignored(entry: &DirEntry) -> bool {
    entry.depth() > 0 && is_hidden_or_backup(entry.file_name())
}

/// Hidden names that web hosts look for.
const PUBLISHED: [&[u8]; 3] = [b".well-known", b".htaccess", b".nojekyll"];

/// Whether a name is one that tools and editors give to what is theirs.
fn is_hidden_or_backup(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    let hidden = name.starts_with(b".") && !PUBLISHED.contains(&name);
    let in_progress = name.starts_with(b"#") && name.ends_with(b"#");
    hidden || in_progress || name.ends_with(b"~") || name.ends_with(b".swp")
}
