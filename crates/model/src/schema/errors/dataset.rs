//! The diagnostics of what a site declares of datasets.

use sitegen_parser::{Code, Diagnostic, Place};

use crate::schema::{Field, Kind};

pub(crate) fn unknown_encoding(label: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidChoice, format!("no encoding is called \"{label}\""))
        .at(place)
        .help("encodings have the names of the web's standard, such as \"windows-1252\" or \"shift_jis\"")
}

pub(crate) fn invalid_delimiter(text: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidChoice, format!("\"{text}\" cannot stand between cells"))
        .at(place)
        .help("a delimiter is one ASCII character, such as \";\"")
}

pub(crate) fn unfit_column(field: &Field) -> Diagnostic {
    let kind = match &field.kind {
        Kind::List(item) => item,
        kind => kind,
    };
    let (name, form) = (&field.name, kind.rules().form().form);
    let message = format!("the column \"{name}\" of a dataset cannot be of type \"{form}\"");
    Diagnostic::error(Code::InvalidType, message).at(field.place.clone()).help(match kind {
        Kind::Table(_) => "declare a column for each of its values",
        _ => "declare it as a string; templates can make HTML of it",
    })
}

pub(crate) fn unplaced_column(name: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::MissingKey, format!("nothing says where \"{name}\" stands in a row"))
        .at(place)
        .help("where a file has no header, say it by the long form: { type = \"string\", header = 3 }")
}

pub(crate) fn file_elsewhere(file: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidDataPath, format!("\"{file}\" cannot be a dataset's file"))
        .at(place)
        .help("data is below content/data: let it begin with \"data/\"")
}
