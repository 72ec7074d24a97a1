//! What was read before, so that only what differs is read again.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::Metadata;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use sitegen_model::{Content, File, Files};

use super::history::Asked;
use super::include::Included;
use crate::disk;

/// All that was read of a site and its themes.
#[derive(Debug, Default)]
pub(crate) struct Known {
    pub(super) site: Shelf,
    /// Where its content is, which says how much of a file is read.
    pub(super) content: Content,
    /// By their folders.
    pub(super) themes: BTreeMap<Arc<str>, Shelf>,
    /// What texts take code from.
    pub(super) included: Included,
    /// What git tells of the content.
    pub(super) history: Asked,
    /// The folders in which a change would be one of the site.
    pub folders: Vec<PathBuf>,
}

/// Files by their names, with what is known of each.
#[derive(Debug, Clone, Default)]
pub(super) struct Shelf {
    pub files: Files,
    stamps: HashMap<Arc<str>, Kept>,
}

/// A file that was read.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    /// Its state then; none if a change of it could go unseen, so that it must be read again.
    pub stamp: Option<Stamp>,
    pub file: File,
}

/// A state of a file: a file with an equal one has the same bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    identity: Option<disk::Identity>,
    size: u64,
    modified: Option<SystemTime>,
    changed: disk::Moment,
}

/// How coarse the times of file systems may be: a file can change twice within it under one time.
const GRAIN: Duration = Duration::from_millis(50);

impl Kept {
    /// What is to be kept of a file that was read anew: the bytes in memory if they are equal, so that whoever
    /// compares them sees it at once.
    pub(super) fn or(before: Option<&Self>, stamp: Option<Stamp>, file: File) -> Self {
        match before {
            Some(before) if before.file == file => Self { stamp, file: before.file.clone() },
            _ => Self { stamp, file },
        }
    }
}

impl Stamp {
    pub(super) fn of(metadata: &Metadata) -> Self {
        Self {
            identity: disk::identity(metadata),
            size: metadata.len(),
            modified: metadata.modified().ok(),
            changed: disk::changed(metadata),
        }
    }

    /// The state, if a change after `moment`, when reading began, is certain to lead to another.
    pub(super) fn settled(self, moment: SystemTime) -> Option<Self> {
        let moment = disk::moment(moment.checked_sub(GRAIN));
        (self.changed < moment).then_some(self)
    }
}

impl Shelf {
    /// A file and its name as they are kept.
    pub(super) fn get(&self, name: &str) -> Option<(&Arc<str>, &Kept)> {
        self.stamps.get_key_value(name)
    }

    /// Puts a file in the place of what has its name.
    pub(super) fn put(&mut self, name: Arc<str>, kept: Kept) {
        self.files.insert(Arc::clone(&name), kept.file.clone());
        self.stamps.insert(name, kept);
    }

    /// Takes away all files but these, of which each is there.
    pub(super) fn keep(&mut self, names: &[Arc<str>]) {
        if names.len() < self.files.len() {
            let names: HashSet<_> = names.iter().collect();
            self.files.retain(|name, _| names.contains(name));
            self.stamps.retain(|name, _| names.contains(name));
        }
    }
}
