//! The texts that diagnostics name, with lines and columns.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use sitegen_parser::Place;

use super::Find;

/// The texts that diagnostics name, by path. Each text is scanned only once.
#[derive(Debug, Default)]
pub(super) struct Texts(BTreeMap<Arc<str>, IndexedText>);

/// A text and the beginnings of its lines.
#[derive(Debug)]
pub(super) struct IndexedText {
    content: Arc<str>,
    lines: Vec<usize>,
    /// The number of characters before each block of [`BLOCK`] bytes. This saves counting long lines from
    /// their beginning.
    characters: Vec<usize>,
}

/// A span as readers count: lines from 1, columns from 1 in characters, the end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LineSpan {
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
}

const BLOCK: usize = 256;

impl Texts {
    /// Collects the texts of places, as far as there are any.
    pub(super) fn of<'p>(places: impl Iterator<Item = &'p Place>, find: &Find) -> Self {
        let mut texts = BTreeMap::new();
        for place in places.filter(|place| !is_whole_file(place)) {
            if !texts.contains_key(&place.path)
                && let Some(text) = find(&place.path)
            {
                texts.insert(Arc::clone(&place.path), IndexedText::new(text));
            }
        }
        Self(texts)
    }

    /// Returns the text of a place; none for a file as a whole and for files without text.
    pub(super) fn at(&self, place: &Place) -> Option<&IndexedText> {
        if is_whole_file(place) { None } else { self.0.get(&place.path) }
    }

    /// Returns the lines and columns of a place.
    pub(super) fn position(&self, place: &Place) -> Option<LineSpan> {
        Some(self.at(place)?.position(place))
    }
}

/// Returns true for a file as a whole, which is the empty span at its start.
pub(super) fn is_whole_file(place: &Place) -> bool {
    place.end == 0
}

impl IndexedText {
    pub(super) fn new(content: Arc<str>) -> Self {
        let ends = content.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        // A byte order mark takes no column.
        let start = if content.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let lines = std::iter::once(start).chain(ends).collect();
        let mut counted = 0;
        let characters = content.as_bytes().chunks(BLOCK).map(|block| {
            let before = counted;
            counted += characters_begun(block);
            before
        });
        let characters = characters.collect();
        Self { content, lines, characters }
    }

    /// Returns the bytes of a place, moved to boundaries of characters and into the text.
    pub(super) fn span(&self, place: &Place) -> Range<usize> {
        let start = self.content.floor_char_boundary(place.start).max(self.lines[0]).min(self.content.len());
        let end = self.content.ceil_char_boundary(place.end.min(self.content.len()));
        start..end.max(start)
    }

    /// Returns the index of the line that contains a byte.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.lines.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// Returns the bytes of a line without its ending.
    pub(super) fn line_span(&self, line: usize) -> Range<usize> {
        let start = self.lines[line];
        let end = self.lines.get(line + 1).copied().unwrap_or(self.content.len());
        let content = self.content[start..end].trim_end_matches(['\n', '\r']);
        start..start + content.len()
    }

    pub(super) fn slice(&self, span: Range<usize>) -> &str {
        &self.content[span]
    }

    /// Returns the start of the character at or before a byte.
    pub(super) fn floor(&self, offset: usize) -> usize {
        self.content.floor_char_boundary(offset)
    }

    /// Returns the lines and columns of a place.
    pub(super) fn position(&self, place: &Place) -> LineSpan {
        let span = self.span(place);
        let (line, column) = self.line_and_column(span.start);
        let (end_line, end_column) = self.line_and_column(span.end);
        LineSpan { line, column, end_line, end_column }
    }

    fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let line = self.line(offset);
        (line + 1, self.characters_before(offset) - self.characters_before(self.lines[line]) + 1)
    }

    fn characters_before(&self, offset: usize) -> usize {
        let block = (offset / BLOCK).min(self.characters.len().saturating_sub(1));
        let before = self.characters.get(block).copied().unwrap_or(0);
        before + characters_begun(&self.content.as_bytes()[block * BLOCK..offset])
    }
}

/// Counts the characters that begin in a part of a text.
fn characters_begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0b1100_0000) != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position(text: &str, start: usize, end: usize) -> (usize, usize, usize, usize) {
        let place = Place { path: "x".into(), start, end };
        let LineSpan { line, column, end_line, end_column } = IndexedText::new(text.into()).position(&place);
        (line, column, end_line, end_column)
    }

    #[test]
    fn columns_are_characters() {
        assert_eq!(position("äö\nüx", 4, 7), (1, 3, 2, 2));
        assert_eq!(position("a\r\nb", 3, 4), (2, 1, 2, 2));
        assert_eq!(position("\u{feff}ab", 3, 4), (1, 1, 1, 2));
    }

    #[test]
    fn spans_are_moved_into_the_text() {
        assert_eq!(position("äö", 1, 3), (1, 1, 1, 3));
        assert_eq!(position("ab\n", 9, 12), (2, 1, 2, 1));
        assert_eq!(position("", 3, 9), (1, 1, 1, 1));
    }

    #[test]
    fn long_lines_are_counted_by_blocks() {
        let text = "ä".repeat(BLOCK * 3);
        assert_eq!(position(&text, BLOCK * 4 + 2, BLOCK * 4 + 4), (1, BLOCK * 2 + 2, 1, BLOCK * 2 + 3));
    }
}
