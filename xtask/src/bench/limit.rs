//! Measures the time of writing the files of a site and doing nothing else, because no build can be faster.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crate::tree::{SizedFile, Tree};

const THREADS: usize = 2;
/// The number of bytes that are held in memory at a time.
const SLICE: u64 = 256 << 20;

/// A file to write.
struct FileCopy {
    path: PathBuf,
    bytes: Vec<u8>,
}

/// Writes the same files to another folder. The time includes making their folders, but not reading the
/// files.
///
/// # Errors
///
/// A file cannot be read or written.
pub(super) fn write(tree: &Tree, to: &Path) -> io::Result<Duration> {
    let mut time = Duration::ZERO;
    for files in slices(&tree.files) {
        let copies: Vec<_> = files.iter().map(|file| copy(tree, file, to)).collect::<Result<_, _>>()?;
        let started = Instant::now();
        thread::scope(|scope| {
            let parts = copies.chunks(copies.len().div_ceil(THREADS));
            let threads: Vec<_> =
                parts.map(|part| scope.spawn(|| part.iter().try_for_each(FileCopy::write))).collect();
            threads.into_iter().try_for_each(|thread| thread.join().expect("writing a file does not panic"))
        })?;
        time += started.elapsed();
    }
    Ok(time)
}

/// Groups the files into slices that fit into memory, each of at least one file.
fn slices(files: &[SizedFile]) -> Vec<&[SizedFile]> {
    let mut slices = Vec::new();
    let (mut start, mut size) = (0, 0);
    for (index, file) in files.iter().enumerate() {
        if size + file.size > SLICE && index > start {
            slices.push(&files[start..index]);
            (start, size) = (index, 0);
        }
        size += file.size;
    }
    slices.push(&files[start..]);
    slices
}

fn copy(tree: &Tree, file: &SizedFile, to: &Path) -> io::Result<FileCopy> {
    Ok(FileCopy { path: to.join(&file.path), bytes: fs::read(tree.root.join(&file.path))? })
}

impl FileCopy {
    /// Writes the file, and makes its folder only if that fails, because most folders exist already.
    fn write(&self) -> io::Result<()> {
        match fs::write(&self.path, &self.bytes) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(self.path.parent().expect("each file is below a folder"))?;
                fs::write(&self.path, &self.bytes)
            }
            result => result,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_hold_every_file_once() {
        let sizes = [SLICE + 1, 1, SLICE, 5, 7];
        let files: Vec<_> =
            sizes.iter().map(|size| SizedFile { path: PathBuf::new(), size: *size }).collect();
        let lengths: Vec<_> = slices(&files).into_iter().map(<[SizedFile]>::len).collect();
        assert_eq!(lengths, [1, 1, 1, 2]);
    }
}
