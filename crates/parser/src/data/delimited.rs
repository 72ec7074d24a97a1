//! Reads delimited files, such as CSV: a header, then rows.

mod split;

use std::collections::BTreeMap;

use super::quote::{self, CellFault};
use super::{Cell, ColumnRef, Datum, Row, column};
use crate::{Diagnostic, Place, Source, Span, Spanned, errors};

pub(super) use self::split::Splitter;

/// A reader of the rows of a delimited file, behind its header if it has one.
#[derive(Debug)]
pub(super) struct DelimitedRows<'s> {
    source: &'s Source,
    splitter: Splitter<'s>,
    header: Option<HeaderRow>,
    /// The first row, with which all others are compared.
    first: First,
    /// The position of each wanted column in a row.
    positions: Vec<Option<usize>>,
}

#[derive(Debug, Default)]
struct HeaderRow {
    names: Vec<Spanned<String>>,
    problems: Vec<Diagnostic>,
}

/// The first row of a file, be it a header or not.
#[derive(Debug, Default)]
struct First {
    width: usize,
    /// The place of the row; none if the row is faulty, because others are then not compared with it.
    place: Option<Place>,
}

impl<'s> DelimitedRows<'s> {
    pub(super) fn open(source: &'s Source, mut splitter: Splitter<'s>, columns: &[ColumnRef]) -> Self {
        let (header, first) = HeaderRow::read(source, &mut splitter, columns);
        let position = |column: &ColumnRef| match column {
            ColumnRef::Named(column) => header.position(&column::name(column)),
            ColumnRef::At(place) => first.position(*place),
        };
        let positions = columns.iter().map(position).collect();
        Self { source, splitter, header: Some(header), first, positions }
    }

    /// Opens a file whose first row is no header. No column is found by its name. `ahead` is an equal splitter.
    pub(super) fn headless(
        source: &'s Source,
        splitter: Splitter<'s>,
        mut ahead: Splitter<'s>,
        columns: &[ColumnRef],
    ) -> Self {
        let first = ahead.next_row().map(|cells| First::new(source, cells)).unwrap_or_default();
        let position = |column: &ColumnRef| match column {
            ColumnRef::Named(_) => None,
            ColumnRef::At(place) => first.position(*place),
        };
        let positions = columns.iter().map(position).collect();
        Self { source, splitter, header: None, first, positions }
    }

    pub(super) fn names(&self) -> Option<&[Spanned<String>]> {
        self.header.as_ref().map(|header| &*header.names)
    }

    pub(super) fn width(&self) -> usize {
        self.first.width
    }

    pub(super) fn problems(&self) -> &[Diagnostic] {
        self.header.as_ref().map_or(&[], |header| &header.problems)
    }

    pub(super) fn next(&mut self) -> Option<Row<'s>> {
        let cells = self.splitter.next_row()?;
        let source = self.source;
        let cell = |span: &Span| Cell {
            value: Datum::Text(quote::text(&source.text[span.clone()])),
            span: span.clone(),
        };
        let pick = |position: &Option<usize>| position.and_then(|at| cells.get(at)).map(cell);
        let fault = fault(source, cells);
        let first = if self.header.is_some() { "header" } else { "first row" };
        Some(Row {
            span: extent(cells),
            cells: self.positions.iter().map(pick).collect(),
            problem: fault.or_else(|| self.first.compare(source, cells, first)),
        })
    }
}

impl HeaderRow {
    fn read(source: &Source, splitter: &mut Splitter<'_>, columns: &[ColumnRef]) -> (Self, First) {
        let Some(cells) = splitter.next_row() else {
            return Default::default();
        };
        let name = |span: &Span| {
            let text = quote::text(&source.text[span.clone()]);
            Spanned { value: column::name(&text).into_owned(), span: span.clone() }
        };
        let names: Vec<_> = cells.iter().map(name).collect();
        let problems = fault(source, cells).into_iter().chain(duplicates(source, &names, columns)).collect();
        (Self { names, problems }, First::new(source, cells))
    }

    fn position(&self, column: &str) -> Option<usize> {
        self.names.iter().position(|name| name.value == column)
    }
}

impl First {
    fn new(source: &Source, cells: &[Span]) -> Self {
        let is_sound = fault(source, cells).is_none();
        let place = is_sound.then(|| first_line(source, &extent(cells)));
        Self { width: cells.len(), place }
    }

    /// Reports a row that has another number of cells than the first row. `first` is what messages call that
    /// row.
    fn compare(&self, source: &Source, cells: &[Span], first: &str) -> Option<Diagnostic> {
        let place = self.place.as_ref().filter(|_| cells.len() != self.width)?.clone();
        let row = first_line(source, &extent(cells));
        Some(errors::ragged_row(row, cells.len(), self.width, first, place))
    }

    /// Returns the position of the column at a place, which counts from 1.
    fn position(&self, place: usize) -> Option<usize> {
        place.checked_sub(1).filter(|position| *position < self.width)
    }
}

/// Reports the wanted columns that several cells of the header name.
fn duplicates(source: &Source, names: &[Spanned<String>], columns: &[ColumnRef]) -> Vec<Diagnostic> {
    let columns = column::names(columns).into_iter().flatten();
    let mut places: BTreeMap<_, Vec<Place>> = columns.map(|column| (column, Vec::new())).collect();
    for name in names {
        if let Some(places) = places.get_mut(name.value.as_str()) {
            places.push(Place::new(&source.path, &name.span));
        }
    }
    let duplicates = places.into_iter().filter(|(_, places)| places.len() > 1);
    duplicates.map(|(name, places)| errors::duplicate_column(&name, places)).collect()
}

/// Reports the first quoted cell of a row that is not well-formed.
fn fault(source: &Source, cells: &[Span]) -> Option<Diagnostic> {
    cells.iter().find_map(|cell| {
        let written = &source.text[cell.clone()];
        let fault = quote::is_quoted(written).then(|| quote::check(written).err())??;
        let opening = Place::new(&source.path, &(cell.start..cell.start + 1));
        Some(match fault {
            CellFault::Unclosed => errors::unclosed_quote(opening),
            CellFault::Stray(span) => {
                let span = cell.start + span.start..cell.start + span.end;
                errors::stray_text(Place::new(&source.path, &span), opening)
            }
        })
    })
}

/// Returns the bytes from the first cell of a row to its last.
fn extent(cells: &[Span]) -> Span {
    let start = cells.first().map_or(0, |cell| cell.start);
    start..cells.last().map_or(start, |cell| cell.end)
}

/// Returns the first line of a span, because a cell may hold line endings, and an excerpt should not show
/// them all.
fn first_line(source: &Source, span: &Span) -> Place {
    let text = &source.text[span.clone()];
    let length = text.find(['\n', '\r']).unwrap_or(text.len());
    Place::new(&source.path, &(span.start..span.start + length))
}

#[cfg(test)]
mod tests {
    use crate::{Code, ColumnRef, Data, Datum, Format, Row, Source};

    fn source(text: &str) -> Source {
        Source { path: "a.csv".into(), text: text.into() }
    }

    /// Returns a row's cells between bars, and its problem.
    fn show(row: Row<'_>) -> String {
        let text = |cell: Option<crate::Cell<'_>>| match cell.map(|cell| cell.value) {
            Some(Datum::Text(text)) => text.into_owned(),
            other => format!("{other:?}"),
        };
        let cells: Vec<_> = row.cells.into_iter().map(text).collect();
        let problem = row.problem.map(|problem| {
            let place = problem.place.expect("each has a place");
            format!(" {}..{} {}", place.start, place.end, problem.message)
        });
        cells.join("|") + &problem.unwrap_or_default()
    }

    fn rows(text: &str, columns: &[&str]) -> Vec<String> {
        let columns: Vec<_> = columns.iter().map(|name| ColumnRef::Named(name)).collect();
        Data::open(&source(text), Format::Delimited(b','), &columns).map(show).collect()
    }

    #[test]
    fn rows_are_read() {
        for text in [
            "a,b\n1,2\n3,4\n",
            "a,b\r\n1,2\r\n3,4",
            "a,b\r1,2\r3,4\r",
            "\u{feff}a,b\n\n1,2\n \n3,4\n\r\n\n",
            "\n\n\"a\",\u{a0}b \n\"1\",2\n\"3\" ,4",
            "c,b,a\n0,2,1\n\"x\ny\",4,3",
        ] {
            assert_eq!(rows(text, &["a", "b"]), ["1|2", "3|4"], "{text:?}");
        }
        assert_eq!(rows("a,b\n1,\n,\n", &["b", "c", "a"]), ["|None|1", "|None|"]);
        assert_eq!(rows("a\n\"\"\n\n\u{a0}\nb\"c\" \n", &["a"]), ["", "b\"c\" "]);
        for text in ["", "\u{feff}", "\n\n", "a,b", "a,b\r\n\r\n"] {
            assert_eq!(rows(text, &["a"]), [""; 0], "{text:?}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_row_is_said() {
        let text = "a,b,c\n1,2\n\"x\ny\",2,3,4\n5,6,7\n";
        let expected = [
            "1|None 6..9 the row has 2 cells, but the header has 3",
            "x\ny|3 10..12 the row has 4 cells, but the header has 3",
            "5|7",
        ];
        assert_eq!(rows(text, &["a", "c"]), expected);
        let text = "a,b\n1,\"2\"3\n4,5\n6,\"7\n8,9\n";
        let expected = [
            "1|\"2\"3 9..10 text stands behind a closing quotation mark",
            "4|5",
            "6|\"7\n8,9\n 17..18 a quotation mark is never closed",
        ];
        assert_eq!(rows(text, &["a", "b"]), expected);
    }

    #[test]
    fn spans_are_those_of_the_file() {
        let source = source("\u{feff}é,b\r\n\"1\"\"\", 2 \r\n");
        let mut data =
            Data::open(&source, Format::Delimited(b','), &[ColumnRef::Named("b"), ColumnRef::Named("é")]);
        let header = data.header().expect("the file has one");
        let header: Vec<_> = header.iter().map(|name| (name.value.as_str(), name.span.clone())).collect();
        assert_eq!(header, [("é", 3..5), ("b", 6..7)]);
        let row = data.next().expect("there is a row");
        assert_eq!(row.span, 9..18);
        let spans: Vec<_> = row.cells.into_iter().flatten().map(|cell| cell.span).collect();
        assert_eq!(spans, [15..18, 9..14]);
        assert_eq!(data.next(), None);
    }

    #[test]
    fn problems_of_the_header_are_not_those_of_its_rows() {
        let problems = |text: &str| {
            let source = source(text);
            let data = Data::open(&source, Format::Delimited(b','), &[ColumnRef::Named("a")]);
            let codes: Vec<_> = data.problems().iter().map(|problem| problem.code).collect();
            (codes, data.filter(|row| row.problem.is_some()).count())
        };
        assert_eq!(problems("a,b,b\n1,2,3\n"), (vec![], 0));
        assert_eq!(problems("a,b, a,a\n1,2\n"), (vec![Code::DuplicateColumn], 1));
        assert_eq!(problems("\"a\"x,b\n1\n"), (vec![Code::InvalidCsv], 0));
        assert_eq!(problems("a,\"b\n1,2\n"), (vec![Code::UnclosedQuote], 0));
    }

    #[test]
    fn a_file_without_a_header_is_read_by_place() {
        let source = source("1,2\n3\n4,5\n");
        let places =
            [ColumnRef::At(2), ColumnRef::Named("1"), ColumnRef::At(1), ColumnRef::At(3), ColumnRef::At(0)];
        let data = Data::open(&source, Format::Headless(b','), &places);
        assert_eq!((data.header(), data.width()), (None, Some(2)));
        let rows: Vec<_> = data.map(show).collect();
        let ragged = "None|None|3|None|None 4..5 the row has 1 cell, but the first row has 2";
        assert_eq!(rows, ["2|None|1|None|None", ragged, "5|None|4|None|None"]);
        let data = Data::open(&source, Format::Delimited(b','), &places[..3]);
        assert_eq!(data.map(show).last().as_deref(), Some("5|4|4"));
    }
}
