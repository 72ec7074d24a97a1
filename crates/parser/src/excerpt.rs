//! Excerpts: texts that are read, each with a way back to its bytes in the file.

use std::sync::Arc;

use crate::{Place, Source, Span, Spanned};

/// A part of a file, or a text made of one, whose offsets can be translated to those of the file.
#[derive(Debug, Clone)]
pub(crate) struct Excerpt<'s> {
    path: &'s Arc<str>,
    /// The text to read.
    pub(crate) text: &'s str,
    origin: Provenance<'s>,
}

#[derive(Debug, Clone)]
enum Provenance<'s> {
    /// The text is a part of the file that begins at this offset.
    At(usize),
    /// The text was made of these bytes, so all of it has their place.
    From(Span),
    /// The text was put together from pieces of another excerpt.
    Pieces { pieces: &'s [TextPiece], of: &'s Excerpt<'s> },
}

/// A piece of a text that was put together from another one.
#[derive(Debug, Clone)]
pub(crate) struct TextPiece {
    /// The offset in the new text at which the piece begins.
    pub(crate) at: usize,
    /// The bytes of the other text that were copied or replaced.
    pub(crate) source: Span,
    /// True if the bytes were copied letter by letter.
    pub(crate) is_literal: bool,
}

impl<'s> Excerpt<'s> {
    /// Takes the part `span` of a file, without a byte order mark.
    pub(crate) fn new(source: &'s Source, span: Span) -> Self {
        let text = &source.text[span.clone()];
        let rest = text.strip_prefix('\u{feff}').unwrap_or(text);
        let start = span.start + text.len() - rest.len();
        Self { path: &source.path, text: rest, origin: Provenance::At(start) }
    }

    /// Takes a string value: the file's own text if that says the same, else the value.
    pub(crate) fn value(source: &'s Source, value: &Spanned<&'s str>) -> Self {
        match source.literal(value) {
            Some(span) => {
                let start = span.start;
                Self { path: &source.path, text: &source.text[span], origin: Provenance::At(start) }
            }
            None => {
                Self { path: &source.path, text: value.value, origin: Provenance::From(value.span.clone()) }
            }
        }
    }

    /// Takes a text of which only the place is known.
    pub(crate) fn at(place: &'s Place, text: &'s str) -> Self {
        Self { path: &place.path, text, origin: Provenance::From(place.start..place.end) }
    }

    /// Takes a text that was put together from pieces of this one, in order.
    pub(crate) fn rewritten(&'s self, text: &'s str, pieces: &'s [TextPiece]) -> Self {
        Self { path: self.path, text, origin: Provenance::Pieces { pieces, of: self } }
    }

    /// Returns the text in a range without a last line that stands for no bytes of the file.
    pub(crate) fn written(&self, range: &Span) -> &'s str {
        let text = &self.text[range.clone()];
        let last = text.trim_end_matches(['\n', '\r']).rfind('\n').map_or(0, |end| end + 1);
        if self.is_added(&(range.start + last..range.end)) { &text[..last] } else { text }
    }

    /// Returns true if a range of the text stands for no bytes of the file.
    pub(crate) fn is_added(&self, range: &Span) -> bool {
        match &self.origin {
            Provenance::At(_) | Provenance::From(_) => false,
            Provenance::Pieces { pieces, of } => {
                let source = source(pieces, range);
                source.is_empty() || of.is_added(&source)
            }
        }
    }

    /// Returns true if a backslash escapes the character at an offset of the text.
    pub(crate) fn is_escaped(&self, offset: usize) -> bool {
        let before = self.text.as_bytes()[..offset].iter().rev();
        before.take_while(|byte| **byte == b'\\').count() % 2 == 1
    }

    /// Translates a range of the text to bytes of the file.
    pub(crate) fn span(&self, range: &Span) -> Span {
        match &self.origin {
            Provenance::At(start) => start + range.start..start + range.end,
            Provenance::From(span) => span.clone(),
            Provenance::Pieces { pieces, of } => of.span(&source(pieces, range)),
        }
    }

    /// Returns the place of a range of the text.
    pub(crate) fn place(&self, range: &Span) -> Place {
        Place::new(self.path, &self.span(range))
    }

    /// Returns the place of bytes of the file.
    pub(crate) fn place_of(&self, span: &Span) -> Place {
        Place::new(self.path, span)
    }

    /// Pairs a value with the bytes of the file behind a range of the text.
    pub(crate) fn spanned<T>(&self, value: T, range: &Span) -> Spanned<T> {
        Spanned { value, span: self.span(range) }
    }
}

/// Translates a range of a text that was put together from pieces to the other text.
pub(crate) fn source(pieces: &[TextPiece], range: &Span) -> Span {
    let piece = |at: usize| pieces.get(pieces.partition_point(|piece| piece.at <= at).saturating_sub(1));
    let Some(first) = piece(range.start) else { return 0..0 };
    let start = if first.is_literal {
        first.source.end.min(first.source.start + (range.start - first.at))
    } else {
        first.source.start
    };
    let last = if range.is_empty() { None } else { piece(range.end - 1) };
    let end = last.map_or(start, |last| {
        if last.is_literal { last.source.start + (range.end - last.at) } else { last.source.end }
    });
    start..end.max(start)
}

/// Finds a value in its written form, between any quotation marks; line endings may differ.
pub(crate) fn literal(written: &str, value: &str) -> Option<Span> {
    if let Some(start) = written.find(value) {
        return Some(start..start + value.len());
    }
    let inner = ["\"\"\"", "'''"].iter().find_map(|mark| written.strip_prefix(mark)?.strip_suffix(mark))?;
    let inner = inner.strip_prefix("\r\n").unwrap_or(inner);
    let end = written.len() - 3;
    (inner.replace("\r\n", "\n") == value).then(|| end - inner.len()..end)
}

#[cfg(test)]
mod tests {
    use super::{TextPiece, literal, source};

    #[test]
    fn ranges_go_back_through_pieces() {
        // The text holds "ab" and "e" of "abcde", and a sign for "cd" between them.
        let pieces = [(0, 0..2, true), (2, 2..4, false), (3, 4..5, true)]
            .map(|(at, source, is_literal)| TextPiece { at, source, is_literal });
        let cases = [(0..1, 0..1), (1..4, 1..5), (2..3, 2..4), (3..4, 4..5), (1..1, 1..1), (4..4, 5..5)];
        for (range, expected) in cases {
            assert_eq!(source(&pieces, &range), expected);
        }
    }

    #[test]
    fn values_are_found_where_they_stand_letter_for_letter() {
        assert_eq!(literal("\"a *b*\"", "a *b*"), Some(1..6));
        assert_eq!(literal("'''\na\n'''", "a\n"), Some(4..6));
        assert_eq!(literal("\"\"\"\r\na\r\nb\"\"\"", "a\nb"), Some(5..9));
        assert_eq!(literal(r#""a\tb""#, "a\tb"), None);
    }
}
