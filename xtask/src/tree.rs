//! The files of an output folder.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// All files below a folder.
pub(crate) struct Tree {
    pub(crate) root: PathBuf,
    pub(crate) files: Vec<SizedFile>,
}

/// A file by its path from the root, and its size in bytes.
pub(crate) struct SizedFile {
    pub(crate) path: PathBuf,
    pub(crate) size: u64,
}

impl Tree {
    /// Finds the files of a folder and all below it, those of one folder together.
    ///
    /// # Errors
    ///
    /// A folder cannot be read.
    pub(crate) fn read(root: &Path) -> io::Result<Self> {
        let mut files = Vec::new();
        let mut folders = vec![PathBuf::new()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(root.join(&folder))? {
                let entry = entry?;
                let path = folder.join(entry.file_name());
                if entry.file_type()?.is_dir() {
                    folders.push(path);
                } else {
                    files.push(SizedFile { path, size: entry.metadata()?.len() });
                }
            }
        }
        Ok(Self { root: root.to_owned(), files })
    }

    /// The paths of all files, in order.
    pub(crate) fn paths(&self) -> BTreeSet<&Path> {
        self.files.iter().map(|file| &*file.path).collect()
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.size).sum()
    }
}
