//! Splits delimited text into cells, keeping their bytes in the file.

use csv_core::{ReadFieldResult, ReaderBuilder};

use crate::Span;
use crate::data::{Layout, line};

/// A splitter of a text into rows of cells.
#[derive(Debug)]
pub(in crate::data) struct Splitter<'s> {
    text: &'s str,
    at: usize,
    /// The text with which comments begin.
    comment: Option<&'s str>,
    reader: csv_core::Reader,
    /// The cells of the row that was read last.
    cells: Vec<Span>,
    /// A buffer that the library demands for the text of cells. We take that text from the file instead.
    ignored: [u8; 1024],
}

/// A cell, and true if it ends its row.
struct SplitCell {
    span: Span,
    is_last: bool,
}

impl<'s> Splitter<'s> {
    pub(in crate::data) fn new(text: &'s str, delimiter: u8, layout: Layout<'s>) -> Self {
        let reader = ReaderBuilder::new().delimiter(delimiter).build();
        let at = line::first(text, layout.skip);
        Self { text, at, comment: layout.comment, reader, cells: Vec::new(), ignored: [0; 1024] }
    }

    /// Returns the cells of the next row that is not blank, without delimiters and line endings.
    pub(in crate::data) fn next_row(&mut self) -> Option<&[Span]> {
        loop {
            self.read_row()?;
            if !self.is_blank() {
                return Some(&self.cells);
            }
        }
    }

    fn read_row(&mut self) -> Option<()> {
        self.cells.clear();
        self.skip_between_rows();
        loop {
            let SplitCell { span, is_last } = self.read_cell()?;
            self.cells.push(span);
            if is_last {
                return Some(());
            }
        }
    }

    fn is_blank(&self) -> bool {
        matches!(self.cells.as_slice(), [cell] if self.text[cell.clone()].trim().is_empty())
    }

    /// Skips line endings and comments, because the library would count them as part of the row's first cell.
    fn skip_between_rows(&mut self) {
        loop {
            let endings = self.text.as_bytes()[self.at..].iter();
            self.at += endings.take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            let at = line::uncommented(self.text, self.at, self.comment);
            if at == self.at {
                return;
            }
            self.at = at;
        }
    }

    fn read_cell(&mut self) -> Option<SplitCell> {
        let start = self.at;
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            let (result, read, _) = self.reader.read_field(rest, &mut self.ignored);
            self.at += read;
            match result {
                ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
                ReadFieldResult::Field { record_end } => {
                    // The last cell of a file need not be followed by a delimiter or a line ending.
                    let end = if rest.is_empty() { self.at } else { self.at - 1 };
                    return Some(SplitCell { span: start..end, is_last: record_end });
                }
                ReadFieldResult::End => return None,
            }
        }
    }
}
