//! The folder beside the output folder in which the new site is put together.

use std::ffi::OsString;
use std::fs::{File, Permissions, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::exchange::{self, Old};
use super::record::Record;
use super::{Content, old};
use crate::console::Console;
use crate::disk::{self, Kind, Listed};
use crate::errors::{self, Failure};

/// What a build keeps there. A folder that holds anything else, or another lock, is not a build's.
const LOCK: &str = "lock";
/// What the lock holds.
const MARK: &str = "A build of sitegen is putting a site together here.\n";
const TREE: &str = "tree";
const ASIDE: &str = "aside";
const REPLACED: &str = "replaced";

/// A folder of one build's own. It vanishes with the value; what a killed build leaves vanishes with the next.
#[derive(Debug)]
pub(super) struct Stage {
    folder: PathBuf,
    /// The folders that were made for it to stand in.
    made: Vec<PathBuf>,
    /// Whether it holds an old site, of which things may have to be moved to the new one.
    holds_old: bool,
    /// Held as long as the build publishes.
    _lock: File,
}

impl Stage {
    /// Waits until no other build publishes to `target`, ends what a killed one began, and begins with an empty tree.
    ///
    /// # Errors
    ///
    /// Somebody else's folder is in the way, the folder cannot be made, or what was begun cannot be ended.
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

    fn recover(&self, target: &Path) -> io::Result<()> {
        exchange::recover(target, &self.aside())?;
        if let Some(record) = Record::read(&self.record())? {
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

    /// The lock goes last, since what stands beside it is a build's by that.
    fn remove(&self) -> io::Result<()> {
        disk::remove_tree(&self.tree())?;
        disk::remove_tree(&self.aside())?;
        disk::remove(&self.record())?;
        disk::remove(&self.folder.join(LOCK))?;
        disk::remove_folder(&self.folder)
    }

    /// Where the new site is put together.
    pub(super) fn tree(&self) -> PathBuf {
        self.folder.join(TREE)
    }

    /// Where the old site is for a moment if the two cannot change places at once.
    fn aside(&self) -> PathBuf {
        self.folder.join(ASIDE)
    }

    /// Where it is written down what is about to be replaced.
    fn record(&self) -> PathBuf {
        self.folder.join(REPLACED)
    }

    /// Writes a file of the tree; gives its size.
    ///
    /// # Errors
    ///
    /// It cannot be written, or what it is a copy of cannot be read.
    pub(super) fn write(&self, path: &str, content: &Content) -> Result<u64, Failure> {
        let to = self.tree().join(path);
        let created = disk::make_in(&to, || disk::create(&to)).map_err(errors::cannot_write(&to));
        match content {
            Content::Bytes(bytes) | Content::Drawn { bytes, .. } => {
                created?.write_all(bytes).map_err(errors::cannot_write(&to))?;
                Ok(bytes.len() as u64)
            }
            Content::Copy { from, .. } => {
                let mut source = disk::open(from).map_err(errors::cannot_read(from))?;
                io::copy(&mut source, &mut created?).map_err(errors::cannot_write(&to))
            }
        }
    }

    /// Gives the tree a file of the old site.
    ///
    /// # Errors
    ///
    /// It can neither be linked nor copied.
    pub(super) fn share(&self, old: &Path, path: &str) -> Result<(), Failure> {
        let (from, to) = (old.join(path), self.tree().join(path));
        let shared = match disk::make_in(&to, || disk::link(&from, &to)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(error),
            Err(_) => disk::copy(&from, &to).map(drop),
            linked => linked,
        };
        shared.map_err(errors::cannot_write(&to))
    }

    /// Gives the tree a second name of somebody else's file, so that the new site has it from the first moment. Where
    /// there is no second name to be had, the file comes when the old site is taken apart.
    pub(super) fn lend(&self, old: &Path, path: &Path) {
        let (from, to) = (old.join(path), self.tree().join(path));
        let _comes_later = disk::make_in(&to, || disk::link(&from, &to));
    }

    /// Gives the tree a folder in the place of somebody else's, until that comes.
    pub(super) fn lend_folder(&self, path: &Path) {
        let _comes_later = disk::create_folders(&self.tree().join(path));
    }

    /// Whether a folder of the new site is there and open to others than the old one.
    ///
    /// # Errors
    ///
    /// It cannot be looked at.
    pub(super) fn differs(&self, folder: &Path, permissions: &Permissions) -> Result<bool, Failure> {
        let folder = self.tree().join(folder);
        let now = disk::find(&folder).map_err(errors::cannot_read(&folder))?;
        Ok(now.is_some_and(|now| now.is_dir() && now.permissions() != *permissions))
    }

    /// Lets a folder of the new site be open to whom the old one was.
    ///
    /// # Errors
    ///
    /// The permissions cannot be set.
    pub(super) fn permit(&self, folder: &Path, permissions: &Permissions) -> Result<(), Failure> {
        let folder = self.tree().join(folder);
        disk::permit(&folder, permissions.clone()).map_err(errors::cannot_write(&folder))
    }

    /// Leaves word of what is about to be replaced: the target, in which some folders are those of others.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub(super) fn announce(&self, target: &Path, foreign: &[PathBuf]) -> io::Result<Record> {
        Record::write(&self.record(), target, foreign)
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

    /// Takes the old site apart, which was replaced by that in `target`.
    ///
    /// # Errors
    ///
    /// Not all of it can be moved or deleted. The next build goes on.
    pub(super) fn dissolve(&mut self, old: Old, target: &Path, record: &Record) -> io::Result<()> {
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
        // What cannot be removed now is removed by the next build.
        let _later = self.remove();
        let _in_use = self.made.iter().try_for_each(|folder| disk::remove_folder(folder));
    }
}

/// The folders that are to be made for a path to stand in, inner ones first.
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

/// Locks a file in the folder, which is made if need be.
fn lock(folder: &Path, console: &Console) -> Result<File, Failure> {
    let path = folder.join(LOCK);
    let mut announce = Some("waiting for another build of this site");
    loop {
        claim(folder)?;
        let file = match disk::open_or_create(&path) {
            // Another build ended in between.
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

/// Makes the folder, or sees that the one of its name is one that a build made.
fn claim(folder: &Path) -> Result<(), Failure> {
    match disk::make_in(folder, || disk::create_folder(folder)) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            match foreign(folder) {
                // Another build ended in between.
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                Err(error) => Err(errors::cannot_read(folder)(error)),
                Ok(None) => Ok(()),
                Ok(Some(name)) => Err(errors::stage_in_use(folder, &name)),
            }
        }
        made => made.map_err(errors::cannot_write(folder)),
    }
}

/// What says that a folder is somebody else's; none if a build made it.
fn foreign(folder: &Path) -> io::Result<Option<String>> {
    match disk::find(folder)? {
        None => return Ok(None),
        Some(metadata) if !metadata.is_dir() => return Ok(Some(String::new())),
        Some(_) => {}
    }
    let entries = disk::list(folder)?;
    let lock = read_lock(&folder.join(LOCK))?;
    let marked = lock.as_deref() == Some(MARK.as_bytes());
    // A build that was killed at once has not written all of it, and nothing else.
    let begun = entries.len() == 1 && lock.is_some_and(|lock| MARK.as_bytes().starts_with(&lock));
    for Listed { name, kind } in &entries {
        let ours = match name.to_str() {
            Some(LOCK) => marked || begun,
            Some(REPLACED) => marked && *kind == Kind::File,
            Some(TREE | ASIDE) => marked && *kind == Kind::Folder,
            _ => false,
        };
        if !ours {
            return Ok(Some(name.to_string_lossy().into_owned()));
        }
    }
    Ok(None)
}

/// What a lock holds; nothing if it is not there, or no file.
fn read_lock(lock: &Path) -> io::Result<Option<Vec<u8>>> {
    match disk::find(lock)? {
        Some(metadata) if metadata.is_file() => disk::read(lock).map(Some),
        _ => Ok(None),
    }
}

/// Makes a lock one that builds know.
fn mark(mut lock: &File) -> io::Result<()> {
    if lock.metadata()?.len() < MARK.len() as u64 { lock.write_all(MARK.as_bytes()) } else { Ok(()) }
}

/// Whether a file is still the one under a path: a build that ends takes its lock along.
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    let Some(named) = disk::find(path)? else { return Ok(false) };
    let open = disk::identity(&file.metadata()?);
    // Elsewhere, an open file's folder cannot be removed.
    Ok(open.is_none() || open == disk::identity(&named))
}
