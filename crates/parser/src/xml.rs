//! Checks that XML is well-formed.

use roxmltree::{Document, ParsingOptions, TextPos};

/// A reason why a text is not well-formed XML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlFault {
    /// The reason, without the place in the text.
    pub reason: String,
    /// The offset in the text at which it shows.
    pub offset: usize,
}

impl XmlFault {
    /// Finds the first fault of a text; none if the text is well-formed XML.
    pub fn find(text: &str) -> Option<Self> {
        let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
        let error = Document::parse_with_options(text, options).err()?;
        let said = error.to_string();
        let position = said.rfind(" at ").filter(|at| said[at + 4..].contains(':'));
        let reason = said[..position.unwrap_or(said.len())].replace('\'', "\"");
        Some(Self { reason, offset: offset(text, error.pos()) })
    }
}

/// Returns the offset of a line and a column, which begin at 1.
fn offset(text: &str, TextPos { row, col }: TextPos) -> usize {
    let lines = text.split_inclusive('\n');
    let before: usize = lines.take(row.saturating_sub(1) as usize).map(str::len).sum();
    let in_line = text[before..].char_indices().nth(col.saturating_sub(1) as usize);
    in_line.map_or(text.len(), |(at, _)| before + at)
}
