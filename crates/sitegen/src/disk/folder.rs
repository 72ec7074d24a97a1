//! Folders: listing them, and removing them with all that is in them.
//!
//! On Unix we make the system calls ourselves, because the standard library panics if a folder cannot be
//! closed after it was read, although its entries are known by then.

use std::ffi::OsString;
use std::fs::{self, FileType};
use std::io;
use std::path::Path;

use super::fault;

/// The kind of an entry in a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EntryKind {
    File,
    Folder,
    /// A symbolic link, even if it leads to a file or folder.
    Link,
    /// A device, a named pipe or the like.
    Other,
}

/// An entry of a folder.
#[derive(Debug)]
pub(crate) struct FolderEntry {
    pub name: OsString,
    pub kind: EntryKind,
}

impl From<FileType> for EntryKind {
    fn from(kind: FileType) -> Self {
        match kind {
            kind if kind.is_file() => Self::File,
            kind if kind.is_dir() => Self::Folder,
            kind if kind.is_symlink() => Self::Link,
            _ => Self::Other,
        }
    }
}

/// Lists the entries of a folder, in no order.
///
/// # Errors
///
/// It is not a folder, or not all of it can be read.
pub(crate) fn list(folder: &Path) -> io::Result<Vec<FolderEntry>> {
    fault::touch(folder)?;
    let listed = imp::list(folder)?;
    listed.iter().try_for_each(|_| fault::touch(folder))?;
    Ok(listed)
}

/// Removes a folder with all that is in it, or a link, if there is one.
///
/// # Errors
///
/// Something cannot be read or removed.
pub(crate) fn remove_tree(path: &Path) -> io::Result<()> {
    fault::touch(path)?;
    super::gone(
        fs::symlink_metadata(path).and_then(|metadata| {
            if metadata.is_symlink() { fs::remove_file(path) } else { imp::remove(path) }
        }),
    )
}

#[cfg(unix)]
mod imp {
    use std::ffi::OsStr;
    use std::io;
    use std::os::fd::BorrowedFd;
    use std::os::unix::ffi::OsStrExt as _;
    use std::path::Path;

    use rustix::fs::{AtFlags, CWD, Dir, DirEntry, FileType, Mode, OFlags, openat, statat, unlinkat};

    use super::{EntryKind, FolderEntry};
    use crate::disk::gone;

    const FLAGS: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);

    pub(super) fn list(folder: &Path) -> io::Result<Vec<FolderEntry>> {
        read(&mut Dir::new(openat(CWD, folder, FLAGS, Mode::empty())?)?)
    }

    fn read(folder: &mut Dir) -> io::Result<Vec<FolderEntry>> {
        let mut listed = Vec::new();
        while let Some(entry) = folder.read() {
            let entry = entry?;
            let name = entry.file_name().to_bytes();
            if ![&b"."[..], b".."].contains(&name) {
                listed.push(FolderEntry {
                    name: OsStr::from_bytes(name).to_owned(),
                    kind: kind(folder, &entry)?,
                });
            }
        }
        Ok(listed)
    }

    /// Returns the kind of an entry; we must ask for it where the file system's listing does not say it.
    fn kind(folder: &Dir, entry: &DirEntry) -> io::Result<EntryKind> {
        let kind = match entry.file_type() {
            FileType::Unknown => {
                let found = statat(folder.fd()?, entry.file_name(), AtFlags::SYMLINK_NOFOLLOW)?;
                FileType::from_raw_mode(found.st_mode)
            }
            known => known,
        };
        Ok(match kind {
            FileType::RegularFile => EntryKind::File,
            FileType::Directory => EntryKind::Folder,
            FileType::Symlink => EntryKind::Link,
            _ => EntryKind::Other,
        })
    }

    pub(super) fn remove(folder: &Path) -> io::Result<()> {
        remove_from(CWD, folder.as_os_str())
    }

    /// Removes a folder and follows no link, not even one that somebody puts there meanwhile.
    fn remove_from(parent: BorrowedFd, folder: &OsStr) -> io::Result<()> {
        let mut dir = Dir::new(openat(parent, folder, FLAGS | OFlags::NOFOLLOW, Mode::empty())?)?;
        for FolderEntry { name, kind } in read(&mut dir)? {
            gone(match kind {
                EntryKind::Folder => remove_from(dir.fd()?, &name),
                _ => Ok(unlinkat(dir.fd()?, name.as_os_str(), AtFlags::empty())?),
            })?;
        }
        Ok(unlinkat(parent, folder, AtFlags::REMOVEDIR)?)
    }
}

#[cfg(not(unix))]
mod imp {
    use std::path::Path;
    use std::{fs, io};

    use super::FolderEntry;

    pub(super) fn list(folder: &Path) -> io::Result<Vec<FolderEntry>> {
        let listed = |entry: io::Result<fs::DirEntry>| {
            let entry = entry?;
            Ok(FolderEntry { name: entry.file_name(), kind: entry.file_type()?.into() })
        };
        fs::read_dir(folder)?.map(listed).collect()
    }

    pub(super) fn remove(folder: &Path) -> io::Result<()> {
        fs::remove_dir_all(folder)
    }
}
