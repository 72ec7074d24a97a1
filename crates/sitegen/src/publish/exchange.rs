//! Putting one folder in the place of another.

use std::io;
use std::path::Path;

use crate::disk;

/// Where a folder is afterwards in whose place another one came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Old {
    /// There was none.
    None,
    /// Where the new one was.
    Swapped,
    /// Where it was put aside.
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

/// Systems and file systems that cannot exchange say so in one of two ways.
pub(super) fn is_unsupported(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// By two renames, between which there is no site. [`recover`] brings back the old one if the program is killed there.
fn replace(new: &Path, target: &Path, aside: &Path) -> io::Result<()> {
    disk::rename(target, aside)?;
    disk::rename(new, target).inspect_err(|_| {
        let _next_time = disk::rename(aside, target);
    })
}

/// Brings back what a build that was killed while it replaced the site had put aside.
///
/// # Errors
///
/// It cannot be brought back.
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
