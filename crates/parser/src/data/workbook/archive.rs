//! Unpacks the files within a zip archive, within bounds.

use std::io::{self, Read as _};

use flate2::read::DeflateDecoder;

use super::Unreadable;
use crate::data::encoding::LIMIT;

/// An archive, and the files in it.
pub(super) struct Archive<'b> {
    bytes: &'b [u8],
    files: Vec<Packed<'b>>,
}

/// A file in an archive.
struct Packed<'b> {
    name: &'b [u8],
    method: u16,
    length: usize,
    header: usize,
}

/// The first bytes of the archive's end, of a file's entry in its directory, and the lengths of what follows.
const END: &[u8] = b"PK\x05\x06";
const ENTRY: &[u8] = b"PK\x01\x02";
const END_LENGTH: usize = 22;
const ENTRY_LENGTH: usize = 46;
const HEADER_LENGTH: usize = 30;

/// The longest comment behind the archive's end.
const COMMENT: usize = 65_535;

impl<'b> Archive<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Unreadable> {
        Self::directory(bytes).map(|files| Self { bytes, files }).ok_or(Unreadable::Damaged)
    }

    fn directory(bytes: &'b [u8]) -> Option<Vec<Packed<'b>>> {
        let from = bytes.len().saturating_sub(END_LENGTH + COMMENT);
        let end = from + bytes[from..].windows(END.len()).rposition(|part| part == END)?;
        let mut at = long(bytes, end + 16)?;
        let mut files = Vec::new();
        for _ in 0..short(bytes, end + 10)? {
            if bytes.get(at..at + ENTRY.len())? != ENTRY {
                return None;
            }
            let name = usize::from(short(bytes, at + 28)?);
            let rest = usize::from(short(bytes, at + 30)?) + usize::from(short(bytes, at + 32)?);
            files.push(Packed {
                name: bytes.get(at + ENTRY_LENGTH..at + ENTRY_LENGTH + name)?,
                method: short(bytes, at + 10)?,
                length: long(bytes, at + 20)?,
                header: long(bytes, at + 42)?,
            });
            at += ENTRY_LENGTH + name + rest;
        }
        Some(files)
    }

    /// Unpacks a file of at most so many bytes.
    pub(super) fn read(&self, name: &str, most: usize) -> Result<Vec<u8>, Unreadable> {
        let file = self.files.iter().find(|file| file.name == name.as_bytes());
        let mut unpacked = Vec::new();
        let reader = file.and_then(|file| self.unpack(file)).ok_or(Unreadable::Damaged)?;
        reader.take(most as u64 + 1).read_to_end(&mut unpacked).map_err(|_| Unreadable::Damaged)?;
        if unpacked.len() > most { Err(Unreadable::Large) } else { Ok(unpacked) }
    }

    /// Unpacks all XML without keeping it, to see that it is within bounds. Headers can lie about lengths.
    pub(super) fn measure(&self) -> Result<(), Unreadable> {
        let mut left = LIMIT as u64;
        let is_xml = |file: &&Packed| [&b".xml"[..], b".rels"].iter().any(|end| file.name.ends_with(end));
        for file in self.files.iter().filter(is_xml) {
            let reader = self.unpack(file).ok_or(Unreadable::Damaged)?;
            let length = io::copy(&mut reader.take(left + 1), &mut io::sink());
            let length = length.map_err(|_| Unreadable::Damaged)?;
            left = left.checked_sub(length).ok_or(Unreadable::Large)?;
        }
        Ok(())
    }

    fn unpack(&self, file: &Packed) -> Option<Box<dyn io::Read + 'b>> {
        let name = usize::from(short(self.bytes, file.header + 26)?);
        let start = file.header + HEADER_LENGTH + name + usize::from(short(self.bytes, file.header + 28)?);
        let packed = self.bytes.get(start..start.checked_add(file.length)?)?;
        match file.method {
            0 => Some(Box::new(packed)),
            8 => Some(Box::new(DeflateDecoder::new(packed))),
            _ => None,
        }
    }
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let number = u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?);
    usize::try_from(number).ok()
}
