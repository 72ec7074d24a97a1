//! The list of what a build wrote, which stands in the output folder itself.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;
use std::time::SystemTime;

/// The manifest's name in the output folder.
pub(super) const NAME: &str = ".sitegen-manifest";

const VERSION: &str = "sitegen manifest 1";

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
        for (path, Stamp { hash, size }) in &self.files {
            let _infallible = writeln!(text, "{hash:032x} {size} {path}");
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
    if lines.next() != Some(VERSION) {
        return None;
    }
    lines.map(parse_line).collect()
}

fn parse_line(line: &str) -> Option<(String, Stamp)> {
    let mut parts = line.splitn(3, ' ');
    let hash = u128::from_str_radix(parts.next()?, 16).ok()?;
    let size = parts.next()?.parse().ok()?;
    Some((parts.next()?.to_owned(), Stamp { hash, size }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let stamp = Stamp { hash: 7, size: 3 };
        let manifest = Manifest::of([("a b/ü.html", stamp), ("a", stamp)].into_iter());
        manifest.write(folder.path()).expect("is writable");
        let read = Manifest::read(folder.path()).expect("is readable");
        assert_eq!(read.files, manifest.files);
        fs::write(folder.path().join(NAME), "sitegen manifest 2\n").expect("is writable");
        assert!(!Manifest::read(folder.path()).expect("is readable").is_published());
    }
}
