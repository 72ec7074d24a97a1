//! The folder beside the output folder in which the new site is put together.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::{Content, exchange};
use crate::console::Console;
use crate::errors::{self, Failure};

/// A folder of one build's own. It vanishes with the value; what a killed build leaves vanishes with the next.
#[derive(Debug)]
pub(super) struct Stage {
    folder: PathBuf,
    /// Held as long as the build publishes.
    _lock: File,
}

impl Stage {
    /// Waits until no other build publishes to `target`, and begins with an empty tree.
    ///
    /// # Errors
    ///
    /// The folder cannot be made, or what a killed build left cannot be removed.
    pub(super) fn open(target: &Path, console: &Console) -> io::Result<Self> {
        let mut name = OsString::from(".");
        name.push(target.file_name().unwrap_or_default());
        name.push(".sitegen");
        let folder = target.with_file_name(name);
        let lock = lock(&folder, console)?;
        let stage = Self { folder, _lock: lock };
        exchange::recover(target, &stage.aside())?;
        remove_tree(&stage.aside())?;
        remove_tree(&stage.tree())?;
        Ok(stage)
    }

    /// Where the new site is put together.
    pub(super) fn tree(&self) -> PathBuf {
        self.folder.join("tree")
    }

    /// Where the old site is for a moment if the two cannot change places at once.
    pub(super) fn aside(&self) -> PathBuf {
        self.folder.join("aside")
    }

    /// Writes a file of the tree; gives its size.
    ///
    /// # Errors
    ///
    /// It cannot be written, or what it is a copy of cannot be read.
    pub(super) fn write(&self, path: &str, content: &Content) -> Result<u64, Failure> {
        let to = self.tree().join(path);
        let created = create(&to).map_err(errors::cannot_write(&to));
        match content {
            Content::Bytes(bytes) | Content::Drawn { bytes, .. } => {
                io::Write::write_all(&mut created?, bytes).map_err(errors::cannot_write(&to))?;
                Ok(bytes.len() as u64)
            }
            Content::Copy { from, .. } => {
                let mut source = File::open(from).map_err(errors::cannot_read(from))?;
                io::copy(&mut source, &mut created?).map_err(errors::cannot_write(&to))
            }
        }
    }

    /// Gives the tree a file of the old site.
    ///
    /// # Errors
    ///
    /// It can neither be linked nor copied.
    pub(super) fn share(&self, old: &Path, path: &Path) -> Result<(), Failure> {
        let (from, to) = (old.join(path), self.tree().join(path));
        share(&from, &to).map_err(errors::cannot_write(&to))
    }

    /// Lets the new site's folder be open to whom the old one's was.
    ///
    /// # Errors
    ///
    /// The permissions cannot be set.
    pub(super) fn keep_permissions(&self, target: &Path) -> Result<(), Failure> {
        let tree = self.tree();
        fs::create_dir_all(&tree).map_err(errors::cannot_write(&tree))?;
        match target.metadata() {
            Ok(old) => fs::set_permissions(&tree, old.permissions()).map_err(errors::cannot_write(&tree)),
            Err(_) => Ok(()),
        }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next build.
        let _later = fs::remove_dir_all(&self.folder);
    }
}

/// Locks a file in the folder, which is made if need be.
fn lock(folder: &Path, console: &Console) -> io::Result<File> {
    let path = folder.join("lock");
    let mut announce = Some("waiting for another build of this site");
    loop {
        fs::create_dir_all(folder)?;
        let file = match File::options().create(true).truncate(false).write(true).open(&path) {
            // Another build ended in between.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            file => file?,
        };
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                if let Some(line) = announce.take() {
                    console.notice(line);
                }
                file.lock()?;
            }
            Err(TryLockError::Error(error)) if error.kind() != io::ErrorKind::Unsupported => {
                return Err(error);
            }
            _ => {}
        }
        if is_at(&file, &path) {
            return Ok(file);
        }
    }
}

/// Whether a file is still the one under a path: a build that ends takes its lock along.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    match (file.metadata(), path.metadata()) {
        (Ok(open), Ok(named)) => (open.dev(), open.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}

/// An open file's folder cannot be removed on other systems.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

fn remove_tree(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Creates a file that is not there yet, and the folders that it is in.
fn create(path: &Path) -> io::Result<File> {
    match File::create_new(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            create_parent(path)?;
            File::create_new(path)
        }
        file => file,
    }
}

fn create_parent(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}

fn share(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Ok(()) => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => create_parent(to)?,
        Err(_) => {}
    }
    fs::hard_link(from, to).or_else(|_| copy(from, to))
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if from.is_symlink() {
        return std::os::unix::fs::symlink(from.read_link()?, to);
    }
    fs::copy(from, to).map(drop)
}
