//! Reads data files: rows of cells, each cell with its bytes in the file.

mod column;
mod delimited;
mod encoding;
mod foreign;
mod gzip;
mod items;
mod json;
mod line;
mod quote;
mod sheet;
mod sniff;
mod workbook;
mod written;
mod zstd;

use std::borrow::Cow;

use crate::{Diagnostic, Diagnostics, Source, Span, Spanned, Table, yaml};

pub use self::encoding::Encoding;
pub use self::foreign::ForeignFormat;

/// The layout of a data file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// A header and rows. This character of ASCII, which is neither a quotation mark nor a line ending,
    /// stands between cells.
    Delimited(u8),
    /// The same without a header.
    Headless(u8),
    /// An object on each line.
    JsonLines,
    /// A list of objects, or an object that holds one.
    Json,
    /// The same in YAML.
    Yaml,
    /// The same in TOML.
    Toml,
    /// A table of a database of `SQLite`, which is read as a sheet is.
    Sqlite,
    /// The sheet of a workbook, with a row of names.
    Sheet,
    /// The same without a row of names.
    HeadlessSheet,
}

impl Format {
    /// The endings of names that tell the format, in the order in which files are looked for.
    pub const ENDINGS: [&str; 15] = [
        "csv", "tsv", "jsonl", "ndjson", "json", "geojson", "yaml", "yml", "toml", "xlsx", "xlsm", "ods",
        "db", "sqlite", "sqlite3",
    ];

    /// Returns the format by the file's name, ignoring `.gz` and `.zst`.
    pub fn of(path: &str) -> Option<Self> {
        let (_, extension) = encoding::stem(path).unwrap_or(path).rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Delimited(b',')),
            "tsv" => Some(Self::Delimited(b'\t')),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "json" | "geojson" => Some(Self::Json),
            "yaml" | "yml" => Some(Self::Yaml),
            "toml" => Some(Self::Toml),
            "xlsx" | "xlsm" | "ods" => Some(Self::Sheet),
            "db" | "sqlite" | "sqlite3" => Some(Self::Sqlite),
            _ => None,
        }
    }

    /// Returns the format without a header, if the format has such a form.
    #[must_use]
    pub fn headless(self) -> Self {
        match self {
            Self::Delimited(delimiter) => Self::Headless(delimiter),
            Self::Sheet => Self::HeadlessSheet,
            other => other,
        }
    }

    /// Returns true if columns have places in a row, besides names.
    pub fn has_places(self) -> bool {
        matches!(
            self,
            Self::Delimited(_) | Self::Headless(_) | Self::Sheet | Self::HeadlessSheet | Self::Sqlite
        )
    }
}

/// The layout of a data file: its format, and the lines of it that are no rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout<'l> {
    /// The format of the rows.
    pub format: Format,
    /// The number of lines above the header, or above the first row if there is none.
    pub skip: usize,
    /// The text with which comments begin, at the beginning of a line. It is not empty.
    pub comment: Option<&'l str>,
    /// The keys, with points between, under which the rows of JSON, YAML and TOML stand; none if there is only
    /// one place for them.
    pub rows: Option<&'l str>,
}

impl From<Format> for Layout<'_> {
    fn from(format: Format) -> Self {
        Self { format, skip: 0, comment: None, rows: None }
    }
}

/// The way in which a caller asks for a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnRef<'w> {
    /// Its name in the file's header, or its key in the file's objects.
    Named(&'w str),
    /// Its place among the cells of a row, from 1. Objects have no such place.
    At(usize),
}

/// A data file, read row by row.
///
/// Blank lines are no rows. A faulty row carries its problem, and reading goes on after it.
#[derive(Debug)]
pub struct Data<'s>(RowReader<'s>);

#[derive(Debug)]
enum RowReader<'s> {
    Delimited(Box<delimited::DelimitedRows<'s>>),
    Json(json::JsonRows<'s>),
    Written(written::WrittenRows<'s>),
    Sheet(sheet::SheetRows<'s>),
}

/// A row of a data file.
#[derive(Debug, Clone, PartialEq)]
pub struct Row<'s> {
    /// The row's text in the file, without its line ending.
    pub span: Span,
    /// The cell of each wanted column; none if the header or the row lacks the column.
    pub cells: Vec<Option<Cell<'s>>>,
    /// The problem of the row as a whole, which makes its cells unreliable.
    pub problem: Option<Diagnostic>,
}

/// A cell of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell<'s> {
    /// The value of the cell.
    pub value: Datum<'s>,
    /// Its text in the file, quotation marks and white space included.
    pub span: Span,
}

/// The value of a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Datum<'s> {
    /// JSON's null.
    Null,
    /// Text.
    Text(Cow<'s, str>),
    /// A number or truth value that its format writes as such: JSON's, as it is written there.
    Literal(Cow<'s, str>),
    /// A JSON array of texts, literals and nulls.
    List(Vec<Datum<'s>>),
    /// A JSON object, or an array that holds arrays or objects, as JSON.
    Nested(Cow<'s, str>),
}

impl<'s> Data<'s> {
    /// Opens a file to read some of its columns.
    ///
    /// Names are compared without the white space around them.
    pub fn open(source: &'s Source, layout: impl Into<Layout<'s>>, columns: &[ColumnRef]) -> Self {
        let layout = layout.into();
        let split = |delimiter| delimited::Splitter::new(&source.text, delimiter, layout);
        Self(match layout.format {
            Format::Delimited(delimiter) => RowReader::Delimited(Box::new(delimited::DelimitedRows::open(
                source,
                split(delimiter),
                columns,
            ))),
            // A second splitter reads the first row, because a clone of the library's reader never comes to an
            // end.
            Format::Headless(delimiter) => RowReader::Delimited(Box::new(
                delimited::DelimitedRows::headless(source, split(delimiter), split(delimiter), columns),
            )),
            Format::JsonLines => RowReader::Json(json::JsonRows::open(source, layout, columns)),
            Format::Json => RowReader::Json(json::JsonRows::of_file(source, layout, columns)),
            Format::Yaml | Format::Toml => RowReader::Written(written::WrittenRows::open(
                source,
                table(source, layout),
                layout.rows,
                columns,
            )),
            Format::Sheet | Format::HeadlessSheet | Format::Sqlite => {
                RowReader::Sheet(sheet::SheetRows::open(source, layout, columns))
            }
        })
    }

    /// Returns the columns that a delimited file's header names, in order, each without the white space
    /// around it.
    ///
    /// An empty file has an empty header. A headless file has none, and neither have JSON Lines, because each
    /// row names its own columns.
    pub fn header(&self) -> Option<&[Spanned<String>]> {
        match &self.0 {
            RowReader::Delimited(table) => table.names(),
            RowReader::Sheet(sheet) => sheet.names(),
            RowReader::Json(_) | RowReader::Written(_) => None,
        }
    }

    /// Counts the cells of a delimited file's first row, be that a header or not.
    pub fn width(&self) -> Option<usize> {
        match &self.0 {
            RowReader::Delimited(table) => Some(table.width()),
            RowReader::Sheet(sheet) => Some(sheet.width()),
            RowReader::Json(_) | RowReader::Written(_) => None,
        }
    }

    /// Collects the keys of the objects of a file whose rows are objects, in order of first appearance; no more
    /// than `most`.
    ///
    /// A row that cannot be read is skipped.
    pub fn keys(source: &Source, layout: Layout, most: usize) -> Vec<String> {
        match layout.format {
            Format::Yaml | Format::Toml => {
                written::WrittenRows::open(source, table(source, layout), layout.rows, &[]).keys(most)
            }
            _ => json::keys(source, layout, most),
        }
    }

    /// Returns the problems of the header.
    pub fn problems(&self) -> &[Diagnostic] {
        match &self.0 {
            RowReader::Delimited(table) => table.problems(),
            RowReader::Json(rows) => rows.problems(),
            RowReader::Written(rows) => rows.problems(),
            RowReader::Sheet(_) => &[],
        }
    }
}

impl<'s> Iterator for Data<'s> {
    type Item = Row<'s>;

    fn next(&mut self) -> Option<Row<'s>> {
        match &mut self.0 {
            RowReader::Delimited(table) => table.next(),
            RowReader::Json(rows) => rows.next(),
            RowReader::Written(rows) => rows.next(),
            RowReader::Sheet(sheet) => sheet.next(),
        }
    }
}

/// Reads all of a file of YAML or TOML.
fn table(source: &Source, layout: Layout) -> (Table, Diagnostics) {
    let span = column::start(&source.text)..source.text.len();
    match layout.format {
        Format::Yaml => yaml::read_data(source, span),
        _ => Table::parse(source, span),
    }
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn names_tell_the_format() {
        let comma = Some(Format::Delimited(b','));
        assert_eq!(Format::of("content/data/offers.csv"), comma);
        assert_eq!(Format::of("content/data/offers.2026.CSV.gz"), comma);
        assert_eq!(Format::of("a.tsv"), Some(Format::Delimited(b'\t')));
        assert_eq!(Format::of("a.ndjson.gz"), Some(Format::JsonLines));
        assert_eq!(Format::of("a.jsonl"), Some(Format::JsonLines));
        assert_eq!(Format::of("a.csv.zst"), comma);
        for path in ["csv", "a.gz", "a.csv.gz.gz", "a.csv.bak", "a.xml", ""] {
            assert_eq!(Format::of(path), None, "{path}");
        }
    }
}
