//! The diagnostics of data files and their rows.

use std::sync::Arc;

use sitegen_parser::{Code, Diagnostic, Place};

use crate::ground::errors::list;

pub(crate) use crate::ground::errors::{unread_form, wrong_cell};
pub(crate) use crate::record::errors::{reference_to_draft, unknown_reference};

pub(crate) fn missing_data(dataset: &str, file: &str, nearest: Option<&str>, place: Place) -> Diagnostic {
    let message = format!("dataset \"{dataset}\" has no file");
    let diagnostic = Diagnostic::error(Code::MissingData, message).at(place);
    match nearest {
        Some(_) => diagnostic.suggest(nearest),
        None => {
            diagnostic.help(format!("put it at content/{file}, or say optional = true if there may be none"))
        }
    }
}

pub(crate) fn unused_data(path: &Arc<str>) -> Diagnostic {
    Diagnostic::warning(Code::UnusedData, "no dataset is read from this file")
        .at(Place::file(path))
        .help("declare one by [datasets.…], or move the file out of content/data")
}

pub(crate) fn unknown_format(path: &Arc<str>, place: Option<&Place>) -> Diagnostic {
    Diagnostic::error(Code::UnknownFormat, format!("nothing says how {path} is laid out"))
        .at(place.cloned().unwrap_or_else(|| Place::file(path)))
        .help(
            "let its name end as one of .csv, .tsv, .jsonl, .json, .yaml, .toml, .xlsx, .ods and .db, \
             or declare a delimiter",
        )
}

pub(crate) fn other_delimiter(delimiter: u8, other: u8, place: Place, declared: &Place) -> Diagnostic {
    let said = |delimiter: u8| match delimiter {
        b'\t' => "tabs".to_owned(),
        other => format!("\"{}\"", char::from(other)),
    };
    let message = format!("the cells are parted by {}, not by {}", said(other), said(delimiter));
    let written = if other == b'\t' { "\\t".to_owned() } else { char::from(other).to_string() };
    Diagnostic::error(Code::WrongDelimiter, message)
        .at(place)
        .related(declared.clone(), "declared here")
        .help(format!("declare delimiter = \"{written}\""))
}

pub(crate) fn no_header<'a>(
    names: impl Iterator<Item = &'a str>,
    place: Place,
    declared: &Place,
) -> Diagnostic {
    let names = names.collect::<Vec<_>>().join(", ");
    Diagnostic::error(Code::MissingColumn, "the first line names none of the columns")
        .at(place)
        .related(declared.clone(), "declared here")
        .help(format!(
            "a file of data begins with a line of names: {names}; or say other names by `header`, \
             or header = false and each column's place"
        ))
}

pub(crate) fn misplaced_column(column: usize, width: usize, file: Place, declared: &Place) -> Diagnostic {
    let columns = if width == 1 { "column" } else { "columns" };
    let message = format!("the file has {width} {columns}, and so no column {column}");
    Diagnostic::error(Code::MissingColumn, message)
        .at(file)
        .related(declared.clone(), "declared here")
        .help("places are counted from 1; if cells are parted by another character, say so by `delimiter`")
}

pub(crate) fn place_of_key(column: usize, declared: Place) -> Diagnostic {
    let message = format!("the rows of the file have keys, and so no column {column}");
    Diagnostic::error(Code::MissingColumn, message).at(declared).help("let `header` be the key")
}

pub(crate) fn missing_header(
    header: &str,
    nearest: Option<&str>,
    place: Place,
    declared: &Place,
) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code::MissingColumn, format!("the file has no column \"{header}\""))
        .at(place)
        .related(declared.clone(), "declared here");
    match nearest {
        Some(nearest) => diagnostic.help(format!("did you mean \"{nearest}\"? say so by `header`")),
        None => diagnostic,
    }
}

pub(crate) fn missing_value(name: &str, place: Place, declared: &Place) -> Diagnostic {
    Diagnostic::error(Code::MissingValue, format!("the row has no \"{name}\""))
        .at(place)
        .related(declared.clone(), "declared here")
        .help("if a row may lack it, end its type with \"?\"")
}

pub(crate) fn ambiguous_reference<'a>(
    singular: &str,
    name: &str,
    slugs: impl Iterator<Item = &'a str>,
    place: Place,
) -> Diagnostic {
    let message = format!("more than one {singular} is called \"{name}\"");
    Diagnostic::error(Code::AmbiguousReference, message)
        .at(place)
        .help(format!("name {} by its slug", list(slugs)))
}

pub(crate) fn duplicate_key<'a>(
    columns: impl Iterator<Item = &'a str>,
    place: Place,
    taken: Place,
) -> Diagnostic {
    let columns: Vec<_> = columns.map(|column| format!("\"{column}\"")).collect();
    let message = format!("another row has the same {}", columns.join(" and "));
    Diagnostic::error(Code::DuplicateKey, message)
        .at(place)
        .related(taken, "the other is here")
        .help("by `key` or `unique`, each row has its own")
}

pub(crate) fn unseen_column(header: &str, place: Place) -> Diagnostic {
    Diagnostic::warning(Code::MissingColumn, format!("no row has a \"{header}\"")).at(place)
}

pub(crate) fn skipped_rows(
    dataset: &str,
    skipped: usize,
    total: usize,
    why: &str,
    place: Option<Place>,
) -> Diagnostic {
    let message = format!("{skipped} of {} of \"{dataset}\" left out", rows(total));
    Diagnostic::warning(Code::SkippedRows, message).at(place).note(why)
}

/// Formats a number of rows in words.
pub(crate) fn rows(count: usize) -> String {
    format!("{count} row{}", if count == 1 { "" } else { "s" })
}

/// Advice on cells that can be read if keys of their column say so; `other` are keys by which they could be
/// read as well.
pub(crate) fn undeclared_form(keys: &[(&str, String)], other: Option<&[(&str, String)]>) -> String {
    let said = |keys: &[(&str, String)]| {
        let mut keys: Vec<_> = keys.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        let last = keys.pop().unwrap_or_default();
        if keys.is_empty() { last } else { format!("{} and {last}", keys.join(", ")) }
    };
    match other {
        Some(other) => {
            format!("declare {} for the column, or {} if that is meant", said(keys), said(other))
        }
        None => format!("declare {} for the column", said(keys)),
    }
}

/// Advice on cells that no single declaration reads.
pub(crate) fn several_forms() -> String {
    "the column's cells are written in several ways, and a declaration holds for all of them".to_owned()
}
