//! The files of an output folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// All files below a folder.
pub(super) struct Tree {
    pub(super) root: PathBuf,
    pub(super) files: Vec<File>,
}

/// A file by its path from the root, and its size in bytes.
pub(super) struct File {
    pub(super) path: PathBuf,
    pub(super) size: u64,
}

impl Tree {
    /// The files of a folder and all below it, those of one folder together.
    ///
    /// # Errors
    ///
    /// A folder cannot be read.
    pub(super) fn read(root: &Path) -> io::Result<Self> {
        let mut files = Vec::new();
        let mut folders = vec![PathBuf::new()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(root.join(&folder))? {
                let entry = entry?;
                let path = folder.join(entry.file_name());
                if entry.file_type()?.is_dir() {
                    folders.push(path);
                } else {
                    files.push(File { path, size: entry.metadata()?.len() });
                }
            }
        }
        Ok(Self { root: root.to_owned(), files })
    }

    pub(super) fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.size).sum()
    }
}
