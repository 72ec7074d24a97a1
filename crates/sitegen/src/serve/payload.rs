//! The content at a path: bytes that were rendered, or a file.

use std::ops::Range;

use hyper::body::Bytes;
use sitegen_model::hash_bytes;

use crate::disk::{self, RegularFile};

use super::body::{self, Body};

/// The content at a path.
pub(super) enum Payload {
    Bytes(Vec<u8>),
    /// An open file. Only the requested part is read.
    File(Box<RegularFile>),
}

impl Payload {
    /// Returns the number of bytes.
    pub(super) fn len(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::File(file) => file.metadata.len(),
        }
    }

    /// Returns the `ETag`, which is another one whenever the content is.
    pub(super) fn tag(&self) -> String {
        match self {
            Self::Bytes(bytes) => format!("\"{:032x}\"", hash_bytes(bytes)),
            Self::File(file) => {
                let (seconds, nanoseconds) = disk::changed(&file.metadata);
                format!("\"{:x}-{seconds:x}-{nanoseconds:x}\"", self.len())
            }
        }
    }

    /// Makes a body of a part of the content.
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

    /// Returns all bytes, if they are in memory.
    pub(super) fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::File(_) => None,
        }
    }
}
