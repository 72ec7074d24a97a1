//! Unpacks files that zstd packed.

use std::io::Read as _;
use std::sync::Arc;

use ruzstd::decoding::StreamingDecoder;

use crate::{Diagnostic, errors};

/// The most bytes that unpacking looks back, as much as zstd itself allows without being asked for more.
const WINDOW: u64 = 128 << 20;

/// The first bytes of a frame, but for the lowest of skippable ones.
const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// Returns true if bytes are packed so.
pub(super) fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// Unpacks a file, up to one byte more than `limit`, so that its caller sees that the file is too large.
pub(super) fn unpack(path: &Arc<str>, bytes: &[u8], limit: usize) -> Result<Vec<u8>, Diagnostic> {
    let mut unpacked = Vec::new();
    let mut rest = bytes;
    let damaged = || errors::invalid_zstd(path);
    while unpacked.is_empty() || !rest.is_empty() && unpacked.len() <= limit {
        if !is_packed(rest) {
            return Err(damaged());
        }
        let decoder = StreamingDecoder::new_with_max_window_size(&mut rest, WINDOW);
        let left = (limit - unpacked.len()) as u64 + 1;
        let read = decoder.map_err(|_| damaged())?.take(left).read_to_end(&mut unpacked);
        if read.map_err(|_| damaged())? == 0 && rest.is_empty() {
            break;
        }
    }
    Ok(unpacked)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::unpack;

    #[test]
    fn frames_are_unpacked_whole_or_not_at_all() {
        let path = Arc::from("a.csv.zst");
        let packed = compress_to_vec(&b"a,b\n1,2\n"[..], CompressionLevel::Fastest);
        assert_eq!(unpack(&path, &packed, 100).as_deref(), Ok(&b"a,b\n1,2\n"[..]));
        let twice = [packed.clone(), packed.clone()].concat();
        assert_eq!(unpack(&path, &twice, 100).map(|bytes| bytes.len()), Ok(16));
        assert_eq!(unpack(&path, &twice, 9).map(|bytes| bytes.len()), Ok(10));
        for end in 0..packed.len() {
            assert!(unpack(&path, &packed[..end], 100).is_err(), "{end}");
        }
        assert!(unpack(&path, b"a,b", 100).is_err());
        assert!(unpack(&path, &[packed, b"rest".to_vec()].concat(), 100).is_err());
    }
}
