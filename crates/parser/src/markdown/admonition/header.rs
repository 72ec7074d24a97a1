//! Reads the header of a block, such as `!!! note "Title"`.

use super::patch::IndentedLine;
use crate::Span;

/// The header of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BlockHeader {
    pub(super) kind: BlockMark,
    /// The marks of the quotes that enclose it.
    pub(super) marks: Span,
    /// The number of these quotes.
    pub(super) quotes: usize,
    /// The number of spaces behind these marks.
    pub(super) indent: usize,
    /// The bytes of the line, trimmed.
    pub(super) line: Span,
    /// The block's name; empty for a tab, and for a block that folds and has only a title.
    pub(super) name: Span,
    /// The title in quotation marks.
    pub(super) title: Option<Span>,
    /// True if a tab does not belong to the tab before it.
    pub(super) begins_group: bool,
}

/// The kind of block that a header begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockMark {
    /// `!!!`
    Plain,
    /// `???`
    Closed,
    /// `???+`
    Open,
    /// `===`
    Tab,
}

/// The number of columns by which the text of a block is indented further than its header.
const INDENT: usize = 4;

impl BlockHeader {
    /// Returns the column in which the text of the block begins, behind the marks of quotes.
    pub(super) fn body(&self) -> usize {
        self.indent + INDENT
    }
}

/// The marks. `===!` begins a group of tabs, and `===+` is read as `===`.
const MARKS: [(&str, BlockMark); 6] = [
    ("!!!", BlockMark::Plain),
    ("???+", BlockMark::Open),
    ("???", BlockMark::Closed),
    ("===!", BlockMark::Tab),
    ("===+", BlockMark::Tab),
    ("===", BlockMark::Tab),
];

/// Reads a line of a text as the header of a block.
pub(super) fn read(text: &str, line: &IndentedLine) -> Option<BlockHeader> {
    let (line, quotes) = line.innermost(text);
    let content = line.content();
    let written = text[content.clone()].trim_end();
    let rest = written.trim_start_matches(' ');
    let indent = written.len() - rest.len();
    let (mark, kind) = MARKS.into_iter().find(|(mark, _)| rest.starts_with(mark))?;
    let after = &rest[mark.len()..];
    let words = after.trim_start_matches(' ');
    let start = content.start + written.len() - words.len();
    let (names, title) = match words.split_once('"') {
        Some((names, title)) => (names, Some(title.strip_suffix('"')?)),
        None => (words, None),
    };
    let title = title.map(|title| {
        let start = start + names.len() + 1;
        start..start + title.len()
    });
    let name = names.split(' ').next().unwrap_or_default();
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ' ');
    let is_meant = match kind {
        BlockMark::Tab => {
            names.is_empty() && title.as_ref().is_some_and(|title| !title.is_empty()) && after != words
        }
        BlockMark::Closed | BlockMark::Open if names.is_empty() => title.is_some() && after != words,
        _ => name.starts_with(|c: char| c.is_ascii_alphabetic()) && names.chars().all(is_part),
    };
    is_meant.then(|| BlockHeader {
        kind,
        marks: line.start..content.start,
        quotes,
        indent,
        line: content.start + indent..content.start + written.len(),
        name: start..start + name.len(),
        title,
        begins_group: mark == "===!",
    })
}
