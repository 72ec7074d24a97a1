//! The list of what a build wrote, which stands in the output folder itself.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;
use std::time::SystemTime;

/// The manifest's name in the output folder.
pub(super) const NAME: &str = ".sitegen-manifest";

const VERSION: &str = "sitegen manifest 2";

/// The first version, whose lines lack what files were drawn from.
const FIRST_VERSION: &str = "sitegen manifest 1";

/// The files that a build wrote.
///
/// It holds no times, so that equal sites have equal manifests. It is written last: a file that is not younger than its
/// manifest was not touched since.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// By path below the output folder.
    pub files: BTreeMap<String, Stamp>,
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
        Self { files: files.map(|(path, stamp)| (path.to_owned(), stamp)).collect(), written: None }
    }

    /// The manifest in an output folder; empty if there is none that can be understood, so that its files count as
    /// somebody else's.
    ///
    /// # Errors
    ///
    /// It is there but cannot be read.
    pub(super) fn read(output: &Path) -> io::Result<Self> {
        let path = output.join(NAME);
        match fs::read(&path) {
            Ok(bytes) => {
                let written = path.metadata()?.modified().ok();
                let files = std::str::from_utf8(&bytes).ok().and_then(parse);
                Ok(files.map_or_else(Self::default, |files| Self { files, written }))
            }
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound) => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    /// Writes it into a folder.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub(super) fn write(&self, folder: &Path) -> io::Result<()> {
        let mut text = format!("{VERSION}\n");
        for (path, Stamp { hash, size, drawn_from }) in &self.files {
            let key = drawn_from.map_or_else(|| "-".to_owned(), |key| format!("{key:032x}"));
            let _infallible = writeln!(text, "{hash:032x} {size} {key} {path}");
        }
        fs::create_dir_all(folder)?;
        fs::write(folder.join(NAME), text)
    }

    /// Whether it was read from an output folder.
    pub(super) fn is_published(&self) -> bool {
        self.written.is_some()
    }

    /// Whether a file was last modified before the manifest was written.
    pub(super) fn is_older(&self, file: &fs::Metadata) -> bool {
        file.modified().is_ok_and(|modified| self.written.is_some_and(|written| modified <= written))
    }
}

fn parse(text: &str) -> Option<BTreeMap<String, Stamp>> {
    let mut lines = text.lines();
    match lines.next()? {
        VERSION => lines.map(parse_line).collect(),
        FIRST_VERSION => lines.map(|line| parse_line(&of_now(line)?)).collect(),
        _ => None,
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
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let stamp = Stamp { hash: 7, size: 3, drawn_from: None };
        let drawn = Stamp { drawn_from: Some(5), ..stamp };
        let manifest = Manifest::of([("a b/ü.html", stamp), ("a", drawn)].into_iter());
        manifest.write(folder.path()).expect("is writable");
        let read = Manifest::read(folder.path()).expect("is readable");
        assert_eq!(read.files, manifest.files);
        fs::write(folder.path().join(NAME), "sitegen manifest 3\n").expect("is writable");
        assert!(!Manifest::read(folder.path()).expect("is readable").is_published());
    }

    #[test]
    fn the_first_version_is_understood() {
        let files = parse(&format!("{FIRST_VERSION}\n{:032x} 3 a b/c.html\n", 7)).expect("is a manifest");
        let stamp = Stamp { hash: 7, size: 3, drawn_from: None };
        assert_eq!(files, BTreeMap::from([("a b/c.html".to_owned(), stamp)]));
    }
}
