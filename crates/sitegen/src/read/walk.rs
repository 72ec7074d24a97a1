//! Finding the files of a folder: which there are, and where symbolic links may lead.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use sitegen_model::{File, Stray};
use sitegen_parser::composed;
use walkdir::{DirEntry, WalkDir};

use super::file;

/// Something that a walk comes by.
#[derive(Debug)]
pub(super) struct Found {
    pub path: PathBuf,
    pub entry: Entry,
    /// The folder that it makes one to watch: itself, or where the link leads that it is.
    pub home: Option<PathBuf>,
}

/// What stands at a path.
#[derive(Debug)]
pub(super) enum Entry {
    Folder,
    /// A file, to be read.
    File,
    /// Something that is not read, and why.
    Refused(File),
}

/// What there is below `base/folder`, in no order.
///
/// Symbolic links are followed as long as they stay below `base`.
pub(super) fn walk(base: &Path, folder: &str) -> impl Iterator<Item = Found> + Send + use<> {
    let start = base.join(folder);
    let is_there = !start.symlink_metadata().is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
    let boundary = base.canonicalize().ok().filter(|_| is_there);
    let mut entries = WalkDir::new(start).follow_links(true).into_iter();
    let endings = endings(folder);
    std::iter::from_fn(move || next(&mut entries, endings, boundary.as_deref()?))
}

/// The endings of the files in a folder that are read by their names, so that no folder there is called so.
fn endings(folder: &str) -> &'static [&'static str] {
    match folder {
        "content" => &["md", "toml", "csv", "tsv", "jsonl", "ndjson", "gz"],
        "queries" => &["sql"],
        "words" => &["toml"],
        "templates" => &["html"],
        _ => &[],
    }
}

fn next(entries: &mut walkdir::IntoIter, endings: &[&str], boundary: &Path) -> Option<Found> {
    loop {
        match entries.next()? {
            Ok(entry) if is_ignored(&entry) => skip(&entry, entries),
            Ok(entry) => {
                let seen = look_at(&entry, endings, boundary);
                if matches!(seen, Entry::Refused(_)) {
                    skip(&entry, entries);
                }
                let home = home(&entry, &seen);
                return Some(Found { path: entry.into_path(), entry: seen, home });
            }
            Err(error) => {
                if let Some((path, file)) = refuse(&error) {
                    return Some(Found { path, entry: Entry::Refused(file), home: None });
                }
            }
        }
    }
}

fn home(entry: &DirEntry, seen: &Entry) -> Option<PathBuf> {
    match seen {
        Entry::Folder => Some(entry.path().to_owned()),
        Entry::File if entry.path_is_symlink() => Some(parent(&entry.path().canonicalize().ok()?).to_owned()),
        _ => None,
    }
}

/// Does not enter a folder.
fn skip(entry: &DirEntry, entries: &mut walkdir::IntoIter) {
    if entry.file_type().is_dir() {
        entries.skip_current_dir();
    }
}

fn look_at(entry: &DirEntry, endings: &[&str], boundary: &Path) -> Entry {
    if entry.path_is_symlink()
        && let Some(file) = stray(entry.path(), boundary)
    {
        return Entry::Refused(file);
    }
    let kind = entry.file_type();
    match (kind.is_dir(), kind.is_file()) {
        (true, _) if is_called_as_file(entry, endings) => {
            Entry::Refused(File::Unreadable("it is a folder".to_owned()))
        }
        (true, _) => Entry::Folder,
        (_, true) => Entry::File,
        _ => Entry::Refused(File::Unreadable("it is not a regular file".to_owned())),
    }
}

/// Whether a folder stands where a file should, by its name and as nothing in it is such a file.
fn is_called_as_file(folder: &DirEntry, endings: &[&str]) -> bool {
    let has_ending =
        |path: &Path| path.extension().and_then(OsStr::to_str).is_some_and(|e| endings.contains(&e));
    let holds_some = || {
        let entries = fs::read_dir(folder.path()).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).any(|path| has_ending(&path))
    };
    folder.depth() > 0 && has_ending(folder.path()) && !holds_some()
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
fn refuse(error: &walkdir::Error) -> Option<(PathBuf, File)> {
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
    Some((path.to_owned(), file))
}

/// A path's name from `base`, with `/` between names, in the form in which names are looked up.
///
/// # Errors
///
/// It is not UTF-8; the name is the nearest that is.
pub(super) fn name<'p>(path: &'p Path, base: &Path) -> Result<Cow<'p, str>, String> {
    let below = path.strip_prefix(base).unwrap_or(path);
    match below.to_str() {
        Some(name) if MAIN_SEPARATOR == '/' => Ok(composed(name)),
        Some(name) => Ok(composed(&name.replace(MAIN_SEPARATOR, "/")).into_owned().into()),
        None => Err(below.iter().map(OsStr::to_string_lossy).collect::<Vec<_>>().join("/")),
    }
}

/// Where a name from `base` is on disk: under that name, or under the same one in another of Unicode's forms, as zip
/// files and some file systems write it.
pub(crate) fn locate(base: &Path, name: &str) -> PathBuf {
    let path = base.join(name);
    if name.is_ascii() || path.exists() {
        return path;
    }
    name.split('/').fold(base.to_owned(), |folder, part| {
        let same =
            |entry: &fs::DirEntry| entry.file_name().to_str().is_some_and(|name| composed(name) == part);
        let written = fs::read_dir(&folder).into_iter().flatten().flatten().find(same);
        written.map_or_else(|| folder.join(part), |entry| entry.path())
    })
}

fn is_ignored(entry: &DirEntry) -> bool {
    entry.depth() > 0 && is_hidden_or_backup(entry.file_name())
}

/// Hidden names that web hosts look for.
const PUBLISHED: [&[u8]; 3] = [b".well-known", b".htaccess", b".nojekyll"];

/// Names that systems give to what they keep in any folder.
const SYSTEMS: [&[u8]; 4] = [b"Thumbs.db", b"ehthumbs.db", b"desktop.ini", b"__MACOSX"];

/// Whether a name is one that systems, tools and editors give to what is theirs.
fn is_hidden_or_backup(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    let hidden = name.starts_with(b".") && !PUBLISHED.contains(&name);
    let in_progress = name.starts_with(b"#") && name.ends_with(b"#");
    let of_the_system = SYSTEMS.iter().any(|system| name.eq_ignore_ascii_case(system));
    hidden || in_progress || of_the_system || name.ends_with(b"~") || name.ends_with(b".swp")
}
