//! Guesses the encoding and the format of a data file from its content.

use std::sync::Arc;

use super::delimited::Splitter;
use super::encoding::{decode, unpack, utf16};
use super::{Encoding, Format, json};
use crate::{Diagnostic, Source, errors};

/// Characters that can stand between cells. If two fit equally well, the first is chosen, because commas
/// stand within cells, too.
const DELIMITERS: [u8; 4] = *b";\t|,";

/// The number of rows by which the delimiter is guessed.
const ROWS: usize = 200;

impl Source {
    /// Reads a data file whose encoding nothing declares, and guesses the encoding: UTF-8, UTF-16 or, if it
    /// can be neither, windows-1252.
    ///
    /// # Errors
    ///
    /// `invalid-gzip`; `too-large`; `unknown-format` if the file is no text.
    pub fn sniff(path: &Arc<str>, bytes: &[u8]) -> Result<(Self, Encoding), Diagnostic> {
        let bytes = unpack(path, bytes)?;
        let named = |label| Encoding::named(label).unwrap_or_default();
        let encoding = match utf16(&bytes) {
            Some(label) => named(label),
            None if std::str::from_utf8(&bytes).is_ok() => Encoding::default(),
            None => named("windows-1252"),
        };
        let text = decode(path, &bytes, encoding)?;
        if text.contains('\0') {
            return Err(errors::not_text(path));
        }
        Ok((Self { path: Arc::clone(path), text: text.into() }, encoding))
    }
}

impl Format {
    /// Guesses the layout of a data file by its name, or else by the character that parts its first rows most
    /// evenly.
    ///
    /// This does not guess whether a delimited file has a header.
    pub fn sniff(source: &Source) -> Self {
        let named = Self::of(&source.path);
        if named == Some(Self::JsonLines) || named.is_none() && json::is_object(&source.text) {
            return Self::JsonLines;
        }
        let found = DELIMITERS.into_iter().rev().max_by_key(|delimiter| evenness(source, *delimiter));
        let found = found.filter(|delimiter| evenness(source, *delimiter) > (0, 0));
        found.map(Self::Delimited).or(named).unwrap_or(Self::Delimited(b','))
    }
}

/// Counts the rows that have as many cells as the first, and the cells of the first; zeros if that is a
/// single cell.
fn evenness(source: &Source, delimiter: u8) -> (usize, usize) {
    let mut splitter = Splitter::new(&source.text, delimiter);
    let Some(width) = splitter.next_row().map(<[_]>::len).filter(|width| *width > 1) else { return (0, 0) };
    let mut even = 1;
    for _ in 1..ROWS {
        match splitter.next_row() {
            Some(cells) => even += usize::from(cells.len() == width),
            None => break,
        }
    }
    (even, width)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::{Code, Format, Source};

    #[test]
    fn what_parts_cells_is_seen() {
        for (path, text, expected) in [
            ("a.csv", "a;b\n1,5;2\n3,5;4\n", Format::Delimited(b';')),
            ("a.csv", "a\tb, c\n1,5\t2\n", Format::Delimited(b'\t')),
            ("a.csv", "a,b\nx;y,2\nz;w,3\n", Format::Delimited(b',')),
            ("a.csv", "1,5;2\n3,5;4\n", Format::Delimited(b';')),
            ("a.txt", "a|b|c\n1|2|3\n", Format::Delimited(b'|')),
            ("a.tsv", "a\nb\n", Format::Delimited(b'\t')),
            ("a.csv", "", Format::Delimited(b',')),
            ("a.txt", "{\"a\": 1}\n", Format::JsonLines),
            ("a.ndjson", "", Format::JsonLines),
        ] {
            let source = Source { path: path.into(), text: text.into() };
            assert_eq!(Format::sniff(&source), expected, "{text:?}");
        }
    }

    #[test]
    fn encodings_are_seen() {
        let path = Arc::from("a.csv");
        let utf16: Vec<_> = "\u{feff}é,b\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, text, label) in [
            (&b"\xc3\xa9\n"[..], "é\n", "utf-8"),
            (b"\xef\xbb\xbfa\n", "\u{feff}a\n", "utf-8"),
            (b"\xe9 \x80\n", "é €\n", "windows-1252"),
            (&utf16, "\u{feff}é,b\n", "utf-16be"),
            (b"a\0,\0b\0\n\0", "a,b\n", "utf-16le"),
        ] {
            let (source, encoding) = Source::sniff(&path, bytes).expect("it is text");
            assert_eq!((&*source.text, &*encoding.label()), (text, label));
        }
        let problem = Source::sniff(&path, b"\x89PNG\r\n\x1a\n\0\0\0").expect_err("it is none");
        assert_eq!(problem.code, Code::UnknownFormat);
    }
}
