//! The diagnostics of values that their field's type or constraints refuse.

use sitegen_parser::{Among, Code, Diagnostic, Place};

use crate::ground::errors::{field, short};

pub(crate) fn invalid_path_value(name: &str, text: &str, objection: &str, place: Place) -> Diagnostic {
    let name = name.trim_matches('"');
    Diagnostic::error(Code::InvalidPath, format!("\"{name}\" cannot be \"{}\": {objection}", short(text)))
        .at(place)
        .help("a path of the site is wanted, such as \"/docs/Install.html\"")
        .cause(Among::Names, objection)
}

pub(crate) fn invalid_duration(name: &str, expected: &str, objection: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::WrongType, format!("{name} must be {expected}"))
        .at(place)
        .label(objection)
        .help("its units are w, d, h, m and s, or their names")
}

pub(crate) fn pattern_not_met(
    name: &str,
    text: &str,
    pattern: &str,
    place: Place,
    declared: &Place,
) -> Diagnostic {
    let pattern = pattern.strip_prefix("^(?:").and_then(|rest| rest.strip_suffix(")$")).unwrap_or(pattern);
    Diagnostic::error(Code::PatternNotMet, format!("\"{name}\" cannot be \"{text}\""))
        .at(place)
        .label(format!("does not match {pattern}"))
        .related(declared.clone(), "declared here")
        .cause(field(declared), name)
}

/// A value beyond its field's bounds; `size` and `bounds` are in words.
pub(crate) fn out_of_range(
    name: &str,
    size: &str,
    bounds: &str,
    place: Place,
    declared: &Place,
) -> Diagnostic {
    Diagnostic::error(Code::OutOfRange, format!("\"{name}\" must be {bounds}"))
        .at(place)
        .label(format!("this is {size}"))
        .related(declared.clone(), "declared here")
}
