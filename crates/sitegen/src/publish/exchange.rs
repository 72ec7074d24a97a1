//! Putting one folder in the place of another by a rename.

use std::io;
use std::path::Path;

use crate::disk;

/// The place of the replaced folder after an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Old {
    /// There was no folder to replace.
    None,
    /// It is where the new folder was, because both changed places.
    Swapped,
    /// It is at the path `aside`, because the file system cannot exchange two folders.
    Aside,
}

/// Puts the folder `new` in the place of `target`, which may not be there.
///
/// # Errors
///
/// Nothing has changed.
pub(crate) fn exchange(new: &Path, target: &Path, aside: &Path) -> io::Result<Old> {
    if disk::find(target)?.is_none() {
        return disk::rename(new, target).map(|()| Old::None);
    }
    match disk::exchange(new, target) {
        Ok(()) => Ok(Old::Swapped),
        Err(error) if is_unsupported(&error) => replace(new, target, aside).map(|()| Old::Aside),
        Err(error) => Err(error),
    }
}

/// Returns true if the system or file system cannot exchange folders; there are two error codes for this.
pub(super) fn is_unsupported(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// Replaces a folder by two renames, between which there is no site. If the program is killed there,
/// [`recover`] brings back the old one in the next build.
fn replace(new: &Path, target: &Path, aside: &Path) -> io::Result<()> {
    disk::rename(target, aside)?;
    disk::rename(new, target).inspect_err(|_| {
        let _next_time = disk::rename(aside, target);
    })
}

/// Brings back an old site that was put aside by a build that was killed before the new one came.
///
/// # Errors
///
/// The folder cannot be renamed.
pub(crate) fn recover(target: &Path, aside: &Path) -> io::Result<()> {
    if disk::find(aside)?.is_some() && disk::find(target)?.is_none() {
        disk::rename(aside, target)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_killed_replacement_is_undone() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let [new, target, aside] = ["new", "target", "aside"].map(|name| folder.path().join(name));
        fs::create_dir(&new).expect("is writable");
        fs::create_dir(&target).expect("is writable");
        fs::write(target.join("old"), "").expect("is writable");
        fs::rename(&target, &aside).expect("is writable");
        recover(&target, &aside).expect("is writable");
        assert!(target.join("old").exists());
        replace(&new, &target, &aside).expect("is writable");
        assert!(!target.join("old").exists() && aside.join("old").exists());
    }
}
