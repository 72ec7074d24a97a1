//! Patched texts: texts put together from another one, line by line, with the way back.

use super::first;
use super::header::{BlockHeader, BlockMark};
use crate::Span;
use crate::excerpt::TextPiece;

/// A text that was put together from another one.
#[derive(Debug)]
pub(in crate::markdown) struct PatchedText {
    pub(super) text: String,
    pub(super) pieces: Vec<TextPiece>,
}

/// A line of a text.
#[derive(Debug)]
pub(super) struct IndentedLine {
    pub(super) start: usize,
    /// The end of the marks of quotes that enclose the line; the line's start if there are none.
    inner: usize,
    /// The end of the line's text, where its line ending begins.
    content_end: usize,
    end: usize,
    /// The column in which the text begins, behind those marks. A tab goes on to the next multiple of four.
    pub(super) indent: usize,
    /// The bytes of white space before that column.
    space: usize,
}

impl IndentedLine {
    pub(super) fn whole(&self) -> Span {
        self.start..self.end
    }

    /// Returns the line behind the marks of quotes, without its ending.
    pub(super) fn content(&self) -> Span {
        self.inner..self.content_end
    }

    pub(super) fn is_blank(&self) -> bool {
        self.inner + self.space == self.content_end
    }

    /// Returns the same line as a part of as many quotes; none if fewer enclose it.
    pub(super) fn within(&self, text: &str, quotes: usize) -> Option<Self> {
        let mut inner = self.start;
        for _ in 0..quotes {
            inner = behind_mark(text, inner..self.content_end)?;
        }
        Some(Self::of(text, self.start, inner, self.end))
    }

    /// Returns the same line as a part of all quotes that enclose it, and their number.
    pub(super) fn innermost(&self, text: &str) -> (Self, usize) {
        let (mut inner, mut quotes) = (self.start, 0);
        while let Some(next) = behind_mark(text, inner..self.content_end) {
            (inner, quotes) = (next, quotes + 1);
        }
        (Self::of(text, self.start, inner, self.end), quotes)
    }

    /// Returns the line's text behind a column, with its ending.
    pub(super) fn behind(&self, text: &str, column: usize) -> String {
        let (start, more) = self.cut(text, column);
        " ".repeat(more) + &text[start..self.end]
    }

    /// Finds the end of the white space that reaches a column, and the number of columns that the white space
    /// goes beyond, since a tab can have several.
    fn cut(&self, text: &str, column: usize) -> (usize, usize) {
        let space = &text[self.inner..self.inner + self.space];
        let reaches = |length: &usize| columns(&space[..*length]) >= column;
        let length = (0..=space.len()).find(reaches).unwrap_or(space.len());
        (self.inner + length, columns(&space[..length]).saturating_sub(column))
    }

    fn of(text: &str, start: usize, inner: usize, end: usize) -> Self {
        let content = text[inner..end].trim_end_matches(['\n', '\r']);
        let space = content.len() - content.trim_start_matches([' ', '\t']).len();
        let indent = columns(&content[..space]);
        Self { start, inner, content_end: inner + content.len(), end, indent, space }
    }
}

/// Returns the end of the mark of a quote with which a part of a line begins, and of the space that belongs
/// to the mark.
fn behind_mark(text: &str, part: Span) -> Option<usize> {
    let rest = text[part.clone()].trim_start_matches(' ').strip_prefix('>')?;
    Some(part.end - rest.strip_prefix(' ').unwrap_or(rest).len())
}

/// Splits a text into lines.
pub(super) fn lines(text: &str) -> Vec<IndentedLine> {
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        let begin = start;
        start += line.len();
        IndentedLine::of(text, begin, begin, start)
    });
    lines.collect()
}

fn columns(space: &str) -> usize {
    space.bytes().fold(0, |column, byte| if byte == b'\t' { (column / 4 + 1) * 4 } else { column + 1 })
}

/// Writes a patched text, copying most of another one.
pub(in crate::markdown) struct TextPatcher<'t> {
    pub(super) text: &'t str,
    /// The patched text that is copied from, unless it is the original.
    last: Option<&'t PatchedText>,
    patched: PatchedText,
}

impl PatchedText {
    /// Begins to patch a text, which may be a patched one itself.
    pub(in crate::markdown) fn of<'t>(text: &'t str, last: Option<&'t Self>) -> TextPatcher<'t> {
        TextPatcher {
            text,
            last,
            patched: Self { text: String::with_capacity(text.len() + 64), pieces: Vec::new() },
        }
    }
}

impl TextPatcher<'_> {
    pub(in crate::markdown) fn finish(self) -> PatchedText {
        self.patched
    }

    /// Returns the length of the patched text so far.
    pub(in crate::markdown) fn length(&self) -> usize {
        self.patched.text.len()
    }

    /// Copies a part of the text.
    pub(in crate::markdown) fn copy(&mut self, range: Span) {
        let Some(last) = self.last else { return self.push(range.clone(), range, true) };
        let mut start = range.start;
        while start < range.end {
            let behind = last.pieces.partition_point(|piece| piece.at <= start);
            let end = last.pieces.get(behind).map_or(range.end, |next| next.at.min(range.end));
            let is_literal = last.pieces[behind - 1].is_literal;
            self.push(start..end, first(self.last, start..end), is_literal);
            start = end;
        }
    }

    /// Copies a part of the text that comes from `source` in the original text.
    fn push(&mut self, range: Span, source: Span, is_literal: bool) {
        if range.is_empty() {
            return;
        }
        let at = self.patched.text.len();
        match self.patched.pieces.last_mut() {
            Some(before) if before.is_literal && is_literal && before.source.end == source.start => {
                before.source.end = source.end;
            }
            _ => self.patched.pieces.push(TextPiece { at, source, is_literal }),
        }
        self.patched.text.push_str(&self.text[range]);
    }

    /// Writes text in place of a part of the text.
    pub(in crate::markdown) fn insert(&mut self, text: &str, stands_for: &Span) {
        if !text.is_empty() {
            let source = first(self.last, stands_for.clone());
            self.patched.pieces.push(TextPiece { at: self.patched.text.len(), source, is_literal: false });
            self.patched.text.push_str(text);
        }
    }

    /// Writes a line that stands for no part of the text, beginning where a header does.
    pub(super) fn line(&mut self, header: &BlockHeader, text: &str) {
        let at = self.patched.pieces.last().map_or(0, |piece| piece.source.end);
        let text = format!("{}{text}\n", self.start_of_line(header));
        self.patched.pieces.push(TextPiece {
            at: self.patched.text.len(),
            source: at..at,
            is_literal: false,
        });
        self.patched.text.push_str(&text);
    }

    /// Returns what stands before the text of a new line that begins where a header does.
    fn start_of_line(&self, header: &BlockHeader) -> String {
        let is_new = self.patched.text.is_empty() || self.patched.text.ends_with('\n');
        let marks = &self.text[header.marks.clone()];
        format!("{}{marks}{}", if is_new { "" } else { "\n" }, " ".repeat(header.indent))
    }

    /// Writes the opening line of the directive that a header becomes.
    pub(super) fn open(&mut self, header: &BlockHeader) {
        let BlockHeader { kind, line, name, title, .. } = header;
        let text = self.text;
        let called = &text[name.clone()];
        let unnamed = match kind {
            BlockMark::Tab => "tab",
            _ if called.is_empty() => "details",
            _ => "",
        };
        self.insert(&format!("{}:::{unnamed}", self.start_of_line(header)), line);
        if called.contains(|c: char| c.is_ascii_uppercase()) {
            self.insert(&called.to_ascii_lowercase(), name);
        } else if !called.is_empty() {
            self.copy(name.clone());
        }
        if let Some(title) = title.clone().filter(|title| !title.is_empty()) {
            self.title(title);
        }
        let untitled = title.as_ref().filter(|title| title.is_empty()).map(|_| "title=\"\"");
        let fold = match kind {
            BlockMark::Closed => Some("fold=closed"),
            BlockMark::Open => Some("fold=open"),
            BlockMark::Plain | BlockMark::Tab => None,
        };
        let attributes: Vec<_> = untitled.into_iter().chain(fold).collect();
        if !attributes.is_empty() {
            self.insert(&format!("{{{}}}", attributes.join(" ")), line);
        }
        self.insert("\n", &(line.end..line.end));
    }

    fn title(&mut self, title: Span) {
        let text = &self.text[title.clone()];
        self.insert("[", &(title.start..title.start));
        if has_pairs(text) {
            self.copy(title.clone());
        } else {
            let escaped = text.replace('[', "\\[").replace(']', "\\]");
            self.insert(&escaped, &title);
        }
        self.insert("]", &(title.end..title.end));
    }

    /// Copies a line of a block, with less indentation.
    pub(super) fn dedented(&mut self, line: &IndentedLine, header: &BlockHeader) {
        self.copy(line.start..line.inner);
        if line.is_blank() {
            return self.copy(line.content_end..line.end);
        }
        let (start, more) = line.cut(self.text, header.body());
        self.insert(&" ".repeat(header.indent + more), &(line.inner..start));
        self.copy(start..line.end);
    }
}

/// Returns true if each bracket in a text has its partner, and no backslash stands in it.
fn has_pairs(text: &str) -> bool {
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '[' => depth += 1,
            ']' if depth == 0 => return false,
            ']' => depth -= 1,
            '\\' => return false,
            _ => {}
        }
    }
    depth == 0
}
