//! Rows on stdout: as a table, as CSV, as JSON.

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

/// Rows to be shown. Values are made when they are shown, since there may be many.
pub(crate) struct Sheet<'a> {
    columns: Vec<String>,
    rows: usize,
    /// What a table shows where there is no value.
    null: &'static str,
    cell: Box<dyn Fn(usize, usize) -> Cell<'a> + 'a>,
}

/// A value to be shown.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell<'a> {
    /// There is none.
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
    /// What is said of some things, in order.
    pub(crate) fn of_cells(columns: &[&str], cells: Vec<Vec<Cell<'a>>>) -> Self {
        let columns = columns.iter().map(ToString::to_string).collect();
        let rows = cells.len();
        Self { columns, rows, null: "", cell: Box::new(move |row, column| cells[row][column].clone()) }
    }

    /// Rows of a relation or an answer; references are shown by their slugs.
    pub(crate) fn of_rows(columns: &[Column], rows: &'a Rows, records: &'a Records) -> Self {
        let nested = |column: &Column| column.kind.as_ref().is_some_and(Kind::is_nested);
        let nested: Vec<_> = columns.iter().map(nested).collect();
        let cell = move |row: usize, column: usize| match rows.get(row, column) {
            Scalar::Null => Cell::Null,
            Scalar::Bool(value) => Cell::Bool(value),
            Scalar::Int(value) => Cell::Int(value),
            Scalar::Float(value) => Cell::Float(value),
            Scalar::Text(text) if nested[column] => Cell::Json((&**text).into()),
            Scalar::Text(text) => Cell::Text((&**text).into()),
            Scalar::Reference(id) => Cell::Text((&*records[id].slug).into()),
        };
        let columns = columns.iter().map(|column| column.name.clone()).collect();
        Self { columns, rows: rows.len(), null: "NULL", cell: Box::new(cell) }
    }

    /// Prints it to stdout.
    ///
    /// # Errors
    ///
    /// It cannot be printed.
    pub(crate) fn print(&self, format: SheetFormat, console: &Console) -> Result<(), Failure> {
        console::stream(|out| match format {
            SheetFormat::Table => self.table(console.screen, out),
            SheetFormat::Csv => self.csv(out),
            SheetFormat::Json => self.json(out),
        })
    }

    /// Writes it as a table.
    pub(crate) fn write(&self, console: &Console, out: &mut dyn io::Write) -> io::Result<()> {
        self.table(console.screen, out)
    }

    /// The values of a row.
    fn row(&self, row: usize) -> impl Iterator<Item = Cell<'a>> {
        (0..self.columns.len()).map(move |column| (self.cell)(row, column))
    }
}

impl<'a> Cell<'a> {
    /// Text, if there is any.
    pub(crate) fn text(text: Option<impl Into<Cow<'a, str>>>) -> Self {
        text.map_or(Self::Null, |text| Self::Text(text.into()))
    }

    /// How many.
    pub(crate) fn count(number: usize) -> Self {
        Self::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// The value as text; none if there is no value.
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
