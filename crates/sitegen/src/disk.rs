//! The disk: every way in which the program touches files.
//!
//! Nothing else uses `std::fs`, which a lint holds. So a test can let any single operation fail (`disk/fault.rs`), and no
//! error is taken for an absence: what may be missing is asked for by [`find`], never by `Path::exists`.

mod fault;
mod file;
mod folder;
mod walk;

use std::fs::{self, Metadata, Permissions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

pub(crate) use self::file::{Reader, create, open, open_below, open_or_create, read};
pub(crate) use self::folder::{Kind, Listed, list, remove_tree};
pub(crate) use self::walk::{Entry, Trouble, Walk};

#[cfg(test)]
pub(crate) use self::fault::{Fault, Mount};

/// What a path leads to, through links.
pub(crate) fn metadata(path: &Path) -> io::Result<Metadata> {
    fault::touch(path)?;
    fs::metadata(path)
}

/// What is at a path, be it a link; nothing if there is nothing.
pub(crate) fn find(path: &Path) -> io::Result<Option<Metadata>> {
    fault::touch(path)?;
    found(fs::symlink_metadata(path))
}

/// What a path leads to, through links; nothing if there is nothing.
pub(crate) fn follow(path: &Path) -> io::Result<Option<Metadata>> {
    found(metadata(path))
}

/// A path below a file leads to nothing, too.
fn found(metadata: io::Result<Metadata>) -> io::Result<Option<Metadata>> {
    match metadata {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(None)
        }
        metadata => metadata.map(Some),
    }
}

/// A path without links.
pub(crate) fn canonicalize(path: &Path) -> io::Result<PathBuf> {
    fault::touch(path)?;
    path.canonicalize()
}

/// Makes a folder that is not there yet.
pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
    fault::touch(path)?;
    fs::create_dir(path)
}

/// Makes a folder and those that it is in, as far as they are not there.
pub(crate) fn create_folders(path: &Path) -> io::Result<()> {
    fault::touch(path)?;
    fs::create_dir_all(path)
}

/// Makes something at a path, and the folders that it is in if they are not there.
pub(crate) fn make_in<T>(path: &Path, make: impl Fn() -> io::Result<T>) -> io::Result<T> {
    match (make(), path.parent()) {
        (Err(error), Some(folder)) if error.kind() == io::ErrorKind::NotFound => {
            create_folders(folder)?;
            make()
        }
        (made, _) => made,
    }
}

/// Gives a file a second name.
pub(crate) fn link(from: &Path, to: &Path) -> io::Result<()> {
    fault::touch(to)?;
    fs::hard_link(from, to)
}

/// Gives a file or folder another name.
pub(crate) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fault::touch(to)?;
    fs::rename(from, to)
}

/// Sets who may do what.
pub(crate) fn permit(path: &Path, permissions: Permissions) -> io::Result<()> {
    fault::touch(path)?;
    fs::set_permissions(path, permissions)
}

/// Removes a file or a link, if it is there.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    fault::touch(path)?;
    gone(fs::remove_file(path))
}

/// Removes an empty folder, if it is there.
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

/// Copies the bytes of a file to one that is not there yet; gives how many there are.
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

/// Other systems cannot.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(crate) fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Waits until all that was written to the disk of a folder is there, power cut or not.
#[cfg(target_os = "linux")]
pub(crate) fn sync_all(folder: &Path) -> io::Result<()> {
    fault::touch(folder)?;
    Ok(rustix::fs::syncfs(fs::File::open(folder)?)?)
}

/// Waits until all files below a folder are on the disk.
#[cfg(not(target_os = "linux"))]
pub(crate) fn sync_all(folder: &Path) -> io::Result<()> {
    for entry in Walk::below(folder) {
        let entry = entry.map_err(|trouble| trouble.error)?;
        match entry.kind {
            Kind::File => fs::File::open(&entry.path)?.sync_all()?,
            Kind::Folder => sync_names(&entry.path)?,
            Kind::Link | Kind::Other => {}
        }
    }
    sync_names(folder)
}

/// Waits until the names in a folder are on the disk.
#[cfg(unix)]
pub(crate) fn sync_names(folder: &Path) -> io::Result<()> {
    fault::touch(folder)?;
    fs::File::open(folder)?.sync_all()
}

/// Folders cannot be opened elsewhere.
#[cfg(not(unix))]
pub(crate) fn sync_names(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Whether an error says that links lead to one another in a circle.
#[cfg(unix)]
pub(crate) fn is_loop(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}

#[cfg(not(unix))]
pub(crate) fn is_loop(_: &io::Error) -> bool {
    false
}

/// A moment of a file system's clock, in seconds and nanoseconds.
pub(crate) type Moment = (i64, i64);

/// What tells a file from all others on the system's disks.
pub(crate) type Identity = (u64, u64);

/// Which of all files on the system's disks it is: two names can be those of one.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems do not say")]
pub(crate) fn identity(metadata: &Metadata) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;

    Some((metadata.dev(), metadata.ino()))
}

/// Other systems do not say.
#[cfg(not(unix))]
pub(crate) fn identity(_: &Metadata) -> Option<Identity> {
    None
}

/// When a file, a name of it or what is known of it was last changed. Nobody can set it, unlike the time of modification.
#[cfg(unix)]
pub(crate) fn changed(metadata: &Metadata) -> Moment {
    use std::os::unix::fs::MetadataExt as _;

    (metadata.ctime(), metadata.ctime_nsec())
}

/// When a file was last modified, which is all that other systems say.
#[cfg(not(unix))]
pub(crate) fn changed(metadata: &Metadata) -> Moment {
    moment(metadata.modified().ok())
}

/// A time as a moment; the earliest if there is none.
pub(crate) fn moment(time: Option<SystemTime>) -> Moment {
    let time = time.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok()).unwrap_or_default();
    (i64::try_from(time.as_secs()).unwrap_or(i64::MAX), i64::from(time.subsec_nanos()))
}

/// Whether a folder is where another file system, or another part of one, begins, so that it cannot be renamed.
#[cfg(target_os = "linux")]
pub(crate) fn is_mount(folder: &Path) -> io::Result<bool> {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};

    fault::touch(folder)?;
    let found = statx(CWD, folder, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::empty())?;
    Ok(found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

/// Elsewhere, renaming says so.
#[cfg(not(target_os = "linux"))]
pub(crate) fn is_mount(_: &Path) -> io::Result<bool> {
    Ok(false)
}
