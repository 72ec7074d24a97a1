//! Checks that a data file has the declared columns.

use sitegen_parser::{Data, Diagnostic, Format, Place, Source, Span, Spanned};

use super::errors;
use crate::ground::suggest;
use crate::schema::{DataField, Dataset, Locator};

/// Characters that commonly separate cells, tried when the declared one does not fit.
const DELIMITERS: [u8; 4] = *b",;\t|";

/// Reports declared columns that the file does not have, be they declared by place or by name.
pub(super) fn misread(dataset: &Dataset, data: &Data, format: Format, source: &Source) -> Vec<Diagnostic> {
    let misplaced: Vec<_> =
        dataset.fields.iter().filter_map(|column| misplaced(column, data, source)).collect();
    if !misplaced.is_empty() {
        return misplaced;
    }
    let Some(header) = data.header() else { return Vec::new() };
    let unlike = match format {
        Format::Delimited(delimiter) => no_header(dataset, header, delimiter, source),
        _ => None,
    };
    match unlike {
        Some(problem) => vec![problem],
        None => missing_columns(dataset, header, source),
    }
}

/// Reports a column that is declared by a place beyond the width of the file.
fn misplaced(column: &DataField, data: &Data, source: &Source) -> Option<Diagnostic> {
    let Locator::Place(place) = column.locator else { return None };
    let declared = &column.field.place;
    match data.width() {
        None => Some(errors::place_of_key(place, declared.clone())),
        // An empty file has no rows in which a cell could be missing.
        Some(0) => None,
        Some(width) if place > width => {
            Some(errors::misplaced_column(place, width, Place::file(&source.path), declared))
        }
        Some(_) => None,
    }
}

/// Reports a first line that names none of the columns: it is no header, or another character separates its
/// cells.
fn no_header(
    dataset: &Dataset,
    header: &[Spanned<String>],
    delimiter: u8,
    source: &Source,
) -> Option<Diagnostic> {
    let names = || dataset.fields.iter().filter_map(|column| column.locator.name());
    let is_declared = |name: &str| names().any(|declared| declared == name);
    let span = extent(header)?;
    if names().next().is_none() || header.iter().any(|name| is_declared(&name.value)) {
        return None;
    }
    let line = &source.text[span.clone()];
    let place = Place::new(&source.path, &span);
    let named = |other: u8| {
        let cells = line.split(char::from(other)).map(|cell| cell.trim().trim_matches('"'));
        cells.filter(|cell| is_declared(cell)).count()
    };
    let others =
        DELIMITERS.into_iter().filter(|other| *other != delimiter && line.contains(char::from(*other)));
    if let Some(other) = others.filter(|other| named(*other) > 0).max_by_key(|other| named(*other)) {
        return Some(errors::other_delimiter(delimiter, other, place, &dataset.place));
    }
    let is_header = names().nth(1).is_none()
        || header.iter().any(|name| suggest::nearest(&name.value, names()).is_some());
    (!is_header).then(|| errors::no_header(names(), place, &dataset.place))
}

/// Reports the declared columns that the header does not name.
fn missing_columns(dataset: &Dataset, header: &[Spanned<String>], source: &Source) -> Vec<Diagnostic> {
    let names = || header.iter().map(|name| name.value.as_str());
    let problem = |column: &DataField| {
        let declared = column.locator.name().filter(|declared| names().all(|name| name != *declared))?;
        let nearest = suggest::nearest(declared, names());
        let place = Place::new(&source.path, &extent(header).unwrap_or(0..0));
        Some(errors::missing_header(declared, nearest, place, &column.field.place))
    };
    dataset.fields.iter().filter_map(problem).collect()
}

/// Returns the span from the first name of a header to the last.
fn extent(header: &[Spanned<String>]) -> Option<Span> {
    Some(header.first()?.span.start..header.last()?.span.end)
}
