//! Files: only regular ones are read, and only new ones are written.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::fault::{self, OpenPath};

/// A regular file that is open for reading.
#[derive(Debug)]
pub(crate) struct RegularFile {
    file: File,
    pub metadata: Metadata,
    place: OpenPath,
}

/// A new file that is open for writing.
#[derive(Debug)]
pub(crate) struct NewFile {
    file: File,
    place: OpenPath,
}

/// Opens a file for reading. This never waits, as it would for a named pipe without a writer.
///
/// # Errors
///
/// It is not a regular file, or it cannot be opened.
pub(crate) fn open(path: &Path) -> io::Result<RegularFile> {
    fault::touch(path)?;
    let mut options = OpenOptions::new();
    options.read(true);
    regular(patiently(&mut options).open(path)?, path)
}

/// Opens a file below a folder and follows no link on the way, because somebody may have put a link there
/// since the path was checked.
///
/// # Errors
///
/// It is not a regular file, there is a link on the way, or it cannot be opened.
#[cfg(unix)]
pub(crate) fn open_below(folder: &Path, below: &Path) -> io::Result<RegularFile> {
    use rustix::fs::{CWD, Mode, OFlags, openat};

    let path = folder.join(below);
    fault::touch(&path)?;
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
    let mut open = openat(CWD, folder, flags | OFlags::DIRECTORY, Mode::empty())?;
    let mut names = below.iter().peekable();
    while let Some(name) = names.next() {
        let kind = if names.peek().is_some() { OFlags::DIRECTORY } else { OFlags::empty() };
        open = openat(&open, name, flags | kind, Mode::empty())?;
    }
    regular(open.into(), &path)
}

/// Opens the file by its path, because other systems cannot refuse links.
#[cfg(not(unix))]
pub(crate) fn open_below(folder: &Path, below: &Path) -> io::Result<RegularFile> {
    open(&folder.join(below))
}

/// Checks that an open file is a regular one.
fn regular(file: File, path: &Path) -> io::Result<RegularFile> {
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !metadata.is_file() {
        return Err(irregular());
    }
    Ok(RegularFile { file, metadata, place: OpenPath::of(path) })
}

#[cfg(unix)]
fn patiently(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;

    options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed())
}

#[cfg(not(unix))]
fn patiently(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

/// Returns the error for a device, a named pipe or the like.
fn irregular() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file")
}

/// Reads a whole regular file.
///
/// # Errors
///
/// It is not a regular file, or it cannot be read.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    open(path)?.whole()
}

impl RegularFile {
    /// Reads all bytes of the file.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub(crate) fn whole(mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(usize::try_from(self.metadata.len()).unwrap_or_default());
        self.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

impl Seek for RegularFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.place.touch()?;
        self.file.seek(to)
    }
}

impl Read for RegularFile {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.place.touch()?;
        self.file.read(bytes)
    }
}

/// Creates a new file.
///
/// # Errors
///
/// A file is there already, or it cannot be made.
pub(crate) fn create(path: &Path) -> io::Result<NewFile> {
    fault::touch(path)?;
    Ok(NewFile { file: File::create_new(path)?, place: OpenPath::of(path) })
}

/// Opens a regular file to lock it, or creates it.
///
/// # Errors
///
/// It is not a regular file, or it cannot be opened or made.
pub(crate) fn open_or_create(path: &Path) -> io::Result<File> {
    fault::touch(path)?;
    let mut options = File::options();
    options.create(true).truncate(false).read(true).write(true);
    let file = patiently(&mut options).open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(irregular()) }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.place.touch()?;
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
