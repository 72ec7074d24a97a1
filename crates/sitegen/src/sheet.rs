//! Rows on stdout, as a table, as CSV or as JSON.

mod csv;
mod json;
mod table;
mod width;

use std::borrow::Cow;
use std::io;

use sitegen_model::{Column, Kind, Records, Rows, Scalar};

use crate::args::SheetFormat;
use crate::console::{self, Console};
use crate::errors::Failure;

pub(crate) use self::width::printable;

/// Rows to print. Values are made when they are printed, because there may be many.
pub(crate) struct Sheet<'a> {
    columns: Vec<String>,
    rows: usize,
    /// The text in a table for a missing value.
    null: &'static str,
    cell: Box<dyn Fn(usize, usize) -> OutputCell<'a> + 'a>,
}

/// A value to print.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum OutputCell<'a> {
    /// No value.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// Text.
    Text(Cow<'a, str>),
    /// A list or a table, as JSON.
    Json(Cow<'a, str>),
}

impl<'a> Sheet<'a> {
    /// Makes a sheet of cells.
    pub(crate) fn of_cells(columns: &[&str], cells: Vec<Vec<OutputCell<'a>>>) -> Self {
        let columns = columns.iter().map(ToString::to_string).collect();
        let rows = cells.len();
        Self { columns, rows, null: "", cell: Box::new(move |row, column| cells[row][column].clone()) }
    }

    /// Makes a sheet of a relation's rows. References are printed as slugs.
    pub(crate) fn of_rows(columns: &[Column], rows: &'a Rows, records: &'a Records) -> Self {
        let nested = |column: &Column| column.kind.as_ref().is_some_and(Kind::is_nested);
        let nested: Vec<_> = columns.iter().map(nested).collect();
        let cell = move |row: usize, column: usize| match rows.get(row, column) {
            Scalar::Null => OutputCell::Null,
            Scalar::Bool(value) => OutputCell::Bool(value),
            Scalar::Int(value) => OutputCell::Int(value),
            Scalar::Float(value) => OutputCell::Float(value),
            Scalar::Text(text) if nested[column] => OutputCell::Json((&**text).into()),
            Scalar::Text(text) => OutputCell::Text((&**text).into()),
            Scalar::Reference(id) => OutputCell::Text((&*records[id].slug).into()),
        };
        let columns = columns.iter().map(|column| column.name.clone()).collect();
        Self { columns, rows: rows.len(), null: "NULL", cell: Box::new(cell) }
    }

    /// Prints the sheet to stdout.
    ///
    /// # Errors
    ///
    /// Stdout cannot be written to.
    pub(crate) fn print(&self, format: SheetFormat, console: &Console) -> Result<(), Failure> {
        console::stream(|out| match format {
            SheetFormat::Table => self.table(console.screen, out),
            SheetFormat::Csv => self.csv(out),
            SheetFormat::Json => self.json(out),
        })
    }

    /// Writes the sheet as a table.
    pub(crate) fn write(&self, console: &Console, out: &mut dyn io::Write) -> io::Result<()> {
        self.table(console.screen, out)
    }

    /// Returns the cells of a row.
    fn row(&self, row: usize) -> impl Iterator<Item = OutputCell<'a>> {
        (0..self.columns.len()).map(move |column| (self.cell)(row, column))
    }
}

impl<'a> OutputCell<'a> {
    /// Makes a cell of text, if there is any.
    pub(crate) fn text(text: Option<impl Into<Cow<'a, str>>>) -> Self {
        text.map_or(Self::Null, |text| Self::Text(text.into()))
    }

    /// Makes a cell of a count.
    pub(crate) fn count(number: usize) -> Self {
        Self::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// Returns the value as text, if there is a value.
    fn as_text(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            Self::Null => return None,
            Self::Bool(value) => value.to_string().into(),
            Self::Int(value) => value.to_string().into(),
            Self::Float(value) => value.to_string().into(),
            Self::Text(text) | Self::Json(text) => Cow::Borrowed(text),
        })
    }

    fn is_number(&self) -> bool {
        matches!(self, Self::Int(_) | Self::Float(_))
    }
}
