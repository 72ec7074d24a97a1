//! Putting one folder in the place of another.

use std::fs;
use std::io;
use std::path::Path;

/// Puts the folder `new` in the place of `target`, which may not be there. What was there is below the folder that
/// holds `new` and `aside` afterwards.
///
/// # Errors
///
/// Nothing has changed.
pub(super) fn exchange(new: &Path, target: &Path, aside: &Path) -> io::Result<()> {
    if !target.exists() {
        return fs::rename(new, target);
    }
    match swap(new, target) {
        Err(error) if is_unsupported(&error) => replace(new, target, aside),
        result => result,
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn swap(new: &Path, target: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};

    Ok(renameat_with(CWD, new, CWD, target, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn swap(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Systems and file systems that cannot exchange say so in one of two ways.
fn is_unsupported(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// By two renames, between which there is no site. [`recover`] brings back the old one if the program is killed there.
fn replace(new: &Path, target: &Path, aside: &Path) -> io::Result<()> {
    fs::rename(target, aside)?;
    fs::rename(new, target).inspect_err(|_| {
        let _next_time = fs::rename(aside, target);
    })
}

/// Brings back what a build that was killed while it replaced the site had put aside.
///
/// # Errors
///
/// It cannot be brought back.
pub(super) fn recover(target: &Path, aside: &Path) -> io::Result<()> {
    if aside.exists() && !target.exists() { fs::rename(aside, target) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
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
