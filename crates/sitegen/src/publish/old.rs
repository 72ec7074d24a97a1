//! Taking apart a site that was replaced: files of builds are deleted, all other things move to the new site.
//!
//! The new site got hard links to the foreign files that were there when it was put together. The originals
//! are looked for all the same, because others may have added or changed files since, and because there are
//! no hard links to folders: a foreign folder stays the same folder only if it moves itself.

use std::fs::{Metadata, Permissions};
use std::io;
use std::path::Path;

use super::manifest::{self, Manifest};
use super::record::ExchangeRecord;
use super::{exchange, in_place, stock};
use crate::disk::{self, EntryKind};

/// Deletes the site in `old`, which was replaced by the one in `live`, but moves to `live` what no build
/// wrote.
///
/// # Errors
///
/// Something cannot be moved or deleted. The next build goes on.
pub(super) fn dissolve(old: &Path, live: &Path, record: &ExchangeRecord) -> io::Result<()> {
    let (before, now) = (Manifest::read(old)?, Manifest::read(live)?);
    in_place::clear(old, &before)?;
    Dissolution { old, live, before: &before, now: &now, record }.folder(Path::new(""))?;
    // The manifest goes last, because after a kill it tells the next build which files it may delete.
    disk::remove(&old.join(manifest::NAME))?;
    disk::remove_folder(old)
}

struct Dissolution<'a> {
    old: &'a Path,
    live: &'a Path,
    before: &'a Manifest,
    now: &'a Manifest,
    record: &'a ExchangeRecord,
}

impl Dissolution<'_> {
    /// Empties a folder of the old site.
    fn folder(&self, folder: &Path) -> io::Result<()> {
        freely(&self.old.join(folder), || self.empty(folder))
    }

    fn empty(&self, folder: &Path) -> io::Result<()> {
        for entry in disk::list(&self.old.join(folder))? {
            let path = folder.join(entry.name);
            if entry.kind == EntryKind::Folder {
                self.inner(&path)?;
            } else if path != Path::new(manifest::NAME) {
                self.file(&path)?;
            }
        }
        Ok(())
    }

    fn inner(&self, folder: &Path) -> io::Result<()> {
        let is_of = |name: String| self.before.has_folder(&name) || self.now.has_folder(&name);
        if !stock::name(folder).is_some_and(is_of) {
            return self.carry(folder);
        }
        self.folder(folder)?;
        disk::remove_folder(&self.old.join(folder))
    }

    fn file(&self, path: &Path) -> io::Result<()> {
        let name = stock::name(path);
        let is_of = |manifest: &Manifest| name.as_ref().is_some_and(|name| manifest.has(name));
        if is_of(self.before) || is_of(self.now) {
            return disk::remove(&self.old.join(path));
        }
        self.carry(path)
    }

    fn carry(&self, path: &Path) -> io::Result<()> {
        let (from, to) = (self.old.join(path), self.live.join(path));
        let (old, new) = (disk::find(&from)?, disk::find(&to)?);
        let is_original = |it: Option<&Metadata>| it.is_some_and(|it| self.record.is_original(it));
        if is_original(old.as_ref()) && new.as_ref().is_some_and(Metadata::is_dir) {
            return restore(&from, &to, self.record.moment);
        }
        // If the original is at the new place already, an earlier run put it there, and the folder here is
        // the stand-in.
        bring(&from, &to, is_original(new.as_ref()).then_some(self.record.moment))
    }
}

/// Puts a foreign folder back in the place of its stand-in, which holds hard links to its files.
fn restore(original: &Path, live: &Path, moment: disk::Moment) -> io::Result<()> {
    match disk::exchange(original, live) {
        Err(error) if exchange::is_unsupported(&error) => merge(original, live, None),
        Err(error) => Err(error),
        // We merge things that came to the stand-in after the exchange, because they are nowhere else.
        Ok(()) => merge(original, live, Some(moment)),
    }
}

/// Moves something to its new place if it is missing there or newer, and deletes it otherwise. With `since`,
/// what is missing there and was last changed before that moment was deleted by its owner, and is deleted
/// here, too.
fn bring(from: &Path, to: &Path, since: Option<disk::Moment>) -> io::Result<()> {
    let Some(old) = disk::find(from)? else { return Ok(()) };
    match disk::find(to)? {
        None if since.is_none_or(|moment| disk::changed(&old) > moment) => {
            disk::make_in(to, || disk::rename(from, to))
        }
        None => remove(from, &old),
        Some(new) if old.is_dir() && new.is_dir() => merge(from, to, since),
        Some(new) => settle(from, &old, to, &new),
    }
}

/// Moves all that is in one folder to another, and removes the first.
fn merge(from: &Path, to: &Path, since: Option<disk::Moment>) -> io::Result<()> {
    let empty = || {
        let mut entries = disk::list(from)?.into_iter().map(|entry| entry.name);
        entries.try_for_each(|name| bring(&from.join(&name), &to.join(&name), since))
    };
    freely(from, empty)?;
    disk::remove_folder(from)
}

/// Keeps the newer of two things with the same name.
fn settle(from: &Path, old: &Metadata, to: &Path, new: &Metadata) -> io::Result<()> {
    let same = disk::identity(old).is_some() && disk::identity(old) == disk::identity(new);
    if same || disk::changed(old) <= disk::changed(new) {
        return remove(from, old);
    }
    if old.is_dir() || new.is_dir() {
        remove(to, new)?;
    }
    disk::rename(from, to)
}

fn remove(path: &Path, metadata: &Metadata) -> io::Result<()> {
    if metadata.is_dir() { disk::remove_tree(path) } else { disk::remove(path) }
}

/// Empties a folder, and makes it writable first if it is not.
fn freely(folder: &Path, empty: impl Fn() -> io::Result<()>) -> io::Result<()> {
    match empty() {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            disk::permit(folder, writable(&disk::metadata(folder)?.permissions()))?;
            empty()
        }
        emptied => emptied,
    }
}

/// Returns permissions with which the owner of a folder can empty it.
#[cfg(unix)]
fn writable(permissions: &Permissions) -> Permissions {
    use std::os::unix::fs::PermissionsExt as _;

    Permissions::from_mode(permissions.mode() | 0o700)
}

#[cfg(not(unix))]
fn writable(permissions: &Permissions) -> Permissions {
    let mut permissions = permissions.clone();
    permissions.set_readonly(false);
    permissions
}
