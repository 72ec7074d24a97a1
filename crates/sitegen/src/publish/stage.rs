//! The staging folder beside the output folder, in which the new site is put together.
//!
//! It is beside and not in a temporary folder, because folders can be renamed and files linked only within
//! one file system.

use std::ffi::OsString;
use std::fs::{File, Permissions, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::exchange::{self, Old};
use super::record::ExchangeRecord;
use super::{ByteSource, old};
use crate::console::Console;
use crate::disk::{self, EntryKind, FolderEntry};
use crate::errors::{self, Failure};

/// The file in the staging folder that a build locks as long as it publishes. A folder with another lock, or
/// with other things than the names below, is not a build's and is left alone.
const LOCK: &str = "lock";
/// The text in a lock, by which we know our own.
const MARK: &str = "A build of sitegen is putting a site together here.\n";
const TREE: &str = "tree";
const ASIDE: &str = "aside";
const REPLACED: &str = "replaced";

/// The staging folder of one build, which is deleted when the value is dropped. The next build deletes what a
/// killed one left.
#[derive(Debug)]
pub(super) struct Stage {
    folder: PathBuf,
    /// The folders that had to be made around it.
    made: Vec<PathBuf>,
    /// True if it holds an old site, which may have things of others in it, so that it must not be deleted.
    holds_old: bool,
    /// The lock, held as long as the build publishes. The system releases it if the build is killed.
    _lock: File,
}

impl Stage {
    /// Waits until no other build publishes to `target`, ends what a killed one began, and makes an empty
    /// tree.
    ///
    /// # Errors
    ///
    /// A folder of others is in the way, the folder cannot be made, or what a killed build began cannot be
    /// ended.
    pub(super) fn open(target: &Path, console: &Console) -> Result<Self, Failure> {
        let mut name = OsString::from(".");
        name.push(target.file_name().unwrap_or_default());
        name.push(".sitegen");
        let folder = target.with_file_name(name);
        let made = missing(&folder).map_err(errors::cannot_read(&folder))?;
        let lock = lock(&folder, console)?;
        let mut stage = Self { folder, made, holds_old: true, _lock: lock };
        stage.recover(target).map_err(errors::cannot_write(target))?;
        stage.holds_old = false;
        Ok(stage)
    }

    /// Ends what a killed build began. Without a record, it was killed before the exchange, and its tree is
    /// deleted. With one, the old site is in the tree or aside if it was replaced, and is taken apart.
    fn recover(&self, target: &Path) -> io::Result<()> {
        exchange::recover(target, &self.aside())?;
        if let Some(record) = ExchangeRecord::read(&self.record())? {
            if record.is_site(&self.tree())? {
                old::dissolve(&self.tree(), target, &record)?;
            }
            if disk::find(&self.aside())?.is_some() {
                old::dissolve(&self.aside(), target, &record)?;
            }
        }
        disk::remove_tree(&self.aside())?;
        disk::remove_tree(&self.tree())?;
        disk::remove(&self.record())?;
        disk::create_folder(&self.tree())
    }

    /// Deletes the staging folder. The lock goes last, because without a lock the next build would take the
    /// rest for somebody else's.
    fn remove(&self) -> io::Result<()> {
        disk::remove_tree(&self.tree())?;
        disk::remove_tree(&self.aside())?;
        disk::remove(&self.record())?;
        disk::remove(&self.folder.join(LOCK))?;
        disk::remove_folder(&self.folder)
    }

    /// Returns the path of the tree in which the new site is put together.
    pub(super) fn tree(&self) -> PathBuf {
        self.folder.join(TREE)
    }

    /// Returns the path to which the old site is renamed if both sites cannot change places at once.
    fn aside(&self) -> PathBuf {
        self.folder.join(ASIDE)
    }

    /// Returns the path of the record of what is about to be replaced.
    fn record(&self) -> PathBuf {
        self.folder.join(REPLACED)
    }

    /// Writes a file of the tree and returns its size.
    ///
    /// # Errors
    ///
    /// The file cannot be written, or the file that it copies cannot be read.
    pub(super) fn write(&self, path: &str, content: &ByteSource) -> Result<u64, Failure> {
        let to = self.tree().join(path);
        let created = disk::make_in(&to, || disk::create(&to)).map_err(errors::cannot_write(&to));
        match content {
            ByteSource::Bytes(bytes) | ByteSource::Drawn { bytes, .. } => {
                created?.write_all(bytes).map_err(errors::cannot_write(&to))?;
                Ok(bytes.len() as u64)
            }
            ByteSource::Copy { from, .. } => {
                let mut source = disk::open(from).map_err(errors::cannot_read(from))?;
                io::copy(&mut source, &mut created?).map_err(errors::cannot_write(&to))
            }
        }
    }

    /// Adds an unchanged file of the old site to the tree, by a hard link if there can be one.
    ///
    /// # Errors
    ///
    /// The file can neither be linked nor copied.
    pub(super) fn share(&self, old: &Path, path: &str) -> Result<(), Failure> {
        let (from, to) = (old.join(path), self.tree().join(path));
        let shared = match disk::make_in(&to, || disk::link(&from, &to)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(error),
            Err(_) => disk::copy(&from, &to).map(drop),
            linked => linked,
        };
        shared.map_err(errors::cannot_write(&to))
    }

    /// Adds a hard link to a foreign file, so that the new site has the file from the first moment. Failure
    /// is no error, because the file itself moves over when the old site is taken apart.
    pub(super) fn lend(&self, old: &Path, path: &Path) {
        let (from, to) = (old.join(path), self.tree().join(path));
        let _comes_later = disk::make_in(&to, || disk::link(&from, &to));
    }

    /// Adds a stand-in for a foreign folder, until the folder itself moves over.
    pub(super) fn lend_folder(&self, path: &Path) {
        let _comes_later = disk::create_folders(&self.tree().join(path));
    }

    /// Returns true if the new site has a folder, and with other permissions than the old one.
    ///
    /// # Errors
    ///
    /// The folder cannot be looked at.
    pub(super) fn differs(&self, folder: &Path, permissions: &Permissions) -> Result<bool, Failure> {
        let folder = self.tree().join(folder);
        let now = disk::find(&folder).map_err(errors::cannot_read(&folder))?;
        Ok(now.is_some_and(|now| now.is_dir() && now.permissions() != *permissions))
    }

    /// Sets the permissions of a folder of the new site.
    ///
    /// # Errors
    ///
    /// The permissions cannot be set.
    pub(super) fn permit(&self, folder: &Path, permissions: &Permissions) -> Result<(), Failure> {
        let folder = self.tree().join(folder);
        disk::permit(&folder, permissions.clone()).map_err(errors::cannot_write(&folder))
    }

    /// Writes the record of what is about to be replaced: the target and the foreign folders in it.
    ///
    /// # Errors
    ///
    /// The record cannot be written.
    pub(super) fn announce(&self, target: &Path, foreign: &[PathBuf]) -> io::Result<ExchangeRecord> {
        ExchangeRecord::write(&self.record(), target, foreign)
    }

    /// Puts the tree in the place of the target.
    ///
    /// # Errors
    ///
    /// Nothing has changed.
    pub(super) fn exchange(&mut self, target: &Path) -> io::Result<Old> {
        let old = exchange::exchange(&self.tree(), target, &self.aside())?;
        self.holds_old = old != Old::None;
        Ok(old)
    }

    /// Takes the old site apart, after the one in `target` replaced it.
    ///
    /// # Errors
    ///
    /// Something cannot be moved or deleted. The next build goes on.
    pub(super) fn dissolve(&mut self, old: Old, target: &Path, record: &ExchangeRecord) -> io::Result<()> {
        let old = match old {
            Old::None => return Ok(()),
            Old::Swapped => self.tree(),
            Old::Aside => self.aside(),
        };
        old::dissolve(&old, target, record)?;
        self.holds_old = false;
        Ok(())
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if self.holds_old {
            return;
        }
        // We ignore errors, because the next build deletes what is left.
        let _later = self.remove();
        let _in_use = self.made.iter().try_for_each(|folder| disk::remove_folder(folder));
    }
}

/// Finds the folders that must be made around a path, inner ones first.
fn missing(path: &Path) -> io::Result<Vec<PathBuf>> {
    let mut missing = Vec::new();
    for folder in path.ancestors().skip(1) {
        if disk::follow(folder)?.is_some() {
            break;
        }
        missing.push(folder.to_owned());
    }
    Ok(missing)
}

/// Locks a file in the staging folder, which is made if it is not there.
///
/// The build that had the lock deletes both when it ends. Then we hold the lock of a deleted file, which
/// keeps nobody out, so we start again.
fn lock(folder: &Path, console: &Console) -> Result<File, Failure> {
    let path = folder.join(LOCK);
    let mut announce = Some("waiting for another build of this site");
    loop {
        claim(folder)?;
        let file = match disk::open_or_create(&path) {
            // Another build ended and deleted the folder after we claimed it.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            file => file.map_err(errors::cannot_write(&path))?,
        };
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                if let Some(line) = announce.take() {
                    console.notice(line);
                }
                file.lock().map_err(errors::cannot_write(&path))?;
            }
            Err(TryLockError::Error(error)) if error.kind() != io::ErrorKind::Unsupported => {
                return Err(errors::cannot_write(&path)(error));
            }
            _ => {}
        }
        if is_at(&file, &path).map_err(errors::cannot_read(&path))? {
            mark(&file).map_err(errors::cannot_write(&path))?;
            return Ok(file);
        }
    }
}

/// Makes the staging folder, or checks that a folder of its name was made by a build.
fn claim(folder: &Path) -> Result<(), Failure> {
    match disk::make_in(folder, || disk::create_folder(folder)) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            match foreign(folder) {
                // Another build ended and deleted the folder in the meantime.
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                Err(error) => Err(errors::cannot_read(folder)(error)),
                Ok(None) => Ok(()),
                Ok(Some(name)) => Err(errors::stage_in_use(folder, &name)),
            }
        }
        made => made.map_err(errors::cannot_write(folder)),
    }
}

/// Returns none if a build made the folder, or if nothing is there. Otherwise, returns the name of an entry
/// that no build makes, or an empty name if this is no folder.
fn foreign(folder: &Path) -> io::Result<Option<String>> {
    match disk::find(folder)? {
        None => return Ok(None),
        Some(metadata) if !metadata.is_dir() => return Ok(Some(String::new())),
        Some(_) => {}
    }
    let entries = disk::list(folder)?;
    let lock = read_lock(&folder.join(LOCK))?;
    let marked = lock.as_deref() == Some(MARK.as_bytes());
    // A build that was killed while it wrote the lock has made nothing else yet.
    let begun = entries.len() == 1 && lock.is_some_and(|lock| MARK.as_bytes().starts_with(&lock));
    for FolderEntry { name, kind } in &entries {
        let ours = match name.to_str() {
            Some(LOCK) => marked || begun,
            Some(REPLACED) => marked && *kind == EntryKind::File,
            Some(TREE | ASIDE) => marked && *kind == EntryKind::Folder,
            _ => false,
        };
        if !ours {
            return Ok(Some(name.to_string_lossy().into_owned()));
        }
    }
    Ok(None)
}

/// Reads a lock, if it is there and a file.
fn read_lock(lock: &Path) -> io::Result<Option<Vec<u8>>> {
    match disk::find(lock)? {
        Some(metadata) if metadata.is_file() => disk::read(lock).map(Some),
        _ => Ok(None),
    }
}

/// Writes the text of our locks, if it is not there yet.
fn mark(mut lock: &File) -> io::Result<()> {
    if lock.metadata()?.len() < MARK.len() as u64 { lock.write_all(MARK.as_bytes()) } else { Ok(()) }
}

/// Returns true if an open file is still the one at a path. It is not if the build that made the file has
/// ended and deleted it.
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    let Some(named) = disk::find(path)? else { return Ok(false) };
    let open = disk::identity(&file.metadata()?);
    // Systems that do not number files need no check, because an open file keeps its folder from being
    // removed there.
    Ok(open.is_none() || open == disk::identity(&named))
}
