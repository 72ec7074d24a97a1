//! Reading one file.

use std::hash::Hasher as _;
use std::io::{self, Read as _};
use std::path::Path;
use std::time::SystemTime;

use siphasher::sip128::{Hasher128 as _, SipHasher13};
use sitegen_model::{File, is_record};
use sitegen_parser::{Active, IMAGE_HEAD, ImageSize, MAX_DRAWING};

use super::known::{Kept, Stamp};
use super::trees::{Part, Trees};
use crate::disk;
use crate::errors;

/// How much of a file the build needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// All of it.
    Text,
    /// Whether it is still the same.
    Hash,
    /// That, and how large the image is that it holds.
    Image,
    /// That, and all of it if browsers would run it.
    Look,
}

/// The assets that the build looks into.
const TEXT_ASSETS: [&str; 10] =
    ["html", "css", "js", "mjs", "webmanifest", "xml", "json", "txt", "svg", "md"];

/// The files in `fonts/` that the build looks into; licences stand beside them.
const FONTS: [&str; 4] = ["otc", "otf", "ttc", "ttf"];

impl Reading {
    /// What the build needs of a file, by its path.
    pub(super) fn of(name: &str, trees: Trees) -> Self {
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        let is_text = match trees.part(name) {
            Some(Part::Content(name)) => {
                let is_read = is_record(&name) || name.starts_with("data/");
                return if is_read && !trees.publishes(&name) { Self::Text } else { Self::Look };
            }
            // What stands beside the folders configures or declares.
            None | Some(Part::Own("templates" | "queries" | "words")) => true,
            Some(Part::Own("assets")) => TEXT_ASSETS.contains(&extension),
            Some(Part::Own("fonts")) => FONTS.contains(&extension),
            Some(Part::Own("engines")) => extension == "toml",
            Some(Part::Own(_)) => false,
        };
        match is_text {
            true => Self::Text,
            false if ImageSize::is_of(name) => Self::Image,
            false => Self::Hash,
        }
    }
}

/// Whether a file is as it was before, as far as that can be known without reading it.
pub(super) fn is_same(path: &Path, before: &Kept) -> bool {
    before.stamp.is_some() && disk::metadata(path).ok().map(|metadata| Stamp::of(&metadata)) == before.stamp
}

/// Reads a file. None if it is not there.
pub(super) fn read(path: &Path, name: &str, trees: Trees, before: Option<&Kept>) -> Option<Kept> {
    let moment = SystemTime::now();
    match read_anew(path, name, Reading::of(name, trees)) {
        Ok((stamp, file)) => Some(Kept::or(before, stamp.settled(moment), file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => Some(Kept { stamp: None, file: File::Unreadable(reason(&error)) }),
    }
}

fn read_anew(path: &Path, name: &str, reading: Reading) -> io::Result<(Stamp, File)> {
    let mut file = disk::open(path)?;
    let stamp = Stamp::of(&file.metadata);
    let read = match reading {
        Reading::Hash => File::Stored { hash: hash(file)?, size: None },
        Reading::Image => {
            let head = beginning(&mut file, IMAGE_HEAD)?;
            stored(name, head, file)?
        }
        Reading::Look => look(name, file)?,
        Reading::Text => File::Loaded(file.whole()?.into()),
    };
    Ok((stamp, read))
}

/// Reads a file of the content. What browsers would run is kept, since the build says where in it.
fn look(name: &str, mut file: disk::Reader) -> io::Result<File> {
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

/// The first bytes of a file, so many at most.
fn beginning(file: &mut disk::Reader, most: usize) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    file.by_ref().take(most as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// What is kept of a file that need not be in memory, of which the beginning was read.
fn stored(name: &str, head: Vec<u8>, rest: disk::Reader) -> io::Result<File> {
    let size = if ImageSize::is_of(name) { ImageSize::read(&head) } else { None };
    Ok(File::Stored { hash: hash(io::Cursor::new(head).chain(rest))?, size })
}

/// Why a file cannot be read, in plain words.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => errors::reason(error),
    }
}

/// The hash of a file's bytes, as of [`sitegen_model::hash_bytes`], read piece by piece.
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
