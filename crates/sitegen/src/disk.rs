//! The disk: all operations of the program on files and folders.
//!
//! A lint keeps `std::fs` to this module, so that tests can make any single operation fail (`disk/fault.rs`).
//! An error is never taken for an absence, because a build that overlooks files would delete their pages:
//! callers look for what may be missing with [`find`], never with `Path::exists`.

mod fault;
mod file;
mod folder;
mod walk;

use std::fs::{self, Metadata, Permissions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

pub(crate) use self::file::{RegularFile, create, open, open_below, open_or_create, read};
pub(crate) use self::folder::{EntryKind, FolderEntry, list, remove_tree};
pub(crate) use self::walk::{Trouble, Visit, Walk};

#[cfg(test)]
pub(crate) use self::fault::{Mount, PlannedFault};

/// Returns the metadata of a path's target, through links.
pub(crate) fn metadata(path: &Path) -> io::Result<Metadata> {
    fault::touch(path)?;
    fs::metadata(path)
}

/// Returns the metadata of a file, folder or link at a path, if there is one.
pub(crate) fn find(path: &Path) -> io::Result<Option<Metadata>> {
    fault::touch(path)?;
    found(fs::symlink_metadata(path))
}

/// Returns the metadata of a path's target through links, if there is one.
pub(crate) fn follow(path: &Path) -> io::Result<Option<Metadata>> {
    found(metadata(path))
}

/// Takes a path below a file for an absence, too.
fn found(metadata: io::Result<Metadata>) -> io::Result<Option<Metadata>> {
    match metadata {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(None)
        }
        metadata => metadata.map(Some),
    }
}

/// Resolves all links in a path.
pub(crate) fn canonicalize(path: &Path) -> io::Result<PathBuf> {
    fault::touch(path)?;
    path.canonicalize()
}

/// Makes a new folder.
pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
    fault::touch(path)?;
    fs::create_dir(path)
}

/// Makes a folder and the missing ones around it.
pub(crate) fn create_folders(path: &Path) -> io::Result<()> {
    fault::touch(path)?;
    fs::create_dir_all(path)
}

/// Makes something at a path, after the missing folders around it.
pub(crate) fn make_in<T>(path: &Path, make: impl Fn() -> io::Result<T>) -> io::Result<T> {
    match (make(), path.parent()) {
        (Err(error), Some(folder)) if error.kind() == io::ErrorKind::NotFound => {
            create_folders(folder)?;
            make()
        }
        (made, _) => made,
    }
}

/// Gives a file a second name by a hard link.
pub(crate) fn link(from: &Path, to: &Path) -> io::Result<()> {
    fault::touch(to)?;
    fs::hard_link(from, to)
}

/// Renames a file or folder.
pub(crate) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fault::touch(to)?;
    fs::rename(from, to)
}

/// Sets permissions.
pub(crate) fn permit(path: &Path, permissions: Permissions) -> io::Result<()> {
    fault::touch(path)?;
    fs::set_permissions(path, permissions)
}

/// Removes a file or a link, if there is one.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    fault::touch(path)?;
    gone(fs::remove_file(path))
}

/// Removes an empty folder, if there is one.
pub(crate) fn remove_folder(path: &Path) -> io::Result<()> {
    fault::touch(path)?;
    gone(fs::remove_dir(path))
}

fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// Copies a file to a new one and returns the number of bytes.
pub(crate) fn copy(from: &Path, to: &Path) -> io::Result<u64> {
    io::copy(&mut open(from)?, &mut create(to)?)
}

/// Lets two files or folders change places.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(crate) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};

    fault::touch_both(one, other)?;
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

/// Fails, because other systems cannot do this in one step.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(crate) fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Waits until everything written to the file system of a folder would survive a power cut.
#[cfg(target_os = "linux")]
pub(crate) fn sync_all(folder: &Path) -> io::Result<()> {
    fault::touch(folder)?;
    Ok(rustix::fs::syncfs(fs::File::open(folder)?)?)
}

/// Waits until all files below a folder would survive a power cut.
#[cfg(not(target_os = "linux"))]
pub(crate) fn sync_all(folder: &Path) -> io::Result<()> {
    for entry in Walk::below(folder) {
        let entry = entry.map_err(|trouble| trouble.error)?;
        match entry.kind {
            EntryKind::File => fs::File::open(&entry.path)?.sync_all()?,
            EntryKind::Folder => sync_names(&entry.path)?,
            EntryKind::Link | EntryKind::Other => {}
        }
    }
    sync_names(folder)
}

/// Waits until the names in a folder would survive a power cut.
#[cfg(unix)]
pub(crate) fn sync_names(folder: &Path) -> io::Result<()> {
    fault::touch(folder)?;
    fs::File::open(folder)?.sync_all()
}

/// Does nothing, because other systems cannot open folders.
#[cfg(not(unix))]
pub(crate) fn sync_names(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Returns true if an error says that links lead in a circle.
#[cfg(unix)]
pub(crate) fn is_loop(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}

#[cfg(not(unix))]
pub(crate) fn is_loop(_: &io::Error) -> bool {
    false
}

/// A time of a file system's clock, in seconds and nanoseconds.
pub(crate) type Moment = (i64, i64);

/// The numbers of a device and of a file on it, which no other file has.
pub(crate) type Identity = (u64, u64);

/// Returns the identity of a file. Two names with the same identity are names of one file.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems do not say")]
pub(crate) fn identity(metadata: &Metadata) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;

    Some((metadata.dev(), metadata.ino()))
}

/// Returns none, because other systems do not number files.
#[cfg(not(unix))]
pub(crate) fn identity(_: &Metadata) -> Option<Identity> {
    None
}

/// Returns the time at which a file, its names or its metadata last changed. Unlike the time of modification,
/// nobody can set it.
#[cfg(unix)]
pub(crate) fn changed(metadata: &Metadata) -> Moment {
    use std::os::unix::fs::MetadataExt as _;

    (metadata.ctime(), metadata.ctime_nsec())
}

/// Returns the time at which a file was last modified, because other systems say no more.
#[cfg(not(unix))]
pub(crate) fn changed(metadata: &Metadata) -> Moment {
    moment(metadata.modified().ok())
}

/// Converts a time to a moment; no time is the earliest moment.
pub(crate) fn moment(time: Option<SystemTime>) -> Moment {
    let time = time.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok()).unwrap_or_default();
    (i64::try_from(time.as_secs()).unwrap_or(i64::MAX), i64::from(time.subsec_nanos()))
}

/// Returns true if a file system, or a bind mount of a part of one, begins at a folder, so that it cannot be
/// renamed.
#[cfg(target_os = "linux")]
pub(crate) fn is_mount(folder: &Path) -> io::Result<bool> {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};

    fault::touch(folder)?;
    let found = statx(CWD, folder, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::empty())?;
    Ok(found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

/// Returns false, because other systems tell only when the folder is renamed.
#[cfg(not(target_os = "linux"))]
pub(crate) fn is_mount(_: &Path) -> io::Result<bool> {
    Ok(false)
}
