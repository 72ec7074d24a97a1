//! The diagnostics of files of data of which nothing is declared yet.

use std::sync::Arc;

use sitegen_parser::{Code, Diagnostic, Place};

pub(crate) use crate::ground::errors::unread_form;

/// A file of data without data.
pub(crate) fn no_rows(path: &Arc<str>) -> Diagnostic {
    Diagnostic::error(Code::MissingData, "the file has no rows")
        .at(Place::file(path))
        .help("a file of data has a line of names and, below it, at least one row")
}
