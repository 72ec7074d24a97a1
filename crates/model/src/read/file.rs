//! Files of a site, as the program read them, by path.
//!
//! The program sends an image's size with its hash, because it reads the start of each file anyway, and the
//! model does no I/O.

use std::collections::BTreeMap;
use std::hash::Hasher as _;
use std::sync::Arc;

use siphasher::sip128::{Hasher128 as _, SipHasher13};
use sitegen_parser::{Diagnostic, IMAGE_HEAD, ImageSize, Source};

use super::errors;

/// Files by path, with `/` between names.
pub type Files = BTreeMap<Arc<str>, File>;

/// A file as the program found it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum File {
    /// A file whose bytes the build needs.
    Loaded(Arc<[u8]>),
    /// A file that is published unchanged, so its bytes need not be in memory.
    Stored {
        /// A hash of its bytes.
        hash: u128,
        /// The size in pixels, if the file is an image that tells its size.
        size: Option<ImageSize>,
    },
    /// A file that could not be read, with the system's reason.
    Unreadable(String),
    /// A symbolic link that is not followed.
    Stray(Stray),
    /// Several files whose names differ only in Unicode's form.
    Doubled,
}

/// The reason why a symbolic link is not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stray {
    /// The link leads to a folder that it is in.
    Loop,
    /// The link leads out of the folders of the site.
    Outside,
    /// The link leads to a hidden file or into a hidden folder.
    Hidden,
    /// The link would publish a source, or a file that belongs to another record.
    Source,
}

/// Hashes bytes as in [`File::Stored`]: SipHash-1-3 with 128 bits and no key.
pub fn hash_bytes(bytes: &[u8]) -> u128 {
    let mut hasher = SipHasher13::new();
    hasher.write(bytes);
    hasher.finish128().as_u128()
}

impl File {
    /// Returns true if the contents are equal; a file that was not read again is not compared byte by byte.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Loaded(bytes), Self::Loaded(others)) => Arc::ptr_eq(bytes, others) || bytes == others,
            _ => self == other,
        }
    }

    /// Returns the hash of the contents; zero if the file could not be read.
    pub(crate) fn content_hash(&self) -> u128 {
        match self {
            Self::Loaded(bytes) => hash_bytes(bytes),
            Self::Stored { hash, .. } => *hash,
            Self::Unreadable(_) | Self::Stray(_) | Self::Doubled => 0,
        }
    }

    /// Returns the size of an image; none if the name is not an image's or the file does not tell its size.
    pub(crate) fn image_size(&self, name: &str) -> Option<ImageSize> {
        match self {
            Self::Stored { size, .. } => *size,
            Self::Loaded(bytes) if ImageSize::is_of(name) => {
                ImageSize::read(&bytes[..bytes.len().min(IMAGE_HEAD)])
            }
            _ => None,
        }
    }

    pub(super) fn problem(&self, path: &Arc<str>) -> Option<Diagnostic> {
        match self {
            Self::Loaded(_) | Self::Stored { .. } => None,
            Self::Unreadable(reason) => Some(errors::unreadable_file(path, reason)),
            Self::Stray(stray) => Some(errors::stray_link(path, *stray)),
            Self::Doubled => Some(errors::equal_file_names(path)),
        }
    }

    /// Decodes the file's text.
    ///
    /// # Errors
    ///
    /// `invalid-utf8`, `unreadable-file`, `symlink-loop`, `symlink-outside`, `symlink-source`, `equal-file-names`.
    pub fn source(&self, path: &Arc<str>) -> Result<Source, Diagnostic> {
        match self {
            Self::Loaded(bytes) => Source::decode(path, bytes),
            Self::Stored { .. } => Err(errors::unreadable_file(path, "it was not read as text")),
            Self::Unreadable(reason) => Err(errors::unreadable_file(path, reason)),
            Self::Stray(stray) => Err(errors::stray_link(path, *stray)),
            Self::Doubled => Err(errors::equal_file_names(path)),
        }
    }
}

/// Lists the files of a folder, each with its path below the folder and its whole path.
pub(super) fn below<'a>(
    files: &'a Files,
    folder: &str,
) -> impl Iterator<Item = (&'a str, &'a Arc<str>, &'a File)> + use<'a> {
    let start = format!("{folder}/");
    let length = start.len();
    starting(files, &start).map(move |(path, file)| (&path[length..], path, file))
}

/// Lists the files whose paths begin with `start`.
pub(super) fn starting<'a>(
    files: &'a Files,
    start: &str,
) -> impl Iterator<Item = (&'a Arc<str>, &'a File)> + use<'a> {
    let start = start.to_owned();
    files.range(Arc::<str>::from(start.as_str())..).take_while(move |(path, _)| path.starts_with(&start))
}
