//! Reads the text of a sheet: a list of cells in JSON on each line, the first line being the header.
//!
//! No author writes such files. Sheets of other programs are turned into them, so that a row of a sheet is a
//! line of the text.

use serde_json::value::RawValue;

use super::json::datum;
use super::{Cell, ColumnRef, Datum, Layout, Row, column, line};
use crate::json::span;
use crate::{Source, Span, Spanned};

/// A reader of the rows of a sheet, behind its header if it has one.
#[derive(Debug)]
pub(super) struct SheetRows<'s> {
    source: &'s Source,
    at: usize,
    comment: Option<&'s str>,
    header: Option<Vec<Spanned<String>>>,
    width: usize,
    /// The position of each wanted column in a row.
    positions: Vec<Option<usize>>,
}

impl<'s> SheetRows<'s> {
    pub(super) fn open(source: &'s Source, layout: Layout<'s>, columns: &[ColumnRef]) -> Self {
        let at = line::first(&source.text, layout.skip);
        let mut sheet =
            Self { source, at, comment: layout.comment, header: None, width: 0, positions: Vec::new() };
        let behind = sheet.next_cells();
        let first = behind.as_ref().map(|(_, cells)| cells.as_slice()).unwrap_or_default();
        sheet.width = first.len();
        let name = |(value, span): &(Datum, Span)| {
            let text = match value {
                Datum::Text(text) | Datum::Literal(text) => column::name(text).into_owned(),
                _ => String::new(),
            };
            Spanned { value: text, span: span.clone() }
        };
        if layout.format == super::Format::HeadlessSheet {
            sheet.at = at;
        } else {
            sheet.header = Some(first.iter().map(name).collect());
        }
        let position = |wanted: &ColumnRef| match wanted {
            ColumnRef::At(place) => place.checked_sub(1).filter(|at| *at < sheet.width),
            ColumnRef::Named(name) => {
                let name = column::name(name);
                sheet.header.as_ref()?.iter().position(|known| known.value == *name)
            }
        };
        sheet.positions = columns.iter().map(position).collect();
        sheet
    }

    pub(super) fn names(&self) -> Option<&[Spanned<String>]> {
        self.header.as_deref()
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    pub(super) fn next(&mut self) -> Option<Row<'s>> {
        let (span, cells) = self.next_cells()?;
        let pick = |position: &Option<usize>| {
            let (value, span) = cells.get((*position)?)?.clone();
            Some(Cell { value, span })
        };
        Some(Row { cells: self.positions.iter().map(pick).collect(), span, problem: None })
    }

    /// Reads the next line that has a cell and is no comment.
    fn next_cells(&mut self) -> Option<(Span, Vec<(Datum<'s>, Span)>)> {
        let source = self.source;
        while self.at < source.text.len() {
            let start = self.at;
            self.at = line::after(&source.text, start);
            let text = source.text[start..self.at].trim_end();
            // The text was written by this crate, so it can be read.
            let cells: Vec<&RawValue> = serde_json::from_str(text).unwrap_or_default();
            let cells: Vec<_> = cells
                .into_iter()
                .map(|cell| (datum(cell).unwrap_or(Datum::Null), span(cell, &source.text)))
                .collect();
            let is_comment = |comment: &str| matches!(cells.first(), Some((Datum::Text(text), _)) if text.starts_with(comment));
            if cells.iter().any(|(value, _)| *value != Datum::Null) && !self.comment.is_some_and(is_comment) {
                return Some((start..start + text.len(), cells));
            }
        }
        None
    }
}
