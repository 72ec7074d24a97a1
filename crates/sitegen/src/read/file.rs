//! Reading one file.

use std::fs;
use std::hash::Hasher as _;
use std::io::{self, Read as _};
use std::path::Path;

use siphasher::sip128::{Hasher128 as _, SipHasher13};
use sitegen_model::File;

/// How much of a file the build needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// All of it.
    Text,
    /// Whether it is still the same.
    Hash,
}

/// The assets that the build looks into.
const TEXT_ASSETS: [&str; 8] = ["html", "css", "js", "xml", "json", "txt", "svg", "md"];

impl Reading {
    /// What the build needs of a file, by its path.
    pub(super) fn of(name: &str) -> Self {
        let folder = name.split('/').next().unwrap_or_default();
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        let text = match folder {
            "templates" | "queries" => true,
            "content" => matches!(extension, "md" | "toml") || name.starts_with("content/data/"),
            "assets" => TEXT_ASSETS.contains(&extension),
            _ => false,
        };
        if text { Self::Text } else { Self::Hash }
    }
}

/// Reads a file.
pub(super) fn read(path: &Path, reading: Reading) -> File {
    let file = match reading {
        Reading::Text => fs::read(path).map(|bytes| File::Loaded(bytes.into())),
        Reading::Hash => hash_file(path).map(|hash| File::Stored { hash }),
    };
    file.unwrap_or_else(|error| File::Unreadable(reason(&error)))
}

/// Reads a file that need not be there.
pub(super) fn read_named(base: &Path, name: &str) -> Option<File> {
    match fs::read(base.join(name)) {
        Ok(bytes) => Some(File::Loaded(bytes.into())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => Some(File::Unreadable(reason(&error))),
    }
}

/// Why a file cannot be read, in plain words.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    }
}

/// The hash of a file's bytes, as of [`sitegen_model::hash_bytes`], read piece by piece.
///
/// # Errors
///
/// The file cannot be read.
pub(crate) fn hash_file(path: &Path) -> io::Result<u128> {
    let mut file = fs::File::open(path)?;
    let mut hasher = SipHasher13::new();
    let mut piece = vec![0; 64 << 10];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hasher.finish128().as_u128()),
            length => hasher.write(&piece[..length]),
        }
    }
}
