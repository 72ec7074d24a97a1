//! Guesses the encoding and the format of a data file from its content.

use std::sync::Arc;

use super::delimited::Splitter;
use super::encoding::{decode, unpack, utf16};
use super::{Encoding, Format, Layout, json, line};
use crate::{Diagnostic, Source, Span, errors};

/// Characters that can stand between cells. If two fit equally well, the first is chosen, because commas
/// stand within cells, too.
const DELIMITERS: [u8; 4] = *b";\t|,";

/// The number of rows by which the delimiter is guessed.
const ROWS: usize = 200;

/// The most rows that can stand above a header.
const ABOVE: usize = 20;

impl Source {
    /// Reads a data file whose encoding nothing declares, and guesses the encoding: UTF-8, UTF-16 or, if it
    /// can be neither, windows-1252.
    ///
    /// # Errors
    ///
    /// `invalid-gzip`; `too-large`; `unknown-format` if the file is no text.
    pub fn sniff(path: &Arc<str>, bytes: &[u8]) -> Result<(Self, Encoding), Diagnostic> {
        if Format::of(path) == Some(Format::Sheet) {
            return Ok((Self::of_sheet(path, bytes, None)?, Encoding::default()));
        }
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

impl Layout<'_> {
    /// Guesses the layout of a data file: by its name, or else by the character that parts its first rows most
    /// evenly; comments by a first line that begins with `#`; and the lines above the header, which are titles
    /// and the like, by their few cells.
    ///
    /// This does not guess whether a delimited file has a header.
    pub fn sniff(source: &Source) -> Self {
        let text = &source.text;
        let comment = is_commented(text).then_some("#");
        let plain = |format| Self { format, skip: 0, comment, rows: None };
        let named = Format::of(&source.path);
        if let Some(format @ (Format::Json | Format::Yaml | Format::Toml | Format::Sheet | Format::Sqlite)) =
            named
        {
            return format.into();
        }
        let first = line::uncommented(text, text.len() - text.trim_start().len(), comment);
        if named == Some(Format::JsonLines) || named.is_none() && json::is_object(&text[first..]) {
            return plain(Format::JsonLines);
        }
        let layout = plain(Format::Delimited(b','));
        let evenness = |delimiter: &u8| Widths::new(text, *delimiter, layout).evenness();
        let found = DELIMITERS.into_iter().rev().max_by_key(evenness);
        let found = found.filter(|delimiter| evenness(delimiter) > (0, 0));
        let format = found.map(Format::Delimited).or(named).unwrap_or(Format::Delimited(b','));
        let skip = found.map_or(0, |delimiter| Widths::new(text, delimiter, layout).above(text));
        Self { skip, ..plain(format) }
    }
}

/// Returns true if a file begins with a comment. A header can begin with the name `#`.
fn is_commented(text: &str) -> bool {
    let first = text.trim_start_matches('\u{feff}').trim_start();
    let rest = first.trim_start_matches('#');
    rest.len() < first.len() && rest.starts_with([' ', '!', '\n', '\r'])
}

/// The first rows of a file, each with its place, its cells, and those of them that are not blank.
struct Widths(Vec<(Span, usize, usize)>);

impl Widths {
    fn new(text: &str, delimiter: u8, layout: Layout) -> Self {
        let mut splitter = Splitter::new(text, delimiter, layout);
        let mut rows = Vec::new();
        while rows.len() < ROWS {
            let Some(cells) = splitter.next_row() else { break };
            let filled = cells.iter().filter(|cell| !text[(*cell).clone()].trim().is_empty()).count();
            let start = cells.first().map_or(0, |cell| cell.start);
            rows.push((start..cells.last().map_or(start, |cell| cell.end), cells.len(), filled));
        }
        Self(rows)
    }

    /// Counts the rows that have the most frequent number of cells above one, and these cells; zeros if all
    /// have a single cell.
    fn evenness(&self) -> (usize, usize) {
        let widths = self.0.iter().map(|(_, width, _)| *width).filter(|width| *width > 1);
        let count = |width: usize| self.0.iter().filter(|(_, other, _)| *other == width).count();
        widths.map(|width| (count(width), width)).max().unwrap_or((0, 0))
    }

    /// Counts the lines of the file above the first row that is more than a title or a remark.
    fn above(&self, text: &str) -> usize {
        let (_, width) = self.evenness();
        let is_title = |(span, cells, filled): &(Span, usize, usize)| {
            let few = *filled <= 1 || *filled * 2 < width;
            few && (*cells < width || width > 2) && !text[span.clone()].contains(['\n', '\r'])
        };
        let titles = self.0.iter().take_while(|row| is_title(row)).count();
        match self.0.get(titles) {
            Some((first, cells, _)) if (1..=ABOVE).contains(&titles) && *cells == width => {
                let mut at = 0;
                std::iter::from_fn(|| (at < first.start).then(|| at = line::after(text, at))).count()
            }
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::{Code, Format, Layout, Source};

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
            assert_eq!(Layout::sniff(&source).format, expected, "{text:?}");
        }
    }

    #[test]
    fn lines_that_are_no_rows_are_seen() {
        for (text, skip, comment) in [
            ("a,b\n1,2\n", 0, None),
            ("Report 2024\n\na,b\n1,2\n3,4\n", 2, None),
            ("Report 2024,,\nby Ada,,\na,b,c\n1,2,3\n", 2, None),
            ("# by Ada\n#\na,b\n1,2\n", 0, Some("#")),
            ("#,name\n1,Ada\n", 0, None),
            (",name\n0,Ada\n", 0, None),
            ("a,b\n1\n2\n", 0, None),
        ] {
            let source = Source { path: "a.csv".into(), text: text.into() };
            let layout = Layout::sniff(&source);
            assert_eq!((layout.skip, layout.comment), (skip, comment), "{text:?}");
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
