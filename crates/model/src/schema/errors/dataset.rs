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
        Kind::Table(_) | Kind::Any => {
            "declare a column for each of its values, or \"json\" for all that it holds"
        }
        _ => "declare it as a string; templates can make HTML of it",
    })
}

pub(crate) fn unplaced_column(name: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::MissingKey, format!("nothing says where \"{name}\" stands in a row"))
        .at(place)
        .help("say it by the long form, as of other columns: { type = \"string\", header = 3 }")
}

pub(crate) fn file_elsewhere(file: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidDataPath, format!("\"{file}\" cannot be a dataset's file"))
        .at(place)
        .help("data is below content/data: let it begin with \"data/\"")
}

pub(crate) fn invalid_comment(place: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidChoice, "no comment can begin so")
        .at(place)
        .help("say the characters with which such a line begins, such as \"#\"")
}

pub(crate) fn invalid_mark(key: &str, text: &str, place: Place) -> Diagnostic {
    let (within, example) = match key {
        "decimal" => ("stand before a fraction", "\".\" or \",\""),
        _ => ("stand between thousands", "one character such as \",\", \".\", \"'\" or \" \""),
    };
    Diagnostic::error(Code::InvalidChoice, format!("\"{text}\" cannot {within}"))
        .at(place)
        .help(format!("say {example}"))
}

pub(crate) fn equal_marks(place: Place) -> Diagnostic {
    let message = "the same mark cannot stand between thousands and before the fraction";
    Diagnostic::error(Code::InvalidChoice, message)
        .at(place)
        .help("a point stands before the fraction unless `decimal` says otherwise")
}

pub(crate) fn invalid_format(pattern: &str, objection: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidPattern, format!("\"{pattern}\" is no form of dates"))
        .at(place)
        .label(objection)
        .help("a form is written such as \"%d.%m.%Y\" or \"%m/%d/%y %I:%M %p\"")
}

pub(crate) fn time_of_date(pattern: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidPattern, format!("\"{pattern}\" has a time, and a date has none"))
        .at(place)
        .help("let the type be \"datetime\"")
}

/// A key of a column whose type has no use for it.
pub(crate) fn unfit_notation(key: &str, place: Place) -> Diagnostic {
    let whose = match key {
        "true" | "false" => "type \"bool\"",
        "format" => "type \"date\" or \"datetime\"",
        _ => "type \"int\" or \"float\"",
    };
    Diagnostic::error(Code::UnknownKey, format!("only columns of {whose} have \"{key}\"")).at(place)
}

pub(crate) fn several_downloads(place: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidDataPath, "several files cannot be published as one")
        .at(place)
        .help("put them into a folder that `publish` under [content] names, or remove this")
}
