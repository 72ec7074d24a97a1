//! The manifest: the list of what a build wrote, kept in the output folder itself.
//!
//! The folder may go online as it is, so the manifest must not reveal its contents. It holds hashes of paths
//! instead: a known path can be looked up, but no path can be read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::Metadata;
use std::io::{self, Write as _};
use std::path::Path;
use std::time::SystemTime;

use sitegen_model::hash_bytes;

use super::stock;
use crate::disk;

/// The name of the manifest in the output folder.
pub(crate) const NAME: &str = ".sitegen-manifest";

/// The name of the manifest of an unfinished build that replaces files one by one.
pub(super) const UNFINISHED: &str = ".sitegen-unfinished";

const VERSION: &str = "sitegen manifest 3";

/// The second version, which holds paths instead of their hashes.
const SECOND_VERSION: &str = "sitegen manifest 2";

/// The first version, which holds paths, too, but no keys of drawn images.
const FIRST_VERSION: &str = "sitegen manifest 1";

/// The files that builds wrote.
///
/// It holds no times, because equal sites are to have equal manifests. Builds write it last, so a file that
/// is not younger than the manifest was not modified since.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    list: HashedPaths,
    /// True if it was read in an older format, and must be written again.
    is_old: bool,
    /// True if a build that replaces files one by one did not end.
    pub unfinished: bool,
    /// The time at which it was written; none if it was not read from a folder.
    written: Option<SystemTime>,
}

/// Files and the folders that they are in, by hashes of their paths below the output folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct HashedPaths {
    files: BTreeMap<u128, Stamp>,
    folders: BTreeSet<u128>,
}

/// The hash and size of a file's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    pub hash: u128,
    pub size: u64,
    /// The key of the image that it was drawn from, if it was drawn.
    pub drawn_from: Option<u128>,
}

impl Manifest {
    /// Makes the manifest of some files.
    pub(super) fn of<'a>(files: impl Iterator<Item = (&'a str, Stamp)>) -> Self {
        Self { list: HashedPaths::of(files), ..Self::default() }
    }

    /// Reads the manifest of an output folder. If there is none, or it cannot be parsed, the manifest is
    /// empty, so that all files count as somebody else's and none is deleted.
    ///
    /// # Errors
    ///
    /// The manifest is there but cannot be read.
    pub(super) fn read(output: &Path) -> io::Result<Self> {
        let mut manifest = Self::default();
        if let Some((bytes, written)) = read(&output.join(NAME))?
            && let Some(list) = str::from_utf8(&bytes).ok().and_then(parse)
        {
            manifest.list = list;
            manifest.is_old = !bytes.starts_with(VERSION.as_bytes());
            manifest.written = written;
        }
        // Files that an unfinished build wrote are ours, too. `add` keeps the older stamp of a file that is
        // in both lists, because the file may not have been replaced yet.
        if let Some((bytes, _)) = read(&output.join(UNFINISHED))?
            && let Some(list) = str::from_utf8(&bytes).ok().and_then(parse_begun)
        {
            manifest.unfinished = true;
            manifest.list.add(list);
        }
        Ok(manifest)
    }

    /// Returns the stamp of a file, if a build wrote it.
    pub(super) fn stamp(&self, path: &str) -> Option<&Stamp> {
        self.list.files.get(&hash_bytes(path.as_bytes()))
    }

    /// Returns true if a build wrote a file.
    pub(super) fn has(&self, path: &str) -> bool {
        self.stamp(path).is_some()
    }

    /// Returns true if a build wrote files below a folder.
    pub(super) fn has_folder(&self, path: &str) -> bool {
        self.list.folders.contains(&hash_bytes(path.as_bytes()))
    }

    /// Returns true if both manifests list the same, and neither is in an older format than the other.
    pub(super) fn is_equal(&self, other: &Self) -> bool {
        self.list == other.list && self.is_old == other.is_old
    }

    /// Joins the files of two manifests.
    pub(super) fn with(&self, other: &Self) -> Self {
        let mut list = self.list.clone();
        list.add(other.list.clone());
        Self { list, ..Self::default() }
    }

    /// Writes the manifest to a new file.
    ///
    /// # Errors
    ///
    /// The file is there already or cannot be written.
    pub(super) fn write(&self, to: &Path) -> io::Result<()> {
        let mut text = format!("{VERSION}\n");
        for folder in &self.list.folders {
            let _infallible = writeln!(text, "{folder:032x} /");
        }
        for (path, Stamp { hash, size, drawn_from }) in &self.list.files {
            let key = drawn_from.map_or_else(|| "-".to_owned(), |key| format!("{key:032x}"));
            let _infallible = writeln!(text, "{path:032x} {hash:032x} {size} {key}");
        }
        disk::create(to)?.write_all(text.as_bytes())
    }

    /// Returns true if it was read from an output folder.
    pub(super) fn is_published(&self) -> bool {
        self.written.is_some()
    }

    /// Returns true if a file was last modified before the manifest was written. After an unfinished build,
    /// no file counts as older, so each one is hashed.
    pub(super) fn is_older(&self, file: &Metadata) -> bool {
        let written = self.written.filter(|_| !self.unfinished);
        file.modified().is_ok_and(|modified| written.is_some_and(|written| modified <= written))
    }
}

impl HashedPaths {
    fn of<'a>(files: impl Iterator<Item = (&'a str, Stamp)>) -> Self {
        let (paths, files): (Vec<_>, BTreeMap<_, _>) =
            files.map(|(path, stamp)| (path, (hash_bytes(path.as_bytes()), stamp))).unzip();
        let folders = stock::folders_of(paths.into_iter());
        Self { files, folders: folders.into_iter().map(|folder| hash_bytes(folder.as_bytes())).collect() }
    }

    /// Adds files of another list, but keeps the stamps of those that are in both.
    fn add(&mut self, other: Self) {
        for (path, stamp) in other.files {
            self.files.entry(path).or_insert(stamp);
        }
        self.folders.extend(other.folders);
    }
}

/// Reads the bytes of a manifest and the time of its last change, if there is one.
fn read(path: &Path) -> io::Result<Option<(Vec<u8>, Option<SystemTime>)>> {
    if disk::find(path)?.is_none_or(|metadata| !metadata.is_file()) {
        return Ok(None);
    }
    let reader = disk::open(path)?;
    let written = reader.metadata.modified().ok();
    Ok(Some((reader.whole()?, written)))
}

/// Parses a manifest of any version; returns none if the text is something else.
fn parse(text: &str) -> Option<HashedPaths> {
    let mut lines = text.lines();
    let version = lines.next()?;
    if version == VERSION {
        return parse_lines(lines);
    }
    let is_first = version == FIRST_VERSION;
    if !is_first && version != SECOND_VERSION {
        return None;
    }
    let files = lines.map(|line| parse_named(line, is_first)).collect::<Option<Vec<_>>>()?;
    Some(HashedPaths::of(files.into_iter()))
}

/// Parses the manifest of an unfinished build, whose last line may be cut short. Returns none if the text is
/// no beginning of a manifest, since the file is somebody else's then.
fn parse_begun(text: &str) -> Option<HashedPaths> {
    match text.rsplit_once('\n') {
        Some((whole, _)) => parse(whole),
        None => VERSION.starts_with(text).then(HashedPaths::default),
    }
}

fn parse_lines<'t>(lines: impl Iterator<Item = &'t str>) -> Option<HashedPaths> {
    let mut list = HashedPaths::default();
    for line in lines {
        let (path, rest) = line.split_once(' ')?;
        let path = number(path)?;
        if rest == "/" {
            list.folders.insert(path);
            continue;
        }
        let (hash, rest) = rest.split_once(' ')?;
        let (size, key) = rest.split_once(' ')?;
        list.files.insert(path, stamp(hash, size, key)?);
    }
    Some(list)
}

/// Parses a line of an older version, whose last part is a path.
fn parse_named(line: &str, is_first: bool) -> Option<(&str, Stamp)> {
    let (hash, rest) = line.split_once(' ')?;
    let (size, rest) = rest.split_once(' ')?;
    let (key, path) = if is_first { ("-", rest) } else { rest.split_once(' ')? };
    Some((path, stamp(hash, size, key)?))
}

fn stamp(hash: &str, size: &str, key: &str) -> Option<Stamp> {
    let drawn_from = if key == "-" { None } else { Some(number(key)?) };
    Some(Stamp { hash: number(hash)?, size: size.parse().ok()?, drawn_from })
}

fn number(text: &str) -> Option<u128> {
    u128::from_str_radix(text, 16).ok()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const STAMP: Stamp = Stamp { hash: 7, size: 3, drawn_from: None };

    #[test]
    fn what_is_written_is_read() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join(NAME);
        let drawn = Stamp { drawn_from: Some(5), ..STAMP };
        let manifest = Manifest::of([("a b/ü.html", STAMP), ("a", drawn)].into_iter());
        manifest.write(&path).expect("is writable");
        let read = Manifest::read(folder.path()).expect("is readable");
        assert!(read.is_equal(&manifest) && read.stamp("a") == Some(&drawn) && read.has_folder("a b"));
        assert!(!read.has("a b") && !read.has_folder("a"));
        let text = fs::read_to_string(&path).expect("is readable");
        assert!(!text.contains("html"), "{text}");
        fs::write(path, "sitegen manifest 4\n").expect("is writable");
        assert!(!Manifest::read(folder.path()).expect("is readable").is_published());
    }

    #[test]
    fn older_versions_are_understood() {
        let list = HashedPaths::of([("a b/c.html", STAMP)].into_iter());
        assert_eq!(parse(&format!("{FIRST_VERSION}\n{:032x} 3 a b/c.html\n", 7)), Some(list.clone()));
        assert_eq!(parse(&format!("{SECOND_VERSION}\n{:032x} 3 - a b/c.html\n", 7)), Some(list));
    }

    #[test]
    fn a_manifest_that_was_cut_short_names_whole_lines_only() {
        let whole = format!("{VERSION}\n{:032x} /\n{:032x} {:032x} 3 -\n", 1, 2, 7);
        for end in 0..whole.len() {
            let list = parse_begun(&whole[..end]).expect("is the beginning of a manifest");
            assert!(list.folders.iter().all(|path| *path == 1) && list.files.is_empty(), "{end}: {list:?}");
        }
        assert_eq!(parse_begun("notes\n"), None);
    }
}
