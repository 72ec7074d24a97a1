//! Changes the WebAssembly of an interpreter where programs must not reach. Bytes are overwritten in place,
//! so nothing moves.

use std::collections::BTreeMap;

/// The bytes in a page of memory.
const PAGE: usize = 65_536;

/// The numbers of sections in a WebAssembly module.
const IMPORTS: u8 = 2;
const MEMORIES: u8 = 5;
const EXPORTS: u8 = 7;
const CODE: u8 = 10;

/// The kinds of imports and exports.
const FUNCTION: u8 = 0;
const TABLE: u8 = 1;
const MEMORY: u8 = 2;
const GLOBAL: u8 = 3;

/// The bytes of a function body that returns 0.
const NO_LOCALS: u8 = 0x00;
const NOP: u8 = 0x01;
const ZERO: [u8; 3] = [0x41, 0x00, 0x0b];

/// The message for WebAssembly that ends too early.
const CUT: &str = "the interpreter's WebAssembly is cut off";

/// Bounds the memory of an instance to `most` bytes, by writing over the maximum in its declaration.
pub(crate) fn bound_memory(bytes: &mut [u8], most: usize) -> Result<(), String> {
    let mut cursor = SectionCursor::of(bytes, MEMORIES)?;
    if (cursor.number()?, cursor.number()?) != (1, 1) {
        return Err("the interpreter has not one memory with a bound".to_owned());
    }
    cursor.number()?;
    let start = cursor.at;
    cursor.number()?;
    let end = cursor.at;
    let mut left = most / PAGE;
    for (at, byte) in (start + 1..).zip(&mut bytes[start..end]) {
        let more = if at < end { 0x80 } else { 0 };
        *byte = u8::try_from(left & 0x7f).unwrap_or_default() | more;
        left >>= 7;
    }
    if left == 0 { Ok(()) } else { Err("the bound of the interpreter's memory does not fit".to_owned()) }
}

/// Makes exported functions return 0 and do nothing.
pub(crate) fn silence(bytes: &mut [u8], names: &[String]) -> Result<(), String> {
    let before = imported(bytes)?;
    let exported = exported(bytes)?;
    let number = |name: &String| {
        let number = exported.get(name).and_then(|number| number.checked_sub(before));
        number.ok_or_else(|| format!("the interpreter exports no function {name}"))
    };
    let wanted = names.iter().map(number).collect::<Result<Vec<_>, _>>()?;
    let mut cursor = SectionCursor::of(bytes, CODE)?;
    let count = cursor.number()?;
    let mut bodies = Vec::new();
    for number in 0..count {
        let length = cursor.number()?;
        let start = cursor.skip(length)?;
        if wanted.contains(&number) {
            bodies.push(start..cursor.at);
        }
    }
    for body in bodies {
        let (last, body) = (body.end - ZERO.len(), &mut bytes[..body.end][body.start..]);
        body.fill(NOP);
        body[0] = NO_LOCALS;
        bytes[last..][..ZERO.len()].copy_from_slice(&ZERO);
    }
    Ok(())
}

/// Counts the imported functions. They take the first numbers, so the numbers of the module's own functions
/// begin after them.
fn imported(bytes: &[u8]) -> Result<usize, String> {
    let mut cursor = SectionCursor::of(bytes, IMPORTS)?;
    let mut functions = 0;
    for _ in 0..cursor.number()? {
        cursor.name()?;
        cursor.name()?;
        match cursor.byte()? {
            FUNCTION => {
                cursor.number()?;
                functions += 1;
            }
            TABLE => {
                cursor.byte()?;
                cursor.limits()?;
            }
            MEMORY => cursor.limits()?,
            // A global has a type and whether it can change; a tag has an attribute and a type.
            GLOBAL.. => {
                cursor.byte()?;
                cursor.number()?;
            }
        }
    }
    Ok(functions)
}

/// Finds the numbers of the exported functions by their names.
fn exported(bytes: &[u8]) -> Result<BTreeMap<String, usize>, String> {
    let mut cursor = SectionCursor::of(bytes, EXPORTS)?;
    let mut found = BTreeMap::new();
    for _ in 0..cursor.number()? {
        let (name, kind, number) = (cursor.name()?, cursor.byte()?, cursor.number()?);
        if kind == FUNCTION {
            found.insert(name, number);
        }
    }
    Ok(found)
}

/// A cursor over the bytes of a module, which reads numbers and names.
struct SectionCursor<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> SectionCursor<'b> {
    /// Finds a section and begins with its content.
    fn of(bytes: &'b [u8], section: u8) -> Result<Self, String> {
        let mut cursor = Self { bytes, at: 8 };
        while cursor.byte().map_err(|_| format!("the interpreter has no section {section}"))? != section {
            let length = cursor.number()?;
            cursor.skip(length)?;
        }
        cursor.number()?;
        Ok(cursor)
    }

    fn byte(&mut self) -> Result<u8, String> {
        let byte = self.bytes.get(self.at).copied().ok_or(CUT)?;
        self.at += 1;
        Ok(byte)
    }

    fn number(&mut self) -> Result<usize, String> {
        let mut value = 0;
        for shift in (0..u32::BITS).step_by(7) {
            let byte = self.byte()?;
            value |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(CUT.to_owned())
    }

    /// Skips bytes and returns where they began.
    fn skip(&mut self, length: usize) -> Result<usize, String> {
        let start = self.at;
        self.at = start.checked_add(length).filter(|end| *end <= self.bytes.len()).ok_or(CUT)?;
        Ok(start)
    }

    fn name(&mut self) -> Result<String, String> {
        let length = self.number()?;
        let start = self.skip(length)?;
        Ok(String::from_utf8_lossy(&self.bytes[start..self.at]).into_owned())
    }

    fn limits(&mut self) -> Result<(), String> {
        let flags = self.byte()?;
        self.number()?;
        if flags & 1 == 1 {
            self.number()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module that imports a function and a memory, has a memory of its own, and exports its one function as `f`.
    const MODULE: &[u8] = b"\0asm\x01\0\0\0\
        \x01\x05\x01\x60\x00\x01\x7f\
        \x02\x0e\x02\x01a\x01b\x00\x00\x01a\x01m\x02\x00\x01\
        \x03\x02\x01\x00\
        \x05\x06\x01\x01\x01\x80\x80\x02\
        \x07\x05\x01\x01f\x00\x01\
        \x0a\x0a\x01\x08\x01\x01\x7f\x41\x05\x0f\x00\x0b";

    #[test]
    fn memory_is_bounded_in_as_many_bytes() {
        let mut bytes = MODULE.to_vec();
        bound_memory(&mut bytes, 300 * PAGE).expect("it fits");
        let before = MODULE.windows(3).position(|bytes| bytes == [0x80, 0x80, 0x02]).expect("it is there");
        assert_eq!(&bytes[before..before + 3], [0xac, 0x82, 0x00]);
        assert!(bound_memory(&mut bytes, PAGE << 21).is_err());
    }

    #[test]
    fn a_function_is_silenced_and_all_else_left() {
        let mut bytes = MODULE.to_vec();
        silence(&mut bytes, &["f".to_owned()]).expect("it is exported");
        let (before, body) = bytes.split_at(MODULE.len() - 8);
        assert_eq!(before, &MODULE[..MODULE.len() - 8]);
        assert_eq!(body, [0x00, 0x01, 0x01, 0x01, 0x01, 0x41, 0x00, 0x0b]);
        assert!(silence(&mut bytes, &["g".to_owned()]).is_err());
    }

    #[test]
    fn bytes_of_anything_else_are_refused() {
        assert!(bound_memory(&mut [0; 3], PAGE).is_err());
        for length in 0..MODULE.len() {
            let mut cut = MODULE[..length].to_vec();
            assert!(silence(&mut cut, &["f".to_owned()]).is_err(), "{length}");
        }
    }
}
