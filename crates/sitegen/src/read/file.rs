//! Reading a file, as far as the build needs it.

use std::hash::Hasher as _;
use std::io::{self, Read as _};
use std::path::Path;
use std::time::SystemTime;

use siphasher::sip128::{Hasher128 as _, SipHasher13};
use sitegen_model::{File, is_record};
use sitegen_parser::{Active, IMAGE_HEAD, ImageSize, MAX_DRAWING};

use super::cache::{CachedFile, FileState};
use super::trees::{Branch, Trees};
use crate::disk;
use crate::errors;

/// The part of a file that the build needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReadDepth {
    /// All bytes.
    Text,
    /// Only the hash, to know if the file has changed.
    Hash,
    /// The hash and the size of the image.
    Image,
    /// The hash, the size of an image, and all bytes if browsers would run the file.
    Look,
}

/// The endings of assets that the build parses.
const TEXT_ASSETS: [&str; 10] =
    ["html", "css", "js", "mjs", "webmanifest", "xml", "json", "txt", "svg", "md"];

/// The endings of fonts. Other files in `fonts/`, such as licenses, are not parsed.
const FONTS: [&str; 4] = ["otc", "otf", "ttc", "ttf"];

impl ReadDepth {
    /// Decides by a file's path which part of it the build needs.
    pub(super) fn of(name: &str, trees: Trees) -> Self {
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        let is_text = match trees.branch(name) {
            Some(Branch::Content(name)) => {
                let is_read = is_record(&name) || name.starts_with("data/");
                return if is_read && !trees.publishes(&name) { Self::Text } else { Self::Look };
            }
            // Files beside the folders are configuration and declarations.
            None | Some(Branch::Own("templates" | "queries" | "words")) => true,
            Some(Branch::Own("assets")) => TEXT_ASSETS.contains(&extension),
            Some(Branch::Own("fonts")) => FONTS.contains(&extension),
            Some(Branch::Own("engines")) => extension == "toml",
            Some(Branch::Own(_)) => false,
        };
        match is_text {
            true => Self::Text,
            false if ImageSize::is_of(name) => Self::Image,
            false => Self::Hash,
        }
    }
}

/// Returns true if a file has not changed, as far as its metadata tells.
pub(super) fn is_same(path: &Path, before: &CachedFile) -> bool {
    before.state.is_some()
        && disk::metadata(path).ok().map(|metadata| FileState::of(&metadata)) == before.state
}

/// Reads a file; returns none if there is no file.
pub(super) fn read(path: &Path, name: &str, trees: Trees, before: Option<&CachedFile>) -> Option<CachedFile> {
    let moment = SystemTime::now();
    match read_anew(path, name, ReadDepth::of(name, trees)) {
        Ok((state, file)) => Some(CachedFile::or(before, state.settled(moment), file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => Some(CachedFile { state: None, file: File::Unreadable(reason(&error)) }),
    }
}

fn read_anew(path: &Path, name: &str, reading: ReadDepth) -> io::Result<(FileState, File)> {
    let mut file = disk::open(path)?;
    let state = FileState::of(&file.metadata);
    let read = match reading {
        ReadDepth::Hash => File::Stored { hash: hash(file)?, size: None },
        ReadDepth::Image => {
            let head = beginning(&mut file, IMAGE_HEAD)?;
            stored(name, head, file)?
        }
        ReadDepth::Look => look(name, file)?,
        ReadDepth::Text => File::Loaded(file.whole()?.into()),
    };
    Ok((state, read))
}

/// Reads a file of the content. The bytes of a file that browsers would run are kept, because the build shows
/// the place in it.
fn look(name: &str, mut file: disk::RegularFile) -> io::Result<File> {
    let mut head = beginning(&mut file, IMAGE_HEAD)?;
    if Active::needs_all(name, &head) {
        head.extend(beginning(&mut file, MAX_DRAWING)?);
        if head.len() > MAX_DRAWING {
            return Err(io::Error::other("it is too large to see whether browsers would run what is in it"));
        }
        if Active::find(name, &head).is_some() {
            return Ok(File::Loaded(head.into()));
        }
    }
    stored(name, head, file)
}

/// Reads the first bytes of a file, at most this many.
fn beginning(file: &mut disk::RegularFile, most: usize) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    file.by_ref().take(most as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// Hashes a file that need not stay in memory, of which the beginning was read already.
fn stored(name: &str, head: Vec<u8>, rest: disk::RegularFile) -> io::Result<File> {
    let size = if ImageSize::is_of(name) { ImageSize::read(&head) } else { None };
    Ok(File::Stored { hash: hash(io::Cursor::new(head).chain(rest))?, size })
}

/// Explains in plain words why a file cannot be read.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => errors::reason(error),
    }
}

/// Hashes a file like [`sitegen_model::hash_bytes`], but piece by piece.
///
/// # Errors
///
/// The file cannot be read.
pub(crate) fn hash_file(path: &Path) -> io::Result<u128> {
    hash(disk::open(path)?)
}

fn hash(mut file: impl io::Read) -> io::Result<u128> {
    let mut hasher = SipHasher13::new();
    let mut piece = vec![0; 64 << 10];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hasher.finish128().as_u128()),
            length => hasher.write(&piece[..length]),
        }
    }
}
