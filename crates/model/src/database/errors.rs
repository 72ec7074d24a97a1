//! The diagnostics of databases that authors bring.

use std::sync::Arc;

use sitegen_parser::{Code, Diagnostic, Place};

pub(crate) fn damaged_database(path: &Arc<str>, why: &str) -> Diagnostic {
    Diagnostic::error(Code::UnknownFormat, "the file cannot be read as a database of SQLite")
        .at(Place::file(path))
        .note(why)
}

pub(crate) fn no_table(path: &Arc<str>, table: Option<&str>, tables: &[String]) -> Diagnostic {
    let message = match table {
        Some(table) => format!("the database has no table \"{table}\""),
        None if tables.is_empty() => "the database has no tables".to_owned(),
        None => "nothing says which table of the database is meant".to_owned(),
    };
    let names: Vec<_> = tables.iter().map(|name| format!("rows = \"{name}\"")).collect();
    let problem = Diagnostic::error(Code::UnknownFormat, message).at(Place::file(path));
    if names.is_empty() { problem } else { problem.help(format!("declare {}", names.join(" or "))) }
}

pub(crate) fn large_table(path: &Arc<str>) -> Diagnostic {
    Diagnostic::error(Code::TooLarge, "the table is larger than 1 GiB").at(Place::file(path))
}
