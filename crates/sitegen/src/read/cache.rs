//! Files that were read before, so that only changed ones are read again.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::Metadata;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use sitegen_model::{Content, File, Files};

use super::history::GitAnswers;
use super::include::Included;
use crate::disk;

/// Everything that was read of a site and its themes.
#[derive(Debug, Default)]
pub(crate) struct ReadCache {
    pub(super) site: Shelf,
    /// The folders of its content, since they decide how much of a file is read.
    pub(super) content: Content,
    /// The files of themes, by the folders of the themes.
    pub(super) themes: BTreeMap<Arc<str>, Shelf>,
    /// The files from which texts include code.
    pub(super) included: Included,
    /// The answers of git about the content.
    pub(super) history: GitAnswers,
    /// The folders that must be watched for changes of the site.
    pub folders: Vec<PathBuf>,
}

/// Files by their names, with the state in which each was read.
#[derive(Debug, Clone, Default)]
pub(super) struct Shelf {
    pub files: Files,
    cached: HashMap<Arc<str>, CachedFile>,
}

/// A file that was read.
#[derive(Debug, Clone)]
pub(super) struct CachedFile {
    /// The state of the file when it was read; none if a change might not show in it, so that the file must
    /// be read again.
    pub state: Option<FileState>,
    pub file: File,
}

/// The state of a file by its metadata: the same file with an equal state has the same bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FileState {
    identity: Option<disk::Identity>,
    size: u64,
    modified: Option<SystemTime>,
    changed: disk::Moment,
}

/// The coarsest clock of file systems that we expect. A file can change twice within this time and get the
/// same time stamp.
const GRAIN: Duration = Duration::from_millis(50);

impl CachedFile {
    /// Keeps a file that was read again. If its bytes are the same, the old ones in memory are used, because
    /// comparing those is immediate for all later stages.
    pub(super) fn or(before: Option<&Self>, state: Option<FileState>, file: File) -> Self {
        match before {
            Some(before) if before.file == file => Self { state, file: before.file.clone() },
            _ => Self { state, file },
        }
    }
}

impl FileState {
    pub(super) fn of(metadata: &Metadata) -> Self {
        Self {
            identity: disk::identity(metadata),
            size: metadata.len(),
            modified: metadata.modified().ok(),
            changed: disk::changed(metadata),
        }
    }

    /// Returns the state if it is old enough: a change after `moment`, when reading began, is then certain to
    /// get another time stamp.
    pub(super) fn settled(self, moment: SystemTime) -> Option<Self> {
        let moment = disk::moment(moment.checked_sub(GRAIN));
        (self.changed < moment).then_some(self)
    }
}

impl Shelf {
    /// Returns a file and its name.
    pub(super) fn get(&self, name: &str) -> Option<(&Arc<str>, &CachedFile)> {
        self.cached.get_key_value(name)
    }

    /// Adds a file or replaces the one with its name.
    pub(super) fn put(&mut self, name: Arc<str>, kept: CachedFile) {
        self.files.insert(Arc::clone(&name), kept.file.clone());
        self.cached.insert(name, kept);
    }

    /// Removes all files but these, all of which are there.
    pub(super) fn keep(&mut self, names: &[Arc<str>]) {
        if names.len() < self.files.len() {
            let names: HashSet<_> = names.iter().collect();
            self.files.retain(|name, _| names.contains(name));
            self.cached.retain(|name, _| names.contains(name));
        }
    }
}
