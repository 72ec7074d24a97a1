//! Unpacks files that gzip packed.

use std::io::{ErrorKind, Read as _};
use std::sync::Arc;

use flate2::bufread::GzDecoder;

use crate::{Diagnostic, errors};

/// The first bytes of a packed file.
const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// Returns a packed file's path without `.gz`; none if the file is not packed.
pub(super) fn stem(path: &str) -> Option<&str> {
    let (stem, extension) = path.rsplit_once('.')?;
    extension.eq_ignore_ascii_case("gz").then_some(stem)
}

/// Unpacks a file, up to one byte more than `limit`, so that its caller sees that the file is too large.
pub(super) fn unpack(path: &Arc<str>, bytes: &[u8], limit: usize) -> Result<Vec<u8>, Diagnostic> {
    let mut unpacked = Vec::new();
    let limit = limit.saturating_add(1);
    let mut rest = bytes;
    // A file can consist of several packed files, one behind the other, and zeros at its end, which tapes are
    // filled up with.
    while unpacked.len() < limit && (unpacked.is_empty() || rest.iter().any(|byte| *byte != 0)) {
        if rest.len() < bytes.len() && !rest.starts_with(&MAGIC) {
            return Err(errors::trailing_gzip(path));
        }
        let mut member = GzDecoder::new(rest);
        let left = (limit - unpacked.len()) as u64;
        match member.by_ref().take(left).read_to_end(&mut unpacked) {
            Ok(_) => rest = member.into_inner(),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
                return Err(errors::unfinished_gzip(path));
            }
            Err(_) => return Err(errors::invalid_gzip(path)),
        }
        if rest.is_empty() {
            break;
        }
    }
    Ok(unpacked)
}
