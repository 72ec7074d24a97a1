//! Finding the files in a folder of a site or a theme.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::io;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use sitegen_model::{File, Stray};
use sitegen_parser::composed;

use super::bounds::Bounds;
use super::file;
use crate::disk::{self, EntryKind, Trouble, Walk};

/// Something that a walk found.
#[derive(Debug)]
pub(super) struct Discovery {
    pub path: PathBuf,
    pub entry: Admission,
    /// The folder that must be watched because of this entry: itself, or the folder of a link's target.
    pub home: Option<PathBuf>,
}

/// The kind of thing that a walk found.
#[derive(Debug)]
pub(super) enum Admission {
    Folder,
    /// A file that is to be read.
    File,
    /// Something that is not read, with the file that stands for it.
    Refused(File),
    /// A folder that cannot be listed, or something that cannot be looked at. It may hold files.
    Failed(io::Error),
}

/// Walks through a folder, in no order. Symbolic links are followed within the bounds.
///
/// # Errors
///
/// The folder cannot be looked at.
pub(super) fn walk<'b>(
    base: &'b Path,
    from: &'b str,
    bounds: &'b Bounds,
) -> io::Result<impl Iterator<Item = Discovery> + Send + use<'b>> {
    let folder = base.join(from);
    let mut entries = disk::find(&folder)?.map(|_| Walk::following(&folder));
    let scan = FolderScan { base, from, bounds };
    Ok(std::iter::from_fn(move || scan.next(entries.as_mut()?)))
}

/// The folder that a walk goes through.
struct FolderScan<'b> {
    base: &'b Path,
    /// The path of the folder from the base.
    from: &'b str,
    bounds: &'b Bounds<'b>,
}

impl FolderScan<'_> {
    fn next(&self, entries: &mut Walk) -> Option<Discovery> {
        let (endings, bounds) = (self.endings(), self.bounds);
        loop {
            match entries.next()? {
                Ok(entry) if entry.depth > 0 && self.is_hidden_text(&entry) => {
                    // Only the name of such a file matters.
                    let seen = Admission::Refused(File::Stored { hash: 0, size: None });
                    return Some(Discovery { path: entry.path, entry: seen, home: None });
                }
                Ok(entry) if entry.depth > 0 && self.passes_by(&entry) => skip(&entry, entries),
                Ok(entry) => {
                    let seen = look_at(&entry, endings, bounds);
                    if matches!(seen, Admission::Refused(_)) {
                        skip(&entry, entries);
                    }
                    let home = home(&entry, &seen);
                    return Some(Discovery { path: entry.path, entry: seen, home });
                }
                Err(trouble) => {
                    if let Some((path, entry)) = refuse(trouble) {
                        return Some(Discovery { path, entry, home: None });
                    }
                }
            }
        }
    }

    /// Returns the endings of files that are read in this folder. A folder with such an ending is a mistake
    /// if no such file is in it.
    fn endings(&self) -> &'static [&'static str] {
        match self.from {
            content if self.bounds.trees.is_content(content) => {
                &["md", "markdown", "toml", "csv", "tsv", "jsonl", "ndjson", "gz"]
            }
            "queries" => &["sql"],
            "words" => &["toml"],
            "templates" => &["html"],
            _ => &[],
        }
    }

    /// Returns true if an entry is a hidden file of the content that ends as a record in Markdown does, such as
    /// `..md`. The build warns of it.
    fn is_hidden_text(&self, entry: &disk::Visit) -> bool {
        let is_text = |name: &OsStr| {
            let name = name.as_encoded_bytes();
            let is_text = name.ends_with(b".md") || name.ends_with(b".markdown");
            // Editors and systems put files with these beginnings beside others.
            name.starts_with(b".") && is_text && !name.starts_with(b".#") && !name.starts_with(b"._")
        };
        entry.kind == EntryKind::File
            && self.bounds.trees.is_content(self.from)
            && entry.path.file_name().is_some_and(is_text)
            && name(&entry.path, self.base).is_ok_and(|name| self.bounds.trees.branch(&name).is_some())
    }

    /// Returns true if an entry is left alone because it is hidden, is walked through separately, or does not
    /// belong to the content.
    fn passes_by(&self, entry: &disk::Visit) -> bool {
        if entry.path.file_name().is_some_and(is_hidden_or_backup) {
            return true;
        }
        let Ok(name) = name(&entry.path, self.base) else { return false };
        match entry.kind {
            EntryKind::Folder => {
                !self.bounds.trees.enters(self.from, &name) || self.bounds.is_made(&entry.path)
            }
            _ => self.bounds.trees.is_content(self.from) && self.bounds.trees.branch(&name).is_none(),
        }
    }
}

fn home(entry: &disk::Visit, seen: &Admission) -> Option<PathBuf> {
    match seen {
        Admission::Folder => Some(entry.path.clone()),
        Admission::File if entry.linked => Some(parent(&disk::canonicalize(&entry.path).ok()?).to_owned()),
        _ => None,
    }
}

/// Keeps the walk from entering a folder.
fn skip(entry: &disk::Visit, entries: &mut Walk) {
    if entry.kind == EntryKind::Folder {
        entries.pass_by();
    }
}

fn look_at(entry: &disk::Visit, endings: &[&str], bounds: &Bounds) -> Admission {
    if entry.linked
        && let Some(file) = bounds.refuse(&entry.path)
    {
        return Admission::Refused(file);
    }
    match entry.kind {
        EntryKind::Folder if is_called_as_file(entry, endings) => {
            Admission::Refused(File::Unreadable("it is a folder".to_owned()))
        }
        EntryKind::Folder => Admission::Folder,
        EntryKind::File => Admission::File,
        EntryKind::Link | EntryKind::Other => {
            Admission::Refused(File::Unreadable("it is not a regular file".to_owned()))
        }
    }
}

/// Returns true if a folder is where a file should be: it has the ending of one, and no such file is in it.
fn is_called_as_file(folder: &disk::Visit, endings: &[&str]) -> bool {
    let has_ending = |path: &Path| {
        path.extension().and_then(OsStr::to_str).is_some_and(|ending| endings.contains(&ending))
    };
    // If the folder cannot be listed, the walk reports this.
    let holds_none = || {
        disk::list(&folder.path).is_ok_and(|it| !it.iter().any(|entry| has_ending(Path::new(&entry.name))))
    };
    folder.depth > 0 && has_ending(&folder.path) && holds_none()
}

pub(super) fn parent(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}

/// Converts an error of a walk to an entry; returns none if nobody wants the entry.
fn refuse(trouble: Trouble) -> Option<(PathBuf, Admission)> {
    let Trouble { path, error, looped } = trouble;
    // Hidden folders are not entered, so a hidden path here is a link that cannot be followed.
    if path.file_name().is_some_and(is_hidden_or_backup) {
        return None;
    }
    let entry = match error.kind() {
        _ if looped => Admission::Refused(File::Stray(Stray::Loop)),
        io::ErrorKind::NotFound => {
            Admission::Refused(File::Unreadable("the symbolic link leads to nothing".to_owned()))
        }
        _ if disk::is_loop(&error) => Admission::Refused(File::Unreadable(file::reason(&error))),
        _ => Admission::Failed(error),
    };
    Some((path, entry))
}

/// Returns a path's name from `base`, with `/` as separator, in the Unicode normalization form in which names
/// are looked up.
///
/// # Errors
///
/// The path is not UTF-8; the error is the nearest name that is.
pub(super) fn name<'p>(path: &'p Path, base: &Path) -> Result<Cow<'p, str>, String> {
    let below = path.strip_prefix(base).unwrap_or(path);
    match below.to_str() {
        Some(name) if MAIN_SEPARATOR == '/' => Ok(composed(name)),
        Some(name) => Ok(composed(&name.replace(MAIN_SEPARATOR, "/")).into_owned().into()),
        None => Err(below.iter().map(OsStr::to_string_lossy).collect::<Vec<_>>().join("/")),
    }
}

/// Finds a name from `base` on disk. There, the name may be in another Unicode normalization form, as zip
/// files and some file systems write it.
///
/// # Errors
///
/// A folder cannot be listed.
pub(crate) fn locate(base: &Path, name: &str) -> io::Result<PathBuf> {
    let path = base.join(name);
    if name.is_ascii() || disk::follow(&path)?.is_some() {
        return Ok(path);
    }
    let mut folder = base.to_owned();
    for part in name.split('/') {
        folder = written(&folder, part)?.unwrap_or_else(|| folder.join(part));
    }
    Ok(folder)
}

/// Finds the entry of a folder that has this name in any normalization form.
fn written(folder: &Path, name: &str) -> io::Result<Option<PathBuf>> {
    if disk::follow(folder)?.is_none_or(|metadata| !metadata.is_dir()) {
        return Ok(None);
    }
    let entries = disk::list(folder)?;
    let same = entries.iter().find(|entry| entry.name.to_str().is_some_and(|it| composed(it) == name));
    Ok(same.map(|entry| folder.join(&entry.name)))
}

/// The hidden names that web hosts look for.
const PUBLISHED: [&[u8]; 3] = [b".well-known", b".htaccess", b".nojekyll"];

/// The names of files that operating systems put into any folder.
const SYSTEMS: [&[u8]; 4] = [b"Thumbs.db", b"ehthumbs.db", b"desktop.ini", b"__MACOSX"];

/// Returns true if a name is one that operating systems, tools and editors give to files of their own.
pub(super) fn is_hidden_or_backup(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    let hidden = name.starts_with(b".") && !PUBLISHED.contains(&name);
    let in_progress = name.starts_with(b"#") && name.ends_with(b"#");
    let of_the_system = SYSTEMS.iter().any(|system| name.eq_ignore_ascii_case(system));
    hidden || in_progress || of_the_system || name.ends_with(b"~") || name.ends_with(b".swp")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use sitegen_model::Content;

    use super::super::trees::Trees;
    use super::*;

    #[test]
    fn hidden_files_are_passed_by_unless_they_end_as_texts_do() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        fs::create_dir(folder.path().join("content")).expect("is writable");
        for name in ["..md", ".a.md", "a.md", "._a.md", ".#a.md", ".a.toml", ".a.md~", ".DS_Store"] {
            fs::write(folder.path().join("content").join(name), "").expect("is writable");
        }
        let content = Content::default();
        let bounds = Bounds::of(folder.path(), Trees::of_site(&content)).expect("can be seen");
        let found = walk(folder.path(), "content", &bounds).expect("can be seen").filter_map(|found| {
            let is_read = matches!(found.entry, Admission::File);
            let name = found.path.file_name()?.to_str()?.to_owned();
            (!matches!(found.entry, Admission::Folder)).then_some((name, is_read))
        });
        let mut found: Vec<_> = found.collect();
        found.sort();
        let expected = [("..md", false), (".a.md", false), ("a.md", true)];
        assert_eq!(found, expected.map(|(name, is_read)| (name.to_owned(), is_read)));
    }
}
