//! What is at a path: bytes that were made, or a file that is there.

use std::ops::Range;

use hyper::body::Bytes;
use sitegen_model::hash_bytes;

use crate::disk::{self, Reader};

use super::body::{self, Body};

/// What is at a path.
pub(super) enum Content {
    Bytes(Vec<u8>),
    /// A file, opened, of which no more is read than is asked for.
    File(Box<Reader>),
}

impl Content {
    /// How many bytes it has.
    pub(super) fn len(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::File(file) => file.metadata.len(),
        }
    }

    /// What tells it from what was or will be there, as an `ETag`.
    pub(super) fn tag(&self) -> String {
        match self {
            Self::Bytes(bytes) => format!("\"{:032x}\"", hash_bytes(bytes)),
            Self::File(file) => {
                let (seconds, nanoseconds) = disk::changed(&file.metadata);
                format!("\"{:x}-{seconds:x}-{nanoseconds:x}\"", self.len())
            }
        }
    }

    /// A part of it, to be sent.
    pub(super) fn body(self, part: Range<u64>) -> Body {
        match self {
            Self::Bytes(bytes) => {
                let end = |end| usize::try_from(end).unwrap_or(usize::MAX).min(bytes.len());
                let part = end(part.start)..end(part.end);
                body::full(Bytes::from(bytes).slice(part))
            }
            Self::File(file) => body::part(*file, part),
        }
    }

    /// All bytes, if they are there without a file.
    pub(super) fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::File(_) => None,
        }
    }
}
