//! Watching folders: the system's notifications ring the bell.
//!
//! Notifications are hints, because they can be late, incomplete or missing. So they only lead to a look for
//! changes, and from time to time there is one without them.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, AccessMode};
use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::console::Console;
use crate::disk;

use super::bell::Ring;

/// The shortest wait between looks without a notification.
const BACKSTOP: Duration = Duration::from_secs(2);

/// The shortest wait between looks if the system does not notify us.
const POLL: Duration = Duration::from_millis(300);

/// A watch on folders.
pub(super) struct Watch {
    /// None if the system does not notify us.
    watcher: Option<RecommendedWatcher>,
    /// The watched folders. A folder with another identity is another folder at the same path.
    folders: BTreeMap<PathBuf, FolderIdentity>,
}

/// Device, number and time of birth of a folder. The number alone can be used again after the folder is
/// deleted.
type FolderIdentity = (u64, u64, Option<SystemTime>);

impl Watch {
    /// Makes a watch that covers no folder yet.
    pub(super) fn begin(bell: Sender<Ring>, console: &Console) -> Self {
        let tell = move |event: notify::Result<Event>| {
            if event.is_err() || event.is_ok_and(|event| is_change(event.kind)) {
                let _ended = bell.send(Ring::Changed(Instant::now()));
            }
        };
        let watcher = notify::recommended_watcher(tell).map_err(|error| advise(&error, console)).ok();
        Self { watcher, folders: BTreeMap::new() }
    }

    /// Makes a watch without notifications.
    pub(super) fn poll() -> Self {
        Self { watcher: None, folders: BTreeMap::new() }
    }

    /// Watches exactly these folders. Returns true if some of them were not watched before: changes in those
    /// may have been missed.
    pub(super) fn cover(&mut self, folders: &[PathBuf], console: &Console) -> bool {
        let Some(watcher) = &mut self.watcher else { return false };
        let wanted = folders.iter().filter_map(|folder| Some((folder.clone(), identity(folder)?)));
        let wanted: BTreeMap<_, _> = wanted.collect();
        if wanted == self.folders {
            return false;
        }
        if let Err(error) = change(watcher, &self.folders, &wanted) {
            advise(&error, console);
            self.watcher = None;
        }
        self.folders = wanted;
        true
    }

    /// Returns the time to wait for the bell if a look takes `look`. Slow looks are made less often.
    pub(super) fn patience(&self, look: Duration) -> Duration {
        match self.watcher {
            Some(_) => BACKSTOP.max(50 * look),
            None => POLL.max(20 * look),
        }
    }
}

/// Returns true if an event can mean a change. We are notified of reads, too.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}

/// Changes which folders are watched.
///
/// # Errors
///
/// The system refuses to watch a folder. A folder that is gone is no error, because the next look finds that
/// out.
fn change(
    watcher: &mut RecommendedWatcher,
    before: &BTreeMap<PathBuf, FolderIdentity>,
    after: &BTreeMap<PathBuf, FolderIdentity>,
) -> notify::Result<()> {
    let mut paths = watcher.paths_mut();
    for (folder, identity) in before {
        if after.get(folder) != Some(identity) {
            // Fails if the folder is gone, since the system has forgotten it then.
            let _gone = paths.remove(folder);
        }
    }
    for (folder, known) in after {
        if before.get(folder) != Some(known)
            && let Err(error) = paths.add(folder, RecursiveMode::NonRecursive)
            && identity(folder).is_some()
        {
            return Err(error);
        }
    }
    paths.commit()
}

/// Explains why we look for changes periodically from now on, and what helps.
fn advise(error: &notify::Error, console: &Console) {
    let no_instance = matches!(&error.kind, ErrorKind::Io(error) if error.raw_os_error() == Some(24));
    let setting = match error.kind {
        ErrorKind::MaxFilesWatch => Some("fs.inotify.max_user_watches=524288"),
        _ if no_instance => Some("fs.inotify.max_user_instances=1024"),
        _ => None,
    };
    let advice = match setting {
        Some(setting) => format!("the system's limit of watches is reached; raise it: sudo sysctl {setting}"),
        None => format!("folders cannot be watched: {error}"),
    };
    console.notice(&format!("{advice}\nchanges are looked for every so often instead, as by --poll"));
}

#[cfg(unix)]
fn identity(folder: &Path) -> Option<FolderIdentity> {
    use std::os::unix::fs::MetadataExt as _;

    let metadata = disk::metadata(folder).ok().filter(Metadata::is_dir)?;
    Some((metadata.dev(), metadata.ino(), metadata.created().ok()))
}

#[cfg(not(unix))]
fn identity(folder: &Path) -> Option<FolderIdentity> {
    let metadata = disk::metadata(folder).ok().filter(Metadata::is_dir)?;
    Some((0, 0, metadata.created().ok()))
}
