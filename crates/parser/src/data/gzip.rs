//! Unpacking gzip.

use std::io::{ErrorKind, Read as _};
use std::sync::Arc;

use flate2::read::MultiGzDecoder;

use crate::{Diagnostic, errors};

/// A packed file's path without `.gz`.
pub(super) fn stem(path: &str) -> Option<&str> {
    let (stem, extension) = path.rsplit_once('.')?;
    extension.eq_ignore_ascii_case("gz").then_some(stem)
}

/// What the bytes of a packed file hold, up to one byte more than `limit`.
pub(super) fn unpack(path: &Arc<str>, bytes: &[u8], limit: usize) -> Result<Vec<u8>, Diagnostic> {
    let mut unpacked = Vec::new();
    let limit = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    match MultiGzDecoder::new(bytes).take(limit).read_to_end(&mut unpacked) {
        Ok(_) => Ok(unpacked),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Err(errors::unfinished_gzip(path)),
        Err(_) => Err(errors::invalid_gzip(path)),
    }
}
