//! The diagnostics of data files.

use std::sync::Arc;

use crate::{Code, Diagnostic, Place};

pub(crate) fn invalid_gzip(path: &Arc<str>) -> Diagnostic {
    Diagnostic::error(
        Code::InvalidGzip,
        "the file cannot be unpacked: it is damaged, or was not packed by gzip",
    )
    .at(Place::file(path))
}

pub(crate) fn unfinished_gzip(path: &Arc<str>) -> Diagnostic {
    Diagnostic::error(Code::InvalidGzip, "the file cannot be unpacked: its end is missing")
        .at(Place::file(path))
}

/// Reports bytes that are not packed behind those that are.
pub(crate) fn trailing_gzip(path: &Arc<str>) -> Diagnostic {
    Diagnostic::error(
        Code::InvalidGzip,
        "the file cannot be unpacked: something that is not packed follows what is",
    )
    .at(Place::file(path))
    .help("pack the file anew, or cut it off there")
}

pub(crate) fn too_large(path: &Arc<str>, limit: usize) -> Diagnostic {
    Diagnostic::error(Code::TooLarge, format!("the file is larger than {} GiB", limit >> 30))
        .at(Place::file(path))
        .note("of a packed file, the size unpacked counts")
}

pub(crate) fn invalid_zstd(path: &Arc<str>) -> Diagnostic {
    Diagnostic::error(
        Code::InvalidGzip,
        "the file cannot be unpacked: it is damaged, or was not packed by zstd",
    )
    .at(Place::file(path))
}

pub(crate) fn not_text(path: &Arc<str>) -> Diagnostic {
    Diagnostic::error(Code::UnknownFormat, "the file is no text")
        .at(Place::file(path))
        .help("save its table as CSV, in UTF-8")
}

pub(crate) fn duplicate_column(name: &str, places: Vec<Place>) -> Diagnostic {
    let mut places = places.into_iter();
    let first = places.next();
    let problem = Diagnostic::error(Code::DuplicateColumn, format!("several columns are called \"{name}\""))
        .at(places.next())
        .help("rename all but one of them");
    let problem = match first {
        Some(first) => problem.related(first, "named first here"),
        None => problem,
    };
    places.fold(problem, |problem, place| problem.related(place, "and here"))
}

pub(crate) fn ragged_row(row: Place, cells: usize, columns: usize, first: &str, place: Place) -> Diagnostic {
    let noun = if cells == 1 { "cell" } else { "cells" };
    let message = format!("the row has {cells} {noun}, but the {first} has {columns}");
    Diagnostic::error(Code::RaggedRow, message).at(row).related(place, format!("the {first} is here"))
}

pub(crate) fn unclosed_quote(opening: Place) -> Diagnostic {
    Diagnostic::error(Code::UnclosedQuote, "a quotation mark is never closed")
        .at(opening)
        .help("close it, or everything to the end of the file is in this cell")
}

pub(crate) fn stray_text(place: Place, opening: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidCsv, "text stands behind a closing quotation mark")
        .at(place)
        .related(opening, "the cell begins here")
        .help("write `\"\"` for a quotation mark within a quoted cell")
}

pub(crate) fn json_no_object(row: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidJson, "the row is not an object")
        .at(row)
        .help("write each row as `{\"column\": \"value\"}`, in JSON Lines on a line of its own")
}

pub(crate) fn invalid_json(place: Place, reason: &str) -> Diagnostic {
    Diagnostic::error(Code::InvalidJson, reason).at(place)
}

pub(crate) fn duplicate_json_key(place: Place, key: &str, first: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidJson, format!("the key \"{key}\" stands twice"))
        .at(place)
        .related(first, "given first here")
}

pub(crate) fn damaged_sheet(path: &Arc<str>) -> Diagnostic {
    Diagnostic::error(Code::UnknownFormat, "the file is no spreadsheet, or is damaged")
        .at(Place::file(path))
        .help("open it in a spreadsheet program and save it as .xlsx or .ods, without a password")
}

pub(crate) fn not_calculated(path: &Arc<str>) -> Diagnostic {
    Diagnostic::error(Code::MissingValue, "the sheet has formulas, but none of them has a value")
        .at(Place::file(path))
        .help("open it in a spreadsheet program, which calculates them, and save it")
}

pub(crate) fn no_sheet(file: Place, name: Option<&str>, sheets: &[&str]) -> Diagnostic {
    let message = match name {
        Some(name) => format!("the file has no sheet \"{name}\""),
        None => "the file has no sheet that is shown".to_owned(),
    };
    Diagnostic::error(Code::UnknownFormat, message).at(file).help(declare_rows(sheets))
}

/// A file of which nothing says where its rows are; `keys` are those under which there are some.
pub(crate) fn no_rows(place: Place, keys: &[&str]) -> Diagnostic {
    let message = "nothing says where in the file the rows are";
    Diagnostic::error(Code::UnknownFormat, message).at(place).help(declare_rows(keys))
}

pub(crate) fn no_rows_at(place: Place, key: &str) -> Diagnostic {
    Diagnostic::error(Code::UnknownFormat, format!("the file has no \"{key}\" where its rows should be"))
        .at(place)
        .help("`rows` names the keys that lead to them, with points between")
}

fn declare_rows(names: &[&str]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("rows = \"{name}\"")).collect();
    match names.as_slice() {
        [] => "a list of rows is wanted, or `rows` with the keys that lead to it".to_owned(),
        names => format!("declare {}", names.join(" or ")),
    }
}

/// A row that is no table of keys and values.
pub(crate) fn no_table(row: Place) -> Diagnostic {
    Diagnostic::error(Code::WrongType, "the row is no table")
        .at(row)
        .help("let each row have keys, which are the names of columns")
}
