//! A folder for the files of a measurement, in memory if there is such a place.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The folder whose files Linux keeps in memory.
const MEMORY: &str = "/dev/shm";

/// A folder that is deleted when it is dropped.
pub(crate) struct ScratchFolder(PathBuf);

impl ScratchFolder {
    /// Makes one that nobody else has.
    ///
    /// # Errors
    ///
    /// It cannot be made.
    pub(crate) fn make() -> io::Result<Self> {
        let memory = Path::new(MEMORY);
        let parent = if memory.is_dir() {
            memory.to_owned()
        } else {
            println!("there is no {MEMORY}: files are on disk, which is part of all times");
            std::env::temp_dir()
        };
        let path = parent.join(format!("sitegen-bench-{}", std::process::id()));
        fs::create_dir(&path)?;
        Ok(Self(path))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Deletes a folder below this one, if it is there.
    ///
    /// # Errors
    ///
    /// Something in it cannot be deleted.
    pub(crate) fn clear(&self, name: &str) -> io::Result<()> {
        match fs::remove_dir_all(self.0.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

impl Drop for ScratchFolder {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("{}: {error}", self.0.display());
        }
    }
}
