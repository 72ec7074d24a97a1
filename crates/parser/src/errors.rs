//! The parser's diagnostics, one constructor each.

use std::sync::Arc;

use crate::{Diagnostic, Place};

pub(crate) fn invalid_utf8(path: &Arc<str>, offset: usize) -> Diagnostic {
    Diagnostic::error("invalid-utf8", format!("the file is not UTF-8: byte {offset} begins no character"))
        .at(Place::file(path))
        .help("save the file as UTF-8")
}

pub(crate) fn invalid_toml(place: Place, message: &str) -> Diagnostic {
    Diagnostic::error("invalid-toml", message).at(place)
}

pub(crate) fn duplicate_key(place: Place, key: &str, first: Option<Place>) -> Diagnostic {
    let problem = Diagnostic::error("invalid-toml", format!("the key `{key}` is given twice")).at(place);
    match first {
        Some(first) => problem.related(first, "given first here"),
        None => problem,
    }
}

pub(crate) fn integer_out_of_range(place: Place) -> Diagnostic {
    Diagnostic::error("invalid-toml", "the number is too large for a whole number")
        .at(place)
        .help(format!("whole numbers go from {} to {}", i64::MIN, i64::MAX))
}

pub(crate) fn time_without_date(place: Place) -> Diagnostic {
    Diagnostic::error("invalid-toml", "a time needs a date")
        .at(place)
        .help("write the time in quotation marks to have it as text")
}

pub(crate) fn toml_too_deep(place: Place, limit: usize) -> Diagnostic {
    Diagnostic::error("too-deep", format!("tables and arrays nest deeper than {limit} levels here")).at(place)
}
