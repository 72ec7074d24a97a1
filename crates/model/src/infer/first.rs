//! Decides whether the first row of a file is its header.

use std::collections::HashSet;

use sitegen_parser::{Cell, ColumnRef, Data, Datum, Format, Layout, Row, Source};

use super::look::Look;
use crate::ground::trim;
use crate::ground::url;
use crate::schema::{float, is_date, is_datetime};

/// The number of rows, including the first, from which the decision is made.
const ROWS: usize = 200;

/// Returns the headless layout if the first row is like the rows below it, or else the layout as it is.
pub(super) fn with_header<'l>(source: &Source, layout: Layout<'l>) -> Layout<'l> {
    if !matches!(layout.format, Format::Delimited(_) | Format::Sheet) {
        return layout;
    }
    let headless = Layout { format: layout.format.headless(), ..layout };
    let width = Data::open(source, headless, &[]).width().unwrap_or(0);
    let wanted: Vec<_> = (1..=width).map(ColumnRef::At).collect();
    let rows = Data::open(source, headless, &wanted).take(ROWS).filter(|row| row.problem.is_none());
    let mut rows = rows.map(texts);
    let Some(first) = rows.next() else { return layout };
    if is_header(&first, &rows.collect::<Vec<_>>()) { layout } else { headless }
}

fn texts(row: Row) -> Vec<String> {
    let text = |cell: Option<Cell>| match cell.map(|cell| cell.value) {
        Some(Datum::Text(text) | Datum::Literal(text)) => trim(&text).to_owned(),
        _ => String::new(),
    };
    row.cells.into_iter().map(text).collect()
}

/// Returns true if a row is a header: it names columns of values, while a row is like the rows below it.
fn is_header(first: &[String], rest: &[Vec<String>]) -> bool {
    let columns = first.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
    let (mut names, mut values) = (0, 0);
    for (column, cell) in columns.filter(|(_, cell)| !is_year_among(cell, first)) {
        let below: Vec<_> =
            rest.iter().map(|row| row[column].as_str()).filter(|cell| !cell.is_empty()).collect();
        let typed = below.iter().filter(|cell| is_value(cell)).count();
        if typed * 2 > below.len() {
            if is_value(cell) { values += 1 } else { names += 1 }
        }
    }
    if names != values {
        return names > values;
    }
    if rest.is_empty() {
        return true;
    }
    // If the types do not decide, a word that recurs in its column is taken for a value.
    let distinct: HashSet<_> = first.iter().filter(|cell| !cell.is_empty()).collect();
    let recurs = |column: usize, cell: &str| !cell.is_empty() && rest.iter().any(|row| row[column] == cell);
    let recurring = first.iter().enumerate().filter(|(column, cell)| recurs(*column, cell)).count();
    let holds_value = first.iter().any(|cell| is_value(cell) && !is_year_among(cell, first));
    recurring * 2 < distinct.len().max(1) && !holds_value
}

/// Returns true if a cell holds a number, a date, an amount or a URL, which are no names of columns.
fn is_value(cell: &str) -> bool {
    float(cell).is_some()
        || is_date(cell)
        || is_datetime(cell)
        || Look::of(cell).is_some()
        || url::whole_objection(cell).is_none()
}

/// Returns true if a cell is one of several consecutive years, which do name columns.
fn is_year_among(cell: &str, first: &[String]) -> bool {
    let year = |cell: &str| cell.parse::<u32>().ok().filter(|year| (1800..=2200).contains(year));
    let Some(own) = year(cell) else { return false };
    first.iter().filter_map(|other| year(other)).any(|other| other.abs_diff(own) == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_header(text: &str) -> bool {
        let source = Source { path: "a.csv".into(), text: text.into() };
        with_header(&source, Format::Delimited(b',').into()).format == Format::Delimited(b',')
    }

    #[test]
    fn headers_are_told_from_rows() {
        for text in [
            "name,year\nAda,1815\n",
            "name,city\nAda,London\nAlan,London\n",
            "country,2020,2021\nDE,5,6\nFR,7,8\n",
            ",name\n0,Ada\n1,Alan\n",
            "name,born\n",
            "a,a\n1,2\n",
            "city,population\n,\n,\n",
        ] {
            assert!(is_header(text), "{text}");
        }
        for text in [
            "Ada,1815\nAlan,1912\n",
            "Ada,London\nAlan,London\nAda,Paris\nAda,London\nAlan,London\nLondon,London\n",
            "2024-01-31,x\n2024-02-01,y\n",
            "1,2\n3,4\n",
        ] {
            assert!(!is_header(text), "{text}");
        }
    }
}
