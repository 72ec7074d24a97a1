//! The list of what a build wrote, which stands in the output folder itself.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::Metadata;
use std::io::{self, Write as _};
use std::path::Path;
use std::time::SystemTime;

use crate::disk;

/// The manifest's name in the output folder.
pub(crate) const NAME: &str = ".sitegen-manifest";

/// What a build that replaces files one by one leaves there until it is done: the manifest of what it writes.
pub(super) const UNFINISHED: &str = ".sitegen-unfinished";

const VERSION: &str = "sitegen manifest 2";

/// The first version, whose lines lack what files were drawn from.
const FIRST_VERSION: &str = "sitegen manifest 1";

/// The files that builds wrote.
///
/// It holds no times, so that equal sites have equal manifests. It is written last: a file that is not younger than its
/// manifest was not touched since.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// By path below the output folder.
    pub files: BTreeMap<String, Stamp>,
    /// Whether a build that replaced files one by one did not come to its end.
    pub unfinished: bool,
    /// When it was written; none if there was none.
    written: Option<SystemTime>,
}

/// What tells a file's bytes from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    pub hash: u128,
    pub size: u64,
    /// The key of the image that it was drawn from; none if it was not drawn.
    pub drawn_from: Option<u128>,
}

impl Manifest {
    /// The manifest of these files.
    pub(super) fn of<'a>(files: impl Iterator<Item = (&'a str, Stamp)>) -> Self {
        let files = files.map(|(path, stamp)| (path.to_owned(), stamp)).collect();
        Self { files, unfinished: false, written: None }
    }

    /// The manifest in an output folder; empty if there is none that can be understood, so that its files count as
    /// somebody else's.
    ///
    /// # Errors
    ///
    /// It is there but cannot be read.
    pub(super) fn read(output: &Path) -> io::Result<Self> {
        let mut manifest = Self::default();
        if let Some((bytes, written)) = read(&output.join(NAME))?
            && let Some(files) = str::from_utf8(&bytes).ok().and_then(parse)
        {
            manifest.files = files;
            manifest.written = written;
        }
        // Whatever that build came to write is a build's, too; the newer stamp tells nothing of an older file.
        if let Some((bytes, _)) = read(&output.join(UNFINISHED))?
            && let Some(files) = str::from_utf8(&bytes).ok().and_then(parse_begun)
        {
            manifest.unfinished = true;
            for (path, stamp) in files {
                manifest.files.entry(path).or_insert(stamp);
            }
        }
        Ok(manifest)
    }

    /// Writes it to a file that is not there yet.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub(super) fn write(&self, to: &Path) -> io::Result<()> {
        let mut text = format!("{VERSION}\n");
        for (path, Stamp { hash, size, drawn_from }) in &self.files {
            let key = drawn_from.map_or_else(|| "-".to_owned(), |key| format!("{key:032x}"));
            let _infallible = writeln!(text, "{hash:032x} {size} {key} {path}");
        }
        disk::create(to)?.write_all(text.as_bytes())
    }

    /// Whether it was read from an output folder.
    pub(super) fn is_published(&self) -> bool {
        self.written.is_some()
    }

    /// Whether a file was last modified before the manifest was written.
    pub(super) fn is_older(&self, file: &Metadata) -> bool {
        let written = self.written.filter(|_| !self.unfinished);
        file.modified().is_ok_and(|modified| written.is_some_and(|written| modified <= written))
    }
}

type Files = BTreeMap<String, Stamp>;

/// The bytes of a manifest, and when it was written; nothing if there is no file.
fn read(path: &Path) -> io::Result<Option<(Vec<u8>, Option<SystemTime>)>> {
    if disk::find(path)?.is_none_or(|metadata| !metadata.is_file()) {
        return Ok(None);
    }
    let reader = disk::open(path)?;
    let written = reader.metadata.modified().ok();
    Ok(Some((reader.whole()?, written)))
}

/// The files that a manifest names; none if it is not one.
fn parse(text: &str) -> Option<Files> {
    let mut lines = text.lines();
    match lines.next()? {
        VERSION => lines.map(parse_line).collect(),
        FIRST_VERSION => lines.map(|line| parse_line(&of_now(line)?)).collect(),
        _ => None,
    }
}

/// The files that a manifest names whose writing may have been cut short; none if it is somebody else's file.
fn parse_begun(text: &str) -> Option<Files> {
    match text.rsplit_once('\n') {
        Some((whole, _)) => parse(whole),
        None => VERSION.starts_with(text).then(Files::new),
    }
}

/// A line of the first version as this one has it.
fn of_now(line: &str) -> Option<String> {
    let (hash, rest) = line.split_once(' ')?;
    let (size, path) = rest.split_once(' ')?;
    Some(format!("{hash} {size} - {path}"))
}

fn parse_line(line: &str) -> Option<(String, Stamp)> {
    let mut parts = line.splitn(4, ' ');
    let number = |text: &str| u128::from_str_radix(text, 16).ok();
    let hash = number(parts.next()?)?;
    let size = parts.next()?.parse().ok()?;
    let drawn_from = match parts.next()? {
        "-" => None,
        key => Some(number(key)?),
    };
    Some((parts.next()?.to_owned(), Stamp { hash, size, drawn_from }))
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
        assert_eq!(read.files, manifest.files);
        fs::write(path, "sitegen manifest 3\n").expect("is writable");
        assert!(!Manifest::read(folder.path()).expect("is readable").is_published());
    }

    #[test]
    fn the_first_version_is_understood() {
        let files = parse(&format!("{FIRST_VERSION}\n{:032x} 3 a b/c.html\n", 7)).expect("is a manifest");
        assert_eq!(files, BTreeMap::from([("a b/c.html".to_owned(), STAMP)]));
    }

    #[test]
    fn a_manifest_that_was_cut_short_names_whole_lines_only() {
        let whole = format!("{VERSION}\n{:032x} 3 - a.html\n{:032x} 3 - ab.html\n", 7, 7);
        for end in 0..whole.len() {
            let files = parse_begun(&whole[..end]).expect("is the beginning of a manifest");
            assert!(files.keys().all(|path| path == "a.html" || path == "ab.html"), "{end}: {files:?}");
        }
        assert_eq!(parse_begun("notes\n"), None);
    }
}
