//! A file of the site, as the program found it, and all of them by path.
//!
//! The size of an image comes with its hash, because the program reads the beginning of a file anyway, and the model reads none.

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
    /// A file that the build looks into.
    Loaded(Arc<[u8]>),
    /// A file that is published as it is, and so need not be in memory.
    Stored {
        /// A hash of its bytes.
        hash: u128,
        /// Its size, if it is an image that says it.
        size: Option<ImageSize>,
    },
    /// A file that could not be read, and why, in the system's words.
    Unreadable(String),
    /// A symbolic link that leads back to a folder that holds it, or out of the site.
    Stray(Stray),
    /// Several files whose names differ only in the form in which Unicode writes the same characters.
    Doubled,
}

/// A symbolic link that is not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stray {
    /// It leads to a folder that it is in.
    Loop,
    /// It leads out of the folders that the site is made of.
    Outside,
    /// It leads to a hidden file, or into a hidden folder.
    Hidden,
    /// It would show readers what is not published, or is only with a record that it does not belong to.
    Source,
}

/// The hash of bytes, as in [`File::Stored`]: SipHash-1-3 with 128 bits and no key.
pub fn hash_bytes(bytes: &[u8]) -> u128 {
    let mut hasher = SipHasher13::new();
    hasher.write(bytes);
    hasher.finish128().as_u128()
}

impl File {
    /// Whether it holds the same, which takes no time for a file that was not read anew.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Loaded(bytes), Self::Loaded(others)) => Arc::ptr_eq(bytes, others) || bytes == others,
            _ => self == other,
        }
    }

    /// A hash of its bytes, also of those that are in memory; zero if it could not be read.
    pub(crate) fn content_hash(&self) -> u128 {
        match self {
            Self::Loaded(bytes) => hash_bytes(bytes),
            Self::Stored { hash, .. } => *hash,
            Self::Unreadable(_) | Self::Stray(_) | Self::Doubled => 0,
        }
    }

    /// The size of the image that a file is by its name; none if it is none or does not say it.
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

    /// The file's text.
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

/// The files of a folder, each by its path below it and its whole path.
pub(super) fn below<'a>(
    files: &'a Files,
    folder: &str,
) -> impl Iterator<Item = (&'a str, &'a Arc<str>, &'a File)> + use<'a> {
    let start = format!("{folder}/");
    let length = start.len();
    starting(files, &start).map(move |(path, file)| (&path[length..], path, file))
}

/// The files whose paths begin so.
pub(super) fn starting<'a>(
    files: &'a Files,
    start: &str,
) -> impl Iterator<Item = (&'a Arc<str>, &'a File)> + use<'a> {
    let start = start.to_owned();
    files.range(Arc::<str>::from(start.as_str())..).take_while(move |(path, _)| path.starts_with(&start))
}
