//! The diagnostics that several stages share, and the words that they are put into.

mod link;

use std::borrow::Cow;
use std::sync::Arc;

use sitegen_parser::{Among, Code, Diagnostic, ForeignFormat, Place, WrittenValue};

use super::suggest;

pub(crate) use self::link::*;

pub(crate) fn unknown_key<'k>(
    key: &str,
    subject: &str,
    known: impl Iterator<Item = &'k str> + Clone,
    place: Place,
) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code::UnknownKey, format!("{subject} has no \"{key}\"")).at(place);
    suggest_one_of(diagnostic, key, known)
}

/// Suggests what was most likely meant, or else says all that there is.
fn suggest_one_of<'k>(
    diagnostic: Diagnostic,
    found: &str,
    known: impl Iterator<Item = &'k str> + Clone,
) -> Diagnostic {
    match suggest::nearest(found, known.clone()) {
        Some(nearest) => diagnostic.suggest(Some(nearest)),
        None => diagnostic.help(format!("it is one of {}", list(known))),
    }
}

pub(crate) fn missing_key(key: &str, subject: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::MissingKey, format!("{subject} lacks \"{key}\"")).at(place)
}

pub(crate) fn wrong_type(name: &str, expected: &str, found: &WrittenValue, place: Place) -> Diagnostic {
    Diagnostic::error(Code::WrongType, format!("{name} must be {expected}"))
        .at(place)
        .label(found_value(found))
}

/// A value that is neither true nor false, though it may be a word that says so in other formats.
pub(crate) fn no_bool(name: &str, found: &WrittenValue, place: Place) -> Diagnostic {
    let problem = wrong_type(name, "true or false", found, place);
    let WrittenValue::String(word) = found else { return problem };
    match word.to_ascii_lowercase().as_str() {
        "yes" | "y" | "on" | "true" => problem.help(format!("write true: \"{word}\" is a text")),
        "no" | "n" | "off" | "false" => problem.help(format!("write false: \"{word}\" is a text")),
        _ => problem,
    }
}

pub(crate) fn invalid_choice(name: &str, found: &str, choices: &[&str], place: Place) -> Diagnostic {
    let name = name.trim_matches('"');
    let diagnostic =
        Diagnostic::error(Code::InvalidChoice, format!("\"{name}\" cannot be \"{found}\"")).at(place);
    suggest_one_of(diagnostic, found, choices.iter().copied())
}

pub(crate) fn unknown_collection(name: &str, nearest: Option<&str>, place: Place) -> Diagnostic {
    let message = format!("there is no collection \"{name}\"");
    Diagnostic::error(Code::UnknownCollection, message).at(place).suggest(nearest)
}

pub(crate) fn unclosed_placeholder(text: &str, place: Place) -> Diagnostic {
    Diagnostic::error(
        Code::InvalidPlaceholder,
        format!("a placeholder in \"{text}\" is not closed by \"}}\""),
    )
    .at(place)
}

/// A path or slug as messages show it, which may be too long to be read.
pub(crate) fn short(path: &str) -> Cow<'_, str> {
    const LONGEST: usize = 120;
    let end = path.char_indices().nth(LONGEST).map(|(at, _)| at);
    end.map_or(path.into(), |end| format!("{}…", &path[..end]).into())
}

/// Words in quotation marks, with "or" before the last.
pub(crate) fn list<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut words: Vec<_> = words.map(|word| format!("\"{word}\"")).collect();
    match words.pop() {
        Some(last) if !words.is_empty() => format!("{} or {last}", words.join(", ")),
        last => last.unwrap_or_default(),
    }
}

fn found_value(value: &WrittenValue) -> &'static str {
    match value {
        WrittenValue::Bool(_) => "this is true or false",
        WrittenValue::Int(_) => "this is a whole number",
        WrittenValue::Float(_) => "this is a number",
        WrittenValue::String(_) => "this is a string",
        WrittenValue::Date(_) => "this is a date",
        WrittenValue::Datetime(_) => "this is a date and time",
        WrittenValue::Array(_) => "this is a list",
        WrittenValue::Table(_) => "this is a table",
    }
}

/// A file whose form is known and is none that is read, or not under its name.
pub(crate) fn unread_form(path: &Arc<str>, form: ForeignFormat, place: &Place) -> Diagnostic {
    const NOT_READ: &str = "which datasets are not read from";
    const NAMED: &str = "and its name does not say so";
    let (what, why, help) = match form {
        ForeignFormat::Json => {
            ("is JSON", NAMED, "let its name end in .json, or in .jsonl with an object on each line")
        }
        ForeignFormat::Spreadsheet => ("is a spreadsheet", NAMED, "let its name end in .xlsx or .ods"),
        ForeignFormat::Sqlite => ("is a database of SQLite", NAMED, "let its name end in .db or .sqlite"),
        ForeignFormat::Gzip => (
            "is packed by gzip",
            NAMED,
            "let its name end in .gz after the ending of what is packed: .csv.gz",
        ),
        ForeignFormat::Zstd => (
            "is packed by zstd",
            NAMED,
            "let its name end in .zst after the ending of what is packed: .csv.zst",
        ),
        ForeignFormat::Parquet => ("is a Parquet file", NOT_READ, "turn it into CSV, as docs/data.md says"),
        ForeignFormat::OldSpreadsheet => (
            "is a spreadsheet of another form",
            NOT_READ,
            "save it as .xlsx or .ods, or its table as CSV, in UTF-8",
        ),
        ForeignFormat::Html => {
            ("is HTML or XML", NOT_READ, "if it was downloaded, look whether it says why it could not be")
        }
        ForeignFormat::Zip => ("is packed", NOT_READ, "unpack it, or pack it by gzip or zstd"),
    };
    Diagnostic::error(Code::UnknownFormat, format!("{path} {what}, {why}")).at(place.clone()).help(help)
}

pub(crate) fn wrong_cell(name: &str, expected: &str, found: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::WrongType, format!("\"{name}\" must be {expected}"))
        .at(place)
        .label(format!("this is {found}"))
}

/// A folder that belongs to two; `owners` ends the sentence.
pub(crate) fn equal_folders(folder: &str, owners: &str, place: Place, other: &Place) -> Diagnostic {
    let folder = if folder.is_empty() {
        "the content's own folder".to_owned()
    } else {
        format!("the folder \"{folder}\"")
    };
    Diagnostic::error(Code::EqualFolders, format!("{folder} {owners}"))
        .at(place)
        .related(other.clone(), "the other is here")
        .help("a folder belongs to one; folders within it can be another's")
}

/// Ties problems to a field's declaration, because a field is often wrong in many records for one reason.
pub(crate) fn field(declared: &Place) -> Among {
    Among::Of(format!("{}:{}", declared.path, declared.start).into())
}

pub(crate) fn invalid_url(name: &str, text: &str, objection: &str, place: Place) -> Diagnostic {
    let name = name.trim_matches('"');
    let shown: String = text
        .chars()
        .flat_map(|c| if c.is_control() || c > '\u{7f}' { c.escape_debug().collect() } else { vec![c] })
        .collect();
    Diagnostic::error(Code::InvalidUrl, format!("\"{name}\" cannot be \"{shown}\""))
        .at(place)
        .label(objection)
        .help("a URL begins with https://, http:// or mailto: and holds no spaces")
        .cause(Among::Names, name)
}
